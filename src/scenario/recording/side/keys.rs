//! `sendKeys`: texts and `${KEY_X}` in turn.

use super::super::tree::{Map, Tree, one};
use super::text::Words;

/// The steps that send these keys to a field.
///
/// # Errors
/// A key that nobody knows.
pub(super) fn send(target: &Tree, value: &str, words: &mut Words<'_>) -> Result<Vec<Map>, String> {
    let mut steps = Vec::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("${KEY_") {
        let (name, next) = after.split_once('}').unwrap_or((after, ""));
        type_text(target, before, words, &mut steps);
        let key =
            key(name).ok_or_else(|| format!("不认识的按键“{name}”（原文：Unrecognised key {name}）"))?;
        steps.push(one("press", one("key", key).with("on", target.clone())));
        rest = next;
    }
    type_text(target, rest, words, &mut steps);
    Ok(steps)
}

fn type_text(target: &Tree, text: &str, words: &mut Words<'_>, steps: &mut Vec<Map>) {
    if text.trim().is_empty() {
        return;
    }
    let text = words.text(text);
    steps.push(one("type", one("into", target.clone()).with("text", text).with("add", true)));
}

/// The DOM's name of a Selenium key.
fn key(name: &str) -> Option<String> {
    let known = [
        ("ENTER", "Enter"),
        ("RETURN", "Enter"),
        ("TAB", "Tab"),
        ("ESCAPE", "Escape"),
        ("ESC", "Escape"),
        ("BACK_SPACE", "Backspace"),
        ("BACKSPACE", "Backspace"),
        ("BKSP", "Backspace"),
        ("DELETE", "Delete"),
        ("DEL", "Delete"),
        ("INSERT", "Insert"),
        ("INS", "Insert"),
        ("HOME", "Home"),
        ("END", "End"),
        ("PAGE_UP", "PageUp"),
        ("PGUP", "PageUp"),
        ("PAGE_DOWN", "PageDown"),
        ("PGDN", "PageDown"),
        ("UP", "ArrowUp"),
        ("DOWN", "ArrowDown"),
        ("LEFT", "ArrowLeft"),
        ("RIGHT", "ArrowRight"),
        ("ARROW_UP", "ArrowUp"),
        ("ARROW_DOWN", "ArrowDown"),
        ("ARROW_LEFT", "ArrowLeft"),
        ("ARROW_RIGHT", "ArrowRight"),
        ("SPACE", "Space"),
        ("SHIFT", "Shift"),
        ("CONTROL", "Control"),
        ("CTRL", "Control"),
        ("ALT", "Alt"),
        ("META", "Meta"),
        ("COMMAND", "Meta"),
        ("PAUSE", "Pause"),
        ("HELP", "Help"),
        ("CLEAR", "Clear"),
        ("CANCEL", "Cancel"),
        ("SEMICOLON", ";"),
        ("EQUALS", "="),
        ("MULTIPLY", "*"),
        ("ADD", "+"),
        ("SUBTRACT", "-"),
        ("DECIMAL", "."),
        ("DIVIDE", "/"),
        ("SEPARATOR", ","),
    ];
    if let Some((_, key)) = known.iter().find(|(selenium, _)| *selenium == name) {
        return Some((*key).to_owned());
    }
    let figure =
        |stem: &str| name.strip_prefix(stem).filter(|number| number.parse::<u8>().is_ok_and(|n| n <= 12));
    let pad = figure("NUMPAD").or_else(|| figure("N")).filter(|number| number.len() == 1);
    figure("F").map(|number| format!("F{number}")).or_else(|| pad.map(|number| format!("Numpad{number}")))
}
