//! The journal: events of a run, appended and flushed one by one, readable after a kill at any moment.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::model::{Ending, Event, Obstacle, ObstacleKind, Visit, VisitId};

use super::StoreError;

/// Everything that a journal says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// The events in their order.
    pub events: Vec<Event>,
    /// Whether the last line was cut by a kill; it is not among the events.
    pub torn: bool,
}

impl Journal {
    /// Reads a journal; one that is not there yet is empty. Only the last line may be damaged.
    pub(super) fn read(path: &Path) -> Result<Self, StoreError> {
        let mut journal = Self::default();
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(journal),
            Err(error) => return Err(StoreError::read(path)(error)),
        };
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let length = reader.read_until(b'\n', &mut line).map_err(StoreError::read(path))?;
            if length == 0 {
                break;
            }
            match serde_json::from_slice(&line) {
                Ok(event) => journal.events.push(event),
                Err(_) if line.last() != Some(&b'\n') => journal.torn = true,
                Err(source) => {
                    return Err(StoreError::Journal { path: path.to_owned(), line: number, source });
                }
            }
        }
        Ok(journal)
    }

    /// The visits that began, in the order in which they began first. A visit that was begun again has only what its last
    /// beginning brought; one that did not end is blocked by an interruption.
    #[must_use]
    pub fn visits(&self) -> Vec<Visit> {
        let mut order: Vec<&VisitId> = Vec::new();
        let mut visits: BTreeMap<&VisitId, Visit> = BTreeMap::new();
        for event in &self.events {
            match event {
                Event::VisitStarted { visit } => {
                    let begun = Visit { ending: interrupted(), ..(**visit).clone() };
                    if visits.insert(&visit.id, begun).is_none() {
                        order.push(&visit.id);
                    }
                }
                Event::StepEnded { visit, step } => {
                    on(&mut visits, visit, |visit| visit.steps.push(step.clone()));
                }
                Event::Captured { visit, capture } => {
                    on(&mut visits, visit, |visit| visit.captures.push(capture.clone()));
                }
                Event::Answered { visit, turn } => {
                    on(&mut visits, visit, |visit| visit.dialogue.push(turn.clone()));
                }
                Event::VisitEnded { visit, ending } => {
                    on(&mut visits, visit, |visit| visit.ending = ending.clone());
                }
                Event::RunStarted { .. } | Event::RunEnded => {}
            }
        }
        order.into_iter().filter_map(|id| visits.remove(id)).collect()
    }

    /// Whether the run ended by itself.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.events.last(), Some(Event::RunEnded))
    }
}

fn on(visits: &mut BTreeMap<&VisitId, Visit>, id: &VisitId, change: impl FnOnce(&mut Visit)) {
    if let Some(visit) = visits.get_mut(id) {
        change(visit);
    }
}

fn interrupted() -> Ending {
    Ending::Blocked(Obstacle {
        kind: ObstacleKind::Interrupted,
        said: "核查在走访途中被中断".to_owned(),
        line: None,
        capture: None,
    })
}

/// The writing end of a journal. The file is opened and locked at the first event.
#[derive(Debug)]
pub(super) struct Writer {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

impl Writer {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, file: Mutex::new(None) }
    }

    /// Appends one event as one line, in one write.
    pub(super) fn append(&self, event: &Event) -> Result<(), StoreError> {
        let mut line = serde_json::to_vec(event)
            .map_err(|source| StoreError::Shape { path: self.path.clone(), source })?;
        line.push(b'\n');
        // A thread that panicked while writing left at worst a torn line, which the next opening repairs.
        let mut guard = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let file = match guard.take() {
            Some(file) => file,
            None => open(&self.path)?,
        };
        let file = guard.insert(file);
        let written = file.write_all(&line).and_then(|()| file.flush());
        if written.is_err() {
            *guard = None;
        }
        written.map_err(StoreError::write(&self.path))
    }
}

