//! Lists, sets and rows of materials in other dress and order.

use super::Style;
use super::figures::{chinese_number, chinese_numerals};
use crate::demo::guide::{Material, Value};

/// Whether a style arranges rows, rather than rewriting texts.
pub(super) fn is_of_rows(style: Style) -> bool {
    matches!(
        style,
        Style::Numbered
            | Style::ParenthesisedNumbers
            | Style::CircledNumbers
            | Style::ChineseParenthesisedNumbers
            | Style::ChineseNumbers
            | Style::Paragraph
            | Style::Semicolons
            | Style::Reversed
            | Style::Slashes
            | Style::Commas
            | Style::BookBrackets
            | Style::ChineseCopies
            | Style::BareCopies
            | Style::NeedWords
            | Style::FormWords
    )
}

/// Arranges the rows of a value.
pub(super) fn arrange(value: &mut Value, style: Style) {
    match style {
        Style::Reversed => reverse(value),
        Style::Slashes => value.text = value.text.replace('、', "/"),
        Style::Commas => value.text = value.text.replace('、', "，"),
        Style::Paragraph => join(value),
        Style::Semicolons => end_with_semicolons(value),
        Style::BookBrackets
        | Style::ChineseCopies
        | Style::BareCopies
        | Style::NeedWords
        | Style::FormWords => {
            value.materials.iter_mut().for_each(|material| reword(material, style));
        }
        _ => enumerate(value, style),
    }
}

fn reverse(value: &mut Value) {
    value.materials.reverse();
    let mut words: Vec<&str> = value.text.split('、').collect();
    words.reverse();
    value.text = words.join("、");
}

/// One paragraph with numbers instead of lines.
fn join(value: &mut Value) {
    enumerate(value, Style::Numbered);
    let lines = std::mem::take(&mut value.lines);
    if !lines.is_empty() {
        value.text = format!("{}。", lines.join("；"));
    }
}

fn end_with_semicolons(value: &mut Value) {
    let last = value.lines.len().saturating_sub(1);
    for (index, line) in value.lines.iter_mut().enumerate() {
        line.push(if index == last { '。' } else { '；' });
    }
}

fn reword(material: &mut Material, style: Style) {
    match style {
        Style::BookBrackets => {
            if material.kind == "证件证书证明" && !material.name.contains('《') {
                material.name = format!("《{}》", material.name);
            }
        }
        Style::ChineseCopies => material.copies = chinese_numerals(&material.copies),
        Style::BareCopies => material.copies = material.copies.replace('份', ""),
        Style::NeedWords => match material.need.as_str() {
            "必要" => "必须提供",
            "非必要" => "非必须",
            _ => "可容缺后补",
        }
        .clone_into(&mut material.need),
        _ => material.form = material.form.replace("纸质和电子", "电子、纸质"),
    }
}

fn enumerate(value: &mut Value, style: Style) {
    for (index, line) in value.lines.iter_mut().enumerate() {
        *line = format!("{}{line}", number(style, index));
    }
    for (index, material) in value.materials.iter_mut().enumerate() {
        material.name = format!("{}{}", number(style, index), material.name);
    }
}

fn number(style: Style, index: usize) -> String {
    match style {
        Style::Numbered => format!("{}. ", index + 1),
        Style::ParenthesisedNumbers => format!("（{}）", index + 1),
        Style::CircledNumbers => char::from_u32('①' as u32 + index as u32).unwrap_or('·').to_string(),
        Style::ChineseNumbers => format!("{}、", chinese_number(index + 1)),
        _ => format!("（{}）", chinese_number(index + 1)),
    }
}
