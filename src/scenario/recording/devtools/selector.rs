//! Selectors of the recorder and targets of ours.

use super::super::tree::{Map, Tree};

/// Between the parts of a chain through shadow roots.
const THROUGH: &str = " >>> ";

/// The alternatives as chains; a plain string is a chain of one part.
pub(super) fn chains(selectors: &[Tree]) -> Tree {
    let chain = |alternative: &Tree| match alternative {
        Tree::Text(_) => Tree::List(vec![alternative.clone()]),
        _ => alternative.clone(),
    };
    Tree::List(selectors.iter().map(chain).collect())
}

/// The target that the alternatives mean, tried in the recorder's order; `None` when there is nothing to look for.
pub(super) fn target(selectors: &[Tree]) -> Option<Tree> {
    let mut targets: Vec<Tree> = selectors.iter().filter_map(alternative).map(Tree::Text).collect();
    match targets.len() {
        0 => None,
        1 => targets.pop(),
        _ => Some(Tree::List(targets)),
    }
}

fn alternative(selector: &Tree) -> Option<String> {
    match selector {
        Tree::Text(part) => part_of_ours(part),
        Tree::List(chain) => {
            let parts: Option<Vec<String>> = chain.iter().map(|part| part_of_ours(part.as_text()?)).collect();
            parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join(THROUGH))
        }
        _ => None,
    }
}

fn part_of_ours(part: &str) -> Option<String> {
    let kinds = [
        ("aria/", "aria="),
        ("text/", "text="),
        ("xpath/", "xpath="),
        ("pierce/", "pierce="),
        ("css/", "css="),
    ];
    let (ours, rest) = kinds
        .iter()
        .find_map(|(theirs, ours)| Some((*ours, part.strip_prefix(theirs)?)))
        .unwrap_or(("css=", part));
    (!rest.trim().is_empty()).then(|| format!("{ours}{rest}"))
}

/// The recorder's selectors for a target of ours; `None` when it says more than they can.
pub(super) fn selectors(target: &Tree) -> Option<Tree> {
    let alternatives = match target {
        Tree::Text(text) => chains_for(text)?,
        Tree::List(list) => {
            let found: Option<Vec<Vec<Tree>>> =
                list.iter().map(|entry| chains_for(entry.as_text()?)).collect();
            found?.concat()
        }
        Tree::Map(map) => return selectors(only_target(map)?),
        _ => return None,
    };
    (!alternatives.is_empty()).then_some(Tree::List(alternatives))
}

/// A map that says no more than its target.
fn only_target(map: &Map) -> Option<&Tree> {
    map.get("target").filter(|_| map.0.len() == 1)
}

fn chains_for(text: &str) -> Option<Vec<Tree>> {
    let kinds = ["css=", "xpath=", "text=", "pierce=", "aria="];
    if !kinds.iter().any(|kind| text.starts_with(kind)) {
        return seen(text);
    }
    let parts: Option<Vec<Tree>> =
        text.split(THROUGH).map(|part| part_of_theirs(part).map(Tree::Text)).collect();
    parts.map(|parts| vec![Tree::List(parts)])
}

fn part_of_theirs(part: &str) -> Option<String> {
    if let Some(css) = part.strip_prefix("css=") {
        return Some(css.to_owned());
    }
    let kinds = [("aria=", "aria/"), ("text=", "text/"), ("xpath=", "xpath/"), ("pierce=", "pierce/")];
    kinds.iter().find_map(|(ours, theirs)| Some(format!("{theirs}{}", part.strip_prefix(ours)?)))
}

/// Words that a person sees, and attributes that have a name of their own.
fn seen(text: &str) -> Option<Vec<Tree>> {
    let one = |selector: String| Tree::List(vec![Tree::Text(selector)]);
    let attributes =
        [("placeholder=", "placeholder"), ("title=", "title"), ("alt=", "alt"), ("test-id=", "data-testid")];
    for (ours, attribute) in attributes {
        if let Some(value) = text.strip_prefix(ours) {
            return Some(vec![one(format!("[{attribute}={}]", css_text(value)))]);
        }
    }
    if let Some(label) = text.strip_prefix("label=") {
        return Some(vec![one(format!("aria/{label}"))]);
    }
    if let Some(role) = text.strip_prefix("role=") {
        let (role, name) =
            role.split_once('[').map_or((role, ""), |(role, name)| (role, name.trim_end_matches(']')));
        return Some(vec![one(format!("aria/{name}[role=\"{role}\"]"))]);
    }
    let has_meaning = text.contains("{{") || text.trim().is_empty();
    (!has_meaning).then(|| vec![one(format!("aria/{text}")), one(format!("text/{text}"))])
}

/// A text as CSS quotes it.
fn css_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::super::super::tree::Tree;
    use super::{selectors, target};

    fn json(text: &str) -> Tree {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_kind_goes_in_and_out() {
        let recorded = r##"[["aria/ 查询[role=\"button\"]"],["#a"],["xpath///*[@id=\"a\"]"],["pierce/#a"],["text/查询"],["my-app","#b"]]"##;
        let ours = target(json(recorded).as_list().unwrap()).unwrap();
        assert_eq!(
            ours,
            json(
                r#"["aria= 查询[role=\"button\"]","css=#a","xpath=//*[@id=\"a\"]","pierce=#a","text=查询","css=my-app >>> css=#b"]"#
            )
        );
        assert_eq!(selectors(&ours), Some(json(recorded)));
    }

    #[test]
    fn what_a_person_sees_has_a_selector() {
        for (ours, theirs) in [
            ("登录", r#"[["aria/登录"],["text/登录"]]"#),
            ("placeholder=请\"输入", r#"[["[placeholder=\"请\\\"输入\"]"]]"#),
            ("role=button[登录]", r#"[["aria/登录[role=\"button\"]"]]"#),
            ("label=姓名", r#"[["aria/姓名"]]"#),
            ("test-id=x", r#"[["[data-testid=\"x\"]"]]"#),
        ] {
            assert_eq!(selectors(&ours.into()), Some(json(theirs)), "{ours}");
        }
        assert_eq!(selectors(&json(r#"{"target":"登录","below":"标题"}"#)), None);
        assert_eq!(target(&[Tree::List(vec![])]), None);
    }
}
