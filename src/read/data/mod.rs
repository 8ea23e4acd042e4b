//! Data embedded in a page (`__NEXT_DATA__`, `var detail = {…}`): elements and materials that a portal gives its scripts. Nothing is
//! executed, and nothing of it is used where the page itself shows the element.

mod json;
mod keys;

use std::collections::BTreeMap;

use crate::model::{Catalogue, Guide, Material, Place, Reading, Snapshot, Sureness};

use super::shape::{Fit, fit};
use json::Datum;

/// Data that speaks of fewer elements is not an item's.
const FEWEST: usize = 3;
/// Longer values are cut.
const LONGEST: usize = 20_000;
/// More values than any item's data has.
const MOST: usize = 100_000;
/// More rows of materials than any item asks for.
const MOST_ROWS: usize = 200;

/// Adds to a guide what only the page's data says.
pub(super) fn complete(guide: &mut Guide, snapshot: &Snapshot) {
    let Some(found) = snapshot
        .data
        .iter()
        .flat_map(|script| json::values(script))
        .map(|value| Found::of(&value))
        .max_by_key(Found::size)
    else {
        return;
    };
    if found.size() < FEWEST {
        return;
    }
    for (id, text) in found.texts() {
        let shown = guide.elements.get(&id).is_some_and(|reading| !reading.text.is_empty());
        if !shown && !text.is_empty() {
            guide.elements.insert(id, reading(text));
        }
    }
    if guide.materials.is_empty() && !found.materials.is_empty() {
        super::materials::speak_for(&mut guide.elements, &found.materials);
        if let Some(said) = guide.elements.get_mut("materials").filter(|said| said.label.is_empty()) {
            *said = reading(said.text.clone());
        }
        guide.materials = found.materials;
    }
}

fn reading(text: String) -> Reading {
    Reading {
        text,
        label: String::new(),
        place: Place::Data,
        sure: Sureness::Likely,
        visible: false,
        node: 0,
        links: Vec::new(),
    }
}

/// What one piece of data says.
#[derive(Default)]
struct Found {
    /// Element id to its value, and whether that is the wording of a code.
    elements: BTreeMap<&'static str, (String, bool)>,
    units: BTreeMap<&'static str, String>,
    materials: Vec<Material>,
    seen: usize,
}

impl Found {
    fn of(value: &Datum) -> Self {
        let mut found = Self::default();
        found.walk(value);
        found
    }

    fn size(&self) -> usize {
        self.elements.len() + self.materials.len().min(1)
    }

