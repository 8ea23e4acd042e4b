//! The tree that the HTML parser builds: flat, linked by numbers, made for being walked once and thrown away.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName};

use super::feed::Feed;

/// No piece.
const NONE: u32 = u32::MAX;
/// The piece that holds all others.
const DOCUMENT: u32 = 0;

/// A parsed page. Piece 0 is the document.
pub(super) struct Markup {
    pieces: Vec<Piece>,
}

/// One piece and its neighbours.
struct Piece {
    what: What,
    parent: u32,
    first: u32,
    last: u32,
    before: u32,
    after: u32,
}

/// What a piece is.
pub(super) enum What {
    /// The document, the inside of a template, a comment: nothing that is read.
    Other,
    /// A run of text.
    Text(StrTendril),
    /// An element with its attributes in the order of the page.
    Element {
        /// Its name, in lower case.
        name: QualName,
        /// Its attributes.
        attributes: Vec<Attribute>,
    },
}

impl Markup {
    /// Parses a page, at most about so many pieces of it; whatever is wrong with it is mended the way that browsers do. Also
    /// says whether it was stopped before its end.
    pub(super) fn parse(mut feed: Feed<'_>, most: usize) -> (Self, bool) {
        let mut parser = html5ever::parse_document(Sink::default(), ParseOpts::default());
        for markup in feed.by_ref() {
            parser.process(markup.into());
            if parser.tokenizer.sink.sink.0.borrow().pieces.len() > most {
                break;
            }
        }
        let cut = feed.is_cut();
        (parser.finish(), cut)
    }

    pub(super) fn what(&self, at: u32) -> &What {
        &self.pieces[at as usize].what
    }

    /// The elements with this name, in the order in which they were opened.
    pub(super) fn all(&self, name: &LocalName) -> impl Iterator<Item = u32> + '_ {
        let name = name.clone();
        let named =
            move |piece: &Piece| matches!(&piece.what, What::Element { name: own, .. } if own.local == name);
        self.pieces.iter().enumerate().filter(move |(_, piece)| named(piece)).map(|(at, _)| at as u32)
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, at: u32, name: &str) -> Option<&str> {
        let What::Element { attributes, .. } = self.what(at) else { return None };
        attributes.iter().find(|own| &*own.name.local == name).map(|own| &*own.value)
    }

    /// The words that stand directly in an element.
    pub(super) fn words(&self, at: u32) -> String {
        let children = std::iter::successors(self.first_child(at), |child| self.next_sibling(*child));
        children
            .filter_map(|child| match self.what(child) {
                What::Text(words) => Some(&**words),
                _ => None,
            })
            .collect()
    }

    pub(super) fn first_child(&self, at: u32) -> Option<u32> {
        some(self.pieces[at as usize].first)
    }

    pub(super) fn next_sibling(&self, at: u32) -> Option<u32> {
        some(self.pieces[at as usize].after)
    }

    fn add(&mut self, what: What) -> u32 {
        let at = self.pieces.len() as u32;
        self.pieces.push(Piece { what, parent: NONE, first: NONE, last: NONE, before: NONE, after: NONE });
        at
    }

    fn piece(&mut self, at: u32) -> &mut Piece {
        &mut self.pieces[at as usize]
    }

    /// Takes a piece out from between its neighbours.
    fn detach(&mut self, at: u32) {
        let Piece { parent, before, after, .. } = *self.piece(at);
        if parent == NONE {
            return;
        }
        match before {
            NONE => self.piece(parent).first = after,
            before => self.piece(before).after = after,
        }
        match after {
            NONE => self.piece(parent).last = before,
            after => self.piece(after).before = before,
        }
        let piece = self.piece(at);
        (piece.parent, piece.before, piece.after) = (NONE, NONE, NONE);
    }

    /// Puts a piece before one of the children of `parent`, or behind the last of them.
    fn insert(&mut self, at: u32, parent: u32, after: u32) {
        self.detach(at);
        let before = if after == NONE { self.piece(parent).last } else { self.piece(after).before };
        match before {
            NONE => self.piece(parent).first = at,
            before => self.piece(before).after = at,
        }
        match after {
            NONE => self.piece(parent).last = at,
            after => self.piece(after).before = at,
        }
        let piece = self.piece(at);
        (piece.parent, piece.before, piece.after) = (parent, before, after);
    }

    /// The same for a piece or for words, which join the words that already stand there.
    fn put(&mut self, new: NodeOrText<u32>, parent: u32, after: u32) {
        let text = match new {
            NodeOrText::AppendNode(at) => return self.insert(at, parent, after),
            NodeOrText::AppendText(text) => text,
        };
        let before = if after == NONE { self.piece(parent).last } else { self.piece(after).before };
        if before != NONE
            && let What::Text(words) = &mut self.piece(before).what
        {
            words.push_tendril(&text);
            return;
        }
        let at = self.add(What::Text(text));
        self.insert(at, parent, after);
    }
}

fn some(at: u32) -> Option<u32> {
    (at != NONE).then_some(at)
}

/// What the parser talks to. It shares its handle on us between its own parts, hence the cell.
struct Sink(RefCell<Markup>);

impl Default for Sink {
    fn default() -> Self {
        let mut markup = Markup { pieces: Vec::with_capacity(1024) };
        markup.add(What::Other);
        Self(RefCell::new(markup))
    }
}

/// An element's name while the parser looks at it.
#[derive(Debug)]
struct Named<'a>(Ref<'a, QualName>);

impl html5ever::tree_builder::ElemName for Named<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = u32;
    type Output = Markup;
    type ElemName<'a> = Named<'a>;

    fn finish(self) -> Markup {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_document(&self) -> u32 {
        DOCUMENT
    }

    fn same_node(&self, left: &u32, right: &u32) -> bool {
        left == right
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Named<'a> {
        static NAMELESS: std::sync::LazyLock<QualName> =
            std::sync::LazyLock::new(|| QualName::new(None, Namespace::from(""), LocalName::from("")));
        Named(Ref::map(self.0.borrow(), |markup| match markup.what(*target) {
            What::Element { name, .. } => name,
            _ => &*NAMELESS,
        }))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> u32 {
        self.0.borrow_mut().add(What::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> u32 {
        self.0.borrow_mut().add(What::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> u32 {
        self.0.borrow_mut().add(What::Other)
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        self.0.borrow_mut().put(child, *parent, NONE);
    }

    fn append_before_sibling(&self, sibling: &u32, new: NodeOrText<u32>) {
        let mut markup = self.0.borrow_mut();
        let parent = markup.piece(*sibling).parent;
        if parent != NONE {
            markup.put(new, parent, *sibling);
        }
    }

    fn append_based_on_parent_node(&self, element: &u32, previous: &u32, child: NodeOrText<u32>) {
        let placed = self.0.borrow_mut().piece(*element).parent != NONE;
        if placed {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    /// The inside of a template is read by nobody: its element itself will do, which is skipped as a whole.
    fn get_template_contents(&self, target: &u32) -> u32 {
        *target
    }

    fn add_attrs_if_missing(&self, target: &u32, more: Vec<Attribute>) {
        if let What::Element { attributes, .. } = &mut self.0.borrow_mut().piece(*target).what {
            for attribute in more {
                if attributes.iter().all(|known| known.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &u32) {
        self.0.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        let mut markup = self.0.borrow_mut();
        while let Some(child) = markup.first_child(*node) {
            markup.insert(child, *new_parent, NONE);
        }
    }
}
