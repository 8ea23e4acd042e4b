//! 读取结果: what was read off one page, for a person who wants to see it, a program that wants to use it, and a
//! spreadsheet. It shows; what is wrong was judged elsewhere.

mod json;
mod page;
mod terminal;
mod workbook;

use chrono::{DateTime, FixedOffset};

use crate::model::{Catalogue, Element, Finding, Guide, Reading, Requirement};

pub use json::guide_json;
pub use page::guide_page;
pub use terminal::guide_terminal;
pub use workbook::guide_workbook;

/// One page and what was read off it.
#[derive(Debug, Clone, Copy)]
pub struct GuideReport<'a> {
    /// Address or file.
    pub source: &'a str,
    /// As what kind of visitor it was opened (“电脑浏览器”, “微信”); empty for a file.
    pub seen_as: &'a str,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What was read.
    pub guide: &'a Guide,
    /// What is wrong with it, seen by itself.
    pub findings: &'a [Finding],
    /// What was odd about the page, in Chinese.
    pub notes: &'a [String],
}

impl<'a> GuideReport<'a> {
    /// The heading of the page, or words for having none.
    fn title(&self) -> &'a str {
        let title = self.guide.title.trim();
        if title.is_empty() { "（页面没有标题）" } else { title }
    }

    /// The elements that were read, in the catalogue's order.
    fn read(&self) -> impl Iterator<Item = (&'static Element, &'a Reading)> {
        let guide = self.guide;
        Catalogue::embedded()
            .elements
            .iter()
            .filter_map(|element| guide.elements.get(&element.id).map(|reading| (element, reading)))
    }

    /// The elements that the page does not show, those that every guide must have first.
    fn unread(&self) -> Vec<&'static Element> {
        let shown = |element: &Element| {
            self.guide.elements.contains_key(&element.id)
                || (element.id == "materials" && !self.guide.materials.is_empty())
                || self.guide.media.iter().any(|medium| medium.element == element.id)
        };
        let mut unread: Vec<&'static Element> =
            Catalogue::embedded().elements.iter().filter(|element| !shown(element)).collect();
        unread.sort_by_key(|element| element.required != Requirement::Required);
        unread
    }

    /// How many of the eight key classes have something to say, and how many there are.
    fn key_classes(&self) -> (usize, usize) {
        let keys = || Catalogue::embedded().elements.iter().filter(|element| element.key);
        let unread: Vec<&str> = self.unread().iter().map(|element| element.id.as_str()).collect();
        let listed = |id: &str| id == "materials" && !self.guide.materials.is_empty();
        let blank = |id: &str| {
            self.guide.elements.get(id).is_some_and(|reading| reading.text.trim().is_empty()) && !listed(id)
        };
        let said =
            keys().filter(|element| !unread.contains(&element.id.as_str()) && !blank(&element.id)).count();
        (said, keys().count())
    }

    /// Everything that people should know about the reading, in Chinese.
    fn remarks(&self) -> impl Iterator<Item = &'a str> {
        self.guide.notes.iter().chain(self.notes).map(String::as_str)
    }
}

/// The material fields of a guide that occur, in the catalogue's order: id and name.
fn material_columns(guide: &Guide) -> Vec<(&'static str, &'static str)> {
    Catalogue::embedded()
        .material_fields
        .iter()
        .filter(|field| guide.materials.iter().any(|material| material.fields.contains_key(&field.id)))
        .map(|field| (field.id.as_str(), field.name.as_str()))
        .collect()
}

#[cfg(test)]
pub(super) mod sample {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{ChannelId, Kind, Material, Severity};

    /// Words that try to become markup, a formula, an escape sequence.
    pub(in super::super) const HOSTILE: &str = "=cmd|' /C calc'!A0<script>alert(1)</script>\u{1b}[2J\u{202e}";

    pub(in super::super) fn guide() -> Guide {
        let reading = |text: &str, visible: bool| -> Reading {
            serde_json::from_value(serde_json::json!({
                "text": text, "label": "标签", "place": "table", "sure": "certain", "visible": visible, "node": 3,
            }))
            .unwrap()
        };
        let material = |name: &str| Material {
            fields: BTreeMap::from([
                ("name".to_owned(), name.to_owned()),
                ("copies".to_owned(), "1份".to_owned()),
            ]),
            ..Material::default()
        };
        Guide {
            url: "https://zwfw.example/guide/1".to_owned(),
            title: HOSTILE.to_owned(),
            elements: BTreeMap::from([
                ("item_name".to_owned(), reading("居民身份证换领", true)),
                ("promise_limit".to_owned(), reading("20个工作日", true)),
                ("condition".to_owned(), reading(HOSTILE, false)),
                ("time".to_owned(), reading("", true)),
            ]),
            materials: vec![material("居民户口簿"), material(HOSTILE)],
            ..Guide::default()
        }
    }

    pub(in super::super) fn finding() -> Finding {
        Finding {
            fingerprint: "0123456789abcdef".to_owned(),
            check: "guide.consistency".to_owned(),
            item: "居民身份证换领".to_owned(),
            channels: vec![ChannelId::from("page1")],
            element: "time".to_owned(),
            kind: Kind::Empty,
            rule: None,
            severity: Severity::Major,
            message: format!("“办理时间”只有标签{HOSTILE}。"),
            advice: "补上办理时间。".to_owned(),
            sayings: BTreeMap::new(),
        }
    }

    pub(in super::super) fn with_report<T>(show: impl FnOnce(&GuideReport<'_>) -> T) -> T {
        let (guide, findings, notes) = (guide(), [finding()], ["页面超过 60000 个节点".to_owned()]);
        show(&GuideReport {
            source: "https://zwfw.example/guide/1",
            seen_as: "电脑浏览器",
            at: DateTime::parse_from_rfc3339("2026-11-25T09:00:00+08:00").unwrap(),
            guide: &guide,
            findings: &findings,
            notes: &notes,
        })
    }

    #[test]
    fn key_classes_without_words_do_not_count() {
        with_report(|report| assert_eq!(report.key_classes(), (3, 8)));
    }

    #[test]
    fn what_every_guide_must_have_comes_first_among_what_was_not_read() {
        with_report(|report| {
            let required: Vec<bool> =
                report.unread().iter().map(|element| element.required == Requirement::Required).collect();
            assert!(required.is_sorted_by(|left, right| left >= right) && required[0]);
        });
    }
}
