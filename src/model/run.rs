//! 核查批次: one going-round.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::channel::ChannelId;
use super::item::Item;

/// Names a run and its folder: `20261123-020000-demo`. Only `[a-z0-9-]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub String);

impl fmt::Display for RunId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a run is about; `run.json` is this, serialised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Its name.
    pub id: RunId,
    /// The portal's name.
    pub portal: String,
    /// When it began.
    pub started: DateTime<FixedOffset>,
    /// When it ended; `None` while it runs or when it was killed.
    pub ended: Option<DateTime<FixedOffset>>,
    /// Version of zoutong that walked it.
    pub version: String,
    /// The channels in the portal file's order, id to name.
    pub channels: Vec<(ChannelId, String)>,
    /// The service items.
    pub items: Vec<Item>,
    /// Scenario id to title.
    pub scenarios: BTreeMap<String, String>,
    /// Scenario id to the file that it was read from; those that others call included. Older runs have none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, FileMark>,
    /// The portal file; older runs have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal_file: Option<FileMark>,
}

/// A file as it was when it was read, so that another version of it is told from it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileMark {
    /// The path as the user gave it.
    pub path: String,
    /// SHA-256 of its text (without byte-order mark), in hexadecimal digits.
    pub sha256: String,
}

impl Run {
    /// What people call a channel; its id when the run does not know it.
    #[must_use]
    pub fn channel_name<'a>(&'a self, id: &'a ChannelId) -> &'a str {
        self.channels.iter().find(|(known, _)| known == id).map_or(id.0.as_str(), |(_, name)| name.as_str())
    }
}
