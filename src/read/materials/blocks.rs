//! Materials as cards, list entries or rows of boxes: the repeated elements inside a span, one a material.

use crate::model::Material;
use crate::read::heading::level;
use crate::read::labels::field;
use crate::read::page::{Page, Span};
use crate::read::words;

use super::MOST;
use super::fields::{Said, finished, is_control, parts, put, put_links, said};
use super::lines;

/// How deep lists inside cards inside groups are followed.
const DEEPEST: usize = 14;
/// More runs of text than a card has.
const MOST_PIECES: usize = 400;

/// The rows of a span.
pub(super) fn read(page: &Page<'_>, span: Span) -> Vec<Material> {
    if let Some(rows) = under_a_head(page, span) {
        return rows;
    }
    let mut items = Vec::new();
    collect(page, &worded(page, span), 0, &mut items);
    if let [only] = items.as_slice()
        && !is_card(page, *only)
    {
        let text = page.text(page.span(*only), &[], 20_000);
        return with_links(page, *only, lines::rows(&text, page.index(*only)));
    }
    let texts = items.iter().all(|&item| page.node(item).is_text());
    let numbered = |&item: &usize| words::enumerator(&page.brief(page.span(item))).is_some();
    if texts
        || items.iter().any(numbered)
            && !items.iter().all(numbered)
            && !items.iter().any(|&item| is_card(page, item))
    {
        return lines::rows(&page.text(span, &[], 20_000), page.index(span.start));
    }
    items.into_iter().take(MOST).filter_map(|at| from_block(page, at)).collect()
}

/// Links of a block of text belong to its only row.
fn with_links(page: &Page<'_>, at: usize, mut rows: Vec<Material>) -> Vec<Material> {
    if let [only] = rows.as_mut_slice() {
        put_links(page, only, page.span(at), None);
    }
    rows
}

/// The worded siblings of a span.
fn worded(page: &Page<'_>, span: Span) -> Vec<usize> {
    page.siblings(span.start, span.end).filter(|&at| page.has_text(page.span(at))).take(2000).collect()
}

fn children(page: &Page<'_>, at: usize) -> Vec<usize> {
    page.children(at).filter(|&child| page.has_text(page.span(child))).take(2000).collect()
}

/// The elements that are one material each.
fn collect(page: &Page<'_>, level_of: &[usize], depth: usize, items: &mut Vec<usize>) {
    if let [only] = level_of {
        let below = children(page, *only);
        let leaf = below.is_empty() || depth >= DEEPEST || is_card(page, *only) || is_one_line(page, *only);
        if leaf || below.iter().any(|&child| page.node(child).is_text()) {
            items.push(*only);
        } else {
            collect(page, &below, depth + 1, items);
        }
        return;
    }
    let twins = are_twins(page, level_of);
    for &at in level_of {
        if items.len() >= MOST {
            return;
        }
        if !twins && is_aside(page, at) {
            continue;
        }
        let single =
            is_one_line(page, at) || is_card(page, at) || page.tag(at) == "li" && !holds_list(page, at);
        if single || twins && !holds_list(page, at) && !holds_cards(page, at) {
            if !is_intro(page, at) {
                items.push(at);
            }
        } else {
            collect(page, &children(page, at), depth + 1, items);
        }
    }
}

/// Whether the elements of a level are built alike.
fn are_twins(page: &Page<'_>, level_of: &[usize]) -> bool {
    let [first, rest @ ..] = level_of else { return false };
    rest.iter().all(|&at| page.tag(at) == page.tag(*first) && page.class(at) == page.class(*first))
}

fn is_one_line(page: &Page<'_>, at: usize) -> bool {
    let span = page.texts_span(at);
    span.is_empty() || page.row(span.start) == page.row(span.end - 1)
}

/// A heading over a group of materials, or words that introduce or end a list.
fn is_aside(page: &Page<'_>, at: usize) -> bool {
    level(page, at).is_some() || is_intro(page, at) || page.tag(at) == "a"
}

fn is_intro(page: &Page<'_>, at: usize) -> bool {
    is_one_line(page, at) && lines::is_remark(&page.brief(page.span(at)))
}

fn holds_list(page: &Page<'_>, at: usize) -> bool {
    (at + 1..page.end(at)).take(400).filter(|&inner| page.tag(inner) == "li").count() >= 2
}

/// Whether an element holds several cards, so that it is a group.
fn holds_cards(page: &Page<'_>, at: usize) -> bool {
    let mut labels: Vec<&str> = known_labels(page, at);
    let count = labels.len();
    labels.sort_unstable();
    labels.dedup();
    labels.len() < count
}

/// One material rather than a list of them: labels of different fields.
fn is_card(page: &Page<'_>, at: usize) -> bool {
    !known_labels(page, at).is_empty() && !holds_cards(page, at)
}