/// Opens a journal for appending, for this process alone, and mends its end.
fn open(path: &Path) -> Result<File, StoreError> {
    let file = OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .open(path)
        .map_err(StoreError::write(path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(StoreError::Busy(path.to_owned())),
        // Some network file systems have no locks; a lonely writer is fine without.
        Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(StoreError::write(path)(error)),
    }
    mend(file).map_err(StoreError::write(path))
}

/// A last line without its end is completed when it says something, and cut off when it was torn.
fn mend(mut file: File) -> std::io::Result<File> {
    let length = file.seek(SeekFrom::End(0))?;
    let start = last_line_start(&mut file, length)?;
    if start < length {
        file.seek(SeekFrom::Start(start))?;
        let mut line = Vec::new();
        file.read_to_end(&mut line)?;
        if serde_json::from_slice::<Event>(&line).is_ok() {
            file.write_all(b"\n")?;
        } else {
            file.set_len(start)?;
        }
    }
    Ok(file)
}

/// Where the line begins that has no line break at its end; the length of the file when there is none.
fn last_line_start(file: &mut File, length: u64) -> std::io::Result<u64> {
    const CHUNK: u64 = 64 * 1024;
    let mut end = length;
    while end > 0 {
        let start = end.saturating_sub(CHUNK);
        file.seek(SeekFrom::Start(start))?;
        let mut chunk = Vec::new();
        Read::by_ref(file).take(end - start).read_to_end(&mut chunk)?;
        if let Some(index) = chunk.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + index as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::folder::tests::{step, visit};

    fn written(path: &Path, events: &[Event]) {
        let writer = Writer::new(path.to_owned());
        for event in events {
            writer.append(event).unwrap();
        }
    }

    #[test]
    fn a_journal_cut_at_any_byte_keeps_its_earlier_events_and_can_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let events = [
            Event::VisitStarted { visit: Box::new(visit("one")) },
            Event::StepEnded { visit: VisitId("one".into()), step: step("点按 登录") },
            Event::VisitEnded { visit: VisitId("one".into()), ending: Ending::Completed },
        ];
        written(&path, &events);
        let whole = std::fs::read(&path).unwrap();
        let ends: Vec<usize> = (0..whole.len()).filter(|index| whole[*index] == b'\n').collect();
        for cut in ends[0] + 1..=whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let journal = Journal::read(&path).unwrap();
            // A line that lacks only its line break is whole.
            let complete = ends.iter().filter(|end| **end <= cut).count();
            assert_eq!(journal.events, events[..complete], "cut at {cut}");
            let at_a_line = ends.iter().any(|end| cut == *end || cut == *end + 1);
            assert_eq!(journal.torn, !at_a_line, "cut at {cut}");
            written(&path, &[Event::RunEnded]);
            let mended = Journal::read(&path).unwrap();
            assert_eq!((mended.events.len(), mended.torn, mended.has_ended()), (complete + 1, false, true));
        }
    }

    #[test]
    fn a_damaged_line_in_the_middle_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        std::fs::write(&path, "\"run-ended\"\n{broken\n\"run-ended\"\n").unwrap();
        let error = Journal::read(&path).unwrap_err();
        assert!(error.to_string().ends_with("第 2 行已损坏"), "{error}");
    }

    #[test]
    fn events_from_many_threads_stay_whole_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let writer = Writer::new(path.clone());
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let writer = &writer;
                scope.spawn(move || {
                    for _ in 0..50 {
                        let said = "长".repeat(thread * 100);
                        writer
                            .append(&Event::StepEnded { visit: VisitId("one".into()), step: step(&said) })
                            .unwrap();
                    }
                });
            }
        });
        assert_eq!(Journal::read(&path).unwrap().events.len(), 400);
    }

    #[test]
    fn two_writers_do_not_share_a_journal() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let first = Writer::new(path.clone());
        first.append(&Event::RunEnded).unwrap();
        assert!(matches!(Writer::new(path.clone()).append(&Event::RunEnded), Err(StoreError::Busy(_))));
        drop(first);
        Writer::new(path).append(&Event::RunEnded).unwrap();
    }

    #[test]
    fn a_visit_that_was_begun_again_has_only_its_last_steps() {
        let id = VisitId("one".into());
        let journal = Journal {
            events: vec![
                Event::VisitStarted { visit: Box::new(visit("one")) },
                Event::StepEnded { visit: id.clone(), step: step("旧") },
                Event::VisitStarted { visit: Box::new(visit("two")) },
                Event::VisitStarted { visit: Box::new(visit("one")) },
                Event::StepEnded { visit: id.clone(), step: step("新") },
                Event::VisitEnded { visit: id.clone(), ending: Ending::Completed },
                Event::StepEnded { visit: VisitId("unknown".into()), step: step("无主") },
            ],
            torn: false,
        };
        let visits = journal.visits();
        assert_eq!(visits.iter().map(|visit| visit.id.0.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!((visits[0].steps.len(), &visits[0].steps[0].said), (1, &"新".to_owned()));
        assert_eq!(visits[0].ending, Ending::Completed);
        assert!(
            matches!(&visits[1].ending, Ending::Blocked(obstacle) if obstacle.kind == ObstacleKind::Interrupted)
        );
    }
}
