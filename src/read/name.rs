//! What a guide is called, where no label says it: the heading that names the item, or the document's title.

use std::collections::BTreeMap;

use crate::model::{Place, Reading, Snapshot, Sureness};

use super::candidate::Found;
use super::heading::level;
use super::labels;
use super::page::Page;

const ITEM_NAME: &str = "item_name";
/// Words of portals and of kinds of pages: no item's name holds them.
const GENERAL: &[&str] = &[
    "政务服务网",
    "服务平台",
    "门户",
    "服务大厅",
    "政务大厅",
    "首页",
    "小程序",
    "自助终端",
    "指南详情",
    "事项详情",
    "登录",
    "欢迎",
    "当前位置",
    "所在位置",
    "版权所有",
    "Document",
    "JSP",
];
/// Whole titles that name the kind of page, or a part of it.
const PAGES: &[&str] = &[
    "办事指南",
    "服务指南",
    "办理须知",
    "办理说明",
    "基本信息",
    "基础信息",
    "审批信息",
    "办理信息",
    "受理信息",
    "受理范围",
    "受理要求",
    "范围与条件",
    "咨询监督",
    "窗口办理",
    "窗口信息",
    "办事事项",
    "网上办事",
    "网上办事大厅",
    "政务服务",
    "长辈版",
    "关怀版",
    "适老版",
    "打印",
    "客服",
    "搜索",
    "事项介绍",
    "事项简述",
    "事项信息",
    "个人办事",
    "法人办事",
    "在线客服",
    "智能客服",
    "相关推荐",
    "热门事项",
    "便民服务",
    "办理结果",
    "办理进度",
    "办事大厅",
    "温馨提示",
    "结果文件",
    "办理指南",
    "其他信息",
    "扩展信息",
    "详情",
    "查看",
    "政务服务中心",
];
/// What stands before or behind an item's name in titles.
const AROUND: &[&str] = &["--办理须知", "办事指南", "服务指南", "办理须知", "指南详情", "事项详情", "指南"];
/// How items' names end.
const ENDINGS: &[&str] = &[
    "许可", "登记", "备案", "核发", "审批", "办理", "确认", "注册", "变更", "申请", "认定", "证", "换领",
    "补领", "提取", "给付", "奖励", "注销", "转移", "查询", "缴纳", "申领", "落户", "核准", "签注", "公证",
    "补贴", "补助", "补办", "换证", "年检", "延续", "报告", "审核", "鉴定", "检定", "征收", "裁决", "调解",
    "服务", "签发", "设立", "开户", "缴费", "救助", "资助", "审定", "审查",
];
/// No item is called longer than this, in characters.
const LONGEST: usize = 80;
/// More headings than anybody puts in front of a guide.
const MOST: usize = 400;

/// More wrappers than stand around a heading.
const DEEPEST: usize = 24;

/// The heading that names the item, or else the document's title.
pub(super) fn title(page: &Page<'_>, found: &Found, snapshot: &Snapshot) -> String {
    let mut labels: Vec<usize> =
        found.candidates.iter().filter(|one| !one.framed).map(|one| one.at).collect();
    labels.sort_unstable();
    // A few labels may stand in a column beside the heading.
    let first = labels.get(labels.len() / 4).copied().unwrap_or(page.len());
    let mut best: Option<(i32, String)> = None;
    for (score, text) in headings(page, found, first).take(MOST) {
        let agreed = snapshot.title.contains(text.as_str());
        let score = score + 4 * i32::from(agreed);
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, text));
        }
    }
    let heading = best.filter(|(score, _)| *score >= 3).map(|(_, text)| text);
    let named = from_title(&snapshot.title);
    heading.or(named).unwrap_or_else(|| snapshot.title.trim().to_owned())
}

/// Texts that may name the item, with how much speaks for each.
fn headings<'a>(
    page: &'a Page<'_>,
    found: &'a Found,
    first_label: usize,
) -> impl Iterator<Item = (i32, String)> + 'a {
    (1..page.len()).filter_map(move |at| {
        let node = page.node(at);
        let span = page.span(at);
        let top = !page.same_texts(span, page.span(page.parent(at))) || page.parent(at) == 0;
        let chars = page.chars(span);
        if node.is_text() || found.framed[at] || page.hidden(at) || !(3..=LONGEST).contains(&chars) {
            return None;
        }
        let level = level(page, at);
        let near = at < first_label;
        if !(top && near || level.is_some_and(|level| level <= 3)) {
            return None;
        }
        let texts = page.texts_span(at);
        if page.row(texts.start) != page.row(texts.end.saturating_sub(1)) {
            return None;
        }
        let text = trimmed(&page.brief(span));
        is_name(&text).then(|| (weight(page, at, level, near, &text), text))
    })
}

