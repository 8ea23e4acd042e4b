//! Judging a run from what it kept: read the captures, lay the visits side by side, ask every check, compare with the run
//! before, write the report. Needs no browser, so an old run can be judged by today's rules.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::error::AuditError;
use crate::check::{self, Survey};
use crate::model::{
    Capture, Case, Ending, Finding, Issue, Item, Outcome, Run, Snapshot, Trend, Visit, Witness,
};
use crate::read;
use crate::report::{self, Evidence, Material};
use crate::store::{History, RunFolder};

/// What a run came to and where it lies.
#[derive(Debug)]
pub struct RunSummary {
    /// Everything that was concluded.
    pub outcome: Outcome,
    /// The run's folder.
    pub folder: PathBuf,
    /// The report files that were written, the page first.
    pub files: Vec<PathBuf>,
    /// What the technician should know (a journal cut off by a kill …), in Chinese.
    pub notes: Vec<String>,
}

/// Judges a run anew and writes its findings and report.
///
/// # Errors
/// When the folder or the index cannot be read or written.
pub fn judge(folder: &RunFolder, reports: &Path) -> Result<RunSummary, AuditError> {
    let run = folder.run()?;
    let journal = folder.journal()?;
    let visits = journal.visits();
    let mut notes = Vec::new();
    if journal.torn {
        notes.push("走访记录的最后一行不完整（上次运行被强行中断），已略过这一行".to_owned());
    }
    let planned = journal.planned().unwrap_or(visits.len());
    let cases = cases(&run, witnesses(folder, &visits));
    let survey = check::survey(&cases, &run.channels);
    let mut history = History::open(reports)?;
    let before = history.before(&run.portal, run.started)?;
    let outcome = outcome(run, survey, &cases, before.map(|previous| previous.findings), planned);
    folder.write_outcome(&outcome)?;
    history.record(&outcome)?;
    let files = report(folder, &outcome)?;
    Ok(RunSummary { outcome, folder: folder.path().to_owned(), files, notes })
}

/// Writes the report of an outcome into its run folder.
///
/// # Errors
/// When it cannot be written.
pub fn report(folder: &RunFolder, outcome: &Outcome) -> Result<Vec<PathBuf>, AuditError> {
    let shelf = Shelf::of(folder)?;
    let material = Material { outcome, evidence: &shelf };
    Ok(report::write_all(&folder.path().join("report"), &material)?)
}

/// Reads the captures of every visit; several threads, for a night has thousands of pages.
fn witnesses(folder: &RunFolder, visits: &[Visit]) -> Vec<Witness> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = visits.len().div_ceil(threads).max(1);
    let read_one = |visit: &Visit| {
        let facts = read::facts(visit, &|capture| folder.snapshot(capture).ok());
        Witness { visit: visit.clone(), facts }
    };
    std::thread::scope(|scope| {
        let shares: Vec<_> = visits
            .chunks(share)
            .map(|visits| scope.spawn(move || visits.iter().map(read_one).collect::<Vec<_>>()))
            .collect();
        shares.into_iter().flat_map(|share| share.join().unwrap_or_default()).collect()
    })
}

/// One case for each item of the run, and one for the portal itself.
fn cases(run: &Run, witnesses: Vec<Witness>) -> Vec<Case> {
    let channels: Vec<_> = run.channels.iter().map(|(id, _)| id.clone()).collect();
    let case = |item: Option<Item>| Case { item, channels: channels.clone(), witnesses: Vec::new() };
    let mut cases: Vec<Case> = run.items.iter().cloned().map(|item| case(Some(item))).collect();
    let mut portal = case(None);
    let places: BTreeMap<String, usize> =
        cases.iter().enumerate().map(|(index, case)| (case.item_name().to_owned(), index)).collect();
    for witness in witnesses {
        let place = witness.visit.item.as_ref().and_then(|item| places.get(&item.name));
        match place {
            Some(index) => cases[*index].witnesses.push(witness),
            None => portal.witnesses.push(witness),
        }
    }
    cases.push(portal);
    cases.retain(|case| !case.witnesses.is_empty());
    cases
}

fn outcome(
    run: Run,
    survey: Survey,
    cases: &[Case],
    before: Option<Vec<Finding>>,
    planned: usize,
) -> Outcome {
    let before = before.unwrap_or_default();
    let known: BTreeSet<&str> = before.iter().map(|finding| finding.fingerprint.as_str()).collect();
    let now: BTreeSet<&str> = survey.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    let fixed = before
        .iter()
        .filter(|finding| !now.contains(finding.fingerprint.as_str()) && was_looked_at(finding, cases))
        .cloned()
        .collect();
    let visits = cases.iter().flat_map(|case| &case.witnesses);
    let walked = visits.filter(|witness| witness.visit.ending == Ending::Completed).count();
    let trend = |finding: &Finding| {
        if known.contains(finding.fingerprint.as_str()) { Trend::Standing } else { Trend::New }
    };
    Outcome {
        run,
        coverage: survey.coverage,
        issues: survey
            .findings
            .iter()
            .map(|finding| Issue { finding: finding.clone(), trend: trend(finding) })
            .collect(),
        fixed,
        unseen: survey.unseen,
        sheets: survey.sheets,
        visits: (planned, walked),
    }
}

/// A problem counts as mended only when every channel that had it was walked to the end again.
fn was_looked_at(finding: &Finding, cases: &[Case]) -> bool {
    let Some(case) = cases.iter().find(|case| case.item_name() == finding.item) else { return false };
    finding.channels.iter().all(|channel| {
        let mut visits = case.on(channel, &finding.check).peekable();
        visits.peek().is_some() && visits.all(|witness| witness.visit.ending == Ending::Completed)
    })
}

/// The evidence folder, as the report asks for it.
struct Shelf<'a> {
    folder: &'a RunFolder,
    captures: BTreeMap<String, Capture>,
}

impl<'a> Shelf<'a> {
    fn of(folder: &'a RunFolder) -> Result<Self, AuditError> {
        let visits = folder.journal()?.visits();
        let captures = visits.into_iter().flat_map(|visit| visit.captures);
        Ok(Self { folder, captures: captures.map(|capture| (capture.id.clone(), capture)).collect() })
    }
}

impl Evidence for Shelf<'_> {
    fn capture(&self, id: &str) -> Option<Capture> {
        self.captures.get(id).cloned()
    }

    fn screenshot(&self, capture: &Capture) -> Option<Vec<u8>> {
        self.folder.screenshot(capture).ok().flatten()
    }

    fn snapshot(&self, capture: &Capture) -> Option<Snapshot> {
        self.folder.snapshot(capture).ok()
    }
}
