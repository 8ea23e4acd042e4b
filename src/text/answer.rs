//! Short answers: yes or no, free or charged, how many times.

use super::{numeral, plain};

/// 是/否 in the words that portals use; `None` when the text is neither.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "是" | "支持" | "有" | "yes" | "y" | "true" | "1" => Some(true),
        "否" | "不支持" | "无" | "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// 是否收费: `Some(false)` for 否、不收费、免费、0元, `Some(true)` for 是、收费 or an amount.
#[must_use]
pub fn fee(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "否" | "不收费" | "免费" | "无" | "0元" | "不收取费用" => Some(false),
        "是" | "收费" => Some(true),
        _ => None,
    }
}

/// 次数 or 份数: “0次”, “零次”, “最多跑一次”, “1”.
#[must_use]
pub fn count(text: &str) -> Option<u32> {
    let bare = plain(text);
    let bare = bare.trim_start_matches("最多跑").trim_end_matches(['次', '份']);
    numeral(bare).and_then(|number| u32::try_from(number).ok())
}
