//! Pages over plain HTTP: for portals that need no script, for link probes and for a test mailbox. It follows links and
//! sends search forms by GET; whatever else a step wants is not possible here and says so.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use reqwest::cookie::Jar;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, RANGE, USER_AGENT};
use reqwest::{Client, ClientBuilder, Response};
use url::Url;

use super::act::{Act, Acted, Missed, MissedWhy, Tried};
use super::charset::decode;
use super::html::snapshot_of;
use super::port::{Browser, BrowserError, Heard, Landing, Picture, Session};
use crate::model::{Cookie, Device, LinkProbe, Locator, LoginState, Snapshot, Speed};

/// The 15 seconds of the 全国政府网站普查: a page that takes longer counts as not to be opened.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);
/// More bytes than a page may have.
const LARGEST: usize = 10 * 1024 * 1024;
/// More characters than a fetched value may have.
const LONGEST_VALUE: usize = 500;
pub(super) const AGENT: &str = concat!("Mozilla/5.0 (compatible; zoutong/", env!("CARGO_PKG_VERSION"), ")");

/// Opens sessions without a browser; also asks for single addresses.
#[derive(Debug, Clone)]
pub struct PlainHttp {
    client: Client,
}

impl PlainHttp {
    /// A client without cookies, for probes and values.
    ///
    /// # Errors
    /// When the network client cannot be set up.
    pub fn new() -> Result<Self, BrowserError> {
        Ok(Self { client: client(AGENT)? })
    }

    /// Asks whether an address answers, without fetching it where the server allows that; as the visitor `agent`, for some
    /// channels refuse anyone else.
    pub async fn probe(&self, url: &Url, agent: Option<&str>) -> LinkProbe {
        let agent = agent.unwrap_or(AGENT);
        let asked = self.client.head(url.clone()).header(USER_AGENT, agent).send().await;
        let answer = match asked {
            Ok(answer) if matches!(answer.status().as_u16(), 405 | 501) => {
                self.client.get(url.clone()).header(USER_AGENT, agent).header(RANGE, "bytes=0-0").send().await
            }
            asked => asked,
        };
        match answer {
            Ok(answer) => LinkProbe::Status(answer.status().as_u16()),
            Err(error) => LinkProbe::Unreachable(why(&error)),
        }
    }

    /// A short plain text, such as the code in a test mailbox.
    ///
    /// # Errors
    /// A Chinese sentence when nothing usable came.
    pub async fn fetch_text(&self, url: &Url) -> Result<String, String> {
        let answer = self.client.get(url.clone()).send().await.map_err(|error| why(&error))?;
        if !answer.status().is_success() {
            return Err(format!("返回错误状态 {}", answer.status().as_u16()));
        }
        let (text, _) = body(answer).await?;
        Ok(text.chars().take(LONGEST_VALUE).collect())
    }
}

