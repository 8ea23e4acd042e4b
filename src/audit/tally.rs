//! Counting: how much was read on each channel, how, and why not more.

use std::collections::BTreeMap;

use crate::model::{ChannelId, Ending, Event, Run, Speed, Witness};
use crate::store::Journal;

/// What came of one channel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChannelSummary {
    /// Its id.
    pub channel: String,
    /// What people call it.
    pub name: String,
    /// How its guides were read and why so, where that was chosen.
    pub speed: Option<(Speed, String)>,
    /// Guides that were read.
    pub guides: usize,
    /// Elements a guide, on average; 0 when none was read.
    pub elements: f64,
    /// Why visits brought no guide, and how many.
    pub unread: BTreeMap<String, usize>,
}

/// The count while it goes on.
#[derive(Debug, Default)]
pub(super) struct Tally {
    channels: BTreeMap<ChannelId, Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    guides: usize,
    elements: usize,
    unread: BTreeMap<String, usize>,
}

impl Tally {
    pub(super) fn count(&mut self, witness: &Witness) {
        let counted = self.channels.entry(witness.visit.channel.clone()).or_default();
        if let Some((_, guide)) = &witness.facts.guide {
            let said = guide.elements.values().filter(|reading| !reading.text.trim().is_empty()).count();
            if said > 0 {
                counted.guides += 1;
                counted.elements += said;
                return;
            }
        }
        let why = match &witness.visit.ending {
            Ending::Blocked(obstacle) => without_address(&obstacle.said),
            Ending::Completed => "页面上没有读到办事指南".to_owned(),
        };
        *counted.unread.entry(why).or_default() += 1;
    }

    pub(super) fn absorb(&mut self, other: Self) {
        for (channel, counted) in other.channels {
            let here = self.channels.entry(channel).or_default();
            here.guides += counted.guides;
            here.elements += counted.elements;
            for (why, count) in counted.unread {
                *here.unread.entry(why).or_default() += count;
            }
        }
    }

    pub(super) fn summaries(
        mut self,
        run: &Run,
        mut speeds: BTreeMap<ChannelId, (Speed, String)>,
    ) -> Vec<ChannelSummary> {
        run.channels
            .iter()
            .map(|(id, name)| {
                let counted = self.channels.remove(id).unwrap_or_default();
                ChannelSummary {
                    channel: id.0.clone(),
                    name: name.clone(),
                    speed: speeds.remove(id),
                    guides: counted.guides,
                    elements: counted.elements as f64 / counted.guides.max(1) as f64,
                    unread: counted.unread,
                }
            })
            .collect()
    }
}

/// One reason is one line, whatever page it was met on.
fn without_address(said: &str) -> String {
    let words = said.split(' ').filter(|word| !word.contains("://"));
    words.collect::<Vec<_>>().join(" ")
}

/// The speed that was chosen last for each channel, and why.
pub(super) fn speeds(journal: &Journal) -> BTreeMap<ChannelId, (Speed, String)> {
    let mut speeds = BTreeMap::new();
    for event in &journal.events {
        if let Event::SpeedChosen { channel, speed, why } = event {
            speeds.insert(channel.clone(), (*speed, why.clone()));
        }
    }
    speeds
}
