//! Walks a plan on several browser sessions side by side, each session staying on one channel as long as it has work.

use std::collections::{BTreeMap, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use futures::FutureExt;

use super::doorstep::{self, FAILURES_IN_A_ROW};
use super::error::AuditError;
use super::logins::{RunLogins, Turns, accounts_of};
use super::notebook::Notebook;
use super::order::{Order, Stop};
use super::plan::{Plan, PlannedVisit};
use crate::browser::download::Downloads;
use crate::browser::http::PlainHttp;
use crate::browser::pace::Pace;
use crate::browser::pool::Pool;
use crate::browser::{Browser, BrowserError};
use crate::model::{Ending, Event, ForEach, Obstacle, ObstacleKind, Visit};
use crate::runner::{Errand, Guard, People, Tools, WalkError, Watcher, walk};
use crate::scenario::{Library, Variables};
use crate::settings::Pictures;

/// What all workers of a run share.
pub(super) struct Shared {
    pub(super) library: Library,
    pub(super) plan: Plan,
    pub(super) guard: Guard,
    pub(super) pace: Pace,
    pub(super) http: PlainHttp,
    downloads: Downloads,
    notebook: Notebook,
    variables: Variables,
    scripts: bool,
    people: Arc<dyn People>,
    watcher: Arc<dyn Watcher>,
    patience: Duration,
    pictures: Pictures,
    sessions: usize,
    now: fn() -> DateTime<FixedOffset>,
    queue: Mutex<BTreeMap<usize, VecDeque<PlannedVisit>>>,
    doors: Mutex<BTreeMap<usize, Door>>,
    logins: RunLogins,
    turns: Turns,
}

/// How a channel has answered lately.
#[derive(Default)]
struct Door {
    failures: usize,
    closed: Option<Obstacle>,
}

impl Shared {
    pub(super) fn new(
        library: Library,
        plan: Plan,
        order: &Order,
        notebook: Notebook,
        watcher: Arc<dyn Watcher>,
    ) -> Result<Self, AuditError> {
        let mut queue: BTreeMap<usize, VecDeque<PlannedVisit>> = BTreeMap::new();
        for visit in &plan.visits {
            queue.entry(visit.channel).or_default().push_back(visit.clone());
        }
        let private = order.settings.private.as_deref();
        Ok(Self {
            logins: RunLogins::of(&library.portal.name, private, order.now)?,
            turns: Turns::of(&library),
            guard: Guard::of(&library.portal),
            pace: Pace::new(library.portal.pace.per_second),
            http: PlainHttp::new()?,
            downloads: Downloads::new()?,
            library,
            plan,
            notebook,
            variables: order.variables.clone(),
            scripts: order.scripts,
            people: Arc::clone(&order.people),
            watcher,
            patience: order.settings.patience,
            pictures: order.settings.pictures,
            sessions: order.settings.sessions.max(1),
            now: order.now,
            queue: Mutex::new(queue),
            doors: Mutex::default(),
        })
    }

    /// The next visit: of the worker's own channel while it has any, else of the channel with most left to do.
    fn next(&self, last: Option<usize>) -> Option<PlannedVisit> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let channel = last
            .filter(|channel| queue.get(channel).is_some_and(|left| !left.is_empty()))
            .or_else(|| queue.iter().max_by_key(|(_, left)| left.len()).map(|(channel, _)| *channel))?;
        queue.get_mut(&channel)?.pop_front()
    }

    fn closed_door(&self, channel: usize) -> Option<Obstacle> {
        let doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        doors.get(&channel).and_then(|door| door.closed.clone())
    }

    fn close_door(&self, channel: usize, obstacle: Obstacle) {
        let mut doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        doors.entry(channel).or_default().closed = Some(obstacle);
    }

    /// Counts failures to reach a channel; after several in a row it is left in peace.
    fn remember(&self, channel: usize, ending: &Ending) {
        let mut doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        let door = doors.entry(channel).or_default();
        match ending {
            Ending::Blocked(obstacle)
                if matches!(obstacle.kind, ObstacleKind::Unreachable | ObstacleKind::HttpStatus) =>
            {
                door.failures += 1;
                if door.failures >= FAILURES_IN_A_ROW {
                    door.closed = Some(Obstacle { line: None, ..obstacle.clone() });
                }
            }
            _ => door.failures = 0,
        }
    }

    fn errand(&self, planned: &PlannedVisit, given_up: usize) -> Errand<'_> {
        let portal = &self.library.portal;
        Errand {
            id: planned.id.clone(),
            scenario: &self.library.scenarios[planned.scenario],
            channel: &portal.channels[planned.channel],
            item: planned.item.map(|item| &portal.items[item]),
            account: planned.account.map(|account| &portal.accounts[account]),
            row: planned.row.and_then(|row| match &self.library.scenarios[planned.scenario].for_each {
                ForEach::Rows(table) => table.rows.get(row),
                _ => None,
            }),
            given_up,
        }
    }

    fn tools(&self) -> Tools<'_> {
        Tools {
            guard: &self.guard,
            pace: &self.pace,
            http: &self.http,
            downloads: &self.downloads,
            recorder: &self.notebook,
            variables: &self.variables,
            scenarios: &self.library.scenarios,
            accounts: &self.library.portal.accounts,
            logins: &self.logins,
            scripts: self.scripts,
            people: &*self.people,
            watcher: &*self.watcher,
            patience: self.patience,
            pictures: self.pictures,
            now: self.now,
        }
    }

    /// Writes down a visit that was not walked.
    fn not_walked(&self, planned: &PlannedVisit, obstacle: Obstacle) -> Result<(), AuditError> {
        let errand = self.errand(planned, 0);
        let visit = Visit {
            item: errand.item.cloned(),
            account: errand.account.map(|account| account.name.clone()),
            checks: errand.scenario.checks.clone(),
            ..Visit::begun(
                planned.id.clone(),
                errand.scenario.id.clone(),
                errand.channel.id.clone(),
                (self.now)(),
            )
        };
        self.notebook.event(&Event::VisitStarted { visit: Box::new(visit) })?;
        let ending = Ending::Blocked(obstacle);
        Ok(self.notebook.event(&Event::VisitEnded { visit: planned.id.clone(), ending })?)
    }
}