/// A client that calls itself `agent`, before its own habits are set.
pub(super) fn builder(agent: &str) -> ClientBuilder {
    static PROVIDER: OnceLock<()> = OnceLock::new();
    PROVIDER.get_or_init(|| {
        // Somebody else in the process may have installed one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut headers = HeaderMap::new();
    let agent = HeaderValue::from_str(agent).unwrap_or_else(|_| HeaderValue::from_static(AGENT));
    headers.insert(USER_AGENT, agent);
    Client::builder().default_headers(headers).cookie_store(true)
}

fn client(agent: &str) -> Result<Client, BrowserError> {
    client_with(Some(agent), reqwest::redirect::Policy::limited(5))
}

/// The same with a jar of its own that others can put cookies into.
fn client_keeping(agent: &str, cookies: &Arc<Jar>) -> Result<Client, BrowserError> {
    builder(agent)
        .cookie_provider(Arc::clone(cookies))
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::limited(5))
        .build()
        .map_err(BrowserError::Client)
}

/// A cookie as a server gives it.
fn as_header(cookie: &Cookie) -> String {
    let mut header = format!("{}={}; Path={}", cookie.name, cookie.value, cookie.path);
    if cookie.domain.starts_with('.') {
        header.push_str("; Domain=");
        header.push_str(cookie.domain.trim_start_matches('.'));
    }
    if cookie.secure {
        header.push_str("; Secure");
    }
    header
}

/// A client that calls itself `agent` (ourselves, when `None`) and follows redirects as `policy` lets it.
pub(super) fn client_with(
    agent: Option<&str>,
    policy: reqwest::redirect::Policy,
) -> Result<Client, BrowserError> {
    builder(agent.unwrap_or(AGENT)).timeout(PATIENCE).redirect(policy).build().map_err(BrowserError::Client)
}

/// Why nothing came, in Chinese; the library's own words are English.
pub(super) fn why(error: &reqwest::Error) -> String {
    let reason = if error.is_timeout() {
        "15 秒内没有应答"
    } else if error.is_connect() {
        "连接被拒绝或主机找不到"
    } else if error.is_redirect() {
        "跳转次数太多"
    } else {
        "应答不完整"
    };
    reason.to_owned()
}

/// The decoded text of an answer, and whether it was cut.
pub(super) async fn body(mut answer: Response) -> Result<(String, bool), String> {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).map(str::to_owned);
    let mut bytes = Vec::new();
    let mut cut = false;
    while let Some(piece) = answer.chunk().await.map_err(|error| why(&error))? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LARGEST {
            bytes.truncate(LARGEST);
            cut = true;
            break;
        }
    }
    Ok((decode(bytes, kind.as_deref()), cut))
}

#[async_trait]
impl Browser for PlainHttp {
    async fn open(&self, device: &Device, _speed: Speed) -> Result<Box<dyn Session>, BrowserError> {
        let agent = device.user_agent.as_deref().unwrap_or(AGENT);
        let cookies = Arc::new(Jar::default());
        Ok(Box::new(PlainSession {
            client: client_keeping(agent, &cookies)?,
            cookies,
            agent: agent.to_owned(),
            page: None,
            before: Vec::new(),
            typed: None,
        }))
    }

    async fn close(&self) {}
}

/// One visitor without a browser.
struct PlainSession {
    client: Client,
    cookies: Arc<Jar>,
    agent: String,
    page: Option<Page>,
    before: Vec<Url>,
    /// The node of the field that was typed into, and what.
    typed: Option<(usize, String)>,
}

/// A page as it came; parsed when somebody asks what is on it.
struct Page {
    url: Url,
    text: String,
    cut: bool,
    parsed: OnceLock<Snapshot>,
}

impl Page {
    fn snapshot(&self) -> &Snapshot {
        self.parsed.get_or_init(|| self.parse())
    }

    fn parse(&self) -> Snapshot {
        let mut snapshot = snapshot_of(&self.text, self.url.as_str());
        if self.cut {
            snapshot.notes.push("页面超过 10 MB，只读取了前面的部分".to_owned());
        }
        snapshot
    }

    /// The snapshot itself where it has been made already: whoever reads on after it pays for another one.
    fn take_snapshot(&mut self) -> Snapshot {
        self.parsed.take().unwrap_or_else(|| self.parse())
    }
}

impl PlainSession {
    async fn load(&mut self, url: &Url) -> Landing {
        let answer = match self.client.get(url.clone()).send().await {
            Ok(answer) => answer,
            Err(error) => return Landing::Unreachable(why(&error)),
        };
        let (landed, status) = (answer.url().clone(), answer.status().as_u16());
        match body(answer).await {
            Err(reason) => Landing::Unreachable(reason),
            Ok((text, cut)) => {
                self.page = Some(Page { url: landed.clone(), text, cut, parsed: OnceLock::new() });
                self.typed = None;
                Landing::Page { url: landed, status: Some(status) }
            }
        }
    }

    fn nodes(&self) -> &[crate::model::Node] {
        self.page.as_ref().map_or(&[], |page| &page.snapshot().nodes)
    }

