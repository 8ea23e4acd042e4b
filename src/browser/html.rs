//! HTML into a snapshot without a browser: for pages that need no script and for saved files. Nothing is painted, so there
//! are no boxes, and only what the markup itself hides counts as hidden.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, GB18030, UTF_8};
use scraper::Html;
use scraper::node::Node as Markup;

use crate::model::{Node, Snapshot, Speed};

/// More nodes than any guide has; what comes after is left out with a note.
const MOST_NODES: usize = 60_000;
/// More characters than one run of text may have.
const LONGEST_TEXT: usize = 20_000;
/// Attributes that a snapshot keeps.
const KEPT: &[&str] = &[
    "id",
    "class",
    "href",
    "src",
    "alt",
    "name",
    "type",
    "placeholder",
    "title",
    "role",
    "aria-label",
    "aria-expanded",
    "aria-controls",
    "for",
    "colspan",
    "rowspan",
    "hidden",
    "download",
    "content",
    "action",
    "method",
    "onclick",
];

/// Turns bytes into text: byte order mark, then the header's charset, then the page's own word, then UTF-8 where it is valid, else GB18030.
#[must_use]
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let declared = content_type
        .and_then(charset)
        .or_else(|| charset(&String::from_utf8_lossy(&bytes[..bytes.len().min(2048)])));
    let encoding = match declared.and_then(|name| Encoding::for_label(name.as_bytes())) {
        // A page that calls itself UTF-8 and is not was saved by somebody else's editor.
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => GB18030,
    };
    encoding.decode(bytes).0.into_owned()
}

/// The name after `charset=`, wherever it stands.
fn charset(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let after = &lower[lower.find("charset")? + "charset".len()..];
    let name = after.trim_start_matches([' ', '=', '"', '\'']);
    let name: String = name
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

/// The snapshot of a page's markup.
#[must_use]
pub fn snapshot_of(html: &str, url: &str) -> Snapshot {
    let document = Html::parse_document(html);
    let mut builder = Builder { nodes: Vec::new(), title: String::new(), full: false };
    builder.walk(&document);
    let mut notes = Vec::new();
    if builder.full {
        notes.push(format!("页面超过 {MOST_NODES} 个节点，只读取了前面的部分"));
    }
    Snapshot { url: url.to_owned(), title: builder.title, speed: Speed::Http, nodes: builder.nodes, notes }
}

struct Builder {
    nodes: Vec<Node>,
    title: String,
    full: bool,
}

impl Builder {
    /// Depth first without recursion: pages nest as deep as they like.
    fn walk(&mut self, document: &Html) {
        let Some(body) = document.tree.nodes().find(|node| is_element(node.value(), "body")) else { return };
        self.title = document
            .tree
            .nodes()
            .find(|node| is_element(node.value(), "title"))
            .map(|title| collapse(&title.children().filter_map(text_of).collect::<String>()))
            .unwrap_or_default();
        self.nodes.push(Node { tag: "body".to_owned(), ..Node::default() });
        let mut open: Vec<_> = body.children().map(|child| (child, 0_u32, false)).collect();
        open.reverse();
        while let Some((node, parent, hidden)) = open.pop() {
            if self.nodes.len() >= MOST_NODES {
                self.full = true;
                return;
            }
            let Some((made, hidden)) = made(node.value(), parent, hidden) else { continue };
            let here = self.nodes.len() as u32;
            self.nodes.push(made);
            let first = open.len();
            open.extend(node.children().map(|child| (child, here, hidden)));
            open[first..].reverse();
        }
    }
}

fn is_element(node: &Markup, name: &str) -> bool {
    node.as_element().is_some_and(|element| element.name() == name)
}

fn text_of(node: ego_tree::NodeRef<'_, Markup>) -> Option<String> {
    node.value().as_text().map(|text| text.text.to_string())
}

/// The node and whether what is inside it is hidden; `None` for what nobody reads.
fn made(node: &Markup, parent: u32, hidden: bool) -> Option<(Node, bool)> {
    match node {
        Markup::Text(text) => {
            let text = collapse(text);
            let made = Node { parent, tag: "#text".to_owned(), text, hidden, ..Node::default() };
            (!made.text.trim().is_empty()).then_some((made, hidden))
        }
        Markup::Element(element) => {
            let tag = element.name().to_ascii_lowercase();
            if matches!(tag.as_str(), "script" | "style" | "noscript" | "template" | "head" | "link" | "meta")
            {
                return None;
            }
            let hidden = hidden
                || element.attr("hidden").is_some()
                || hides(element.attr("style").unwrap_or_default());
            let mut attrs: BTreeMap<String, String> = KEPT
                .iter()
                .filter_map(|name| {
                    Some(((*name).to_owned(), element.attr(name)?.chars().take(2000).collect()))
                })
                .collect();
            if tag == "input" && matches!(element.attr("type"), Some("submit" | "button" | "reset")) {
                attrs.extend(element.attr("value").map(|value| ("value".to_owned(), value.to_owned())));
            }
            Some((Node { parent, tag, hidden, attrs, ..Node::default() }, hidden))
        }
        _ => None,
    }
}

fn hides(style: &str) -> bool {
    let style: String =
        style.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// White space as a page shows it: one blank for any run of it.
fn collapse(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().take(LONGEST_TEXT) {
        if letter.is_whitespace() && letter != '\u{a0}' {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_gbk_page_is_read_whatever_it_says_of_itself() {
        let (bytes, _, _) = encoding_rs::GBK.encode("<title>办事指南</title>承诺办结时限");
        assert!(decode(&bytes, None).contains("承诺办结时限"));
        assert!(decode(&bytes, Some("text/html; charset=gbk")).contains("办事指南"));
    }

    #[test]
    fn hidden_panels_are_kept_and_flagged_and_scripts_are_not_kept() {
        let page =
            snapshot_of("<body><div style='display: none'><p>五个工作日</p></div><script>x</script>", "file");
        let text = page.nodes.iter().find(|node| node.is_text()).unwrap();
        assert_eq!((text.text.as_str(), text.hidden), ("五个工作日", true));
        assert!(page.nodes.iter().all(|node| node.tag != "script"));
    }

    #[test]
    fn ten_thousand_nested_tags_do_no_harm() {
        let page = snapshot_of(&format!("{}深处", "<div>".repeat(10_000)), "file");
        assert!(page.nodes.iter().any(|node| node.text == "深处"));
    }

    proptest! {
        #[test]
        fn any_bytes_make_a_page(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let page = snapshot_of(&decode(&bytes, None), "file");
            for (at, node) in page.nodes.iter().enumerate() {
                prop_assert!((node.parent as usize) <= at);
            }
        }
    }
}
