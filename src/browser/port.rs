//! The port: what a browser must be able to do for a walk, whatever drives it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use url::Url;

use super::act::{Act, Tried};
use crate::model::{Device, Link, Locator, LoginState, Noise, Noticed, Snapshot, Speed};

/// Opens sessions and owns whatever processes they need.
#[async_trait]
pub trait Browser: Send + Sync {
    /// Opens a session that shows pages the way `device` would, at the given speed.
    ///
    /// # Errors
    /// When no browser could be started or reached.
    async fn open(&self, device: &Device, speed: Speed) -> Result<Box<dyn Session>, BrowserError>;

    /// Ends every session and process; returns once they are gone.
    async fn close(&self);
}

/// One window on one channel. Dropping a session without [`Session::close`] is allowed (a panic, a signal): the owner of
/// the processes then ends them.
#[async_trait]
pub trait Session: Send {
    /// Opens an address and waits until the page can be used.
    ///
    /// # Errors
    /// Only when the browser itself is lost; a page that cannot be reached is a [`Landing`].
    async fn goto(&mut self, url: &Url) -> Result<Landing, BrowserError>;

    /// Opens everything that is folded on the page that is there and takes a snapshot; one that answered with an error `status` is
    /// not unfolded.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn look_around(&mut self, status: Option<u16>) -> Result<Snapshot, BrowserError> {
        if status.is_none_or(|status| status < 400) {
            self.unfold().await?;
        }
        self.snapshot().await
    }

    /// [`Session::goto`] and [`Session::look_around`] in one. Nobody looks where the address led before the page is unfolded: only for
    /// who has a guard that keeps the window on its hosts.
    ///
    /// # Errors
    /// Only when the browser itself is lost.
    async fn visit(&mut self, url: &Url) -> Result<Visited, BrowserError> {
        let landing = self.goto(url).await?;
        let snapshot = match &landing {
            Landing::Page { status, .. } => Some(self.look_around(*status).await?),
            Landing::Unreachable(_) => None,
        };
        Ok(Visited { landing, snapshot })
    }

    /// The address of the page now.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn url(&mut self) -> Result<Url, BrowserError>;

    /// Does one thing to the page, waiting for its target (visible, still, enabled, not covered) up to `patience`.
    ///
    /// # Errors
    /// Only when the browser is lost; a target that is not there is [`Tried::Missed`].
    async fn act(&mut self, act: &Act, patience: Duration) -> Result<Tried, BrowserError>;

    /// What the visible words of the target of a tap are, without touching it: the submission guard looks before it leaps.
    /// `None` when it is not there in time.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn words_of(
        &mut self,
        target: &[Locator],
        patience: Duration,
    ) -> Result<Option<String>, BrowserError>;

    /// Opens every panel, tab and “查看更多” of the page that does not lead away from it; gives how many were opened.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn unfold(&mut self) -> Result<usize, BrowserError>;

    /// Begins to note new visible text anywhere on the page (shadow roots and same-origin frames included).
    ///
    /// # Errors
    /// When the browser is lost.
    async fn listen(&mut self) -> Result<(), BrowserError>;

    /// Waits for new text after [`Session::listen`]: until it has been quiet for `quiet`, at most `patience`; an echo of
    /// `except` (the question itself) does not count.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn heard(
        &mut self,
        except: &str,
        quiet: Duration,
        patience: Duration,
    ) -> Result<Heard, BrowserError>;

    /// Waits until the page is still and takes a snapshot.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn snapshot(&mut self) -> Result<Snapshot, BrowserError>;

    /// Takes a picture of the whole page (bounded in height), typed fields boxed out; `None` where nothing is painted.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn screenshot(&mut self) -> Result<Option<Picture>, BrowserError>;

    /// From now on, asks `guard` about every request of a page that could write something or leave the listed hosts, before
    /// it leaves, and holds back what is refused. False where this kind of browser cannot.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn guard(&mut self, _guard: Arc<dyn RequestGuard>) -> Result<bool, BrowserError> {
        Ok(false)
    }

    /// What the browser told since the last call: requests that were held back, and, from the first call on, console
    /// errors and failed requests. Empty where it tells nothing.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn told(&mut self) -> Result<Vec<Noise>, BrowserError> {
        Ok(Vec::new())
    }

    /// Notes what a person does in this window and in those that it opens from now on. False where this kind of browser
    /// cannot tell.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn watch(&mut self) -> Result<bool, BrowserError> {
        Ok(false)
    }

    /// What a person did since the last call, in order, after [`Session::watch`].
    ///
    /// # Errors
    /// When the browser is lost, or the person has closed its last window.
    async fn noticed(&mut self) -> Result<Vec<Noticed>, BrowserError> {
        Ok(Vec::new())
    }

    /// What a portal may know this visitor by: the cookies of all hosts, and what the page in use keeps in the browser. `None` where
    /// this kind of browser cannot tell, or not now.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn state(&mut self) -> Result<Option<LoginState>, BrowserError> {
        Ok(None)
    }

    /// Becomes the visitor who left this state: forgets its own cookies, takes over those of the state and what its page kept, and opens
    /// the page. `None` where this kind of browser cannot.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn restore(&mut self, _state: &LoginState) -> Result<Option<Landing>, BrowserError> {
        Ok(None)
    }

    /// Forgets cookies and storage, so that the next visit begins as a stranger.
    ///
    /// # Errors
    /// When the browser is lost.
    async fn forget(&mut self) -> Result<(), BrowserError>;

    /// Ends the session.
    async fn close(self: Box<Self>);
}

