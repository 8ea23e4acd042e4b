//! Which visits belong to one item: those of a walk say so themselves, the guides that a crawl came upon are recognised by
//! code or name. Visits are laid side by side without their pages, so that a run of any size fits.

use std::collections::BTreeMap;

use super::guides::SCENARIO;
use crate::model::Facts;
use crate::model::{Case, ChannelId, Ending, Item, Run, Visit, Witness};
use crate::text::{self, Sort};

/// One case for each item of the run, and one for the portal itself; its witnesses' pages are not read yet.
pub(super) fn cases(run: &Run, visits: Vec<Visit>) -> Vec<Case> {
    let channels: Vec<ChannelId> = run.channels.iter().map(|(id, _)| id.clone()).collect();
    let mut register =
        Register { cases: Vec::new(), codes: BTreeMap::new(), names: BTreeMap::new(), channels };
    for item in &run.items {
        register.open(item.clone());
    }
    let mut portal = Case { item: None, channels: register.channels.clone(), witnesses: Vec::new() };
    for visit in visits {
        let place = visit.item.clone().map(|item| register.place_of(item));
        let case = place.map_or(&mut portal, |at| &mut register.cases[at]);
        case.witnesses.push(Witness { visit, facts: Facts::default() });
    }
    let mut cases = register.cases;
    cases.push(portal);
    cases.iter_mut().for_each(forget_failed_tries);
    cases.retain(|case| !case.witnesses.is_empty());
    cases
}

/// The items of a run, to be found again.
struct Register {
    cases: Vec<Case>,
    codes: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
    channels: Vec<ChannelId>,
}

impl Register {
    fn open(&mut self, item: Item) -> usize {
        let at = self.cases.len();
        if let Some(code) = code_of(&item) {
            self.codes.entry(code).or_insert(at);
        }
        self.names.entry(item.name.clone()).or_insert(at);
        self.names.entry(text::normal(Sort::Name, &item.name)).or_insert(at);
        self.cases.push(Case { item: Some(item), channels: self.channels.clone(), witnesses: Vec::new() });
        at
    }

    /// By code where both have one; else by name.
    fn place_of(&mut self, item: Item) -> usize {
        let code = code_of(&item);
        if let Some(at) = code.as_ref().and_then(|code| self.codes.get(code)) {
            return *at;
        }
        let named = self
            .names
            .get(&item.name)
            .or_else(|| self.names.get(&text::normal(Sort::Name, &item.name)))
            .copied();
        let fits = |at: &usize| {
            let other = self.cases[*at].item.as_ref().and_then(code_of);
            code.is_none() || other.is_none()
        };
        named.filter(fits).unwrap_or_else(|| self.open(item))
    }
}

fn code_of(item: &Item) -> Option<String> {
    item.code.as_deref().map(|code| text::normal(Sort::Code, code)).filter(|code| !code.is_empty())
}

/// A crawl may try an item in several ways and go on after a kill: once its guide was read, the tries before do not count.
fn forget_failed_tries(case: &mut Case) {
    let read: Vec<ChannelId> = case
        .witnesses
        .iter()
        .map(|witness| &witness.visit)
        .filter(|visit| visit.scenario == SCENARIO && visit.ending == Ending::Completed)
        .map(|visit| visit.channel.clone())
        .collect();
    case.witnesses.retain(|Witness { visit, .. }| {
        visit.scenario != SCENARIO || visit.ending == Ending::Completed || !read.contains(&visit.channel)
    });
}
