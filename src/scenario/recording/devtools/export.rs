//! A scenario as a recording.

use super::super::names::unliteral;
use super::super::notes::Notes;
use super::super::tree::{Map, Tree, one};
use super::{KEPT, WITHOUT, keys, selector};

/// Step types whose steps the recorder says are in the main window.
const IN_A_WINDOW: [&str; 8] =
    ["click", "doubleClick", "hover", "change", "keyDown", "keyUp", "scroll", "waitForElement"];

/// Keys of a step of ours that are no action.
const MODIFIERS: [&str; 10] =
    ["label", "when", "timeout", "retry", "soft", "page", "frame", "disabled", KEPT, WITHOUT];

/// The recording of a scenario.
pub(in crate::scenario::recording) fn export(scenario: &Map, notes: &mut Notes) -> Map {
    let base = scenario.text("base");
    let mut recording =
        one("title", scenario.text("title").or(scenario.text("scenario")).unwrap_or_default());
    for (key, value) in scenario.map(KEPT).map(|kept| kept.0.as_slice()).unwrap_or_default() {
        recording.set(key, value.clone());
    }
    for key in ["for-each", "params", "channels", "before", "after"] {
        if scenario.get(key).is_some() {
            notes.lost(format!("DevTools 的录制没有“{key}”，没有写进去"));
        }
    }
    let mut steps = Vec::new();
    let mut number = 0;
    collect(scenario.list("steps").unwrap_or_default(), base, &mut number, &mut steps, notes);
    notes.place.clear();
    let mut recording = Tree::Map(recording.with("steps", steps));
    recording.change_texts(&mut unliteral);
    match recording {
        Tree::Map(recording) => recording,
        _ => Map::default(),
    }
}

fn collect(given: &[Tree], base: Option<&str>, number: &mut usize, done: &mut Vec<Tree>, notes: &mut Notes) {
    for step in given {
        *number += 1;
        notes.place = format!("第 {number} 步");
        let step = match step {
            Tree::Map(step) => step.clone(),
            // A bare word: `- close`.
            Tree::Text(word) => one(word, Tree::Null),
            _ => continue,
        };
        if let Some(inner) = plain_group(&step) {
            notes.remark("一组步骤拆成了单个步骤");
            collect(inner, base, number, done, notes);
            continue;
        }
        match steps(&step, base) {
            Ok(steps) => {
                for key in ["label", "retry", "soft"] {
                    if step.get(key).is_some() {
                        notes.lost(format!("DevTools 没有“{key}”，没有写进去"));
                    }
                }
                done.extend(steps.into_iter().map(Tree::Map));
            }
            Err(why) => {
                notes.lost(format!("{why}，写成了 customStep，DevTools 重放时会跳过"));
                done.push(custom(&step).into());
            }
        }
    }
}

fn plain_group(step: &Map) -> Option<&[Tree]> {
    let is_plain = step.0.iter().all(|(key, _)| key == "group" || key == "label");
    step.map("group").filter(|_| is_plain)?.list("steps")
}

fn custom(step: &Map) -> Map {
    one("type", "customStep").with("name", "zoutong").with("parameters", one("step", step.clone()))
}

/// The recorded steps for one of ours.
///
/// # Errors
/// In one Chinese clause, why the format cannot say it.
pub(super) fn steps(step: &Map, base: Option<&str>) -> Result<Vec<Map>, String> {
    if let Some(raw) =
        step.map("unknown").and_then(|unknown| unknown.map("raw")).filter(|raw| is_recorded(raw))
    {
        return Ok(vec![raw.clone()]);
    }
    for key in ["when", "disabled"] {
        if step.get(key).is_some() {
            return Err(format!("DevTools 没有“{key}”"));
        }
    }
    let (name, said) = step
        .0
        .iter()
        .find(|(key, _)| !MODIFIERS.contains(&key.as_str()) && !key.starts_with("x-"))
        .ok_or("这一步没有动作")?;
    let done = match name.as_str() {
        "press" => keys::strokes(said),
        "open" if recorded_address(step).is_some() => {
            recorded_address(step).map(|url| vec![one("type", "navigate").with("url", url)])
        }
        _ => action(name, said, base).map(|one| vec![one]),
    };
    let done = done.ok_or_else(|| format!("DevTools 没有能代替“{name}”这一步的步骤"))?;
    done.into_iter().map(|recorded| modified(step, recorded)).collect()
}

