//! Where pressing an element leads: the address of a link, or of a script that does nothing but go there.

use crate::model::Node;

/// Objects that a page's address is asked of.
const HOLDERS: &[&str] = &["window.", "self.", "top.", "parent.", "document."];
/// What stands between the location and the address that it is given.
const GIVEN: &[&str] = &[".href=", "=", ".assign(", ".replace("];

/// The address, as written.
pub(super) fn target(node: &Node) -> Option<&str> {
    let linked = node.attr("href").filter(|_| node.tag == "a").filter(|href| is_address(href));
    linked.or_else(|| went_to(node.attr("onclick")?))
}

fn is_address(href: &str) -> bool {
    let script = href.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:"));
    !href.is_empty() && !href.starts_with('#') && !script
}

/// `location.href='/booking/1'`, `window.open("/file/1.doc")`; anything that does more is no link.
fn went_to(script: &str) -> Option<&str> {
    let script = script.trim();
    let script = script.strip_prefix("javascript:").unwrap_or(script).trim_start();
    let bare = HOLDERS.iter().fold(script, |rest, holder| rest.strip_prefix(holder).unwrap_or(rest));
    let quoted = match bare.strip_prefix("location") {
        Some(rest) => GIVEN.iter().find_map(|given| after(rest, given))?,
        None => bare.strip_prefix("open(")?,
    };
    let quoted = quoted.trim_start();
    let quote = quoted.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
    let (address, rest) = quoted[1..].split_once(quote)?;
    let rest = rest.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, ')' | ';' | ','));
    let ended = matches!(rest, "" | "'_blank'" | "\"_blank\"" | "return false");
    (ended && is_address(address)).then_some(address)
}

/// What follows these signs, however many blanks stand around them.
fn after<'a>(text: &'a str, signs: &str) -> Option<&'a str> {
    let (word, sign) = signs.split_at(signs.len() - 1);
    text.trim_start().strip_prefix(word)?.trim_start().strip_prefix(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(tag: &str, attrs: &[(&str, &str)]) -> Option<String> {
        let attrs = attrs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        target(&Node { tag: tag.into(), attrs, ..Node::default() }).map(str::to_owned)
    }

    #[test]
    fn links_and_scripts_that_only_go_somewhere_lead_there() {
        for script in [
            "location.href='/a/1'",
            "window.location.href = '/a/1';",
            "javascript:location.replace(\"/a/1\")",
            "window.open('/a/1', '_blank');",
            "top.location='/a/1'; return false",
        ] {
            assert_eq!(pressed("div", &[("onclick", script)]).as_deref(), Some("/a/1"), "{script}");
        }
        assert_eq!(pressed("a", &[("href", "/a/1")]).as_deref(), Some("/a/1"));
    }

    #[test]
    fn what_does_something_else_leads_nowhere() {
        for script in ["showTab(1)", "location.href=url", "location.reload()", "open('/a/1'); submit()", ""] {
            assert_eq!(pressed("div", &[("onclick", script)]), None, "{script}");
        }
        for href in ["#top", "javascript:;", ""] {
            assert_eq!(pressed("a", &[("href", href)]), None, "{href}");
        }
        assert_eq!(pressed("link", &[("href", "/a.css")]), None);
    }
}
