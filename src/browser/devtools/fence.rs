//! Requests that a page is about to send: each is held until the guard has been asked.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::ledger::read;
use super::message::Command;
use crate::browser::port::{Leaving, Refusal, RequestGuard};
use crate::model::{Noise, NoiseKind};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Paused {
    request_id: String,
    request: Request,
    frame_id: String,
    resource_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    url: String,
    method: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    post_data: String,
    #[serde(default)]
    post_data_entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    bytes: String,
}

/// What is asked about: everything that can write, and whatever a window shows. Pictures, styles and scripts pass unasked
/// unless their address says that they submit.
pub(super) fn patterns() -> Value {
    let kinds = ["Document", "XHR", "Fetch", "Ping", "Other"];
    let mut patterns: Vec<Value> = kinds.iter().map(|kind| json!({ "resourceType": kind })).collect();
    patterns.push(json!({ "urlPattern": "*ubmit*" }));
    json!({ "patterns": patterns })
}

/// Whose request it is.
pub(super) struct Sender<'a> {
    /// The target's session.
    pub(super) session: &'a str,
    /// The window, where the target is one.
    pub(super) window: Option<&'a str>,
    /// Whether the window has shown no document yet.
    pub(super) fresh: bool,
}

/// Decides about a request that waits: what to tell the browser, and what to tell people.
pub(super) fn decide(
    params: &str,
    sender: &Sender<'_>,
    guard: Option<&dyn RequestGuard>,
) -> (Option<Command>, Option<Noise>) {
    let Some(Paused { request_id, request, frame_id, resource_type }) = read(params) else {
        return (None, None);
    };
    let refusal = guard.and_then(|guard| {
        let url = Url::parse(&request.url).ok()?;
        let body = request.body();
        let document = resource_type == "Document";
        guard.refuses(&Leaving {
            method: &request.method,
            url: &url,
            document,
            window: document && sender.window == Some(&frame_id),
            body: &body,
            media: request.media(),
        })
    });
    let stays = json!({ "requestId": request_id });
    let Some(refusal) = refusal else {
        return (Some(Command::to(sender.session, "Fetch.continueRequest", stays)), None);
    };
    let submission = matches!(refusal, Refusal::Submission(_));
    let session = sender.session;
    let command = if submission && resource_type == "Document" && !sender.fresh {
        // An empty answer leaves the person on the page with the form; a window without a page would wait for one for ever.
        let nothing = json!({ "requestId": request_id, "responseCode": 204 });
        Command::to(session, "Fetch.fulfillRequest", nothing)
    } else {
        let failed = json!({ "requestId": request_id, "errorReason": "BlockedByClient" });
        Command::to(session, "Fetch.failRequest", failed)
    };
    let (kind, said) = match refusal {
        Refusal::Submission(why) => (
            NoiseKind::HeldSubmission,
            format!("已拦截一次提交：{} {}（{why}）", request.method, request.url),
        ),
        Refusal::Host => {
            (NoiseKind::HeldHost, format!("已拦截一次跳转：{} 不在允许访问的主机之列", request.url))
        }
    };
    (Some(command), Some(Noise { kind, said, url: Some(request.url), status: None }))
}

impl Request {
    fn body(&self) -> String {
        if !self.post_data.is_empty() {
            return self.post_data.clone();
        }
        let bytes: Vec<u8> = self
            .post_data_entries
            .iter()
            .filter_map(|entry| STANDARD.decode(&entry.bytes).ok())
            .flatten()
            .collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn media(&self) -> &str {
        let found = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        found.map_or("", |(_, media)| media)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct NoPosts;

    impl RequestGuard for NoPosts {
        fn refuses(&self, request: &Leaving<'_>) -> Option<Refusal> {
            assert_eq!(request.body, "a=1");
            (request.method == "POST").then(|| Refusal::Submission("表单".to_owned()))
        }
    }

    const SENDER: Sender<'_> = Sender { session: "S", window: Some("T"), fresh: false };

    fn paused(kind: &str) -> String {
        format!(
            r#"{{"requestId":"R","frameId":"T","resourceType":"{kind}","request":{{"url":"http://a/s","method":"POST","headers":{{}},"postData":"a=1"}}}}"#
        )
    }

    #[test]
    fn a_form_that_is_refused_leaves_the_page_where_it_is() {
        let (command, noise) = decide(&paused("Document"), &SENDER, Some(&NoPosts));
        assert_eq!(command.unwrap().method, "Fetch.fulfillRequest");
        assert_eq!(noise.unwrap().said, "已拦截一次提交：POST http://a/s（表单）");
    }

    #[test]
    fn a_request_that_is_refused_fails() {
        let (command, noise) = decide(&paused("XHR"), &SENDER, Some(&NoPosts));
        assert_eq!(command.unwrap().params, json!({ "requestId": "R", "errorReason": "BlockedByClient" }));
        assert_eq!(noise.unwrap().kind, NoiseKind::HeldSubmission);
    }

    #[test]
    fn without_a_guard_everything_passes() {
        let (command, noise) = decide(&paused("XHR"), &SENDER, None);
        assert_eq!(command.unwrap().method, "Fetch.continueRequest");
        assert_eq!(noise, None);
    }
}
