//! 办结时限: how long a matter may take.

use std::sync::LazyLock;

use regex::Regex;

use super::{numeral, plain};

/// 时限: an amount of time and its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limit {
    /// Tenths of a unit (“1.5个工作日” is 15), so that limits compare exactly.
    pub tenths: u32,
    /// The unit; [`LimitUnit::Instant`] has the amount 0.
    pub unit: LimitUnit,
}

/// The unit of a time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitUnit {
    /// 即办、当场办结.
    Instant,
    /// 分钟.
    Minutes,
    /// 小时.
    Hours,
    /// 工作日.
    WorkingDays,
    /// 自然日, also 日 and 天 without another word.
    CalendarDays,
    /// 个月.
    Months,
}

static SIMPLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([0-9]+|[零一二三四五六七八九十百]+)个?\(?(工作日|自然日|日|天|小时|月)").ok()
});

/// The time limit that a text states; `None` when it states none, or more than one.
#[must_use]
pub fn limit(text: &str) -> Option<Limit> {
    let bare = plain(text);
    if matches!(bare.as_str(), "即办" | "当场办结" | "即时办结") {
        return Some(Limit { tenths: 0, unit: LimitUnit::Instant });
    }
    let found = SIMPLE.as_ref()?.captures(&bare)?;
    let amount = u32::try_from(numeral(&found[1])?).ok()?.checked_mul(10)?;
    let unit = match &found[2] {
        _ if amount == 0 => LimitUnit::Instant,
        "工作日" => LimitUnit::WorkingDays,
        "小时" => LimitUnit::Hours,
        "月" => LimitUnit::Months,
        _ => LimitUnit::CalendarDays,
    };
    Some(Limit { tenths: amount, unit })
}

/// Whether the first limit is surely no longer than the second; `None` when that cannot be said.
#[must_use]
pub fn no_longer_than(left: &Limit, right: &Limit) -> Option<bool> {
    (left.unit == right.unit).then_some(left.tenths <= right.tenths)
}
