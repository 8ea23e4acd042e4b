//! A browser without a browser, for the tests of the rooms that use one: pages are given beforehand, every deed is noted, and
//! losses and silent addresses come when asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use url::Url;

use super::act::{Act, Acted, Missed, MissedWhy, Tried};
use super::port::{Browser, BrowserError, Heard, Landing, Picture, Session};
use crate::model::{Device, Locator, LoginState, Node, Snapshot, Speed};

/// What was asked of the fake, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// A session was opened for a device.
    Opened(Device, Speed),
    /// An address was opened.
    Went(Url),
    /// An act was tried.
    Acted(Act),
    /// The page was unfolded.
    Unfolded,
    /// Listening began.
    Listened,
    /// A snapshot was taken.
    Captured,
    /// A picture was taken.
    Pictured,
    /// The session was asked by what it is known.
    Told,
    /// The session became the visitor who left this state.
    Restored(LoginState),
    /// The session became a stranger again.
    Forgot,
    /// The session was closed.
    Closed,
}

/// A browser that shows what it was given. Addresses are compared as written, after parsing.
#[derive(Debug, Clone, Default)]
pub struct FakeBrowser {
    world: Arc<Mutex<World>>,
}

#[derive(Debug, Default)]
struct World {
    pages: BTreeMap<String, Snapshot>,
    /// From an address, by these words, to an address.
    links: Vec<(String, String, String)>,
    answers: BTreeMap<String, Heard>,
    silent: BTreeMap<String, String>,
    /// What values and page code give, by what they are called.
    sayings: BTreeMap<String, serde_json::Value>,
    losing: Vec<String>,
    state: Option<LoginState>,
    deeds: Vec<Deed>,
}

impl FakeBrowser {
    /// A browser that knows no page yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows this snapshot at an address.
    #[must_use]
    pub fn page(self, address: &str, snapshot: Snapshot) -> Self {
        self.world().pages.insert(plain(address), snapshot);
        self
    }

    /// Shows these lines of text at an address, one paragraph each.
    #[must_use]
    pub fn lines(self, address: &str, lines: &[&str]) -> Self {
        let mut nodes = vec![Node { tag: "body".into(), ..Node::default() }];
        for line in lines {
            let paragraph = nodes.len() as u32;
            nodes.push(Node { tag: "p".into(), ..Node::default() });
            let text = (*line).to_owned();
            nodes.push(Node { parent: paragraph, tag: "#text".into(), text, ..Node::default() });
        }
        let title = lines.first().map(|line| (*line).to_owned()).unwrap_or_default();
        self.page(address, Snapshot { url: plain(address), title, nodes, ..Snapshot::default() })
    }

    /// Lets a tap on these words lead from one address to another.
    #[must_use]
    pub fn link(self, from: &str, words: &str, to: &str) -> Self {
        self.world().links.push((plain(from), words.to_owned(), plain(to)));
        self
    }

    /// Answers a question that was typed.
    #[must_use]
    pub fn answer(self, question: &str, heard: Heard) -> Self {
        self.world().answers.insert(question.to_owned(), heard);
        self
    }

    /// Gives this value where it is taken (`title`, `text` …), where this page code is run, or where a dialogue box is
    /// heeded (`alert`).
    #[must_use]
    pub fn says(self, what: &str, value: impl Into<serde_json::Value>) -> Self {
        self.world().sayings.insert(what.to_owned(), value.into());
        self
    }

    /// Makes an address unreachable, for this reason.
    #[must_use]
    pub fn unreachable(self, address: &str, why: &str) -> Self {
        self.world().silent.insert(plain(address), why.to_owned());
        self
    }

    /// Loses the browser as soon as it opens this address.
    #[must_use]
    pub fn lost_at(self, address: &str) -> Self {
        self.world().losing.push(plain(address));
        self
    }

    /// Is known to portals by this state, and can become others.
    #[must_use]
    pub fn known_by(self, state: LoginState) -> Self {
        self.world().state = Some(state);
        self
    }

