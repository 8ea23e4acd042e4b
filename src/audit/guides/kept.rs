//! What an earlier part of the same run has done already, read back from its journal.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ChannelId, CrawlWish, Ending, Event, Item, Look, ObstacleKind, Speed, Visit};
use crate::store::Journal;

/// What need not be done again.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    /// What was ordered.
    pub(super) wish: Option<CrawlWish>,
    channels: BTreeMap<ChannelId, KeptChannel>,
}

/// The same of one channel.
#[derive(Debug, Clone, Default)]
pub(super) struct KeptChannel {
    /// Pages that were looked at for where they lead.
    pub(super) looks: Vec<Look>,
    /// Guides that were read: item and address.
    pub(super) guides: Vec<(Item, String)>,
    /// Items that were asked for in vain.
    pub(super) in_vain: BTreeSet<String>,
    /// The speed that was chosen.
    pub(super) speed: Option<Speed>,
    /// The highest number of a visit.
    pub(super) number: usize,
}

impl Kept {
    pub(super) fn of(journal: &Journal) -> Self {
        let mut kept = Self::default();
        for event in &journal.events {
            match event {
                Event::GuidesWanted { wish } => {
                    kept.wish.get_or_insert_with(|| wish.clone());
                }
                Event::Looked { look } => kept.on(&look.channel).looks.push(look.clone()),
                Event::SpeedChosen { channel, speed, .. } => kept.on(channel).speed = Some(*speed),
                _ => {}
            }
        }
        for visit in journal.visits() {
            kept.visited(visit);
        }
        kept
    }

    fn on(&mut self, channel: &ChannelId) -> &mut KeptChannel {
        self.channels.entry(channel.clone()).or_default()
    }

    fn visited(&mut self, visit: Visit) {
        let channel = self.on(&visit.channel);
        let number = visit.id.0.rsplit('.').next().and_then(|number| number.parse().ok());
        channel.number = channel.number.max(number.unwrap_or_default());
        let Some(item) = visit.item else { return };
        match visit.ending {
            Ending::Completed => {
                let address = visit.captures.first().map(|capture| capture.url.clone());
                channel.guides.push((item, address.unwrap_or_default()));
            }
            Ending::Blocked(obstacle) if is_final(obstacle.kind) => {
                channel.in_vain.insert(item.name);
            }
            Ending::Blocked(_) => {}
        }
    }

    /// What is known of one channel.
    pub(super) fn channel(&self, channel: &ChannelId) -> KeptChannel {
        self.channels.get(channel).cloned().unwrap_or_default()
    }
}

/// Whether asking again would bring nothing else; what was down or cut off is asked again.
fn is_final(kind: ObstacleKind) -> bool {
    !matches!(kind, ObstacleKind::Interrupted | ObstacleKind::Unreachable | ObstacleKind::BrowserLost)
}
