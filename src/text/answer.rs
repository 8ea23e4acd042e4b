//! Short answers: yes or no, free or charged, how many times.

use std::sync::LazyLock;

use regex::Regex;

use super::numeral::{numeral, with_figures};
use super::plain::once;
use super::{money, pattern, plain, words};

/// 是/否 in the words that portals use; `None` when the text is neither, or says more than that.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    let bare = plain(text);
    let bare = bare.trim_matches(['(', ')', '"']);
    match bare.split_once('(') {
        // 是（支持）
        Some((said, again)) if yes_no_word(said).is_some() => {
            yes_no_word(said).filter(|answer| yes_no_word(again) == Some(*answer))
        }
        _ => yes_no_word(bare),
    }
}

/// What an answer may name beside saying yes or no: “支持预约”, “可以办理”.
const OBJECTS: [&str; 11] = [
    "网上预约",
    "在线预约",
    "预约",
    "网上办理",
    "在线办理",
    "网上支付",
    "在线支付",
    "办理",
    "物流快递",
    "快递",
    "邮寄",
];

fn yes_no_word(said: &str) -> Option<bool> {
    let stem = OBJECTS.iter().find_map(|object| said.strip_suffix(object)).unwrap_or(said);
    if stem != said
        && !matches!(
            stem,
            "支持"
                | "可"
                | "可以"
                | "能"
                | "提供"
                | "不支持"
                | "不可"
                | "不可以"
                | "不能"
                | "不提供"
                | "暂不支持"
        )
    {
        return None;
    }
    match stem {
        "是" | "支持" | "有" | "可" | "可以" | "能" | "需要" | "开通" | "已开通" | "已进驻" | "进驻"
        | "提供" | "允许" | "√" | "✓" | "✔" | "yes" | "y" | "true" | "1" => Some(true),
        "否" | "不支持" | "无" | "没有" | "不可" | "不可以" | "不能" | "不需要" | "未开通" | "暂不支持"
        | "未进驻" | "不进驻" | "不提供" | "不允许" | "非" | "不是" | "x" | "✗" | "✘" | "no" | "n"
        | "false" | "0" => Some(false),
        _ => None,
    }
}

static FREE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:本事项|该事项|此事项|办理|是否收费|收费标准|收费情况|收费)*:?(?:否|不收费|不收取(?:任何)?费用|不收取|不收|免费|免费办理|免收费|免收|无|无收费|无费用|无需缴费|无需收费|不需要?收费|不需要?缴费|零收费|0收费|0元(?:/[件次证份人本])?|0|不涉及收费|不涉及|暂不收费)(?:[,(](?:不收费|免费|0元)\\)?)?$",
    )
});

static CHARGED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:本事项|该事项)?是否收费:?)?(?:是|收费|需要?收费|需要?缴费|有收费|有偿|收取费用|要收费|是[,(]收费\)?)$",
    )
});

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d+(?:\.\d+)?)元"));

/// 是否收费: `Some(false)` for 否、不收费、免费、0元, `Some(true)` for 是、收费 or an amount; `None` when it says neither.
#[must_use]
pub fn fee(text: &str) -> Option<bool> {
    let bare = money::in_one_form(&with_figures(&once(text)));
    if FREE.is_match(&bare) {
        return Some(false);
    }
    if CHARGED.is_match(&bare) {
        return Some(true);
    }
    AMOUNT
        .captures_iter(&bare)
        .any(|found| found[1].parse().is_ok_and(|amount: f64| amount > 0.0))
        .then_some(true)
}

/// The normal form of 是否收费: 不收费, 收费, or the text with its amounts.
pub(super) fn fee_normal(text: &str) -> String {
    let bare = money::in_one_form(&with_figures(&once(text)));
    if FREE.is_match(&bare) {
        "不收费".to_owned()
    } else if CHARGED.is_match(&bare) {
        "收费".to_owned()
    } else {
        money::normal(text)
    }
}

/// Whether a plain text with figures says that nothing has to be paid.
pub(super) fn is_free(bare: &str) -> bool {
    FREE.is_match(bare)
}

/// Whether one side only says that there is a fee and the other one which.
pub(super) fn is_same_charge(left: &str, right: &str) -> bool {
    let is_bare = |text: &str| CHARGED.is_match(&once(text));
    fee(left) == Some(true) && fee(right) == Some(true) && (is_bare(left) || is_bare(right))
}

/// The normal form of 是/否.
pub(super) fn yes_no_normal(text: &str) -> String {
    match yes_no(text) {
        Some(true) => "是".to_owned(),
        Some(false) => "否".to_owned(),
        None => words::words(text),
    }
}

static TIMES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:最多|至多|需|需要|只需|仅需|到|办事|现场|窗口|大厅|跑动|跑|去|次数|份数|为|:)*(\d{1,4})(?:次|趟|份|套|张|个)?(?:\((?:次|份|最多)\))?$",
    )
});

static NEVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:(?:无需|无须|不需要?|不用|不必)(?:到|去|跑)?(?:办事)?(?:现场|大厅|窗口)(?:办理)?|不用到?跑|不用跑|无需跑动|无需到场|不跑|一次不跑|一次都不跑|1次不跑|1次都不跑|零跑动|0跑动|不见面办?理?)$",
    )
});

/// 次数 or 份数: “0次”, “零次”, “最多跑一次”, “1”, “壹份”; `None` when the text says anything else.
#[must_use]
pub fn count(text: &str) -> Option<u32> {
    let bare = with_figures(&once(text));
    if NEVER.is_match(&bare) {
        return Some(0);
    }
    let found = TIMES.captures(&bare)?;
    numeral(&found[1]).and_then(|number| u32::try_from(number).ok())
}

/// The normal form of a number of times or copies.
pub(super) fn count_normal(text: &str) -> String {
    count(text).map_or_else(|| words::words(text), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_and_charged_are_told_apart() {
        for text in ["否", "不收费", "免费", "无", "0元", "零元", "收费标准：不收费", "不收取费用", "0.00元"]
        {
            assert_eq!(fee(text), Some(false), "{text}");
        }
        for text in ["是", "收费", "10元", "￥10", "人民币十元", "收费，每证10元", "0元或10元"]
        {
            assert_eq!(fee(text), Some(true), "{text}");
        }
        for text in ["", "详见附件", "按规定"] {
            assert_eq!(fee(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_counted() {
        for (text, number) in [
            ("0次", 0),
            ("零次", 0),
            ("最多跑一次", 1),
            ("1", 1),
            ("壹份", 1),
            ("两次", 2),
            ("一次都不跑", 0),
            ("3（次）", 3),
        ] {
            assert_eq!(count(text), Some(number), "{text}");
        }
        assert_eq!(count("原件1份，复印件2份"), None);
    }
}
