//! Texts that a page shows cut short (“具有取水申请书；具有水资…”) while the whole stands beside them: in an attribute, or in a
//! hidden twin.

use std::collections::HashMap;

use super::page::{Page, is_blank};

/// Attributes that hold the whole of a shortened text.
const HOLDERS: &[&str] =
    &["title", "data-title", "data-content", "data-full", "data-text", "data-original-title", "data-tip"];
/// How far up from a shortened run the attribute, and how many siblings on the twin, are looked for.
const REACH: usize = 3;
/// Fewer characters in front of the dots are no proof that two texts are one.
const SHORTEST: usize = 4;

/// The whole text of each shortened run; an empty one where a twin already says it.
pub(super) fn whole_texts(page: &Page<'_>) -> HashMap<usize, String> {
    let mut found = HashMap::new();
    for at in 0..page.len() {
        let node = page.node(at);
        if !node.is_text() {
            continue;
        }
        let Some(start) = shortened(&node.text) else { continue };
        if let Some(whole) = in_attribute(page, at, start) {
            found.insert(at, whole.to_owned());
        } else if has_twin(page, at, start) {
            found.insert(at, String::new());
        }
    }
    found
}

/// What stands in front of the dots that end a shortened text.
fn shortened(text: &str) -> Option<&str> {
    let text = text.trim_matches(is_blank);
    let start = text.strip_suffix("...").or_else(|| text.strip_suffix('…'))?;
    let start = start.trim_end_matches(['.', '…', ' ']);
    (start.chars().count() >= SHORTEST).then_some(start)
}

fn continues(whole: &str, start: &str) -> bool {
    let whole = whole.trim_start_matches(is_blank);
    whole.len() > start.len() && whole.starts_with(start) && shortened(whole).is_none()
}

fn in_attribute<'a>(page: &Page<'a>, at: usize, start: &str) -> Option<&'a str> {
    let mut here = at;
    for _ in 0..REACH {
        here = page.parent(here);
        let node = page.node(here);
        let whole = HOLDERS.iter().filter_map(|name| node.attr(name)).find(|whole| continues(whole, start));
        if whole.is_some() {
            return whole;
        }
    }
    None
}

/// Whether a neighbour of the run, or of what it stands in, begins with the same words and goes on.
fn has_twin(page: &Page<'_>, at: usize, start: &str) -> bool {
    let mut here = at;
    for _ in 0..REACH {
        let parent = page.parent(here);
        let twin = page.children(parent).take(12).filter(|&other| other != here).any(|other| {
            let first = (other..page.end(other)).take(12).find(|&inside| !page.node(inside).text.is_empty());
            first.is_some_and(|first| continues(&page.node(first).text, start))
        });
        if twin {
            return true;
        }
        here = parent;
    }
    false
}
