//! 申请材料 as rows: from a table with headings (upright or lying), from cards of labelled lines, or from lists and lines of names.

mod blocks;
mod fields;
mod lines;
mod table;

use std::collections::BTreeMap;

use crate::model::{Material, Place, Reading, Sureness};
use crate::text::{self, Placeholder};

use super::candidate::{Candidate, Found};
use super::page::{Page, Span};

const MATERIALS: &str = "materials";
/// More rows than any item asks for.
const MOST: usize = 200;
/// More places than a page has for its materials.
const MOST_PLACES: usize = 12;
/// Words that say that nothing is asked for.
const NONE_NEEDED: &[&str] = &[
    "无需提交",
    "无需材料",
    "不需要提交",
    "无须提交",
    "无需提供",
    "不需要材料",
    "无申请材料",
    "无需申请材料",
    "无须提供",
    "不用提交",
    "免提交材料",
    "暂无",
];

/// The materials of a page.
pub(super) fn read(page: &Page<'_>, found: &Found) -> Vec<Material> {
    let inside: Vec<&Candidate> = found.of(MATERIALS).filter(|candidate| !candidate.framed).collect();
    let spans: Vec<Span> = inside.iter().map(|candidate| candidate.span).collect();
    let rows = table::read(page, &found.grids, &spans);
    if !rows.is_empty() {
        return rows;
    }
    let (none, mut inside): (Vec<&Candidate>, Vec<&Candidate>) =
        inside.into_iter().partition(|candidate| says_none(&candidate.text));
    // The part of the page around such words is no list either.
    inside.retain(|outer| !none.iter().any(|none| outer.span.holds(none.at)));
    inside.sort_by_key(|candidate| std::cmp::Reverse(super::choose::rank(candidate)));
    inside
        .iter()
        .take(MOST_PLACES)
        .map(|candidate| {
            let inline = candidate.place == Place::Inline;
            let rows = if inline { lines::read(page, candidate) } else { blocks::read(page, candidate.span) };
            (super::choose::rank(candidate), rows)
        })
        .filter(|(_, rows)| !rows.is_empty())
        .max_by_key(|(rank, rows)| {
            (*rank, rows.iter().map(|row| row.fields.len()).sum::<usize>(), rows.len())
        })
        .map(|(_, rows)| rows)
        .unwrap_or_default()
}

/// What the element itself says: the names, one a line.
pub(super) fn speak_for(elements: &mut BTreeMap<String, Reading>, materials: &[Material]) {
    let Some(first) = materials.first() else { return };
    let names: Vec<&str> = materials.iter().map(Material::name).collect();
    let text = names.join("\n");
    let reading = elements.entry(MATERIALS.to_owned()).or_insert_with(|| Reading {
        text: String::new(),
        label: String::new(),
        place: Place::Table,
        sure: Sureness::Certain,
        visible: true,
        node: first.node,
        links: Vec::new(),
    });
    reading.text = text;
    reading.sure = Sureness::Certain;
}

/// “无需提交”, “详见附件”: words in the place of a list.
fn says_none(text: &str) -> bool {
    let text = text.trim();
    text::placeholder(text) == Some(Placeholder::Elsewhere)
        || text.chars().count() <= 30
            && (NONE_NEEDED.iter().any(|words| text.contains(words))
                || matches!(text, "无" | "-" | "--" | "/" | "无。"))
}
