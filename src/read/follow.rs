//! The value that follows a label among its neighbours: beside it in a row, under it as a heading, in the panel below it.

use std::collections::HashMap;

use crate::model::Place;

use super::heading::{climbs_heading, is_bold, is_icon, level};
use super::labels::Sense;
use super::page::{Page, Span};
use super::spot::{Mark, Spots, has_empty_neighbour};
use super::tag::{Part, part};
use super::words::{Style, enumerator};

/// What follows a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follow {
    /// Its value.
    Value { span: Span, place: Place },
    /// A place for a value, without one.
    Empty { span: Span, place: Place },
    /// Nothing: other labels, or the end.
    Nothing,
}

/// Finds what follows labels; remembers what it learned about rows.
pub(super) struct Follower<'a> {
    page: &'a Page<'a>,
    spots: &'a Spots,
    pairs: HashMap<usize, bool>,
}

/// How far up a label's wrappers are followed.
const CLIMB: usize = 6;

impl<'a> Follower<'a> {
    pub(super) fn new(page: &'a Page<'a>, spots: &'a Spots) -> Self {
        Self { page, spots, pairs: HashMap::new() }
    }

    /// What follows the label, starting from `from` (the label's element, or its table row).
    pub(super) fn follow(&mut self, mark: &Mark, from: usize) -> Follow {
        let mut top = from;
        for _ in 0..CLIMB {
            if top == 0 || matches!(self.page.tag(top), "body" | "#frame") {
                return Follow::Nothing;
            }
            let parent = self.page.parent(top);
            if let Some(span) = self.above(parent, top) {
                return Follow::Value { span, place: Place::LabelValue };
            }
            let (span, stopped) = self.until_next(mark, top, parent);
            let controls = self.page.has_text(span) && self.holds_controls(parent, span);
            if self.has_content(span) && !controls {
                return Follow::Value { span, place: self.place(mark, top, span) };
            }
            let held = !span.is_empty() && has_empty_neighbour(self.page, top, parent);
            if held && (self.is_row(parent) || self.page.tag(top) == "dt") {
                return Follow::Empty { span, place: self.place(mark, top, span) };
            }
            let whole = self.page.same_texts(self.page.span(parent), self.page.span(mark.at));
            if stopped || !(whole || self.is_head(parent, top)) {
                return Follow::Nothing;
            }
            if whole && mark.colon && self.is_row(parent) {
                let end = self.page.end(top);
                return Follow::Empty { span: Span { start: end, end }, place: Place::LabelValue };
            }
            top = parent;
        }
        Follow::Nothing
    }

    /// The value of a label that stands under it, where the neighbours of its box are built the same way (figures with captions).
    fn above(&self, parent: usize, top: usize) -> Option<Span> {
        if matches!(part(self.page.node(top)), Some(Part::Cell | Part::Row)) || self.page.tag(top) == "dt" {
            return None;
        }
        let grand = self.page.parent(parent);
        if !self.is_captioned(parent, top) || parent == 0 {
            return None;
        }
        let twins: Vec<usize> = self
            .page
            .siblings(self.page.end(parent), self.page.end(grand))
            .take(8)
            .chain(self.page.children(grand).take(8))
            .filter(|&twin| twin != parent && self.alike(parent, twin) && self.has_text(twin))
            .collect();
        let reversed = twins.iter().all(|&twin| {
            let last = self.page.elements(twin).filter(|&inner| self.has_text(inner)).last();
            last.is_some_and(|last| self.is_captioned(twin, last))
        });
        (!twins.is_empty() && reversed).then(|| Span { start: parent + 1, end: top })
    }

    /// Whether a box holds two things of which the second is the caption of the first.
    fn is_captioned(&self, holder: usize, caption: usize) -> bool {
        let worded: Vec<usize> =
            self.page.elements(holder).filter(|&inner| self.has_text(inner)).take(3).collect();
        let [value, last] = worded.as_slice() else { return false };
        *last == caption
            && self.spots.whole(self.page, *value).is_none_or(|mark| mark.label.may_be_value())
            && self.page.chars(self.page.span(caption)) <= 20
            && self.page.chars(self.page.span(*value)) <= 60
            && self.spots.whole(self.page, caption).is_none_or(|mark| !mark.colon)
    }

    fn has_text(&self, at: usize) -> bool {
        self.page.has_text(self.page.span(at))
    }

    /// Text, or a picture that stands for it.
    fn has_content(&self, span: Span) -> bool {
        self.page.has_text(span)
            || span.end - span.start < 400
                && (span.start..span.end).any(|at| {
                    matches!(self.page.tag(at), "img" | "video" | "audio") && !is_icon(self.page, at)
                })
    }

