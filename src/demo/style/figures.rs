//! Numbers, limits and money in other dress.

use super::Style;
use regex::{Captures, Regex};

/// The text in this style; `None` when the style is not one of figures.
pub(super) fn rewritten(text: &str, style: Style) -> Option<String> {
    Some(match style {
        Style::WithoutClassifier => text.replace("个工作日", "工作日"),
        Style::ChineseNumerals => chinese_numerals(text),
        Style::SpacedNumbers => text.replace("个工作日", " 个工作日"),
        Style::FullWidthDigits => text.chars().map(full_width_digit).collect(),
        Style::Within => if_limit(text, |days| format!("{days}个工作日内")),
        Style::BracketedUnit => if_limit(text, |days| format!("{days}(工作日)")),
        Style::SinceAcceptance => if_limit(text, |days| format!("自受理之日起{days}个工作日内")),
        Style::AtOnce => text.replace("即办", "当场办结"),
        Style::YuanSign => replaced(text, r"(\d+)元", |found| format!("¥{}", &found[1])),
        Style::Decimals => replaced(text, r"(\d+)元", |found| format!("{}.00元", &found[1])),
        Style::PerPiece => replaced(text, r"每证(\d+)元", |found| format!("{}元/证", &found[1])),
        Style::FeeWords => fee_word(text, "不收费"),
        Style::FreeOfCharge => fee_word(text, "免费"),
        Style::ZeroYuan => fee_word(text, "0元"),
        Style::NoCharge => fee_word(text, "不收取费用"),
        Style::BareNumber => text.replace('次', ""),
        _ => return None,
    })
}

fn if_limit(text: &str, written: impl Fn(&str) -> String) -> String {
    text.strip_suffix("个工作日").map_or_else(|| text.to_owned(), written)
}

/// Replaces what a pattern finds; the patterns are constants and compile.
pub(super) fn replaced(text: &str, pattern: &str, written: impl Fn(&Captures<'_>) -> String) -> String {
    Regex::new(pattern)
        .map_or_else(|_| text.to_owned(), |pattern| pattern.replace_all(text, written).into_owned())
}

fn full_width_digit(character: char) -> char {
    match character.to_digit(10) {
        Some(digit) => char::from_u32('０' as u32 + digit).unwrap_or(character),
        None => character,
    }
}

fn fee_word(text: &str, free: &str) -> String {
    match text {
        "否" => free.to_owned(),
        "是" => "收费".to_owned(),
        other => other.to_owned(),
    }
}

/// Writes the first number (below a hundred) in Chinese.
pub(super) fn chinese_numerals(text: &str) -> String {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    match digits.parse::<usize>() {
        Ok(number) if number < 100 => format!("{}{}", chinese_number(number), &text[digits.len()..]),
        _ => text.to_owned(),
    }
}

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number below a hundred in Chinese characters.
pub(crate) fn chinese_number(number: usize) -> String {
    let (tens, ones) = (number / 10 % 10, number % 10);
    let tail = if ones == 0 { "" } else { DIGITS[ones] };
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{tail}"),
        _ => format!("{}十{tail}", DIGITS[tens]),
    }
}

/// The number below a hundred that Chinese characters write, `None` when they write another one or none.
pub(super) fn arabic_number(text: &str) -> Option<usize> {
    (1..100).find(|&number| chinese_number(number) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_are_read_back() {
        for number in 1..100 {
            assert_eq!(arabic_number(&chinese_number(number)), Some(number));
        }
        assert_eq!(arabic_number("一千零四十九"), None);
    }
}
