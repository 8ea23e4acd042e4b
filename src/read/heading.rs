//! Headings, bold words and icons, by what elements are called or how they look.

use super::page::Page;

/// How far up a label's wrappers a heading is looked for.
const CLIMB: usize = 6;

/// The heading level of a label or of a wrapper around it.
pub(super) fn climbs_heading(page: &Page, at: usize, top: usize) -> Option<u8> {
    let mut now = at;
    for _ in 0..CLIMB {
        if let Some(level) = level(page, now) {
            return Some(level);
        }
        if now == top || now == 0 {
            return None;
        }
        now = page.parent(now);
    }
    None
}

/// h1 to h6, or a heading by role.
pub(super) fn level(page: &Page, at: usize) -> Option<u8> {
    let tag = page.tag(at);
    if let [b'h', digit @ b'1'..=b'6'] = tag.as_bytes() {
        return Some(digit - b'0');
    }
    (page.node(at).attr("role") == Some("heading")).then_some(4)
}

/// Whether all of a short element is set bold.
pub(super) fn is_bold(page: &Page, at: usize) -> bool {
    page.texts(page.span(at)).first().is_some_and(|&text| {
        let text = text as usize;
        page.node(text).bold
            || page.node(page.parent(text)).bold
            || matches!(page.tag(page.parent(text)), "b" | "strong")
    })
}

/// A picture too small or too plainly named to be content.
pub(super) fn is_icon(page: &Page, at: usize) -> bool {
    let node = page.node(at);
    let small = node.rect.is_some_and(|rect| rect.2 > 0.0 && rect.2 <= 40.0 && rect.3 <= 40.0);
    let named = [node.attr("src"), node.attr("class"), node.attr("alt")].into_iter().flatten().any(|name| {
        ["icon", "ico_", "ico-", "arrow", "logo", "btn", "图标", "logo"]
            .iter()
            .any(|word| name.to_ascii_lowercase().contains(word))
    });
    small || named
}