/// The address as it was recorded, where ours is not the same.
fn recorded_address(step: &Map) -> Option<&str> {
    step.map(KEPT)?.text("url")
}

fn is_recorded(raw: &Map) -> bool {
    raw.get("type").is_some()
}

fn modified(step: &Map, mut recorded: Map) -> Result<Map, String> {
    let is_in_a_window = recorded.text("type").is_some_and(|kind| IN_A_WINDOW.contains(&kind));
    match step.get("page") {
        Some(Tree::Text(page)) => recorded.set("target", page.as_str()),
        None if is_in_a_window => recorded.set("target", "main"),
        _ => {}
    }
    match step.get("frame") {
        None => {}
        Some(path @ Tree::List(list)) if list.iter().all(|index| index.as_number().is_some()) => {
            recorded.set("frame", path.clone());
        }
        Some(_) => return Err("DevTools 只能用序号指明框架".to_owned()),
    }
    if let Some(timeout) = step.text("timeout").and_then(milliseconds) {
        recorded.set("timeout", timeout.clamp(1.0, 30_000.0));
    }
    for (key, value) in step.map(KEPT).map(|kept| kept.0.as_slice()).unwrap_or_default() {
        recorded.set(key, value.clone());
    }
    for key in step.list(WITHOUT).unwrap_or_default().iter().filter_map(Tree::as_text) {
        recorded.remove(key);
    }
    Ok(recorded)
}

fn milliseconds(text: &str) -> Option<f64> {
    let at = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = text.split_at(at);
    let factor = match unit.trim() {
        "ms" => 1.0,
        "s" => 1000.0,
        "m" => 60_000.0,
        _ => return None,
    };
    number.parse::<f64>().ok().map(|number| number * factor)
}

fn action(name: &str, said: &Tree, base: Option<&str>) -> Option<Map> {
    let of = |kind: &str| one("type", kind);
    match name {
        "viewport" => viewport(said.as_map()?),
        "open" => Some(of("navigate").with("url", address(said.as_text()?, base)?)),
        "tap" => tap(said),
        "long-press" => Some(tap(said)?.with("duration", 800.0)),
        "hover" => Some(of("hover").with("selectors", selector::selectors(said)?)),
        "fill" => change(said.as_map()?, "into", said.as_map()?.text("value")?),
        "type" => {
            let typed = said.as_map().filter(|typed| typed.get("add").is_none())?;
            change(typed, "into", typed.text("text")?)
        }
        "choose" => {
            let chosen = said.as_map().filter(|chosen| chosen.get("more").is_none())?;
            change(chosen, "from", chosen.text("option")?.strip_prefix("value=")?)
        }
        "tick" | "untick" => {
            let value = if name == "tick" { "true" } else { "" };
            Some(of("change").with("selectors", selector::selectors(said)?).with("value", value))
        }
        "scroll" => scroll(said.as_map()?),
        "close" => Some(of("close")),
        "network" => network(said),
        "wait" => match said {
            Tree::Map(wait) if wait.text("script").is_some() => {
                Some(of("waitForExpression").with("expression", wait.text("script")?))
            }
            Tree::Text(text) if milliseconds(text).is_none() => expect(said),
            _ => None,
        },
        "expect" => expect(said),
        _ => None,
    }
}

fn viewport(said: &Map) -> Option<Map> {
    let is = |key: &str| said.bool(key).unwrap_or(false);
    let size = one("type", "setViewport")
        .with("width", said.number("width")?)
        .with("height", said.number("height")?);
    let scaled = size.with("deviceScaleFactor", said.number("scale").unwrap_or(1.0));
    Some(
        scaled
            .with("isMobile", is("mobile"))
            .with("hasTouch", is("touch"))
            .with("isLandscape", is("landscape")),
    )
}

