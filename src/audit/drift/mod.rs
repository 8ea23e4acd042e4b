//! 找法的次序: which of a step's alternative locators still matched in a kept run. Where the first ones did not and a later one did,
//! on every channel alike, the file is proposed with that one first; nothing is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::error::AuditError;
use crate::model::{ChannelId, FileMark, Run, Visit};
use crate::scenario::drift::{Aim, Alternatives, OrderedFile, Promotion, files};
use crate::store::RunFolder;
use crate::text;

/// What a run shows of the order of locators.
#[derive(Debug, Default)]
pub struct DriftReport {
    /// Lists whose first entries did not match, in the order of files and lines.
    pub drifts: Vec<Drift>,
    /// The files as they are proposed.
    pub patches: Vec<DriftPatch>,
    /// What somebody should know, in Chinese.
    pub notes: Vec<String>,
}

/// One list of alternatives.
#[derive(Debug, Clone)]
pub struct Drift {
    /// The file, as the user gave it.
    pub file: String,
    /// Line of the list, from 1.
    pub line: usize,
    /// Column of the list, from 1.
    pub column: usize,
    /// The step, or the word of the vocabulary, in Chinese.
    pub what: String,
    /// The alternatives, in the order of the file.
    pub entries: Vec<String>,
    /// Channel name to how often each alternative matched there (counted from 0), in the run's order of channels.
    pub matched: Vec<(String, BTreeMap<usize, usize>)>,
    /// What to do about it.
    pub advice: DriftAdvice,
}

/// What to do about a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriftAdvice {
    /// Put this entry first; the patch does.
    First(usize),
    /// The same, but the list is written in a way that only a person can change.
    ByHand(usize),
    /// The channels do not agree: the vocabulary can hold a list for each.
    ByChannel,
    /// One channel matched now this, now that one: no order is right.
    Unsteady,
}

/// A file as it is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DriftPatch {
    /// Where it lies.
    pub path: PathBuf,
    /// Its text as it is.
    pub old: String,
    /// Its text with the lists in their new order.
    pub new: String,
}

impl DriftPatch {
    /// The change as a unified diff.
    #[must_use]
    pub fn diff(&self) -> String {
        text::unified_diff(&self.path.display().to_string(), &self.old, &self.new)
    }
}

/// How often each alternative matched, by channel.
type Matched = BTreeMap<ChannelId, BTreeMap<usize, usize>>;

/// What was seen of one step over all visits.
#[derive(Debug, Default)]
struct Seen {
    said: String,
    matched: Matched,
}

/// The id of a scenario, and line and column of a step in its file.
type StepPlace<'a> = (&'a str, usize, usize);

/// Looks through a run. With `paths` (scenario files and folders), only these are looked at, wherever they lay when the run was made.
///
/// # Errors
/// When the run's folder, or one of these files, cannot be read.
pub fn drift(folder: &RunFolder, paths: &[PathBuf]) -> Result<DriftReport, AuditError> {
    let (run, journal) = (folder.run()?, folder.journal()?);
    let mut report = DriftReport::default();
    if journal.torn {
        report.notes.push("走访记录有残缺的行，已略过；次数可能偏少".to_owned());
    }
    let visits = journal.visits();
    let seen = seen(&visits);
    let is_old = seen.keys().any(|(_, _, column)| *column == 0) || run.files.is_empty();
    if is_old {
        let said = "这次走访是旧版本记下的，没有记下步骤在文件里的位置；请重新走访一次再看";
        report.notes.push(said.to_owned());
        return Ok(report);
    }
    let kept = Kept::of(&run, paths)?;
    let mut lists = Lists::default();
    for (&(scenario, line, column), seen) in &seen {
        let file = match kept.scenario(scenario) {
            Ok(file) => file,
            Err(why) => {
                note(&mut report.notes, &why, &seen.matched);
                continue;
            }
        };
        match file.step(line, column) {
            Some(Aim::List(list)) => lists.add(file, list, seen.said.clone(), &seen.matched),
            Some(Aim::Word(word)) => lists.add_word(&kept, &run, &word, &seen.matched, &mut report.notes),
            None => {}
        }
    }
    lists.judge(&run, &mut report);
    Ok(report)
}

/// Every step that was done by one of several locators; steps in loops count each time.
fn seen(visits: &[Visit]) -> BTreeMap<StepPlace<'_>, Seen> {
    let mut found: BTreeMap<StepPlace<'_>, Seen> = BTreeMap::new();
    for visit in visits {
        for step in visit.steps.iter().filter(|step| !step.skipped && step.failed.is_none()) {
            let Some(alternative) = step.alternative else { continue };
            let scenario = step.scenario.as_deref().unwrap_or(&visit.scenario);
            let seen = found.entry((scenario, step.line, step.column)).or_default();
            seen.said.clone_from(&step.said);
            let matched = seen.matched.entry(visit.channel.clone()).or_default();
            *matched.entry(alternative).or_default() += 1;
        }
    }
    found
}

/// Says once why a file is not looked at, where a list in it has drifted.
fn note(notes: &mut Vec<String>, why: &str, matched: &Matched) {
    let drifted = matched.values().flatten().any(|(alternative, _)| *alternative > 0);
    if drifted && !why.is_empty() && !notes.iter().any(|known| known == why) {
        notes.push(why.to_owned());
    }
}

/// The files that the run was made with, as they are now.
struct Kept {
    scenarios: BTreeMap<String, Result<OrderedFile, String>>,
    portal: Result<OrderedFile, String>,
}

