//! Materials in tables: under a row of headings (in two rows, or in a table of its own), lying on their side, or as pairs of
//! label and value.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::Material;
use crate::read::grid::{Cell, Grid, Grids};
use crate::read::labels::{self, field};
use crate::read::page::{Page, Span};
use crate::read::words;

use super::MOST;
use super::fields::{Said, finished, parts, put, put_links, said};

/// How far apart, in wrappers, the table of the headings and that of the rows may stand.
const APART: usize = 5;

/// Longer cells are cut, in characters: tables nested in tables would repeat the page as often as it is deep.
const LONGEST: usize = 4_000;

/// One column of a materials table.
#[derive(Debug, Clone)]
struct Column {
    first: usize,
    width: usize,
    field: Option<&'static str>,
}

/// The headings of a materials table.
struct Head {
    columns: Vec<Column>,
    /// The first row below.
    below: usize,
    /// The row after the last one, where a tall label in front says so.
    until: usize,
    /// Whether a heading speaks of materials.
    says_material: bool,
}

/// All rows of materials in the page's tables: those inside the parts about materials, or else those whose headings say so.
pub(super) fn read(page: &Page<'_>, grids: &Grids, inside: &[Span]) -> Vec<Material> {
    let mut within = Vec::new();
    let mut elsewhere = Vec::new();
    for (number, grid) in grids.list.iter().enumerate() {
        let here = inside.iter().any(|span| span.holds(grid.table));
        let (rows, says_material) = rows(page, grids, number);
        match (here, says_material) {
            (true, _) => within.extend(rows),
            (_, true) => elsewhere.extend(rows),
            _ => {}
        }
        if within.len() + elsewhere.len() > MOST * 4 {
            break;
        }
    }
    let mut seen = BTreeSet::new();
    let mut rows = if within.is_empty() { elsewhere } else { within };
    // Fixed columns and print versions show a table twice.
    rows.retain(|row| seen.insert(row.fields.clone()));
    rows.truncate(MOST);
    rows
}

fn rows(page: &Page<'_>, grids: &Grids, number: usize) -> (Vec<Material>, bool) {
    let grid = &grids.list[number];
    if let Some(head) = head(page, grid) {
        let own = under(page, &grid.rows[head.below.min(head.until)..head.until], &head);
        let rows = match grids.list.get(number + 1) {
            Some(next) if own.is_empty() && belongs(page, grid, next, &head) => {
                under(page, &next.rows, &head)
            }
            _ => own,
        };
        return (rows, head.says_material);
    }
    sideways(page, grid)
}

fn brief<'p>(page: &'p Page<'_>, cell: &Cell) -> Cow<'p, str> {
    page.brief(page.span(cell.at))
}

/// The first row of the grid that names the columns of materials.
fn head(page: &Page<'_>, grid: &Grid) -> Option<Head> {
    let (row, (_, cells)) = grid.rows.iter().enumerate().take(200).find(|(_, row)| is_head(page, row))?;
    let tall = cells.first().filter(|cell| cell.height > 2 && cells.len() > 2);
    let split = cells.iter().any(|cell| cell.height == 2) && cells.iter().any(|cell| cell.width > 1);
    let mut columns: Vec<Column> = Vec::new();
    let mut says_material = false;
    for cell in cells.iter().filter(|cell| tall.is_none_or(|tall| tall.at != cell.at)) {
        let text = brief(page, cell);
        says_material |= ["材料", "资料", "要件"].iter().any(|word| text.contains(word));
        columns.push(Column { first: cell.column, width: cell.width, field: field(&text) });
    }
    if split && let Some((_, second)) = grid.rows.get(row + 1) {
        let parents = columns.clone();
        columns.splice(
            0..0,
            second.iter().map(|cell| {
                let above =
                    parents.iter().find(|column| covers(column, cell.column)).and_then(|column| column.field);
                Column { first: cell.column, width: cell.width, field: beneath(above, &brief(page, cell)) }
            }),
        );
    }
    let below = row + 1 + usize::from(split);
    let until = tall.map_or(grid.rows.len(), |tall| (row + tall.height).min(grid.rows.len()));
    Some(Head { columns, below, until, says_material })
}

