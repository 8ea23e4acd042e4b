//! Judging a run from what it kept: read the captures, lay the visits side by side, ask every check, compare with the run
//! before, write the report. Needs no browser, so an old run can be judged by today's rules.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::error::AuditError;
use super::grouping::{self, ToConfirm};
use super::stuck;
use super::tally::{self, ChannelSummary, Tally};
use super::templates::Templates;
use crate::check::{KeptSheets, Roll, Survey, Surveyor, Volatile, seen_twice};
use crate::model::{
    Capture, Case, ChannelId, Ending, Finding, Hitch, Issue, Kind, Outcome, ReadWhat, Run, Said, Snapshot,
    Standard, Trend, Visit, VisitId, Witness,
};
use crate::read;
use crate::report::{self, Evidence, Material};
use crate::store::{History, RunFolder};

/// With more items than this, only those with a problem get a sheet, and no more than so many.
const MOST_SHEETS: usize = 300;

/// What a run came to and where it lies.
#[derive(Debug)]
pub struct RunSummary {
    /// Everything that was concluded.
    pub outcome: Outcome,
    /// The run's folder.
    pub folder: PathBuf,
    /// The report files that were written, the page first.
    pub files: Vec<PathBuf>,
    /// What came of each channel.
    pub channels: Vec<ChannelSummary>,
    /// 请确认: items of different channels that may be one.
    pub to_confirm: Vec<ToConfirm>,
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
    let begun = visits.len();
    let planned = journal.planned().filter(|planned| *planned > 0).unwrap_or(begun);
    let mut notes = Vec::new();
    if journal.torn {
        notes.push("走访记录的最后一行不完整（上次运行被强行中断），已略过这一行".to_owned());
    }
    let speeds = tally::speeds(&journal);
    drop(journal);
    let (cases, to_confirm) = grouping::cases(&run, visits);
    let (mut survey, tally) = survey(folder, &cases, &run, &folder.standard()?);
    let stuck = stuck::rows(&run, &cases, &survey);
    survey.unseen.splice(0..0, stuck.into_iter().chain(stuck::not_begun(&run, planned, begun)));
    if cases.len() > MOST_SHEETS {
        notes.push(format!("事项超过 {MOST_SHEETS} 个，对照表只列出有问题的事项"));
    }
    let channels = tally.summaries(&run, speeds);
    let mut history = History::open(reports)?;
    let before = history.before(&run.portal, run.started)?;
    let outcome = outcome(run, survey, &cases, before.map(|previous| previous.findings), planned);
    folder.write_outcome(&outcome)?;
    history.record(&outcome)?;
    let files = report(folder, &outcome)?;
    folder.seal_judgement()?;
    Ok(RunSummary { outcome, folder: folder.path().to_owned(), files, notes, channels, to_confirm })
}