impl Kept {
    fn of(run: &Run, paths: &[PathBuf]) -> Result<Self, AuditError> {
        let mut given = files(paths)?;
        let mut found = |id: Option<&str>, mark: &FileMark| {
            let place = given.iter().position(|file| file.scenario() == id);
            match place.map(|place| given.swap_remove(place)) {
                Some(file) => same(file, mark),
                // Other files were asked for: this one is none of the reader's business.
                None if !paths.is_empty() => Err(String::new()),
                None => read(mark),
            }
        };
        let scenarios = run.files.iter().map(|(id, mark)| (id.clone(), found(Some(id), mark))).collect();
        let portal = run.portal_file.as_ref().map_or(Err(String::new()), |mark| found(None, mark));
        Ok(Self { scenarios, portal })
    }

    /// The file of a scenario, or why it is not looked at; empty where nobody asked for it.
    fn scenario(&self, id: &str) -> Result<&OrderedFile, String> {
        self.scenarios.get(id).map_or(Err(String::new()), |file| file.as_ref().map_err(Clone::clone))
    }
}

fn read(mark: &FileMark) -> Result<OrderedFile, String> {
    match OrderedFile::read(Path::new(&mark.path)) {
        Ok(file) => same(file, mark),
        Err(_) => Err(format!(
            "{} 不在了，或者读不了：如果走访的是录制文件，请先用 zoutong import 变成场景文件；如果文件挪了地方，请在命令后面写上它",
            mark.path
        )),
    }
}

fn same(file: OrderedFile, mark: &FileMark) -> Result<OrderedFile, String> {
    let now = file.mark();
    if now.sha256 == mark.sha256 {
        return Ok(file);
    }
    Err(format!("{} 和走访时不是同一个版本，行号可能对不上，不提修改建议；请重新走访一次再看", now.path))
}

/// The lists that were met, by file and place.
#[derive(Default)]
struct Lists<'f> {
    met: BTreeMap<(String, usize, usize), Met<'f>>,
}

struct Met<'f> {
    file: &'f OrderedFile,
    list: Alternatives,
    what: String,
    matched: Matched,
}

impl<'f> Lists<'f> {
    fn add(&mut self, file: &'f OrderedFile, list: Alternatives, what: String, matched: &Matched) {
        let key = (file.mark().path, list.line, list.column);
        let met = self.met.entry(key).or_insert_with(|| Met { file, list, what, matched: Matched::new() });
        for (channel, counts) in matched {
            let known = met.matched.entry(channel.clone()).or_default();
            for (alternative, count) in counts {
                *known.entry(*alternative).or_default() += count;
            }
        }
    }

    /// A word is looked up in each channel's own vocabulary.
    fn add_word(
        &mut self,
        kept: &'f Kept,
        run: &Run,
        word: &str,
        matched: &Matched,
        notes: &mut Vec<String>,
    ) {
        let file = match &kept.portal {
            Ok(file) => file,
            Err(why) => return note(notes, why, matched),
        };
        for (channel, counts) in matched {
            let Some(list) = file.word(&channel.0, word) else { continue };
            let what = format!("词汇“{word}”（{}）", run.channel_name(channel));
            self.add(file, list, what, &[(channel.clone(), counts.clone())].into());
        }
    }

    fn judge(self, run: &Run, report: &mut DriftReport) {
        let mut promotions: BTreeMap<String, (&OrderedFile, Vec<Promotion>)> = BTreeMap::new();
        for ((path, line, column), met) in self.met {
            let entries = met.list.said();
            let Some(mut advice) = advice(&met.matched, entries.len()) else { continue };
            if let DriftAdvice::First(entry) = advice {
                let promotion = Promotion { list: met.list.clone(), entry };
                if met.file.promoted(std::slice::from_ref(&promotion)).is_some() {
                    promotions.entry(path.clone()).or_insert((met.file, Vec::new())).1.push(promotion);
                } else {
                    advice = DriftAdvice::ByHand(entry);
                }
            }
            let rank = |id: &ChannelId| run.channels.iter().position(|(known, _)| known == id);
            let mut channels: Vec<_> = met.matched.iter().collect();
            channels.sort_by_key(|(id, _)| rank(id));
            let matched = channels
                .into_iter()
                .map(|(id, counts)| (run.channel_name(id).to_owned(), counts.clone()))
                .collect();
            report.drifts.push(Drift { file: path, line, column, what: met.what, entries, matched, advice });
        }
        for (path, (file, promotions)) in promotions {
            let old = file.text().to_owned();
            let patch = |new| DriftPatch { path: PathBuf::from(path), old, new };
            report.patches.extend(file.promoted(&promotions).map(patch));
        }
    }
}

/// What the channels say together; `None` where the first entry still does, or the numbers fit no list of this length.
fn advice(matched: &Matched, entries: usize) -> Option<DriftAdvice> {
    let all: BTreeSet<usize> = matched.values().flat_map(BTreeMap::keys).copied().collect();
    let (first, last) = (*all.first()?, *all.last()?);
    if last == 0 || last >= entries {
        return None;
    }
    Some(if first == last {
        DriftAdvice::First(first)
    } else if matched.values().any(|counts| counts.len() > 1) {
        DriftAdvice::Unsteady
    } else {
        DriftAdvice::ByChannel
    })
}

#[cfg(test)]
mod tests;