/// What a heading under another one names: the count of what it says (份数 over 原件), or else its own field before that above it.
fn beneath(above: Option<&'static str>, text: &str) -> Option<&'static str> {
    let counted = above == Some("copies")
        && matches!(&*words::bare(text), "原件" | "复印件" | "电子件" | "纸质件" | "正本" | "副本");
    if counted { above } else { field(text).or(above) }
}

fn covers(column: &Column, place: usize) -> bool {
    column.first <= place && place < column.first + column.width
}

/// Whether a row names columns of materials, the name among them.
fn is_head(page: &Page<'_>, (tr, cells): &(usize, Vec<Cell>)) -> bool {
    if cells.len() < 2 || cells.len() > 40 || cells.iter().any(|cell| page.chars(page.span(cell.at)) > 30) {
        return false;
    }
    let texts: Vec<Cow<'_, str>> = cells.iter().map(|cell| brief(page, cell)).collect();
    let fields: Vec<&str> = texts.iter().filter_map(|text| field(text)).collect();
    if !fields.contains(&"name") {
        return false;
    }
    let numbered = texts.iter().any(|text| matches!(&*words::bare(text), "序号" | "编号" | "操作"));
    let headed = page.tag(page.parent(*tr)) == "thead" || cells.iter().all(|cell| page.tag(cell.at) == "th");
    let most = fields.len() * 2 > cells.len();
    fields.len() >= 2 && (most || headed || numbered) || numbered && headed_or_short(&texts, headed)
}

/// “序号 | 材料名称”: few columns, all of them headings.
fn headed_or_short(texts: &[Cow<'_, str>], headed: bool) -> bool {
    headed || texts.len() <= 4 && texts.iter().all(|text| text.chars().count() <= 8)
}

/// Whether the next table holds the rows of a table that has only headings.
fn belongs(page: &Page<'_>, grid: &Grid, next: &Grid, head: &Head) -> bool {
    let mut around = grid.table;
    let close = (0..APART).any(|_| {
        around = page.parent(around);
        page.end(around) >= page.end(next.table)
    });
    let widest = next.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    close && widest > 0 && head.columns.len().abs_diff(widest) <= 1
}

/// The materials of the rows below the headings.
fn under(page: &Page<'_>, rows: &[(usize, Vec<Cell>)], head: &Head) -> Vec<Material> {
    let mut found: Vec<Material> = Vec::new();
    let mut tall: Vec<(usize, Cell)> = Vec::new();
    for (place, (tr, cells)) in rows.iter().take(MOST * 3).enumerate() {
        tall.retain(|(until, _)| place < *until);
        let above: Vec<Cell> = tall.iter().map(|(_, cell)| *cell).collect();
        let begun = cells.iter().filter(|cell| cell.height > 1).take(40);
        tall.extend(begun.map(|cell| (place + cell.height, *cell)));
        let worded: Vec<&Cell> = cells.iter().filter(|cell| page.has_text(page.span(cell.at))).collect();
        if let [only] = worded.as_slice()
            && (cells.len() == 1 || only.width > 1)
            && head.columns.len() > 1
        {
            if ends_table(page, only) {
                break;
            }
            if let Some(last) = found.last_mut() {
                add_details(page, last, page.span(only.at));
            }
            continue;
        }
        if is_head(page, &(*tr, cells.clone())) {
            continue;
        }
        if let Some(first) = worded.first()
            && cells.len() < head.columns.len()
            && ends_table(page, first)
        {
            break;
        }
        let mut row = row(page, *tr, cells, head);
        if row.fields.contains_key("name") {
            put_above(page, &mut row, &above, head);
        }
        let named = row.fields.contains_key("name");
        match found.last_mut() {
            Some(last) if !named && cells.len() < head.columns.len() => merge(last, row),
            _ => found.extend(finished(row)),
        }
    }
    found
}

/// Whether a row that is one cell names another part of the guide.
fn ends_table(page: &Page<'_>, cell: &Cell) -> bool {
    labels::lookup(&brief(page, cell), true).is_some_and(|label| {
        label.senses.iter().all(|sense| labels::element(sense.element).id != "materials")
            && !label.needs_pair()
    })
}

fn row(page: &Page<'_>, tr: usize, cells: &[Cell], head: &Head) -> Material {
    let mut material = Material { node: page.index(tr), ..Material::default() };
    for cell in cells {
        let column = head.columns.iter().find(|column| covers(column, cell.column));
        put_cell(page, &mut material, column.and_then(|column| column.field), page.span(cell.at));
    }
    material
}

/// What tall cells of the rows above say of this row too.
fn put_above(page: &Page<'_>, material: &mut Material, above: &[Cell], head: &Head) {
    for cell in above {
        let column = head.columns.iter().find(|column| covers(column, cell.column));
        let field = column.and_then(|column| column.field).filter(|field| *field != "name");
        if field.is_some_and(|field| !material.fields.contains_key(field)) {
            put_cell(page, material, field, page.span(cell.at));
        }
    }
}

/// A row that only goes on with the material above it.
fn merge(material: &mut Material, more: Material) {
    for (field, text) in more.fields {
        put(material, &field, &text);
    }
    for (field, links) in more.links {
        material.links.entry(field).or_default().extend(links);
    }
}

/// What a cell says: its column's field, and whatever else its lines name.
fn put_cell(page: &Page<'_>, material: &mut Material, column: Option<&'static str>, span: Span) {
    let text = page.text(span, &[], LONGEST);
    let lines: Vec<&str> = text.lines().flat_map(|line| pieces(line, column)).collect();
    match column {
        Some("name") => put_name(material, &lines),
        Some(column) if lines.len() > 1 => {
            let mut rest = Vec::new();
            for line in &lines {
                match said(line) {
                    Said::Field(field, said) if field != column && column != "note" => {
                        put(material, field, &said);
                    }
                    _ => rest.push(*line),
                }
            }
            put(material, column, words::value(&rest.join("\n")));
        }
        Some(column) => put(material, column, words::value(&text)),
        None => {
            for line in &lines {
                if let Said::Field(field, said) = said(line) {
                    put(material, field, &said);
                }
            }
        }
    }
    put_links(page, material, span, column);
}

/// A line, or, in columns about form and number, what blanks part (“原件：1 复印件：0”).
fn pieces<'a>(line: &'a str, column: Option<&str>) -> Vec<&'a str> {
    match column {
        Some("note") => parts(line),
        None | Some("standard") => line.split(' ').filter(|piece| !piece.is_empty()).collect(),
        _ => vec![line],
    }
}

