//! 页面快照: everything a page shows, as a flat tree that can be read again at any time without a browser.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::attributes::Attributes;

/// How a snapshot was made, the cheapest way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speed {
    /// Plain HTTP, no script, no layout: boxes are unknown.
    Http,
    /// A browser without pictures, layout and paint: boxes are unknown, and `hidden` is what the styles take away
    /// (`display`, `visibility`); what is folded to no height, covered or off the page counts as visible here.
    Light,
    /// A browser that paints everything.
    #[default]
    Painted,
}

impl Speed {
    /// The word that reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Http => "直接下载",
            Self::Light => "轻量浏览器",
            Self::Painted => "完整浏览器",
        }
    }
}

/// 快照: one page as it was seen. Nodes stand in document order, each after its parent; open shadow roots and
/// same-origin frames are inlined as nodes with the tags `#shadow` and `#frame`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Address of the top document.
    pub url: String,
    /// Document title, possibly empty.
    pub title: String,
    /// How it was made.
    pub speed: Speed,
    /// The tree, flat: node 0 is the body (or the document when there is none).
    pub nodes: Vec<Node>,
    /// Scripts that hold data rather than a program, as written (JSON, object literals); never executed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<String>,
    /// What had to be left out or was odd (“页面超过 100000 个节点，只读取了前面的部分”), in Chinese.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// One element, or one run of text (`tag` is `#text`).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Index of the parent; node 0 is its own parent.
    #[serde(rename = "p")]
    pub parent: u32,
    /// Lower-case element name, `#text`, `#shadow` or `#frame`.
    #[serde(rename = "t")]
    pub tag: SmolStr,
    /// The text of a `#text` node (white space collapsed); empty for elements.
    #[serde(rename = "x", default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// True when a person does not see it now (`display:none`, folded panel, zero size).
    #[serde(rename = "h", default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// Kept attributes: id, class, href, src, alt, name, type, value (never of password fields), placeholder, title, role,
    /// aria-label, aria-expanded, for, colspan, rowspan, hidden, download, content; `loaded` (`true`/`false`) on img, video,
    /// audio; `filled` (`true`) on non-empty fields.
    #[serde(rename = "a", default, skip_serializing_if = "Attributes::is_empty")]
    pub attrs: Attributes,
    /// Where it is on the page, in CSS pixels from the top left of the top document; unknown over plain HTTP, and not asked for
    /// where an element only holds other elements.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub rect: Option<Rect>,
    /// Font size in CSS pixels, where known (text-bearing elements only).
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub font_size: Option<f32>,
    /// True when the text is set bold (weight 600 and more), where known.
    #[serde(rename = "b", default, skip_serializing_if = "is_false")]
    pub bold: bool,
}

/// x, y, width, height in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rect(pub f32, pub f32, pub f32, pub f32);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if hands a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Node {
    /// Whether this is a run of text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        // Asked of every node many times: the first letter settles it for elements.
        self.tag.as_bytes().first() == Some(&b'#') && self.tag == "#text"
    }

    /// An attribute's value.
    #[must_use]
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.get(name)
    }
}
