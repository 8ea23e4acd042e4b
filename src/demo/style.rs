//! The ways of writing the same thing: numbers, telephones, hours, lists, punctuation.

use super::guide::Value;
use regex::Regex;
use serde::Deserialize;

/// A way of writing that changes no meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Style {
    WithoutClassifier,
    ChineseNumerals,
    SpacedNumbers,
    FullWidthDigits,
    DashPhone,
    ParenthesisedPhone,
    SpacedPhone,
    FeeWords,
    FreeOfCharge,
    ZeroYuan,
    YuanSign,
    HalfPast,
    StarWeek,
    WorkingDays,
    WaveDash,
    WithProvince,
    WithoutCity,
    Numbered,
    ParenthesisedNumbers,
    CircledNumbers,
    ChineseParenthesisedNumbers,
    TrailingStops,
    NonBreakingSpaces,
    ZeroWidth,
    Reversed,
    BookBrackets,
    ChineseCopies,
    Slashes,
    BareNumber,
    HalfWidthPunctuation,
    FullWidthBrackets,
}

/// Dresses everything that an element says.
pub(crate) fn dress(value: &mut Value, style: Style) {
    match style {
        Style::Reversed => reverse(value),
        Style::Numbered
        | Style::ParenthesisedNumbers
        | Style::CircledNumbers
        | Style::ChineseParenthesisedNumbers => enumerate(value, style),
        Style::BookBrackets => value
            .materials
            .iter_mut()
            .filter(|material| material.kind == "证件证书证明" && !material.name.contains('《'))
            .for_each(|material| material.name = format!("《{}》", material.name)),
        Style::ChineseCopies => value
            .materials
            .iter_mut()
            .for_each(|material| material.copies = chinese_numerals(&material.copies)),
        _ => {
            rewrite(&mut value.text, style);
            value.lines.iter_mut().for_each(|line| rewrite(line, style));
            value.questions.iter_mut().for_each(|question| rewrite(&mut question.answer, style));
        }
    }
}

fn rewrite(text: &mut String, style: Style) {
    if !text.is_empty() {
        *text = rewritten(text, style);
    }
}

fn rewritten(text: &str, style: Style) -> String {
    match style {
        Style::WithoutClassifier => text.replace("个工作日", "工作日"),
        Style::ChineseNumerals => chinese_numerals(text),
        Style::SpacedNumbers => text.replace("个工作日", " 个工作日"),
        Style::FullWidthDigits => text.chars().map(full_width_digit).collect(),
        Style::DashPhone => text.replace('-', "—"),
        Style::ParenthesisedPhone => text.replace("0356-", "（0356）"),
        Style::SpacedPhone => text.replace("0356-", "0356 "),
        Style::FeeWords => fee_word(text, "不收费"),
        Style::FreeOfCharge => fee_word(text, "免费"),
        Style::ZeroYuan => fee_word(text, "0元"),
        Style::YuanSign => yuan_sign(text),
        Style::HalfPast => text.replace(":30", "时30分").replace(":00", "时"),
        Style::StarWeek => text.replace('周', "星期"),
        Style::WorkingDays => text.replace("周一至周五", "工作日"),
        Style::WaveDash => text.replace('—', "～"),
        Style::WithProvince => format!("山西省{text}"),
        Style::WithoutCity => text.strip_prefix("晋城市").unwrap_or(text).to_owned(),
        Style::TrailingStops => format!("{}。", text.trim_end_matches('。')),
        Style::NonBreakingSpaces => format!("\u{a0}{}\u{a0}", text.replace('，', "，\u{a0}")),
        Style::ZeroWidth => zero_width(text),
        Style::Slashes => text.replace('、', "/"),
        Style::BareNumber => text.replace('次', ""),
        Style::HalfWidthPunctuation => half_width(text),
        Style::FullWidthBrackets => text.replace('(', "（").replace(')', "）"),
        _ => text.to_owned(),
    }
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

fn yuan_sign(text: &str) -> String {
    Regex::new(r"(\d+)元").map_or_else(|_| text.to_owned(), |yuan| yuan.replace_all(text, "¥$1").into_owned())
}

fn half_width(text: &str) -> String {
    [('，', ","), ('；', ";"), ('：', ":"), ('（', "("), ('）', ")")]
        .into_iter()
        .fold(text.to_owned(), |text, (full, half)| text.replace(full, half))
}

fn zero_width(text: &str) -> String {
    text.chars()
        .enumerate()
        .flat_map(|(index, character)| (index % 9 == 8).then_some('\u{200b}').into_iter().chain([character]))
        .collect()
}

/// Writes the first number (below a hundred) in Chinese.
fn chinese_numerals(text: &str) -> String {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    match digits.parse::<usize>() {
        Ok(number) if number < 100 => format!("{}{}", chinese_number(number), &text[digits.len()..]),
        _ => text.to_owned(),
    }
}

/// A number below a hundred in Chinese characters.
pub(crate) fn chinese_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, number % 10);
    let tail = if ones == 0 { "" } else { DIGITS[ones] };
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{tail}"),
        _ => format!("{}十{tail}", DIGITS[tens]),
    }
}

fn reverse(value: &mut Value) {
    value.materials.reverse();
    let mut words: Vec<&str> = value.text.split('、').collect();
    words.reverse();
    value.text = words.join("、");
}

fn enumerate(value: &mut Value, style: Style) {
    let number = |index: usize| match style {
        Style::Numbered => format!("{}. ", index + 1),
        Style::ParenthesisedNumbers => format!("（{}）", index + 1),
        Style::CircledNumbers => char::from_u32('①' as u32 + index as u32).unwrap_or('·').to_string(),
        _ => format!("（{}）", chinese_number(index + 1)),
    };
    for (index, line) in value.lines.iter_mut().enumerate() {
        *line = format!("{}{line}", number(index));
    }
    for (index, material) in value.materials.iter_mut().enumerate() {
        material.name = format!("{}{}", number(index), material.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(text: &str, style: Style) -> String {
        let mut value = Value::text(text);
        dress(&mut value, style);
        value.text
    }

    #[test]
    fn twenty_working_days_are_written_in_several_ways() {
        assert_eq!(dressed("20个工作日", Style::ChineseNumerals), "二十个工作日");
        assert_eq!(dressed("20个工作日", Style::WithoutClassifier), "20工作日");
        assert_eq!(dressed("12个工作日", Style::FullWidthDigits), "１２个工作日");
    }

    #[test]
    fn an_empty_element_stays_empty() {
        assert_eq!(dressed("", Style::TrailingStops), "");
    }
}
