//! One WebDriver session as the port sees it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Value, json};
use url::Url;

use super::fault::{Fault, short};
use super::script::{self, LANDING, Script, read};
use super::window::Windows;
use super::wire::{LOAD_LIMIT, Wire};
use crate::browser::act::{Act, Tried};
use crate::browser::devtools::First;
use crate::browser::port::{BrowserError, Heard, Landing, Picture, RequestGuard, Session, Visited};
use crate::model::{Device, Locator, LoginState, Noise, Noticed, Snapshot, Speed};

/// How long a document that has come may take to have something in it.
const LANDS_WITHIN: Duration = Duration::from_secs(3);

/// A session, its windows, and what it must remember between steps.
pub(super) struct WebDriverSession {
    pub(super) wire: Wire,
    pub(super) windows: Windows,
    pub(super) device: Device,
    pub(super) speed: Speed,
    /// What the page said when it was listened to, should a navigation take the page away.
    pub(super) noted: Option<Value>,
    /// Whether anything has been pressed or typed since the page was opened: only then can it have led to another window.
    pub(super) touched: bool,
    /// Keys that are down: the driver knows which, and what they make of a press.
    pub(super) held: usize,
    /// The frame elements that were entered, outermost first, as the driver refers to them.
    pub(super) frames: Vec<Value>,
    /// Origins visited since the last [`Session::forget`].
    pub(super) origins: BTreeSet<String>,
}

/// How opening an address went.
pub(super) enum Opened {
    /// Its document said this.
    Said(Value),
    /// There is a document, and it has to be asked again.
    Silent,
    /// There is none; why, in Chinese.
    Not(String),
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Landed {
    url: String,
    status: Option<u16>,
}

impl WebDriverSession {
    /// Takes over a fresh session; `identified` when its User-Agent has been settled by its capabilities.
    pub(super) async fn start(
        mut wire: Wire,
        device: Device,
        speed: Speed,
        identified: bool,
    ) -> Result<Self, BrowserError> {
        let windows = Windows::of(&mut wire, identified, speed).await.map_err(Fault::lost)?;
        Ok(Self {
            wire,
            windows,
            device,
            speed,
            noted: None,
            touched: false,
            held: 0,
            frames: Vec::new(),
            origins: BTreeSet::new(),
        })
    }

    /// Runs a script; when its window is gone, in the one that is left.
    pub(super) async fn script(&mut self, script: &Script, input: &Value) -> Result<Value, BrowserError> {
        match script.run(&mut self.wire, input).await {
            Err(Fault::WindowGone) => {
                self.windows.return_to_open(&mut self.wire).await.map_err(Fault::lost)?;
                script.run(&mut self.wire, input).await.map_err(Fault::lost)
            }
            other => other.map_err(Fault::lost),
        }
    }

    /// Goes to a window that the page has opened meanwhile, as a person would.
    pub(super) async fn follow(&mut self) -> Result<bool, BrowserError> {
        self.windows.follow(&mut self.wire).await.map_err(Fault::lost)
    }

    /// The same, where anything was touched: a window that a page opens by itself is not what was asked for.
    pub(super) async fn follow_touch(&mut self) -> Result<(), BrowserError> {
        if self.touched { self.follow().await.map(drop) } else { Ok(()) }
    }

    /// Opens an address in a window that is there, and gives what `first` comes to in its document.
    pub(super) async fn opened(&mut self, url: &Url, first: &First) -> Result<Opened, BrowserError> {
        self.noted = None;
        self.frames.clear();
        self.touched = false;
        let mut answer = self.wire.open(url.as_str(), first).await;
        if let Err(Fault::WindowGone) = answer {
            self.windows.return_to_open(&mut self.wire).await.map_err(Fault::lost)?;
            answer = self.wire.open(url.as_str(), first).await;
        }
        match answer {
            Ok(Some(said)) => Ok(Opened::Said(said)),
            Ok(None) | Err(Fault::Alert | Fault::Unloaded) => Ok(Opened::Silent),
            Err(Fault::Slow) => Ok(Opened::Not("页面没有在规定时间内打开".to_owned())),
            Err(Fault::Refused(why)) => Ok(Opened::Not(unreachable_because(&why))),
            Err(fault) => Err(fault.lost()),
        }
    }

    pub(super) async fn landing(
        &mut self,
        asked: &Url,
        said: Option<Value>,
    ) -> Result<Landing, BrowserError> {
        let said = match said {
            Some(said) => said,
            None => self.script(&LANDING, &json!({ "within": LANDS_WITHIN.as_millis() as u64 })).await?,
        };
        let landed: Landed = read(said).map_err(Fault::lost)?;
        if landed.url.starts_with("chrome-error:") {
            return Ok(Landing::Unreachable("浏览器没有收到可以显示的内容".to_owned()));
        }
        let url = Url::parse(&landed.url).unwrap_or_else(|_| asked.clone());
        self.remember(&url);
        Ok(Landing::Page { url, status: landed.status })
    }

    /// Cookies of all hosts, and what pages of the visited origins kept for good.
    pub(super) async fn forget_everything(&mut self) -> Result<(), BrowserError> {
        // Not every remote browser speaks the DevTools protocol; deleting the cookies is understood by all of them.
        for origin in std::mem::take(&mut self.origins) {
            let what = json!({ "origin": origin, "storageTypes": "all" });
            lenient(self.wire.devtools("Storage.clearDataForOrigin", what).await)?;
        }
        lenient(self.wire.devtools("Network.clearBrowserCookies", json!({})).await)?;
        lenient(self.wire.delete("cookie").await)
    }

