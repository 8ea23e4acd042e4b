//! Steps that enter something into a form: type, fill, choose, tick, upload, pick a day, press keys.

use chrono::NaiveDate;

use super::said::{Context, aim, file_beside, path_beside, text, word};
use super::step::Found;
use crate::model::{Action, Choice, Half, Press, Target};
use crate::scenario::fault::Fault;
use crate::scenario::file::step::StepFile;
use crate::scenario::file::touch::{ChooseFile, PickDateFile, PressFile, UploadFile};
use crate::scenario::margin::Margin;
use crate::scenario::nearest::allowed;
use crate::scenario::template::is_template;
use crate::scenario::yaml::Written;

/// Keys that people press, by their names in web pages (UI Events `key` values).
const KEYS: [&str; 14] = [
    "Enter",
    "Escape",
    "Tab",
    "Backspace",
    "Delete",
    "Space",
    "ArrowUp",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "Home",
    "End",
    "PageUp",
    "PageDown",
];

/// Keys that recordings have besides.
const RARE_KEYS: [&str; 33] = [
    "Shift",
    "Control",
    "Alt",
    "Meta",
    "AltGraph",
    "CapsLock",
    "NumLock",
    "ScrollLock",
    "Insert",
    "Clear",
    "Pause",
    "PrintScreen",
    "ContextMenu",
    "Help",
    "Process",
    "Unidentified",
    "Dead",
    "Fn",
    "OS",
    "Decimal",
    "Add",
    "Subtract",
    "Multiply",
    "Divide",
    "Separator",
    "Convert",
    "NonConvert",
    "KanaMode",
    "HangulMode",
    "Select",
    "Cancel",
    "Execute",
    "Print",
];

const HALVES: [(&str, Half); 2] = [("down", Half::Down), ("up", Half::Up)];

pub(super) fn find(file: &StepFile, context: &Context<'_>, margin: &mut Margin<'_>, found: &mut Found) {
    if let Some(typed) = &file.r#type {
        let text = text(&typed.value.text, context, margin);
        let into = aim(&typed.value.into, context, margin);
        let add = typed.value.add.as_ref().is_some_and(|add| add.value);
        found.add(typed.key, into.map(|into| Action::Type { into, text, add }));
    }
    if let Some(set) = &file.fill {
        let value = text(&set.value.value, context, margin);
        let into = aim(&set.value.into, context, margin);
        found.add(set.key, into.map(|into| Action::Fill { into, value }));
    }
    if let Some(chosen) = &file.choose {
        found.add(chosen.key, choose(&chosen.value, context, margin));
    }
    for (places, on) in [(&file.tick, true), (&file.untick, false)] {
        if let Some(places) = places {
            found.add(places.key, aim(places, context, margin).map(|target| Action::Tick { target, on }));
        }
    }
    if let Some(file) = &file.upload {
        found.add(file.key, upload(&file.value, context, margin));
    }
    if let Some(file) = &file.pick_date {
        found.add(file.key, pick_date(&file.value, context, margin));
    }
    if let Some(file) = &file.press {
        found.add(file.key, press(&file.value, context, margin).map(Action::Press));
    }
}

fn choose(file: &ChooseFile, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let option = text(&file.option, context, margin);
    let from = aim(&file.from, context, margin);
    let option = match option.split_once('=') {
        Some(("value", value)) => Choice::Value(value.to_owned()),
        Some(("id", id)) => Choice::Id(id.trim().to_owned()),
        Some(("index", index)) => match index.trim().parse() {
            Ok(index) if index > 0 => Choice::Index(index),
            _ => {
                let fault = Fault::new(file.option.mark, format!("“{}”不是第几项", index.trim()));
                margin.wrong(fault.hint("从 1 数起，例如：index=2"));
                return None;
            }
        },
        _ => Choice::Words(option),
    };
    Some(Action::Choose { option, from: from?, more: file.more.as_ref().map(|more| more.value) })
}

