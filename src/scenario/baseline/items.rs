//! Tables as guides: one for each row of items, with the rows of the materials table that belong to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::heading::Column;
use super::table::{Cell, Table};
use super::words::{limit, material_word, word};
use super::{Baseline, BaselineError, Grid};
use crate::model::{Catalogue, Guide, Material, Place, Reading, Sureness};
use crate::text::{self, Sort};

/// A number of more digits than spreadsheets keep: what was a code is lost.
#[expect(clippy::expect_used, reason = "the pattern is compiled in and a test uses it")]
static LOST_CODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$").expect("the pattern is well formed"));

/// The items of all tables.
pub(super) fn items(file: &str, grids: &[Grid]) -> Result<Baseline, BaselineError> {
    let file = || file.to_owned();
    if grids.iter().flat_map(|grid| grid.rows.iter().flatten()).all(|cell| cell.trim().is_empty()) {
        return Err(BaselineError::Empty { file: file() });
    }
    let mut baseline = Baseline::default();
    let (mut some_head, mut materials) = (false, Vec::new());
    for grid in grids {
        baseline.notes.extend(grid.notes.iter().cloned());
        if let Some(table) = Table::of_materials(grid) {
            materials.push(table);
        } else if let Some(table) = Table::of_items(grid) {
            some_head = true;
            add_items(&table, &mut baseline);
        } else {
            baseline.notes.push(format!("{}看不懂，没有用上", grid.name));
        }
    }
    match (some_head, baseline.items.is_empty()) {
        (false, _) => return Err(BaselineError::NoHeadings { file: file() }),
        (true, true) => return Err(BaselineError::NoItems { file: file() }),
        (true, false) => {}
    }
    for table in materials {
        add_materials(&table, &mut baseline);
    }
    Ok(baseline)
}

/// What could not be used of a table's rows.
#[derive(Default)]
struct Unused {
    /// Rows without name and code.
    unnamed: Vec<usize>,
    /// Elements whose number has no unit.
    unitless: BTreeSet<&'static str>,
    /// Rows with a code that a spreadsheet made a number.
    lost_codes: Vec<usize>,
}

impl Unused {
    fn tell(self, table: &str, notes: &mut Vec<String>) {
        if !self.unnamed.is_empty() {
            notes.push(format!("{table}{}没有事项名称也没有编码，没有用上", rows(&self.unnamed)));
        }
        for name in self.unitless {
            notes.push(format!("{table}的“{name}”有的只有数字没有单位，这些没有拿来对照"));
        }
        if !self.lost_codes.is_empty() {
            let rows = rows(&self.lost_codes);
            notes.push(format!(
                "{table}{rows}的编码被表格软件当成数字，后面的位数已经丢失；把这一列设为“文本”再导出"
            ));
        }
    }
}

/// 第 3、8 行; of many only the first are named.
fn rows(numbers: &[usize]) -> String {
    const SHOWN: usize = 10;
    let shown: Vec<String> = numbers.iter().take(SHOWN).map(ToString::to_string).collect();
    let rest = if numbers.len() > SHOWN { format!("等 {} 行", numbers.len()) } else { "行".to_owned() };
    format!("第 {} {rest}", shown.join("、"))
}

fn add_items(table: &Table<'_>, baseline: &mut Baseline) {
    baseline.notes.extend(table.notes.iter().cloned());
    let mut unused = Unused::default();
    for (number, cells) in table.rows() {
        let guide = item(&table.grid.name, number, &cells, &mut unused);
        let has_key = KEYS.iter().any(|(key, _)| guide.elements.contains_key(*key));
        if has_key { baseline.items.push(guide) } else { unused.unnamed.push(number) }
    }
    unused.tell(&table.grid.name, &mut baseline.notes);
}

fn item(table: &str, number: usize, cells: &[Cell<'_>], unused: &mut Unused) -> Guide {
    let mut guide = Guide { url: format!("{table} 第 {number} 行"), ..Guide::default() };
    for Cell { column, heading, said } in cells {
        match column {
            Column::Element("materials") => guide.materials = listed(said),
            Column::Element(id @ ("legal_limit" | "promise_limit")) | Column::LimitNumber(id) => {
                let unit = cells.iter().find(|other| *other.column == Column::LimitUnit(id));
                match limit(said, unit.map_or(heading, |unit| unit.said)) {
                    Some(said) => state(&mut guide, id, heading, &said),
                    None => drop(unused.unitless.insert(Catalogue::embedded().name_of(id))),
                }
            }
            Column::Element(_) | Column::SomeCode if is_lost(column, said) => unused.lost_codes.push(number),
            Column::Element(id) => state(&mut guide, id, heading, &word(id, said)),
            Column::SomeCode => state(&mut guide, code_of_length(said), heading, said),
            Column::LimitUnit(_) | Column::Material(_) | Column::Ignored => {}
        }
    }
    guide.title = guide.elements.get("item_name").map_or_else(String::new, |reading| reading.text.clone());
    guide
}

fn is_lost(column: &Column, said: &str) -> bool {
    let is_code = match column {
        Column::Element(id) => id.ends_with("_code"),
        _ => *column == Column::SomeCode,
    };
    is_code && LOST_CODE.is_match(said)
}

/// Which code a code is: 12 characters the base code, 33 the business item's, else the implementation's.
fn code_of_length(said: &str) -> &'static str {
    match said.chars().count() {
        ..=12 => "base_code",
        33.. => "handle_code",
        _ => "impl_code",
    }
}

