//! Where labels stand on a page: elements whose whole text is a known label, and labels written in front of their value
//! on one line (“承诺时限：5个工作日”).

use super::labels::{self, LONGEST, Label};
use super::line::Written;
use super::page::{Page, Span, is_blank};
use super::words::{Enumerator, ends_with_colon, enumerator};

/// An element whose whole text is a label.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// The element (or bare text node) that is nothing but the label.
    pub(super) at: usize,
    /// As written.
    pub(super) shown: String,
    pub(super) label: Label,
    pub(super) colon: bool,
    pub(super) enumerator: Option<Enumerator>,
}

/// A label in front of its value on a line.
#[derive(Debug, Clone)]
pub(super) struct Inline {
    /// The text node that the label begins in.
    pub(super) at: usize,
    pub(super) shown: String,
    pub(super) label: Label,
    /// What follows on the line.
    pub(super) value: String,
    /// Whether it is the last label of its line.
    pub(super) last: bool,
    /// Its line, as a place in [`Spots::lines`].
    pub(super) line: usize,
    /// The numbering in front of it.
    pub(super) enumerator: Option<Enumerator>,
}

/// A line of the page: neighbouring runs of text without a break between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) span: Span,
    /// Begins with a known label, as an element of its own or inline.
    pub(super) labelled: bool,
}

/// All labels of a page.
pub(super) struct Spots {
    pub(super) marks: Vec<Mark>,
    pub(super) inlines: Vec<Inline>,
    pub(super) lines: Vec<Line>,
    /// Position to mark (one more than its place), 0 for none.
    mark_at: Vec<u32>,
    /// Position of a line's first text to its line (one more than its place), 0 for none.
    line_at: Vec<u32>,
}

impl Spots {
    pub(super) fn find(page: &Page) -> Self {
        let count = page.len();
        let mut spots = Self {
            marks: Vec::new(),
            inlines: Vec::new(),
            lines: Vec::new(),
            mark_at: vec![0; count],
            line_at: vec![0; count],
        };
        spots.find_marks(page);
        spots.find_lines(page);
        spots
    }

    pub(super) fn mark(&self, at: usize) -> Option<&Mark> {
        self.marks.get((*self.mark_at.get(at)?).checked_sub(1)? as usize)
    }

    /// The mark that a subtree consists of, however many wrappers stand around it.
    pub(super) fn whole(&self, page: &Page, at: usize) -> Option<&Mark> {
        let mark = self.first_mark(page, page.span(at))?;
        page.same_texts(page.span(mark.at), page.span(at)).then_some(mark)
    }

    /// The mark that the first text of a span belongs to.
    pub(super) fn first_mark(&self, page: &Page, span: Span) -> Option<&Mark> {
        let first = *page.texts(span).first()? as usize;
        let place = self.marks.partition_point(|mark| mark.at <= first).checked_sub(1)?;
        let mark = &self.marks[place];
        page.span(mark.at).holds(first).then_some(mark)
    }

    /// Whether the first line of a span begins with a known label.
    pub(super) fn begins_labelled(&self, page: &Page, span: Span) -> bool {
        let Some(&first) = page.texts(span).first() else { return false };
        let line = self.line_at[first as usize];
        line > 0 && self.lines[line as usize - 1].labelled || self.first_mark(page, span).is_some()
    }

    /// The label that the first line of a span begins with, where its value stands on the same line.
    pub(super) fn first_inline(&self, page: &Page, span: Span) -> Option<&Inline> {
        let first = *page.texts(span).first()? as usize;
        let place = self.inlines.partition_point(|inline| inline.at < first);
        self.inlines.get(place).filter(|inline| span.holds(inline.at))
    }

    /// Places of the marks inside a span.
    pub(super) fn marks_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.marks.partition_point(|mark| mark.at < span.start);
        let end = self.marks.partition_point(|mark| mark.at < span.end);
        start..end.max(start)
    }

    /// The inline labels inside a span.
    pub(super) fn inlines_in(&self, span: Span) -> &[Inline] {
        let start = self.inlines.partition_point(|inline| inline.at < span.start);
        let end = self.inlines.partition_point(|inline| inline.at < span.end);
        &self.inlines[start..end.max(start)]
    }

    fn find_marks(&mut self, page: &Page) {
        let mut at = 0;
        while at < page.len() {
            let span = page.span(at);
            if !page.has_text(span) {
                at = span.end;
                continue;
            }
            let topmost = at == 0 || !page.same_texts(span, page.span(page.parent(at)));
            if topmost && page.chars(span) <= LONGEST * 2 && self.try_mark(page, at) {
                at = span.end;
            } else {
                at += 1;
            }
        }
    }

    fn try_mark(&mut self, page: &Page, top: usize) -> bool {
        let span = page.span(top);
        let shown = page.brief(span);
        let single = page.texts(span).len() == 1;
        // Most texts are no label, which costs less to see than whether they hold a value.
        let Some(label) = labels::lookup(&shown, single || shown.contains('共')) else { return false };
        if holds_value(page, page.texts(span)) {
            return false;
        }
        let at = innermost(page, top);
        if !stands_alone(page, self, at, ends_with_colon(&shown)) {
            return false;
        }
        let (colon, enumerator) = (ends_with_colon(&shown), enumerator(&shown));
        self.marks.push(Mark { at, shown: shown.into_owned(), label, colon, enumerator });
        self.mark_at[at] = self.marks.len() as u32;
        true
    }

    fn find_lines(&mut self, page: &Page) {
        let whole = Span { start: 0, end: page.len() };
        let mut texts = page.texts(whole);
        while let Some(&first) = texts.first() {
            let number = page.line(first as usize);
            let count = texts.iter().take_while(|&&text| page.line(text as usize) == number).count();
            let last = texts[count - 1] as usize;
            let line = Line { span: Span { start: first as usize, end: last + 1 }, labelled: false };
            self.lines.push(line);
            let place = self.lines.len() - 1;
            self.line_at[first as usize] = place as u32 + 1;
            self.read_line(page, place, &texts[..count]);
            texts = &texts[count..];
        }
    }

    fn read_line(&mut self, page: &Page, place: usize, texts: &[u32]) {
        let span = self.lines[place].span;
        let marked = self.first_mark(page, span).is_some();
        let written = Written::new(page, texts);
        let found = written.labels();
        let opens = found.first().is_some_and(|first| first.from == 0);
        self.lines[place].labelled = marked || opens;
        for (number, hit) in found.iter().enumerate() {
            let until = found.get(number + 1).map_or(written.text.len(), |next| next.from);
            let value = written.text[hit.value..until].trim_matches(is_blank);
            self.inlines.push(Inline {
                at: written.position(hit.label_start),
                shown: written.text[hit.label_start..hit.value].to_owned(),
                label: hit.label.clone(),
                value: value.to_owned(),
                last: number + 1 == found.len(),
                line: place,
                enumerator: enumerator(&written.text[hit.from..hit.label_start]),
            });
        }
    }
}

