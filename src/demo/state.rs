//! Everything that the doors of one demo portal share: items, planting, templates, sessions, counters.

use super::account::{AccountDesk, LoginForm, Refusal};
use super::bot::{Answer, Bot};
use super::bustle::{Bustle, bustle};
use super::error::DemoError;
use super::fault::{Planting, read_planting};
use super::item::{Item, read_items};
use super::settings::{Settings, TestAccount};
use super::sheet::{Dressing, Layouts, Sheet, read_layouts};
use super::template;
use super::variation::{Variation, read_variations};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The portal behind its doors; [`crate::demo::router`] opens one door to it.
#[derive(Debug)]
pub struct State {
    pub(crate) items: Vec<Item>,
    by_code: HashMap<String, usize>,
    pub(crate) planting: Planting,
    variations: Vec<Variation>,
    layouts: Layouts,
    seed: Option<u64>,
    templates: minijinja::Environment<'static>,
    desk: Mutex<AccountDesk>,
    submissions: AtomicU64,
    visits: AtomicU64,
    pub(crate) latency: Duration,
}

impl State {
    /// Reads the embedded data and prepares a portal with these settings.
    pub fn open(settings: &Settings) -> Result<Self, DemoError> {
        let items = read_items(settings.items)?;
        let by_code = items.iter().enumerate().map(|(index, item)| (item.code.clone(), index)).collect();
        Ok(Self {
            planting: read_planting(settings, &items)?,
            variations: read_variations()?,
            items,
            by_code,
            layouts: read_layouts()?,
            seed: settings.seed,
            templates: template::compile()?,
            desk: Mutex::default(),
            submissions: AtomicU64::new(0),
            visits: AtomicU64::new(0),
            latency: settings.latency,
        })
    }

    pub(crate) fn item(&self, code: &str) -> Option<&Item> {
        self.by_code.get(code).and_then(|&index| self.items.get(index))
    }

    pub(crate) fn dressing(&self) -> Dressing<'_> {
        Dressing {
            planting: &self.planting,
            variations: &self.variations,
            layouts: &self.layouts,
            seed: self.seed,
        }
    }

    pub(crate) fn sheet(&self, code: &str, channel: &str) -> Option<Sheet> {
        self.item(code).map(|item| self.dressing().sheet(item, channel))
    }

    pub(crate) fn ask(&self, channel: &str, question: &str) -> Answer {
        Bot { items: &self.items, dressing: self.dressing(), channel }.answer(question)
    }

    /// Renders one page; the context is an object.
    pub(crate) fn page(&self, name: &str, context: &serde_json::Value) -> String {
        template::render(&self.templates, name, context)
    }

    pub(crate) fn desk(&self) -> MutexGuard<'_, AccountDesk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn log_in(&self, channel: &str, form: &LoginForm) -> Result<String, Refusal> {
        self.desk().log_in(channel, form, &self.planting)
    }

    pub(crate) fn who(&self, session: &str) -> Option<TestAccount> {
        self.desk().who(session)
    }

    pub(crate) fn log_ins(&self) -> Vec<(String, String)> {
        self.desk().log_ins().to_vec()
    }

    pub(crate) fn forget_sessions(&self) {
        self.desk().forget_sessions();
    }

    /// What is restless on the page of this visit.
    pub(crate) fn bustle(&self) -> Bustle {
        bustle(&self.items, self.visits.fetch_add(1, Ordering::Relaxed))
    }

    pub(crate) fn count_submission(&self) {
        self.submissions.fetch_add(1, Ordering::Relaxed);
    }

    /// The ids of the planted faults, in the order of planting; the answer key has the same ones.
    #[must_use]
    pub fn planted(&self) -> Vec<&str> {
        self.planting.ids()
    }

    /// How many real submissions (申报提交) have reached the portal.
    #[must_use]
    pub fn submissions(&self) -> u64 {
        self.submissions.load(Ordering::Relaxed)
    }
}
