//! The windows of a session: a link may open another one, a page may close its own, and a stranger begins in a fresh one.

use serde_json::{Value, json};

use super::capabilities::SUFFIX;
use super::fault::Fault;
use super::script::{PRELOAD, VEIL};
use super::wire::Wire;
use crate::model::Speed;

/// The windows known so far, the one in use last.
pub(super) struct Windows {
    known: Vec<String>,
    /// The one that the visit began in.
    main: Option<String>,
    /// The User-Agent to give each window, where the capabilities could not settle it.
    agent: Option<String>,
    /// What runs in every document before its own scripts.
    preload: String,
}

impl Windows {
    pub(super) async fn of(wire: &mut Wire, identified: bool, speed: Speed) -> Result<Self, Fault> {
        let known = open_now(wire).await?;
        let agent = if identified { None } else { agent_of(wire).await };
        let main = known.last().cloned();
        let windows = Self { known, main, agent, preload: preload(speed) };
        windows.prepare(wire).await?;
        Ok(windows)
    }

    /// Forgets what was known and looks anew: another context of an app has windows of its own.
    pub(super) async fn take_stock(&mut self, wire: &mut Wire) -> Result<(), Fault> {
        self.known = open_now(wire).await?;
        self.main = self.known.last().cloned();
        Ok(())
    }

    pub(super) fn several(&self) -> bool {
        self.known.len() > 1
    }

    /// The driver's name of the window in use.
    pub(super) fn current(&self) -> &str {
        self.known.last().map_or("", String::as_str)
    }

    /// Goes to the window that is called so: `main`, `new`, its handle, its address, its title.
    pub(super) async fn go_to(&mut self, wire: &mut Wire, which: &str) -> Result<bool, Fault> {
        if which == "new" {
            // A window that has opened meanwhile, or the last that did.
            self.follow(wire).await?;
            return Ok(self.several());
        }
        self.return_to_open(wire).await?;
        let named = match which {
            "main" => {
                self.main.clone().filter(|main| self.known.contains(main)).or(self.known.first().cloned())
            }
            _ => self.known.iter().find(|handle| *handle == which).cloned(),
        };
        let found = match named {
            Some(handle) => Some(handle),
            None => self.called(wire, which).await?,
        };
        let before = self.current().to_owned();
        let handle = found.clone().unwrap_or(before);
        self.known.retain(|known| *known != handle);
        self.known.push(handle.clone());
        self.switch(wire, &handle).await?;
        Ok(found.is_some())
    }

    /// The window with this address or title, the latest first.
    async fn called(&self, wire: &mut Wire, which: &str) -> Result<Option<String>, Fault> {
        for handle in self.known.iter().rev() {
            self.switch(wire, handle).await?;
            for what in ["url", "title"] {
                if wire.get(what).await?.as_str() == Some(which) {
                    return Ok(Some(handle.clone()));
                }
            }
        }
        Ok(None)
    }

    /// What each new window must be told once; drivers without the DevTools protocol do without.
    async fn prepare(&self, wire: &mut Wire) -> Result<(), Fault> {
        if !wire.has_lane() {
            let preload = json!({ "source": self.preload });
            lost_only(wire.devtools("Page.addScriptToEvaluateOnNewDocument", preload).await)?;
        }
        // A link to a form or a guide in Word is pressed like any other; nothing of it may stay on this machine.
        lost_only(wire.devtools("Browser.setDownloadBehavior", json!({ "behavior": "deny" })).await)?;
        if let Some(agent) = &self.agent {
            lost_only(wire.devtools("Network.setUserAgentOverride", json!({ "userAgent": agent })).await)?;
        }
        Ok(())
    }

    async fn switch(&self, wire: &mut Wire, handle: &str) -> Result<(), Fault> {
        wire.post("window", json!({ "handle": handle })).await?;
        wire.stand_in(handle);
        Ok(())
    }

