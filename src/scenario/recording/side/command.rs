//! One command as steps of ours.

use super::super::notes::Notes;
use super::super::tree::{Map, Tree, one};
use super::text::Words;
use super::{Command, assertion, form, locator, mouse, store, window};

/// What commands are read with.
#[derive(Debug)]
pub(super) struct Reading<'a, 'b> {
    /// The address that relative ones are joined with.
    pub(super) base: Option<&'a str>,
    /// Whether places are measured from an element's corner.
    pub(super) old: bool,
    pub(super) words: Words<'b>,
}

/// The steps for a command, without label; one that cannot be done is kept disabled, with a note.
pub(super) fn steps(command: &Command, reading: &mut Reading<'_, '_>, notes: &mut Notes) -> Vec<Map> {
    if command.name.is_empty() {
        return Vec::new();
    }
    if command.skip {
        return vec![kept(command, &mut reading.words)];
    }
    match known(command, reading, notes) {
        Ok(Some(steps)) => steps,
        Ok(None) => {
            let why = lost(&command.name).unwrap_or("程序不认识这个命令，可能来自插件");
            notes.lost(format!("{}：{why}，留在文件里，不会做", command.name));
            vec![kept(command, &mut reading.words)]
        }
        Err(why) => {
            notes.refused(format!("{}：{why}；留在文件里，不会做", command.name));
            vec![kept(command, &mut reading.words)]
        }
    }
}

fn known(
    command: &Command,
    reading: &mut Reading<'_, '_>,
    notes: &mut Notes,
) -> Result<Option<Vec<Map>>, String> {
    let base = reading.base;
    let words = &mut reading.words;
    if let Some(steps) = window::window(command, base, words) {
        return steps.map(Some);
    }
    if let Some(steps) = form::form(command, words) {
        return steps.map(Some);
    }
    if let Some(step) = store::store(command, words).or_else(|| assertion::assertion(command, words)) {
        return step.map(|step| Some(vec![step]));
    }
    if command.name == "pause" {
        return pause(&command.target, words).map(Some);
    }
    pointer(command, reading, notes)
}

fn pause(target: &str, words: &mut Words<'_>) -> Result<Vec<Map>, String> {
    let time = words.text(target);
    match time.parse::<u32>() {
        Ok(0) => Ok(Vec::new()),
        Ok(time) => Ok(vec![one("wait", format!("{time}ms"))]),
        Err(_) => Err("停多久没有写成毫秒数".to_owned()),
    }
}

fn pointer(
    command: &Command,
    reading: &mut Reading<'_, '_>,
    notes: &mut Notes,
) -> Result<Option<Vec<Map>>, String> {
    let pointing = [
        "click",
        "clickAt",
        "doubleClick",
        "doubleClickAt",
        "mouseOver",
        "mouseMove",
        "mouseMoveAt",
        "mouseOut",
        "dragAndDropToObject",
        "dragAndDrop",
        "mouseDown",
        "mouseDownAt",
        "mouseUp",
        "mouseUpAt",
    ];
    if !pointing.contains(&command.name.as_str()) {
        return Ok(None);
    }
    let target = locator::target(&command.target, &command.targets, &mut reading.words)?;
    let step = match command.name.as_str() {
        "mouseOver" | "mouseMove" => one("hover", target),
        "mouseMoveAt" => {
            let mut hover = one("target", target.clone());
            mouse::place_into(&mut hover, command, reading.old, notes);
            if hover.get("at").is_some() { one("hover", hover) } else { one("hover", target) }
        }
        "mouseOut" => one("out", target),
        "dragAndDropToObject" => {
            let to = locator::target(&command.value, &command.values, &mut reading.words)?;
            one("drag", one("from", target).with("to", to))
        }
        "dragAndDrop" => {
            let (x, y) = locator::point(&command.value).ok_or("拖多远要写成 x,y")?;
            one("drag", one("from", target).with("by", vec![Tree::Number(x), Tree::Number(y)]))
        }
        "mouseDown" | "mouseDownAt" | "mouseUp" | "mouseUpAt" => return Ok(None),
        _ => mouse::tap(command, target, reading.old, notes),
    };
    Ok(Some(vec![step]))
}

/// Why a command of the published list has no step of ours.
fn lost(name: &str) -> Option<&'static str> {
    Some(match name {
        "setSpeed" | "setTimeout" => "走访的快慢由程序自己掌握",
        "debugger" => "只在录制工具里有用",
        "echo" | "highlight" => "只在录制工具里显示",
        "submit" => "程序不替人提交表单，需要时改成点提交按钮",
        "mouseDown" | "mouseDownAt" | "mouseUp" | "mouseUpAt" => "按下和松开没有配成对",
        "chooseOkOnNextConfirmation"
        | "chooseCancelOnNextConfirmation"
        | "answerOnNextPrompt"
        | "chooseCancelOnNextPrompt" => "只是预先声明，后面处理对话框的命令还在",
        "waitForPageToLoad" | "waitForPopUp" => "程序自己会等页面",
        "windowMaximize" | "windowFocus" | "refresh" | "deleteAllVisibleCookies" | "deleteCookie" => {
            "场景里没有这种步骤"
        }
        _ => return None,
    })
}

/// A command that stays in the file without being done.
pub(super) fn kept(command: &Command, words: &mut Words<'_>) -> Map {
    let mut raw = one("command", words.plain(&command.name));
    let secret =
        super::super::secrets::is_password_field(&command.target) && command.name.starts_with(['t', 's']);
    for (key, text) in [("target", &command.target), ("value", &command.value)] {
        if !text.is_empty() {
            let kept = if secret && key == "value" {
                words.secrets.password(text.trim())
            } else {
                words.plain(text)
            };
            raw.set(key, kept);
        }
    }
    let text = [&command.name, &command.target].map(|text| crate::text::printable(&words.plain(text)));
    one("unknown", one("text", text.join(" ").trim()).with("raw", raw)).with("disabled", true)
}
