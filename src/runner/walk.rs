//! The walk itself: one step after the other, until all are done or an obstacle stands in the way.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use secrecy::ExposeSecret;

use super::dialogue::Dialogue;
use super::guard::Guard;
use super::mask::{ACCOUNT_NAME, Masker};
use super::record::{RecordError, Recorder};
use super::{places, speak};
use crate::browser::download::Downloads;
use crate::browser::http::PlainHttp;
use crate::browser::pace::Pace;
use crate::browser::{Act, BrowserError, Landing, Missed, MissedWhy, Session, Tried};
use crate::model::{
    Account, Action, Capture, Channel, Choice, Ending, Event, Expect, Item, Locator, NoiseKind, Obstacle,
    ObstacleKind, ReadWhat, Scenario, Snapshot, Step, StepRecord, Target, Visit, VisitId, Wait,
};
use crate::scenario::template::{Scope, TemplateError, Variables, holds, render};
use crate::scenario::{SEARCH_BUTTON_WORD, SEARCH_WORD};

/// What is to be walked: a scenario, on a channel, for an item or an account.
#[derive(Debug, Clone)]
pub struct Errand<'a> {
    /// Names the visit.
    pub id: VisitId,
    /// What to do.
    pub scenario: &'a Scenario,
    /// Where.
    pub channel: &'a Channel,
    /// For which service item.
    pub item: Option<&'a Item>,
    /// With which test account.
    pub account: Option<&'a Account>,
    /// With which row of the scenario's table.
    pub row: Option<&'a BTreeMap<String, String>>,
}

/// What every walk of a run shares.
pub struct Tools<'a> {
    /// Says no before anything is touched.
    pub guard: &'a Guard,
    /// Politeness per host.
    pub pace: &'a Pace,
    /// Plain HTTP, for link probes and `fetch`.
    pub http: &'a PlainHttp,
    /// The files that guides link, asked for once a run.
    pub downloads: &'a Downloads,
    /// Where events and evidence go.
    pub recorder: &'a dyn Recorder,
    /// `{{ var.NAME }}` and `{{ secret.NAME }}`.
    pub variables: &'a Variables,
    /// How long a target is waited for when the step does not say.
    pub patience: Duration,
    /// The clock.
    pub now: fn() -> DateTime<FixedOffset>,
}

/// The walk cannot be finished by us; the portal is not to blame.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// The browser broke down; the visit may be tried again with another session.
    #[error("走访途中浏览器出了问题")]
    Browser(#[from] BrowserError),
    /// Nothing can be kept any more.
    #[error("走访记录保存不了")]
    Record(#[from] RecordError),
}

/// What became of a step.
pub(super) enum Went {
    /// Done; the locator that matched, where one was needed.
    Done(Option<String>),
    /// In the way: the walk ends here unless the step is a `maybe`.
    Blocked(ObstacleKind, String),
}

/// Walks an errand. Obstacles are part of the visit.
///
/// # Errors
/// When the browser is lost or the record cannot be kept.
pub async fn walk(
    errand: &Errand<'_>,
    session: &mut dyn Session,
    tools: &Tools<'_>,
) -> Result<Visit, WalkError> {
    session.guard(Arc::new(tools.guard.clone())).await?;
    // What was told before is of another visit.
    session.told().await?;
    let mut walk = Walk::begin(errand, session, tools)?;
    let ending = walk.steps().await?;
    walk.end(ending).await
}

/// A walk under way.
pub(super) struct Walk<'a> {
    errand: &'a Errand<'a>,
    pub(super) session: &'a mut dyn Session,
    pub(super) tools: &'a Tools<'a>,
    pub(super) visit: Visit,
    pub(super) masker: Masker,
    /// What `fetch` steps brought.
    kept: BTreeMap<String, serde_json::Value>,
    began: Instant,
    captures: usize,
    pub(super) dialogue: Dialogue,
}

