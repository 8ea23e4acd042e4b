//! Console lines, uncaught errors and failed requests, out of the browser's events.

use std::collections::VecDeque;

use serde::Deserialize;
use serde_json::{Value, json};

use super::ledger::read;
use super::message::Command;
use crate::model::{Noise, NoiseKind};

/// Longest line that is told, in characters. Much longer than anybody keeps: what is cut must not cut a secret in two that is to be
/// masked.
const LONGEST: usize = 8000;
/// Longest address that is told, in characters; a picture inside an address is none.
const LONGEST_ADDRESS: usize = 8000;
/// Requests whose addresses are remembered; a failure is told soon after its request.
const MOST_REQUESTS: usize = 300;

/// The addresses of the last requests, by id: a failure does not say its own.
#[derive(Debug, Default)]
pub(super) struct Requests(VecDeque<(String, String)>);

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
#[serde(rename_all = "camelCase")]
struct Sent {
    request_id: String,
    request: Request,
}

#[derive(Deserialize)]
struct Request {
    url: String,
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
    request_id: String,
    error_text: String,
    #[serde(default)]
    canceled: bool,
    blocked_reason: Option<String>,
    r#type: Option<String>,
}

/// What an event tells, if it tells anything.
pub(super) fn heard(method: &str, params: &str, requests: &mut Requests) -> Option<Noise> {
    match method {
        "Network.requestWillBeSent" => {
            requests.remember(read(params)?);
            None
        }
        "Runtime.consoleAPICalled" => read(params).and_then(console),
        "Runtime.exceptionThrown" => read(params).map(thrown),
        "Log.entryAdded" => read(params).and_then(entry),
        "Network.responseReceived" => read(params).and_then(received),
        "Network.loadingFailed" => read(params).and_then(|it| failed(it, requests)),
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
    (status >= 400).then(|| Noise {
        status: Some(status),
        ..noise(NoiseKind::FailedRequest, &format!("返回错误状态 {status}"), Some(url))
    })
}

fn failed(failed: Failed, requests: &Requests) -> Option<Noise> {
    let Failed { request_id, error_text, canceled, blocked_reason, r#type } = failed;
    // What the guard held back has been told; what the page itself gave up is no failure.
    let ours = blocked_reason.as_deref() == Some("inspector") || error_text.contains("BLOCKED_BY_CLIENT");
    let kind = r#type.unwrap_or_default();
    (!canceled && !ours).then(|| {
        noise(
            NoiseKind::FailedRequest,
            &format!("请求失败：{error_text}（{kind}）"),
            requests.address(&request_id),
        )
    })
}

fn noise(kind: NoiseKind, said: &str, url: Option<String>) -> Noise {
    let said = said.chars().filter(|one| !one.is_control() || *one == '\n').take(LONGEST).collect();
    let url = url.filter(|url| !url.is_empty()).map(|url| url.chars().take(LONGEST_ADDRESS).collect());
    Noise { kind, said, url, status: None }
}

impl Requests {
    fn remember(&mut self, Sent { request_id, request }: Sent) {
        if self.0.len() == MOST_REQUESTS {
            self.0.pop_front();
        }
        self.0.push_back((request_id, request.url));
    }

    fn address(&self, id: &str) -> Option<String> {
        self.0.iter().rev().find(|(own, _)| own == id).map(|(_, url)| url.clone())
    }
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
            heard("Runtime.consoleAPICalled", &params, &mut Requests::default())
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
                &mut Requests::default(),
            )
        };
        let told = answer(404).unwrap();
        assert_eq!((told.kind, told.url.as_deref()), (NoiseKind::FailedRequest, Some("http://a/x")));
        assert_eq!(told.status, Some(404));
        assert_eq!(answer(200), None);
    }

    #[test]
    fn what_was_held_back_is_not_told_twice() {
        let mut requests = Requests::default();
        let sent = r#"{"requestId":"1","request":{"url":"http://a/y","method":"GET"}}"#;
        assert_eq!(heard("Network.requestWillBeSent", sent, &mut requests), None);
        let mut failed = |error: &str| {
            let params = format!(r#"{{"requestId":"1","errorText":"{error}"}}"#);
            heard("Network.loadingFailed", &params, &mut requests)
        };
        assert_eq!(failed("net::ERR_BLOCKED_BY_CLIENT"), None);
        assert_eq!(failed("net::ERR_CONNECTION_REFUSED").unwrap().url.as_deref(), Some("http://a/y"));
    }
}
