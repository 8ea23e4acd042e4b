//! Reads character references: `&nbsp;`, `&#20107;`, `&copy` (HTML standard §13.2.5.72 to §13.2.5.80).

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use html5ever::tendril::StrTendril;
use memchr::memchr;

/// Longer than any name.
const LONGEST_NAME: usize = 40;

/// A text with its references read, as text or as an attribute's value.
pub(super) fn read(text: StrTendril, attribute: bool) -> StrTendril {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return text };
    let mut out = StrTendril::with_capacity(text.len32());
    let mut rest = &text[..];
    let mut next = Some(first);
    while let Some(at) = next {
        out.push_slice(&rest[..at]);
        rest = &rest[at + 1..];
        match one(rest, attribute) {
            Some(Reference { letters: [first, second], length }) => {
                out.push_char(first);
                if second != '\0' {
                    out.push_char(second);
                }
                rest = &rest[length..];
            }
            None => out.push_char('&'),
        }
        next = memchr(b'&', rest.as_bytes());
    }
    out.push_slice(rest);
    out
}

/// What a reference means (the second letter may be a null, for none), and how long it is without its `&`.
struct Reference {
    letters: [char; 2],
    length: usize,
}

/// The reference behind a `&`, if it is one.
fn one(rest: &str, attribute: bool) -> Option<Reference> {
    match rest.as_bytes().first()? {
        b'#' => numeric(&rest.as_bytes()[1..]),
        first if first.is_ascii_alphanumeric() => named(rest, attribute),
        _ => None,
    }
}

fn numeric(said: &[u8]) -> Option<Reference> {
    let (base, prefix) = if matches!(said.first(), Some(b'x' | b'X')) { (16, 1) } else { (10, 0) };
    let digits = said[prefix..].iter().map_while(|byte| char::from(*byte).to_digit(base));
    // Anything above the last letter there is means the same.
    let (number, count) = digits.fold((0_u32, 0), |(number, count), digit| {
        ((number * base + digit).min(1 + u32::from(char::MAX)), count + 1)
    });
    if count == 0 {
        return None;
    }
    let end = prefix + count;
    let semicolon = usize::from(said.get(end) == Some(&b';'));
    Some(Reference { letters: [letter(number), '\0'], length: 1 + end + semicolon })
}

/// The letter that a number stands for: old pages mean those of Windows by 0x80 to 0x9f.
fn letter(number: u32) -> char {
    let windows = number.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize).copied().flatten());
    windows
        .or_else(|| char::from_u32(number).filter(|letter| *letter != '\0'))
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The longest name that the text begins with. In a value, `&copy=1` is part of an address.
fn named(rest: &str, attribute: bool) -> Option<Reference> {
    let bytes = rest.as_bytes();
    let whole = bytes.iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if bytes.get(whole) == Some(&b';')
        && let Some(found) = known(rest, whole + 1)
    {
        return Some(found);
    }
    let found = (1..=whole).rev().find_map(|length| known(rest, length))?;
    let after = bytes.get(found.length).copied().unwrap_or_default();
    (!attribute || !(after == b'=' || after.is_ascii_alphanumeric())).then_some(found)
}

fn known(rest: &str, length: usize) -> Option<Reference> {
    let (first, second) = NAMED_ENTITIES.get(&rest[..length]).copied()?;
    let letters = [char::from_u32(first)?, char::from_u32(second)?];
    (first != 0).then_some(Reference { letters, length })
}
