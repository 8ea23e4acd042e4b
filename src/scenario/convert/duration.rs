//! `500ms`, `5s`, `2m`.

use std::time::Duration;

use crate::scenario::fault::Fault;
use crate::scenario::margin::Margin;
use crate::scenario::yaml::Written;

/// Nobody waits longer for one step.
const LONGEST: Duration = Duration::from_mins(10);

/// A length of time; `None` when it is none, which is then noted.
pub(super) fn duration(written: &Written<String>, margin: &mut Margin<'_>) -> Option<Duration> {
    let text = written.value.trim();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: Option<u64> = number.parse().ok();
    let duration = match (number, unit.trim()) {
        (Some(number), "ms") => Some(Duration::from_millis(number)),
        (Some(number), "s") => Some(Duration::from_secs(number)),
        (Some(number), "m") => number.checked_mul(60).map(Duration::from_secs),
        (Some(number), "") => {
            let fault = Fault::new(written.mark, format!("时间“{number}”没有写单位"));
            margin.wrong(fault.hint(format!("{number} 秒写成 {number}s，{number} 毫秒写成 {number}ms")));
            return None;
        }
        _ => None,
    };
    match duration {
        Some(duration) if duration.is_zero() => {
            margin.wrong(Fault::new(written.mark, "时间不能是 0"));
            None
        }
        Some(duration) if duration > LONGEST => {
            margin.wrong(Fault::new(written.mark, "等待时间太长").hint("最长 10m（10 分钟）"));
            None
        }
        Some(duration) => Some(duration),
        None => {
            let fault = Fault::new(written.mark, format!("“{text}”不是时间"));
            margin.wrong(fault.hint("写成 500ms（毫秒）、5s（秒）或 2m（分钟）"));
            None
        }
    }
}
