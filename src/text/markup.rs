//! HTML that was meant for the browser and came out as text: entities (also encoded twice) and tags.

use std::borrow::Cow;

/// The entities that portals leave behind, with what they stand for.
const ENTITIES: [(&str, char); 26] = [
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("shy", '\u{ad}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("middot", '·'),
    ("bull", '•'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("hellip", '…'),
    ("times", '×'),
    ("deg", '°'),
    ("yen", '¥'),
    ("ge", '≥'),
    ("le", '≤'),
];

/// Tags that break a line.
const BLOCKS: [&str; 16] =
    ["br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt"];

/// Tags that only dress a word.
const INLINES: [&str; 17] = [
    "span", "b", "strong", "em", "i", "u", "font", "a", "td", "th", "tbody", "thead", "sup", "sub", "img",
    "o:p", "wbr",
];

/// Longest entity or tag that is looked for, in bytes.
const LONGEST: usize = 400;

/// How often decoded text is decoded again: `&amp;amp;nbsp;` needs one pass, hostile text ends here.
const PASSES: usize = 6;

/// The text without entities and tags.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    if !has_markup(text) {
        return Cow::Borrowed(text);
    }
    let mut current = text.to_owned();
    for _ in 0..PASSES {
        let next = pass(&current);
        if next == current || !has_markup(&next) {
            return Cow::Owned(next);
        }
        current = next;
    }
    Cow::Owned(current)
}

fn has_markup(text: &str) -> bool {
    text.contains(['&', '<', '＆', '＜', '﹠', '﹤'])
}

/// One pass. What was decoded is looked at together with what follows it, so that `&amp;amp;` ends as `&`.
fn pass(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    for character in text.chars() {
        let character = half_width(character);
        decoded.push(character);
        match character {
            ';' => replace_entity(&mut decoded),
            '>' => replace_tag(&mut decoded),
            _ => {}
        }
    }
    decoded
}

/// Markup in full width is markup; nothing else may be folded before it is looked at.
fn half_width(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '﹠' => '&',
        '﹤' => '<',
        '﹥' => '>',
        '﹔' => ';',
        '﹟' => '#',
        _ => character,
    }
}

fn replace_entity(decoded: &mut String) {
    let Some(start) = last_within(decoded, '&', 12) else { return };
    let name = &decoded[start + 1..decoded.len() - 1];
    if let Some(character) = entity(name) {
        decoded.truncate(start);
        decoded.push(character);
    }
}

/// What an entity's name stands for.
pub(super) fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| *character != '\0');
    }
    ENTITIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, character)| *character)
}

fn replace_tag(decoded: &mut String) {
    let Some(start) = last_within(decoded, '<', LONGEST) else { return };
    let inner = decoded[start + 1..decoded.len() - 1].trim_start_matches('/').to_ascii_lowercase();
    let name = inner.split([' ', '/', '\n', '\t']).next().unwrap_or_default();
    let replacement = if BLOCKS.contains(&name) {
        "\n"
    } else if INLINES.contains(&name) {
        ""
    } else {
        return;
    };
    decoded.truncate(start);
    decoded.push_str(replacement);
}

/// Byte index of the last such (ASCII) character among the last bytes of a text.
fn last_within(text: &str, wanted: char, bytes: usize) -> Option<usize> {
    let first = text.len().saturating_sub(bytes);
    text.as_bytes()[first..].iter().rposition(|byte| char::from(*byte) == wanted).map(|found| first + found)
}