    /// Goes to a window that was opened since; says whether there was one.
    pub(super) async fn follow(&mut self, wire: &mut Wire) -> Result<bool, Fault> {
        let open = handles(wire).await?;
        let current = self.known.last().cloned();
        self.known.retain(|handle| open.contains(handle));
        let fresh: Vec<String> = open.into_iter().filter(|handle| !self.known.contains(handle)).collect();
        self.known.extend(fresh.iter().cloned());
        let Some(latest) = self.known.last().cloned() else {
            return Err(Fault::Lost("浏览器窗口都已关闭".to_owned()));
        };
        if Some(&latest) != current.as_ref() {
            self.switch(wire, &latest).await?;
        }
        if fresh.is_empty() {
            return Ok(false);
        }
        self.prepare(wire).await?;
        // Its first document began before it was prepared; this is as early as it can be told.
        let script = json!({ "script": self.preload, "args": [] });
        lost_only(wire.post("execute/sync", script).await)?;
        Ok(true)
    }

    /// After the window in use went away: to the latest that is left.
    pub(super) async fn return_to_open(&mut self, wire: &mut Wire) -> Result<(), Fault> {
        let open = handles(wire).await?;
        self.known.retain(|handle| open.contains(handle));
        for handle in open {
            if !self.known.contains(&handle) {
                self.known.push(handle);
            }
        }
        match self.known.last().cloned() {
            Some(handle) => self.switch(wire, &handle).await,
            None => Err(Fault::Lost("浏览器窗口都已关闭".to_owned())),
        }
    }

    /// Closes the window in use and goes back to the one before it.
    pub(super) async fn close_latest(&mut self, wire: &mut Wire) -> Result<(), Fault> {
        wire.delete("window").await?;
        self.known.pop();
        self.return_to_open(wire).await
    }

    /// One fresh window, all others closed.
    pub(super) async fn renew(&mut self, wire: &mut Wire) -> Result<(), Fault> {
        let old = handles(wire).await?;
        let fresh = wire.post("window/new", json!({ "type": "tab" })).await?;
        let Some(handle) = fresh["handle"].as_str().map(str::to_owned) else {
            return Err(Fault::Lost("浏览器打不开新窗口".to_owned()));
        };
        for other in old {
            self.switch(wire, &other).await?;
            lost_only(wire.delete("window").await)?;
        }
        self.switch(wire, &handle).await?;
        self.main = Some(handle.clone());
        self.known = vec![handle];
        self.prepare(wire).await
    }
}

/// What runs in every document before its own scripts.
pub(super) fn preload(speed: Speed) -> String {
    if speed == Speed::Light { [PRELOAD, VEIL].concat() } else { PRELOAD.to_owned() }
}

/// The windows that are open; the last is the one in use. An app's native screens have none.
async fn open_now(wire: &mut Wire) -> Result<Vec<String>, Fault> {
    let open = match handles(wire).await {
        Err(Fault::Refused(_)) => Vec::new(),
        other => other?,
    };
    if let Some(handle) = open.last() {
        wire.stand_in(handle);
    }
    Ok(open)
}

async fn handles(wire: &mut Wire) -> Result<Vec<String>, Fault> {
    if let Some(open) = wire.windows() {
        return Ok(open);
    }
    let mut said = wire.get("window/handles").await;
    if let Err(Fault::Alert) = said {
        said = wire.get("window/handles").await;
    }
    let handles = said?;
    Ok(handles.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// The browser's own User-Agent, made ordinary and signed.
async fn agent_of(wire: &mut Wire) -> Option<String> {
    let asked = json!({ "script": "return navigator.userAgent", "args": [] });
    let own = wire.post("execute/sync", asked).await.ok()?;
    Some(format!("{}{SUFFIX}", own.as_str()?.replace("HeadlessChrome", "Chrome")))
}

fn lost_only(answer: Result<Value, Fault>) -> Result<(), Fault> {
    match answer {
        Err(fault @ Fault::Lost(_)) => Err(fault),
        _ => Ok(()),
    }
}
