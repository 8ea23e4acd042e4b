//! The numbers and ornaments that list items begin with: they say where an item stands, not what it says.

use super::numeral::{digit_value, numeral};

/// Bullets, stars and separators with which a line may begin.
pub(super) fn is_ornament(character: char) -> bool {
    matches!(
        character,
        '★' | '☆'
            | '*'
            | '※'
            | '·'
            | '〇'
            | '■'
            | '□'
            | '◆'
            | '◇'
            | '▲'
            | '△'
            | '▪'
            | '▫'
            | '◎'
            | '►'
            | '▶'
            | '➤'
            | '✓'
            | '✔'
            | '√'
            | '☑'
            | ','
            | ';'
            | '、'
            | '。'
            | ':'
            | ' '
    )
}

/// The list number at the beginning of a cleaned text (`1.` `1、` `1)` `(1)` `一、` `(一)`) and what follows it.
/// `None` where the figures say something themselves: `1.5小时`, `1、2号窗口`, `一、二级`, `(2)号楼`, or nothing follows.
pub(super) fn marker(text: &str) -> Option<(u64, &str)> {
    let (bracketed, inner) = match text.strip_prefix('(') {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let figures_end = inner.find(|character: char| !is_figure(character))?;
    let figures = &inner[..figures_end];
    if figures.is_empty() || figures.chars().count() > 3 || figures.starts_with('0') {
        return None;
    }
    let after = &inner[figures_end..];
    let closing = after.chars().next()?;
    let rest = after[closing.len_utf8()..].trim_start();
    let next = rest.chars().next()?;
    let is_marker = match (bracketed, closing) {
        (true, ')') => !matches!(next, '号' | '楼' | '级'),
        (false, ')' | '.') => !next.is_ascii_digit(),
        (false, '、') => !continues_enumeration(figures, next),
        _ => false,
    };
    if !is_marker {
        return None;
    }
    numeral(figures).filter(|number| *number < 100).map(|number| (number, rest))
}

fn is_figure(character: char) -> bool {
    character.is_ascii_digit() || character == '十' || matches!(digit_value(character), Some(1..=9))
}

/// `1、2号` and `一、二级` enumerate values; `一、一次性` cannot.
fn continues_enumeration(figures: &str, next: char) -> bool {
    if figures.starts_with(|first: char| first.is_ascii_digit()) {
        next.is_ascii_digit()
    } else {
        is_figure(next) && !figures.ends_with(next)
    }
}
