//! The registry of implemented checks and what every check must be able to say about itself.

use std::collections::BTreeMap;

use crate::model::{Case, ChannelId, Checklist, CoverageState, Finding, Unseen};

use super::account_flow::AccountFlow;
use super::bot_intent::BotIntent;
use super::guide_consistency::GuideConsistency;
use super::guide_process::GuideProcess;
use super::guide_readability::GuideReadability;
use super::roll::Roll;

/// 检查项: a question of the official checklist that a machine can answer.
pub trait Check: Sync {
    /// Id of the checklist item (`guide.consistency`).
    fn id(&self) -> &'static str;

    /// 体验要点, verbatim from the checklist.
    fn question(&self) -> &'static str {
        Checklist::official().item(self.id()).map_or("", |item| item.text.as_str())
    }

    /// Why it is asked, in Chinese, with the source.
    fn why(&self) -> &'static str;

    /// What facts it needs, in Chinese.
    fn needs(&self) -> &'static str;

    /// Judges one case. A case without a visit for this check gives an empty answer.
    fn judge(&self, case: &Case, roll: &Roll) -> Judged;
}

/// What a check says about one case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judged {
    /// The channels that were visited for this check, each with its own state.
    pub channels: BTreeMap<ChannelId, CoverageState>,
    /// What is surely wrong.
    pub findings: Vec<Finding>,
    /// What could not be seen.
    pub unseen: Vec<Unseen>,
}

impl Judged {
    /// Fills in the channels' states: a channel with a finding is a problem, one that could not be seen cannot be told,
    /// any other one that was seen
    /// passes. A gap that leaves a channel complete (a file on a foreign host) is only listed.
    pub(super) fn from_parts(seen: Vec<ChannelId>, findings: Vec<Finding>, unseen: Vec<Unseen>) -> Self {
        let mut channels: BTreeMap<_, _> =
            seen.into_iter().map(|channel| (channel, CoverageState::Pass)).collect();
        for channel in unseen.iter().filter(|row| row.incomplete).filter_map(|row| row.channel.clone()) {
            channels.insert(channel, CoverageState::CannotTell);
        }
        for channel in findings.iter().flat_map(|finding| &finding.channels) {
            channels.insert(channel.clone(), CoverageState::Problem);
        }
        Self { channels, findings, unseen }
    }
}

/// The implemented checks, in the checklist's order.
pub static CHECKS: &[&dyn Check] =
    &[&AccountFlow, &GuideConsistency, &GuideReadability, &GuideProcess, &BotIntent];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_follows_the_order_of_the_checklist() {
        let order: Vec<_> = CHECKS
            .iter()
            .map(|check| Checklist::official().items.iter().position(|item| item.id == check.id()))
            .collect();
        assert!(order.iter().all(Option::is_some));
        assert!(order.is_sorted());
    }
}
