//! What is looked at: windows, devices, networks, dialogue boxes, values of the page, and files that it sends.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::acts::{SLICE, done, missed};
use super::fault::Fault;
use super::script::{CHECK, FORESEE, HEED, Miss, TAKE, read};
use super::session::{WebDriverSession, lenient};
use crate::browser::act::{Acted, Missed, MissedWhy, Received, Tried};
use crate::browser::port::BrowserError;
use crate::browser::sniff::ending_of;
use crate::model::{Answer, Locator, Network, Viewport};

/// The largest file that is kept.
const MOST_BYTES: u64 = 20 * 1024 * 1024;

fn said(value: Value) -> Tried {
    Tried::Done(Acted { said: Some(value), ..Acted::default() })
}

impl WebDriverSession {
    pub(super) async fn check(
        &mut self,
        target: &[Locator],
        wanted: &Value,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let until = Instant::now() + patience;
        loop {
            let left = until.saturating_duration_since(Instant::now()).min(SLICE).as_millis() as u64;
            let input = json!({ "locators": target, "wanted": wanted, "patience": left });
            let answer = self.script(&CHECK, &input).await?;
            if let Some(locator) = answer["done"].as_u64() {
                return Ok(done(locator as usize));
            }
            if Instant::now() >= until && !self.follow().await? {
                let was = answer["was"].as_str().unwrap_or_default().to_owned();
                return Ok(Tried::Missed(Missed { why: MissedWhy::Otherwise, nearby: vec![was] }));
            }
        }
    }

    pub(super) async fn take_value(
        &mut self,
        target: &[Locator],
        what: &str,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        match what {
            "title" => return Ok(said(self.wire.get("title").await.map_err(Fault::lost)?)),
            "window" => return Ok(said(self.windows.current().into())),
            _ => {}
        }
        let patience = patience.min(SLICE).as_millis() as u64;
        let input = json!({ "locators": target, "what": what, "patience": patience });
        let answer = self.script(&TAKE, &input).await?;
        if let Some(miss) = answer.get("missed") {
            let miss: Miss = read(miss.clone()).map_err(Fault::lost)?;
            return Ok(miss.into());
        }
        let locator = answer["locator"].as_u64().map(|locator| locator as usize);
        Ok(Tried::Done(Acted { locator, said: Some(answer["said"].clone()), file: None }))
    }

    /// Page code as the body of a function, or as an expression when it is one; promises are waited for.
    pub(super) async fn run(&mut self, code: &str) -> Result<Tried, BrowserError> {
        const RUN: &str = "const done = arguments[1]; const code = arguments[0]; (async () => { let run; \
            try { run = new Function('return (async () => (' + code + '\\n))()'); } \
            catch { run = new Function('return (async () => {' + code + '\\n})()'); } \
            return await run(); })().then((ok) => done({ ok: ok === undefined ? null : ok }), (error) => done({ error: String(error) }));";
        match self.wire.post("execute/async", json!({ "script": RUN, "args": [code] })).await {
            Ok(answer) => match answer["error"].as_str() {
                Some(error) => {
                    let error = super::fault::short(error);
                    Ok(Tried::Missed(Missed { why: MissedWhy::Otherwise, nearby: vec![error] }))
                }
                None => Ok(said(answer["ok"].clone())),
            },
            Err(Fault::Unloaded | Fault::Alert | Fault::Refused(_)) => Ok(said(Value::Null)),
            Err(fault) => Err(fault.lost()),
        }
    }

