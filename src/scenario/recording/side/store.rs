//! `store…`: what is kept under a name.

use super::super::names::variable;
use super::super::tree::{Map, one};
use super::Command;
use super::locator;
use super::text::Words;

/// The step that keeps something; `None` when the command stores nothing.
///
/// # Errors
/// Why it cannot be kept.
pub(super) fn store(command: &Command, words: &mut Words<'_>) -> Option<Result<Map, String>> {
    let named = |name: &str| one("name", variable(name));
    let from = |what: &str, words: &mut Words<'_>| {
        let target = locator::target(&command.target, &command.targets, words)?;
        Ok(one("set", named(&command.value).with("from", target).with("what", what)))
    };
    let step = match command.name.as_str() {
        "store" => Ok(one("set", one(&variable(&command.value), words.text(&command.target)))),
        "storeText" => from("text", words),
        "storeValue" => from("value", words),
        "storeElementCount" => from("count", words),
        "storeAttribute" => attribute(command, words),
        "storeJson" => {
            let code = format!("({})", words.script(&command.target));
            Ok(one("set", named(&command.value).with("script", code)))
        }
        "storeTitle" => Ok(one("set", named(&command.target).with("what", "title"))),
        "storeWindowHandle" => Ok(one("set", named(&command.target).with("what", "window"))),
        "executeScript" | "executeAsyncScript" if command.value.trim().is_empty() => {
            Ok(one("script", words.script(&command.target)))
        }
        "executeScript" | "executeAsyncScript" => {
            Ok(one("set", named(&command.value).with("script", words.script(&command.target))))
        }
        "runScript" => Ok(one("script", words.script(&command.target))),
        _ => return None,
    };
    let is_named = super::columns::stores(command).is_some()
        || matches!(step, Ok(ref step) if step.get("script").is_some());
    Some(if is_named { step } else { Err("没有写存到哪个变量".to_owned()) })
}

fn attribute(command: &Command, words: &mut Words<'_>) -> Result<Map, String> {
    let (place, attribute) = locator::attribute(&command.target).ok_or("没有写成 定位@属性")?;
    let others: Vec<String> = command
        .targets
        .iter()
        .filter_map(|other| locator::attribute(other).map(|(place, _)| place.to_owned()))
        .collect();
    let target = locator::target(place, &others, words)?;
    let what = format!("attribute={}", words.text(attribute));
    Ok(one("set", one("name", variable(&command.value)).with("from", target).with("what", what)))
}
