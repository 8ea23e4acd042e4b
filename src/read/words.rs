//! Labels as written and labels as meant: decorations, numbering, colons and widths taken off.

use std::borrow::Cow;

use crate::text::simplified;

use super::noise::halve;
use super::page::{is_blank, is_ideograph};

const DECORATIONS: &str =
    "*★☆●○■□◆◇▪▶►▎▌┃|·•>»-—–#√✓▲▼◎※【】[]〖〗「」『』《》“”\"'‘’:;；。、,，.?？!~…﹀∨︾";

/// What stands around labels and says nothing.
pub(super) fn is_decoration(character: char) -> bool {
    !is_ideograph(character) && (DECORATIONS.contains(character) || is_pictograph(character))
}

/// A pictograph (“📍”, “✅”, “☎️”) or what modifies one.
pub(super) fn is_pictograph(character: char) -> bool {
    matches!(
        character,
        '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{2600}'..='\u{27bf}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{fe0f}'
            | '\u{20e3}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

/// How an enumerated line begins: which style of numbering, and which number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Enumerator {
    pub(super) style: Style,
    pub(super) number: u32,
    /// Bytes that it takes at the start of the (untrimmed) text.
    pub(super) width: usize,
}

/// 一、 （一） 1. （1） ①
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Chinese,
    ChineseBracketed,
    Arabic,
    ArabicBracketed,
    Circled,
    Ordinal,
}

/// The numbering that a text begins with.
pub(super) fn enumerator(text: &str) -> Option<Enumerator> {
    if text.chars().next().is_some_and(is_ordinary) {
        return None;
    }
    let skipped = text.len() - text.trim_start_matches(is_blank).len();
    let rest = &text[skipped..];
    let first = rest.chars().next()?;
    if let '①'..='⑳' = first {
        let number = first as u32 - '①' as u32 + 1;
        return Some(Enumerator { style: Style::Circled, number, width: skipped + first.len_utf8() });
    }
    let ordinal = first == '第';
    let bracketed = matches!(first, '(' | '（');
    let opening = if ordinal || bracketed { first.len_utf8() } else { 0 };
    let (number, digits, chinese) = numeral(&rest[opening..])?;
    let after = &rest[opening + digits..];
    let blanks = after.len() - after.trim_start_matches(' ').len();
    let after = if blanks <= 2 { &after[blanks..] } else { after };
    // “1️⃣”: a digit, perhaps a variation selector, and the frame of a key around it.
    let selected = if after.starts_with('\u{fe0f}') { '\u{fe0f}'.len_utf8() } else { 0 };
    let after = &after[selected..];
    let closing = after.chars().next()?;
    let closed = match closing {
        '\u{20e3}' => !bracketed && !ordinal,
        ')' | '）' => true,
        '步' | '条' | '项' | '章' | '部' => ordinal,
        '、' | '.' | '．' | ':' | '：' if !bracketed && !ordinal => {
            let next = after[closing.len_utf8()..].chars().next();
            let colon = matches!(closing, ':' | '：');
            let decimal = (colon || closing == '.') && next.is_some_and(|next| next.is_ascii_digit());
            !decimal && (!colon || chinese)
        }
        _ => false,
    };
    let style = match (ordinal, bracketed, chinese) {
        (true, ..) => Style::Ordinal,
        (_, true, true) => Style::ChineseBracketed,
        (_, true, false) => Style::ArabicBracketed,
        (_, _, true) => Style::Chinese,
        _ => Style::Arabic,
    };
    let blanks = if blanks <= 2 { blanks } else { 0 };
    closed.then(|| Enumerator {
        style,
        number,
        width: skipped + opening + digits + blanks + selected + closing.len_utf8(),
    })
}

/// A Chinese character that no numbering begins with: what nearly every text begins with.
pub(super) fn is_ordinary(first: char) -> bool {
    is_ideograph(first) && first != '第' && chinese_digit(first).is_none()
}

/// A small number at the start of a text: its value, its bytes, whether written in Chinese.
fn numeral(text: &str) -> Option<(u32, usize, bool)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        return text[..digits].parse().ok().map(|number| (number, digits, false));
    }
    let mut number = 0;
    let mut width = 0;
    for character in text.chars().take(3) {
        let Some(digit) = chinese_digit(character) else { break };
        number = match digit {
            10 => number.max(1) * 10,
            digit => number + digit,
        };
        width += character.len_utf8();
    }
    (width > 0).then_some((number, width, true))
}

