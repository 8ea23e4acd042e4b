//! A whole run, judged: every check on every case, gaps with one reason in one row, the state of every checklist item.

use std::collections::BTreeMap;

use crate::model::{Case, ChannelId, Checklist, Coverage, Finding, Sheet, Standard, Unseen};

use super::coverage::{self, NO_SCENARIO, NOT_VISITED, without_scenario};
use super::registry::{CHECKS, Judged};
use super::roll::Roll;
use super::sheet::sheet;
use super::volatile::Volatile;

/// What a run comes to, before it is held against the run before.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survey {
    /// Problems: the worst first, then in the checklist's and the items' order.
    pub findings: Vec<Finding>,
    /// What could not be seen; rows with one reason on one channel are one row.
    pub unseen: Vec<Unseen>,
    /// All 94 items in official order.
    pub coverage: Vec<Coverage>,
    /// One sheet for each item that was read on some channel.
    pub sheets: Vec<Sheet>,
}

/// Judges all cases of a run against each other and against the standard.
#[must_use]
pub fn survey(cases: &[Case], channels: &[(ChannelId, String)], standard: &Standard) -> Survey {
    let roll = Roll::of(cases, channels).measured_against(standard);
    let mut surveyor = Surveyor::new(&roll, KeptSheets::All);
    for case in cases {
        surveyor.judge(case);
    }
    surveyor.finish()
}

/// Which sheets a survey keeps: those of thousands of items that agree are of use to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptSheets {
    /// Every item's.
    All,
    /// Those of items with a problem, at most so many.
    OfProblems(usize),
}

/// Judges a run case by case, so that no more than one of them has to be in memory.
#[derive(Debug)]
pub struct Surveyor<'a> {
    roll: &'a Roll,
    kept: KeptSheets,
    judged: BTreeMap<&'static str, Vec<Judged>>,
    sheets: Vec<Sheet>,
}

impl<'a> Surveyor<'a> {
    /// A surveyor who has seen nothing yet.
    #[must_use]
    pub fn new(roll: &'a Roll, kept: KeptSheets) -> Self {
        Self { roll, kept, judged: BTreeMap::new(), sheets: Vec::new() }
    }

    /// Judges one case by every check.
    pub fn judge(&mut self, case: &Case) {
        self.judge_but(case, &Volatile::default());
    }

    /// The same, leaving out what compares what the pages change by themselves.
    pub fn judge_but(&mut self, case: &Case, changing: &Volatile) {
        let mut has_problem = false;
        for check in CHECKS {
            let mut judged = check.judge(case, self.roll);
            judged.findings.retain(|finding| !changing.covers(finding));
            has_problem |= !judged.findings.is_empty();
            self.judged.entry(check.id()).or_default().push(judged);
        }
        let keeps = match self.kept {
            KeptSheets::All => true,
            KeptSheets::OfProblems(most) => has_problem && self.sheets.len() < most,
        };
        self.sheets.extend(keeps.then(|| sheet(case, self.roll)).flatten());
    }

    /// Takes over what another surveyor of the same run has judged; its cases come after this one's.
    pub fn absorb(&mut self, other: Self) {
        for (check, judged) in other.judged {
            self.judged.entry(check).or_default().extend(judged);
        }
        self.sheets.extend(other.sheets);
        if let KeptSheets::OfProblems(most) = self.kept {
            self.sheets.truncate(most);
        }
    }

    /// What all cases come to.
    #[must_use]
    pub fn finish(self) -> Survey {
        conclude(&self.judged, self.sheets, self.roll)
    }
}

fn conclude(judged: &BTreeMap<&'static str, Vec<Judged>>, sheets: Vec<Sheet>, roll: &Roll) -> Survey {
    let all = || CHECKS.iter().filter_map(|check| judged.get(check.id())).flatten();
    let mut findings: Vec<Finding> = all().flat_map(|judged| judged.findings.clone()).collect();
    let order =
        |finding: &Finding| Checklist::official().items.iter().position(|item| item.id == finding.check);
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), order(finding)));
    let mut unseen = merged(all().flat_map(|judged| judged.unseen.clone()), roll);
    let not_visited = CHECKS.iter().map(|check| check.id()).filter(|id| {
        judged.get(id).is_none_or(|cases| cases.iter().all(|judged| judged.channels.is_empty()))
    });
    unseen.extend(unasked(NOT_VISITED, not_visited.map(str::to_owned).collect()));
    unseen.extend(unasked(NO_SCENARIO, without_scenario()));
    Survey { findings, unseen, coverage: coverage::coverage(judged), sheets }
}

