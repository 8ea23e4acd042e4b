//! 核查覆盖: the state of all 94 checklist items, so that what nobody looked at is as plain as what is wrong.

use std::collections::BTreeMap;

use crate::model::{ChannelId, Checklist, ChecklistItem, Coverage, CoverageState, Method};

use super::registry::{CHECKS, Judged};

/// Why an item without a scenario cannot be told.
pub(super) const NO_SCENARIO: &str = "尚无场景";
/// Why an implemented check says nothing.
pub(super) const NOT_VISITED: &str = "本次没有走访";
const AWAITING_PEOPLE: &str = "待人工记录";
const PARTLY_UNSEEN: &str = "有渠道或者事项没有看到，详见未能核查清单";

/// The states of all items in official order; `judged` holds what the implemented checks said about every case.
pub(super) fn coverage(judged: &BTreeMap<&'static str, Vec<Judged>>) -> Vec<Coverage> {
    Checklist::official().items.iter().map(|item| cover(item, judged.get(item.id.as_str()))).collect()
}

/// Online items that no check answers yet.
pub(super) fn without_scenario() -> Vec<String> {
    Checklist::official()
        .items
        .iter()
        .filter(|item| item.is_online() && !is_implemented(&item.id))
        .map(|item| item.id.clone())
        .collect()
}

pub(super) fn is_implemented(id: &str) -> bool {
    CHECKS.iter().any(|check| check.id() == id)
}

fn cover(item: &ChecklistItem, judged: Option<&Vec<Judged>>) -> Coverage {
    let blank = |state, why: &str| Coverage {
        check: item.id.clone(),
        state,
        why: why.to_owned(),
        channels: BTreeMap::new(),
    };
    if item.method == Method::Manual {
        return blank(CoverageState::AwaitingPeople, AWAITING_PEOPLE);
    }
    if !is_implemented(&item.id) {
        return blank(CoverageState::CannotTell, NO_SCENARIO);
    }
    let mut channels: BTreeMap<ChannelId, CoverageState> = BTreeMap::new();
    for (channel, state) in judged.into_iter().flatten().flat_map(|judged| &judged.channels) {
        let worst = channels.entry(channel.clone()).or_insert(*state);
        if weight(*state) > weight(*worst) {
            *worst = *state;
        }
    }
    match channels.values().copied().max_by_key(|state| weight(*state)) {
        Some(state) => {
            let why = if state == CoverageState::CannotTell { PARTLY_UNSEEN } else { "" };
            Coverage { channels, ..blank(state, why) }
        }
        None => blank(CoverageState::CannotTell, NOT_VISITED),
    }
}

/// A problem weighs more than a gap, a gap more than a pass.
fn weight(state: CoverageState) -> u8 {
    match state {
        CoverageState::NotApplicable => 0,
        CoverageState::Pass => 1,
        CoverageState::AwaitingPeople => 2,
        CoverageState::CannotTell => 3,
        CoverageState::Problem => 4,
    }
}