impl<'a> Walk<'a> {
    fn begin(
        errand: &'a Errand<'a>,
        session: &'a mut dyn Session,
        tools: &'a Tools<'a>,
    ) -> Result<Self, WalkError> {
        let visit = Visit {
            id: errand.id.clone(),
            scenario: errand.scenario.id.clone(),
            channel: errand.channel.id.clone(),
            item: errand.item.cloned(),
            account: errand.account.map(|account| account.name.clone()),
            shown_name: errand.account.map(|_| ACCOUNT_NAME.to_owned()),
            checks: errand.scenario.checks.clone(),
            started: (tools.now)(),
            steps: Vec::new(),
            captures: Vec::new(),
            dialogue: Vec::new(),
            attachments: Vec::new(),
            ending: Ending::Blocked(interrupted()),
        };
        tools.recorder.note(&Event::VisitStarted { visit: Box::new(visit.clone()) })?;
        let mut masker = Masker::of(errand.account);
        for (_, secret) in tools.variables.secrets() {
            masker.add_secret(secret.expose_secret());
        }
        Ok(Self {
            errand,
            session,
            tools,
            visit,
            masker,
            kept: BTreeMap::new(),
            began: Instant::now(),
            captures: 0,
            dialogue: Dialogue::default(),
        })
    }

    async fn steps(&mut self) -> Result<Ending, WalkError> {
        for step in &self.errand.scenario.steps {
            if let Some(obstacle) = self.step(step).await? {
                return Ok(Ending::Blocked(obstacle));
            }
        }
        Ok(Ending::Completed)
    }

    /// Walks one step; an obstacle ends the walk.
    async fn step(&mut self, step: &Step) -> Result<Option<Obstacle>, WalkError> {
        let at = self.began.elapsed();
        if !matches!(step.action, Action::Ask(_)) {
            self.close_dialogue().await?;
        }
        let went = match self.wanted(step) {
            Ok(true) => {
                let went = self.perform(step).await?;
                self.held_back().await?.unwrap_or(went)
            }
            Ok(false) => {
                self.record(step, at, None, true)?;
                return Ok(None);
            }
            Err(error) => blocked_by_template(&error),
        };
        match went {
            Went::Done(locator) => self.record(step, at, locator, false).map(|()| None),
            Went::Blocked(kind, _) if step.maybe && may_be_passed_over(kind) => {
                self.record(step, at, None, true).map(|()| None)
            }
            Went::Blocked(kind, said) => {
                self.record(step, at, None, false)?;
                let capture = self.evidence_of_obstacle(kind).await?;
                let said = self.masker.text(&said);
                Ok(Some(Obstacle { kind, said, line: Some(step.line), capture }))
            }
        }
    }

    /// What the guard held back during the step: whatever the step itself came to, the visit cannot go on from there.
    async fn held_back(&mut self) -> Result<Option<Went>, WalkError> {
        let told = self.session.told().await?;
        Ok(told.into_iter().find_map(|noise| match noise.kind {
            NoiseKind::HeldSubmission => Some(Went::Blocked(ObstacleKind::WouldSubmit, noise.said)),
            NoiseKind::HeldHost => Some(Went::Blocked(ObstacleKind::LeftHosts, noise.said)),
            NoiseKind::Console | NoiseKind::Exception | NoiseKind::FailedRequest => None,
        }))
    }

