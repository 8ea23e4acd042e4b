//! Harmless variations: which channel dresses which element how.

use super::error::{DemoError, read_yaml};
use super::style::Style;
use serde::Deserialize;

/// One channel's way of writing one element.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variation {
    pub(crate) channel: String,
    pub(crate) element: String,
    pub(crate) style: Style,
    /// Official names of the items concerned; empty means all.
    #[serde(default)]
    pub(crate) items: Vec<String>,
}

impl Variation {
    pub(crate) fn concerns(&self, item: &str, channel: &str) -> bool {
        self.channel == channel && (self.items.is_empty() || self.items.iter().any(|name| name == item))
    }
}

/// The hand-written variations; a seeded portal dresses itself further (`wardrobe.rs`).
pub(crate) fn read_variations() -> Result<Vec<Variation>, DemoError> {
    read_yaml("variations.yaml", include_str!("variations.yaml"))
}
