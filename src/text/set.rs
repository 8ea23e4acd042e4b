//! 列举 and 环节: values that are lists.

use super::plain::{clean, settle};
use super::words;

/// The normal form of an enumeration whose order says nothing: its parts, sorted, each once.
pub(super) fn normal(text: &str) -> String {
    let cleaned = clean(text);
    let mut parts: Vec<String> = split(&cleaned)
        .into_iter()
        .map(|part| words::of_plain(&settle(part)))
        .filter(|part| !part.is_empty() && part.chars().any(char::is_alphanumeric))
        .collect();
    parts.sort();
    parts.dedup();
    if parts.is_empty() { words::words(text) } else { parts.join("、") }
}

/// The normal form of stages: in their order, whatever stands between them.
pub(super) fn stages(text: &str) -> String {
    let arrows = clean(text).replace("->", "→").replace("=>", "→").replace(['→', '>'], ";");
    words::of_plain(&settle(&arrows))
}

/// The parts of a cleaned text, brackets kept together; 和 and its like part only what has two characters on both sides.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_u32;
    let mut start = 0;
    for (index, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '、' | ',' | ';' | '。' | '/' | '|' | '\n' | ' ' | '·' if depth == 0 => {
                parts.push(&text[start..index]);
                start = index + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().flat_map(split_at_and).collect()
}

fn split_at_and(part: &str) -> Vec<&str> {
    for word in ["和", "及", "与"] {
        if let Some((left, right)) = part.split_once(word)
            && left.chars().count() >= 2
            && right.chars().count() >= 2
            && !part.contains('(')
        {
            return vec![left, right];
        }
    }
    vec![part]
}