/// The fields whose labels stand inside an element.
fn known_labels(page: &Page<'_>, at: usize) -> Vec<&'static str> {
    pieces(page, page.span(at))
        .iter()
        .filter(|piece| !piece.linked)
        .filter_map(|piece| match said(&piece.text) {
            Said::Label(field) => Some(field),
            Said::Field(field, _) if piece.text.contains(['：', ':']) && field != "copies" => Some(field),
            _ => None,
        })
        .filter(|field| *field != "name")
        .collect()
}

/// A run of text of a card.
struct Piece {
    text: String,
    line: u32,
    linked: bool,
}

fn pieces(page: &Page<'_>, span: Span) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for &at in page.texts(span).iter().take(MOST_PIECES) {
        let at = at as usize;
        let linked = matches!(page.tag(page.parent(at)), "a" | "button");
        let line = page.line(at);
        let goes_on = |last: &&mut Piece| last.line == line && (is_open(&last.text) || is_typeset(page, at));
        if let Some(open) = found.last_mut().filter(goes_on) {
            open.text.push_str(page.words(at).trim());
            continue;
        }
        let texts = parts(page.words(at).trim()).into_iter().filter(|text| !text.is_empty());
        found.extend(texts.map(|text| Piece { text: text.to_owned(), line, linked }));
    }
    found
}

/// Whether a bracket is open at the end of a run: its words are set in several runs.
fn is_open(text: &str) -> bool {
    text.matches(['（', '(']).count() > text.matches(['）', ')']).count()
}

/// Whether a run is a stretch of a paragraph that a word processor wrote, which cuts words anywhere.
fn is_typeset(page: &Page<'_>, at: usize) -> bool {
    let holder = page.parent(at);
    let around = [holder, page.parent(holder), page.parent(page.parent(holder))];
    around.iter().any(|&at| page.tag(at) == "p" && page.class(at).starts_with("Mso"))
}

/// One material out of its card.
fn from_block(page: &Page<'_>, at: usize) -> Option<Material> {
    let span = page.span(at);
    let mut material = Material { node: page.index(at), ..Material::default() };
    let pieces = pieces(page, span);
    let mut named: Option<u32> = None;
    let mut open: Option<&'static str> = None;
    for piece in &pieces {
        let meant = said(&piece.text);
        match (open.take(), meant) {
            (_, Said::Label(field)) if !piece.linked => open = Some(field),
            (_, Said::Label(_) | Said::Nothing) => {}
            (Some(field), Said::Field(other, _)) if other != field && piece.text.contains(['：', ':']) => {
                put_said(&mut material, &piece.text);
            }
            (Some(field), _) => put(&mut material, field, words::value(&piece.text)),
            (None, Said::Field(field, text))
                if material.fields.contains_key("name") || matches!(field, "name" | "need") =>
            {
                put(&mut material, field, &text);
            }
            (None, _) => name_or_note(&mut material, piece, &mut named),
        }
    }
    put_links(page, &mut material, span, None);
    finished(material)
}

fn put_said(material: &mut Material, text: &str) {
    if let Said::Field(field, text) = said(text) {
        put(material, field, &text);
    }
}

/// The first words are the name, as far as they stand on one line; what comes later is a remark.
fn name_or_note(material: &mut Material, piece: &Piece, named: &mut Option<u32>) {
    if is_control(&piece.text) {
        return;
    }
    match (material.fields.get_mut("name"), *named) {
        (None, _) => {
            put(material, "name", &piece.text);
            *named = Some(piece.line);
        }
        (Some(name), Some(line)) if line == piece.line && !piece.linked => name.push_str(&piece.text),
        _ => put(material, "note", &piece.text),
    }
}

/// A table built of boxes: a row of headings, and rows of as many boxes after it.
fn under_a_head(page: &Page<'_>, span: Span) -> Option<Vec<Material>> {
    let head = (span.start..span.end).take(400).find(|&at| is_head(page, at))?;
    let fields: Vec<Option<&str>> =
        page.elements(head).map(|cell| field(&page.brief(page.span(cell)))).collect();
    let mut rows: Vec<usize> = page.siblings(page.end(head), page.end(page.parent(head))).collect();
    let around = page.parent(head);
    if !rows.iter().any(|&row| page.has_text(page.span(row))) && span.holds(around) {
        rows = page.siblings(page.end(around), page.end(page.parent(around))).collect();
    }
    let mut found = Vec::new();
    let mut open = rows;
    open.reverse();
    while let Some(at) = open.pop() {
        let cells: Vec<usize> = page.elements(at).take(60).collect();
        if found.len() >= MOST || open.len() > 5000 {
            break;
        }
        if cells.len() == fields.len() && page.has_text(page.span(at)) {
            found.extend(from_cells(page, at, &cells, &fields));
        } else if cells.len() != fields.len() && !page.node(at).is_text() {
            open.extend(page.elements(at).collect::<Vec<_>>().into_iter().rev());
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Whether an element is a row of column headings.
fn is_head(page: &Page<'_>, at: usize) -> bool {
    if page.node(at).is_text() || page.chars(page.span(at)) > 120 {
        return false;
    }
    let heads: Vec<Option<&str>> =
        page.elements(at).take(20).map(|cell| field(&page.brief(page.span(cell)))).collect();
    let known = heads.iter().flatten().count();
    heads.contains(&Some("name")) && known >= 2 && known * 2 > heads.len()
}

fn from_cells(page: &Page<'_>, row: usize, cells: &[usize], fields: &[Option<&str>]) -> Option<Material> {
    let mut material = Material { node: page.index(row), ..Material::default() };
    for (cell, field) in cells.iter().zip(fields) {
        if let Some(field) = field {
            put(&mut material, field, words::value(&page.brief(page.span(*cell))));
        }
        put_links(page, &mut material, page.span(*cell), *field);
    }
    finished(material)
}
