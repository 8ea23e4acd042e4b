//! The reader's own view of a snapshot: nodes in strict document order with subtree ends, text runs, line numbers
//! and inherited flags, so that every later question costs a look-up instead of a walk.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::{Node, Snapshot};
use crate::text::is_solid;

use super::cut;
use super::noise;
use super::order::{document_order, subtree_ends};
use super::tag::{Part, is_inline, is_silent, part};
use super::target::target;

/// A run of nodes `[start, end)` in document order: a subtree, or several neighbouring ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn holds(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    pub(super) fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub(super) fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// A snapshot made ready for reading. Positions (`usize`) count nodes in document order and are not the snapshot's
/// indices; [`Page::index`] translates.
pub(super) struct Page<'a> {
    snapshot: &'a Snapshot,
    index: Vec<u32>,
    parent: Vec<u32>,
    end: Vec<u32>,
    hidden: Vec<bool>,
    /// Positions of the text nodes that carry words.
    texts: Vec<u32>,
    /// How many of `texts` stand before each position (one longer than the page).
    before: Vec<u32>,
    /// Characters of text before each entry of `texts` (one longer than `texts`).
    length: Vec<u32>,
    /// Line number of each position; table cells are lines of their own.
    line: Vec<u32>,
    /// The same, but the cells of a table row share a line.
    row: Vec<u32>,
    /// Whole texts of runs that the page shows cut short.
    whole: HashMap<usize, String>,
}

