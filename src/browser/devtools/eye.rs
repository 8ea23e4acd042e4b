//! Watching what a person does: a script in a world of its own that no page can reach, and the notes that it sends out.

use serde::Deserialize;
use serde_json::json;

use super::ledger::read;
use super::message::Command;
use crate::model::Noticed;

/// The script's own world in every document.
const WORLD: &str = "zoutong";
/// The function by which its notes go out.
const VOICE: &str = "zoutongNoted";
/// Longest note that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// What a target is told to be watched.
pub(super) fn commands(session: &str, script: &str) -> Vec<Command> {
    let voice = json!({ "name": VOICE, "executionContextName": WORLD });
    let script = json!({ "source": script, "worldName": WORLD, "runImmediately": true });
    vec![
        Command::to(session, "Runtime.enable", json!({})),
        Command::to(session, "Runtime.addBinding", voice),
        Command::to(session, "Page.enable", json!({})),
        Command::to(session, "Page.addScriptToEvaluateOnNewDocument", script),
    ]
}

#[derive(Deserialize)]
struct Called {
    name: String,
    payload: String,
}

/// A note, where the event is one.
pub(super) fn seen(method: &str, params: &str) -> Option<Noticed> {
    if method != "Runtime.bindingCalled" {
        return None;
    }
    let called: Called = read(params)?;
    (called.name == VOICE && called.payload.len() <= LONGEST).then(|| read(&called.payload)).flatten()
}
