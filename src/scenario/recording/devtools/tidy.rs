//! Old and half-broken recordings put into today's form, as far as that can be done without guessing.

use super::super::notes::Notes;
use super::super::tree::{Map, Tree, is_whole, one};

/// The steps of the recording, flattened out of its sections.
pub(super) fn flatten(recording: &mut Map, notes: &mut Notes) {
    if recording.get("steps").is_some() {
        return;
    }
    let Some(Tree::List(sections)) = recording.remove("sections") else { return };
    notes.remark("旧格式：按段落（sections）录的，已经连成一串步骤");
    let mut steps = Vec::new();
    for section in &sections {
        let Some(section) = section.as_map() else { continue };
        let own = section.list("steps").unwrap_or_default();
        let goes_there =
            own.first().and_then(Tree::as_map).is_some_and(|step| step.text("type") == Some("navigate"));
        if let Some(url) = section.text("url").filter(|_| !goes_there) {
            steps.push(one("type", "navigate").with("url", url).into());
        }
        steps.extend(own.iter().cloned());
    }
    recording.set("steps", steps);
}

/// One step in today's form.
pub(super) fn modernise(step: &mut Map, notes: &mut Notes) {
    if step.get("selectors").is_none()
        && let Some(selector) = step.remove("selector")
    {
        notes.remark("旧格式：只有一个选择器（selector）");
        step.set("selectors", vec![selector]);
    }
    let context = step.get("context").and_then(Tree::as_map).cloned();
    if let Some(context) = context {
        step.remove("context");
        for key in ["path", "target"] {
            if let Some(value) = context.get(key).filter(|_| step.get(key).is_none()) {
                step.set(key, value.clone());
            }
        }
        notes.remark("旧格式：窗口和框架写在 context 里");
    }
    let is_index = |index: &Tree| index.as_number().is_some_and(is_whole);
    if step.get("frame").is_none() && step.list("path").is_some_and(|path| path.iter().all(is_index)) {
        let path = step.remove("path").unwrap_or(Tree::Null);
        step.set("frame", path);
        notes.remark("旧格式：框架写在 path 里");
    }
}
