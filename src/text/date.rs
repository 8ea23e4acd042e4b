//! 日期: one form for all the ways to write a day.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::plain::once;
use super::{pattern, words};

static DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"((?:19|20)\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(日|号)?"));

/// The normal form of a value that is a date: `2024-01-05`; other words around it stay.
pub(super) fn normal(text: &str) -> String {
    let bare = once(text).replace("年元月", "年1月");
    let days = MIDNIGHT.replace(&bare, "");
    let days = COMPACT.replace(&days, "$1-$2-$3");
    words::of_plain(&MONTH.replace_all(&days, "年${1}月"))
}

/// The time of day that a program added.
static MIDNIGHT: LazyLock<Regex> = LazyLock::new(|| pattern(r"[ t]?00:00(?::00)?(?:\.0+)?$"));

static COMPACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)$"));

static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"年0([1-9])月"));

/// Writes every full date of a plain text as `2024-01-05`. What is no day of the calendar, or stands inside a longer
/// number, stays.
pub(super) fn in_one_form(text: &str) -> String {
    if !DAY.is_match(text) {
        return text.to_owned();
    }
    DAY.replace_all(text, |found: &Captures<'_>| {
        let whole = found.get(0).map_or(0..0, |whole| whole.range());
        let number = |index: usize| found[index].parse::<u32>().unwrap_or(0);
        let (month, day) = (number(2), number(3));
        let inside = text[..whole.start].ends_with(is_joined) || text[whole.end..].starts_with(is_joined);
        if inside || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            found[0].to_owned()
        } else {
            format!("{}-{month:02}-{day:02}", &found[1])
        }
    })
    .into_owned()
}

fn is_joined(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '/')
}
