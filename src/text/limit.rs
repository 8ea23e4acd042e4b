//! 办结时限: how long a matter may take.

use std::sync::LazyLock;

use regex::Regex;

use super::numeral::{numeral, with_figures};
use super::plain::once;
use super::{pattern, plain, words};

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
    /// 即办、当场办结, or nothing of any unit (“0个工作日”).
    Instant,
    /// 分钟.
    Minutes,
    /// 小时.
    Hours,
    /// 工作日.
    WorkingDays,
    /// 自然日, also 日 and 天 without another word, and seven for 周.
    CalendarDays,
    /// 个月, and twelve for 年.
    Months,
}

/// How many calendar days a working day takes on average (rule R01).
const CALENDAR_DAYS_A_WORKING_DAY: f64 = 1.4;

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(\d+(?:\.\d)?|半)个?\(?(半)?((?:工作日|天|日)\(工作日|(?:自然日|天|日)\(自然日|工作日|工作天|法定工作日|自然日|自然天|日历天|日历日|天|日|分钟|小时|钟头|周|星期|月|年)\)?",
    )
});

static INSTANT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:承诺件?|法定)?:?(?:即办件?|即办即结|即[来收到审报]即办|即时办[结理]?|即时办结件?|当场即?办[结理]?|当场|现场(?:即时)?办结|立等可取|立即办[结理]|马上办结?|随到随办|\\(?0个?(?:工作日|天|日)\\)?|[(),;、])+$",
    )
});

static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:自?(?:受理|正式受理|受理申请)之日起|法定|承诺件?|办结|办理|办件|时限|期限|时间|为|在|约?定|不超过|共|需|以内|之内|内|完成|作出(?:行政)?(?:许可|审批)?决定|[:,;、。()\s])*$",
    )
});

