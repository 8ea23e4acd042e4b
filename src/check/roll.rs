//! 名册: what the channels of a run are called, and which items it goes through.

use std::collections::BTreeSet;

use crate::model::{Case, ChannelId, Item};

/// 名册 of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roll {
    /// The channels in the portal file's order, id to name.
    pub channels: Vec<(ChannelId, String)>,
    /// Every item of the run, so that a chatbot which talks about another one is caught.
    pub items: Vec<Item>,
}

impl Roll {
    /// The roll of a run: its channels, and the items of its cases.
    #[must_use]
    pub fn of(cases: &[Case], channels: &[(ChannelId, String)]) -> Self {
        let mut known = BTreeSet::new();
        let items = cases
            .iter()
            .filter_map(|case| case.item.clone())
            .filter(|item| known.insert(item.name.clone()))
            .collect();
        Self { channels: channels.to_vec(), items }
    }

    /// What people call a channel; its id when the roll does not know it.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a ChannelId) -> &'a str {
        self.channels.iter().find(|(known, _)| known == id).map_or(id.0.as_str(), |(_, name)| name.as_str())
    }

    /// Several channels' names, joined for a sentence (“PC端、小程序”).
    #[must_use]
    pub fn names<'a>(&self, ids: impl IntoIterator<Item = &'a ChannelId>) -> String {
        ids.into_iter().map(|id| self.name(id)).collect::<Vec<_>>().join("、")
    }

    /// Where a channel stands in the portal file; unknown ones come last.
    #[must_use]
    pub fn rank(&self, id: &ChannelId) -> usize {
        self.channels.iter().position(|(known, _)| known == id).unwrap_or(usize::MAX)
    }
}
