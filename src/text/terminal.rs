//! Text for a terminal: columns, and nothing that moves the cursor.

use unicode_width::UnicodeWidthStr;

/// The terminal columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text, shortened with `…` where needed, so that it takes at most so many columns.
#[must_use]
pub fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    // One column is for the dots. The width of a text is not always the sum of its characters' (joined emoji).
    let room = columns.saturating_sub(1);
    let ends = text.char_indices().map(|(index, _)| index).take(columns.saturating_mul(8));
    let end = ends.take_while(|end| width(&text[..*end]) <= room).last().unwrap_or(0);
    let mut kept = text[..end].to_owned();
    while width(&kept) > room {
        kept.pop();
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

/// The text without control characters, escape sequences' beginnings and bidirectional overrides; line breaks and tabs
/// become blanks.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => None,
            _ if character.is_control() => None,
            _ => Some(character),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(
            (width("办理a"), fit("办理地点", 8), fit("办理地点", 7)),
            (5, "办理地点".into(), "办理地…".into())
        );
        assert_eq!((fit("办理", 0), fit("办理", 1)), (String::new(), "…".into()));
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}b\nc"), "a[31mb c");
    }

    proptest! {
        #[test]
        fn what_is_fitted_fits(text in ".{0,40}", columns in 0_usize..30) {
            prop_assert!(width(&fit(&text, columns)) <= columns);
        }
    }
}
