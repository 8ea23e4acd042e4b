//! Personal data in texts that are kept: identity numbers, mobile numbers, bank cards.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::pattern;

/// Runs of figures, also in groups of four or as 138 1234 5678; letters around them are looked at by hand. An escaped
/// character (`%B7`, `\u53f7`) is passed over whole: its figures are no part of the number after it.
static RUN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|[0-9０-９]{4}(?:[ -][0-9０-９]{4}){3}(?:[ -][0-9０-９]{1,3})?|1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}|[0-9０-９]+[XxＸｘ]?",
    )
});

/// Weights and check characters of GB 11643.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The text with personal numbers masked: identity numbers with a right check digit (`140****12`), mobile numbers
/// (`138****1234`), bank cards with a right Luhn sum (`6222****0123`). Codes, landlines and dates stay. Idempotent.
#[must_use]
pub fn mask(text: &str) -> String {
    if !text.contains(|character: char| character.is_ascii_digit() || ('０'..='９').contains(&character)) {
        return text.to_owned();
    }
    let mut escaped = 0;
    RUN.replace_all(text, |found: &Captures<'_>| {
        let whole = found.get(0).map_or(0..0, |whole| whole.range());
        if found[0].starts_with(['%', '\\']) {
            escaped = whole.end;
            return found[0].to_owned();
        }
        let from = if escaped == whole.start { escaped } else { 0 };
        if is_inside_code(&text[from..], whole.start - from, whole.end - from) {
            found[0].to_owned()
        } else {
            masked(&found[0])
        }
    })
    .into_owned()
}

/// What kind of number names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalNumber {
    /// 身份证号.
    Identity,
    /// 手机号.
    Mobile,
    /// 银行卡号.
    BankCard,
}

/// The personal numbers of a text, by the same rules as [`mask`], with the bytes that they fill.
#[must_use]
pub fn personal_numbers(text: &str) -> Vec<(Range<usize>, PersonalNumber)> {
    let runs = RUN.find_iter(text).filter(|run| !is_inside_code(text, run.start(), run.end()));
    runs.filter_map(|run| personal_number(run.as_str()).map(|kind| (run.range(), kind))).collect()
}

fn personal_number(run: &str) -> Option<PersonalNumber> {
    let figures: String = run.chars().filter_map(figure).collect();
    if is_identity(&figures) {
        Some(PersonalNumber::Identity)
    } else if is_mobile(figures.strip_prefix("86").unwrap_or(&figures)) {
        Some(PersonalNumber::Mobile)
    } else {
        is_bank_card(&figures).then_some(PersonalNumber::BankCard)
    }
}

/// Whether the run is a piece of something longer: a letter follows, or figures precede the letters before it (a code).
fn is_inside_code(text: &str, start: usize, end: usize) -> bool {
    let follows = text[end..].starts_with(|next: char| next.is_ascii_alphanumeric());
    let letters = text[..start].trim_end_matches(|last: char| last.is_ascii_alphabetic());
    let has_letters = letters.len() < start;
    follows || has_letters && letters.ends_with(|last: char| last.is_ascii_digit())
}

fn masked(run: &str) -> String {
    let figures: String = run.chars().filter_map(figure).collect();
    let shown =
        |first: usize, last: usize| format!("{}****{}", &figures[..first], &figures[figures.len() - last..]);
    if is_identity(&figures) {
        shown(3, 2)
    } else if is_mobile(&figures) {
        shown(3, 4)
    } else if let Some(national) = figures.strip_prefix("86").filter(|national| is_mobile(national)) {
        format!("86{}****{}", &national[..3], &national[7..])
    } else if is_bank_card(&figures) {
        shown(4, 4)
    } else {
        run.to_owned()
    }
}

fn figure(character: char) -> Option<char> {
    match character {
        '０'..='９' => char::from_u32(u32::from(character) - 0xfee0),
        'x' | 'X' | 'ｘ' | 'Ｘ' => Some('X'),
        _ if character.is_ascii_digit() => Some(character),
        _ => None,
    }
}

fn is_mobile(figures: &str) -> bool {
    figures.len() == 11
        && figures.starts_with('1')
        && figures[1..2].contains(|second: char| ('3'..='9').contains(&second))
        && !figures.ends_with('X')
}

fn is_identity(figures: &str) -> bool {
    let values: Vec<u32> = figures.chars().filter_map(|character| character.to_digit(10)).collect();
    if figures.len() != 18 || values.len() < 17 {
        return false;
    }
    let number =
        |from: usize, to: usize| values[from..to].iter().fold(0, |number, digit| number * 10 + digit);
    let is_born = (1850..=2100).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14));
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    is_born && figures.ends_with(CHECKS[(sum % 11) as usize])
}

/// 16 to 19 figures whose Luhn sum is right; cards begin with 3 to 6, time stamps and serial numbers mostly do not.
fn is_bank_card(figures: &str) -> bool {
    if !(16..=19).contains(&figures.len())
        || !figures.starts_with(['3', '4', '5', '6'])
        || figures.ends_with('X')
    {
        return false;
    }
    let sum: u32 = figures
        .chars()
        .rev()
        .filter_map(|character| character.to_digit(10))
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn personal_numbers_are_masked() {
        for (text, expected) in [
            ("身份证11010519491231002X。", "身份证110****2X。"),
            ("号码：１１０１０５１９４９１２３１００２Ｘ", "号码：110****2X"),
            ("电话13812341234，", "电话138****1234，"),
            ("138 1234 1234", "138****1234"),
            ("8613812341234", "86138****1234"),
            (r#"{"a":"\n13812341234"}"#, r#"{"a":"\n138****1234"}"#),
            ("卡号6222021234567890128", "卡号6222****0128"),
            ("?q=%E5%8F%B713812341234&x", "?q=%E5%8F%B7138****1234&x"),
            ("?tel%3A13812341234%2c", "?tel%3A138****1234%2c"),
            (r#"{"a":"\u53f713812341234"}"#, r#"{"a":"\u53f7138****1234"}"#),
        ] {
            assert_eq!(mask(text), expected, "{text}");
        }
    }

    #[test]
    fn codes_landlines_and_dates_stay() {
        for text in [
            "11440000006939756B2440101007000",
            "11440000006940116U244010200300101",
            "0356-2026101",
            "03562026101",
            "2026-11-23 02:00:00",
            "20261123020000",
            "110105194912310021",
            "12345",
            "TE440000GD030003VV",
        ] {
            assert_eq!(mask(text), text);
        }
    }

    proptest! {
        #[test]
        fn masking_twice_changes_nothing_more(text in "[0-9Xx *\\-a-c一]{0,60}|1[3-9][0-9]{9}|[0-9]{18,19}") {
            let once = mask(&text);
            prop_assert_eq!(mask(&once), once.clone());
        }
    }
}
