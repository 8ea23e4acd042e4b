//! What the pages of each channel have in common, learnt before any of them is judged.

use std::collections::BTreeMap;

use crate::model::{Case, ChannelId, ReadWhat, Visit};
use crate::read::Template;
use crate::store::RunFolder;

/// Fewer items of one channel may be alike by chance: the same office, the same hall.
const FEWEST: usize = 8;
/// More pages teach nothing more.
const MOST: usize = 12;

/// The channels' templates.
pub(super) struct Templates {
    learnt: BTreeMap<ChannelId, Template>,
    none: Template,
}

impl Templates {
    /// Learns from pages about different items that were kept.
    pub(super) fn learn(folder: &RunFolder, cases: &[Case]) -> Self {
        let mut seen: BTreeMap<&ChannelId, Vec<&Visit>> = BTreeMap::new();
        for case in cases {
            let mut known = Vec::new();
            for visit in case.witnesses.iter().map(|witness| &witness.visit) {
                if !known.contains(&&visit.channel) {
                    known.push(&visit.channel);
                    seen.entry(&visit.channel).or_default().push(visit);
                }
            }
        }
        let learnt = seen
            .into_iter()
            .filter(|(_, visits)| visits.len() >= FEWEST)
            .map(|(channel, visits)| (channel.clone(), learn_from(folder, &visits)))
            .collect();
        Self { learnt, none: Template::default() }
    }

    /// What the pages of a channel share; nothing where too few were seen.
    pub(super) fn of(&self, channel: &ChannelId) -> &Template {
        self.learnt.get(channel).unwrap_or(&self.none)
    }
}

/// Learns from so many of these visits, taken evenly from all of them.
fn learn_from(folder: &RunFolder, visits: &[&Visit]) -> Template {
    let pages: Vec<_> = visits
        .iter()
        .step_by(visits.len().div_ceil(MOST))
        .filter_map(|visit| visit.captures.iter().rev().find(|capture| capture.what == ReadWhat::Guide))
        .filter_map(|capture| folder.snapshot(capture).ok())
        .collect();
    // An even share of thirteen is seven; fewer than half means that most pages are gone.
    if pages.len() < FEWEST / 2 {
        return Template::default();
    }
    Template::learn(&pages.iter().collect::<Vec<_>>())
}
