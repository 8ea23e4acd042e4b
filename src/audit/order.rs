//! What was ordered: which scenarios, channels and items to walk, who listens, and how it is stopped.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use tokio::sync::watch;

use super::error::AuditError;
use super::judge::{self, RunSummary};
use super::notebook::Notebook;
use super::plan::Plan;
use super::walk_all::{self, Shared};
use crate::browser::Browser;
use crate::model::{Channel, Event, Item, Portal, Run, RunId, Scenario};
use crate::runner::{People, Unwatched, Watcher};
use crate::scenario::{self, Library, Variables};
use crate::settings::Settings;
use crate::store::RunFolder;

/// An order for one run.
pub struct Order {
    /// The folder with the portal file and the scenarios.
    pub scenarios: PathBuf,
    /// What of it is wanted.
    pub selection: Selection,
    /// Variables and secrets.
    pub variables: Variables,
    /// Whether page code in scenario files may run.
    pub scripts: bool,
    /// Who answers what only a person can.
    pub people: Arc<dyn People>,
    /// Technical settings.
    pub settings: Settings,
    /// The clock.
    pub now: fn() -> DateTime<FixedOffset>,
}

/// Limits a run; empty lists mean everything.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Scenario ids.
    pub scenarios: Vec<String>,
    /// Channel ids.
    pub channels: Vec<String>,
    /// Words that an item's name must contain (any of them).
    pub items: Vec<String>,
}

impl Selection {
    pub(super) fn wants_scenario(&self, scenario: &Scenario) -> bool {
        self.scenarios.is_empty() || self.scenarios.contains(&scenario.id)
    }

    pub(super) fn wants_channel(&self, channel: &Channel) -> bool {
        self.channels.is_empty() || self.channels.contains(&channel.id.0)
    }

    pub(super) fn wants_item(&self, item: &Item) -> bool {
        self.items.is_empty() || self.items.iter().any(|words| item.name.contains(words.as_str()))
    }

    /// A name that fits nothing is a mistake, not an empty run.
    pub(super) fn check(&self, library: &Library) -> Result<(), AuditError> {
        let scenarios: Vec<&str> = library.scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
        unknown("场景", &self.scenarios, &scenarios)?;
        self.check_portal(&library.portal)?;
        let items = &library.portal.items;
        match self.items.iter().find(|words| !is_in_a_name(items, words)) {
            Some(words) => Err(no_such_item(words)),
            None => Ok(()),
        }
    }

    /// The same, where items may also be found on the way when the portal file names none.
    pub(super) fn check_portal(&self, portal: &Portal) -> Result<(), AuditError> {
        let channels: Vec<&str> = portal.channels.iter().map(|channel| channel.id.0.as_str()).collect();
        unknown("渠道", &self.channels, &channels)?;
        match self.items.iter().find(|words| !portal.items.is_empty() && !is_in_a_name(&portal.items, words))
        {
            Some(words) => Err(no_such_item(words)),
            None => Ok(()),
        }
    }

    /// The wanted channels, as indexes into the portal's.
    pub(super) fn channel_numbers(&self, portal: &Portal) -> Vec<usize> {
        let wanted = portal.channels.iter().enumerate().filter(|(_, channel)| self.wants_channel(channel));
        wanted.map(|(number, _)| number).collect()
    }
}

fn is_in_a_name(items: &[Item], words: &str) -> bool {
    items.iter().any(|item| item.name.contains(words))
}

fn no_such_item(words: &str) -> AuditError {
    AuditError::NothingToWalk(format!("没有名称含“{words}”的事项"))
}

fn unknown(what: &str, wanted: &[String], known: &[&str]) -> Result<(), AuditError> {
    match wanted.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(AuditError::NothingToWalk(format!(
            "没有名为“{name}”的{what}，可用的是：{}",
            known.join("、")
        ))),
        None => Ok(()),
    }
}

/// Hears every event of a run as it happens.
pub trait Listener: Send + Sync {
    /// An event happened and is in the journal.
    fn heard(&self, event: &Event);
}

/// Tells a run to stop: visits under way are given up, what was seen is judged.
pub type Stop = watch::Receiver<bool>;

/// Walks what was ordered, judges it and writes the report.
///
/// # Errors
/// When the files are wrong, no browser can be had, or nothing can be written.
pub async fn run(
    order: &Order,
    browser: Arc<dyn Browser>,
    listener: Arc<dyn Listener>,
    stop: Stop,
) -> Result<RunSummary, AuditError> {
    let library = scenario::load(&order.scenarios, &order.variables)?;
    run_library(order, library, Arc::new(Unwatched), browser, listener, stop).await
}

/// The same with scenarios that were read already, and somebody who may hold every step up. `order.scenarios` is not read.
///
/// # Errors
/// When the selection fits nothing, no browser can be had, or nothing can be written.
pub async fn run_library(
    order: &Order,
    library: Library,
    watcher: Arc<dyn Watcher>,
    browser: Arc<dyn Browser>,
    listener: Arc<dyn Listener>,
    stop: Stop,
) -> Result<RunSummary, AuditError> {
    let plan = Plan::of(&library, &order.selection)?;
    let run = new_run(order, &library, &plan);
    let folder = Arc::new(RunFolder::create(&order.settings.reports, &run)?);
    folder.keep_standard(&library.portal.standard)?;
    let notebook = Notebook { folder: folder.clone(), listener };
    notebook.event(&Event::RunStarted { run: run.clone(), planned: plan.visits.len() })?;
    let shared = Shared::new(library, plan, order, notebook, watcher)?;
    let walked = walk_all::walk_all(Arc::new(shared), browser.clone(), stop.clone()).await;
    browser.close().await;
    let notebook = walked?;
    if !*stop.borrow() {
        let ended = Run { ended: Some((order.now)()), ..run };
        folder.write_run(&ended)?;
        notebook.event(&Event::RunEnded)?;
    }
    tokio::task::block_in_place(|| judge::judge_and_seal(&folder, &order.settings.reports))
}

/// A run is named after the moment when it began.
pub(super) fn new_run_id(started: DateTime<FixedOffset>) -> RunId {
    RunId(started.format("%Y%m%d-%H%M%S-%3f").to_string())
}

fn new_run(order: &Order, library: &Library, plan: &Plan) -> Run {
    let started = (order.now)();
    let portal = &library.portal;
    let walked: std::collections::BTreeSet<usize> = plan.visits.iter().map(|visit| visit.scenario).collect();
    let channels: std::collections::BTreeSet<usize> = plan.visits.iter().map(|visit| visit.channel).collect();
    Run {
        id: new_run_id(started),
        portal: portal.name.clone(),
        started,
        ended: None,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        channels: channels
            .into_iter()
            .map(|index| (portal.channels[index].id.clone(), portal.channels[index].name.clone()))
            .collect(),
        items: portal.items.iter().filter(|item| order.selection.wants_item(item)).cloned().collect(),
        scenarios: walked
            .into_iter()
            .map(|index| (library.scenarios[index].id.clone(), library.scenarios[index].title.clone()))
            .collect(),
        // Any of them may be called by one that is walked.
        files: library.scenarios.iter().map(|scenario| (scenario.id.clone(), scenario.mark())).collect(),
        portal_file: library.portal_file.clone(),
    }
}
