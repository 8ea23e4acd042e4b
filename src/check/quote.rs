//! Quoting pages in messages: short, on one line, cut around the place where the texts part.

use crate::text;

/// The longest quotation, in characters.
const LONGEST: usize = 60;

/// How much of the common beginning is kept before the place where texts part, in characters.
const LEAD: usize = 20;

/// One text, shortened from its end.
pub(super) fn quote(said: &str) -> String {
    cut(&one_line(said), 0)
}

/// Several texts, each cut to the window in which they part from each other.
pub(super) fn quote_apart(texts: &[&str]) -> Vec<String> {
    let lines: Vec<Vec<char>> = texts.iter().map(|said| one_line(said)).collect();
    let shared = shared_start(&lines);
    let all_short = lines.iter().all(|line| line.len() <= LONGEST);
    let start = if all_short { 0 } else { shared.saturating_sub(LEAD) };
    lines.iter().map(|line| cut(line, start)).collect()
}

fn shared_start(lines: &[Vec<char>]) -> usize {
    let Some((first, others)) = lines.split_first() else { return 0 };
    let parts_at = |at: &usize| others.iter().any(|line| line.get(*at) != first.get(*at));
    (0..first.len()).find(parts_at).unwrap_or(first.len())
}

fn one_line(said: &str) -> Vec<char> {
    let words: Vec<&str> = said.split_whitespace().collect();
    text::printable(&words.join(" ")).chars().collect()
}

fn cut(line: &[char], start: usize) -> String {
    let start = start.min(line.len());
    let end = line.len().min(start + LONGEST);
    let middle: String = line[start..end].iter().collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if end < line.len() { "…" } else { "" };
    format!("“{before}{middle}{after}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_quoted_whole_and_on_one_line() {
        assert_eq!(quote("周一至周五\n 8:30"), "“周一至周五 8:30”");
    }

    #[test]
    fn long_texts_are_cut_around_the_place_where_they_part() {
        let lead = "申请人应当具备下列条件".repeat(20);
        let quotes = quote_apart(&[&format!("{lead}满60周岁"), &format!("{lead}满65周岁")]);
        assert!(quotes[0].starts_with("“…") && quotes[0].ends_with("满60周岁”"), "{}", quotes[0]);
        assert!(quotes[1].contains("65"));
        assert!(quotes.iter().all(|quote| quote.chars().count() <= LONGEST + 4));
    }

    #[test]
    fn control_characters_of_a_page_never_reach_a_message() {
        assert!(!quote("a\u{202e}b\u{1b}[31m").contains(['\u{202e}', '\u{1b}']));
    }
}
