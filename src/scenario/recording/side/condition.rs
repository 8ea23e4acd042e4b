//! Conditions of blocks: without page code where that says exactly the same.

use super::super::names::variable;
use super::super::tree::{Map, one};
use super::text::{Words, quoted};

/// `when` or `script`, as `if` takes them.
pub(super) fn condition(raw: &str, words: &mut Words<'_>) -> Map {
    match plain(raw, words) {
        Some(expression) => one("when", expression),
        None => one("script", words.script(raw)),
    }
}

/// `while` or `while-script`, as `repeat` takes them.
pub(super) fn repeated(raw: &str, words: &mut Words<'_>) -> Map {
    match plain(raw, words) {
        Some(expression) => one("while", expression),
        None => one("while-script", words.script(raw)),
    }
}

/// The expression for a comparison of a kept value with a text in quotes, joined by `&&` or `||`; `true` and `false`.
fn plain(raw: &str, words: &Words<'_>) -> Option<String> {
    for (theirs, ours) in [("||", " or "), ("&&", " and ")] {
        if raw.contains(theirs) {
            let terms: Option<Vec<String>> = raw.split(theirs).map(|term| plain(term, words)).collect();
            return terms.map(|terms| terms.join(ours));
        }
    }
    let raw = raw.trim();
    if matches!(raw, "true" | "false") {
        return Some(raw.to_owned());
    }
    let (left, operator, right) = ["===", "!==", "==", "!="]
        .iter()
        .find_map(|operator| raw.split_once(operator).map(|(left, right)| (left, *operator, right)))?;
    let name =
        left.trim().strip_prefix("${")?.strip_suffix('}').filter(|name| words.known.contains(*name))?;
    let text = inside_quotes(right.trim())?;
    // `5 == "5"` holds in JavaScript only.
    if operator.len() == 2 && text.trim().parse::<f64>().is_ok() {
        return None;
    }
    let operator = if operator.starts_with('!') { "!=" } else { "==" };
    Some(format!("{} {operator} {}", variable(name), quoted(text)))
}

fn inside_quotes(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains([quote, '\\', '$'])).then_some(inner)
}
