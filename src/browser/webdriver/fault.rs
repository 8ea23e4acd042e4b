//! What the failures of a driver's commands mean.

use fantoccini::error::{CmdError, ErrorStatus};
use serde_json::Value;

use crate::browser::BrowserError;

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// The browser or its driver is gone; nothing on this session will work again.
    Lost(String),
    /// The document went away under the script (a navigation).
    Unloaded,
    /// The window went away (the page closed it).
    WindowGone,
    /// A dialogue box was open; it has been dismissed and its text noted.
    Alert,
    /// The page took too long to load; the session goes on.
    Slow,
    /// The driver refused, in its own words.
    Refused(String),
}

impl Fault {
    /// What the caller of the port hears.
    pub(super) fn lost(self) -> BrowserError {
        let why = match self {
            Self::Lost(why) | Self::Refused(why) => why,
            Self::Unloaded => "页面一直在跳转".to_owned(),
            Self::WindowGone => "浏览器窗口已关闭".to_owned(),
            Self::Alert => "页面一直弹出提示框".to_owned(),
            Self::Slow => "页面没有按时载入".to_owned(),
        };
        BrowserError::Lost { why }
    }
}

/// What a driver's error means for us.
pub(super) fn fault_of(error: CmdError, alerts: &mut Vec<String>) -> Fault {
    let CmdError::Standard(said) = error else {
        return match error {
            CmdError::NotJson(text) => Fault::Refused(short(&text)),
            CmdError::NotW3C(value) => Fault::Refused(short(&value.to_string())),
            other => Fault::Lost(connection_lost(&other)),
        };
    };
    let message = said.message.as_ref();
    match said.error {
        ErrorStatus::UnexpectedAlertOpen => {
            note_alert(alerts, said.data.as_ref(), message);
            Fault::Alert
        }
        ErrorStatus::NoSuchWindow | ErrorStatus::NoSuchFrame => Fault::WindowGone,
        // Our scripts end long before their limit: the page itself is stuck, and everything after would be.
        ErrorStatus::ScriptTimeout => Fault::Lost("页面脚本陷入死循环，浏览器没有响应".to_owned()),
        ErrorStatus::Timeout => Fault::Slow,
        ErrorStatus::InvalidSessionId => Fault::Lost(short(message)),
        _ if died(message) => Fault::Lost(short(message)),
        _ if unloaded(message) => Fault::Unloaded,
        _ => Fault::Refused(short(message)),
    }
}

fn connection_lost(error: &CmdError) -> String {
    match error {
        CmdError::Failed(_) | CmdError::FailedC(_) | CmdError::Lost(_) => {
            "与 chromedriver 的连接断开".to_owned()
        }
        other => short(&other.to_string()),
    }
}

fn died(message: &str) -> bool {
    ["disconnected", "chrome not reachable", "tab crashed", "session deleted", "not connected to DevTools"]
        .iter()
        .any(|sign| message.contains(sign))
}

/// Whether a message says that the document went away under a script.
pub(super) fn unloaded(message: &str) -> bool {
    [
        "document unloaded",
        "aborted by navigation",
        "context was destroyed",
        "Cannot find context",
        "Inspected target navigated",
        "Promise was collected",
        "uniqueContextId",
    ]
    .iter()
    .any(|sign| message.contains(sign))
}

fn note_alert(alerts: &mut Vec<String>, data: Option<&Value>, message: &str) {
    let text = data
        .and_then(|data| data.get("text"))
        .and_then(Value::as_str)
        .map_or_else(|| alert_text(message), str::to_owned);
    if alerts.len() < 20 {
        alerts.push(short(&text));
    }
}

/// chromedriver writes `unexpected alert open: {Alert text : …}`.
fn alert_text(message: &str) -> String {
    let text = message.split_once("{Alert text : ").map_or(message, |(_, text)| text);
    text.split_once("}\n").map_or(text, |(text, _)| text).trim_end_matches('}').to_owned()
}

/// The first line, at most 200 characters: drivers append stack traces.
pub(super) fn short(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_an_alert_is_taken_out_of_the_drivers_message() {
        assert_eq!(
            alert_text("unexpected alert open: {Alert text : 请先登录}\n  (Session info: …)"),
            "请先登录"
        );
        assert_eq!(alert_text("unexpected alert open: {Alert text : 请先登录}"), "请先登录");
    }

    #[test]
    fn a_navigation_under_a_script_is_not_the_end_of_the_browser() {
        assert!(unloaded("javascript error: document unloaded while waiting for result"));
        assert!(!died("javascript error: document unloaded while waiting for result"));
        assert!(died("disconnected: unable to send message to renderer"));
    }
}
