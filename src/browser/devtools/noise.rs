//! Console lines, uncaught errors and failed requests, out of the browser's events.

use serde::Deserialize;
use serde_json::{Value, json};

use super::ledger::read;
use super::message::Command;
use crate::model::{Noise, NoiseKind};

/// Longest line that is kept, in characters.
const LONGEST: usize = 500;

/// What a target is told to make it tell.
pub(super) fn commands(session: &str) -> Vec<Command> {
    // Small buffers: what requests bring is not asked for.
    let network = json!({ "maxTotalBufferSize": 0, "maxResourceBufferSize": 0 });
    vec![
        Command::to(session, "Runtime.enable", json!({})),
        Command::to(session, "Log.enable", json!({})),
        Command::to(session, "Network.enable", network),
    ]
}

#[derive(Deserialize)]
struct ConsoleCalled {
    r#type: String,
    args: Vec<Argument>,
}

#[derive(Deserialize)]
struct Argument {
    value: Option<Value>,
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Thrown {
    exception_details: Details,
}

#[derive(Deserialize)]
struct Details {
    text: String,
    url: Option<String>,
    exception: Option<Argument>,
}

#[derive(Deserialize)]
struct Added {
    entry: Entry,
}

#[derive(Deserialize)]
struct Entry {
    source: String,
    level: String,
    text: String,
    url: Option<String>,
}

#[derive(Deserialize)]
struct Received {
    response: Answered,
}

#[derive(Deserialize)]
struct Answered {
    url: String,
    status: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failed {
    error_text: String,
    #[serde(default)]
    canceled: bool,
    blocked_reason: Option<String>,
    r#type: Option<String>,
}

/// What an event tells, if it tells anything.
pub(super) fn heard(method: &str, params: &str) -> Option<Noise> {
    match method {
        "Runtime.consoleAPICalled" => read(params).and_then(console),
        "Runtime.exceptionThrown" => read(params).map(thrown),
        "Log.entryAdded" => read(params).and_then(entry),
        "Network.responseReceived" => read(params).and_then(received),
        "Network.loadingFailed" => read(params).and_then(failed),
        _ => None,
    }
}

fn console(ConsoleCalled { r#type, args }: ConsoleCalled) -> Option<Noise> {
    if !matches!(r#type.as_str(), "error" | "warning" | "assert") {
        return None;
    }
    let words: Vec<String> = args.into_iter().map(Argument::said).collect();
    Some(noise(NoiseKind::Console, &words.join(" "), None))
}

fn thrown(Thrown { exception_details }: Thrown) -> Noise {
    let Details { text, url, exception } = exception_details;
    let said = exception.map(Argument::said).filter(|said| !said.is_empty()).unwrap_or(text);
    noise(NoiseKind::Exception, &said, url)
}

fn entry(Added { entry }: Added) -> Option<Noise> {
    // Failed requests tell of themselves.
    let wanted = matches!(entry.level.as_str(), "error" | "warning") && entry.source != "network";
    wanted.then(|| noise(NoiseKind::Console, &entry.text, entry.url))
}

fn received(Received { response: Answered { url, status } }: Received) -> Option<Noise> {
    (status >= 400).then(|| noise(NoiseKind::FailedRequest, &format!("返回错误状态 {status}"), Some(url)))
}

fn failed(Failed { error_text, canceled, blocked_reason, r#type }: Failed) -> Option<Noise> {
    // What the guard held back has been told; what the page itself gave up is no failure.
    let ours = blocked_reason.as_deref() == Some("inspector") || error_text.contains("BLOCKED_BY_CLIENT");
    let kind = r#type.unwrap_or_default();
    (!canceled && !ours)
        .then(|| noise(NoiseKind::FailedRequest, &format!("请求失败：{error_text}（{kind}）"), None))
}

fn noise(kind: NoiseKind, said: &str, url: Option<String>) -> Noise {
    let said = said.chars().filter(|one| !one.is_control() || *one == '\n').take(LONGEST).collect();
    Noise { kind, said, url: url.filter(|url| !url.is_empty()) }
}

impl Argument {
    fn said(self) -> String {
        match self.value {
            Some(Value::String(text)) => text,
            Some(value) => value.to_string(),
            None => self.description.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_on_the_console_are_told_and_chatter_is_not() {
        let call = |kind: &str| {
            let params = format!(
                r#"{{"type":"{kind}","args":[{{"type":"string","value":"坏了"}},{{"type":"number","value":3}}]}}"#
            );
            heard("Runtime.consoleAPICalled", &params)
        };
        assert_eq!(call("error").unwrap().said, "坏了 3");
        assert_eq!(call("log"), None);
    }

    #[test]
    fn an_error_status_is_a_failed_request() {
        let answer = |status: u16| {
            heard(
                "Network.responseReceived",
                &format!(r#"{{"response":{{"url":"http://a/x","status":{status}}}}}"#),
            )
        };
        let told = answer(404).unwrap();
        assert_eq!((told.kind, told.url.as_deref()), (NoiseKind::FailedRequest, Some("http://a/x")));
        assert_eq!(answer(200), None);
    }

    #[test]
    fn what_was_held_back_is_not_told_twice() {
        let failed = |error: &str| {
            heard("Network.loadingFailed", &format!(r#"{{"requestId":"1","errorText":"{error}"}}"#))
        };
        assert_eq!(failed("net::ERR_BLOCKED_BY_CLIENT"), None);
        assert!(failed("net::ERR_CONNECTION_REFUSED").is_some());
    }
}
