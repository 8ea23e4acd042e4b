//! What is said over a DevTools connection: commands out; answers and events in.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// One command, to the browser itself or to one of its targets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub(super) method: &'static str,
    pub(super) params: Value,
    /// The target's session; the browser itself when `None`.
    pub(super) session: Option<String>,
}

impl Command {
    /// A command to a target.
    pub(super) fn to(session: &str, method: &'static str, params: Value) -> Self {
        Self { method, params, session: Some(session.to_owned()) }
    }

    /// The command as it is sent.
    pub(super) fn written(&self, id: u64) -> String {
        #[derive(Serialize)]
        struct Outgoing<'a> {
            id: u64,
            method: &'a str,
            params: &'a Value,
            #[serde(rename = "sessionId", skip_serializing_if = "Option::is_none")]
            session: Option<&'a str>,
        }
        let outgoing =
            Outgoing { id, method: self.method, params: &self.params, session: self.session.as_deref() };
        // Maps with text keys and plain values are always writable.
        serde_json::to_string(&outgoing).unwrap_or_default()
    }
}

/// Whatever the browser says; an answer has an id, an event a method.
#[derive(Deserialize)]
pub(super) struct Incoming<'a> {
    pub(super) id: Option<u64>,
    #[serde(borrow)]
    pub(super) result: Option<&'a RawValue>,
    pub(super) error: Option<Refusal>,
    #[serde(borrow)]
    pub(super) method: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) params: Option<&'a RawValue>,
    #[serde(borrow, rename = "sessionId")]
    pub(super) session: Option<Cow<'a, str>>,
}

/// Why the browser did not do what it was told.
#[derive(Debug, Deserialize)]
pub(super) struct Refusal {
    pub(super) message: String,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_command_names_its_target_only_where_it_has_one() {
        let command = Command::to("S", "Page.enable", json!({}));
        assert_eq!(command.written(7), r#"{"id":7,"method":"Page.enable","params":{},"sessionId":"S"}"#);
        let command = Command { session: None, ..command };
        assert_eq!(command.written(8), r#"{"id":8,"method":"Page.enable","params":{}}"#);
    }

    #[test]
    fn answers_and_events_are_told_apart() {
        let answer: Incoming<'_> =
            serde_json::from_str(r#"{"id":1,"error":{"code":-32000,"message":"no"}}"#).unwrap();
        assert_eq!((answer.id, answer.error.unwrap().message.as_str()), (Some(1), "no"));
        let event: Incoming<'_> =
            serde_json::from_str(r#"{"method":"Page.x","params":{"a":1},"sessionId":"S"}"#).unwrap();
        assert_eq!((event.id, event.method.as_deref()), (None, Some("Page.x")));
    }
}