    /// Everything that a template of this walk can name.
    fn scope(&self) -> Scope<'_> {
        let mut scope = Scope::new(self.tools.variables).with_kept(&self.kept);
        if let Some(item) = self.errand.item {
            scope = scope.with_item(item);
        }
        if let Some(account) = self.errand.account {
            scope = scope.with_account(account);
        }
        if let Some(row) = self.errand.row {
            scope = scope.with_row(row);
        }
        scope
    }

    fn wanted(&self, step: &Step) -> Result<bool, TemplateError> {
        step.when.as_deref().map_or(Ok(true), |condition| holds(condition, &self.scope()))
    }

    fn record(
        &mut self,
        step: &Step,
        at: Duration,
        locator: Option<String>,
        skipped: bool,
    ) -> Result<(), WalkError> {
        let said = speak::step(step);
        let shown = render(&said, &self.scope()).unwrap_or(said);
        let record = StepRecord {
            line: step.line,
            said: self.masker.text(&shown),
            at_ms: millis(at),
            took_ms: millis(self.began.elapsed().saturating_sub(at)),
            locator: locator.map(|locator| self.masker.text(&locator)),
            skipped,
            pressed: !skipped && matches!(step.action, Action::Tap(_) | Action::Search(_)),
        };
        self.tools.recorder.note(&Event::StepEnded { visit: self.visit.id.clone(), step: record.clone() })?;
        self.visit.steps.push(record);
        Ok(())
    }

    async fn perform(&mut self, step: &Step) -> Result<Went, WalkError> {
        let patience = step.timeout.unwrap_or(self.tools.patience);
        match &step.action {
            Action::Open(page) => self.open(page).await,
            Action::Tap(tap) => self.tap(&tap.target, patience).await,
            Action::Type { into, text, .. } => self.fill(into, text, patience).await,
            Action::Choose { option: Choice::Words(option), from, .. } => {
                self.choose(option, from, patience).await
            }
            Action::Press(press) => self.act(&Act::Press(press.key.clone()), &press.key, patience).await,
            Action::Search(words) => self.search(words, patience).await,
            Action::Unfold => Ok(Went::Done(Some(format!("展开 {} 处", self.session.unfold().await?)))),
            Action::Wait(Wait::For { target, gone }) => self.wait(target, *gone, patience).await,
            Action::Expect(Expect::Seen { target, absent }) => self.expect(target, *absent, patience).await,
            Action::Read(what) => self.read_page(*what).await.map(|()| Went::Done(None)),
            Action::Shot => self.keep_page(ReadWhat::Evidence).await.map(|_| Went::Done(None)),
            Action::Ask(question) => self.ask(question, patience).await,
            Action::Fetch { from, keep } => self.fetch(from, keep).await,
            Action::Back => self.act(&Act::Back, "返回", patience).await,
            _ => Ok(Went::Blocked(ObstacleKind::NotPossible, "还不会走这样的步骤".to_owned())),
        }
    }

    async fn open(&mut self, page: &str) -> Result<Went, WalkError> {
        let name = match render(page, &self.scope()) {
            Ok(name) => name,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        let url = match places::page(self.errand.channel, &name) {
            places::Place::At(url) => url,
            places::Place::NotFilledIn => {
                return Ok(Went::Blocked(
                    ObstacleKind::NoAddress,
                    "门户文件里还没有填写这个渠道的首页地址".into(),
                ));
            }
            places::Place::Unknown(name) => {
                let said = format!("门户文件里没有名为“{name}”的页面，它也不是网址");
                return Ok(Went::Blocked(ObstacleKind::NoAddress, said));
            }
        };
        if !self.tools.guard.allows(&url) {
            return Ok(left_hosts(url.as_str()));
        }
        self.tools.pace.wait(url.host_str().unwrap_or_default()).await;
        match self.session.goto(&url).await? {
            Landing::Unreachable(why) => {
                Ok(Went::Blocked(ObstacleKind::Unreachable, format!("打不开 {url}：{why}")))
            }
            Landing::Page { url, .. } if !self.tools.guard.allows_staying(&url) => {
                Ok(left_hosts(url.as_str()))
            }
            Landing::Page { url, status: Some(status) } if status >= 400 => {
                Ok(Went::Blocked(ObstacleKind::HttpStatus, format!("{url} 返回错误状态 {status}")))
            }
            Landing::Page { .. } => Ok(Went::Done(None)),
        }
    }

    async fn tap(&mut self, target: &Target, patience: Duration) -> Result<Went, WalkError> {
        match places::locators(self.errand.channel, target, &self.scope()) {
            Ok(locators) => self.press(&locators, patience).await,
            Err(error) => Ok(blocked_by_template(&error)),
        }
    }

    /// Looks at the words before pressing: what submits is not pressed.
    pub(super) async fn press(
        &mut self,
        locators: &[Locator],
        patience: Duration,
    ) -> Result<Went, WalkError> {
        let what = said_first(locators);
        if let Some(words) = self.session.words_of(locators, patience).await?
            && let Some(word) =
                self.tools.guard.submission_word(&words, self.errand.item.map(|item| item.name.as_str()))
        {
            let said = format!("“{words}”含有“{word}”，按下去会提交，已拒绝点按");
            return Ok(Went::Blocked(ObstacleKind::WouldSubmit, said));
        }
        let went = self.act(&Act::Tap(locators.to_vec()), &what, patience).await?;
        let now = self.session.url().await?;
        if !self.tools.guard.allows_staying(&now) {
            return Ok(left_hosts(now.as_str()));
        }
        Ok(went)
    }

    async fn fill(&mut self, into: &Target, text: &str, patience: Duration) -> Result<Went, WalkError> {
        let found = places::locators(self.errand.channel, into, &self.scope())
            .and_then(|locators| render(text, &self.scope()).map(|text| (locators, text)));
        match found {
            Ok((locators, text)) => self.enter(locators, text, patience).await,
            Err(error) => Ok(blocked_by_template(&error)),
        }
    }

    /// Enters text the way this channel takes it.
    pub(super) async fn enter(
        &mut self,
        into: Vec<Locator>,
        text: String,
        patience: Duration,
    ) -> Result<Went, WalkError> {
        let what = said_first(&into);
        let typing = self.errand.channel.typing.clone();
        self.act(&Act::Type { into, text, typing }, &what, patience).await
    }

    async fn choose(&mut self, option: &str, from: &Target, patience: Duration) -> Result<Went, WalkError> {
        let found = places::locators(self.errand.channel, from, &self.scope())
            .and_then(|locators| render(option, &self.scope()).map(|option| (locators, option)));
        match found {
            Ok((from, option)) => {
                let what = option.clone();
                self.act(&Act::Choose { from, option }, &what, patience).await
            }
            Err(error) => Ok(blocked_by_template(&error)),
        }
    }

    async fn search(&mut self, words: &str, patience: Duration) -> Result<Went, WalkError> {
        let words = match render(words, &self.scope()) {
            Ok(words) => words,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        if let blocked @ Went::Blocked(..) = self.enter(self.field(SEARCH_WORD), words, patience).await? {
            return Ok(blocked);
        }
        self.send(SEARCH_BUTTON_WORD, patience).await
    }

    /// Presses the button that sends a field's words, or Enter where the channel names none.
    pub(super) async fn send(&mut self, button: &str, patience: Duration) -> Result<Went, WalkError> {
        match places::button(self.errand.channel, button) {
            Some(button) => self.press(&button, patience).await,
            None => self.act(&Act::Press("Enter".to_owned()), "Enter", patience).await,
        }
    }

    async fn wait(&mut self, target: &Target, gone: bool, patience: Duration) -> Result<Went, WalkError> {
        match places::locators(self.errand.channel, target, &self.scope()) {
            Ok(locators) => {
                let what = said_first(&locators);
                let act = if gone { Act::AwaitGone(locators) } else { Act::Await(locators) };
                self.act(&act, &what, patience).await
            }
            Err(error) => Ok(blocked_by_template(&error)),
        }
    }

    async fn expect(&mut self, target: &Target, absent: bool, patience: Duration) -> Result<Went, WalkError> {
        Ok(match self.wait(target, absent, patience).await? {
            Went::Blocked(ObstacleKind::NotFound | ObstacleKind::NotActionable, said) => {
                let said = if absent { "页面上出现了不应出现的内容".to_owned() } else { said };
                Went::Blocked(ObstacleKind::Unexpected, said)
            }
            went => went,
        })
    }

    /// Fetches a short text (a test mailbox's code) and keeps it for later steps.
    async fn fetch(&mut self, from: &str, keep: &str) -> Result<Went, WalkError> {
        let address = match render(from, &self.scope()) {
            Ok(address) => address,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        let Ok(url) = url::Url::parse(&address) else {
            return Ok(Went::Blocked(ObstacleKind::NoAddress, format!("“{address}”不是完整的网址")));
        };
        if !self.tools.guard.allows(&url) {
            return Ok(left_hosts(url.as_str()));
        }
        self.tools.pace.wait(url.host_str().unwrap_or_default()).await;
        match self.tools.http.fetch_text(&url).await {
            Ok(text) => {
                self.kept.insert(keep.to_owned(), text.trim().into());
                Ok(Went::Done(None))
            }
            Err(why) => Ok(Went::Blocked(ObstacleKind::Unreachable, format!("取不到 {url}：{why}"))),
        }
    }

    /// One act through the port; a missed target is an obstacle.
    async fn act(&mut self, act: &Act, what: &str, patience: Duration) -> Result<Went, WalkError> {
        Ok(match self.session.act(act, patience).await? {
            Tried::Done(acted) => Went::Done(matched(act, acted.locator)),
            Tried::Missed(missed) => {
                Went::Blocked(obstacle_kind(&missed), speak::missed(what, &missed, patience.as_secs()))
            }
        })
    }

    /// Keeps the page as it is now, masked, with a picture where one can be taken.
    pub(super) async fn keep_page(&mut self, what: ReadWhat) -> Result<String, WalkError> {
        let number = self.next_capture();
        self.keep_page_as(what, number).await
    }

    pub(super) fn next_capture(&mut self) -> usize {
        self.captures += 1;
        self.captures
    }

    pub(super) async fn keep_page_as(&mut self, what: ReadWhat, number: usize) -> Result<String, WalkError> {
        let snapshot = self.session.snapshot().await?;
        self.keep_snapshot(what, number, snapshot).await
    }

    pub(super) async fn keep_snapshot(
        &mut self,
        what: ReadWhat,
        number: usize,
        mut snapshot: Snapshot,
    ) -> Result<String, WalkError> {
        self.masker.snapshot(&mut snapshot);
        let picture = self.session.screenshot().await?;
        let recorder = self.tools.recorder;
        let capture = Capture {
            id: self.capture_id(number),
            what,
            url: snapshot.url.clone(),
            at_ms: millis(self.began.elapsed()),
            snapshot: recorder.snapshot(&self.visit.id, number, &snapshot)?,
            screenshot: picture
                .map(|picture| recorder.picture(&self.visit.id, number, &picture))
                .transpose()?,
        };
        recorder.note(&Event::Captured { visit: self.visit.id.clone(), capture: capture.clone() })?;
        let id = capture.id.clone();
        self.visit.captures.push(capture);
        Ok(id)
    }

    pub(super) fn capture_id(&self, number: usize) -> String {
        format!("{}/{number}", self.visit.id)
    }

    /// Where there is a page to see, what stood in the way is kept too.
    async fn evidence_of_obstacle(&mut self, kind: ObstacleKind) -> Result<Option<String>, WalkError> {
        match kind {
            ObstacleKind::NoAddress
            | ObstacleKind::Unreachable
            | ObstacleKind::LeftHosts
            | ObstacleKind::NoSecret => Ok(None),
            _ => self.keep_page(ReadWhat::Evidence).await.map(Some),
        }
    }

    pub(super) fn rendered(&self, text: &str) -> Result<String, TemplateError> {
        render(text, &self.scope())
    }

    /// What the channel wants its visitors to call themselves.
    pub(super) fn agent(&self) -> Option<&str> {
        self.errand.channel.device.user_agent.as_deref()
    }

    pub(super) fn field(&self, word: &str) -> Vec<Locator> {
        places::field(self.errand.channel, word)
    }

    async fn end(mut self, ending: Ending) -> Result<Visit, WalkError> {
        self.close_dialogue().await?;
        self.tools
            .recorder
            .note(&Event::VisitEnded { visit: self.visit.id.clone(), ending: ending.clone() })?;
        self.visit.ending = ending;
        Ok(self.visit)
    }
}

/// How a visit ends that nobody ended: the run was stopped or killed under way.
fn interrupted() -> Obstacle {
    let said = "核查中途停止，这次走访没有走完".to_owned();
    Obstacle { kind: ObstacleKind::Interrupted, said, line: None, capture: None }
}

fn left_hosts(url: &str) -> Went {
    let said = format!("{url} 不在门户文件列出的主机（hosts）之内，没有访问");
    Went::Blocked(ObstacleKind::LeftHosts, said)
}

pub(super) fn blocked_by_template(error: &TemplateError) -> Went {
    Went::Blocked(ObstacleKind::NoSecret, error.to_string())
}

/// A `maybe` step passes over what is not there, not over what is forbidden or broken.
fn may_be_passed_over(kind: ObstacleKind) -> bool {
    matches!(kind, ObstacleKind::NotFound | ObstacleKind::NotActionable | ObstacleKind::Unexpected)
}

fn obstacle_kind(missed: &Missed) -> ObstacleKind {
    match missed.why {
        MissedWhy::NotFound | MissedWhy::NoSuchOption => ObstacleKind::NotFound,
        MissedWhy::NotPossible => ObstacleKind::NotPossible,
        MissedWhy::Hidden | MissedWhy::Covered | MissedWhy::Disabled | MissedWhy::Moving => {
            ObstacleKind::NotActionable
        }
    }
}

fn matched(act: &Act, index: Option<usize>) -> Option<String> {
    let (Act::Tap(locators)
    | Act::Type { into: locators, .. }
    | Act::Choose { from: locators, .. }
    | Act::Await(locators)) = act
    else {
        return None;
    };
    locators.get(index?).map(speak::locator)
}

fn said_first(locators: &[Locator]) -> String {
    locators.first().map(speak::locator).unwrap_or_default()
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
