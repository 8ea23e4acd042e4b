//! Pictures and films that explain how an item is handled, and pictures that nobody can read.

use crate::model::{Medium, MediumKind};

use super::candidate::Found;
use super::heading::is_icon;
use super::page::{Page, Span};

/// The element that such media explain.
const FLOW: &str = "flow";
/// Words around a picture that say what it shows.
const HINTS: &[&str] = &["流程图", "办理流程", "流程", "flow", "liucheng", "lct"];

/// The media of the process.
pub(super) fn read(page: &Page<'_>, found: &Found) -> Vec<Medium> {
    let spans: Vec<Span> =
        found.of(FLOW).filter(|candidate| !candidate.framed).map(|candidate| candidate.span).collect();
    (0..page.len())
        .filter_map(|at| Some((at, kind(page.tag(at))?)))
        .filter(|&(at, kind)| {
            let inside = spans.iter().any(|span| span.holds(at));
            (inside || says_flow(page, at)) && (kind != MediumKind::Image || !is_icon(page, at))
        })
        .map(|(at, kind)| medium(page, at, kind))
        .collect()
}

fn kind(tag: &str) -> Option<MediumKind> {
    match tag {
        "img" => Some(MediumKind::Image),
        "video" => Some(MediumKind::Video),
        "audio" => Some(MediumKind::Audio),
        _ => None,
    }
}

fn says_flow(page: &Page<'_>, at: usize) -> bool {
    let node = page.node(at);
    ["alt", "title", "src"].into_iter().filter_map(|name| node.attr(name)).any(|said| {
        let said = said.to_ascii_lowercase();
        HINTS.iter().any(|hint| said.contains(hint))
    })
}

fn medium(page: &Page<'_>, at: usize, kind: MediumKind) -> Medium {
    let node = page.node(at);
    Medium {
        kind,
        url: node.attr("src").unwrap_or_default().to_owned(),
        text: node.attr("alt").or(node.attr("title")).unwrap_or_default().to_owned(),
        loaded: match node.attr("loaded") {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        },
        element: FLOW.to_owned(),
        node: page.index(at),
    }
}

/// What people should know about the page's pictures.
pub(super) fn notes(page: &Page<'_>) -> Vec<String> {
    let silent = (0..page.len())
        .filter(|&at| page.tag(at) == "img" && !page.hidden(at) && !is_icon(page, at))
        .filter(|&at| page.node(at).attr("alt").is_none_or(|alt| alt.trim().is_empty()))
        .count();
    if silent == 0 {
        Vec::new()
    } else {
        vec![format!("有 {silent} 张图片没有文字说明，读屏软件读不出来")]
    }
}