    /// The visible words inside a node.
    fn words(&self, at: usize) -> String {
        let nodes = self.nodes();
        let mut inside = vec![false; nodes.len()];
        let mut words = String::new();
        for (index, node) in nodes.iter().enumerate().skip(at) {
            inside[index] = index == at || (index > at && inside[node.parent as usize]);
            if inside[index] {
                words.push_str(&node.text);
            }
        }
        words.trim().to_owned()
    }

    /// The first visible link with these words.
    fn link(&self, locators: &[Locator]) -> Option<(usize, Url)> {
        let base = &self.page.as_ref()?.url;
        locators.iter().enumerate().find_map(|(index, locator)| {
            let (Locator::Seen(wanted) | Locator::Text(wanted)) = locator else { return None };
            self.nodes().iter().enumerate().find_map(|(at, node)| {
                let fits = node.tag == "a" && !node.hidden && same_words(&self.words(at), wanted);
                fits.then(|| base.join(node.attr("href")?).ok()).flatten().map(|url| (index, url))
            })
        })
    }

    async fn tap(&mut self, locators: &[Locator]) -> Tried {
        if let Some((index, url)) = self.link(locators) {
            return self.follow(url, Some(index)).await;
        }
        // Only a search is ever sent from here, and only by a button that says so.
        let searches = locators.iter().any(|locator| match locator {
            Locator::Seen(words) | Locator::Text(words) => words.contains("搜索") || words.contains("查询"),
            _ => false,
        });
        match self.search_address().filter(|_| searches) {
            Some(url) => self.follow(url, None).await,
            None => missed(MissedWhy::NotPossible),
        }
    }

    async fn follow(&mut self, url: Url, locator: Option<usize>) -> Tried {
        if let Some(page) = &self.page {
            self.before.push(page.url.clone());
        }
        match self.load(&url).await {
            Landing::Page { .. } => Tried::Done(Acted { locator, ..Acted::default() }),
            Landing::Unreachable(_) => missed(MissedWhy::NotFound),
        }
    }

    /// Where the form around the field that was typed into leads. Only GET forms are ever sent.
    fn search_address(&self) -> Option<Url> {
        let (field, words) = self.typed.as_ref()?;
        let nodes = self.nodes();
        // What is typed as a secret never becomes part of an address.
        if nodes[*field].attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")) {
            return None;
        }
        let mut at = *field;
        while nodes[at].tag != "form" {
            let above = nodes[at].parent as usize;
            if above == at {
                return None;
            }
            at = above;
        }
        if nodes[at].attr("method").is_some_and(|method| !method.eq_ignore_ascii_case("get")) {
            return None;
        }
        let mut url = self.page.as_ref()?.url.join(nodes[at].attr("action").unwrap_or_default()).ok()?;
        url.set_query(None);
        url.query_pairs_mut().append_pair(nodes[*field].attr("name")?, words);
        Some(url)
    }

    /// The field that the first fitting locator means: the locator's place and the field's node.
    fn field(&self, locators: &[Locator]) -> Option<(usize, usize)> {
        locators.iter().enumerate().find_map(|(index, locator)| {
            self.nodes().iter().enumerate().find_map(|(at, node)| {
                let field = node.tag == "input" && !node.hidden;
                let fits = match locator {
                    Locator::Css(selector) => node.attr("id").is_some_and(|id| {
                        *selector == format!("#{id}") || *selector == format!("input#{id}")
                    }),
                    Locator::Seen(words) | Locator::Label(words) | Locator::Text(words) => {
                        node.attr("placeholder").is_some_and(|hint| hint.contains(words.as_str()))
                    }
                    _ => false,
                };
                (field && fits).then_some((index, at))
            })
        })
    }
}

fn same_words(left: &str, right: &str) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|letter| !letter.is_whitespace()).collect() };
    letters(left) == letters(right)
}

fn missed(why: MissedWhy) -> Tried {
    Tried::Missed(Missed { why, nearby: Vec::new() })
}

fn found(done: Option<usize>) -> Tried {
    done.map_or_else(
        || missed(MissedWhy::NotFound),
        |index| Tried::Done(Acted { locator: Some(index), ..Acted::default() }),
    )
}

