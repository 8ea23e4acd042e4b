//! 申请材料 as rows: from a table with headings, from cards of labelled lines, or from a plain list of names.

use std::collections::BTreeMap;

use crate::model::{Material, Place, Reading, Sureness};

use super::candidate::{Candidate, Found};
use super::grid::Grid;
use super::labels::field;
use super::page::{Page, Span};
use super::words::{self, unnumbered};

const MATERIALS: &str = "materials";
/// More rows than any item asks for.
const MOST: usize = 200;
/// Words that say that nothing is asked for.
const NONE_NEEDED: &[&str] =
    &["无需提交", "无需材料", "不需要提交", "无须提交", "无需提供", "不需要材料", "无申请材料"];

/// The materials of a page.
pub(super) fn read(page: &Page<'_>, found: &Found) -> Vec<Material> {
    let inside: Vec<&Candidate> = found.of(MATERIALS).filter(|candidate| !candidate.framed).collect();
    let tables =
        found.grids.list.iter().filter_map(|grid| from_table(page, grid, &inside)).max_by_key(Vec::len);
    if let Some(rows) = tables {
        return rows;
    }
    inside
        .iter()
        .filter(|candidate| !says_none(&candidate.text))
        .map(|candidate| from_blocks(page, candidate.span))
        .max_by_key(|rows| (rows.iter().map(|row| row.fields.len()).sum::<usize>(), rows.len()))
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

fn says_none(text: &str) -> bool {
    text.chars().count() <= 30 && NONE_NEEDED.iter().any(|words| text.contains(words))
}

/// Rows of a table that has a heading row naming the material's columns.
fn from_table(page: &Page<'_>, grid: &Grid, inside: &[&Candidate]) -> Option<Vec<Material>> {
    let (header, columns) = grid.rows.iter().enumerate().take(3).find_map(|(row, (_, cells))| {
        let columns: Vec<(usize, &'static str)> = cells
            .iter()
            .filter_map(|cell| Some((cell.column, field(&page.brief(page.span(cell.at)))?)))
            .collect();
        let named = columns.iter().any(|(_, field)| *field == "name");
        (named && columns.len() >= 2).then_some((row, columns))
    })?;
    let (_, heads) = &grid.rows[header];
    let says_material = heads.iter().any(|cell| {
        let head = page.brief(page.span(cell.at));
        head.contains("材料") || head.contains("资料") || head.contains("要件")
    });
    let within = inside.iter().any(|candidate| candidate.span.holds(grid.table));
    if !says_material && !within {
        return None;
    }
    let rows: Vec<Material> = grid.rows[header + 1..]
        .iter()
        .take(MOST)
        .filter_map(|(tr, cells)| {
            let mut material = Material { node: page.index(*tr), ..Material::default() };
            for cell in cells {
                let Some((_, field)) = columns.iter().find(|(column, _)| *column == cell.column) else {
                    continue;
                };
                put(page, &mut material, field, page.span(cell.at));
            }
            finished(material)
        })
        .collect();
    (!rows.is_empty()).then_some(rows)
}

/// Adds what a span says to a field; links count even where their words are only 下载.
fn put(page: &Page<'_>, material: &mut Material, field: &str, span: Span) {
    let text = words::value(&page.brief(span)).to_owned();
    if !text.is_empty() {
        material.fields.entry(field.to_owned()).or_insert(text);
    }
    let links: Vec<String> = (span.start..span.end)
        .filter(|&at| page.tag(at) == "a")
        .filter_map(|at| page.node(at).attr("href"))
        .filter(|href| {
            !href.is_empty()
                && !href.starts_with('#')
                && !href.to_ascii_lowercase().starts_with("javascript:")
        })
        .map(str::to_owned)
        .collect();
    if !links.is_empty() {
        material.links.entry(field.to_owned()).or_default().extend(links);
    }
}

/// A row with a name, its number and its properties in brackets taken off.
fn finished(mut material: Material) -> Option<Material> {
    let shown = material.fields.get("name")?.clone();
    let (name, properties) = without_properties(unnumbered(&shown));
    let name = name.trim().trim_end_matches(['；', ';', '。', '，', '、']).to_owned();
    if name.is_empty() || name.chars().all(|letter| letter.is_ascii_digit()) {
        return None;
    }
    for (field, said) in properties {
        material.fields.entry(field.to_owned()).or_insert(said);
    }
    material.fields.insert("name".to_owned(), name);
    Some(material)
}

/// “居民身份证（原件1份，复印件1份）”: the name, and what the brackets say of form and number.
fn without_properties(shown: &str) -> (&str, Vec<(&'static str, String)>) {
    let Some(inner) = shown.trim_end().strip_suffix(['）', ')']) else { return (shown, Vec::new()) };
    let Some(open) = inner.rfind(['（', '(']) else { return (shown, Vec::new()) };
    let width = inner[open..].chars().next().map_or(0, char::len_utf8);
    let said = &inner[open + width..];
    let counted = said.contains('份')
        && (said.contains("原件") || said.contains("复印件") || said.chars().count() <= 6);
    let formed =
        ["原件", "复印件", "纸质", "电子", "原件及复印件", "原件和复印件", "纸质和电子"].contains(&said);
    let needed = ["必要", "非必要", "必须", "容缺后补"].contains(&said);
    let field = match (counted, formed, needed) {
        (true, ..) => "copies",
        (_, true, _) => "form",
        (_, _, true) => "need",
        _ => return (shown, Vec::new()),
    };
    (&shown[..open], vec![(field, said.to_owned())])
}

/// Cards or list entries: the blocks of a span that look alike, one a material.
fn from_blocks(page: &Page<'_>, span: Span) -> Vec<Material> {
    blocks(page, span).into_iter().take(MOST).filter_map(|at| from_block(page, at)).collect()
}

/// The repeated elements inside a span: down through single wrappers to where several stand side by side.
fn blocks(page: &Page<'_>, span: Span) -> Vec<usize> {
    let mut level: Vec<usize> =
        page.siblings(span.start, span.end).filter(|&at| holds_words(page, at)).collect();
    while let [only] = level.as_slice() {
        let below: Vec<usize> = page.elements(*only).filter(|&at| holds_words(page, at)).collect();
        if below.is_empty() || is_card(page, *only) {
            break;
        }
        level = below;
    }
    level
}

fn holds_words(page: &Page<'_>, at: usize) -> bool {
    page.has_text(page.span(at))
}

/// One material rather than a list of them: a name and labels of different fields.
fn is_card(page: &Page<'_>, at: usize) -> bool {
    let known: Vec<&str> = pieces(page, page.span(at)).iter().filter_map(|piece| label_of(piece)).collect();
    let mut distinct = known.clone();
    distinct.sort_unstable();
    distinct.dedup();
    !known.is_empty() && distinct.len() == known.len()
}

/// The runs of text in a block, in order.
fn pieces(page: &Page<'_>, span: Span) -> Vec<String> {
    page.texts(span)
        .iter()
        .take(400)
        .map(|at| page.node(*at as usize).text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The field whose label a piece is, or begins with.
fn label_of(piece: &str) -> Option<&'static str> {
    match piece.split_once(['：', ':']) {
        Some((label, _)) => field(label),
        None => field(piece),
    }
}

fn from_block(page: &Page<'_>, at: usize) -> Option<Material> {
    let span = page.span(at);
    let mut material = Material { node: page.index(at), ..Material::default() };
    let pieces = pieces(page, span);
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        let said = piece.split_once(['：', ':']).map_or("", |(_, said)| said.trim());
        match label_of(piece) {
            // “份数：1份” in one run.
            Some(field) if !said.is_empty() => put_text(&mut material, field, said),
            // A label and its value in two runs; two labels in a row are links or an empty value.
            Some(field) => {
                if let Some(value) = pieces.next_if(|next| label_of(next).is_none()) {
                    put_text(&mut material, field, words::value(value));
                }
            }
            None => put_text(&mut material, "name", piece),
        }
    }
    add_links(page, span, &mut material);
    finished(material)
}

/// The first word counts: what comes later is a remark.
fn put_text(material: &mut Material, field: &str, said: &str) {
    material.fields.entry(field.to_owned()).or_insert_with(|| said.to_owned());
}

/// Links of a card belong to the field that their words name.
fn add_links(page: &Page<'_>, span: Span, material: &mut Material) {
    for at in (span.start..span.end).filter(|&at| page.tag(at) == "a") {
        let Some(href) = page.node(at).attr("href").filter(|href| !href.is_empty() && !href.starts_with('#'))
        else {
            continue;
        };
        let words = page.brief(page.span(at));
        let named = field(&words);
        let kind = named.unwrap_or(if words.contains('样') || words.contains("示例") {
            "sample"
        } else {
            "blank"
        });
        material.links.entry(kind.to_owned()).or_default().push(href.to_owned());
    }
}
