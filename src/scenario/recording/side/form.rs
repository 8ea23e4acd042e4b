//! Fields of forms.

use super::super::secrets::is_password_field;
use super::super::tree::{Map, one};
use super::Command;
use super::text::Words;
use super::{keys, locator};

/// The steps for a command about fields; `None` when it is about something else.
///
/// # Errors
/// Why it cannot be done.
pub(super) fn form(command: &Command, words: &mut Words<'_>) -> Option<Result<Vec<Map>, String>> {
    let known = [
        "check",
        "uncheck",
        "select",
        "addSelection",
        "removeSelection",
        "type",
        "typeKeys",
        "sendKeys",
        "editContent",
    ];
    if !known.contains(&command.name.as_str()) {
        return None;
    }
    Some(field(command, words))
}

fn field(command: &Command, words: &mut Words<'_>) -> Result<Vec<Map>, String> {
    let target = locator::target(&command.target, &command.targets, words)?;
    let chosen = |more: Option<bool>, words: &mut Words<'_>| {
        let option =
            std::iter::once(&command.value).chain(&command.values).find(|option| !option.trim().is_empty());
        let option = option.ok_or("没有写选哪一项")?;
        let mut choose = one("option", locator::option(option, words)).with("from", target.clone());
        if let Some(more) = more {
            choose.set("more", more);
        }
        Ok::<_, String>(vec![one("choose", choose)])
    };
    match command.name.as_str() {
        "check" => Ok(vec![one("tick", target)]),
        "uncheck" => Ok(vec![one("untick", target)]),
        "select" => chosen(None, words),
        "addSelection" => chosen(Some(true), words),
        "removeSelection" => chosen(Some(false), words),
        "sendKeys" | "typeKeys" if !is_password(command) => keys::send(&target, &command.value, words),
        "editContent" => {
            let value = words.text(&command.value);
            Ok(vec![one("fill", one("into", target).with("value", value))])
        }
        _ if is_file(command) => {
            let file = command.value.rsplit(['/', '\\']).next().unwrap_or_default();
            Ok(vec![one("upload", one("into", target).with("file", words.text(file)))])
        }
        _ => {
            let text = typed(command, words);
            let typing = one("into", target).with("text", text);
            Ok(vec![one("type", if command.name == "type" { typing } else { typing.with("add", true) })])
        }
    }
}

fn typed(command: &Command, words: &mut Words<'_>) -> String {
    let is_given = command.value.trim().starts_with("${") && command.value.trim().ends_with('}');
    if is_password(command) && !command.value.trim().is_empty() && !is_given {
        return words.secrets.password(command.value.trim());
    }
    words.text(&command.value)
}

fn is_password(command: &Command) -> bool {
    let locators = std::iter::once(&command.target).chain(&command.targets);
    let has_key = command.value.contains("${KEY_");
    !has_key && locators.into_iter().any(|locator| is_password_field(locator))
}

fn is_file(command: &Command) -> bool {
    let locators = std::iter::once(&command.target).chain(&command.targets);
    let is_file_field = locators.into_iter().any(|locator| {
        let locator = locator.to_lowercase().replace(['"', '\''], "");
        locator.contains("type=file") || locator.contains("upload") || locator.ends_with("=file")
    });
    let value = command.value.trim();
    is_file_field && (value.starts_with('/') || value.get(1..3) == Some(":\\") || value.contains('.'))
}
