//! The words of law and their plain substitutes.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::pattern;

use super::LegalTerm;

const LIST: &str = include_str!("legal_words.tsv");

/// What the list says about a word.
struct Entry {
    plain: &'static str,
    counted: bool,
}

struct Words {
    entries: HashMap<&'static str, Entry>,
    /// Any word of the list, the longest one first.
    any: Regex,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let entries: HashMap<&str, Entry> = LIST.lines().filter_map(entry).collect();
    let mut longest_first: Vec<&str> = entries.keys().copied().collect();
    longest_first.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    Words { any: pattern(&longest_first.join("|")), entries }
});

fn entry(line: &'static str) -> Option<(&'static str, Entry)> {
    let mut cells = line.split('\t').filter(|_| !line.starts_with('#'));
    let (word, plain, kind) = (cells.next()?, cells.next()?, cells.next()?);
    Some((word, Entry { plain, counted: kind == "counted" }))
}

/// How many words of law stand in a piece of prose.
pub(super) fn counted(prose: &str) -> usize {
    WORDS.any.find_iter(prose).filter(|found| WORDS.entries[found.as_str()].counted).count()
}

/// The words of law in a piece of prose for which there is a plain one, each once, in their order.
pub(super) fn terms(prose: &str) -> Vec<LegalTerm> {
    let mut terms: Vec<LegalTerm> = Vec::new();
    for found in WORDS.any.find_iter(prose) {
        let plain = WORDS.entries[found.as_str()].plain;
        if !plain.is_empty() && terms.iter().all(|term| term.word != found.as_str()) {
            terms.push(LegalTerm { word: found.as_str().to_owned(), plain: plain.to_owned() });
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_word_of_a_known_kind() {
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(matches!(cells[2], "counted" | "named" | "ordinary"), "{line}");
            assert!(!cells[0].is_empty() && (cells[2] != "named" || !cells[1].is_empty()), "{line}");
        }
    }

    #[test]
    fn a_word_of_law_inside_an_ordinary_word_does_not_count() {
        assert_eq!(counted("其他支持必须有文凭，平均保持"), 0);
        assert_eq!(counted("申请人应当依法取得"), 4);
        assert_eq!(counted("有效期届满"), 1, "the longest word only");
    }
}