    /// Everything that was asked of it so far, by all sessions.
    #[must_use]
    pub fn deeds(&self) -> Vec<Deed> {
        self.world().deeds.clone()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn plain(address: &str) -> String {
    Url::parse(address).map_or_else(|_| address.to_owned(), String::from)
}

#[async_trait]
impl Browser for FakeBrowser {
    async fn open(&self, device: &Device, speed: Speed) -> Result<Box<dyn Session>, BrowserError> {
        self.world().deeds.push(Deed::Opened(device.clone(), speed));
        Ok(Box::new(FakeSession { browser: self.clone(), at: None, before: Vec::new(), lost: false }))
    }

    async fn close(&self) {}
}

/// One session of the fake.
struct FakeSession {
    browser: FakeBrowser,
    at: Option<Url>,
    before: Vec<Url>,
    lost: bool,
}

impl FakeSession {
    /// Notes a deed; fails when the browser has been lost.
    fn note(&self, deed: Deed) -> Result<MutexGuard<'_, World>, BrowserError> {
        if self.lost {
            return Err(lost());
        }
        let mut world = self.browser.world();
        world.deeds.push(deed);
        Ok(world)
    }

    fn address(&self) -> String {
        self.at.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    fn arrive(&mut self, url: Url) -> Result<Landing, BrowserError> {
        if self.browser.world().losing.iter().any(|address| *address == url.as_str()) {
            self.lost = true;
            return Err(lost());
        }
        let silent = self.browser.world().silent.get(url.as_str()).cloned();
        if let Some(why) = silent {
            return Ok(Landing::Unreachable(why));
        }
        let known = self.browser.world().pages.contains_key(url.as_str());
        self.before.extend(self.at.replace(url.clone()));
        Ok(Landing::Page { url, status: Some(if known { 200 } else { 404 }) })
    }

    /// The first locator whose words are on the page, or lead somewhere from it.
    fn seen(&self, locators: &[Locator]) -> Option<usize> {
        let world = self.browser.world();
        let address = self.address();
        locators.iter().position(|locator| {
            let words = words(locator);
            world.links.iter().any(|(from, link, _)| *from == address && link == words)
                || world.pages.get(&address).is_some_and(|page| {
                    page.nodes.iter().any(|node| {
                        !node.hidden
                            && (node.text == words || node.attrs.iter().any(|(_, value)| value == words))
                    })
                })
        })
    }

    fn found(&self, locators: &[Locator]) -> Tried {
        match self.seen(locators) {
            Some(locator) => Tried::Done(Acted { locator: Some(locator), ..Acted::default() }),
            None => Tried::Missed(Missed { why: MissedWhy::NotFound, nearby: self.nearby() }),
        }
    }

    fn nearby(&self) -> Vec<String> {
        let world = self.browser.world();
        let nodes = world.pages.get(&self.address()).map_or(&[][..], |page| &page.nodes);
        nodes
            .iter()
            .filter(|node| node.is_text() && !node.hidden)
            .take(8)
            .map(|node| node.text.clone())
            .collect()
    }

    fn tap(&mut self, locators: &[Locator]) -> Result<Tried, BrowserError> {
        let tried = self.found(locators);
        if let Tried::Done(Acted { locator: Some(index), .. }) = tried {
            let address = self.address();
            let leads = self.browser.world().links.iter().find_map(|(from, link, to)| {
                (*from == address && link == words(&locators[index])).then(|| Url::parse(to).ok()).flatten()
            });
            if let Some(url) = leads {
                self.arrive(url)?;
            }
        }
        Ok(tried)
    }
}

/// The words that a locator goes by here: its text, its accessible name, its expression.
fn words(locator: &Locator) -> &str {
    match locator {
        Locator::Seen(words)
        | Locator::Text(words)
        | Locator::Label(words)
        | Locator::Placeholder(words)
        | Locator::Alt(words)
        | Locator::Title(words)
        | Locator::TestId(words)
        | Locator::Aria(words, _) => words,
        Locator::Role(role, name) => name.as_deref().unwrap_or(role),
        Locator::Css(expression) | Locator::XPath(expression) | Locator::Pierce(expression) => expression,
        Locator::Chain(parts) => parts.last().map_or("", words),
        Locator::Related(related) => related.of.first().map_or("", words),
    }
}

fn saying(act: &Act) -> String {
    match act {
        Act::Take { what, .. } => what.clone(),
        Act::Run(code) => code.clone(),
        _ => "alert".to_owned(),
    }
}

fn lost() -> BrowserError {
    BrowserError::Lost { why: "浏览器已退出".to_owned() }
}

#[async_trait]
impl Session for FakeSession {
    async fn goto(&mut self, url: &Url) -> Result<Landing, BrowserError> {
        drop(self.note(Deed::Went(url.clone()))?);
        self.arrive(url.clone())
    }

    async fn url(&mut self) -> Result<Url, BrowserError> {
        match &self.at {
            Some(url) if !self.lost => Ok(url.clone()),
            _ => Err(lost()),
        }
    }

    async fn act(&mut self, act: &Act, _patience: Duration) -> Result<Tried, BrowserError> {
        drop(self.note(Deed::Acted(act.clone()))?);
        match act {
            Act::Tap(target) | Act::Touch { target, .. } => self.tap(target),
            Act::AwaitGone(target) => Ok(match self.seen(target) {
                Some(_) => Tried::Missed(Missed { why: MissedWhy::Covered, nearby: Vec::new() }),
                None => Tried::Done(Acted::default()),
            }),
            Act::Take { .. } | Act::Run(_) | Act::Heed => {
                let said = self.browser.world().sayings.get(&saying(act)).cloned();
                Ok(Tried::Done(Acted { said: Some(said.unwrap_or_default()), ..Acted::default() }))
            }
            Act::Back => {
                self.at = self.before.pop();
                Ok(Tried::Done(Acted::default()))
            }
            other => Ok(match other.target() {
                Some(target) => self.found(target),
                None => Tried::Done(Acted::default()),
            }),
        }
    }

    async fn words_of(
        &mut self,
        target: &[Locator],
        _patience: Duration,
    ) -> Result<Option<String>, BrowserError> {
        if self.lost {
            return Err(lost());
        }
        Ok(self.seen(target).map(|index| words(&target[index]).to_owned()))
    }

    async fn unfold(&mut self) -> Result<usize, BrowserError> {
        self.note(Deed::Unfolded).map(|_| 0)
    }

    async fn listen(&mut self) -> Result<(), BrowserError> {
        self.note(Deed::Listened).map(drop)
    }

    async fn heard(
        &mut self,
        except: &str,
        _quiet: Duration,
        _patience: Duration,
    ) -> Result<Heard, BrowserError> {
        if self.lost {
            return Err(lost());
        }
        Ok(self.browser.world().answers.get(except).cloned().unwrap_or_default())
    }

    async fn snapshot(&mut self) -> Result<Snapshot, BrowserError> {
        let world = self.note(Deed::Captured)?;
        Ok(world.pages.get(&self.address()).cloned().unwrap_or_default())
    }

    async fn screenshot(&mut self) -> Result<Option<Picture>, BrowserError> {
        self.note(Deed::Pictured).map(|_| None)
    }

    async fn state(&mut self) -> Result<Option<LoginState>, BrowserError> {
        let world = self.note(Deed::Told)?;
        Ok(world.state.clone())
    }

    async fn restore(&mut self, state: &LoginState) -> Result<Option<Landing>, BrowserError> {
        if self.note(Deed::Restored(state.clone()))?.state.is_none() {
            return Ok(None);
        }
        match Url::parse(&state.page) {
            Ok(url) => self.arrive(url).map(Some),
            Err(_) => Ok(None),
        }
    }

    async fn forget(&mut self) -> Result<(), BrowserError> {
        drop(self.note(Deed::Forgot)?);
        self.before.clear();
        self.at = None;
        Ok(())
    }

    async fn close(self: Box<Self>) {
        self.browser.world().deeds.push(Deed::Closed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_fake_walks_its_links_and_notes_what_it_was_asked() {
        let browser = FakeBrowser::new()
            .lines("http://portal/", &["首页"])
            .lines("http://portal/guide", &["办事指南"])
            .link("http://portal/", "指南", "http://portal/guide")
            .unreachable("http://portal/down", "服务器拒绝连接")
            .lost_at("http://portal/crash");
        let mut session = browser.open(&Device::default(), Speed::Painted).await.unwrap();
        let go = |address: &str| Url::parse(address).unwrap();
        assert!(matches!(
            session.goto(&go("http://portal/")).await.unwrap(),
            Landing::Page { status: Some(200), .. }
        ));
        let tap = Act::Tap(vec![Locator::Seen("指南".to_owned())]);
        assert!(matches!(session.act(&tap, Duration::ZERO).await.unwrap(), Tried::Done(_)));
        assert_eq!(session.snapshot().await.unwrap().title, "办事指南");
        assert!(matches!(session.act(&tap, Duration::ZERO).await.unwrap(), Tried::Missed(_)));
        assert!(matches!(session.goto(&go("http://portal/down")).await.unwrap(), Landing::Unreachable(_)));
        assert!(session.goto(&go("http://portal/crash")).await.is_err());
        assert!(session.snapshot().await.is_err(), "what is lost stays lost");
        assert_eq!(browser.deeds().len(), 7);
    }
}