    pub(super) async fn go_to_window(
        &mut self,
        which: &str,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let until = Instant::now() + patience;
        self.frames.clear();
        loop {
            if self.windows.go_to(&mut self.wire, which).await.map_err(Fault::lost)? {
                return Ok(Tried::Done(Acted::default()));
            }
            if Instant::now() >= until {
                return Ok(missed(MissedWhy::NotFound));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    pub(super) async fn close_window(&mut self) -> Result<Tried, BrowserError> {
        if !self.windows.several() {
            return Ok(missed(MissedWhy::NotPossible));
        }
        self.frames.clear();
        self.windows.close_latest(&mut self.wire).await.map_err(Fault::lost)?;
        Ok(Tried::Done(Acted::default()))
    }

    pub(super) async fn show_as(&mut self, view: &Viewport) -> Result<Tried, BrowserError> {
        let (width, height) = (view.width, view.height);
        let turned = if view.landscape { "landscapePrimary" } else { "portraitPrimary" };
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": view.scale, "mobile": view.mobile,
            "screenOrientation": { "type": turned, "angle": if view.landscape { 90 } else { 0 } },
        });
        lenient(self.wire.devtools("Emulation.setDeviceMetricsOverride", metrics).await)?;
        let touch = json!({ "enabled": view.touch });
        lenient(self.wire.devtools("Emulation.setTouchEmulationEnabled", touch).await)?;
        self.device.touch = view.touch;
        Ok(Tried::Done(Acted::default()))
    }

    pub(super) async fn limit_network(&mut self, network: &Network) -> Result<Tried, BrowserError> {
        let (offline, download, upload, latency) = match network {
            Network::Offline => (true, 0.0, 0.0, 0.0),
            Network::Online => (false, -1.0, -1.0, 0.0),
            Network::Slow { download, upload, latency } if *download == 0.0 && *upload == 0.0 => {
                (true, 0.0, 0.0, *latency)
            }
            Network::Slow { download, upload, latency } => (false, *download, *upload, *latency),
        };
        lenient(self.wire.devtools("Network.enable", json!({})).await)?;
        let limits = json!({ "offline": offline, "latency": latency, "downloadThroughput": download, "uploadThroughput": upload });
        lenient(self.wire.devtools("Network.emulateNetworkConditions", limits).await)?;
        Ok(Tried::Done(Acted::default()))
    }

    /// Dialogue boxes are answered inside the page: one that is really open would stop every command.
    pub(super) async fn foresee(&mut self, answer: &Answer) -> Result<Tried, BrowserError> {
        let text = match answer {
            Answer::Text(text) => Some(text),
            _ => None,
        };
        let ok = *answer != Answer::Dismiss;
        self.wire.alerts.clear();
        self.script(&FORESEE, &json!({ "ok": ok, "text": text })).await?;
        Ok(Tried::Done(Acted::default()))
    }

    pub(super) async fn heed(&mut self, patience: Duration) -> Result<Tried, BrowserError> {
        if self.wire.alerts.is_empty() {
            let patience = patience.min(SLICE).as_millis() as u64;
            let heard = self.script(&HEED, &json!({ "patience": patience })).await?;
            if heard.is_string() {
                return Ok(said(heard));
            }
        }
        // One that opened while a page was loading has been dismissed and noted.
        match self.wire.alerts.pop() {
            Some(text) => Ok(said(text.into())),
            None => Ok(missed(MissedWhy::NotFound)),
        }
    }

    /// Presses, and waits for a whole file in a folder of its own.
    pub(super) async fn download(
        &mut self,
        target: &[Locator],
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let Ok(folder) = tempfile::tempdir() else { return Ok(missed(MissedWhy::NotPossible)) };
        let into = json!({ "behavior": "allow", "downloadPath": folder.path().display().to_string() });
        lenient(self.wire.devtools("Browser.setDownloadBehavior", into).await)?;
        let tried = self.perform_tap(target, patience).await?;
        let file = match &tried {
            Tried::Done(_) => whole_file(folder.path(), patience.max(Duration::from_secs(10))).await,
            Tried::Missed(_) => None,
        };
        let deny = json!({ "behavior": "deny" });
        lenient(self.wire.devtools("Browser.setDownloadBehavior", deny).await)?;
        Ok(match (tried, file) {
            (Tried::Done(acted), Some(file)) => Tried::Done(Acted { file: Some(file), ..acted }),
            (Tried::Done(_), None) => Tried::Missed(Missed {
                why: MissedWhy::Otherwise,
                nearby: vec!["没有文件下载下来".to_owned()],
            }),
            (missed, _) => missed,
        })
    }
}

/// The first file of a folder that is complete: its size is still and no part of it is left.
async fn whole_file(folder: &Path, patience: Duration) -> Option<Received> {
    let until = Instant::now() + patience;
    let mut before = None;
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let entries = std::fs::read_dir(folder).ok()?.flatten().collect::<Vec<_>>();
        let partial =
            |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|end| end == "crdownload");
        if entries.iter().any(partial) {
            continue;
        }
        let Some(entry) = entries.first() else { continue };
        let size = entry.metadata().ok()?.len();
        if before != Some(size) {
            before = Some(size);
            continue;
        }
        if size > MOST_BYTES {
            return None;
        }
        let bytes = std::fs::read(entry.path()).ok()?;
        let name = entry.file_name().to_string_lossy().chars().take(100).collect();
        return Some(Received { name, ending: ending_of(&bytes), bytes });
    }
    None
}
