//! The contexts of an app that is driven through Appium: its native screens, and the web pages inside it. A browser has none.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::acts::missed;
use super::fault::Fault;
use super::session::WebDriverSession;
use crate::browser::act::{Acted, Missed, MissedWhy, Tried};
use crate::browser::port::BrowserError;

/// Between two looks for a context: a web page inside an app takes a while to announce itself.
const AGAIN: Duration = Duration::from_millis(250);

impl WebDriverSession {
    /// Goes on in the context that is called so, or whose name begins so (`WEBVIEW`), waiting for it.
    pub(super) async fn go_to_context(
        &mut self,
        name: &str,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let until = Instant::now() + patience;
        loop {
            let there = match self.wire.get("contexts").await {
                Ok(said) => names(&said),
                Err(fault @ Fault::Lost(_)) => return Err(fault.lost()),
                Err(_) => return Ok(missed(MissedWhy::NotPossible)),
            };
            if let Some(found) = called(&there, name) {
                return self.enter_context(found).await;
            }
            if Instant::now() >= until {
                return Ok(Tried::Missed(Missed { why: MissedWhy::NotFound, nearby: there }));
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn enter_context(&mut self, name: &str) -> Result<Tried, BrowserError> {
        match self.wire.post("context", json!({ "name": name })).await {
            Err(fault @ Fault::Lost(_)) => return Err(fault.lost()),
            Err(_) => return Ok(missed(MissedWhy::NotFound)),
            Ok(_) => {}
        }
        self.frames.clear();
        // Native screens have no windows; those of a web page are its own.
        match self.windows.take_stock(&mut self.wire).await {
            Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
            _ => Ok(Tried::Done(Acted::default())),
        }
    }
}

fn names(said: &Value) -> Vec<String> {
    said.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The context with this very name, else the last that begins so: the page that was opened last.
fn called<'a>(there: &'a [String], name: &str) -> Option<&'a str> {
    let exact = there.iter().find(|one| *one == name);
    exact.or_else(|| there.iter().rev().find(|one| one.starts_with(name))).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_called_by_its_name_or_by_how_that_begins() {
        let there =
            ["NATIVE_APP", "WEBVIEW_cn.jincheng", "WEBVIEW_com.tencent.mm:appbrand0"].map(str::to_owned);
        assert_eq!(called(&there, "NATIVE_APP"), Some("NATIVE_APP"));
        assert_eq!(called(&there, "WEBVIEW_cn"), Some("WEBVIEW_cn.jincheng"));
        assert_eq!(called(&there, "WEBVIEW"), Some("WEBVIEW_com.tencent.mm:appbrand0"));
        assert_eq!(called(&there, "PROXY"), None);
    }
}
