//! HTML into a snapshot without a browser: for pages that need no script and for saved files. Nothing is painted, so there
//! are no boxes, and only what the markup itself hides counts as hidden.

use std::sync::LazyLock;

use html5ever::{Attribute, LocalName, local_name};
use memchr::memmem;
use smol_str::SmolStr;
use url::Url;

use super::markup::{Markup, Name, What, said};
use crate::model::{Node, Snapshot, Speed};
use crate::text::is_solid;

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
/// More characters than an attribute may have.
const LONGEST_ATTRIBUTE: usize = 2000;
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
    let (markup, cut) = Markup::parse(html, MOST_PARSED);
    let room = Vec::with_capacity(markup.size().min(MOST_NODES));
    let mut builder = Builder { markup: &markup, nodes: room, full: false };
    builder.walk();
    if let Some(base) = base_of(&markup, url) {
        builder.nodes.iter_mut().for_each(|node| stand_on(&base, node));
    }
    let notes = notes(html, &builder, cut);
    let data = data_of(&markup);
    let title = title(&markup);
    Snapshot { url: url.to_owned(), title, speed: Speed::Http, nodes: builder.nodes, data, notes }
}

/// What the page's addresses stand on, where it says so by `<base href>` (HTML standard, “The base element”).
fn base_of(markup: &Markup, url: &str) -> Option<Url> {
    let said =
        markup.all(&local_name!("base")).find_map(|base| markup.attribute(base, &local_name!("href")))?;
    let base = Url::parse(url).ok().map_or_else(|| Url::parse(said).ok(), |page| page.join(said).ok());
    base.filter(|base| matches!(base.scheme(), "http" | "https"))
}

/// Makes a node's addresses whole. A place on the page itself stays one: panels are told by it.
fn stand_on(base: &Url, node: &mut Node) {
    for name in ["href", "src", "action"] {
        let whole =
            node.attrs.get(name).filter(|said| !said.starts_with('#')).and_then(|said| base.join(said).ok());
        if let Some(whole) = whole {
            node.attrs.insert(SmolStr::new_static(name), String::from(whole));
        }
    }
}

/// What had to be left out or could not be made out.
fn notes(html: &str, builder: &Builder<'_>, cut: bool) -> Vec<String> {
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
    let unreadable = memmem::find_iter(html.as_bytes(), "\u{fffd}").count();
    if unreadable > 0 {
        notes.push(format!("页面有 {unreadable} 处文字无法识别（编码有误）"));
    }
    notes
}

/// The scripts of a page that hold an item's data: JSON, or literals with keys that item data has.
fn data_of(markup: &Markup) -> Vec<String> {
    let mut left = MOST_DATA;
    let mut found = Vec::new();
    for script in markup.all(&local_name!("script")) {
        let said = |name: &LocalName| markup.attribute(script, name);
        let kind = said(&local_name!("type")).unwrap_or_default().to_ascii_lowercase();
        if said(&local_name!("src")).is_some() || kind.contains("template") || kind.contains("html") {
            continue;
        }
        let text = markup.words(script);
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

fn title(markup: &Markup) -> String {
    let title = markup.all(&local_name!("title")).next();
    title.map_or_else(String::new, |title| collapse(&markup.words(title)))
}

struct Builder<'a> {
    markup: &'a Markup,
    nodes: Vec<Node>,
    full: bool,
}

impl Builder<'_> {
    /// Depth first without recursion: pages nest as deep as they like.
    fn walk(&mut self) {
        let Some(body) = self.markup.all(&local_name!("body")).next() else { return };
        self.nodes.push(Node { tag: SmolStr::new_static("body"), ..Node::default() });
        // Each entry: a piece whose turn it is, with the siblings after it; the node that they stand in; whether that is hidden.
        let mut open = vec![(self.markup.first_child(body), 0_u32, false)];
        while let Some((next, parent, hidden)) = open.pop() {
            let Some(piece) = next else { continue };
            if self.nodes.len() >= MOST_NODES {
                self.full = true;
                return;
            }
            open.push((self.markup.next_sibling(piece), parent, hidden));
            if let Some((made, hidden)) = made(self.markup.what(piece), parent, hidden) {
                let here = self.nodes.len() as u32;
                self.nodes.push(made);
                open.push((self.markup.first_child(piece), here, hidden));
            }
        }
    }
}

