//! Older projects brought to version 3.0, one version after the other.

use std::sync::LazyLock;

use regex::Regex;

use super::columns::{Column, columns};
use super::{Command, Project};

static QUOTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?:'(\$\{\w+\})'|"(\$\{\w+\})"|`(\$\{\w+\})`)"#).ok());

/// Applies every migration that is newer than the file.
pub(super) fn migrate(project: &mut Project) {
    let since = project.version.clone();
    for test in &mut project.tests {
        if since.as_str() < "1.1" {
            test.commands.iter_mut().for_each(to_1_1);
        }
        if since.as_str() < "2.0" {
            to_2_0(&mut test.commands);
        }
        if since.as_str() < "3.0" {
            test.commands.iter_mut().for_each(to_3_0);
        }
    }
    "3.0".clone_into(&mut project.version);
}

fn to_1_1(command: &mut Command) {
    if command.name == "pause" && command.target.trim().is_empty() {
        command.target = std::mem::take(&mut command.value);
    }
    let renamed = match command.name.as_str() {
        "waitForVisible" => Some("waitForElementVisible"),
        "waitForEditable" => Some("waitForElementEditable"),
        _ => None,
    };
    if let Some(renamed) = renamed {
        renamed.clone_into(&mut command.name);
    }
    let (target, value) = columns(&command.name);
    column_to_1_1(target, &mut command.target);
    column_to_1_1(value, &mut command.value);
    if target == Column::Locator {
        command.targets.iter_mut().for_each(|locator| column_to_1_1(Column::Locator, locator));
    }
}

fn column_to_1_1(column: Column, text: &mut String) {
    let said = text.trim();
    let changed = match column {
        Column::Locator if said.is_empty() || is_explicit(said) => return,
        Column::Locator if said.contains("//") => format!("xpath={said}"),
        Column::Locator => format!("id={said}"),
        Column::Variable => match said.strip_prefix("${").and_then(|name| name.strip_suffix('}')) {
            Some(name) => name.to_owned(),
            None => return,
        },
        Column::Script => match QUOTED.as_ref() {
            Some(quoted) => quoted.replace_all(text, "$1$2$3").into_owned(),
            None => return,
        },
        Column::Text => return,
    };
    *text = changed;
}

/// Whether a locator names its strategy, or is an XPath.
fn is_explicit(locator: &str) -> bool {
    let strategy = locator.split_once('=').map_or("", |(strategy, _)| strategy);
    !strategy.is_empty() && strategy.chars().all(|letter| letter.is_ascii_alphabetic())
        || locator.starts_with("//")
}

fn to_2_0(commands: &mut Vec<Command>) {
    let mut needs_root = false;
    for at in 0..commands.len() {
        let Some(command) = commands.get_mut(at) else { continue };
        if command.name == "close" {
            command.target.clear();
        }
        if command.name != "selectWindow" {
            continue;
        }
        let Some(window) = command.target.trim().strip_prefix("win_ser_").map(ToOwned::to_owned) else {
            continue;
        };
        if window == "local" {
            "handle=${root}".clone_into(&mut command.target);
            needs_root = true;
            continue;
        }
        let handle = format!("win{window}");
        command.target = format!("handle=${{{handle}}}");
        let is_first = !commands.iter().any(|other| other.opens.as_deref() == Some(&handle));
        if let Some(before) =
            at.checked_sub(1).and_then(|before| commands.get_mut(before)).filter(|_| is_first)
        {
            before.opens = Some(handle);
            before.opens_within = Some(2000.0);
        }
    }
    if needs_root {
        let root = Command { name: "storeWindowHandle".into(), target: "root".into(), ..Command::default() };
        commands.insert(commands.len().min(1), root);
    }
}

fn to_3_0(command: &mut Command) {
    match command.name.as_str() {
        "storeTitle" if !command.value.trim().is_empty() => {
            command.target = std::mem::take(&mut command.value);
        }
        "storeXpathCount" => {
            command.name = "storeElementCount".into();
            if !command.target.starts_with("xpath=") {
                command.target = format!("xpath={}", command.target);
            }
        }
        _ => {}
    }
}