/// The first line that is no property is the name.
fn put_name(material: &mut Material, lines: &[&str]) {
    let mut name = String::new();
    for line in lines {
        match said(line) {
            Said::Field(field, said) if !name.is_empty() && field != "name" => put(material, field, &said),
            Said::Nothing => {}
            _ if name.is_empty() || line.starts_with(['（', '(']) => name.push_str(line),
            _ => put(material, "note", line),
        }
    }
    put(material, "name", words::value(&name));
}

/// A folded row below a material that says more about it.
fn add_details(page: &Page<'_>, material: &mut Material, span: Span) {
    let mut open: Option<&'static str> = None;
    for &at in page.texts(span).iter().take(200) {
        let text = page.words(at as usize);
        match (open.take(), said(text)) {
            (_, Said::Label(field)) => open = Some(field),
            (Some(field), _) => put(material, field, words::value(text)),
            (None, Said::Field(field, said)) if field != "name" => put(material, field, &said),
            _ => {}
        }
    }
    put_links(page, material, span, None);
}

/// A table on its side: fields down the first column, a material a column; or pairs of label and value, one table or more.
fn sideways(page: &Page<'_>, grid: &Grid) -> (Vec<Material>, bool) {
    let labelled: Vec<(usize, &[Cell], &'static str)> = grid
        .rows
        .iter()
        .take(MOST * 4)
        .filter_map(|(tr, cells)| {
            let first = cells.first().filter(|cell| page.chars(page.span(cell.at)) <= 20)?;
            Some((*tr, cells.as_slice(), field(&brief(page, first))?))
        })
        .collect();
    let named = labelled.iter().filter(|(_, _, field)| *field == "name").count();
    if named == 0 || labelled.len() < 2 || labelled.len() * 2 <= grid.rows.len() {
        return (Vec::new(), false);
    }
    let says_material = labelled.iter().any(|(_, cells, field)| {
        *field == "name" && ["材料", "资料"].iter().any(|word| brief(page, &cells[0]).contains(word))
    });
    let width = labelled.iter().map(|(_, cells, _)| cells.len()).max().unwrap_or(0);
    let lying = width > 2
        && labelled.iter().all(|(_, cells, _)| cells.len() == width)
        && labelled.iter().all(|(_, cells, _)| field(&brief(page, &cells[2])).is_none());
    let rows = if lying { columns(page, &labelled, width) } else { pairs(page, &labelled) };
    (rows.into_iter().filter_map(finished).take(MOST).collect(), says_material)
}

type Labelled<'a> = (usize, &'a [Cell], &'static str);

fn columns(page: &Page<'_>, rows: &[Labelled<'_>], width: usize) -> Vec<Material> {
    (1..width)
        .map(|place| {
            let mut material = Material { node: page.index(rows[0].1[place].at), ..Material::default() };
            for (_, cells, field) in rows {
                put_cell(page, &mut material, Some(field), page.span(cells[place].at));
            }
            material
        })
        .collect()
}

fn pairs(page: &Page<'_>, rows: &[Labelled<'_>]) -> Vec<Material> {
    let mut found: Vec<Material> = Vec::new();
    for (tr, cells, _) in rows {
        for pair in cells.chunks_exact(2) {
            let Some(field) = field(&brief(page, &pair[0])) else { continue };
            if field == "name" || found.is_empty() {
                found.push(Material { node: page.index(*tr), ..Material::default() });
            }
            if let Some(last) = found.last_mut() {
                put_cell(page, last, Some(field), page.span(pair[1].at));
            }
        }
    }
    found
}
