//! 证据: the way to what was kept of the pages, and what stands around one spot of a page.

use crate::model::{Capture, Outcome, Rect, Snapshot, Visit};

use super::wording::{clean, clip};

/// What a report is made of.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// What the run came to.
    pub outcome: &'a Outcome,
    /// The way to its evidence.
    pub evidence: &'a dyn Evidence,
}

/// The way to the evidence of a run. What is not there any more is `None`; a report is made all the same.
pub trait Evidence {
    /// The capture with this id.
    fn capture(&self, id: &str) -> Option<Capture>;
    /// The bytes of its picture (PNG or JPEG).
    fn screenshot(&self, capture: &Capture) -> Option<Vec<u8>>;
    /// Its page.
    fn snapshot(&self, capture: &Capture) -> Option<Snapshot>;
    /// The visits themselves, in the order of their names.
    fn visits(&self) -> &[Visit] {
        &[]
    }
    /// The bytes of a picture of a step, by its name.
    fn picture(&self, _name: &str) -> Option<Vec<u8>> {
        None
    }
}

/// No evidence at all: for an outcome whose evidence folder was cleared away.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoEvidence;

impl Evidence for NoEvidence {
    fn capture(&self, _id: &str) -> Option<Capture> {
        None
    }

    fn screenshot(&self, _capture: &Capture) -> Option<Vec<u8>> {
        None
    }

    fn snapshot(&self, _capture: &Capture) -> Option<Snapshot> {
        None
    }
}

/// The address of an evidence file as seen from the report folder; `None` for a name that could lead elsewhere.
pub(super) fn file_link(name: &str) -> Option<String> {
    let harmless =
        |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_file_character);
    (name.len() <= 240 && name.split('/').all(harmless)).then(|| format!("../evidence/{name}"))
}

fn is_file_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// The kept file that shows a capture best, as seen from the report folder: its picture, else its page.
pub(super) fn best_file(capture: &Capture) -> Option<String> {
    capture.screenshot.as_deref().and_then(file_link).or_else(|| file_link(&capture.snapshot))
}

/// Where on a page something stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    /// What stands there and around it.
    pub(super) words: String,
    /// Its box in CSS pixels, where the page was painted.
    pub(super) rect: Option<Rect>,
    /// Width of the whole page in CSS pixels; zero when unknown.
    pub(super) page_width: f32,
}

/// Enough words to find the place again.
const WORDS: usize = 60;

impl Spot {
    /// The spot of a node; `None` when the page has no such node.
    pub(super) fn of(page: &Snapshot, node: u32) -> Option<Self> {
        let index = node as usize;
        page.nodes.get(index)?;
        Some(Self {
            words: words_around(page, index),
            rect: painted_box(page, index),
            page_width: page.nodes.first().and_then(|body| body.rect).map_or(0.0, |rect| rect.2),
        })
    }

    /// The place in words (“距页顶约 820 像素”); empty when the page was not painted.
    pub(super) fn place(&self) -> String {
        match self.rect {
            Some(Rect(_, top, _, _)) if top.is_finite() => {
                format!("距页顶约 {} 像素", top.max(0.0).round() as u64)
            }
            _ => String::new(),
        }
    }
}

/// A node's own words are often only a value; up to three levels above it usually stands its label.
fn words_around(page: &Snapshot, index: usize) -> String {
    let mut here = index;
    let mut words = words_in(page, here);
    for _ in 0..3 {
        let above = page.nodes[here].parent as usize;
        if above >= here || words.chars().count() >= WORDS / 3 {
            break;
        }
        here = above;
        words = words_in(page, here);
    }
    clip(&clean(&words), WORDS)
}

/// The visible words of a node and of everything inside it. Nodes stand in document order, so what is inside follows
/// without a gap; a page that says otherwise only gives fewer words.
fn words_in(page: &Snapshot, index: usize) -> String {
    let mut words = String::new();
    for (at, node) in page.nodes.iter().enumerate().skip(index) {
        if (at > index && (node.parent as usize) < index) || words.len() > 8 * WORDS {
            break;
        }
        if !node.text.is_empty() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&node.text);
        }
    }
    words
}

/// A run of text has no box of its own; the nearest element around it has.
fn painted_box(page: &Snapshot, index: usize) -> Option<Rect> {
    let mut here = index;
    for _ in 0..4 {
        let node = page.nodes.get(here)?;
        if let Some(rect) = node.rect {
            return Some(rect);
        }
        here = node.parent as usize;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Node;

    fn node(parent: u32, tag: &str, text: &str, rect: Option<Rect>) -> Node {
        Node { parent, tag: tag.into(), text: text.to_owned(), rect, ..Node::default() }
    }

    fn page() -> Snapshot {
        Snapshot {
            nodes: vec![
                node(0, "body", "", Some(Rect(0.0, 0.0, 1280.0, 3000.0))),
                node(0, "tr", "", Some(Rect(40.0, 820.4, 900.0, 40.0))),
                node(1, "th", "", None),
                node(2, "#text", "承诺办结时限", None),
                node(1, "td", "", Some(Rect(240.0, 820.4, 700.0, 40.0))),
                node(4, "#text", "5个工作日", None),
                node(0, "p", "", None),
                node(6, "#text", "页脚上面还有别的文字，它不属于这一行", None),
            ],
            ..Snapshot::default()
        }
    }

    #[test]
    fn a_spot_has_its_label_beside_it_and_the_box_of_its_element() {
        let spot = Spot::of(&page(), 5).unwrap();
        assert!(spot.words.starts_with("承诺办结时限 5个工作日"), "{}", spot.words);
        assert_eq!(spot.rect, Some(Rect(240.0, 820.4, 700.0, 40.0)));
        assert_eq!(spot.place(), "距页顶约 820 像素");
    }

    #[test]
    fn a_node_that_is_not_there_has_no_spot_and_a_broken_tree_does_no_harm() {
        assert_eq!(Spot::of(&page(), 99), None);
        let mut broken = page();
        broken.nodes[5].parent = 77;
        assert!(Spot::of(&broken, 5).is_some());
    }

    #[test]
    fn only_plain_file_names_become_links() {
        assert_eq!(file_link("a.app.001/2.png").as_deref(), Some("../evidence/a.app.001/2.png"));
        for name in ["../secret", "/etc/passwd", "a//b", "a\\b", "a b", "javascript:x", ".git/x", ""] {
            assert_eq!(file_link(name), None, "{name}");
        }
    }
}