/// Gives each item its rows of a table of materials.
fn add_materials(table: &Table<'_>, baseline: &mut Baseline) {
    baseline.notes.extend(table.notes.iter().cloned());
    let places = places(&baseline.items);
    let mut lost = Vec::new();
    let mut listed: BTreeMap<usize, Vec<Material>> = BTreeMap::new();
    for (number, cells) in table.rows() {
        let (material, item) = (material(&cells), owner(&cells, &places));
        match item {
            Some(at) if !material.name().is_empty() => listed.entry(at).or_default().push(material),
            _ => lost.push(number),
        }
    }
    for (at, materials) in listed {
        baseline.items[at].materials = materials;
    }
    if !lost.is_empty() {
        let rows = rows(&lost);
        baseline.notes.push(format!("{}{rows}对不上事项（或没有材料名称），没有用上", table.grid.name));
    }
}

fn material(cells: &[Cell<'_>]) -> Material {
    let fields = cells.iter().filter_map(|cell| match cell.column {
        Column::Material(field) => Some(((*field).to_owned(), material_word(field, cell.said))),
        _ => None,
    });
    Material { fields: fields.collect(), ..Material::default() }
}

/// The item that a row of materials names, codes before names.
fn owner(cells: &[Cell<'_>], places: &Places) -> Option<usize> {
    let named = |wanted: &str| {
        let said = cells.iter().find_map(|cell| match cell.column {
            Column::Element(id) if *id == wanted => Some(cell.said),
            Column::SomeCode if code_of_length(cell.said) == wanted => Some(cell.said),
            _ => None,
        })?;
        places.get(&key(wanted, said)).copied().flatten()
    };
    KEYS.iter().find_map(|(id, _)| named(id))
}

/// Code or name, to the item that has it; `None` where several have.
type Places = BTreeMap<(&'static str, String), Option<usize>>;

/// What an item is found by.
const KEYS: &[(&str, Sort)] = &[
    ("handle_code", Sort::Code),
    ("impl_code", Sort::Code),
    ("base_code", Sort::Code),
    ("item_name", Sort::Name),
];

fn places(items: &[Guide]) -> Places {
    let mut places = Places::new();
    for (at, guide) in items.iter().enumerate() {
        for (id, _) in KEYS {
            if let Some(reading) = guide.elements.get(*id) {
                places.entry(key(id, &reading.text)).and_modify(|known| *known = None).or_insert(Some(at));
            }
        }
    }
    places
}

fn key(id: &str, said: &str) -> (&'static str, String) {
    let (id, sort) =
        KEYS.iter().find(|(known, _)| *known == id).copied().unwrap_or(("item_name", Sort::Name));
    (id, text::normal(sort, said))
}

fn state(guide: &mut Guide, id: &str, heading: &str, said: &str) {
    let reading = Reading {
        text: said.to_owned(),
        label: heading.to_owned(),
        place: Place::Table,
        sure: Sureness::Certain,
        visible: true,
        node: 0,
        links: Vec::new(),
    };
    // Where a limit stands once in words and once as number and unit, the first is enough.
    guide.elements.entry(id.to_owned()).or_insert(reading);
}

/// The materials that one cell lists, a line or a number each, else parted by semicolons or 、.
fn listed(cell: &str) -> Vec<Material> {
    if matches!(
        text::plain(cell).trim_end_matches('。'),
        "无" | "无需" | "不需要" | "无需材料" | "无需提交材料"
    ) {
        return Vec::new();
    }
    let part = |separators: &[char]| -> Vec<String> {
        cell.split(separators).map(without_number).filter(|name| !name.is_empty()).collect()
    };
    let lines = part(&['\n', '\r']);
    let names = if lines.len() > 1 {
        lines
    } else {
        let parts = part(&['；', ';', '|']);
        if parts.len() > 1 { parts } else { part(&['、', '，', ',']) }
    };
    let material = |name: String| Material {
        fields: BTreeMap::from([("name".to_owned(), name)]),
        ..Material::default()
    };
    names.into_iter().map(material).collect()
}

/// A name without the number before it and the stop behind it.
fn without_number(name: &str) -> String {
    let name = name.trim().trim_end_matches(['。', '；', ';', '.', '，']);
    let bare = name.trim_start_matches(|character: char| character.is_ascii_digit());
    let marked = bare.strip_prefix(['.', '、', '．', ')', '）']).filter(|_| bare.len() < name.len());
    marked.unwrap_or(name).trim().to_owned()
}
