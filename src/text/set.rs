//! 列举 and 环节: values that are lists.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::numeral::with_figures;
use super::plain::{clean, settle};
use super::{pattern, words};

/// The normal form of an enumeration whose order says nothing: its parts, sorted, each once.
pub(super) fn normal(text: &str) -> String {
    let cleaned = clean(text);
    let listed = without_numbers(without_frame(
        LABEL.find(&cleaned).map_or(&*cleaned, |label| &cleaned[label.end()..]),
    ));
    let mut parts: Vec<String> = split(&listed)
        .into_iter()
        .map(|part| without_tail(&words::of_plain(&settle(part))).to_owned())
        .filter(|part| !part.is_empty() && part.chars().any(char::is_alphanumeric))
        .collect();
    parts.sort();
    parts.dedup();
    if parts.is_empty() { words::words(text) } else { parts.join("、") }
}

/// What the list is of, in front of it.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern("^(?:办理形式|办理方式|申请方式|服务对象|面向对象|通办范围|行使层级|主题分类):")
});

/// `(1)`, `(一)`, `1、` in front of words: what is in them counts, not where it stands.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)|\b\d{1,2}[、.)]) ?([\p{Han}--[一二三四五六七八九十两]])",
    )
});

/// The list without the brackets that a program printed around it.
fn without_frame(list: &str) -> &str {
    let inner = list.strip_prefix('(').and_then(|list| list.strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')']) && inner.contains([',', '、'])).unwrap_or(list)
}

/// Numbers in brackets count as separators where the list begins with one.
fn without_numbers(list: &str) -> Cow<'_, str> {
    let begins = ["(1)", "(一)", "1、", "1.", "1)"].iter().any(|first| list.starts_with(first));
    if begins { NUMBER.replace_all(list, "、$1") } else { Cow::Borrowed(list) }
}

/// 等 behind the last part names nothing; 全省通办 is 全省; 个人 is 自然人 in the words of the 实施清单.
fn without_tail(part: &str) -> &str {
    if part == "个人" {
        return "自然人";
    }
    let named = part
        .strip_suffix('等')
        .filter(|named| !named.ends_with(['高', '同', '平', '中', '初', '上', '相', '对']));
    let named = named.filter(|named| named.chars().count() >= 2).unwrap_or(part);
    named.strip_suffix("通办").filter(|area| area.starts_with('全')).unwrap_or(named)
}

/// The normal form of stages: in their order, whatever stands between them.
pub(super) fn stages(text: &str) -> String {
    let arrows = clean(text).replace("->", "→").replace("=>", "→");
    let parted = arrows.replace(['→', '>', '►', '▶', '▷', '➤', '↓', '⇓', '⬇', '↘'], ";");
    words::of_plain(&without_steps(&with_figures(&settle(&parted))))
}

static STEP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:第(\d{1,2})(?:步骤?|环节)|(?:步骤|环节)(\d{1,2}))[:、,]?"));

/// The stages without 第一步, 步骤2 …, where these count up from the beginning.
fn without_steps(text: &str) -> Cow<'_, str> {
    let number = |found: &Captures<'_>| {
        found.get(1).or(found.get(2)).and_then(|number| number.as_str().parse::<usize>().ok())
    };
    let numbers: Vec<Option<usize>> = STEP.captures_iter(text).map(|found| number(&found)).collect();
    let counts = (1..=numbers.len()).map(Some).eq(numbers.iter().copied());
    let begins = STEP.find(text).is_some_and(|first| first.start() == 0);
    if counts && begins { STEP.replace_all(text, ";") } else { Cow::Borrowed(text) }
}

/// The parts of a cleaned text, brackets kept together; 和 and its like part only what has two characters on both sides.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_u32;
    let mut start = 0;
    for (index, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '、' | ',' | ';' | '。' | '/' | '\\' | '+' | '|' | '\n' | ' ' | '·' if depth == 0 => {
                parts.push(&text[start..index]);
                start = index + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().flat_map(split_at_and).collect()
}

fn split_at_and(part: &str) -> Vec<&str> {
    for word in ["以及", "和", "及", "与"] {
        if let Some((left, right)) = part.split_once(word)
            && left.chars().count() >= 2
            && right.chars().count() >= 2
            && !part.contains('(')
        {
            return vec![left, right];
        }
    }
    vec![part]
}
