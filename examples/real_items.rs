//! Puts the rules to real service items, given as JSON lines, and counts how often each of them fires. For whoever changes
//! a rule: `cargo run --example real_items -- ITEMS.jsonl [RULE [HOW_MANY]]` also prints what a rule said.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};

use serde_json::Value;
use zoutong::check;
use zoutong::model::{Finding, Guide, Kind, Material, Place, Reading, Sureness};
use zoutong::text;

/// Column of the items to element of the catalogue.
const COLUMNS: &[(&str, &str)] = &[
    ("name", "item_name"),
    ("daily_name", "daily_name"),
    ("base_code", "base_code"),
    ("type", "item_type"),
    ("level", "use_level"),
    ("dept", "dept"),
    ("visit_times", "visits"),
    ("place", "place"),
    ("express", "express"),
    ("booking", "booking"),
    ("co_dept", "co_dept"),
];

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        return Err(std::io::Error::other("usage: real_items ITEMS.jsonl [RULE [HOW_MANY]]"));
    };
    let shown = arguments.next();
    let most = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(20);
    let mut tally = Tally::default();
    for line in BufReader::new(std::fs::File::open(path)?).lines() {
        let Ok(item) = serde_json::from_str::<Value>(&line?) else { continue };
        tally.add(&item);
    }
    match shown {
        Some(rule) => tally.show(&rule, most),
        None => tally.print(),
    }
}

/// What was counted.
#[derive(Default)]
struct Tally {
    items: usize,
    /// Facts of the data by themselves, without any rule.
    facts: BTreeMap<&'static str, usize>,
    /// Rule, or kind and element, to what was said of which item.
    said: BTreeMap<String, Vec<String>>,
}

impl Tally {
    fn add(&mut self, item: &Value) {
        self.items += 1;
        let guide = guide(item);
        for (fact, holds) in facts(item, &guide) {
            *self.facts.entry(fact).or_default() += usize::from(holds);
        }
        for finding in check::inspect(&guide, &[]) {
            let said = format!("{}：{}", finding.item, finding.message);
            self.said.entry(name_of(&finding)).or_default().push(said);
        }
    }

    fn print(&self) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "items {}", self.items)?;
        for (fact, count) in &self.facts {
            writeln!(out, "fact {fact} {count}")?;
        }
        for (rule, said) in &self.said {
            writeln!(out, "rule {rule} {}", said.len())?;
        }
        Ok(())
    }

    fn show(&self, rule: &str, most: usize) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        let said = self.said.get(rule).map_or(&[][..], Vec::as_slice);
        // From all over the data, not only from its beginning.
        let step = said.len().div_ceil(most.max(1)).max(1);
        for line in said.iter().step_by(step) {
            writeln!(out, "{}", text::printable(line))?;
        }
        Ok(())
    }
}

/// `R08`, or `missing:law_basis` for what is no numbered rule; a placeholder is told by its element.
fn name_of(finding: &Finding) -> String {
    match (&finding.rule, finding.kind) {
        (Some(rule), Kind::Placeholder) => format!("{rule}:{}", finding.element),
        (Some(rule), _) => rule.clone(),
        (None, kind) => format!("{}:{}", kind.slug(), finding.element),
    }
}

/// The counts that the survey of the whole collection gives, taken from the data themselves.
fn facts(item: &Value, guide: &Guide) -> Vec<(&'static str, bool)> {
    let says = |element: &str| guide.elements.get(element).map_or("", |reading| reading.text.as_str());
    let no_visit = text::count(says("visits")) == Some(0);
    let online = says("online_flag") == "是";
    let windowless = says("place").contains("无线下办理窗口");
    let books = says("booking") == "是";
    vec![
        ("materials-listed", !guide.materials.is_empty()),
        ("no-visit-and-not-online", no_visit && !online),
        ("windowless", windowless),
        ("windowless-with-visits", windowless && !no_visit),
        ("windowless-not-online", windowless && !online),
        ("condition-none", item["conditions"].is_null()),
        ("consult-none", item["consult_phone"].is_null()),
        ("complain-none", item["complaint_phone"].is_null()),
        ("both-limits", !item["promise_limit"].is_null() && !item["legal_limit"].is_null()),
        ("books", books),
        ("books-without-address", books && item["booking_addr"].is_null()),
    ]
}

/// The item as if a page had shown it. The collection writes 无 as null.
fn guide(item: &Value) -> Guide {
    let mut guide = Guide {
        url: said(item, "page_url").unwrap_or_default(),
        title: said(item, "name").unwrap_or_default(),
        ..Guide::default()
    };
    let mut put = |element: &str, text: String| {
        guide.elements.insert(element.to_owned(), reading(&text));
    };
    for (column, element) in COLUMNS {
        if let Some(text) = said(item, column) {
            put(element, text);
        }
    }
    for (column, element) in [("legal_limit", "legal_limit"), ("promise_limit", "promise_limit")] {
        if let Some(raw) = said(&item[column], "raw") {
            put(element, raw);
        }
    }
    for (column, element) in
        [("conditions", "condition"), ("consult_phone", "consult"), ("complaint_phone", "complain")]
    {
        put(element, said(item, column).unwrap_or_else(|| "无".to_owned()));
    }
    for (column, element) in [("service_objects", "service_object"), ("themes", "theme")] {
        put(element, list(&item[column]).join("、"));
    }
    put("online_flag", if said(item, "online").as_deref() == Some("1") { "是" } else { "否" }.to_owned());
    let code = said(item, "task_code").unwrap_or_default();
    if code.len() == 33 {
        put("handle_code", code.clone());
    }
    put("impl_code", code.chars().take(31).collect());
    if item["booking_addr"].is_null() {
        guide.rivals.insert("booking".to_owned(), vec!["无".to_owned()]);
    }
    guide.materials = list(&item["materials"]).into_iter().map(material).collect();
    guide
}

fn said(item: &Value, column: &str) -> Option<String> {
    item[column].as_str().map(str::to_owned)
}

fn list(value: &Value) -> Vec<String> {
    let entries = value.as_array().map_or(&[][..], Vec::as_slice);
    entries.iter().filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
}

fn reading(text: &str) -> Reading {
    Reading {
        text: text.to_owned(),
        label: String::new(),
        place: Place::Data,
        sure: Sureness::Certain,
        visible: true,
        node: 0,
        links: Vec::new(),
    }
}

fn material(name: String) -> Material {
    Material { fields: BTreeMap::from([("name".to_owned(), name)]), ..Material::default() }
}
