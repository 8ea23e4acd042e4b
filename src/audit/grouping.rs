//! Which visits belong to one item: those of a walk say so themselves, the guides that a crawl came upon are recognised by
//! code or name. Visits are laid side by side without their pages, so that a run of any size fits.

use std::collections::BTreeMap;

use super::guides::SCENARIO;
use crate::check::{Entry, Proposal, Seat, link};
use crate::model::{Case, ChannelId, Ending, Facts, Item, Run, Visit, Witness};
use crate::text::{self, Sort};

/// 请确认: two items of different channels that may be one; they are not compared.
#[derive(Debug, Clone, PartialEq)]
pub struct ToConfirm {
    /// The channel's name and the item's, on either side.
    pub pair: [(String, String); 2],
    /// What speaks for and against it, in Chinese.
    pub clues: Vec<&'static str>,
}

/// One case for each item of the run, and one for the portal itself; its witnesses' pages are not read yet.
pub(super) fn cases(run: &Run, visits: Vec<Visit>) -> (Vec<Case>, Vec<ToConfirm>) {
    if run.items.is_empty() && run.scenarios.contains_key(SCENARIO) {
        linked(run, visits)
    } else {
        (listed(run, visits), Vec::new())
    }
}

/// The visits of one channel by the name and code that their pages give.
type Shelf = BTreeMap<(String, Option<String>), Vec<Visit>>;

/// Without a list of items the channels' own guides are held against each other.
fn linked(run: &Run, visits: Vec<Visit>) -> (Vec<Case>, Vec<ToConfirm>) {
    let channels: Vec<ChannelId> = run.channels.iter().map(|(id, _)| id.clone()).collect();
    let case = |item| Case { item, channels: channels.clone(), witnesses: Vec::new() };
    let mut portal = case(None);
    let mut shelves = vec![Shelf::new(); channels.len()];
    for visit in visits {
        let channel = channels.iter().position(|id| *id == visit.channel);
        match (channel, visit.item.clone()) {
            (Some(channel), Some(item)) => {
                shelves[channel].entry((item.name.clone(), code_of(&item))).or_default().push(visit);
            }
            _ => portal.witnesses.push(Witness { visit, facts: Facts::default() }),
        }
    }
    let entries: Vec<Vec<Entry>> = shelves
        .iter()
        .map(|shelf| shelf.keys().map(|(name, code)| entry(name, code.as_ref())).collect())
        .collect();
    let linkage = link(&entries);
    let to_confirm = linkage.proposals.iter().map(|proposal| to_confirm(run, &entries, proposal)).collect();
    let mut shelves: Vec<Vec<Vec<Visit>>> =
        shelves.into_iter().map(|shelf| shelf.into_values().collect()).collect();
    let mut cases = Vec::with_capacity(linkage.groups.len() + 1);
    for group in linkage.groups {
        let visits: Vec<Visit> =
            group.iter().flat_map(|seat| std::mem::take(&mut shelves[seat.channel][seat.entry])).collect();
        let items = || visits.iter().filter_map(|visit| visit.item.as_ref());
        let item = items().find(|item| item.code.is_some()).or_else(|| items().next()).cloned();
        let witnesses = visits.into_iter().map(|visit| Witness { visit, facts: Facts::default() }).collect();
        cases.push(Case { witnesses, ..case(item) });
    }
    cases.push(portal);
    (settled(cases), to_confirm)
}

fn entry(name: &str, code: Option<&String>) -> Entry {
    Entry { name: name.to_owned(), codes: code.cloned().into_iter().collect(), ..Entry::default() }
}

fn to_confirm(run: &Run, entries: &[Vec<Entry>], proposal: &Proposal) -> ToConfirm {
    let side =
        |seat: Seat| (run.channels[seat.channel].1.clone(), entries[seat.channel][seat.entry].name.clone());
    let (left, right) = proposal.pair;
    ToConfirm {
        pair: [side(left), side(right)],
        clues: proposal.clues.iter().map(|clue| clue.name()).collect(),
    }
}

fn settled(mut cases: Vec<Case>) -> Vec<Case> {
    cases.iter_mut().for_each(forget_failed_tries);
    cases.retain(|case| !case.witnesses.is_empty());
    cases
}

/// The items of a list, each with its visits; guides of others stand by themselves.
fn listed(run: &Run, visits: Vec<Visit>) -> Vec<Case> {
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
    settled(cases)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Obstacle, ObstacleKind, RunId, VisitId};

    fn item(name: &str, code: Option<&str>) -> Item {
        Item { name: name.to_owned(), code: code.map(str::to_owned), ..Item::default() }
    }

    fn run(items: Vec<Item>) -> Run {
        Run {
            id: RunId("20261125".into()),
            portal: "门户".into(),
            started: chrono::DateTime::default(),
            ended: None,
            version: String::new(),
            channels: vec![("pc".into(), "PC端".into()), ("app".into(), "APP".into())],
            items,
            scenarios: [(SCENARIO.to_owned(), String::new())].into(),
            files: BTreeMap::new(),
            portal_file: None,
        }
    }

    fn visit(id: &str, channel: &str, item: Item) -> Visit {
        Visit {
            item: Some(item),
            ..Visit::begun(VisitId(id.into()), SCENARIO.into(), channel.into(), chrono::DateTime::default())
        }
    }

    fn sizes(cases: &[Case]) -> Vec<usize> {
        cases.iter().map(|case| case.witnesses.len()).collect()
    }

    #[test]
    fn guides_are_recognised_by_code_and_else_by_name() {
        let run = run(vec![item("身份证换领", Some("0001")), item("结婚登记", None)]);
        let visits = vec![
            visit("1", "pc", item("身份证换领", Some("0001"))),
            visit("2", "app", item("居民身份证到期换领", Some("0001"))),
            visit("3", "app", item("结婚登记", Some("0009"))),
            visit("4", "app", item("身份证换领", Some("0005"))),
        ];
        assert_eq!(sizes(&cases(&run, visits).0), [2, 1, 1]);
    }

    #[test]
    fn without_a_list_the_channels_are_linked() {
        let visits = vec![
            visit("1", "pc", item("居民身份证换领（市级）", None)),
            visit("2", "app", item("居民身份证换领", None)),
            visit("3", "app", item("户口迁移登记", None)),
        ];
        let mut sizes = sizes(&cases(&run(Vec::new()), visits).0);
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 2]);
    }

    #[test]
    fn a_try_that_was_cut_off_does_not_count_once_the_guide_was_read() {
        let said = "中断".to_owned();
        let obstacle = Obstacle { kind: ObstacleKind::Interrupted, said, line: None, capture: None };
        let cut = Visit { ending: Ending::Blocked(obstacle), ..visit("1", "pc", item("甲", Some("0001"))) };
        let visits = vec![cut.clone(), visit("2", "pc", item("甲", Some("0001")))];
        for items in [Vec::new(), vec![item("甲", Some("0001"))]] {
            assert_eq!(sizes(&cases(&run(items), visits.clone()).0), [1]);
        }
        assert_eq!(sizes(&cases(&run(Vec::new()), vec![cut]).0), [1]);
    }
}