    fn remember(&mut self, url: &Url) {
        if url.has_host() {
            self.origins.insert(url.origin().ascii_serialization());
        }
    }
}

#[async_trait]
impl Session for WebDriverSession {
    async fn goto(&mut self, url: &Url) -> Result<Landing, BrowserError> {
        let expression = LANDING.expression(&json!({ "within": LOAD_LIMIT.as_millis() as u64 }));
        let first = First { expression, patience: Duration::ZERO };
        match self.opened(url, &first).await? {
            Opened::Said(said) => self.landing(url, Some(said)).await,
            Opened::Silent => self.landing(url, None).await,
            Opened::Not(why) => Ok(Landing::Unreachable(why)),
        }
    }

    async fn visit(&mut self, url: &Url) -> Result<Visited, BrowserError> {
        self.see(url).await
    }

    async fn url(&mut self) -> Result<Url, BrowserError> {
        self.follow().await?;
        let said = match self.wire.get("url").await {
            Err(Fault::Alert) => self.wire.get("url").await,
            other => other,
        };
        let said = said.map_err(Fault::lost)?;
        let url = said.as_str().and_then(|said| Url::parse(said).ok());
        let url =
            url.ok_or_else(|| BrowserError::Lost { why: "浏览器没有说出页面地址".to_owned() })?;
        self.remember(&url);
        Ok(url)
    }

    async fn act(&mut self, act: &Act, patience: Duration) -> Result<Tried, BrowserError> {
        self.touched = true;
        self.perform(act, patience).await
    }

    async fn words_of(
        &mut self,
        target: &[Locator],
        patience: Duration,
    ) -> Result<Option<String>, BrowserError> {
        self.words(target, patience).await
    }

    async fn unfold(&mut self) -> Result<usize, BrowserError> {
        self.open_everything().await
    }

    async fn listen(&mut self) -> Result<(), BrowserError> {
        self.begin_listening().await
    }

    async fn heard(
        &mut self,
        except: &str,
        quiet: Duration,
        patience: Duration,
    ) -> Result<Heard, BrowserError> {
        self.new_text(except, quiet, patience).await
    }

    async fn snapshot(&mut self) -> Result<Snapshot, BrowserError> {
        self.capture().await
    }

    async fn screenshot(&mut self) -> Result<Option<Picture>, BrowserError> {
        self.picture().await
    }

    async fn guard(&mut self, guard: Arc<dyn RequestGuard>) -> Result<bool, BrowserError> {
        Ok(self.wire.guard(guard).await)
    }

    async fn told(&mut self) -> Result<Vec<Noise>, BrowserError> {
        Ok(self.wire.told().await)
    }

    async fn watch(&mut self) -> Result<bool, BrowserError> {
        Ok(self.wire.watch(script::recorder()).await)
    }

    async fn noticed(&mut self) -> Result<Vec<Noticed>, BrowserError> {
        let closed = || BrowserError::Lost { why: "窗口已经关闭".to_owned() };
        self.wire.noticed().ok_or_else(closed)
    }

    async fn state(&mut self) -> Result<Option<LoginState>, BrowserError> {
        self.take_state().await
    }

    async fn restore(&mut self, state: &LoginState) -> Result<Option<Landing>, BrowserError> {
        self.put_state(state).await
    }

    async fn forget(&mut self) -> Result<(), BrowserError> {
        self.noted = None;
        self.forget_everything().await?;
        self.wire.alerts.clear();
        // Session storage lives as long as its window.
        self.windows.renew(&mut self.wire).await.map_err(Fault::lost)
    }

    async fn close(self: Box<Self>) {
        self.wire.close().await;
    }
}

/// A refusal is not a loss: what is asked here is a courtesy that not every driver knows.
pub(super) fn lenient(answer: Result<Value, Fault>) -> Result<(), BrowserError> {
    match answer {
        Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
        _ => Ok(()),
    }
}

/// Chromium's network errors in plain words.
fn unreachable_because(why: &str) -> String {
    const REASONS: [(&str, &str); 12] = [
        ("ERR_CONNECTION_REFUSED", "服务器拒绝连接"),
        ("ERR_NAME_NOT_RESOLVED", "域名无法解析"),
        ("ERR_CONNECTION_TIMED_OUT", "连接超时"),
        ("ERR_TIMED_OUT", "连接超时"),
        ("ERR_CONNECTION_RESET", "连接被重置"),
        ("ERR_CONNECTION_CLOSED", "连接被关闭"),
        ("ERR_EMPTY_RESPONSE", "服务器没有返回任何内容"),
        ("ERR_INTERNET_DISCONNECTED", "本机没有联网"),
        ("ERR_TOO_MANY_REDIRECTS", "重定向次数过多"),
        ("ERR_CERT", "网站的安全证书有问题"),
        ("ERR_HTTP_RESPONSE_CODE_FAILURE", "服务器返回了错误状态，且没有内容"),
        ("ERR_ABORTED", "打开的不是网页（可能是下载文件）"),
    ];
    REASONS
        .iter()
        .find(|(sign, _)| why.contains(sign))
        .map_or_else(|| format!("浏览器打不开这个地址（{}）", short(why)), |(_, plain)| (*plain).to_owned())
}
