//! HTML into a snapshot without a browser: for pages that need no script and for saved files. Nothing is painted, so there
//! are no boxes, and only what the markup itself hides counts as hidden.

use std::collections::BTreeMap;

use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use scraper::node::Node as Markup;
use scraper::{Html, HtmlTreeSink};

use super::feed::Feed;
use crate::model::{Node, Snapshot, Speed};

/// More nodes than any guide has; what comes after is left out with a note.
const MOST_NODES: usize = 60_000;
/// More nodes than are parsed, those that nobody reads included.
const MOST_PARSED: usize = 4 * MOST_NODES;
/// More characters than one run of text may have.
const LONGEST_TEXT: usize = 20_000;
/// More bytes of data than any item needs, and in more scripts.
const MOST_DATA: usize = 1_000_000;
const MOST_SCRIPTS: usize = 20;
/// What scripts with an item's data hold and others hardly do (the page's own script has the same list).
const DATA_SIGNS: &[&str] = &[
    "事项名称",
    "受理条件",
    "材料名称",
    "办理地点",
    "\\u4e8b\\u9879",
    "\\u6750\\u6599",
    "task_name",
    "taskName",
    "taskname",
    "TASK_NAME",
    "TaskName",
    "itemName",
    "ITEM_NAME",
    "accept_condition",
    "acceptCondition",
    "ACCEPT_CONDITION",
    "material_name",
    "materialName",
    "MATERIAL_NAME",
    "transact_addr",
    "promise",
    "PROMISE",
    "sxmc",
    "sltj",
    "clmc",
];
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
    "data-title",
    "data-content",
    "data-full",
    "data-text",
    "data-original-title",
    "data-tip",
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

/// The snapshot of a page's markup.
#[must_use]
pub fn snapshot_of(html: &str, url: &str) -> Snapshot {
    let (document, cut) = parse(html);
    let mut builder = Builder { nodes: Vec::new(), title: String::new(), full: false };
    builder.walk(&document);
    let notes = notes(html, &builder, cut);
    let data = data_of(&document);
    Snapshot {
        url: url.to_owned(),
        title: builder.title,
        speed: Speed::Http,
        nodes: builder.nodes,
        data,
        notes,
    }
}

/// The tree of a page, and whether the page had to be stopped before its end.
fn parse(html: &str) -> (Html, bool) {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = html5ever::parse_document(sink, ParseOpts::default());
    let mut feed = Feed::new(html);
    for piece in feed.by_ref() {
        parser.process(piece.into());
        if parser.tokenizer.sink.sink.0.borrow().tree.values().len() > MOST_PARSED {
            break;
        }
    }
    let cut = feed.is_cut();
    (parser.finish(), cut)
}

/// What had to be left out or could not be made out.
fn notes(html: &str, builder: &Builder, cut: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if builder.full {
        notes.push(format!("页面超过 {MOST_NODES} 个节点，只读取了前面的部分"));
    } else if cut {
        notes.push("页面的标记太多太乱，只读取了前面的部分".to_owned());
    }
    let long = builder.nodes.iter().filter(|node| node.text.len() >= LONGEST_TEXT);
    let cut = long.filter(|node| node.text.chars().count() >= LONGEST_TEXT).count();
    if cut > 0 {
        notes.push(format!("页面有 {cut} 段文字超过 {LONGEST_TEXT} 字，每段只读取了前面的部分"));
    }
    let unreadable = html.matches(char::REPLACEMENT_CHARACTER).count();
    if unreadable > 0 {
        notes.push(format!("页面有 {unreadable} 处文字无法识别（编码有误）"));
    }
    notes
}

/// The scripts of a page that hold an item's data: JSON, or literals with keys that item data has.
fn data_of(document: &Html) -> Vec<String> {
    let mut left = MOST_DATA;
    let mut found = Vec::new();
    for node in document.tree.nodes() {
        let Some(element) = node.value().as_element().filter(|element| element.name() == "script") else {
            continue;
        };
        let kind = element.attr("type").unwrap_or_default().to_ascii_lowercase();
        if element.attr("src").is_some() || kind.contains("template") || kind.contains("html") {
            continue;
        }
        let text: String = node.children().filter_map(text_of).collect();
        if text.len() <= left && found.len() < MOST_SCRIPTS && holds_item_data(&text) {
            left -= text.len();
            found.push(text);
        }
    }
    found
}

fn holds_item_data(script: &str) -> bool {
    script.contains(['{', '[']) && DATA_SIGNS.iter().any(|sign| script.contains(sign))
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
            let page = snapshot_of(&crate::browser::charset::decode(&bytes, None), "file");
            for (at, node) in page.nodes.iter().enumerate() {
                prop_assert!((node.parent as usize) <= at);
            }
        }
    }
}
