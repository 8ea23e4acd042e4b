//! What a guide is called, where no label says it: the heading, or the document's title.

use std::collections::BTreeMap;

use crate::model::{Place, Reading, Snapshot, Sureness};

use super::follow::level;
use super::labels;
use super::page::Page;

const ITEM_NAME: &str = "item_name";
/// Words that name the portal or the kind of page, not the item.
const GENERAL: &[&str] = &[
    "平台",
    "政务服务网",
    "门户",
    "首页",
    "小程序",
    "自助终端",
    "指南详情",
    "事项详情",
    "办事指南",
    "服务指南",
    "办理须知",
    "登录",
    "客服",
    "搜索",
    "基本信息",
    "办理信息",
    "Document",
];
/// What stands before or behind an item's name in titles.
const AROUND: &[&str] = &["--办理须知", "办事指南", "服务指南", "办理须知", "指南详情", "事项详情"];
/// No item is called longer than this, in characters.
const LONGEST: usize = 80;

/// The heading that names the item, or else the document's title.
pub(super) fn title(page: &Page<'_>, snapshot: &Snapshot) -> String {
    let named = from_title(&snapshot.title);
    let headings: Vec<String> = (0..page.len())
        .filter(|&at| level(page, at).is_some_and(|level| level <= 3) && !page.hidden(at))
        .map(|at| trimmed(&page.brief(page.span(at))))
        .filter(|heading| is_name(heading))
        .take(20)
        .collect();
    let agreed = headings.iter().find(|heading| snapshot.title.contains(heading.as_str()));
    agreed
        .cloned()
        .or(named)
        .or_else(|| headings.into_iter().next())
        .unwrap_or_else(|| snapshot.title.trim().to_owned())
}

/// A guide whose name stands in no labelled place has it from its heading.
pub(super) fn fall_back(page: &Page<'_>, title: &str, elements: &mut BTreeMap<String, Reading>) {
    let known = elements
        .get(ITEM_NAME)
        .is_some_and(|reading| !reading.text.is_empty() && reading.sure != Sureness::Doubtful);
    if known || elements.is_empty() || !is_name(title) {
        return;
    }
    let at = (0..page.len())
        .find(|&at| page.node(at).is_text() && page.node(at).text.contains(title))
        .unwrap_or(0);
    let reading = Reading {
        text: title.to_owned(),
        label: String::new(),
        place: Place::Title,
        sure: Sureness::Likely,
        visible: !page.hidden(at),
        node: page.index(at),
        links: Vec::new(),
    };
    elements.insert(ITEM_NAME.to_owned(), reading);
}

fn from_title(title: &str) -> Option<String> {
    title
        .split(['_', '|', '｜', '–', '—', '·'])
        .flat_map(|part| part.split(" - "))
        .map(trimmed)
        .find(|part| is_name(part))
}

fn trimmed(text: &str) -> String {
    let mut text = text.trim().trim_matches(['【', '】', '《', '》', '"', '“', '”']).trim();
    for word in AROUND {
        text = text.strip_suffix(word).unwrap_or(text).trim_end_matches(['-', '：', ':', ' ', '（', '(']);
        text = text.strip_prefix(word).unwrap_or(text).trim_start_matches(['-', '：', ':', ' ', '>']);
    }
    text.trim().to_owned()
}

fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    (3..=LONGEST).contains(&length)
        && !GENERAL.iter().any(|word| text.contains(word))
        && labels::lookup(text, true).is_none()
}