/// The node and whether what is inside it is hidden; `None` for what nobody reads.
fn made(what: &What, parent: u32, hidden: bool) -> Option<(Node, bool)> {
    match what {
        What::Text(words) => {
            if words.trim_start().is_empty() {
                return None;
            }
            let (tag, text) = (SmolStr::new_static("#text"), collapse(words));
            Some((Node { parent, tag, text, hidden, ..Node::default() }, hidden))
        }
        What::Element { name, attributes } => element(name, attributes, parent, hidden),
        What::Other => None,
    }
}

fn element(name: &Name, attributes: &[Attribute], parent: u32, hidden: bool) -> Option<(Node, bool)> {
    if is_unread(name.local()) {
        return None;
    }
    let hidden = hidden
        || said(attributes, &local_name!("hidden")).is_some()
        || said(attributes, &local_name!("style")).is_some_and(hides);
    let button = *name.local() == local_name!("input")
        && matches!(said(attributes, &local_name!("type")), Some("submit" | "button" | "reset"));
    let attrs = attributes
        .iter()
        .filter_map(|own| Some((kept(&own.name.local, button)?, first_letters(&own.value))))
        .collect();
    Some((Node { parent, tag: name.tag.clone(), hidden, attrs, ..Node::default() }, hidden))
}

/// What stands in no snapshot.
fn is_unread(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("head")
            | local_name!("link")
            | local_name!("meta")
    )
}

/// The name of an attribute, where it is one that a snapshot keeps.
fn kept(name: &LocalName, button: bool) -> Option<SmolStr> {
    static NAMES: LazyLock<Vec<(LocalName, &str)>> =
        LazyLock::new(|| KEPT.iter().map(|name| (LocalName::from(*name), *name)).collect());
    let known = NAMES.iter().find(|(known, _)| known == name).map(|(_, name)| *name);
    known.or_else(|| (button && *name == local_name!("value")).then_some("value")).map(SmolStr::new_static)
}

/// As much of an attribute as is kept.
fn first_letters(value: &str) -> &str {
    if value.len() <= LONGEST_ATTRIBUTE {
        return value;
    }
    value.char_indices().nth(LONGEST_ATTRIBUTE).map_or(value, |(end, _)| &value[..end])
}

fn hides(style: &str) -> bool {
    let style: String =
        style.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// White space as a page shows it: one blank for any run of it.
fn collapse(text: &str) -> String {
    if text.len() <= LONGEST_TEXT && is_solid(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len().min(LONGEST_TEXT));
    let mut blank = false;
    for letter in text.chars().take(LONGEST_TEXT) {
        if !letter.is_whitespace() || letter == '\u{a0}' {
            out.push(letter);
            blank = false;
        } else if !blank {
            out.push(' ');
            blank = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_stand_on_what_the_page_says() {
        let body =
            "<a href='1.html'>甲</a><a href='#two'>乙</a><a href='http://b.cn/3'>丙</a><img src='/4.png'>";
        let read = |head: &str| {
            let page = snapshot_of(&format!("<head>{head}</head><body>{body}"), "http://a.cn/x/y.html");
            let address = |node: &Node| node.attrs.get("href").or(node.attrs.get("src")).map(str::to_owned);
            page.nodes.iter().filter_map(address).collect::<Vec<_>>()
        };
        assert_eq!(read("<base target=_blank>"), ["1.html", "#two", "http://b.cn/3", "/4.png"]);
        let whole = ["http://a.cn/guide/1.html", "#two", "http://b.cn/3", "http://a.cn/4.png"];
        assert_eq!(read("<base href='/guide/'>"), whole);
        assert_eq!(read("<base href='javascript:x'>")[0], "1.html");
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
            let page = snapshot_of(&crate::browser::charset::decode(&bytes, None), "file");
            for (at, node) in page.nodes.iter().enumerate() {
                prop_assert!((node.parent as usize) <= at);
            }
        }
    }
}
