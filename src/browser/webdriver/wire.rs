//! The wire to one WebDriver session: raw commands, each under a deadline of our own.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};

use super::fault::{Fault, fault_of, short, unloaded};
use crate::browser::RequestGuard;
use crate::browser::devtools::{self, DevTools, First};
use crate::model::{Noise, Noticed};

/// Longest that one script may run in the page; the driver is told the same.
pub(super) const SCRIPT_LIMIT: Duration = Duration::from_secs(15);
/// Longest that a page may take to load.
pub(super) const LOAD_LIMIT: Duration = Duration::from_secs(25);
/// What the driver gets on top of its own limits before it is given up.
const GRACE: Duration = Duration::from_secs(5);
/// What the browser gets on top of a script's own limit, where it is asked without the driver.
const MOMENT: Duration = Duration::from_secs(1);

/// How long a picture may take: a tall page on a busy machine needs some seconds.
const PAINT_LIMIT: Duration = Duration::from_secs(8);
/// The command that pictures a page.
pub(super) const PAINT: &str = "Page.captureScreenshot";

/// A command as the wire carries it.
#[derive(Debug)]
struct Raw {
    method: Method,
    path: Cow<'static, str>,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/", session.unwrap_or_default()))?.join(&self.path)
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

/// One session's wire.
pub(super) struct Wire {
    client: Client,
    dead: Option<String>,
    /// The browser's process, where it is ours to kill.
    process: Option<i32>,
    /// The short way to the same browser, where there is one.
    lane: Option<DevTools>,
    /// The window in use.
    window: String,
    /// Whether the driver stands inside a frame: the short way leads to the top document only.
    framed: bool,
    /// Texts of dialogue boxes that the page opened.
    pub(super) alerts: Vec<String>,
}

impl Wire {
    pub(super) fn new(client: Client, owned: bool) -> Self {
        let process = client
            .capabilities()
            .and_then(|capabilities| capabilities.get("goog:processID"))
            .and_then(Value::as_i64)
            .and_then(|pid| i32::try_from(pid).ok())
            .filter(|pid| owned && *pid > 1);
        Self {
            client,
            dead: None,
            process,
            lane: None,
            window: String::new(),
            framed: false,
            alerts: Vec::new(),
        }
    }

    /// Where the browser's DevTools listen, should the driver tell.
    pub(super) fn debugger(&self) -> Option<String> {
        let capabilities = self.client.capabilities()?;
        Some(capabilities.get("goog:chromeOptions")?.get("debuggerAddress")?.as_str()?.to_owned())
    }

    /// Takes the short way from now on, wherever it leads to the window in use.
    pub(super) fn take_lane(&mut self, lane: DevTools) {
        self.lane = Some(lane);
    }

    /// Says which window the driver uses.
    pub(super) fn stand_in(&mut self, window: &str) {
        window.clone_into(&mut self.window);
    }

    /// The short way to the window in use.
    fn lane(&self) -> Option<&DevTools> {
        let lane = self.lane.as_ref().filter(|lane| lane.knows(&self.window))?;
        (self.dead.is_none() && !self.framed).then_some(lane)
    }

    /// Whether something (a dialogue box, a crash) keeps the short way from the window in use.
    pub(super) fn is_held_up(&self) -> bool {
        self.lane.as_ref().is_some_and(|lane| !lane.knows(&self.window))
    }

    /// Whether new windows are told by the short way what they must know.
    pub(super) fn has_lane(&self) -> bool {
        self.lane().is_some()
    }

    /// Has every request judged before it leaves; false without the short way.
    pub(super) async fn guard(&self, guard: Arc<dyn RequestGuard>) -> bool {
        match &self.lane {
            Some(lane) => lane.guard(guard).await,
            None => false,
        }
    }

    /// Watches what a person does by this script; false without the short way.
    pub(super) async fn watch(&self, script: String) -> bool {
        match &self.lane {
            Some(lane) => lane.watch(script).await,
            None => false,
        }
    }

    /// What a person did since the last call; `None` when the window was closed.
    pub(super) fn noticed(&self) -> Option<Vec<Noticed>> {
        self.lane.as_ref()?.noticed()
    }

    /// What the browser told since the last call.
    pub(super) async fn told(&self) -> Vec<Noise> {
        match &self.lane {
            Some(lane) => lane.told().await,
            None => Vec::new(),
        }
    }

    /// The value of an expression in the page, by the short way; `None` where the driver has to be asked instead.
    pub(super) async fn evaluate(&mut self, expression: &str) -> Option<Result<Value, Fault>> {
        let answer = self.lane()?.evaluate(&self.window, expression, SCRIPT_LIMIT + MOMENT).await;
        self.understand(answer)
    }

    /// What an answer of the short way means; `None` where the driver has to be asked: it knows what to do about a dialogue
    /// box, and why a window is gone.
    fn understand<T>(&mut self, answer: Result<T, devtools::Fault>) -> Option<Result<T, Fault>> {
        let fault = match answer {
            Ok(value) => return Some(Ok(value)),
            Err(devtools::Fault::Gone | devtools::Fault::Dialog) => return None,
            Err(devtools::Fault::Slow) => {
                let why = "页面脚本陷入死循环，浏览器没有响应".to_owned();
                self.bury(why.clone());
                Fault::Lost(why)
            }
            Err(devtools::Fault::Refused(message)) if unloaded(&message) => Fault::Unloaded,
            Err(devtools::Fault::Refused(message)) => Fault::Refused(short(&message)),
        };
        Some(Err(fault))
    }

