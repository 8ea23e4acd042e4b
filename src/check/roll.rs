//! 名册: what the channels of a run are called, and which items it goes through.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Case, ChannelId, Guide, Item, Standard};
use crate::text::{self, Sort};

/// Under which elements an item is looked up in the baseline.
const FILED_UNDER: &[(&str, Sort)] = &[
    ("handle_code", Sort::Code),
    ("impl_code", Sort::Code),
    ("base_code", Sort::Code),
    ("item_name", Sort::Name),
];

/// Whether the office's database says anything of an item.
#[must_use]
pub fn is_filed(baseline: &[Guide], item: &Item) -> bool {
    let standard = Standard { baseline: baseline.to_vec(), ..Standard::default() };
    Roll::default().measured_against(&standard).filed(item).is_some()
}

/// 名册 of one run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roll {
    /// The channels in the portal file's order, id to name.
    pub channels: Vec<(ChannelId, String)>,
    /// Every item of the run, so that a chatbot which talks about another one is caught.
    pub items: Vec<Item>,
    /// What the channels are measured against besides each other.
    pub(super) standard: Standard,
    /// Code or name, in normal form, to the item of the baseline that has it; `None` where several have.
    pub(super) filed: BTreeMap<String, Option<usize>>,
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
        Self { channels: channels.to_vec(), items, ..Self::default() }
    }

    /// The same, with what the channels are measured against.
    #[must_use]
    pub fn measured_against(mut self, standard: &Standard) -> Self {
        self.standard = standard.clone();
        self.filed = BTreeMap::new();
        for (at, guide) in standard.baseline.iter().enumerate() {
            let keys: BTreeSet<String> = FILED_UNDER
                .iter()
                .filter_map(|(element, sort)| Some(text::normal(*sort, &guide.elements.get(*element)?.text)))
                .filter(|key| !key.is_empty())
                .collect();
            for key in keys {
                self.filed.entry(key).and_modify(|known| *known = None).or_insert(Some(at));
            }
        }
        self
    }

    /// The channel that is declared to be right.
    pub(super) fn authority(&self) -> Option<&ChannelId> {
        self.standard.authority.as_ref()
    }

    /// What the baseline says of an item: by code, else by a name that only one item has.
    pub(super) fn filed(&self, item: &Item) -> Option<&Guide> {
        let code =
            item.code.as_deref().map(|code| text::normal(Sort::Code, code)).filter(|code| !code.is_empty());
        let business = code.as_deref().and_then(|code| code.get(..31));
        let keys = [code.as_deref(), business].into_iter().flatten().map(str::to_owned);
        let name = Some(text::normal(Sort::Name, &item.name)).filter(|name| !name.is_empty());
        let at = keys.chain(name).find_map(|key| self.filed.get(&key).copied().flatten())?;
        self.standard.baseline.get(at)
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