fn chinese_digit(character: char) -> Option<u32> {
    Some(match character {
        '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

/// A character as it is meant: half width and simplified; nothing for white space.
pub(super) fn plain_letter(character: char) -> Option<char> {
    if is_ideograph(character) {
        return Some(simplified(character));
    }
    (!is_blank(character)).then(|| simplified(halve(character)))
}

/// A label as meant: half width, without white space, decorations, numbering at the start and a colon at the end.
pub(super) fn bare(label: &str) -> Cow<'_, str> {
    // Most labels are written as they are meant.
    let Some((meant, _)) = label.char_indices().find(|(_, letter)| plain_letter(*letter) != Some(*letter))
    else {
        return Cow::Borrowed(undecorated(label));
    };
    let mut plain = String::with_capacity(label.len());
    plain.push_str(&label[..meant]);
    plain.extend(label[meant..].chars().filter_map(plain_letter));
    let kept = undecorated(&plain);
    Cow::Owned(if kept.len() == plain.len() { plain } else { kept.to_owned() })
}

/// A plain label without decorations and numbering around it.
fn undecorated(plain: &str) -> &str {
    let mut rest = plain;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(is_decoration);
        if let Some(found) = enumerator(rest)
            && found.width < rest.len()
        {
            rest = &rest[found.width..];
        }
        if rest.len() == before {
            break;
        }
    }
    let rest = rest.trim_end_matches(is_decoration);
    rest.trim_start_matches(|character: char| character.is_ascii_digit() && rest.len() > 4 && is_index(rest))
}

/// “01受理条件”: a number in front of Chinese words.
fn is_index(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text[digits..].chars().all(|character| !character.is_ascii_digit())
}

/// A label without a remark in brackets at its end (“申请材料（共3份）”), when it has one.
pub(super) fn without_remark(bare: &str) -> Option<&str> {
    let open = bare.strip_suffix(')').and_then(|rest| rest.rfind('('))?;
    (open > 0).then(|| &bare[..open])
}

/// Whether a text ends the way a label does (“受理条件：”).
pub(super) fn ends_with_colon(text: &str) -> bool {
    text.trim_end_matches(is_blank).ends_with([':', '：'])
}

/// A value without the colon that its label left behind, and without blank edges.
pub(super) fn value(text: &str) -> &str {
    let trimmed = text.trim_matches(is_blank);
    trimmed.strip_prefix([':', '：']).unwrap_or(trimmed).trim_matches(is_blank)
}

/// A material's or stage's name without its number and decorations in front.
pub(super) fn unnumbered(text: &str) -> &str {
    let mut rest = text.trim_matches(is_blank);
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(|character: char| {
            "*★☆●○■□◆◇▪▶►•·※".contains(character) || is_pictograph(character) || is_blank(character)
        });
        if let Some(found) = enumerator(rest)
            && found.width < rest.len()
        {
            rest = &rest[found.width..];
        }
        if rest.len() == before {
            return rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_loses_its_decorations_numbers_and_widths() {
        for written in [
            "一、受理条件",
            "（二）受理条件：",
            "1.受理条件",
            "3、 受理条件",
            "①受理条件",
            "【受理条件】",
            "★受理条件*",
            "受\u{3000}理\u{a0}条 件：",
            "\u{200b}受理条件:",
            "■ 受理条件",
            "01 受理条件",
            "第三步：受理条件",
            "📌受理条件：",
            "☎️ 受理条件：",
            "1️⃣受理条件",
        ] {
            assert_eq!(bare(written), "受理条件", "{written}");
        }
        assert_eq!(bare("部门（单位）"), "部门(单位)");
    }

    #[test]
    fn a_number_that_belongs_to_the_text_is_no_enumerator() {
        assert_eq!(enumerator("8:30-12:00"), None);
        assert_eq!(enumerator("5个工作日"), None);
        assert_eq!(enumerator("1.5元"), None);
        assert_eq!(enumerator("十二、其他").map(|found| found.number), Some(12));
        assert_eq!(unnumbered("（3）居民户口簿"), "居民户口簿");
    }
}
