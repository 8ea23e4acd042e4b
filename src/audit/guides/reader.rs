//! Reads one page of a channel, at any of the three speeds: politely, with patience for a busy server, and without ever
//! leaving the listed hosts.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use url::Url;

use super::Crawl;
use super::door::Door;
use crate::audit::doorstep::obstacle;
use crate::audit::error::AuditError;
use crate::audit::walk_all::panic_words;
use crate::browser::fetch::Fetcher;
use crate::browser::pool::Pool;
use crate::browser::{BrowserError, Landing, Session, Visited};
use crate::model::{Attachment, Channel, Guide, Obstacle, ObstacleKind, Snapshot, Speed};
use crate::read;
use crate::runner::Fetcher as LinkFetcher;

/// How often a page is tried.
const TRIES: u32 = 4;
/// A page without a browser that shows less text than this probably draws itself by script.
const THIN: usize = 300;

/// A page that was read.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) url: Url,
    pub(super) snapshot: Snapshot,
    pub(super) guide: Guide,
}

impl Page {
    /// Whether there is so little on it that a script must be meant to draw the rest.
    pub(super) fn is_thin(&self) -> bool {
        let visible = self.snapshot.nodes.iter().filter(|node| node.is_text() && !node.hidden);
        visible.map(|node| node.text.trim().chars().count()).sum::<usize>() < THIN
    }

    /// The address under which the guide can be opened by itself: that of the frame which it stands in, where there is one.
    pub(super) fn own_address(&self) -> Url {
        let nodes = &self.snapshot.nodes;
        let mut at = self.guide.elements.values().next().map_or(0, |reading| reading.node as usize);
        while let Some(node) = nodes.get(at) {
            if node.tag == "#frame"
                && let Some(url) = node.attr("src").and_then(|source| self.url.join(source).ok())
            {
                return url;
            }
            if node.parent as usize >= at {
                break;
            }
            at = node.parent as usize;
        }
        self.url.clone()
    }
}

/// What opening a page came to.
#[derive(Debug)]
pub(super) enum Seen {
    Page(Box<Page>),
    Blocked(Obstacle),
}

/// What came back, before it is judged.
struct Answer {
    url: Url,
    status: Option<u16>,
    retry_after: Option<Duration>,
    snapshot: Snapshot,
}

/// How one try went.
enum Tried {
    Came(Answer),
    /// It cannot be had, and another try would not help.
    Never(Obstacle),
    Silent(String),
}

/// Reads the pages of one channel; several may be read at once.
pub(super) struct Reader {
    crawl: Arc<Crawl>,
    pub(super) channel: Channel,
    fetcher: Fetcher,
    pub(super) pool: Pool,
    pub(super) door: Door,
}

impl Reader {
    pub(super) fn new(crawl: Arc<Crawl>, channel: usize) -> Result<Self, AuditError> {
        let guard = crawl.guard.clone();
        let channel = crawl.portal.channels[channel].clone();
        let agent = channel.device.user_agent.as_deref();
        let fetcher = Fetcher::new(agent, Arc::new(move |url| guard.allows(url)))?;
        let pool = Pool::new(crawl.browser.clone(), crawl.sessions);
        Ok(Self { crawl, channel, fetcher, pool, door: Door::default() })
    }

    /// Opens and reads a page. What goes wrong inside the reading is the page's obstacle, not the end of the crawl.
    pub(super) async fn read(&self, url: &Url, speed: Speed) -> Result<Seen, AuditError> {
        match AssertUnwindSafe(self.read_patiently(url, speed)).catch_unwind().await {
            Ok(seen) => seen,
            Err(panic) => {
                let said =
                    format!("程序内部错误（{}），请把走访记录发给开发人员", panic_words(panic.as_ref()));
                Ok(Seen::Blocked(obstacle(ObstacleKind::BrowserLost, said)))
            }
        }
    }

    async fn read_patiently(&self, url: &Url, speed: Speed) -> Result<Seen, AuditError> {
        if !self.crawl.guard.allows(url) {
            return Ok(Seen::Blocked(left_hosts(url)));
        }
        let mut last = obstacle(ObstacleKind::Unreachable, "没有打开".to_owned());
        for attempt in 0..TRIES {
            if let Some(closed) = self.door.closed() {
                return Ok(Seen::Blocked(closed));
            }
            self.door.wait().await;
            self.crawl.pace.wait(url.host_str().unwrap_or_default()).await;
            let tried = match speed {
                Speed::Http => self.over_http(url).await,
                _ => self.in_browser(url, speed).await?,
            };
            match tried {
                Tried::Came(answer) if is_busy(answer.status) => {
                    self.door.back_off(answer.retry_after, attempt);
                    last = refused_with(url, answer.status);
                }
                Tried::Came(answer) if answer.status.is_some_and(|status| status >= 500) => {
                    last = refused_with(url, answer.status);
                    self.door.pause(attempt);
                }
                Tried::Came(answer) => return Ok(self.judged(answer)),
                Tried::Never(obstacle) => return Ok(Seen::Blocked(obstacle)),
                Tried::Silent(why) => {
                    last = obstacle(ObstacleKind::Unreachable, format!("打不开 {url}：{why}"));
                    self.door.pause(attempt);
                }
            }
        }
        self.door.failed(&last);
        Ok(Seen::Blocked(last))
    }

