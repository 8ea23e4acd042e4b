//! The text of a value: cells under a heading, the rest of a line and what follows it, a picture that stands for words.

use super::heading::{is_icon, level};
use super::page::{Page, Span};
use super::spot::{Inline, Spots};
use super::words::{self, ends_with_colon, enumerator};

/// Longer values are cut: no element of a guide needs more.
pub(super) const LONGEST: usize = 20_000;
/// Lines that one label in front of a block may govern.
const MOST_LINES: usize = 60;
/// A label that the catalogue does not know is no longer than this, in characters.
const LONGEST_LABEL: usize = 16;
/// More wrappers than stand around any line.
const DEEPEST: usize = 64;

/// The cells under a heading, one a line, at most about `longest` characters of them.
pub(super) fn column(page: &Page<'_>, cells: &[Span], longest: usize) -> String {
    let mut room = longest;
    let mut lines: Vec<String> = Vec::new();
    for cell in cells {
        let line = clean(&page.text(*cell, &[], room));
        room = room.saturating_sub(line.chars().count());
        lines.push(line);
    }
    clean(&lines.join("\n"))
}

/// The value behind an inline label: the rest of its line, and the unlabelled lines after it in the same block, or up to the
/// next number where the labels of an article are numbered.
pub(super) fn inline_value(page: &Page<'_>, spots: &Spots, inline: &Inline) -> (Span, String) {
    let mut span = page.span(page.parent(inline.at));
    let mut text = inline.value.clone();
    if !inline.last {
        return (span, clean(&text));
    }
    let block = reach(page, spots, inline);
    for line in spots.lines.iter().skip(inline.line + 1).take(MOST_LINES) {
        let goes_on = block.contains(line.span) && is_like(page, inline, block, line.span);
        if line.labelled || !goes_on || begins_next(page, inline, line.span) {
            break;
        }
        text.push('\n');
        text.push_str(&page.text(line.span, &[], LONGEST));
        span.end = span.end.max(line.span.end);
    }
    (span, clean(&text))
}

/// How far the value of an inline label may go on: to the end of the element that holds its line, or, when nothing stands on
/// the line or the label is numbered, of the one around that.
fn reach(page: &Page<'_>, spots: &Spots, inline: &Inline) -> Span {
    let line = spots.lines[inline.line].span;
    let mut block = page.parent(inline.at);
    for _ in 0..DEEPEST {
        if block == 0 || !line.contains(page.texts_span(page.parent(block))) {
            break;
        }
        block = page.parent(block);
    }
    let one_line = line.contains(page.texts_span(block));
    let open = inline.value.trim().is_empty() || inline.enumerator.is_some();
    page.span(if one_line && open { page.parent(block) } else { block })
}

/// Whether a line stands in a paragraph like that of the label: what goes on in another sort of box is something else, unless
/// the label stands alone.
fn is_like(page: &Page<'_>, inline: &Inline, block: Span, line: Span) -> bool {
    let top_of = |mut at: usize| {
        for _ in 0..DEEPEST {
            if page.parent(at) <= block.start {
                break;
            }
            at = page.parent(at);
        }
        at
    };
    let (own, other) = (top_of(inline.at), top_of(line.start));
    let pressed = matches!(page.tag(other), "a" | "button" | "footer" | "nav");
    let alike =
        page.tag(own) == page.tag(other) && (page.tag(own) == "p" || page.class(own) == page.class(other));
    own == other
        || !pressed
            && (alike
                || inline.value.trim().is_empty()
                || page.node(other).is_text()
                || page.node(own).is_text())
}

/// Whether a line begins with the number after the label's own, is a heading, or is set as the label is: a label that the catalogue does not know.
fn begins_next(page: &Page<'_>, inline: &Inline, line: Span) -> bool {
    let text = page.brief(line);
    let next = inline.enumerator.zip(enumerator(&text));
    let (own, other) = (page.parent(inline.at), page.parent(line.start));
    let twin = ends_with_colon(&text)
        && text.chars().count() <= LONGEST_LABEL
        && !page.class(own).is_empty()
        && page.class(own) == page.class(other);
    next.is_some_and(|(own, other)| own.style == other.style && other.number == own.number + 1)
        || level(page, page.parent(line.start)).is_some()
        || twin
}

/// Without the colon that the label left, without blank lines.
pub(super) fn clean(text: &str) -> String {
    let lines: Vec<&str> =
        words::value(text).lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// What stands for a value that is only a picture.
pub(super) fn picture(page: &Page<'_>, span: Span) -> String {
    let found =
        (span.start..span.end.min(span.start + 400)).find(|&at| page.tag(at) == "img" && !is_icon(page, at));
    found.map_or_else(String::new, |at| {
        format!("[图片]{}", page.node(at).attr("alt").unwrap_or_default().trim())
    })
}