    pub(super) async fn post(
        &mut self,
        path: impl Into<Cow<'static, str>>,
        body: Value,
    ) -> Result<Value, Fault> {
        self.send(Raw { method: Method::POST, path: path.into(), body: Some(body) }, SCRIPT_LIMIT + GRACE)
            .await
    }

    pub(super) async fn get(&mut self, path: &'static str) -> Result<Value, Fault> {
        self.send(Raw { method: Method::GET, path: path.into(), body: None }, SCRIPT_LIMIT + GRACE).await
    }

    pub(super) async fn delete(&mut self, path: &'static str) -> Result<Value, Fault> {
        self.send(Raw { method: Method::DELETE, path: path.into(), body: None }, SCRIPT_LIMIT + GRACE).await
    }

    /// Opens an address and waits until its document has been parsed; gives what `first` comes to there, where it could be
    /// asked at once.
    pub(super) async fn open(&mut self, address: &str, first: &First) -> Result<Option<Value>, Fault> {
        if let Some(lane) = self.lane() {
            match lane.open(&self.window, address, first, LOAD_LIMIT).await {
                Ok(value) => return Ok(value),
                Err(devtools::Fault::Slow) => return Err(Fault::Slow),
                Err(devtools::Fault::Refused(why)) => return Err(Fault::Refused(short(&why))),
                // The driver closes the box and says what stood in it; the page goes on loading.
                Err(devtools::Fault::Dialog) => return self.get("url").await.map(|_| None),
                Err(devtools::Fault::Gone) => {}
            }
        }
        let raw = Raw { method: Method::POST, path: "url".into(), body: Some(json!({ "url": address })) };
        self.send(raw, LOAD_LIMIT + GRACE).await.map(|_| None)
    }

    /// A command of the Chrome DevTools protocol, by the short way or through chromedriver.
    pub(super) async fn devtools(&mut self, name: &'static str, params: Value) -> Result<Value, Fault> {
        if let Some(lane) = self.lane() {
            let answer =
                tokio::time::timeout(SCRIPT_LIMIT, lane.call(&self.window, name, params.clone())).await;
            let answer = answer.unwrap_or(Err(devtools::Fault::Slow));
            let answer = answer.map(|value| serde_json::from_str(value.get()).unwrap_or(Value::Null));
            if let Some(answer) = self.understand(answer) {
                return answer;
            }
        }
        self.post("goog/cdp/execute", json!({ "cmd": name, "params": params })).await
    }

    /// A picture of the page by the short way, in base64; `None` where the driver has to be asked, `Null` when there is none: a
    /// browser whose page changes just then now and then forgets to answer, and is well otherwise.
    pub(super) async fn paint(&mut self, params: &Value) -> Option<Result<Value, Fault>> {
        for _ in 0..2 {
            let lane = self.lane()?;
            let painted = async {
                lane.steady(&self.window, PAINT_LIMIT).await?;
                lane.call(&self.window, PAINT, params.clone()).await
            };
            if let Ok(answer) = tokio::time::timeout(PAINT_LIMIT, painted).await {
                let data = answer.map(|said| {
                    let said: Value = serde_json::from_str(said.get()).unwrap_or_default();
                    said["data"].clone()
                });
                return self.understand(data);
            }
        }
        Some(Ok(Value::Null))
    }

    /// Input by the short way, one command right after the other, until all of it is done; `None` when there is no short
    /// way, and nothing has been said. A dialogue box that opens in between, or a window that closes, is no fault of it.
    pub(super) async fn input(&mut self, commands: Vec<(&'static str, Value)>) -> Option<Result<(), Fault>> {
        let done = tokio::time::timeout(SCRIPT_LIMIT, self.lane()?.input(&self.window, commands)).await;
        match done.unwrap_or(Err(devtools::Fault::Slow)) {
            Err(devtools::Fault::Gone | devtools::Fault::Dialog) => Some(Ok(())),
            other => self.understand(other),
        }
    }

    /// The windows that are open, oldest first, by the short way; `None` where the driver has to be asked.
    pub(super) fn windows(&self) -> Option<Vec<String>> {
        self.lane().map(DevTools::windows)
    }

    async fn send(&mut self, raw: Raw, limit: Duration) -> Result<Value, Fault> {
        if let Some(why) = &self.dead {
            return Err(Fault::Lost(why.clone()));
        }
        self.framed = match (raw.path.as_ref(), &raw.body) {
            ("frame", Some(body)) => !body["id"].is_null(),
            ("window" | "url" | "window/new", _) => raw.method == Method::GET && self.framed,
            _ => self.framed,
        };
        let answer = tokio::time::timeout(limit, self.client.issue_cmd(raw)).await;
        let fault = match answer {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => fault_of(error, &mut self.alerts),
            Err(_) => Fault::Lost(format!("{} 秒内没有回应", limit.as_secs())),
        };
        if let Fault::Lost(why) = &fault {
            self.bury(why.clone());
        }
        Err(fault)
    }

    /// Marks the session as lost and ends its browser: a command that was given up still blocks the wire, and only the end
    /// of the browser answers it.
    fn bury(&mut self, why: String) {
        self.dead = Some(why);
        if let Some(pid) = self.process.take() {
            // An error means that it is gone already.
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
    }

    /// Ends the session; returns once the driver said so. A browser that takes too long about it is ended by force: on a
    /// busy machine it would otherwise stay until the driver goes, and make the machine busier.
    pub(super) async fn close(self) {
        const LIMIT: Duration = Duration::from_secs(5);
        let Self { client, dead, process, .. } = self;
        let closed = dead.is_none() && tokio::time::timeout(LIMIT, client.close()).await.is_ok();
        if let (false, Some(pid)) = (closed, process) {
            // An error means that it is gone already.
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
    }
}
