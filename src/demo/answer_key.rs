//! The answer key: what an audit of the demo portal must find, and nothing else.

use super::draw::draw;
use super::drawn_key::key_of_draws;
use super::error::read_yaml;
use super::item::read_items;
use super::settings::Settings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One planted fault as an auditor should report it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The fault's id, for people.
    pub fault: String,
    /// The check that must find it, e.g. `guide.consistency`.
    pub check: String,
    /// The item's official name; empty for account faults.
    pub item: String,
    /// The odd channels; all four when the data are wrong everywhere.
    pub channels: Vec<String>,
    /// The guide element's id, or for a chatbot the form of the question (`how`, `materials`, `expiry`).
    pub element: String,
    /// What kind of fault it is, e.g. `differs`, `missing`, `rule:R01`.
    pub kind: String,
    /// What a person sees, in one Chinese sentence.
    pub note: String,
}

/// What an audit of a portal with these settings must find; nothing for a clean portal.
#[must_use]
pub fn answer_key(settings: &Settings) -> Vec<Expected> {
    if settings.clean {
        return Vec::new();
    }
    let items = read_items(settings.items).unwrap_or_default();
    if let Some(seed) = settings.seed {
        return key_of_draws(&items, &draw(&items, seed));
    }
    let offered: BTreeSet<String> = items.into_iter().map(|item| item.name).collect();
    let key: Vec<Expected> =
        read_yaml("answer_key.yaml", include_str!("answer_key.yaml")).unwrap_or_default();
    key.into_iter().filter(|entry| entry.item.is_empty() || offered.contains(&entry.item)).collect()
}