    /// A short head that holds a remark or number beside the label.
    fn is_head(&self, parent: usize, top: usize) -> bool {
        let after = Span { start: self.page.end(top), end: self.page.end(parent) };
        let twin = self.page.elements(parent).take(40).any(|other| {
            other != top && self.has_text(other) && self.alike(top, other) && !self.page.class(top).is_empty()
        });
        let links = self.page.tag(top) == "a"
            && self.page.elements(parent).take(40).filter(|&other| self.page.tag(other) == "a").count() > 1;
        !twin
            && !links
            && (!self.page.has_text(after) || self.holds_controls(parent, after))
            && self.spots.marks_in(self.page.span(parent)).len() <= 1
            && self.page.chars(self.page.span(parent)) <= 30
            && !matches!(
                self.page.tag(parent),
                "td" | "tr" | "tbody" | "table" | "ul" | "ol" | "dl" | "nav" | "li"
            )
    }

    /// Whether nothing but links and buttons stand after the label in its head (“申请材料 [智能预审]”).
    fn holds_controls(&self, head: usize, after: Span) -> bool {
        let named = self.page.class(head).to_ascii_lowercase();
        let is_head = ["title", "head", "tit", "hd", "-h", "bar", "caption"]
            .iter()
            .any(|word| named.split_whitespace().any(|class| class.contains(word)));
        is_head
            && self.page.siblings(after.start, after.end).filter(|&at| self.has_text(at)).all(|at| {
                matches!(self.page.tag(at), "a" | "button") && self.page.chars(self.page.span(at)) <= 10
            })
    }

    /// Whether an element is one of several alike that carry a label and its value.
    fn is_row(&self, row: usize) -> bool {
        // A row that is a component of its own has its twins outside its shadow root.
        let mut row = row;
        while row != 0 && self.page.tag(self.page.parent(row)) == "#shadow" {
            row = self.page.parent(self.page.parent(row));
        }
        if row == 0 {
            return false;
        }
        if matches!(self.page.tag(row), "tr" | "dl") {
            return true;
        }
        let parent = self.page.parent(row);
        let after = self.page.siblings(self.page.end(row), self.page.end(parent)).take(8);
        let first = self.page.children(parent).take(8);
        after.chain(first).any(|twin| twin != row && self.akin(row, twin) && self.is_pair(twin))
    }

    fn is_pair(&self, row: usize) -> bool {
        let span = self.page.span(row);
        self.spots.begins_labelled(self.page, span) && self.spots.whole(self.page, row).is_none()
    }

    /// Alike but for a state (“van-cell van-cell--clickable”).
    fn akin(&self, left: usize, right: usize) -> bool {
        let first = |at: usize| self.page.class(at).split_whitespace().next();
        self.page.tag(left) == self.page.tag(right) && first(left) == first(right)
    }

    fn alike(&self, left: usize, right: usize) -> bool {
        self.page.tag(left) == self.page.tag(right) && self.page.class(left) == self.page.class(right)
    }

    /// The neighbours after `top` that belong to the label, and whether another label ended them.
    fn until_next(&mut self, mark: &Mark, top: usize, parent: usize) -> (Span, bool) {
        let start = self.page.end(top);
        let limit = self.page.end(parent);
        let mut seen = Seen::new(self.page, mark, top);
        let mut next = start;
        while next < limit {
            let end = self.page.end(next);
            if self.stops(mark, top, next, &seen) {
                return (Span { start, end: next }, true);
            }
            if self.page.has_text(self.page.span(next)) {
                seen.note(self.page, next);
                let value = self.spots.whole(self.page, next).is_some();
                if value && !self.is_deeper(mark, next, &seen)
                    || seen.contents == 1 && self.in_pairs(parent, top)
                {
                    return (Span { start, end }, true);
                }
            }
            next = end;
        }
        (Span { start, end: limit }, false)
    }

    /// Whether a neighbour begins something new.
    fn stops(&self, mark: &Mark, top: usize, next: usize, seen: &Seen) -> bool {
        let page = self.page;
        let span = page.span(next);
        if !page.has_text(span) {
            return page.tag(next) == "dt" || level(page, next).is_some() && seen.contents > 0;
        }
        if page.tag(top) == "dt" && page.tag(next) == "dt" {
            return true;
        }
        if self.is_deeper(mark, next, seen) {
            return false;
        }
        if let Some(other) = self.spots.whole(page, next) {
            let value = seen.contents == 0
                && other.label.may_be_value()
                && !other.colon
                && page.tag(next) != "li"
                && level(page, next).is_none();
            return !(value && other.label.key != mark.label.key);
        }
        self.is_heading_stop(next, seen)
            || self.is_numbered_stop(mark, next, seen)
            || page.tag(next) == page.tag(top)
                && seen.level.is_none()
                && self.spots.begins_labelled(page, span)
                && page.tag(top) != "tr"
                && !(seen.contents == 0 && self.is_same_contact(mark, span))
            || seen.contents > 0 && self.is_twin_stop(top, next, seen)
    }

    /// Whether what follows a contact's label only says again what it is (监督电话, beside it “电话：0356-…”).
    fn is_same_contact(&self, mark: &Mark, next: Span) -> bool {
        let Some(inline) = self.spots.first_inline(self.page, next) else { return false };
        let generic = inline.label.is_part_of_contact() && !inline.label.says_whose();
        let same = |own: &Sense| inline.label.senses.iter().any(|other| other.element == own.element);
        let kind = ["电话", "地"].into_iter().any(|word| {
            inline.label.key.contains(word) && (mark.label.key.contains(word) || mark.label.says_whose())
        });
        generic && !inline.value.is_empty() && (kind || mark.label.senses.iter().any(same))
    }