    /// The values with their units and in words.
    fn texts(&self) -> Vec<(String, String)> {
        let whole = |id: &&'static str, text: &str| match self.units.get(id) {
            Some(unit) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                let counted = if unit.starts_with(['个', '天', '日', '小']) { "" } else { "个" };
                format!("{text}{counted}{unit}")
            }
            _ => in_words(id, text),
        };
        self.elements.iter().map(|(id, (text, _))| ((*id).to_owned(), whole(id, text))).collect()
    }

    fn walk(&mut self, value: &Datum) {
        self.seen += 1;
        if self.seen > MOST {
            return;
        }
        match value {
            Datum::Map(pairs) => self.map(pairs),
            Datum::List(values) => self.list(values),
            Datum::Text(text) if text.trim_start().starts_with(['{', '[']) && text.len() > 20 => {
                let inner = json::values(text);
                self.seen += inner.len();
                for value in &inner {
                    self.walk_once(value);
                }
            }
            _ => {}
        }
    }

    /// Data inside a string is looked into, data inside strings of that is not.
    fn walk_once(&mut self, value: &Datum) {
        match value {
            Datum::Map(pairs) => self.map(pairs),
            Datum::List(values) => self.list(values),
            _ => {}
        }
    }

    fn map(&mut self, pairs: &[(String, Datum)]) {
        if let Some((label, value)) = labelled(pairs) {
            self.say(label, value);
            return;
        }
        for (key, value) in pairs {
            let text = shown(value);
            if let (Some(unit), false) = (keys::unit(key), text.is_empty()) {
                if text.contains(|letter: char| !letter.is_ascii()) {
                    self.units.insert(unit, text);
                }
            } else if let (Datum::List(values), true) = (value, keys::lists_materials(key)) {
                self.rows(values, true);
            } else if !self.say(key, value) {
                self.walk(value);
            }
        }
    }

    /// Takes a value whose key means an element; false when it means none.
    fn say(&mut self, key: &str, value: &Datum) -> bool {
        let text = shown(value);
        let Some(id) = keys::element(key, &text) else { return false };
        if id == "materials" || matches!(value, Datum::Map(_)) {
            return false;
        }
        if text.is_empty() {
            return matches!(value, Datum::Text(_) | Datum::Nothing);
        }
        let wording = keys::is_wording(key);
        let better = match self.elements.get(id) {
            Some((known, worded)) => {
                let (old, new) = (fit(id, known), fit(id, &text));
                new > old || new == old && wording && !worded
            }
            None => true,
        };
        if better && fit(id, &text) != Fit::Bad {
            self.elements.insert(id, (text, wording));
        }
        true
    }

    /// A list of materials, of labelled values, or of one thing; other lists are of other items.
    fn list(&mut self, values: &[Datum]) {
        if self.rows(values, false) {
            return;
        }
        let pairs = |value: &Datum| matches!(value, Datum::Map(pairs) if labelled(pairs).is_some());
        if values.len() == 1
            || values.iter().any(pairs)
            || values.iter().all(|value| matches!(value, Datum::List(_)))
        {
            for value in values {
                self.walk(value);
            }
        } else {
            for value in values {
                self.groups(value);
            }
        }
    }

    /// Takes a list of materials; false when it is none.
    fn rows(&mut self, values: &[Datum], named: bool) -> bool {
        let rows: Vec<Material> =
            values.iter().take(MOST_ROWS).filter_map(|value| material(value, named)).collect();
        let any = !rows.is_empty();
        self.materials.extend(rows);
        self.materials.truncate(MOST_ROWS);
        any
    }

    /// Groups (`[{title: "基本信息", children: […]}, …]`): only what lists inside them say.
    fn groups(&mut self, value: &Datum) {
        let Datum::Map(pairs) = value else { return };
        for (_, inner) in pairs {
            if let Datum::List(values) = inner {
                self.list(values);
            }
        }
    }
}

/// `{label: "受理条件", value: "…"}`.
fn labelled(pairs: &[(String, Datum)]) -> Option<(&str, &Datum)> {
    let named =
        |names: &[&str]| pairs.iter().find(|(key, _)| names.contains(&key.to_ascii_lowercase().as_str()));
    let (_, Datum::Text(label)) = named(&["label", "title", "name", "key", "fieldname", "lable"])? else {
        return None;
    };
    let (_, value) = named(&["value", "content", "text", "val", "fieldvalue"])?;
    label.contains(|letter: char| !letter.is_ascii()).then_some((label.as_str(), value))
}

/// A value in words: texts as they are, lists one a line, the fields of what a list holds side by side.
fn shown(value: &Datum) -> String {
    match value {
        Datum::Text(text) => without_markup(text),
        Datum::List(values) => {
            let lines: Vec<String> =
                values.iter().take(100).map(entry).filter(|line| !line.is_empty()).collect();
            lines.join("\n")
        }
        _ => String::new(),
    }
}

fn entry(value: &Datum) -> String {
    match value {
        Datum::Map(pairs) => {
            let texts: Vec<String> = pairs
                .iter()
                .filter_map(|(_, value)| match value {
                    Datum::Text(text) if text.contains(|letter: char| !letter.is_ascii()) => {
                        Some(without_markup(text))
                    }
                    _ => None,
                })
                .collect();
            texts.join(" ")
        }
        Datum::Text(text) => without_markup(text),
        _ => String::new(),
    }
}

/// Markup inside a text becomes line breaks or nothing.
fn without_markup(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let tag = rest[1..].chars().next().is_some_and(|next| next.is_ascii_alphabetic() || next == '/');
        let end = rest.char_indices().take(300).find(|(_, letter)| *letter == '>').map(|(at, _)| at);
        if let Some(end) = end.filter(|_| tag) {
            let name = rest[1..end].trim_start_matches('/');
            if ["br", "p", "div", "li", "tr"].iter().any(|block| name.starts_with(block)) {
                out.push('\n');
            }
            rest = &rest[end + 1..];
        } else {
            out.push('<');
            rest = &rest[1..];
        }
        if out.len() > LONGEST * 3 {
            break;
        }
    }
    out.push_str(rest);
    let out = out
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n").chars().take(LONGEST).collect()
}

