//! The verdict of the format's own parser (puppeteer/replay, `parse`): the same files are refused, for the same first
//! reason, in the same words.

use super::super::tree::{Map, Tree};

const TIMEOUT: &str = "Timeout is not between 1 and 30000 milliseconds";

/// Why a file, or a step of it, is not a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::scenario::recording) struct Refusal {
    /// Which step, from 0; `None` when it is the recording itself.
    pub(in crate::scenario::recording) step: Option<usize>,
    /// The format's own words.
    pub(in crate::scenario::recording) message: String,
}

type Verdict = Result<(), String>;

/// Whether the format's own parser takes the recording.
pub(in crate::scenario::recording) fn verdict(recording: &Tree) -> Result<(), Refusal> {
    let whole = |message: String| Refusal { step: None, message };
    let empty = Map::default();
    let recording = match recording {
        Tree::Map(map) => map,
        // An array is an object to JavaScript, one without a title.
        Tree::List(_) => &empty,
        _ => return Err(whole("Recording is not an object".into())),
    };
    for (key, is_right, right) in [("title", is_text as fn(&Tree) -> bool, "string"), ("steps", is_any, "")] {
        match recording.get(key) {
            None => return Err(whole(format!("Recording is missing `{key}`"))),
            Some(value) if !is_right(value) => {
                return Err(whole(format!("Recording `{key}` is not a {right}")));
            }
            Some(_) => {}
        }
        if key == "title" && recording.get("timeout").is_some_and(|timeout| timeout.as_number().is_none()) {
            return Err(whole("Recording `timeout` is not a number".into()));
        }
    }
    timeout(recording).map_err(whole)?;
    let Some(steps) = recording.list("steps") else {
        return Err(whole("Recording `steps` is not an array".into()));
    };
    for (number, given) in steps.iter().enumerate() {
        step(given, number).map_err(|message| Refusal { step: Some(number), message })?;
    }
    Ok(())
}

fn is_text(value: &Tree) -> bool {
    value.as_text().is_some()
}

fn is_any(_: &Tree) -> bool {
    true
}

/// Whether the format's own parser takes the step; `number` from 0.
pub(super) fn step(given: &Tree, number: usize) -> Verdict {
    let empty = Map::default();
    let place = if number == 0 { String::new() } else { format!(" {number}") };
    let step = match given {
        Tree::Map(map) => map,
        Tree::List(_) => &empty,
        _ => return Err(format!("Step{place} is not an object")),
    };
    match step.get("type") {
        None => Err(format!("Step{place} does not have a type")),
        Some(Tree::Text(kind)) => of_kind(kind, step),
        Some(_) => Err(format!("Type of the step{place} is not a string")),
    }
}

fn of_kind(kind: &str, step: &Map) -> Verdict {
    match kind {
        "click" | "doubleClick" => {
            selected(step)?;
            click(step)?;
            optional(step, "duration", "number")
        }
        "hover" => selected(step),
        "change" => selected(step).and_then(|()| needed(step, "value", "string")),
        "keyDown" | "keyUp" => base(step).and_then(|()| needed(step, "key", "string")),
        "emulateNetworkConditions" => {
            base(step)?;
            all_needed(step, &["download", "upload", "latency"], "number")
        }
        "close" => base(step),
        "setViewport" => {
            base(step)?;
            all_needed(step, &["width", "height", "deviceScaleFactor"], "number")?;
            all_needed(step, &["isMobile", "hasTouch", "isLandscape"], "boolean")
        }
        "scroll" => {
            framed(step)?;
            optional(step, "x", "number")?;
            optional(step, "y", "number")?;
            if step.get("selectors").is_some() { selectors(step) } else { Ok(()) }
        }
        "navigate" => base(step).and_then(|()| needed(step, "url", "string")),
        "waitForElement" => wait_for_element(step),
        "waitForExpression" if step.get("expression").is_none() => {
            Err("waitForExpression step is missing `expression`".into())
        }
        "waitForExpression" => framed(step).and_then(|()| needed(step, "expression", "string")),
        "customStep" => match step.get("name") {
            None => Err("customStep is missing name".into()),
            Some(Tree::Text(_)) => framed(step),
            Some(_) => Err("customStep's name is not a string".into()),
        },
        _ => Err(format!("Step type {kind} is not supported")),
    }
}

