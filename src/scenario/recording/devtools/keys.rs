//! Keys: a recorder tells of every key going down and coming up; people say that it was pressed.

use super::super::tree::{Map, Tree, one};

/// Joins a key that goes down and at once comes up into one step.
pub(super) fn join(steps: Vec<Map>) -> Vec<Map> {
    let mut joined: Vec<Map> = Vec::new();
    for step in steps {
        let pressed = joined.last().and_then(|before| pressed(before, &step));
        match (pressed, joined.last_mut()) {
            (Some(pressed), Some(before)) => *before = pressed,
            _ => joined.push(step),
        }
    }
    joined
}

fn pressed(down: &Map, up: &Map) -> Option<Map> {
    let key = |step: &Map, action: &str| {
        let press = step.map("press").filter(|press| press.text("action") == Some(action))?;
        press.text("key").map(ToOwned::to_owned)
    };
    let rest = |step: &Map| Map(step.0.iter().filter(|(key, _)| key != "press").cloned().collect());
    let down_key = key(down, "down")?;
    let is_one = key(up, "up")? == down_key && rest(down) == rest(up) && down.get(super::KEPT).is_none();
    if !is_one {
        return None;
    }
    let said: Tree = if down_key.contains('+') { one("key", down_key).into() } else { down_key.into() };
    Some(Map(down
        .0
        .iter()
        .map(|(key, value)| (key.clone(), if key == "press" { said.clone() } else { value.clone() }))
        .collect()))
}

/// The keys that go down and up for `press`; `None` when the format cannot say it.
pub(super) fn strokes(press: &Tree) -> Option<Vec<Map>> {
    let stroke = |kind: &str, key: &str| one("type", kind).with("key", key);
    match press {
        Tree::Text(said) => {
            let keys: Vec<&str> = if said.len() > 1 { said.split('+').collect() } else { vec![said] };
            if keys.iter().any(|key| key.is_empty()) {
                return None;
            }
            let down = keys.iter().map(|key| stroke("keyDown", key));
            let up = keys.iter().rev().map(|key| stroke("keyUp", key));
            Some(down.chain(up).collect())
        }
        Tree::Map(press) if press.get("on").is_none() && press.get("times").is_none() => {
            let key = press.text("key")?;
            match press.text("action") {
                Some("down") => Some(vec![stroke("keyDown", key)]),
                Some("up") => Some(vec![stroke("keyUp", key)]),
                _ => Some(vec![stroke("keyDown", key), stroke("keyUp", key)]),
            }
        }
        _ => None,
    }
}