/// Walks everything; gives the notebook back. Stops early, without an error, when `stop` says so.
pub(super) async fn walk_all(
    shared: Arc<Shared>,
    browser: Arc<dyn Browser>,
    stop: Stop,
) -> Result<Notebook, AuditError> {
    for (channel, obstacle) in doorstep::closed_doors(&shared).await {
        shared.close_door(channel, obstacle);
    }
    let pool = Arc::new(Pool::new(browser, shared.sessions));
    let workers: Vec<_> = (0..shared.sessions)
        .map(|_| tokio::spawn(work(shared.clone(), pool.clone(), stop.clone())))
        .collect();
    let mut failed = None;
    for worker in workers {
        if let Ok(Err(error)) = worker.await {
            failed.get_or_insert(error);
        }
    }
    pool.close().await;
    if let Some(error) = failed {
        return Err(error);
    }
    Ok(Notebook { folder: shared.notebook.folder.clone(), listener: shared.notebook.listener.clone() })
}

/// One worker: visits until none is left.
async fn work(shared: Arc<Shared>, pool: Arc<Pool>, mut stop: Stop) -> Result<(), AuditError> {
    let mut last = None;
    while !*stop.borrow() {
        let Some(planned) = shared.next(last) else { break };
        last = Some(planned.channel);
        if let Some(obstacle) = shared.closed_door(planned.channel) {
            shared.not_walked(&planned, obstacle)?;
            continue;
        }
        tokio::select! {
            walked = walk_surely(&shared, &pool, &planned) => walked?,
            _ = stop.changed() => break,
        }
    }
    Ok(())
}

/// How often a visit is begun before its browser's breakdowns count as an obstacle.
const TRIES: usize = 3;

/// Walks a visit; when the browser breaks down it is walked again with a fresh one.
async fn walk_surely(shared: &Shared, pool: &Pool, planned: &PlannedVisit) -> Result<(), AuditError> {
    let mut why = String::new();
    let (mut begun, mut noted) = (0, 0);
    for _ in 0..TRIES {
        if begun > noted {
            noted = begun;
            let given_up = Event::GivenUp { visit: planned.id.clone(), why: why.clone() };
            shared.notebook.event(&given_up)?;
        }
        match walk_once(shared, pool, planned, begun).await {
            Ok(visit) => {
                shared.remember(planned.channel, &visit.ending);
                return Ok(());
            }
            Err(GivenUp::NotBegun(error @ (BrowserError::Session { .. } | BrowserError::Lost { .. }))) => {
                why = error.to_string();
            }
            Err(GivenUp::UnderWay(error @ (BrowserError::Session { .. } | BrowserError::Lost { .. }))) => {
                why = error.to_string();
                begun += 1;
            }
            Err(GivenUp::NotBegun(error) | GivenUp::UnderWay(error)) => return Err(error.into()),
            Err(GivenUp::Record(error)) => return Err(error.into()),
            Err(GivenUp::Panic(said)) => {
                why = format!("程序内部错误（{said}），请把走访记录发给开发人员");
                begun += 1;
                break;
            }
        }
    }
    let obstacle = Obstacle { kind: ObstacleKind::BrowserLost, said: why, line: None, capture: None };
    if begun == 0 {
        return shared.not_walked(planned, obstacle);
    }
    let ending = Ending::Blocked(obstacle);
    Ok(shared.notebook.event(&Event::VisitEnded { visit: planned.id.clone(), ending })?)
}

enum GivenUp {
    NotBegun(BrowserError),
    UnderWay(BrowserError),
    Record(crate::runner::RecordError),
    Panic(String),
}

/// One try. A panic in a step is ours to report, and must not take the other visits along.
async fn walk_once(
    shared: &Shared,
    pool: &Pool,
    planned: &PlannedVisit,
    given_up: usize,
) -> Result<Visit, GivenUp> {
    let errand = shared.errand(planned, given_up);
    let accounts = accounts_of(&shared.library, errand.scenario, planned.account);
    let _turns = shared.turns.take(&accounts).await;
    let mut lease =
        pool.take(&errand.channel.device, errand.channel.speed).await.map_err(GivenUp::NotBegun)?;
    let tools = shared.tools();
    let session = lease.session().map_err(GivenUp::NotBegun)?;
    let walked = AssertUnwindSafe(walk(&errand, session, &tools)).catch_unwind().await;
    match walked {
        Ok(Ok(visit)) => {
            lease.give_back().await;
            Ok(visit)
        }
        Ok(Err(error)) => {
            lease.broken().await;
            Err(match error {
                WalkError::Browser(error) => GivenUp::UnderWay(error),
                WalkError::Record(error) => GivenUp::Record(error),
            })
        }
        Err(panic) => {
            lease.broken().await;
            Err(GivenUp::Panic(panic_words(panic.as_ref())))
        }
    }
}

pub(super) fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    words.unwrap_or("无说明").to_owned()
}
