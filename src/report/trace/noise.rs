//! What the browser told, as the viewer's console and network tabs show it.

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};
use serde_json::{Value, json};

use super::PAGE;
use crate::model::{Noise, NoiseKind};

/// A line on the console.
pub(super) fn console(noise: &Noise, at_ms: u64) -> Value {
    let kind = if noise.kind == NoiseKind::HeldHost { "warning" } else { "error" };
    let url = noise.url.as_deref().unwrap_or_default();
    json!({
        "type": "console", "time": at_ms, "pageId": PAGE, "messageType": kind, "text": noise.said,
        "location": { "url": url, "lineNumber": 0, "columnNumber": 0 },
    })
}

/// A request that failed, in the form of HTTP archives; status -1 where nothing was answered. Which method and headers it had is
/// not kept.
pub(super) fn request(noise: &Noise, at_ms: u64, began: DateTime<FixedOffset>) -> Value {
    let passed = TimeDelta::milliseconds(i64::try_from(at_ms).unwrap_or_default());
    let at = began.checked_add_signed(passed).unwrap_or(began);
    let mut response = json!({
        "status": noise.status.map_or(-1, i32::from), "statusText": noise.said, "httpVersion": "HTTP/1.1", "cookies": [],
        "headers": [], "content": { "size": 0, "mimeType": "x-unknown" }, "redirectURL": "", "headersSize": -1, "bodySize": -1,
    });
    if let (None, Value::Object(response)) = (noise.status, &mut response) {
        response.insert("_failureText".to_owned(), json!(noise.said));
    }
    json!({
        "type": "resource-snapshot",
        "snapshot": {
            "pageref": PAGE, "startedDateTime": at.to_rfc3339_opts(SecondsFormat::Millis, false), "time": 1,
            "_monotonicTime": at_ms,
            "request": {
                "method": "GET", "url": noise.url.as_deref().unwrap_or("about:blank"), "httpVersion": "HTTP/1.1", "cookies": [],
                "headers": [], "queryString": [], "headersSize": -1, "bodySize": -1,
            },
            "response": response, "cache": {}, "timings": { "send": 0, "wait": 1, "receive": 0 },
        },
    })
}
