//! The normal form of free text, and the pieces that the other sorts build on.

use super::numeral::with_figures;
use super::plain::once;
use super::{date, measure};

/// Free text: the plain form with numbers in figures, dates in one form, and no punctuation but what stands between
/// figures or changes a meaning.
pub(super) fn words(text: &str) -> String {
    of_plain(&once(text))
}

/// [`words`] of what is plain already.
pub(super) fn of_plain(text: &str) -> String {
    let figures = with_figures(&measure::one_word(text));
    let dates = date::in_one_form(&figures);
    without_punctuation(&measure::in_one_form(&dates))
}

/// Drops separators, brackets and quotation marks. Where both neighbours are figures or Latin letters one `|` stays, so
/// that `1、2` never becomes 12.
fn without_punctuation(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut gap = false;
    for (index, character) in characters.iter().copied().enumerate() {
        if is_dropped(&characters, index) {
            gap = true;
            continue;
        }
        if gap
            && character.is_ascii_alphanumeric()
            && kept.ends_with(|last: char| last.is_ascii_alphanumeric())
        {
            kept.push('|');
        }
        gap = false;
        push_with_units(&mut kept, character, &characters[index + 1..]);
    }
    if kept.is_empty() { text.to_owned() } else { kept }
}

/// `5个工作日` and `5工作日`, `3至5` and `3-5` are the same.
fn push_with_units(kept: &mut String, character: char, rest: &[char]) {
    let after_figure = kept.ends_with(|last: char| last.is_ascii_digit());
    let next = rest.first().copied().unwrap_or(' ');
    match character {
        '个' if after_figure && matches!(next, '工' | '自' | '小' | '月') => {}
        '至' | '到' | '~' if (after_figure || ends_in_date(kept)) && next.is_ascii_digit() => {
            kept.push('-');
        }
        '*' if after_figure && next.is_ascii_digit() => kept.push('x'),
        _ => kept.push(character),
    }
}

/// `1月至3月`.
fn ends_in_date(kept: &str) -> bool {
    let mut last = kept.chars().rev();
    last.next().is_some_and(|unit| matches!(unit, '年' | '月' | '日' | '号' | '时'))
        && last.next().is_some_and(|figure| figure.is_ascii_digit())
}

fn is_dropped(characters: &[char], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| characters.get(before));
    let after = characters.get(index + 1);
    let is_word = |near: Option<&char>| near.is_some_and(char::is_ascii_alphanumeric);
    let is_figure = |near: Option<&char>| near.is_some_and(char::is_ascii_digit);
    match characters[index] {
        ',' | ';' | '、' | '。' | '(' | ')' | '"' | '《' | '》' | '·' | '!' | '?' | '…' | ' ' | '|' => {
            true
        }
        '.' | ':' => !(is_word(before) && is_word(after)),
        '-' | '~' => !(is_figure(after) || is_word(before) && is_word(after)),
        _ => false,
    }
}

/// Whether there is surely nothing more to fold in a form: it has no numerals, no punctuation, no letters, and no character
/// of a word that another pass would write differently (其它, 平米, 3年, 5个, 1至3).
pub(super) fn is_final(form: &str) -> bool {
    const REWRITTEN: &str = "它陆分斤里年月日号元圆块个至到米吋级类";
    form.chars().all(|character| {
        character.is_ascii_digit()
            || super::is_han(character)
                && !super::numeral::is_numeral(character)
                && !REWRITTEN.contains(character)
    })
}

/// A text without anything invisible or blank, otherwise as it is; full width folded.
pub(super) fn visible(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    super::markup::without(text).nfkc().filter(|character| !super::plain::is_unseen(*character)).collect()
}