/// How much speaks for an element as the item's heading.
fn weight(page: &Page<'_>, at: usize, level: Option<u8>, near: bool, text: &str) -> i32 {
    let heading = match level {
        Some(1) => 5,
        Some(2) => 3,
        Some(3) => 2,
        _ if page.tag(at) == "legend" => 2,
        _ => 0,
    };
    let first = page.texts(page.span(at)).first().map_or(at, |text| *text as usize);
    let around = || (at..first).take(DEEPEST);
    let inner = around().any(|at| is_named_title(page.class(at)));
    let large = around().any(|at| is_large(page, at));
    let bold = around().any(|at| matches!(page.tag(at), "b" | "strong") || page.node(at).bold);
    let ended = ENDINGS.iter().any(|ending| text.trim_end_matches(['）', ')']).ends_with(ending));
    let linked = around().any(|here| match page.tag(here) {
        // A cell that has its row to itself is no label's value.
        "td" => here == at && !inner,
        tag => matches!(tag, "a" | "li" | "button" | "label" | "option"),
    });
    heading
        + 2 * i32::from(inner)
        + i32::from(large)
        + i32::from(bold)
        + 2 * i32::from(ended)
        + i32::from(near)
        - 4 * i32::from(linked)
}

/// Set in large type, by its style or by the old attribute.
fn is_large(page: &Page<'_>, at: usize) -> bool {
    let node = page.node(at);
    let sized = |size: &str| {
        size.trim().trim_start_matches('+').parse().is_ok_and(|size: u32| (4..=7).contains(&size))
    };
    node.font_size.is_some_and(|size| size >= 20.0)
        || page.tag(at) == "font" && node.attr("size").is_some_and(sized)
}

/// Class names that portals give to an item's heading.
fn is_named_title(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    ["title", "name", "biaoti", "sxmc", "_tit", "-tit", "caption"].iter().any(|word| class.contains(word))
        || class.split_whitespace().any(|token| token == "tit" || token == "bt")
}

/// The item's name, where a label gives it beyond doubt.
pub(super) fn labelled(elements: &BTreeMap<String, Reading>) -> Option<String> {
    let reading = elements.get(ITEM_NAME)?;
    (reading.sure == Sureness::Certain && !reading.text.is_empty()).then(|| reading.text.clone())
}

/// A guide whose name stands in no labelled place has it from its heading.
pub(super) fn fall_back(page: &Page<'_>, title: &str, elements: &mut BTreeMap<String, Reading>) {
    let known = elements
        .get(ITEM_NAME)
        .is_some_and(|reading| !reading.text.is_empty() && reading.sure != Sureness::Doubtful);
    if known || elements.is_empty() || !is_name(title) {
        return;
    }
    let at =
        (0..page.len()).find(|&at| page.node(at).is_text() && page.words(at).contains(title)).unwrap_or(0);
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
    let title = title.rsplit_once('-').filter(|(_, site)| is_site(site)).map_or(title, |(item, _)| item);
    title
        .split(['_', '|', '｜', '–', '—', '·'])
        .flat_map(|part| part.split(" - "))
        .map(trimmed)
        .find(|part| is_name(part) && !is_office(part))
}

/// “某市民政局”: whose page it is, not what it is about.
fn is_office(text: &str) -> bool {
    ["局", "委员会", "政府", "厅"].iter().any(|word| text.ends_with(word))
}

/// “居住证签注-广东政务服务网”: what stands behind the dash.
fn is_site(text: &str) -> bool {
    ["网", "平台", "政府", "局", "厅", "中心"].iter().any(|word| text.trim().ends_with(word))
}

fn trimmed(text: &str) -> String {
    let mut text = text.trim().trim_matches(['【', '】', '"', '“', '”']).trim();
    for word in AROUND {
        text = text.strip_suffix(word).unwrap_or(text).trim_end_matches(['-', '：', ':', ' ', '（', '(']);
        text = text.strip_prefix(word).unwrap_or(text).trim_start_matches(['-', '：', ':', ' ', '>']);
    }
    let quoted = text.strip_prefix('《').and_then(|inner| inner.strip_suffix('》'));
    quoted.filter(|inner| !inner.contains(['《', '》'])).unwrap_or(text).trim().to_owned()
}

fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    (3..=LONGEST).contains(&length)
        && text.contains(|letter: char| letter > '\u{2e7f}' && letter.is_alphabetic())
        && !text.contains(['。', '：', ':', '；', '>', '＞'])
        && !GENERAL.iter().any(|word| text.contains(word))
        && !PAGES.contains(&text)
        && labels::lookup(text, true).is_none()
}
