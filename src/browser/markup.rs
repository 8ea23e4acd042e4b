//! The tree that the HTML parser builds: flat, linked by numbers, made for being walked once and thrown away.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, Tokenizer};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ExpandedName, LocalName, QualName, TokenizerResult, local_name, ns};
use smol_str::SmolStr;

use super::feed::Feed;
use super::lexer::{Lexer, Rest, Step};

type Builder = TreeBuilder<Handle, Sink>;

/// Longer than any honest page takes, by far; a parser that was not optimised takes several times as long.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 5 });
/// After so many tokens the clock is looked at.
const LOOK_EVERY: usize = 64;
/// Names that are remembered; a page has some dozens.
const NAMES: usize = 64;
/// Bytes of markup that one piece takes, on most pages.
const PIECE: usize = 16;
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
        /// Its name.
        name: Rc<Name>,
        /// Its attributes.
        attributes: Vec<Attribute>,
    },
}

/// The name of an element; all elements of one name share it.
pub(super) struct Name {
    whole: QualName,
    /// The same as snapshots write it: in lower case, which it need not be inside a drawing (`foreignObject`).
    pub(super) tag: SmolStr,
}

impl Name {
    fn new(whole: QualName) -> Self {
        let tag = SmolStr::new(&*whole.local.to_ascii_lowercase());
        Self { whole, tag }
    }

    /// As the markup has it.
    pub(super) fn local(&self) -> &LocalName {
        &self.whole.local
    }
}

impl Markup {
    /// Parses a page, at most about so many pieces of it; whatever is wrong with it is mended the way that browsers do. Also
    /// says whether it was stopped before its end.
    pub(super) fn parse(page: &str, most: usize) -> (Self, bool) {
        let begun = Instant::now();
        let sink = Sink::expecting((page.len() / PIECE).min(most));
        let builder = TreeBuilder::new(sink, TreeBuilderOpts::default());
        let mut lexer = Lexer::new(page);
        for count in 0_usize.. {
            match lexer.step(&builder) {
                Step::Done => {}
                Step::Over => return (end(builder), false),
                Step::Odd => return Self::parse_odd(builder, lexer.rest(), most, begun),
            }
            if builder.sink.markup.borrow().pieces.len() > most
                || (count % LOOK_EVERY == 0 && begun.elapsed() > PATIENCE)
            {
                break;
            }
        }
        (end(builder), true)
    }

    /// Goes on with html5ever's own tokenizer.
    fn parse_odd(builder: Builder, rest: Rest, most: usize, begun: Instant) -> (Self, bool) {
        let tokenizer = Tokenizer::new(builder, rest.begin);
        let queue = BufferQueue::default();
        let mut feed = Feed::new(&rest.markup, begun + PATIENCE);
        for markup in feed.by_ref() {
            queue.push_back(markup.into());
            while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
            if tokenizer.sink.sink.markup.borrow().pieces.len() > most {
                break;
            }
        }
        let cut = feed.is_cut();
        tokenizer.end();
        (tokenizer.sink.sink.finish(), cut)
    }

    /// How many pieces there are.
    pub(super) fn size(&self) -> usize {
        self.pieces.len()
    }

    pub(super) fn what(&self, at: u32) -> &What {
        &self.pieces[at as usize].what
    }

    /// The elements with this name, in the order in which they were opened.
    pub(super) fn all(&self, name: &LocalName) -> impl Iterator<Item = u32> + '_ {
        let name = name.clone();
        let named = move |piece: &Piece| matches!(&piece.what, What::Element { name: own, .. } if *own.local() == name);
        self.pieces.iter().enumerate().filter(move |(_, piece)| named(piece)).map(|(at, _)| at as u32)
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, at: u32, name: &LocalName) -> Option<&str> {
        let What::Element { attributes, .. } = self.what(at) else { return None };
        said(attributes, name)
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
    fn put(&mut self, new: NodeOrText<Handle>, parent: u32, after: u32) {
        let text = match new {
            NodeOrText::AppendNode(new) => return self.insert(new.at, parent, after),
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

/// What an element says under this name.
pub(super) fn said<'a>(attributes: &'a [Attribute], name: &LocalName) -> Option<&'a str> {
    attributes.iter().find(|own| own.name.local == *name).map(|own| &*own.value)
}

fn end(builder: Builder) -> Markup {
    let _ = builder.process_token(Token::EOFToken, 1);
    builder.end();
    builder.sink.finish()
}

fn some(at: u32) -> Option<u32> {
    (at != NONE).then_some(at)
}

/// What the parser talks to. It shares its handle on us between its own parts, hence the cell.
struct Sink {
    markup: RefCell<Markup>,
    /// The name of what has none.
    nameless: Rc<Name>,
    /// The names that came last, each where its number puts it.
    names: RefCell<[Option<Rc<Name>>; NAMES]>,
}

/// A piece as the parser holds it. The name comes along, because the parser asks for little else: for each new element it goes
/// up through the names of those that are open.
#[derive(Clone)]
struct Handle {
    at: u32,
    name: Rc<Name>,
}

impl Sink {
    /// For a page of about so many pieces.
    fn expecting(pieces: usize) -> Self {
        let mut markup = Markup { pieces: Vec::with_capacity(pieces) };
        markup.add(What::Other);
        let nameless = Rc::new(Name::new(QualName::new(None, ns!(), local_name!(""))));
        Self { markup: RefCell::new(markup), nameless, names: RefCell::new([const { None }; NAMES]) }
    }

    fn shared(&self, name: QualName) -> Rc<Name> {
        let place = &mut self.names.borrow_mut()[name.local.get_hash() as usize % NAMES];
        match place {
            Some(known) if known.whole == name => known.clone(),
            _ => place.insert(Rc::new(Name::new(name))).clone(),
        }
    }

    fn nameless(&self, at: u32) -> Handle {
        Handle { at, name: self.nameless.clone() }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Markup;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Markup {
        self.markup.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_document(&self) -> Handle {
        self.nameless(DOCUMENT)
    }

    fn same_node(&self, left: &Handle, right: &Handle) -> bool {
        left.at == right.at
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.whole.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let name = self.shared(name);
        let at = self.markup.borrow_mut().add(What::Element { name: name.clone(), attributes });
        Handle { at, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.nameless(self.markup.borrow_mut().add(What::Other))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.nameless(self.markup.borrow_mut().add(What::Other))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.markup.borrow_mut().put(child, parent.at, NONE);
    }

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        let mut markup = self.markup.borrow_mut();
        let parent = markup.piece(sibling.at).parent;
        if parent != NONE {
            markup.put(new, parent, sibling.at);
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let placed = self.markup.borrow_mut().piece(element.at).parent != NONE;
        if placed {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    /// The inside of a template is read by nobody: its element itself will do, which is skipped as a whole.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        if let What::Element { attributes, .. } = &mut self.markup.borrow_mut().piece(target.at).what {
            for attribute in more {
                if attributes.iter().all(|known| known.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.markup.borrow_mut().detach(target.at);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut markup = self.markup.borrow_mut();
        while let Some(child) = markup.first_child(node.at) {
            markup.insert(child, new_parent.at, NONE);
        }
    }
}

#[cfg(test)]
mod tests;
