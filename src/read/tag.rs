//! What elements are by their name or role: inline or not, silent, a part of a table.

use crate::model::Node;

/// Elements whose text nobody reads as content.
pub(super) fn is_silent(tag: &str) -> bool {
    matches!(
        tag,
        "script" | "style" | "noscript" | "template" | "select" | "option" | "textarea" | "head" | "title"
    )
}

/// Elements that do not start a new line.
pub(super) fn is_inline(node: &Node) -> bool {
    matches!(
        node.tag.as_str(),
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "button"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "slot"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "text"
            | "time"
            | "tt"
            | "u"
            | "uni-text"
            | "var"
            | "wbr"
            | "wx-text"
    )
}

/// What a node is in a table, whether it is one by its name, by its role or as a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Table,
    Row,
    Cell,
}

/// What a node is in a table, if anything.
pub(super) fn part(node: &Node) -> Option<Part> {
    if let Some(role) = node.attr("role") {
        match role {
            "table" | "grid" | "treegrid" => return Some(Part::Table),
            "row" => return Some(Part::Row),
            "cell" | "gridcell" | "columnheader" | "rowheader" => return Some(Part::Cell),
            _ => {}
        }
    }
    match node.tag.as_str() {
        "table" | "uni-table" => Some(Part::Table),
        "tr" | "uni-tr" => Some(Part::Row),
        "td" | "th" | "uni-td" | "uni-th" => Some(Part::Cell),
        _ => None,
    }
}
