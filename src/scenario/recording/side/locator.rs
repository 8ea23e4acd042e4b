//! Locators (`strategy=value`) as targets of ours.

use super::super::tree::Tree;
use super::text::Words;

/// The target of a command and its alternatives in order.
///
/// # Errors
/// Why the first one is no locator.
pub(super) fn target(locator: &str, others: &[String], words: &mut Words<'_>) -> Result<Tree, String> {
    let mut found = alternatives(locator, words)?;
    for other in others {
        found.extend(alternatives(other, words).unwrap_or_default());
    }
    let mut targets: Vec<Tree> = Vec::new();
    for text in found {
        let target = Tree::Text(text);
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    match targets.len() {
        1 => targets.pop().ok_or_else(|| "没有写在哪里".to_owned()),
        _ => Ok(Tree::List(targets)),
    }
}

fn alternatives(locator: &str, words: &mut Words<'_>) -> Result<Vec<String>, String> {
    let locator = locator.trim();
    if locator.is_empty() {
        return Err("没有写在哪里（原文：Locator can't be empty）".to_owned());
    }
    if locator.starts_with("//") || locator.starts_with("(//") {
        return Ok(vec![format!("xpath={}", words.text(locator))]);
    }
    let Some((strategy, value)) = locator.split_once('=') else {
        return Err(format!("不认识的定位方式“{locator}”（原文：Unknown locator）"));
    };
    let value = words.text(value);
    Ok(match strategy.trim() {
        "id" => vec![by_id(&value)],
        "name" => vec![by_attribute("name", &value)],
        "identifier" => vec![by_id(&value), by_attribute("name", &value)],
        "class" => vec![format!("css=.{value}")],
        "link" | "linkText" => vec![by_link(&value, false)],
        "partialLinkText" => vec![by_link(&value, true)],
        "css" => vec![format!("css={value}")],
        "xpath" => vec![format!("xpath={value}")],
        other => return Err(format!("不认识的定位方式“{other}”（原文：Unknown locator {other}）")),
    })
}

fn by_id(id: &str) -> String {
    let is_plain = id.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_');
    if is_plain { format!("css=#{id}") } else { by_attribute("id", id) }
}

fn by_attribute(attribute: &str, value: &str) -> String {
    format!("css=[{attribute}=\"{}\"]", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn by_link(words: &str, is_part: bool) -> String {
    let words = xpath_text(words);
    if is_part {
        format!("xpath=//a[contains(normalize-space(.), {words})]")
    } else {
        format!("xpath=//a[normalize-space(.) = {words}]")
    }
}

/// A text as XPath quotes it.
fn xpath_text(text: &str) -> String {
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    format!("concat({})", parts.join(", '\"', "))
}

/// The option of a select that an option locator means, as `choose` says it.
pub(super) fn option(locator: &str, words: &mut Words<'_>) -> String {
    let locator = locator.trim();
    for kind in ["value=", "id=", "index="] {
        if let Some(value) = locator.strip_prefix(kind) {
            return format!("{kind}{}", words.text(value));
        }
    }
    let label = locator.strip_prefix("label=").unwrap_or(locator);
    words.text(label.strip_prefix("mostly-equals:").unwrap_or(label))
}

/// `x,y`.
pub(super) fn point(text: &str) -> Option<(f64, f64)> {
    let (x, y) = text.trim().split_once(',')?;
    Some((x.trim().parse().ok()?, y.trim().parse().ok()?))
}

/// Locator and attribute of `locator@attribute`.
pub(super) fn attribute(text: &str) -> Option<(&str, &str)> {
    text.rsplit_once('@').filter(|(locator, attribute)| !locator.is_empty() && !attribute.is_empty())
}

/// The frames that `selectFrame` goes through.
///
/// # Errors
/// Why it is none.
pub(super) fn frames(locator: &str, others: &[String], words: &mut Words<'_>) -> Result<Vec<Tree>, String> {
    let said = locator.trim();
    match said {
        "relative=top" => return Ok(vec!["top".into()]),
        "relative=parent" => return Ok(vec!["parent".into()]),
        _ => {}
    }
    let Some(path) = said.strip_prefix("index=") else { return Ok(vec![target(locator, others, words)?]) };
    path.split('\\')
        .map(|part| match part.trim() {
            ".." => Ok("parent".into()),
            index => match index.parse::<usize>() {
                Ok(index) => Ok(Tree::Text(format!("xpath=(//iframe | //frame)[{}]", index + 1))),
                Err(_) => Err(format!("框架的序号“{index}”不是数字")),
            },
        })
        .collect()
}