#[async_trait]
impl Session for PlainSession {
    async fn goto(&mut self, url: &Url) -> Result<Landing, BrowserError> {
        Ok(self.load(url).await)
    }

    async fn url(&mut self) -> Result<Url, BrowserError> {
        let nowhere = || BrowserError::Lost { why: "还没有打开任何页面".to_owned() };
        self.page.as_ref().map(|page| page.url.clone()).ok_or_else(nowhere)
    }

    async fn act(&mut self, act: &Act, _patience: Duration) -> Result<Tried, BrowserError> {
        Ok(match act {
            Act::Tap(locators) => self.tap(locators).await,
            Act::Type { into, text, .. } => {
                let field = self.field(into);
                self.typed = field.map(|(_, node)| (node, text.clone()));
                found(field.map(|(index, _)| index))
            }
            Act::Press(key) if key == "Enter" => match self.search_address() {
                Some(url) => self.follow(url, None).await,
                None => missed(MissedWhy::NotPossible),
            },
            Act::Await(locators) => found(self.seen(locators)),
            Act::AwaitGone(locators) => match self.seen(locators) {
                Some(_) => missed(MissedWhy::NotFound),
                None => Tried::Done(Acted::default()),
            },
            Act::Back => match self.before.pop() {
                Some(url) => {
                    self.load(&url).await;
                    Tried::Done(Acted::default())
                }
                None => missed(MissedWhy::NotFound),
            },
            _ => missed(MissedWhy::NotPossible),
        })
    }

    async fn words_of(
        &mut self,
        target: &[Locator],
        _patience: Duration,
    ) -> Result<Option<String>, BrowserError> {
        Ok(self.link(target).and_then(|(index, _)| match target.get(index) {
            Some(Locator::Seen(words) | Locator::Text(words)) => Some(words.clone()),
            _ => None,
        }))
    }

    async fn unfold(&mut self) -> Result<usize, BrowserError> {
        // What is folded by style is in the markup already.
        Ok(0)
    }

    async fn listen(&mut self) -> Result<(), BrowserError> {
        Ok(())
    }

    async fn heard(
        &mut self,
        _except: &str,
        _quiet: Duration,
        _patience: Duration,
    ) -> Result<Heard, BrowserError> {
        Ok(Heard::default())
    }

    async fn snapshot(&mut self) -> Result<Snapshot, BrowserError> {
        Ok(self.page.as_mut().map(Page::take_snapshot).unwrap_or_default())
    }

    async fn screenshot(&mut self) -> Result<Option<Picture>, BrowserError> {
        Ok(None)
    }

    async fn restore(&mut self, state: &LoginState) -> Result<Option<Landing>, BrowserError> {
        let Ok(page) = Url::parse(&state.page) else { return Ok(None) };
        self.forget().await?;
        for cookie in &state.cookies {
            let host = cookie.domain.trim_start_matches('.');
            let scheme = if cookie.secure { "https" } else { "http" };
            if let Ok(url) = Url::parse(&format!("{scheme}://{host}{}", cookie.path)) {
                self.cookies.add_cookie_str(&as_header(cookie), &url);
            }
        }
        self.goto(&page).await.map(Some)
    }

    async fn forget(&mut self) -> Result<(), BrowserError> {
        self.cookies = Arc::new(Jar::default());
        self.client = client_keeping(&self.agent, &self.cookies)?;
        self.page = None;
        self.before.clear();
        self.typed = None;
        Ok(())
    }

    async fn close(self: Box<Self>) {}
}

impl PlainSession {
    /// The first locator whose words are somewhere on the page.
    fn seen(&self, locators: &[Locator]) -> Option<usize> {
        locators.iter().position(|locator| {
            let (Locator::Seen(words) | Locator::Text(words) | Locator::Label(words)) = locator else {
                return false;
            };
            self.nodes()
                .iter()
                .any(|node| node.is_text() && !node.hidden && node.text.contains(words.as_str()))
        })
    }
}