/// Judges what was just walked, and seals the whole folder.
pub(super) fn judge_and_seal(folder: &RunFolder, reports: &Path) -> Result<RunSummary, AuditError> {
    let summary = judge(folder, reports)?;
    folder.seal()?;
    Ok(summary)
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

/// Judges every case on several threads: a case's pages are read, judged and forgotten before the next, so that memory does
/// not grow with the number of items. Also gives how much was read on each channel.
fn survey(folder: &RunFolder, cases: &[Case], run: &Run, standard: &Standard) -> (Survey, Tally) {
    let roll = Roll::of(cases, &run.channels).measured_against(standard);
    let kept = if cases.len() > MOST_SHEETS { KeptSheets::OfProblems(MOST_SHEETS) } else { KeptSheets::All };
    let templates = Templates::learn(folder, cases);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = cases.len().div_ceil(threads).max(1);
    let judge_share = |cases: &[Case]| {
        let (mut surveyor, mut tally) = (Surveyor::new(&roll, kept), Tally::default());
        for case in cases {
            let (case, changing) = with_facts(folder, case, &templates);
            case.witnesses.iter().for_each(|witness| tally.count(witness));
            surveyor.judge_but(&case, &changing);
        }
        (surveyor, tally)
    };
    let mut whole = (Surveyor::new(&roll, kept), Tally::default());
    std::thread::scope(|scope| {
        let shares: Vec<_> =
            cases.chunks(share).map(|cases| scope.spawn(move || judge_share(cases))).collect();
        for (surveyor, tally) in shares.into_iter().filter_map(|share| share.join().ok()) {
            whole.0.absorb(surveyor);
            whole.1.absorb(tally);
        }
    });
    (whole.0.finish(), whole.1)
}

/// The case with what its pages say, and what they change by themselves where they were seen twice.
fn with_facts(folder: &RunFolder, case: &Case, templates: &Templates) -> (Case, Volatile) {
    let load = |capture: &Capture| folder.snapshot(capture).ok();
    let mut changing = Volatile::default();
    let mut witnesses: Vec<Witness> = Vec::with_capacity(case.witnesses.len());
    for Witness { visit, .. } in &case.witnesses {
        let template = templates.of(&visit.channel);
        let mut facts = read::facts(visit, &load, template);
        let again = read::guide_again(visit, &load, template);
        if let (Some((_, guide)), Some(again)) = (&mut facts.guide, again) {
            let (seen, changes) = seen_twice(std::mem::take(guide), again);
            *guide = seen;
            changing.absorb(&changes);
        }
        witnesses.push(Witness { visit: visit.clone(), facts });
    }
    if !changing.is_empty() {
        for (_, guide) in witnesses.iter_mut().filter_map(|witness| witness.facts.guide.as_mut()) {
            *guide = changing.steady(guide);
        }
    }
    (Case { item: case.item.clone(), channels: case.channels.clone(), witnesses }, changing)
}

/// Whether a problem is that one channel does not say what another one, or the office's database, does.
fn holds_channels_against_each_other(finding: &Finding) -> bool {
    match finding.kind {
        Kind::Differs | Kind::Baseline => true,
        Kind::Missing => finding.sayings.values().any(|saying| matches!(saying.said, Said::Text(_))),
        _ => false,
    }
}

/// The visits of guides that a problem names as odd and that were seen only once: a second look tells what their pages
/// change by themselves, and whether they were complete.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn doubtful(folder: &RunFolder) -> Result<Vec<Visit>, AuditError> {
    let run = folder.run()?;
    let (cases, _) = grouping::cases(&run, folder.journal()?.visits());
    let (survey, _) = survey(folder, &cases, &run, &folder.standard()?);
    let odd: BTreeSet<(&str, &ChannelId)> = survey
        .findings
        .iter()
        .filter(|finding| holds_channels_against_each_other(finding))
        .flat_map(|finding| finding.channels.iter().map(|channel| (finding.item.as_str(), channel)))
        .collect();
    let is_doubtful = |case: &Case, visit: &Visit| {
        let once = !visit.captures.iter().any(|capture| capture.what == ReadWhat::GuideAgain);
        once && odd.contains(&(case.item_name(), &visit.channel))
    };
    Ok(cases
        .iter()
        .flat_map(|case| case.witnesses.iter().map(move |witness| (case, &witness.visit)))
        .filter(|(case, visit)| is_doubtful(case, visit))
        .map(|(_, visit)| visit.clone())
        .collect())
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
    let rank = |id: &ChannelId| run.channels.iter().position(|(known, _)| known == id);
    let mut hitches: Vec<Hitch> =
        cases.iter().flat_map(|case| &case.witnesses).flat_map(|witness| witness.visit.hitches()).collect();
    hitches.sort_by_key(|hitch| rank(&hitch.channel));
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
        hitches,
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

/// The replay of one kept visit, for Playwright's trace viewer.
///
/// # Errors
/// When the folder cannot be read or has no such visit.
pub fn trace(folder: &RunFolder, visit: &VisitId) -> Result<Vec<u8>, AuditError> {
    let (run, shelf) = (folder.run()?, Shelf::of(folder)?);
    let visits = folder.journal()?.visits();
    let Some(visit) = visits.iter().find(|known| known.id == *visit) else {
        return Err(AuditError::NothingToWalk(format!("这次运行里没有编号为 {visit} 的走访")));
    };
    Ok(report::trace(&run, visit, &shelf)?)
}

/// The evidence folder, as the report asks for it.
struct Shelf<'a> {
    folder: &'a RunFolder,
    captures: BTreeMap<String, Capture>,
    visits: Vec<Visit>,
}

impl<'a> Shelf<'a> {
    fn of(folder: &'a RunFolder) -> Result<Self, AuditError> {
        let journal = folder.journal()?;
        let captures = journal.captures().map(|capture| (capture.id.clone(), capture.clone())).collect();
        Ok(Self { folder, captures, visits: journal.visits() })
    }
}

impl Evidence for Shelf<'_> {
    fn visits(&self) -> &[Visit] {
        &self.visits
    }

    fn capture(&self, id: &str) -> Option<Capture> {
        self.captures.get(id).cloned()
    }

    fn screenshot(&self, capture: &Capture) -> Option<Vec<u8>> {
        self.folder.screenshot(capture).ok().flatten()
    }

    fn snapshot(&self, capture: &Capture) -> Option<Snapshot> {
        self.folder.snapshot(capture).ok()
    }

    fn picture(&self, name: &str) -> Option<Vec<u8>> {
        self.folder.picture(name).ok()
    }
}
