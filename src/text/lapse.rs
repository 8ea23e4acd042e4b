//! A stretch of time as a person says it.

use std::time::Duration;

/// “500 毫秒”, “1.5 秒”, “10 秒”; below a second in whole milliseconds, else in seconds with at most one decimal.
#[must_use]
pub fn lapse(length: Duration) -> String {
    let millis = length.as_millis();
    match (millis / 1000, millis % 1000 / 100) {
        (0, _) => format!("{millis} 毫秒"),
        (seconds, 0) => format!("{seconds} 秒"),
        (seconds, tenths) => format!("{seconds}.{tenths} 秒"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_that_passes_reads_as_none() {
        let said = |millis| lapse(Duration::from_millis(millis));
        assert_eq!(said(1), "1 毫秒");
        assert_eq!(said(500), "500 毫秒");
        assert_eq!(said(1000), "1 秒");
        assert_eq!(said(1550), "1.5 秒");
        assert_eq!(said(90_000), "90 秒");
    }
}