impl<'a> Page<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        let (index, parent) = document_order(snapshot);
        let end = subtree_ends(&parent);
        let count = index.len();
        let mut page = Self {
            snapshot,
            index,
            parent,
            end,
            hidden: vec![false; count],
            texts: Vec::with_capacity(count / 2),
            before: Vec::with_capacity(count + 1),
            length: Vec::with_capacity(count / 2 + 1),
            line: Vec::with_capacity(count),
            row: Vec::with_capacity(count),
            whole: HashMap::new(),
        };
        page.flag_hidden();
        page.whole = cut::whole_texts(&page);
        page.collect_texts();
        page.number_lines();
        page
    }

    fn flag_hidden(&mut self) {
        for at in 0..self.len() {
            let above = at > 0 && self.hidden[self.parent(at)];
            self.hidden[at] = above || self.node(at).hidden;
        }
    }

    fn collect_texts(&mut self) {
        self.length.push(0);
        let mut silent_until = 0;
        for at in 0..self.len() {
            self.before.push(self.texts.len() as u32);
            let node = self.node(at);
            if at >= silent_until && (is_silent(&node.tag) || self.is_tooltip(at)) {
                silent_until = self.end(at);
            }
            if at < silent_until || !node.is_text() || !has_words(self.words(at)) {
                continue;
            }
            let holder = self.node(self.parent(at));
            if noise::is_noise(&node.text, &holder.tag) {
                continue;
            }
            let total = self.length.last().copied().unwrap_or(0) + self.words(at).chars().count() as u32;
            self.texts.push(at as u32);
            self.length.push(total);
        }
        self.before.push(self.texts.len() as u32);
    }

    /// A tooltip, unless it alone says the whole of what stands cut short in front of it.
    fn is_tooltip(&self, at: usize) -> bool {
        noise::is_tooltip(self.node(at))
            && !(self.parent(at)..at)
                .rev()
                .take(12)
                .any(|before| self.whole.get(&before).is_some_and(String::is_empty))
    }

    fn number_lines(&mut self) {
        let count = self.len();
        let mut hard = vec![false; count + 1];
        let mut cell = vec![false; count + 1];
        for at in 0..count {
            let node = self.node(at);
            if node.is_text() {
                continue;
            }
            if part(node) == Some(Part::Cell) {
                cell[at] = true;
                cell[self.end(at)] = true;
            } else if !is_inline(node) {
                hard[at] = true;
                hard[self.end(at)] = true;
            }
        }
        let (mut line, mut row) = (0, 0);
        for at in 0..count {
            line += u32::from(hard[at] || cell[at]);
            row += u32::from(hard[at]);
            self.line.push(line);
            self.row.push(row);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.index.len()
    }

    pub(super) fn node(&self, at: usize) -> &'a Node {
        &self.snapshot.nodes[self.index[at] as usize]
    }

    pub(super) fn tag(&self, at: usize) -> &'a str {
        &self.node(at).tag
    }

    /// The words of a text run: as shown, or whole where the page cuts them short; nothing for elements.
    pub(super) fn words(&self, at: usize) -> &str {
        self.whole.get(&at).map_or_else(|| self.node(at).text.as_str(), String::as_str)
    }

    /// Where pressing an element leads.
    pub(super) fn target(&self, at: usize) -> Option<String> {
        target(self.node(at)).map(str::to_owned)
    }

    pub(super) fn class(&self, at: usize) -> &'a str {
        self.node(at).attr("class").unwrap_or_default()
    }

    /// Index of a position's node in the snapshot.
    pub(super) fn index(&self, at: usize) -> u32 {
        self.index.get(at).copied().unwrap_or_default()
    }

    pub(super) fn parent(&self, at: usize) -> usize {
        self.parent[at] as usize
    }

    pub(super) fn end(&self, at: usize) -> usize {
        self.end[at] as usize
    }

    pub(super) fn hidden(&self, at: usize) -> bool {
        self.hidden[at]
    }

    /// The subtree at a position.
    pub(super) fn span(&self, at: usize) -> Span {
        Span { start: at, end: self.end(at) }
    }

    pub(super) fn line(&self, at: usize) -> u32 {
        self.line[at]
    }

    /// The same as [`Page::line`], but the cells of a table row share one.
    pub(super) fn row(&self, at: usize) -> u32 {
        self.row[at]
    }

    /// Children of a position, in order, text nodes included.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.siblings(at + 1, self.end(at))
    }

    /// `from` and the siblings after it, up to `until`.
    pub(super) fn siblings(&self, from: usize, until: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = from;
        std::iter::from_fn(move || {
            let now = next;
            (now < until).then(|| {
                next = self.end(now);
                now
            })
        })
    }

    /// Child elements (no text nodes).
    pub(super) fn elements(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.children(at).filter(|&child| !self.node(child).is_text())
    }

    /// Positions of the text nodes inside a span.
    pub(super) fn texts(&self, span: Span) -> &[u32] {
        &self.texts[self.text_range(span)]
    }

    /// From the first to the last text of a subtree; empty when it has none.
    pub(super) fn texts_span(&self, at: usize) -> Span {
        match self.texts(self.span(at)) {
            [] => Span { start: at, end: at },
            [first, .., last] => Span { start: *first as usize, end: *last as usize + 1 },
            [only] => Span { start: *only as usize, end: *only as usize + 1 },
        }
    }

    /// The text node before a position.
    pub(super) fn text_before(&self, at: usize) -> Option<usize> {
        let place = (self.before[at] as usize).checked_sub(1)?;
        Some(self.texts[place] as usize)
    }

    fn text_range(&self, span: Span) -> std::ops::Range<usize> {
        let last = self.before.len() - 1;
        let start = self.before[span.start.min(last)] as usize;
        let end = self.before[span.end.min(last)] as usize;
        start..end.max(start)
    }

    /// How many characters of text a span holds.
    pub(super) fn chars(&self, span: Span) -> usize {
        let range = self.text_range(span);
        (self.length[range.end] - self.length[range.start]) as usize
    }

    pub(super) fn has_text(&self, span: Span) -> bool {
        !self.text_range(span).is_empty()
    }

    /// Whether two spans hold the same text nodes.
    pub(super) fn same_texts(&self, left: Span, right: Span) -> bool {
        self.text_range(left) == self.text_range(right)
    }

    /// The text of a span on one line, for labels and other short things.
    pub(super) fn brief(&self, span: Span) -> Cow<'_, str> {
        match self.texts(span) {
            // Most often one run of text, written as it is read.
            [only] if is_solid(self.words(*only as usize)) => Cow::Borrowed(self.words(*only as usize)),
            _ => Cow::Owned(self.write(span, &[], usize::MAX, ' ')),
        }
    }

    /// The text of a span as shown: runs joined, one line a block, cells of a row side by side, at most about `limit`
    /// characters. `without` are spans to leave out, in order.
    pub(super) fn text(&self, span: Span, without: &[Span], limit: usize) -> String {
        self.write(span, without, limit, '\n')
    }

    fn write(&self, span: Span, without: &[Span], limit: usize, separator: char) -> String {
        let mut out = String::new();
        let mut last: Option<usize> = None;
        let mut skips = without.iter().peekable();
        for &text in self.texts(span) {
            let at = text as usize;
            while skips.peek().is_some_and(|skip| skip.end <= at) {
                skips.next();
            }
            if skips.peek().is_some_and(|skip| skip.holds(at)) {
                continue;
            }
            if let Some(last) = last {
                self.join(&mut out, last, at, separator);
            }
            push_collapsed(&mut out, self.words(at));
            last = Some(at);
            if out.len() > limit.saturating_mul(3) {
                break;
            }
        }
        while out.ends_with([' ', '\n']) {
            out.pop();
        }
        out
    }

    fn join(&self, out: &mut String, last: usize, at: usize, separator: char) {
        let gap = if self.row[last] != self.row[at] {
            separator
        } else if self.line[last] != self.line[at] || self.stands_apart(last, at) {
            ' '
        } else {
            return;
        };
        while out.ends_with(' ') {
            out.pop();
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push(gap);
        }
    }

    /// Neighbouring elements of one kind (`<span class="tag">` after another, two links) are separate words.
    fn stands_apart(&self, last: usize, at: usize) -> bool {
        let (left, right) = (self.parent(last), self.parent(at));
        if left == right || self.parent(left) != self.parent(right) {
            return false;
        }
        let (one, other) = (self.node(left), self.node(right));
        if let (Some(one), Some(other)) = (one.rect, other.rect) {
            return other.0 - (one.0 + one.2) >= 6.0 || other.1 >= one.1 + one.3;
        }
        one.tag == other.tag && (one.tag == "a" || (one.attr("class") == other.attr("class")))
            || one.attr("class").is_some() && other.attr("class").is_some() && one.tag == "span"
    }
}

fn has_words(text: &str) -> bool {
    text.chars().any(|character| !is_blank(character))
}

/// White space, or a character that takes no room.
pub(super) fn is_blank(character: char) -> bool {
    !is_ideograph(character)
        && (character.is_whitespace()
            || is_drawn(character)
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}'))
}

/// A Chinese character: most of what a page says, and settled at once.
pub(super) fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

/// A character of an icon font.
fn is_drawn(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}')
}

fn push_collapsed(out: &mut String, text: &str) {
    if is_solid(text) {
        out.push_str(text);
        return;
    }
    out.reserve(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else if !is_drawn(character) {
            out.push(character);
        }
    }
}