/// The time limit that a text states (“自受理之日起20个工作日内”, “五个工作日”, “20(工作日)”, “即办”); `None` when it states
/// none, or several that differ.
#[must_use]
pub fn limit(text: &str) -> Option<Limit> {
    let bare = plain(text);
    if is_instant(&bare) {
        return Some(Limit { tenths: 0, unit: LimitUnit::Instant });
    }
    let bare = with_figures(&bare);
    let mut found =
        AMOUNT.captures_iter(&bare).filter_map(|found| amount(&found[1], found.get(2).is_some(), &found[3]));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// Whether a text says nothing but that the matter is settled at once: not only a bracket, and not only “0日”.
fn is_instant(bare: &str) -> bool {
    bare.contains(['即', '当', '现', '立', '马', '随']) && INSTANT.is_match(bare)
}

fn amount(figures: &str, and_a_half: bool, unit: &str) -> Option<Limit> {
    let tenths = match figures.split_once('.') {
        _ if figures == "半" => 5,
        Some((whole, tenth)) => numeral(whole)?.checked_mul(10)?.checked_add(numeral(tenth)?)?,
        None => numeral(figures)?.checked_mul(10)?,
    };
    let tenths = u32::try_from(tenths).ok()?.checked_add(if and_a_half { 5 } else { 0 })?;
    let (unit, factor) = match unit {
        "分钟" if tenths > 0 && tenths % 600 == 0 => {
            return Some(Limit { tenths: tenths / 60, unit: LimitUnit::Hours });
        }
        "分钟" => (LimitUnit::Minutes, 1),
        "小时" | "钟头" => (LimitUnit::Hours, 1),
        "工作日" | "法定工作日" | "工作天" | "工作日(工作日" | "日(工作日" | "天(工作日" => {
            (LimitUnit::WorkingDays, 1)
        }
        "周" | "星期" => (LimitUnit::CalendarDays, 7),
        "月" => (LimitUnit::Months, 1),
        "年" => (LimitUnit::Months, 12),
        _ => (LimitUnit::CalendarDays, 1),
    };
    let tenths = tenths.checked_mul(factor)?;
    Some(if tenths == 0 { Limit { tenths, unit: LimitUnit::Instant } } else { Limit { tenths, unit } })
}

/// The normal form of a time limit: its amount and unit, when the value says nothing else.
pub(super) fn normal(text: &str) -> String {
    let bare = with_figures(&once(text));
    let rest = AMOUNT.replace_all(&bare, "");
    match limit(text) {
        Some(Limit { unit: LimitUnit::Instant, .. }) if is_instant(&bare) || FILLER.is_match(&rest) => {
            "即办".to_owned()
        }
        Some(limit) if FILLER.is_match(&rest) => written(limit),
        _ => words::of_plain(&bare),
    }
}

fn written(limit: Limit) -> String {
    let unit = match limit.unit {
        LimitUnit::Instant => return "即办".to_owned(),
        LimitUnit::Minutes => "分钟",
        LimitUnit::Hours => "小时",
        LimitUnit::WorkingDays => "工作日",
        LimitUnit::CalendarDays => "自然日",
        LimitUnit::Months => "月",
    };
    let (whole, tenth) = (limit.tenths / 10, limit.tenths % 10);
    if tenth == 0 { format!("{whole}{unit}") } else { format!("{whole}.{tenth}{unit}") }
}

/// Whether the first limit is no longer than the second. One working day is about 1.4 calendar days; `None` where the
/// units leave it open, so that nobody is accused of what a holiday decides.
#[must_use]
pub fn no_longer_than(first: &Limit, second: &Limit) -> Option<bool> {
    if first.unit == second.unit {
        return Some(first.tenths <= second.tenths);
    }
    if second.unit == LimitUnit::Instant || first.unit == LimitUnit::Instant {
        return Some(first.unit == LimitUnit::Instant);
    }
    let (shorter, longer) = (days(*first), days(*second));
    // Months are 28 to 31 days: there the likely length says nothing.
    let by_month = [first.unit, second.unit].contains(&LimitUnit::Months);
    if shorter.most <= longer.least || !by_month && shorter.likely <= longer.likely {
        Some(true)
    } else if shorter.least > longer.most {
        Some(false)
    } else {
        None
    }
}

/// Calendar days that a limit takes.
struct Days {
    least: f64,
    likely: f64,
    most: f64,
}

fn days(limit: Limit) -> Days {
    let amount = f64::from(limit.tenths) / 10.0;
    let exactly = |days: f64| Days { least: days, likely: days, most: days };
    match limit.unit {
        LimitUnit::Instant => exactly(0.0),
        LimitUnit::Minutes => exactly(amount / 1440.0),
        LimitUnit::Hours => exactly(amount / 24.0),
        LimitUnit::CalendarDays => exactly(amount),
        LimitUnit::WorkingDays => {
            let weekends = ((amount - 1.0) / 5.0).floor().max(0.0) * 2.0;
            let likely = amount * CALENDAR_DAYS_A_WORKING_DAY;
            Days { least: amount + weekends, likely, most: likely + 2.0 }
        }
        LimitUnit::Months => Days { least: amount * 28.0, likely: amount * 30.4, most: amount * 31.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn working(days: u32) -> Limit {
        Limit { tenths: days * 10, unit: LimitUnit::WorkingDays }
    }

    #[test]
    fn the_same_limit_is_read_in_every_writing() {
        for text in [
            "5个工作日",
            "五个工作日",
            "5工作日",
            " 5 (工作日)",
            "5（工作日）",
            "自受理之日起5个工作日内",
            "０5个工作日",
        ] {
            assert_eq!(limit(text), Some(working(5)), "{text}");
        }
        for text in ["即办", "当场办结", "0个工作日", "0 (工作日)", "即办件"] {
            assert_eq!(limit(text).map(|limit| limit.unit), Some(LimitUnit::Instant), "{text}");
        }
        assert_eq!(limit("1个月"), Some(Limit { tenths: 10, unit: LimitUnit::Months }));
        assert_eq!(limit("24小时"), Some(Limit { tenths: 240, unit: LimitUnit::Hours }));
        assert_eq!(limit("一年"), limit("12个月"));
    }

    #[test]
    fn two_different_limits_are_no_limit() {
        assert_eq!(limit("法定20个工作日，承诺5个工作日"), None);
        assert_eq!(limit("无"), None);
        assert_eq!(limit("(工作日)"), None);
    }

    #[test]
    fn limits_of_other_units_compare_only_where_it_is_sure() {
        let compare = |left: &str, right: &str| no_longer_than(&limit(left).unwrap(), &limit(right).unwrap());
        assert_eq!(compare("5工作日", "20工作日"), Some(true));
        assert_eq!(compare("20工作日", "5工作日"), Some(false));
        assert_eq!(compare("20工作日", "28自然日"), Some(true));
        assert_eq!(compare("30自然日", "15工作日"), Some(false));
        assert_eq!(compare("22自然日", "15工作日"), None);
        assert_eq!(compare("1个月", "30日"), None);
        assert_eq!(compare("1个月", "60日"), Some(true));
        assert_eq!(compare("即办", "1工作日"), Some(true));
        assert_eq!(compare("1小时", "即办"), Some(false));
    }
}
