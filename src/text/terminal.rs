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

/// The text on lines of at most so many columns; what does not go on `lines` lines is left out with `…`. Breaks where the
/// columns end, as Chinese does, but not before a mark that may not begin a line.
#[must_use]
pub fn wrap(text: &str, columns: usize, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && wrapped.len() < lines {
        if wrapped.len() + 1 == lines {
            wrapped.push(fit(rest, columns));
            break;
        }
        let end = line_end(rest, columns);
        wrapped.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    if wrapped.is_empty() && lines > 0 {
        wrapped.push(String::new());
    }
    wrapped
}

/// Where a line of so many columns ends; at least one character is on it.
fn line_end(text: &str, columns: usize) -> usize {
    let mut end = 0;
    let mut used = 0;
    for (at, character) in text.char_indices() {
        used += width(character.encode_utf8(&mut [0; 4]));
        if used > columns && end > 0 {
            break;
        }
        end = at + character.len_utf8();
    }
    let hangs = text[end..].starts_with(|next| "，。；：、！？）》”’…,.;:!?)]}".contains(next));
    let carried = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    if hangs && carried > 0 { carried } else { end }
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

    #[test]
    fn lines_end_where_the_columns_do_but_never_before_a_full_stop() {
        assert_eq!(wrap("一二三四五", 4, 9), ["一二", "三四", "五"]);
        assert_eq!(wrap("一二。三", 4, 9), ["一", "二。", "三"]);
        assert_eq!(wrap("一二三四五", 4, 2), ["一二", "三…"]);
        assert_eq!(wrap("", 4, 2), [""]);
    }

    proptest! {
        #[test]
        fn wrapped_lines_fit_and_lose_nothing(text in "[一二三a，。 ]{0,60}", columns in 2_usize..20) {
            let lines = wrap(&text, columns, usize::MAX);
            prop_assert!(lines.iter().all(|line| width(line) <= columns));
            let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }

        #[test]
        fn what_is_fitted_fits(text in ".{0,40}", columns in 0_usize..30) {
            prop_assert!(width(&fit(&text, columns)) <= columns);
        }
    }
}
