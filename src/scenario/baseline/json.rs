//! JSON: an array of items, or an object that holds one; an item is an object of elements, its materials an array of objects
//! or of names.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{BaselineError, Grid};

/// Names under which exports keep the materials of an item.
const MATERIALS: &[&str] =
    &["materials", "申请材料", "材料", "材料清单", "material_list", "up_task_general_material"];

/// Keys that tell the items of a table of materials apart.
const ITEM: &str = "事项名称";

/// The items as a table, and their materials as another one.
pub(super) fn grids(file: &str, text: &str) -> Result<Vec<Grid>, BaselineError> {
    let whole: Value = serde_json::from_str(text).map_err(|error| BaselineError::Damaged {
        file: file.to_owned(),
        why: format!("第 {} 行第 {} 列不合 JSON 的写法", error.line(), error.column()),
    })?;
    let items = items(&whole).ok_or_else(|| BaselineError::NoHeadings { file: file.to_owned() })?;
    let mut materials: Vec<Map<String, Value>> = Vec::new();
    for item in &items {
        materials.extend(materials_of(item));
    }
    let plain = items.iter().map(|item| without_tables(item)).collect::<Vec<_>>();
    let mut grids = vec![table(file.to_owned(), &plain)];
    if !materials.is_empty() {
        grids.push(table(format!("{file} 的申请材料"), &materials));
    }
    Ok(grids)
}

/// The items, or the one item that the file is about.
fn items(whole: &Value) -> Option<Vec<&Map<String, Value>>> {
    let alone = whole.as_object().filter(|fields| {
        let names: Vec<String> = fields.keys().cloned().collect();
        super::heading::items_known(&names) > 0
    });
    match alone {
        Some(item) => Some(vec![item]),
        None => Some(array(whole)?.iter().filter_map(Value::as_object).collect()),
    }
}

/// The array of items, however deep it lies in objects that hold nothing else of the kind.
fn array(value: &Value) -> Option<&Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        Value::Object(fields) => fields.values().find_map(|inner| match inner {
            Value::Array(items) if items.iter().any(Value::is_object) => Some(items),
            Value::Object(_) => array(inner),
            _ => None,
        }),
        _ => None,
    }
}

/// The materials of an item as rows that name it.
fn materials_of(item: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let listed = MATERIALS.iter().find_map(|name| item.get(*name)?.as_array());
    let keys: Vec<(&String, &Value)> = item
        .iter()
        .filter(|(name, _)| {
            matches!(
                super::heading::of_item(name),
                Some(super::heading::Column::Element("item_name" | "impl_code" | "handle_code"))
            )
        })
        .collect();
    let row = |material: &Value| {
        let mut row = match material {
            Value::Object(fields) => fields.clone(),
            other => Map::from_iter([("材料名称".to_owned(), other.clone())]),
        };
        if let Some(name) = row.remove("name").or_else(|| row.remove("名称")) {
            row.insert("材料名称".to_owned(), name);
        }
        row.extend(keys.iter().map(|(name, value)| ((*name).clone(), (*value).clone())));
        row.entry(ITEM.to_owned()).or_insert(Value::Null);
        row
    };
    listed.into_iter().flatten().map(row).collect()
}

fn without_tables(item: &Map<String, Value>) -> Map<String, Value> {
    let is_table = |name: &str, value: &Value| MATERIALS.contains(&name) && value.is_array();
    item.iter()
        .filter(|(name, value)| !is_table(name, value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Objects as a table: every key that any of them has is a column.
fn table(name: String, rows: &[Map<String, Value>]) -> Grid {
    let mut columns: Vec<&String> = Vec::new();
    let mut known = BTreeSet::new();
    for key in rows.iter().flat_map(Map::keys) {
        if known.insert(key) {
            columns.push(key);
        }
    }
    let head = columns.iter().map(|column| (*column).clone()).collect();
    let line = |row: &Map<String, Value>| columns.iter().map(|column| shown(row.get(*column))).collect();
    // The first item is called row 1.
    Grid {
        name,
        first_row: 0,
        rows: std::iter::once(head).chain(rows.iter().map(line)).collect(),
        notes: Vec::new(),
    }
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Array(values)) => {
            values.iter().map(|value| shown(Some(value))).collect::<Vec<_>>().join("、")
        }
        Some(Value::Object(fields)) => {
            fields.values().map(|value| shown(Some(value))).collect::<Vec<_>>().join(" ")
        }
    }
}