/// A whole address; a page's name in a channel's vocabulary has none.
fn address(said: &str, base: Option<&str>) -> Option<String> {
    if said.starts_with("http://") || said.starts_with("https://") || said.trim() == "about:blank" {
        return Some(said.to_owned());
    }
    let base = base.filter(|_| said.starts_with('/'))?;
    Some(format!("{base}{said}"))
}

fn tap(said: &Tree) -> Option<Map> {
    let bare = one("target", said.clone());
    let tap = said.as_map().filter(|tap| tap.get("target").is_some()).unwrap_or(&bare);
    let known = ["target", "at", "button", "hold", "times"];
    if tap.0.iter().any(|(key, _)| !known.contains(&key.as_str())) {
        return None;
    }
    let kind = match tap.number("times") {
        None | Some(1.0) => "click",
        Some(2.0) => "doubleClick",
        Some(_) => return None,
    };
    let mut click = one("type", kind).with("selectors", selector::selectors(tap.get("target")?)?);
    // Without a place: the corner's pixel, which every element has.
    let at =
        |place: usize| tap.list("at").and_then(|at| at.get(place)).and_then(Tree::as_number).unwrap_or(1.0);
    click.set("offsetX", at(0));
    click.set("offsetY", at(1));
    match tap.text("button") {
        Some("middle") => click.set("button", "auxiliary"),
        Some("right") => click.set("button", "secondary"),
        Some(button @ ("back" | "forward")) => click.set("button", button),
        _ => {}
    }
    if let Some(hold) = tap.text("hold").and_then(milliseconds) {
        click.set("duration", hold);
    }
    Some(click)
}

fn change(said: &Map, field: &str, value: &str) -> Option<Map> {
    let selectors = selector::selectors(said.get(field)?)?;
    Some(one("type", "change").with("selectors", selectors).with("value", value))
}

fn scroll(said: &Map) -> Option<Map> {
    let [x, y] = said.list("to")? else { return None };
    let mut scroll = one("type", "scroll").with("x", x.as_number()?).with("y", y.as_number()?);
    if let Some(target) = said.get("in") {
        scroll.set("selectors", selector::selectors(target)?);
    }
    Some(scroll)
}

fn network(said: &Tree) -> Option<Map> {
    let rates = match said {
        Tree::Text(text) if text == "offline" => [0.0; 3],
        Tree::Map(map) => [map.number("download")?, map.number("upload")?, map.number("latency")?],
        _ => return None,
    };
    let [download, upload, latency] = rates;
    let step = one("type", "emulateNetworkConditions").with("download", download);
    Some(step.with("upload", upload).with("latency", latency))
}

fn expect(said: &Tree) -> Option<Map> {
    let bare = one("target", said.clone());
    let absent = said.as_map().and_then(|expect| expect.get("absent"));
    if let Some(target) = absent {
        let step = one("type", "waitForElement").with("selectors", selector::selectors(target)?);
        return Some(step.with("operator", "==").with("count", 0.0));
    }
    let expect = said.as_map().unwrap_or(&bare);
    let known = ["target", "count", "attributes", "properties", "not"];
    if expect.0.iter().any(|(key, _)| !known.contains(&key.as_str())) {
        return None;
    }
    let mut step =
        one("type", "waitForElement").with("selectors", selector::selectors(expect.get("target")?)?);
    if let Some(count) = expect.text("count").filter(|count| *count != ">= 1") {
        let (operator, number) = count.split_once(' ').unwrap_or(("==", count));
        step.set("operator", operator);
        step.set("count", number.trim().parse::<f64>().ok()?);
    }
    for key in ["attributes", "properties"] {
        if let Some(wanted) = expect.get(key) {
            step.set(key, wanted.clone());
        }
    }
    if expect.bool("not") == Some(true) {
        step.set("visible", false);
    }
    Some(step)
}