/// Says which requests may leave the browser.
pub trait RequestGuard: Send + Sync + std::fmt::Debug {
    /// Why this request must be held back; `None` when it may leave.
    fn refuses(&self, request: &Leaving<'_>) -> Option<Refusal>;
}

/// A request that is about to leave the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// Where to.
    pub url: &'a Url,
    /// Whether its answer would be a page of its own (a link, a form, a frame) and not something for the page that asks.
    pub document: bool,
    /// Whether the window itself would show the answer.
    pub window: bool,
    /// What is sent, as text; empty where nothing is, or nothing that is text.
    pub body: &'a str,
    /// The body's media type; empty where there is none.
    pub media: &'a str,
}

/// Why a request is held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It would submit something; why it looks so, in Chinese.
    Submission(String),
    /// It would open a page of a host that is not listed.
    Host,
}

/// Where opening an address led.
#[derive(Debug, Clone, PartialEq)]
pub enum Landing {
    /// A page; its address after redirects, and the HTTP status where it could be seen.
    Page {
        /// The address.
        url: Url,
        /// The status.
        status: Option<u16>,
    },
    /// Nothing answered, or not in time; why, in Chinese.
    Unreachable(String),
}

/// What a whole visit came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Visited {
    /// Where the address led.
    pub landing: Landing,
    /// What the page showed; `None` where there is none.
    pub snapshot: Option<Snapshot>,
}

/// New text that a page showed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heard {
    /// The new text, block by block in page order, joined by line breaks.
    pub text: String,
    /// Links in the new text ([`crate::model::LinkProbe::NotAsked`] throughout).
    pub links: Vec<Link>,
    /// Time from [`Session::listen`] or the last tap to the first new text.
    pub first_after: Option<Duration>,
}

/// A picture of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `jpeg` or `png`.
    pub format: &'static str,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// What we could not do. The portal's own faults are never errors.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// No chromedriver on this machine.
    #[error("找不到 chromedriver")]
    NoDriver,
    /// No Chromium on this machine.
    #[error("找不到 Chromium 浏览器")]
    NoBrowser,
    /// A process could not be started.
    #[error("无法启动 {program}")]
    Start {
        /// The program.
        program: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// chromedriver started but never said that it was ready.
    #[error("chromedriver 没有在 {seconds} 秒内就绪")]
    NotReady {
        /// How long it was waited for.
        seconds: u64,
    },
    /// No session could be opened.
    #[error("浏览器会话打不开：{why}")]
    Session {
        /// What the driver said.
        why: String,
    },
    /// The browser does not answer any more.
    #[error("浏览器失去响应：{why}")]
    Lost {
        /// What the driver said.
        why: String,
    },
    /// Plain HTTP could not be set up.
    #[error("无法建立网络客户端")]
    Client(#[source] reqwest::Error),
}