    /// Whether a neighbour is a heading of a part of the same element (办理流程, under it 窗口办理流程).
    fn is_deeper(&self, mark: &Mark, next: usize, seen: &Seen) -> bool {
        let (Some(own), Some(other)) = (seen.level, level(self.page, next)) else { return false };
        let same = |mark: &Mark, inner: &Mark| {
            inner
                .label
                .senses
                .iter()
                .any(|sense| mark.label.senses.iter().any(|own| own.element == sense.element))
        };
        other > own && self.spots.whole(self.page, next).is_some_and(|inner| same(mark, inner))
    }

    fn is_heading_stop(&self, next: usize, seen: &Seen) -> bool {
        match (level(self.page, next), seen.level) {
            (Some(next), Some(own)) => next <= own,
            (Some(_), None) => seen.contents > 0 || !seen.bold,
            (None, _) => false,
        }
    }

    fn is_numbered_stop(&self, mark: &Mark, next: usize, seen: &Seen) -> bool {
        let Some(own) = mark.enumerator else { return false };
        let Some(&first) = self.page.texts(self.page.span(next)).first() else { return false };
        let Some(other) = enumerator(self.page.words(first as usize)) else { return false };
        let counted = own.style == other.style && other.number == own.number + 1;
        counted
            && !(matches!(own.style, Style::Arabic | Style::ArabicBracketed | Style::Circled)
                && seen.numbered == Some(own.style))
    }

    /// A neighbour that looks like the label: an unknown label.
    fn is_twin_stop(&self, top: usize, next: usize, seen: &Seen) -> bool {
        let page = self.page;
        if page.chars(page.span(next)) > 30 || page.node(next).is_text() {
            return false;
        }
        let tag = page.tag(top);
        let telling = matches!(tag, "th" | "b" | "strong" | "label" | "summary" | "legend")
            || !page.class(top).is_empty() && !matches!(tag, "p" | "li" | "td");
        telling && self.alike(top, next)
            || seen.bold && page.chars(page.span(next)) <= 16 && is_bold(page, next) && tag == page.tag(next)
    }

    /// Whether the children of `parent` alternate between labels and values, so that one neighbour is the whole value.
    fn in_pairs(&mut self, parent: usize, top: usize) -> bool {
        if matches!(self.page.tag(top), "dt" | "p" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "#text")
        {
            return false;
        }
        if let Some(&known) = self.pairs.get(&parent) {
            return known;
        }
        let worded: Vec<bool> = self
            .page
            .elements(parent)
            .filter(|&child| self.page.has_text(self.page.span(child)))
            .map(|child| self.spots.whole(self.page, child).is_some_and(|mark| !mark.label.may_be_value()))
            .collect();
        let marks = worded.iter().filter(|marked| **marked).count();
        let even = worded.iter().enumerate().all(|(place, marked)| !marked || place % 2 == 0);
        let known = marks >= 2 && even && worded.len().is_multiple_of(2) && marks * 2 >= worded.len() / 2;
        self.pairs.insert(parent, known);
        known
    }

    fn place(&self, mark: &Mark, top: usize, span: Span) -> Place {
        let page = self.page;
        let tag = page.tag(top);
        if tag == "dt" || page.tag(mark.at) == "dt" {
            return Place::DefinitionList;
        }
        if part(page.node(top)) == Some(Part::Cell) {
            return Place::Table;
        }
        if page.tag(top) != "p" && self.is_row(page.parent(top)) && level(page, top).is_none() {
            return Place::LabelValue;
        }
        let class = format!("{} {}", page.class(mark.at), page.class(page.parent(top))).to_ascii_lowercase();
        if tag == "summary"
            || ["accordion", "collapse", "fold", "panel"].iter().any(|word| class.contains(word))
        {
            return Place::Panel;
        }
        if climbs_heading(page, mark.at, top).is_some()
            || tag == "p"
            || matches!(tag, "b" | "strong") && span.end - span.start > 12
        {
            return Place::Heading;
        }
        let parts = page
            .siblings(span.start, span.end)
            .filter(|&part| page.has_text(page.span(part)))
            .take(3)
            .count();
        if parts <= 1 && !class.contains("title") { Place::LabelValue } else { Place::Heading }
    }
}

/// What was seen behind a label so far.
struct Seen {
    level: Option<u8>,
    bold: bool,
    contents: usize,
    numbered: Option<Style>,
}

impl Seen {
    fn new(page: &Page, mark: &Mark, top: usize) -> Self {
        Self {
            level: climbs_heading(page, mark.at, top),
            bold: is_bold(page, top),
            contents: 0,
            numbered: None,
        }
    }

    fn note(&mut self, page: &Page, next: usize) {
        self.contents += 1;
        if self.contents == 1
            && let Some(&first) = page.texts(page.span(next)).first()
        {
            self.numbered = enumerator(page.words(first as usize)).map(|found| found.style);
        }
    }
}
