//! A snapshot as the document that the trace viewer draws: the words and the structure, none of the page's scripts, styles,
//! addresses or forms.

use serde_json::{Value, json};

use crate::model::{Node, Snapshot};

/// The viewer draws a document by recursion: what is deeper stands at this depth.
const DEEPEST: usize = 100;
/// More nodes than this are not drawn.
const MOST: usize = 20_000;
/// Elements that a viewer would run, load or send.
const DROPPED: [&str; 16] = [
    "script", "style", "link", "meta", "base", "iframe", "frame", "object", "embed", "form", "noscript",
    "template", "audio", "video", "title", "head",
];
/// Attributes that only say how an element is read.
const KEPT: [&str; 8] = ["class", "id", "colspan", "rowspan", "role", "title", "alt", "type"];

/// `["HTML", {}, ["HEAD", {}], ["BODY", {}, …]]`.
pub(super) fn dom(page: &Snapshot) -> Value {
    let nodes = &page.nodes[..page.nodes.len().min(MOST)];
    let depths = depths(nodes);
    // Children come after their parents: from the end on, every element is complete when it is handed to its parent.
    let mut children: Vec<Vec<Value>> = vec![Vec::new(); nodes.len()];
    for at in (1..nodes.len()).rev() {
        let drawn = draw(&nodes[at], std::mem::take(&mut children[at]));
        let mut parent = parent_of(nodes, at);
        while depths[parent] >= DEEPEST {
            parent = parent_of(nodes, parent);
        }
        children[parent].push(drawn);
    }
    let body = nodes.first().map(|_| std::mem::take(&mut children[0])).unwrap_or_default();
    json!(["HTML", {}, ["HEAD", {}, ["STYLE", {}, STYLE]], element("BODY", serde_json::Map::new(), body)])
}

/// The page's own look is not kept; this much makes it readable.
const STYLE: &str = "body{font:14px/1.6 sans-serif;margin:12px}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:4px 8px}\
    [data-hidden]{display:none}img::after{content:'（图片：' attr(alt) '）'}";

/// How deep each node stands; who names a parent that does not stand before it is a child of the first node.
fn depths(nodes: &[Node]) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(nodes.len());
    for at in 0..nodes.len() {
        depths.push(if at == 0 { 0 } else { depths[parent_of(nodes, at)] + 1 });
    }
    depths
}

fn parent_of(nodes: &[Node], at: usize) -> usize {
    Some(nodes[at].parent as usize).filter(|parent| *parent < at).unwrap_or(0)
}

fn draw(node: &Node, children: Vec<Value>) -> Value {
    if node.is_text() {
        return json!(node.text);
    }
    let harmless =
        node.tag.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && node.tag.starts_with(|first: char| first.is_ascii_lowercase())
            && !DROPPED.contains(&node.tag.as_str());
    let tag = if harmless { node.tag.to_uppercase() } else { "DIV".to_owned() };
    let mut attributes = serde_json::Map::new();
    for (name, value) in node.attrs.iter().filter(|(name, _)| KEPT.contains(name)) {
        attributes.insert(name.to_owned(), json!(value));
    }
    if node.hidden {
        attributes.insert("data-hidden".to_owned(), json!(""));
    }
    element(&tag, attributes, children)
}

fn element(tag: &str, attributes: serde_json::Map<String, Value>, mut children: Vec<Value>) -> Value {
    children.reverse();
    let mut drawn = vec![json!(tag), Value::Object(attributes)];
    drawn.append(&mut children);
    Value::Array(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(parent: u32, tag: &str, text: &str) -> Node {
        Node { parent, tag: tag.into(), text: text.to_owned(), ..Node::default() }
    }

    fn drawn(nodes: Vec<Node>) -> String {
        dom(&Snapshot { nodes, ..Snapshot::default() })[3].to_string()
    }

    #[test]
    fn the_words_stand_in_their_order_and_nothing_runs() {
        let page = vec![
            node(0, "body", ""),
            node(0, "h1", ""),
            node(1, "#text", "办事指南"),
            node(0, "script", ""),
            node(3, "#text", "alert(1)"),
            node(0, "#shadow", ""),
            node(5, "p", ""),
            node(6, "#text", "<b>"),
        ];
        assert_eq!(
            drawn(page),
            r#"["BODY",{},["H1",{},"办事指南"],["DIV",{},"alert(1)"],["DIV",{},["P",{},"<b>"]]]"#
        );
    }

    #[test]
    fn a_deep_or_broken_tree_stays_shallow() {
        let mut nodes: Vec<Node> = (0..5000_u32).map(|at| node(at.saturating_sub(1), "div", "")).collect();
        nodes.push(node(4999, "#text", "底"));
        let text = drawn(nodes);
        assert!(text.contains('底') && text.matches("[\"DIV\"").count() == 4999);
        assert!(drawn(vec![node(0, "body", ""), node(7, "p", ""), node(1, "#text", "字")]).contains('字'));
        assert_eq!(drawn(Vec::new()), r#"["BODY",{}]"#);
    }
}
