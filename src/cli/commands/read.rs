//! `zoutong read`: the guide on any page, how each element was found, and what is missing.

use super::super::arguments::ReadArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::{Screen, column};
use super::wait_for;
use crate::audit::{self, AuditError, PageReading};
use crate::model::{Catalogue, Guide, Reading};
use crate::read;
use crate::text::{fit, printable};
use std::fmt::Write as _;
use std::path::Path;

/// Columns of an element's name.
const NAME: usize = 22;
/// Columns of where it was found.
const PLACE: usize = 14;
/// Columns before a value.
const BEFORE: usize = NAME + PLACE + 10;

pub(in super::super) fn run(arguments: &ReadArguments, screen: &Screen) -> Result<Code, Failure> {
    let file = Path::new(&arguments.source);
    let page = if file.is_file() {
        audit::read_file(file)?
    } else {
        let browser = audit::browser(&arguments.browser.choice()).map_err(AuditError::from)?;
        wait_for(async {
            let page = audit::read_address(&browser, &arguments.source).await;
            browser.close().await;
            Ok(page?)
        })?
    };
    if arguments.json {
        screen.line(&json(&page));
    } else {
        screen.line(&readable(&page, screen));
    }
    Ok(if page.guide.elements.is_empty() { Code::Incomplete } else { Code::Nothing })
}

/// The contract of `read --json`, version 1; ids are those of the element catalogue.
fn json(page: &PageReading) -> String {
    let elements: serde_json::Map<String, serde_json::Value> = page
        .guide
        .elements
        .iter()
        .map(|(id, reading)| {
            let value = serde_json::json!({
                "text": reading.text,
                "where": reading.place,
                "visible": reading.visible,
                "sure": reading.sure,
            });
            (id.clone(), value)
        })
        .collect();
    let materials: Vec<_> = page.guide.materials.iter().map(|material| &material.fields).collect();
    let findings: Vec<_> = read::missing(&page.guide)
        .iter()
        .map(|element| serde_json::json!({"element": element.id, "kind": "missing", "message": format!("没有读到“{}”", element.name)}))
        .collect();
    let whole = serde_json::json!({
        "url": page.snapshot.url,
        "title": page.snapshot.title,
        "elements": elements,
        "materials": materials,
        "findings": findings,
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

fn readable(page: &PageReading, screen: &Screen) -> String {
    let guide = &page.guide;
    let mut text = screen.strong(&printable(if guide.title.is_empty() {
        "（页面没有标题）"
    } else {
        &guide.title
    }));
    let _ = write!(text, "\n{}", printable(&page.snapshot.url));
    if !page.seen_as.is_empty() {
        let _ = write!(text, "\n以{}的身份打开", page.seen_as);
    }
    let _ = writeln!(text, "\n\n读到 {} 项要素、{} 份材料：", guide.elements.len(), guide.materials.len());
    for element in &Catalogue::embedded().elements {
        if let Some(reading) = guide.elements.get(&element.id) {
            text.push_str(&row(&element.name, reading, screen));
        }
    }
    text.push_str(&materials(guide, screen));
    let missing: Vec<&str> = read::missing(guide).iter().map(|element| element.name.as_str()).collect();
    if !missing.is_empty() {
        text.push_str(&screen.yellow(&format!("\n没有读到的必备要素：{}\n", missing.join("、"))));
    }
    for note in guide.notes.iter().chain(&page.snapshot.notes) {
        let _ = write!(text, "\n说明：{}", printable(note));
    }
    text
}

fn row(name: &str, reading: &Reading, screen: &Screen) -> String {
    let place =
        if reading.visible { reading.place.name().to_owned() } else { format!("{}*", reading.place.name()) };
    let value = one_line(&reading.text, screen.width.saturating_sub(BEFORE));
    format!(
        "  {} {} {} {}\n",
        column(name, NAME),
        column(&place, PLACE),
        column(reading.sure.name(), 7),
        value
    )
}

fn materials(guide: &Guide, screen: &Screen) -> String {
    let mut text = String::new();
    for (number, material) in guide.materials.iter().enumerate() {
        let more: Vec<&str> = ["need", "form", "copies", "source"]
            .into_iter()
            .filter_map(|field| material.fields.get(field))
            .map(String::as_str)
            .collect();
        let line = format!("{}. {}（{}）", number + 1, material.name(), more.join("，"));
        let _ =
            writeln!(text, "    {}", one_line(line.trim_end_matches("（）"), screen.width.saturating_sub(4)));
    }
    if guide.elements.values().any(|reading| !reading.visible) {
        text.push_str(&screen.faint("  * 要点开标签页或展开后才看得到\n"));
    }
    text
}

/// A value on one line, cut with an ellipsis.
fn one_line(value: &str, columns: usize) -> String {
    let line = printable(&value.split_whitespace().collect::<Vec<_>>().join(" "));
    fit(if line.is_empty() { "（空白）" } else { &line }, columns.max(20)).trim_end().to_owned()
}
