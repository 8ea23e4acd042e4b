//! `assert…`, `verify…` and `waitFor…`: what has to be so, at once or after a while.

use super::super::names::variable;
use super::super::tree::{Map, one};
use super::Command;
use super::locator;
use super::text::Words;

/// The step that expects something; `None` when the command expects nothing.
///
/// # Errors
/// Why it cannot be expected.
pub(super) fn assertion(command: &Command, words: &mut Words<'_>) -> Option<Result<Map, String>> {
    if let Some(what) = command.name.strip_prefix("waitFor") {
        return waiting(what, command, words);
    }
    let (what, is_soft) = match (command.name.strip_prefix("assert"), command.name.strip_prefix("verify")) {
        (Some(what), _) => (what, false),
        (None, Some(what)) => (what, true),
        (None, None) => return None,
    };
    let step = match expected(what, command, words)? {
        Ok(step) if is_soft => Ok(step.with("soft", true)),
        other => other,
    };
    Some(step)
}

fn expected(what: &str, command: &Command, words: &mut Words<'_>) -> Option<Result<Map, String>> {
    let first = words.text(&command.target);
    let step = match what {
        "" => {
            let name = variable(&command.target);
            let value = words.expression(&command.value);
            one("expect", one("that", format!("({name} ~ '') == ({value})")))
        }
        "Title" if first.is_empty() => return Some(Err("页面标题是空的，没法核对".to_owned())),
        "Title" => one("expect", one("title", first)),
        "Location" => one("expect", one("address", first)),
        "Alert" | "Confirmation" | "Prompt" => one("alert", one("says", first)),
        "TextPresent" => one("expect", format!("text={first}")),
        "TextNotPresent" => one("expect", one("absent", format!("text={first}"))),
        _ => return of_element(what, command, words),
    };
    Some(Ok(step))
}

fn of_element(what: &str, command: &Command, words: &mut Words<'_>) -> Option<Result<Map, String>> {
    let (is_not, what) = match what.strip_prefix("Not") {
        Some(rest) => (true, rest),
        None => (false, what),
    };
    let value = words.text(&command.value);
    let (key, wanted) = match what {
        "Text" => ("text", value.into()),
        "Value" | "SelectedValue" => ("value", value.into()),
        "SelectedLabel" => ("selected", value.into()),
        "Checked" => ("checked", (!is_not).into()),
        "Editable" => ("enabled", (!is_not).into()),
        "ElementPresent" => ("count", ">= 1".into()),
        "ElementNotPresent" => ("count", "== 0".into()),
        "Visible" => ("visible", (!is_not).into()),
        _ => return None,
    };
    let is_turned = is_not && matches!(key, "text" | "value" | "selected");
    let target = locator::target(&command.target, &command.targets, words);
    Some(target.map(|target| {
        let mut expect = one("target", target);
        expect.0.push((key.to_owned(), wanted));
        if is_turned {
            expect.set("not", true);
        }
        one("expect", expect)
    }))
}

fn waiting(what: &str, command: &Command, words: &mut Words<'_>) -> Option<Result<Map, String>> {
    if what == "Condition" {
        return Some(Ok(one("wait", one("script", words.script(&command.target)))));
    }
    if what == "TextPresent" {
        return Some(Ok(one("wait", format!("text={}", words.text(&command.target)))));
    }
    let known = [
        "ElementPresent",
        "ElementVisible",
        "ElementEditable",
        "ElementNotPresent",
        "ElementNotVisible",
        "ElementNotEditable",
        "Text",
    ];
    if !known.contains(&what) {
        return None;
    }
    let target = match locator::target(&command.target, &command.targets, words) {
        Ok(target) => target,
        Err(why) => return Some(Err(why)),
    };
    let about = |key: &str| one("target", target.clone()).with(key, true);
    let step = match what {
        "ElementPresent" => one("expect", one("target", target).with("count", ">= 1")),
        "ElementNotPresent" => one("expect", one("target", target).with("count", "== 0")),
        "ElementVisible" => one("wait", one("for", target)),
        "ElementNotVisible" => one("wait", one("for", target).with("gone", true)),
        "ElementEditable" => one("expect", about("enabled")),
        "ElementNotEditable" => one("expect", one("target", target).with("enabled", false)),
        _ => return Some(Ok(one("expect", one("target", target).with("text", words.text(&command.value))))),
    };
    let limit = command.value.trim().parse::<u32>().ok().filter(|limit| (1..=600_000).contains(limit));
    Some(Ok(match limit {
        Some(limit) => step.with("timeout", format!("{limit}ms")),
        None => step,
    }))
}
