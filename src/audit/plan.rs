//! The plan: scenario x channel x item (or account), numbered so that evidence is found again.

use crate::model::{Channel, ForEach, Scenario, VisitId};
use crate::scenario::Library;

use super::error::AuditError;
use super::order::Selection;

/// Everything that is to be walked, in the order of scenarios, channels and items.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The visits.
    pub visits: Vec<PlannedVisit>,
}

/// One visit to come; numbers are indexes into the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedVisit {
    /// Its name.
    pub id: VisitId,
    /// Into `Library::scenarios`.
    pub scenario: usize,
    /// Into `Portal::channels`.
    pub channel: usize,
    /// Into `Portal::items`.
    pub item: Option<usize>,
    /// Into `Portal::accounts`.
    pub account: Option<usize>,
    /// Into the rows of the scenario's table.
    pub row: Option<usize>,
}

/// What one round of a repeated scenario is for.
#[derive(Default)]
struct Repeated {
    item: Option<usize>,
    account: Option<usize>,
    row: Option<usize>,
}

impl Plan {
    /// Plans what the selection leaves of the library.
    ///
    /// # Errors
    /// When nothing is left, with the reason.
    pub fn of(library: &Library, selection: &Selection) -> Result<Self, AuditError> {
        selection.check(library)?;
        let mut plan = Self::default();
        for (scenario_index, scenario) in library.scenarios.iter().enumerate() {
            if !selection.wants_scenario(scenario) {
                continue;
            }
            for (channel_index, channel) in library.portal.channels.iter().enumerate() {
                if selection.wants_channel(channel) && is_for(scenario, channel) {
                    plan.add(library, selection, (scenario_index, scenario), (channel_index, channel));
                }
            }
        }
        if plan.visits.is_empty() {
            return Err(AuditError::NothingToWalk("所选的场景、渠道和事项没有交集".into()));
        }
        Ok(plan)
    }

    fn add(
        &mut self,
        library: &Library,
        selection: &Selection,
        (scenario_index, scenario): (usize, &Scenario),
        (channel_index, channel): (usize, &Channel),
    ) {
        let each = |count: usize| (0..count).map(Some);
        let repeated: Vec<Repeated> = match &scenario.for_each {
            ForEach::Once => vec![Repeated::default()],
            ForEach::Items => (0..library.portal.items.len())
                .filter(|item| selection.wants_item(&library.portal.items[*item]))
                .map(|item| Repeated { item: Some(item), ..Repeated::default() })
                .collect(),
            ForEach::Accounts => each(library.portal.accounts.len())
                .map(|account| Repeated { account, ..Repeated::default() })
                .collect(),
            ForEach::Rows(table) => {
                each(table.rows.len()).map(|row| Repeated { row, ..Repeated::default() }).collect()
            }
        };
        for Repeated { item, account, row } in repeated {
            let number = item.or(account).or(row).map_or(1, |index| index + 1);
            let id = VisitId(format!("{}.{}.{number:04}", scenario.id, channel.id));
            self.visits.push(PlannedVisit {
                id,
                scenario: scenario_index,
                channel: channel_index,
                item,
                account,
                row,
            });
        }
    }
}

fn is_for(scenario: &Scenario, channel: &Channel) -> bool {
    scenario.channels.is_empty() || scenario.channels.contains(&channel.id.0)
}