fn upload(file: &UploadFile, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let into = aim(&file.into, context, margin);
    let name = file_beside(&file.file, margin)?;
    if !path_beside(&name, margin).is_file() {
        let fault = Fault::new(file.file.mark, format!("场景文件旁边没有文件“{name}”"));
        margin.missing(fault.hint("把要上传的样例文件放在场景文件旁边；里面不要有真实的个人信息"));
    }
    Some(Action::Upload { into: into?, file: name })
}

fn pick_date(file: &PickDateFile, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let into = aim(&file.into, context, margin);
    let date = text(&file.date, context, margin).trim().to_owned();
    if !is_template(&date) && NaiveDate::parse_from_str(&date, "%Y-%m-%d").is_err() {
        let fault = Fault::new(file.date.mark, format!("“{date}”不是日期"));
        margin.wrong(fault.hint("写成 年-月-日，例如：2026-11-25"));
        return None;
    }
    Some(Action::PickDate { into: into?, date })
}

fn press(file: &PressFile, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Press> {
    let key = key(&file.key, margin);
    let on: Option<Option<Target>> =
        file.on.as_ref().map_or(Some(None), |on| aim(on, context, margin).map(Some));
    let half = file.action.as_ref().map_or(Some(None), |half| word(half, "按法", &HALVES, margin).map(Some));
    let times = file.times.as_ref().map_or(1, |times| times.value);
    if let Some(written) = file.times.as_ref().filter(|times| !(1..=100).contains(&times.value)) {
        margin.wrong(Fault::new(written.mark, "按键的次数是 1 到 100"));
        return None;
    }
    Some(Press { key: key?, on: on?, half: half?, times })
}

/// A key by its name, one character, or several joined by `+`, the modifiers first.
fn key(written: &Written<String>, margin: &mut Margin<'_>) -> Option<String> {
    const MODIFIERS: [&str; 4] = ["Shift", "Control", "Alt", "Meta"];
    let whole = written.value.as_str();
    let key = if whole.trim().is_empty() { whole } else { whole.trim() };
    let (held, last) = match key.char_indices().rev().skip(1).find(|(_, letter)| *letter == '+') {
        Some((at, _)) => (key.get(..at), key.get(at + 1..).unwrap_or_default()),
        None => (None, key),
    };
    let held_are_known = held.is_none_or(|held| held.split('+').all(|name| MODIFIERS.contains(&name.trim())));
    if held_are_known && is_key(last.trim_start()) || is_key(key) {
        return Some(key.to_owned());
    }
    margin.wrong(Fault::new(written.mark, format!("不认识的按键“{key}”")).hint(allowed("按键", key, &KEYS)));
    None
}

/// A key by its place on the keyboard, as recorders name it (UI Events `code` values: `KeyA`, `Digit1`, `ShiftLeft`).
fn is_place(key: &str) -> bool {
    const SIDES: [&str; 8] = [
        "ShiftLeft",
        "ShiftRight",
        "ControlLeft",
        "ControlRight",
        "AltLeft",
        "AltRight",
        "MetaLeft",
        "MetaRight",
    ];
    const MARKS: [&str; 11] = [
        "Minus",
        "Equal",
        "BracketLeft",
        "BracketRight",
        "Backslash",
        "Semicolon",
        "Quote",
        "Backquote",
        "Comma",
        "Period",
        "Slash",
    ];
    let one = |begin: &str, is_right: fn(&char) -> bool| {
        let mut rest = key.strip_prefix(begin).unwrap_or_default().chars();
        rest.next().is_some_and(|letter| is_right(&letter)) && rest.next().is_none()
    };
    one("Key", char::is_ascii_uppercase)
        || one("Digit", char::is_ascii_digit)
        || one("Numpad", char::is_ascii_digit)
        || matches!(key, "NumpadEnter" | "NumpadDecimal")
        || SIDES.contains(&key)
        || MARKS.contains(&key)
}

fn is_key(key: &str) -> bool {
    let function = key.strip_prefix('F').and_then(|number| number.parse::<u8>().ok());
    key.chars().count() <= 1
        || KEYS.contains(&key)
        || RARE_KEYS.contains(&key)
        || function.is_some_and(|number| (1..=24).contains(&number))
        || is_place(key)
}