fn base(step: &Map) -> Verdict {
    timeout(step)?;
    step.list("assertedEvents").unwrap_or_default().iter().try_for_each(asserted_event)
}

fn timeout(map: &Map) -> Verdict {
    match map.number("timeout") {
        Some(timeout) if !(1.0..=30000.0).contains(&timeout) => Err(TIMEOUT.into()),
        _ => Ok(()),
    }
}

fn asserted_event(event: &Tree) -> Verdict {
    let event = match event {
        Tree::Map(event) => event,
        Tree::List(_) => return Err("Asserted event is missing type".into()),
        _ => return Err("Asserted event is not an object".into()),
    };
    match event.get("type") {
        None => Err("Asserted event is missing type".into()),
        Some(Tree::Text(kind)) if kind == "navigation" => {
            optional(event, "url", "string")?;
            optional(event, "title", "string")
        }
        Some(_) => Err("Unknown assertedEvent type".into()),
    }
}

fn framed(step: &Map) -> Verdict {
    base(step)?;
    let is_index = |index: &Tree| index.as_number().is_some_and(|number| number.fract() == 0.0);
    match step.get("frame") {
        None => Ok(()),
        Some(Tree::List(path)) if path.iter().all(is_index) => Ok(()),
        Some(_) => Err("Step `frame` is not an integer array".into()),
    }
}

fn selected(step: &Map) -> Verdict {
    framed(step)?;
    selectors(step)
}

fn selectors(step: &Map) -> Verdict {
    let alternatives = match step.get("selectors") {
        None => return Err("Step does not have required selectors".into()),
        Some(Tree::List(list)) if list.is_empty() => {
            return Err("Step does not have required selectors".into());
        }
        Some(Tree::List(list)) => list,
        Some(_) => return Err("Step selectors are not an array".into()),
    };
    alternatives.iter().try_for_each(|alternative| match alternative {
        Tree::Text(_) => Ok(()),
        Tree::List(chain) if chain.iter().all(is_text) => Ok(()),
        Tree::List(_) => Err("Selector element is not a string".to_owned()),
        _ => Err("Selector is not an array or string".to_owned()),
    })
}

fn click(step: &Map) -> Verdict {
    all_needed(step, &["offsetX", "offsetY"], "number")?;
    one_of(step, "deviceType", &["mouse", "pen", "touch"])?;
    one_of(step, "button", &["primary", "auxiliary", "secondary", "back", "forward"])
}

/// A text out of a few, or the empty text.
fn one_of(step: &Map, key: &str, allowed: &[&str]) -> Verdict {
    optional(step, key, "string")?;
    let given = step.text(key).unwrap_or_default();
    if given.is_empty() || allowed.contains(&given) {
        return Ok(());
    }
    Err(format!("'{key}' for click steps must be one of the following: {}", allowed.join(", ")))
}

fn wait_for_element(step: &Map) -> Verdict {
    optional(step, "operator", "string")?;
    if !matches!(step.text("operator"), None | Some("" | ">=" | "==" | "<=")) {
        return Err("WaitForElement step's operator is not one of '>=','==','<='".into());
    }
    if let Some(attributes) = step.get("attributes") {
        let is_dictionary =
            attributes.as_map().is_some_and(|map| map.0.iter().all(|(_, value)| is_text(value)));
        if !is_dictionary {
            return Err("WaitForElement step's attribute is not a dictionary of strings".into());
        }
    }
    if !matches!(step.get("properties"), None | Some(Tree::Map(_) | Tree::List(_))) {
        return Err("WaitForElement step's attribute is not an object".into());
    }
    selected(step)?;
    optional(step, "count", "number")?;
    optional(step, "visible", "boolean")
}

fn all_needed(step: &Map, keys: &[&str], kind: &str) -> Verdict {
    keys.iter().try_for_each(|key| needed(step, key, kind))
}

fn optional(step: &Map, key: &str, kind: &str) -> Verdict {
    if step.get(key).is_some() { needed(step, key, kind) } else { Ok(()) }
}

fn needed(step: &Map, key: &str, kind: &str) -> Verdict {
    let is_right = match step.get(key) {
        Some(Tree::Text(_)) => kind == "string",
        Some(Tree::Number(_)) => kind == "number",
        Some(Tree::Bool(_)) => kind == "boolean",
        _ => false,
    };
    if is_right { Ok(()) } else { Err(format!("Step.{key} is not a {kind}")) }
}