/// A code in the catalogue's words (`1` is 即办件 or 是), as far as it gives any.
fn in_words(id: &str, text: &str) -> String {
    let values =
        Catalogue::embedded().element(id).map(|element| element.values.as_slice()).unwrap_or_default();
    if values == ["是", "否"] || id == "fee_flag" {
        return match text {
            "1" | "true" => "是".to_owned(),
            "0" | "false" => "否".to_owned(),
            _ => text.to_owned(),
        };
    }
    decoded(values, text)
}

fn decoded(values: &[String], text: &str) -> String {
    let coded = values.iter().find_map(|value| value.split_once(' ').filter(|(code, _)| *code == text));
    coded.map_or_else(|| text.to_owned(), |(_, words)| words.trim_end_matches('*').to_owned())
}

/// A row, where a value is one: an object with a material's name; `named` when it stands in a list of materials.
fn material(value: &Datum, named: bool) -> Option<Material> {
    let Datum::Map(pairs) = value else { return None };
    let mut material = Material::default();
    for (key, value) in pairs {
        let own = (named && matches!(key.as_str(), "name" | "NAME" | "title")).then_some("name");
        let Some(field) = keys::field(key).or(own) else { continue };
        let text = coded_field(field, &attachment(&mut material, field, value));
        let known = material.fields.contains_key(field) && !keys::is_wording(key);
        if !text.is_empty() && !known {
            material.fields.insert(field.to_owned(), text);
        }
    }
    let name = material.fields.get("name")?;
    (name.chars().count() >= 2 && (named || material.fields.len() + material.links.len() >= 2))
        .then_some(material)
}

fn coded_field(field: &str, text: &str) -> String {
    let fields = &Catalogue::embedded().material_fields;
    let values = fields.iter().find(|known| known.id == field).map(|known| known.values.as_slice());
    decoded(values.unwrap_or_default(), text)
}

/// The text of a field; addresses of files in it become links.
fn attachment(material: &mut Material, field: &str, value: &Datum) -> String {
    if !matches!(field, "blank" | "sample") {
        return shown(value);
    }
    let Datum::List(files) = value else {
        let text = shown(value);
        return if text.is_ascii() { String::new() } else { text };
    };
    for file in files.iter().take(20) {
        let Datum::Map(pairs) = file else { continue };
        let address = pairs.iter().find_map(|(key, value)| match value {
            Datum::Text(text)
                if ["path", "url", "href"].iter().any(|word| key.to_ascii_lowercase().contains(word)) =>
            {
                Some(text.clone())
            }
            _ => None,
        });
        material.links.entry(field.to_owned()).or_default().extend(address);
    }
    shown(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> Guide {
        let snapshot = Snapshot { data: vec![script.to_owned()], ..Snapshot::default() };
        super::super::guide(&snapshot)
    }

    #[test]
    fn national_columns_upper_case_and_chinese_keys_are_understood() {
        let guide = read(
            r#"window.d = {AUDIT_ITEM: {TASK_NAME: "排水许可", PROMISE_DAY: 5, PROMISE_TYPE: "1", PROMISE_TYPE_TEXT: "工作日",
            IS_FEE: "0", LINK_TEL: "0356-2026000", "办理地点": "凤台街88号"}, AUDIT_MATERIAL: [{MATERIAL_NAME: "申请表", IS_NEED: "1",
            FORM_GUID: [{ATTACHNAME: "申请表.doc", FILEPATH: "/f/1.doc"}]}]};"#,
        );
        let text = |id: &str| guide.elements[id].text.as_str();
        assert_eq!(
            (text("item_name"), text("promise_limit"), text("fee_flag")),
            ("排水许可", "5个工作日", "否")
        );
        assert_eq!((text("consult"), text("place")), ("0356-2026000", "凤台街88号"));
        assert!(guide.elements.values().all(|reading| !reading.visible && reading.sure <= Sureness::Likely));
        assert_eq!(guide.materials[0].fields["need"], "必要");
        assert_eq!(guide.materials[0].links["blank"], ["/f/1.doc"]);
    }

    #[test]
    fn lists_of_other_items_say_nothing_of_this_one() {
        let guide = read(
            r#"var hot = [{"task_name": "甲", "link_way": "1", "by_law": "x"}, {"task_name": "乙", "link_way": "2", "by_law": "y"}];"#,
        );
        assert!(guide.elements.is_empty());
    }
}