/// One row for all questions that nobody asked, for one reason; this alone makes no run incomplete.
fn unasked(why: &str, checks: Vec<String>) -> Option<Unseen> {
    (!checks.is_empty()).then(|| Unseen {
        checks,
        channel: None,
        items: Vec::new(),
        why: why.to_owned(),
        incomplete: false,
        capture: None,
    })
}

/// One row for each channel and reason.
fn merged(rows: impl Iterator<Item = Unseen>, roll: &Roll) -> Vec<Unseen> {
    let mut merged: Vec<Unseen> = Vec::new();
    let mut places: BTreeMap<(Option<ChannelId>, String), usize> = BTreeMap::new();
    for row in rows {
        let key = (row.channel.clone(), row.why.clone());
        if let Some(&at) = places.get(&key) {
            absorb(&mut merged[at], row);
        } else {
            places.insert(key, merged.len());
            merged.push(row);
        }
    }
    merged.sort_by_key(|row| row.channel.as_ref().map_or(usize::MAX, |channel| roll.rank(channel)));
    merged
}

fn absorb(into: &mut Unseen, row: Unseen) {
    for check in row.checks {
        if !into.checks.contains(&check) {
            into.checks.push(check);
        }
    }
    for item in row.items {
        if !into.items.contains(&item) {
            into.items.push(item);
        }
    }
    into.incomplete |= row.incomplete;
    into.capture = into.capture.take().or(row.capture);
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::model::CoverageState;

    fn surveyed(trial: &Trial) -> Survey {
        survey(&[trial.case()], &trial.roll().channels, &Standard::default())
    }

    #[test]
    fn every_checklist_item_has_a_state_and_none_passes_unseen() {
        let survey = surveyed(&Trial::new());
        assert_eq!(survey.coverage.len(), 94);
        let passed: Vec<&str> = survey
            .coverage
            .iter()
            .filter(|coverage| coverage.state == CoverageState::Pass)
            .map(|coverage| coverage.check.as_str())
            .collect();
        assert_eq!(passed, ["guide.consistency", "guide.process"]);
    }

    #[test]
    fn a_channel_that_is_down_is_one_row_and_nothing_is_missing_on_it() {
        let survey = surveyed(&Trial::new().blocked("app", "渠道打不开"));
        let rows: Vec<_> = survey.unseen.iter().filter(|row| row.incomplete).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].checks, ["guide.consistency", "guide.readability", "guide.process"]);
        assert!(survey.findings.is_empty(), "{:?}", survey.findings);
    }

    #[test]
    fn what_was_not_visited_and_what_has_no_scenario_are_one_row_each_and_leave_the_run_complete() {
        let survey = surveyed(&Trial::new());
        let rows: Vec<_> =
            survey.unseen.iter().map(|row| (row.why.as_str(), row.checks.len(), row.incomplete)).collect();
        assert_eq!(rows, [("本次没有走访", 2, false), ("尚无场景", 51, false)]);
        let state = |id: &str| {
            survey.coverage.iter().find(|coverage| coverage.check == id).map(|coverage| coverage.state)
        };
        assert_eq!(state("account.flow"), Some(CoverageState::CannotTell));
        assert_eq!(state("venue.seats"), Some(CoverageState::AwaitingPeople));
    }

    #[test]
    fn one_reason_on_one_channel_is_one_row_over_items_and_reasons_stay_apart() {
        let trial = |item: &str, why: &str| {
            let mut case = Trial::new().blocked("app", why).case();
            case.item = Some(crate::model::Item { name: item.to_owned(), ..crate::model::Item::default() });
            case
        };
        let cases = [trial("甲", "渠道打不开"), trial("乙", "渠道打不开"), trial("丙", "没有找到搜索框")];
        let survey = survey(&cases, &Trial::new().roll().channels, &Standard::default());
        let rows: Vec<_> = survey.unseen.iter().filter(|row| row.channel == Some("app".into())).collect();
        assert_eq!(rows.iter().map(|row| row.items.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn the_worst_come_first_and_then_the_checklists_order() {
        let trial = Trial::new()
            .hide("app", "theme")
            .hide("app", "law_basis")
            .guide_on("mini", |guide| guide.media[0].loaded = Some(false));
        let order: Vec<_> = surveyed(&trial).findings.iter().map(|finding| finding.element.clone()).collect();
        assert_eq!(order, ["law_basis", "flow", "theme"]);
    }
}
