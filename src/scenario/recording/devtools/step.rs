//! One recorded step as a step of the scenario language.

use super::super::tree::{self, Map, Tree, number_text, one};
use super::selector;

/// The step in our words, without the modifiers; `None` when what it needs is missing or makes no sense.
pub(super) fn action(step: &Map, base: Option<&str>) -> Option<Map> {
    Some(match step.text("type")? {
        "setViewport" => one("viewport", viewport(step)?),
        "navigate" => one("open", address(step.text("url")?, base)?),
        "click" => one("tap", tap(step)?),
        "doubleClick" => {
            let tap = match tap(step)? {
                Tree::Map(map) => map,
                target => one("target", target),
            };
            one("tap", tap.with("times", 2.0))
        }
        "hover" => one("hover", target(step)?),
        "change" => one("fill", one("into", target(step)?).with("value", step.text("value")?)),
        "keyDown" => press(step, "down")?,
        "keyUp" => press(step, "up")?,
        "scroll" => one("scroll", scroll(step)?),
        "close" => one("close", Tree::Null),
        "emulateNetworkConditions" => one("network", network(step)?),
        "waitForElement" => one("expect", expect(step)?),
        "waitForExpression" => one("wait", one("script", step.text("expression")?)),
        _ => return None,
    })
}

/// `page`, `frame` and `timeout`, as far as the language has them.
pub(super) fn modifiers(step: &Map, ours: &mut Map) {
    if let Some(page) = step.text("target").filter(|page| *page != "main" && !page.trim().is_empty()) {
        ours.set("page", page);
    }
    let is_index =
        |index: &Tree| index.as_number().is_some_and(|number| tree::is_whole(number) && number >= 0.0);
    if let Some(path) = step.list("frame").filter(|path| !path.is_empty() && path.iter().all(is_index)) {
        ours.set("frame", path.to_vec());
    }
    if let Some(timeout) = step.number("timeout").and_then(milliseconds) {
        ours.set("timeout", timeout);
    }
}

/// A length of time of at least a millisecond and at most ten minutes.
fn milliseconds(number: f64) -> Option<String> {
    let rounded = number.ceil();
    (1.0..=600_000.0).contains(&rounded).then(|| format!("{}ms", number_text(rounded)))
}

fn target(step: &Map) -> Option<Tree> {
    selector::target(step.list("selectors")?)
}

fn viewport(step: &Map) -> Option<Map> {
    let size =
        |key: &str| step.number(key).filter(|size| tree::is_whole(*size) && (1.0..=20_000.0).contains(size));
    let mut viewport = one("width", size("width")?).with("height", size("height")?);
    if let Some(scale) = step.number("deviceScaleFactor").filter(|scale| *scale > 0.0) {
        viewport.set("scale", scale);
    }
    for (theirs, ours) in [("isMobile", "mobile"), ("hasTouch", "touch"), ("isLandscape", "landscape")] {
        if let Some(is) = step.bool(theirs) {
            viewport.set(ours, is);
        }
    }
    Some(viewport)
}

/// The address, without the part that every address of the recording begins with; `None` when it is not one to visit.
fn address(url: &str, base: Option<&str>) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return None;
    }
    let is_path = |path: &&str| path.starts_with('/') && !path.starts_with("//");
    if let Some(path) = base.and_then(|base| url.strip_prefix(base)).filter(is_path) {
        return Some(path.to_owned());
    }
    if is_whole(url) {
        return Some(url.to_owned());
    }
    // A placeholder stands for the host: what is left can be opened on whatever host is walked.
    rest.find('/').and_then(|at| rest.get(at..)).filter(is_path).map(ToOwned::to_owned)
}

/// Whether an address, its secrets filled in, is one.
fn is_whole(url: &str) -> bool {
    let mut filled = String::new();
    for (number, part) in url.trim().split("{{ secret.").enumerate() {
        let after = if number == 0 { part } else { part.split_once(" }}").map_or(part, |(_, after)| after) };
        if number > 0 {
            filled.push('x');
        }
        filled.push_str(after);
    }
    url::Url::parse(&filled).is_ok_and(|url| url.has_host())
}

fn tap(step: &Map) -> Option<Tree> {
    let target = target(step)?;
    let mut tap = one("target", target.clone());
    if let (Some(x), Some(y)) = (step.number("offsetX"), step.number("offsetY")) {
        tap.set("at", vec![x.into(), y.into()]);
    }
    let button = match step.text("button") {
        Some("auxiliary") => "middle",
        Some("secondary") => "right",
        Some("back") => "back",
        Some("forward") => "forward",
        _ => "left",
    };
    if button != "left" {
        tap.set("button", button);
    }
    if let Some(hold) = step.number("duration").and_then(milliseconds) {
        tap.set("hold", hold);
    }
    Some(if tap.0.len() == 1 { target } else { tap.into() })
}

fn press(step: &Map, action: &str) -> Option<Map> {
    let key = step.text("key").filter(|key| !key.is_empty())?;
    Some(one("press", one("key", key).with("action", action)))
}

fn scroll(step: &Map) -> Option<Map> {
    let to = |key: &str| Tree::Number(step.number(key).unwrap_or_default());
    let scroll = one("to", vec![to("x"), to("y")]);
    if step.get("selectors").is_none() {
        return Some(scroll);
    }
    Some(scroll.with("in", target(step)?))
}

fn network(step: &Map) -> Option<Tree> {
    let rate = |key: &str| step.number(key).filter(|rate| *rate >= 0.0);
    let (download, upload, latency) = (rate("download")?, rate("upload")?, rate("latency")?);
    if download == 0.0 && upload == 0.0 {
        return Some("offline".into());
    }
    Some(one("download", download).with("upload", upload).with("latency", latency).into())
}

fn expect(step: &Map) -> Option<Map> {
    let operator = step.text("operator").filter(|operator| !operator.is_empty()).unwrap_or(">=");
    let count = step.number("count").unwrap_or(1.0);
    if !tree::is_whole(count) || count < 0.0 || ![">=", "==", "<="].contains(&operator) {
        return None;
    }
    let mut expect = one("target", target(step)?).with("count", format!("{operator} {}", number_text(count)));
    for key in ["attributes", "properties"] {
        if let Some(wanted) = step.map(key).filter(|wanted| !wanted.0.is_empty()) {
            expect.set(key, wanted.clone());
        }
    }
    if step.bool("visible") == Some(false) {
        expect.set("not", true);
    }
    Some(expect)
}
