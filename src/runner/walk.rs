//! The walk itself: what is walked and with what, what every step can name, and what is kept of the pages.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use secrecy::ExposeSecret;

use super::dialogue::Dialogue;
use super::guard::Guard;
use super::logins::Logins;
use super::mask::{ACCOUNT_NAME, Masker};
use super::people::People;
use super::places;
use super::record::{RecordError, Recorder};
use super::watcher::Watcher;
use crate::browser::download::Downloads;
use crate::browser::http::PlainHttp;
use crate::browser::pace::Pace;
use crate::browser::{BrowserError, FrameAt, Session};
use crate::model::{
    Account, Capture, Channel, Ending, Event, Item, Locator, Noise, Obstacle, ObstacleKind, ReadWhat,
    Scenario, Snapshot, Visit, VisitId,
};
use crate::scenario::template::{Scope, TemplateError, Variables, render};
use crate::settings::Pictures;

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
    /// How often it was begun before and given up.
    pub given_up: usize,
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
    /// Every scenario of the folder, for `call` and `login`.
    pub scenarios: &'a [Scenario],
    /// The test accounts, for `login`.
    pub accounts: &'a [Account],
    /// What earlier log-ins left, so that an account signs in once a channel.
    pub logins: &'a dyn Logins,
    /// Whether page code in scenario files may run.
    pub scripts: bool,
    /// Who answers what only a person can.
    pub people: &'a dyn People,
    /// Who may hold the walk up.
    pub watcher: &'a dyn Watcher,
    /// How long a target is waited for when the step does not say.
    pub patience: Duration,
    /// Which pictures are kept.
    pub pictures: Pictures,
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
    /// Done; what matched, where anything was looked for.
    Done(Option<Matched>),
    /// In the way: the walk ends here unless the step is a `maybe`.
    Blocked(ObstacleKind, String),
}

/// The alternative that matched.
#[derive(Debug, Clone)]
pub(super) struct Matched {
    /// As scenario files write it, or what else is worth noting.
    pub(super) said: String,
    /// Which of the alternatives.
    pub(super) index: Option<usize>,
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
    let obstacle = walk.whole(errand.scenario).await?;
    if obstacle.is_none() {
        walk.keep_own_login().await?;
    }
    walk.end(obstacle.map_or(Ending::Completed, Ending::Blocked)).await
}

/// A scenario that is being walked, and what it was given.
pub(super) struct Called<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) params: BTreeMap<String, String>,
    /// The account that it signs in with, where it was not the errand's.
    pub(super) account: Option<&'a Account>,
}

/// A walk under way.
pub(super) struct Walk<'a> {
    pub(super) errand: &'a Errand<'a>,
    pub(super) session: &'a mut dyn Session,
    pub(super) tools: &'a Tools<'a>,
    pub(super) visit: Visit,
    pub(super) masker: Masker,
    /// What steps kept.
    pub(super) kept: BTreeMap<String, serde_json::Value>,
    /// The scenario under way and what it was given: the errand's own, or one that was called.
    pub(super) frames: Vec<Called<'a>>,
    /// Rounds of the repetitions under way.
    pub(super) rounds: Vec<usize>,
    /// The frame that the walk has switched to for good.
    pub(super) framed: Option<FrameAt>,
    pub(super) began: Instant,
    captures: usize,
    /// What the browser told since the last record, masked.
    pub(super) noise: Vec<Noise>,
    pub(super) dialogue: Dialogue,
    /// Whether an account has signed in on this walk, or is about to: what portals know it by is then masked.
    pub(super) known: bool,
}

/// Pages of a visit that is walked again are numbered on from here, so that those of the walk before stay what they were.
const ROOM_OF_A_WALK: usize = 10_000;

impl<'a> Walk<'a> {
    pub(super) fn begin(
        errand: &'a Errand<'a>,
        session: &'a mut dyn Session,
        tools: &'a Tools<'a>,
    ) -> Result<Self, WalkError> {
        let visit = Visit {
            item: errand.item.cloned(),
            account: errand.account.map(|account| account.name.clone()),
            shown_name: errand.account.map(|_| ACCOUNT_NAME.to_owned()),
            checks: errand.scenario.checks.clone(),
            ending: Ending::Blocked(interrupted()),
            ..Visit::begun(
                errand.id.clone(),
                errand.scenario.id.clone(),
                errand.channel.id.clone(),
                (tools.now)(),
            )
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
            frames: vec![Called {
                scenario: errand.scenario,
                params: errand.scenario.params.clone(),
                account: None,
            }],
            rounds: Vec::new(),
            framed: None,
            began: Instant::now(),
            captures: errand.given_up.saturating_mul(ROOM_OF_A_WALK),
            noise: Vec::new(),
            dialogue: Dialogue::default(),
            known: errand.account.is_some(),
        })
    }

    /// The steps before, the steps, and, however these went, the steps after.
    pub(super) async fn whole(&mut self, scenario: &Scenario) -> Result<Option<Obstacle>, WalkError> {
        let mut obstacle = self.steps(&scenario.before).await?;
        if obstacle.is_none() {
            obstacle = self.steps(&scenario.steps).await?;
        }
        let after = self.steps(&scenario.after).await?;
        Ok(obstacle.or(after))
    }

    /// Everything that a template of this walk can name.
    pub(super) fn scope(&self) -> Scope<'_> {
        let mut scope = Scope::new(self.tools.variables).with_kept(&self.kept);
        if let Some(item) = self.errand.item {
            scope = scope.with_item(item);
        }
        let called = self.frames.last();
        if let Some(account) = called.and_then(|called| called.account).or(self.errand.account) {
            scope = scope.with_account(account);
        }
        if let Some(called) = called {
            scope = scope.with_params(&called.params);
        }
        if let Some(round) = self.rounds.last() {
            scope = scope.with_round(*round);
        }
        if let Some(row) = self.errand.row {
            scope = scope.with_row(row);
        }
        scope
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
        self.whole_page().await?;
        let snapshot = self.session.snapshot().await?;
        let kept = self.keep_snapshot(what, number, snapshot).await;
        self.back_to_frame().await?;
        kept
    }

    pub(super) async fn keep_snapshot(
        &mut self,
        what: ReadWhat,
        number: usize,
        mut snapshot: Snapshot,
    ) -> Result<String, WalkError> {
        self.learn_tokens().await?;
        self.masker.snapshot(&mut snapshot);
        let picture = match self.tools.pictures {
            Pictures::None => None,
            _ => self.session.screenshot().await?,
        };
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
    pub(super) async fn evidence_of_obstacle(
        &mut self,
        kind: ObstacleKind,
    ) -> Result<Option<String>, WalkError> {
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

    pub(super) async fn end(mut self, ending: Ending) -> Result<Visit, WalkError> {
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

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
