//! The tree that the HTML parser builds: flat, linked by numbers, made for being walked once and thrown away.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, Tokenizer};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, QualName, TokenizerResult};

use super::feed::Feed;
use super::lexer::{Lexer, Rest, Step};

type Builder = TreeBuilder<Handle, Sink>;

/// Longer than any honest page takes, by far; a parser that was not optimised takes several times as long.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 5 });
/// After so many tokens the clock is looked at.
const LOOK_EVERY: usize = 64;
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
        name: Rc<QualName>,
        /// Its attributes.
        attributes: Vec<Attribute>,
    },
}

impl Markup {
    /// Parses a page, at most about so many pieces of it; whatever is wrong with it is mended the way that browsers do. Also
    /// says whether it was stopped before its end.
    pub(super) fn parse(page: &str, most: usize) -> (Self, bool) {
        let begun = Instant::now();
        let builder = TreeBuilder::new(Sink::default(), TreeBuilderOpts::default());
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
    nameless: Rc<QualName>,
}

/// A piece as the parser holds it. The name comes along, because the parser asks for little else: for each new element it goes
/// up through the names of those that are open.
#[derive(Clone)]
struct Handle {
    at: u32,
    name: Rc<QualName>,
}

impl Default for Sink {
    fn default() -> Self {
        let mut markup = Markup { pieces: Vec::with_capacity(1024) };
        markup.add(What::Other);
        let nameless = Rc::new(QualName::new(None, Namespace::from(""), LocalName::from("")));
        Self { markup: RefCell::new(markup), nameless }
    }
}

impl Sink {
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
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let name = Rc::new(name);
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
mod tests {
    use super::*;
    use std::fmt::Write as _;

    use html5ever::ParseOpts;
    use html5ever::tendril::TendrilSink;
    use proptest::prelude::*;

    const MOST: usize = 100_000;

    fn by_html5ever(page: &str) -> Markup {
        html5ever::parse_document(Sink::default(), ParseOpts::default()).one(page)
    }

    /// Everything that is read of a page, piece by piece.
    fn written(markup: &Markup) -> String {
        let mut out = String::new();
        let mut open = vec![(markup.first_child(DOCUMENT), 0)];
        while let Some((next, depth)) = open.pop() {
            let Some(at) = next else { continue };
            out.extend(std::iter::repeat_n(' ', depth));
            match markup.what(at) {
                What::Other => out.push('!'),
                What::Text(words) => write!(out, "{:?}", &**words).unwrap(),
                What::Element { name, attributes } => {
                    write!(out, "<{}:{}", name.ns, name.local).unwrap();
                    for own in attributes {
                        write!(out, " {}={:?}", own.name.local, &*own.value).unwrap();
                    }
                }
            }
            out.push('\n');
            open.push((markup.next_sibling(at), depth));
            open.push((markup.first_child(at), depth + 1));
        }
        out
    }

    fn assert_same(page: &str) {
        let (ours, cut) = Markup::parse(page, MOST);
        assert!(!cut);
        assert_eq!(written(&ours), written(&by_html5ever(page)), "{page:?}");
    }

    #[test]
    fn what_is_seldom_on_a_page_is_cut_as_html5ever_cuts_it() {
        for page in [
            "",
            "字",
            "<",
            "</",
            "<!",
            "<!-",
            "<!--",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "&",
            "&#",
            "&#x",
            "&nbsp",
            "a < b <3>",
            "</>甲<//>乙<?xml version=1?>丙<!d>丁",
            "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN'><table><p>",
            "<!doctype html \">\"><p>",
            "<!-->甲--><!--->乙--><!--a--!>丙<!--a--->丁<!---->",
            "<p>&ampx&amp;&notit;&notin;&NotEqualTilde;&;&#0;&#128;&#x110000;&#99999999999;&#xD800;&#12;x",
            "<a href='?a=1&copy=2&amp=3&lt;4&reg' b=&quot c=&copy>",
            "<a =x=y b==c d='1'e=\"2\"/f / g/>",
            "<a A=1 a=2 =3 字=4 ' \"=5>",
            "<textarea>\n甲</textareax></TEXTAREA >",
            "<title>&lt;a></title/ x>乙",
            "<style>a</styl></style>b",
            "<script>if (a<b) '</scrip>'</script >",
            "<script><!-- <script> </script> --></script>x",
            "<plaintext><a>&amp;</plaintext>",
            "<xmp><a></xmp><noscript><p></noscript><iframe><p></iframe>",
            "<svg><title><a></title><![CDATA[x<y]]><p>",
            "<svg><style><a></style></svg>",
            "a\0b<a\0>",
            "<p>甲\r\n乙\r丙",
            "\u{feff}<p>",
            "<pre>\r\n甲</pre>",
            "<select><option>a<option>b</select><b><p>x</b>y</p><table><tr>甲<td>乙",
            "</p></br x=1>",
            "<input/><br/><br /><div/>x",
            "<textarea>甲",
        ] {
            assert_same(page);
        }
    }

    #[test]
    fn a_tag_with_many_attributes_is_one_tag() {
        let attributes: Vec<String> = (0..30_000).map(|at| format!(" a{}=1", at % 20_000)).collect();
        let attributes = attributes.concat();
        let (ours, cut) = Markup::parse(&format!("<p{attributes}>"), MOST);
        let What::Element { attributes, .. } =
            ours.what(ours.all(&html5ever::local_name!("p")).next().unwrap())
        else {
            panic!()
        };
        assert_eq!((attributes.len(), cut), (20_000, false));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_page_is_cut_as_html5ever_cuts_it(
            page in "(<p>|</p>|<b>|</b>|<font a=1>|<A hREF='x&amp;y'>|<td>|<table>|<tr>|<select>|<option>|<svg>|<math>|<title>|</title>|<textarea>|</textarea >|<script>|</script>|<style>|</style/>|<!--|-->|--!>|<!doctype html>|<!x>|<\\?|</|<|>|/|=|'|\"|&|&amp;|&lt|&nbsp;|&#20107;|&#x|;|-|!| |\n|\r|\t|\x00|b|X|=\"|字|　|\\]\\]>|<!\\[CDATA\\[|<br/>|<div class=a id='b' c>){0,40}"
        ) {
            assert_same(&page);
        }
    }
}