    async fn over_http(&self, url: &Url) -> Tried {
        match self.fetcher.page(url).await {
            Err(why) => Tried::Silent(why),
            Ok(fetched) => match fetched.refused {
                Some(target) => Tried::Never(left_hosts(&target)),
                None => Tried::Came(Answer {
                    url: fetched.url,
                    status: Some(fetched.status),
                    retry_after: fetched.retry_after,
                    snapshot: fetched.snapshot,
                }),
            },
        }
    }

    async fn in_browser(&self, url: &Url, speed: Speed) -> Result<Tried, AuditError> {
        let mut lease = match self.pool.take(&self.channel.device, speed).await {
            Ok(lease) => lease,
            Err(BrowserError::Session { why }) => {
                return Ok(Tried::Silent(format!("浏览器会话打不开：{why}")));
            }
            Err(error) => return Err(error.into()),
        };
        let opened = match lease.session() {
            Ok(session) => self.guarded(session, url).await,
            Err(error) => Err(error),
        };
        match opened {
            Ok(tried) => {
                lease.keep().await;
                Ok(tried)
            }
            Err(BrowserError::Lost { why }) => {
                lease.broken().await;
                Ok(Tried::Silent(format!("浏览器失去响应：{why}")))
            }
            Err(error) => {
                lease.broken().await;
                Err(error.into())
            }
        }
    }

    async fn guarded(&self, session: &mut dyn Session, url: &Url) -> Result<Tried, BrowserError> {
        let fenced = session.guard(Arc::new(self.crawl.guard.clone())).await?;
        // An address that differs from the page before only behind `#` would not be loaded anew.
        if url.fragment().is_some()
            && let Ok(nowhere) = Url::parse("about:blank")
        {
            session.goto(&nowhere).await?;
        }
        // Where nothing keeps the window on its hosts, it is looked where the address led before anything is touched.
        let visited = if fenced {
            session.visit(url).await?
        } else {
            Visited { landing: session.goto(url).await?, snapshot: None }
        };
        let (landed, status) = match visited.landing {
            Landing::Unreachable(why) => return Ok(Tried::Silent(why)),
            Landing::Page { url, status } => (url, status),
        };
        if !self.crawl.guard.allows(&landed) {
            return Ok(Tried::Never(left_hosts(&landed)));
        }
        let snapshot = match visited.snapshot {
            Some(snapshot) => snapshot,
            None => session.look_around(status).await?,
        };
        // A script may have led on since.
        let url = Url::parse(&snapshot.url).unwrap_or(landed);
        if !self.crawl.guard.allows(&url) {
            return Ok(Tried::Never(left_hosts(&url)));
        }
        Ok(Tried::Came(Answer { url, status, retry_after: None, snapshot }))
    }

    fn judged(&self, answer: Answer) -> Seen {
        self.door.answered();
        let Answer { url, status, snapshot, .. } = answer;
        if status.is_some_and(|status| status >= 400) {
            return Seen::Blocked(refused_with(&url, status));
        }
        let guide = read::guide(&snapshot);
        Seen::Page(Box::new(Page { url, snapshot, guide }))
    }

    /// Asks for the files, pictures and entries that a guide links.
    pub(super) async fn attachments(&self, guide: &Guide) -> Vec<Attachment> {
        let fetcher = LinkFetcher {
            guard: &self.crawl.guard,
            pace: &self.crawl.pace,
            downloads: &self.crawl.downloads,
            agent: self.channel.device.user_agent.as_deref(),
        };
        fetcher.fetch(guide).await
    }
}

fn is_busy(status: Option<u16>) -> bool {
    matches!(status, Some(429 | 503))
}

fn left_hosts(url: &Url) -> Obstacle {
    let host = url.host_str().unwrap_or_default();
    let said = format!("页面跳转到 {host}，不在门户文件列出的主机（hosts）之内，没有跟过去");
    obstacle(ObstacleKind::LeftHosts, said)
}

fn refused_with(url: &Url, status: Option<u16>) -> Obstacle {
    let status = status.unwrap_or_default();
    // A server in trouble may be well another time; a page that it does not know will not be.
    let passing = status >= 500 || is_busy(Some(status));
    let kind = if passing { ObstacleKind::Unreachable } else { ObstacleKind::HttpStatus };
    obstacle(kind, format!("{url} 返回错误状态 {status}"))
}
