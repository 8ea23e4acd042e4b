//! What the headings of a table mean: the catalogue's names and synonyms, and the columns of the national exchange schema.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::model::Catalogue;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// An element of the guide.
    Element(&'static str),
    /// The number of a limit whose unit stands in another column, or that unit.
    LimitNumber(&'static str),
    /// A code of one of three sorts; its length tells which.
    SomeCode,
    /// 工作日 or 自然日 of a limit.
    LimitUnit(&'static str),
    /// A column of the materials, in a table of materials.
    Material(&'static str),
    /// Row numbers and what only the database itself needs.
    Ignored,
}

/// Columns of the national exchange schema that are no single element, or that the catalogue names in words.
const NATIONAL: &[(&str, Column)] = &[
    ("anticipate_day", Column::LimitNumber("legal_limit")),
    ("anticipate_type", Column::LimitUnit("legal_limit")),
    ("法定办结时限单位", Column::LimitUnit("legal_limit")),
    ("promise_day", Column::LimitNumber("promise_limit")),
    ("promise_type", Column::LimitUnit("promise_limit")),
    ("承诺办结时限单位", Column::LimitUnit("promise_limit")),
    ("dept_name", Column::Element("dept")),
    ("task_handle_item", Column::Element("handle_code")),
    ("fee_stand", Column::Element("fee")),
    ("序号", Column::Ignored),
    ("编号", Column::Ignored),
    ("id", Column::Ignored),
    ("row_guid", Column::Ignored),
    ("版本", Column::Ignored),
    ("version", Column::Ignored),
    ("状态", Column::Ignored),
    ("更新时间", Column::Ignored),
    ("创建时间", Column::Ignored),
    ("dept_code", Column::Ignored),
];

/// What an item is found by.
const KEYS: &[&str] = &["item_name", "impl_code", "handle_code", "base_code"];

/// A heading without white space, stars, units in brackets, and case.
fn plain(heading: &str) -> String {
    let bare = crate::text::plain(heading);
    let bare = bare.split('(').next().filter(|start| !start.is_empty()).unwrap_or(&bare);
    bare.trim_matches(['*', '★', ':', ' ']).to_lowercase()
}

/// What a heading means in a table of items; `None` when nobody knows.
pub(super) fn of_item(heading: &str) -> Option<Column> {
    meaning(&LEXICON.items, heading)
}

/// What a heading means in a table of materials.
pub(super) fn of_material(heading: &str) -> Option<Column> {
    match of_item(heading) {
        Some(column) if is_key(&column) || column == Column::Ignored => Some(column),
        _ => meaning(&LEXICON.materials, heading),
    }
}

/// Every heading that is known, in plain form; what is meant first is kept.
struct Lexicon {
    items: HashMap<String, Column>,
    materials: HashMap<String, Column>,
}

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon { items: item_headings(), materials: material_headings() });

fn meaning(headings: &HashMap<String, Column>, heading: &str) -> Option<Column> {
    let said = plain(heading);
    if said.is_empty() { Some(Column::Ignored) } else { headings.get(&said).cloned() }
}

/// Names before the national columns before synonyms.
fn item_headings() -> HashMap<String, Column> {
    let mut known = HashMap::new();
    let elements = &Catalogue::embedded().elements;
    for element in elements {
        known.entry(plain(&element.name)).or_insert(Column::Element(&element.id));
        known.entry(element.id.clone()).or_insert(Column::Element(&element.id));
    }
    for (column, meant) in NATIONAL {
        known.entry((*column).to_owned()).or_insert_with(|| meant.clone());
    }
    for element in elements {
        for column in columns(&element.column) {
            known.entry(column.to_owned()).or_insert(Column::Element(&element.id));
        }
    }
    for (said, meant) in synonyms() {
        if let Some(column) = of_synonym(&meant) {
            known.entry(said).or_insert(column);
        }
    }
    known
}

/// Synonym to the elements that it may mean.
fn synonyms() -> BTreeMap<String, Vec<&'static str>> {
    let mut meant: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for element in &Catalogue::embedded().elements {
        let said: BTreeSet<String> = element.synonyms.iter().map(|known| plain(known)).collect();
        for said in said {
            meant.entry(said).or_default().push(&element.id);
        }
    }
    meant
}

/// A synonym of one element only; of what several elements may be called, only codes can be told apart.
fn of_synonym(meant: &[&'static str]) -> Option<Column> {
    match meant {
        [id] => Some(Column::Element(id)),
        [_, ..] if meant.iter().all(|id| id.ends_with("_code")) => Some(Column::SomeCode),
        _ => None,
    }
}

fn material_headings() -> HashMap<String, Column> {
    let mut known = HashMap::new();
    let fields = &Catalogue::embedded().material_fields;
    for field in fields {
        known.entry(plain(&field.name)).or_insert(Column::Material(&field.id));
        known.entry(field.id.clone()).or_insert(Column::Material(&field.id));
    }
    for field in fields {
        for column in columns(&field.column) {
            known.entry(column.to_owned()).or_insert(Column::Material(&field.id));
        }
        for synonym in &field.synonyms {
            known.entry(plain(synonym)).or_insert(Column::Material(&field.id));
        }
    }
    known
}

/// The names in a note like `link_addr / online_handle_url varchar(200)`.
fn columns(note: &str) -> impl Iterator<Item = &str> {
    note.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'))
        .filter(|word| word.contains('_') && !word.starts_with("up_"))
}

/// Whether a row of cells is the headings of a table of items, and how many it knows.
pub(super) fn items_known(cells: &[String]) -> usize {
    let known: Vec<Column> =
        cells.iter().filter(|cell| !cell.trim().is_empty()).filter_map(|cell| of_item(cell)).collect();
    if known.iter().any(is_key) {
        known.iter().filter(|column| **column != Column::Ignored).count()
    } else {
        0
    }
}

/// Whether a column names an item.
fn is_key(column: &Column) -> bool {
    *column == Column::SomeCode || matches!(column, Column::Element(id) if KEYS.contains(id))
}

/// Whether a row of cells is the headings of a table of materials: it names item and material, has a column that only
/// materials have, and none that speaks of the item alone.
pub(super) fn is_of_materials(cells: &[String]) -> bool {
    let is_about_item = |cell: &String| {
        matches!(of_item(cell), Some(Column::Element(id)) if !KEYS.contains(&id))
            && of_material(cell).is_none()
    };
    let is_about_material = |cell: &String| {
        matches!(of_material(cell), Some(Column::Material(_)))
            && !matches!(of_item(cell), Some(Column::Element(_)))
    };
    let known: Vec<Column> = cells.iter().filter_map(|cell| of_material(cell)).collect();
    known.iter().any(is_key)
        && known.contains(&Column::Material("name"))
        && cells.iter().any(is_about_material)
        && !cells.iter().any(is_about_item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_name_synonym_and_national_column() {
        for (heading, element) in [
            ("事项名称", "item_name"),
            ("承诺办结时限（工作日）", "promise_limit"),
            ("法定时限", "legal_limit"),
            ("联系电话", "consult"),
            ("task_code", "impl_code"),
            ("TASK_NAME", "item_name"),
            ("catalog_code", "base_code"),
            ("*是否收费", "fee_flag"),
            ("transact_addr", "place"),
            ("promise_limit", "promise_limit"),
        ] {
            assert_eq!(of_item(heading), Some(Column::Element(element)), "{heading}");
        }
        assert_eq!(of_item("promise_day"), Some(Column::LimitNumber("promise_limit")));
        assert_eq!(of_item("领导批示"), None);
        assert_eq!(of_item("办理时限"), None, "法定 or 承诺");
        assert_eq!(of_item("事项编码"), Some(Column::SomeCode));
        assert_eq!(of_item("序号"), Some(Column::Ignored));
    }

    #[test]
    fn a_table_of_materials_names_the_item_and_the_material() {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_of_materials(&cells("实施编码,材料名称,材料必要性,纸质材料份数")));
        assert!(!is_of_materials(&cells("事项名称,实施编码,承诺办结时限")));
        assert!(!is_of_materials(&cells("材料名称,份数")));
        assert!(!is_of_materials(&cells("事项名称,申请材料,承诺办结时限")));
        assert_eq!(of_material("实施编码"), Some(Column::Element("impl_code")));
        assert_eq!(of_material("份数"), Some(Column::Material("copies")));
        assert_eq!(of_material("is_need"), Some(Column::Material("need")));
    }
}