/// Whether a short subtree is a label with a number, a dash or a leaked word for its value (“0” over “到现场次数”, “联办机构”
/// before “-”, “咨询电话” before “null”, which is no translation).
fn holds_value(page: &Page, texts: &[u32]) -> bool {
    let [first, .., last] = texts else { return false };
    let (first, last) = (*first as usize, *last as usize);
    let number = page.words(first).trim().chars().all(|letter| letter.is_ascii_digit());
    let dash = page.words(last).trim().chars().all(|letter| matches!(letter, '-' | '—' | '－' | '/'));
    let apart = page.parent(first) != page.parent(last);
    let leaked = || crate::text::leak(page.words(last)).is_some();
    number && page.row(first) != page.row(last) || apart && (dash || leaked())
}

/// From a subtree that is nothing but a label down to the element whose neighbours are its value's: not past a table
/// cell, a dt, or an element with an empty holder of a value after it.
fn innermost(page: &Page, top: usize) -> usize {
    let mut at = top;
    let mut found = top;
    loop {
        if matches!(page.tag(at), "td" | "th" | "dt") {
            return at;
        }
        let Some(inner) = page.children(at).find(|&child| page.same_texts(page.span(child), page.span(at)))
        else {
            return found;
        };
        if !page.has_text(page.span(inner)) {
            return found;
        }
        if matches!(page.tag(inner), "td" | "th" | "dt") || has_empty_neighbour(page, inner, at) {
            found = inner;
        }
        at = inner;
    }
}

/// Whether an element that would hold a value, but is empty, follows.
pub(super) fn has_empty_neighbour(page: &Page, at: usize, parent: usize) -> bool {
    page.siblings(page.end(at), page.end(parent)).take(4).any(|next| is_holder(page, next))
}

/// An element that values stand in, as opposed to an icon or control.
fn is_holder(page: &Page, at: usize) -> bool {
    const ICONS: &[&str] = &[
        "icon", "arrow", "toggle", "btn", "button", "line", "more", "dot", "caret", "border", "clear", "fold",
    ];
    let node = page.node(at);
    if !matches!(
        node.tag.as_str(),
        "td" | "dd" | "div" | "p" | "span" | "section" | "ul" | "ol" | "em" | "a" | "uni-view" | "uni-text"
    ) && !node.tag.contains('-')
    {
        return false;
    }
    let class = page.class(at).to_ascii_lowercase();
    !ICONS.iter().any(|icon| class.contains(icon))
}

/// Whether a label is a thing of its own rather than words inside a sentence.
fn stands_alone(page: &Page, spots: &Spots, at: usize, colon: bool) -> bool {
    let texts = page.texts(page.span(at));
    let Some(&first) = texts.first() else { return false };
    if is_tail(page, first as usize, texts) {
        return false;
    }
    let parent = page.parent(at);
    let sentence = page.text_before(first as usize).is_some_and(|before| {
        page.line(before) == page.line(first as usize)
            && page.parent(before) == parent
            && !ends_value(page.words(before))
    });
    if colon || !sentence {
        return true;
    }
    let twin =
        page.children(parent).take(40).take_while(|&child| child < at).find_map(|child| spots.mark(child));
    twin.is_some_and(|twin| page.tag(twin.at) == page.tag(at) && page.class(twin.at) == page.class(at))
}

/// Whether a label is only the end of a longer one whose letters are set in several runs (“八、办理” “流程：”).
fn is_tail(page: &Page, first: usize, texts: &[u32]) -> bool {
    let mut before = String::new();
    let mut at = first;
    let mut starts = Vec::new();
    while let Some(previous) = page.text_before(at) {
        if page.line(previous) != page.line(first) || before.chars().count() > LONGEST || starts.len() >= 6 {
            break;
        }
        let words = page.words(previous);
        before.insert_str(0, words);
        for start in &mut starts {
            *start += words.len();
        }
        starts.push(0);
        at = previous;
    }
    let label: String = texts.iter().map(|&text| page.words(text as usize)).collect();
    starts.iter().any(|&start: &usize| {
        let head = before[start..].trim_matches(is_blank);
        let head = enumerator(head).map_or(head, |found| &head[found.width..]);
        head.contains(char::is_alphanumeric)
            && !head.contains([':', '：'])
            && labels::lookup(&format!("{head}{label}"), true).is_some()
    })
}

/// Whether a text before a label is complete in itself.
fn ends_value(text: &str) -> bool {
    text.trim_end_matches(is_blank).ends_with(['。', '；', ';', '|', '｜', '、'])
}
