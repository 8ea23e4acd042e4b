//! The folder of a run: `run.json`, `journal.jsonl`, `evidence/`, `findings.json`, `report/`.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;
use super::journal::Journal;
use crate::model::{Capture, Event, Outcome, Run, Snapshot, Standard, VisitId};

const RUN: &str = "run.json";
const JOURNAL: &str = "journal.jsonl";
const EVIDENCE: &str = "evidence";
const FINDINGS: &str = "findings.json";
const STANDARD: &str = "standard.json";
/// The folder of all runs below the reports folder.
pub(super) const RUNS: &str = "runs";

/// One run's folder. Events may be appended from several threads.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    journal: Mutex<Option<File>>,
}

impl RunFolder {
    /// Makes the folder of a new run below `reports`.
    ///
    /// # Errors
    /// When it cannot be written, or the run's id is no harmless name.
    pub fn create(reports: &Path, run: &Run) -> Result<Self, StoreError> {
        let path = reports.join(RUNS).join(harmless(&run.id.0)?);
        let evidence = path.join(EVIDENCE);
        fs::create_dir_all(&evidence).map_err(|source| StoreError::Write { path: evidence, source })?;
        let folder = Self { path, journal: Mutex::new(None) };
        folder.write_run(run)?;
        Ok(folder)
    }

    /// Opens the folder of a kept run.
    ///
    /// # Errors
    /// When it is not one.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let folder = Self { path: path.to_owned(), journal: Mutex::new(None) };
        folder.run()?;
        Ok(folder)
    }

    /// Keeps what the channels are measured against; nothing is written when that is only each other.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_standard(&self, standard: &Standard) -> Result<(), StoreError> {
        if *standard == Standard::default() {
            return Ok(());
        }
        let path = self.path.join(STANDARD);
        let bytes = serde_json::to_vec(standard)
            .map_err(|source| StoreError::Content { path: path.clone(), source })?;
        write_whole(&path, &bytes)
    }

    /// What the channels are measured against.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn standard(&self) -> Result<Standard, StoreError> {
        let path = self.path.join(STANDARD);
        if path.exists() { read_json(&path) } else { Ok(Standard::default()) }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends an event, at once and for good: the line is with the system when this returns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append(&self, event: &Event) -> Result<(), StoreError> {
        self.append_all(std::slice::from_ref(event))
    }

    /// Appends several events in one stroke: a kill leaves all of them or (but for a torn line) none.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn append_all(&self, events: &[Event]) -> Result<(), StoreError> {
        let path = self.path.join(JOURNAL);
        let mut line = Vec::new();
        for event in events {
            serde_json::to_writer(&mut line, event)
                .map_err(|source| StoreError::Content { path: path.clone(), source })?;
            line.push(b'\n');
        }
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        let written = match journal.as_mut() {
            Some(file) => file.write_all(&line),
            None => OpenOptions::new().create(true).append(true).open(&path).and_then(|mut file| {
                file.write_all(&line)?;
                *journal = Some(file);
                Ok(())
            }),
        };
        written.map_err(|source| StoreError::Write { path, source })
    }

    /// Every event so far.
    ///
    /// # Errors
    /// When the journal cannot be read. A line cut off by a kill is no error.
    pub fn journal(&self) -> Result<Journal, StoreError> {
        let path = self.path.join(JOURNAL);
        match fs::read(&path) {
            Ok(bytes) => Ok(Journal::parse(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Journal::default()),
            Err(source) => Err(StoreError::Read { path, source }),
        }
    }

    /// Keeps a snapshot; gives its name below the evidence folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_snapshot(
        &self,
        visit: &VisitId,
        number: usize,
        page: &Snapshot,
    ) -> Result<String, StoreError> {
        let name = format!("{}/{number}.json", harmless(&visit.0)?);
        let path = self.path.join(EVIDENCE).join(&name);
        let bytes =
            serde_json::to_vec(page).map_err(|source| StoreError::Content { path: path.clone(), source })?;
        write_whole(&path, &bytes)?;
        Ok(name)
    }

    /// Keeps a picture; gives its name below the evidence folder. `format` is `jpeg` or `png`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_screenshot(
        &self,
        visit: &VisitId,
        number: usize,
        format: &str,
        bytes: &[u8],
    ) -> Result<String, StoreError> {
        let ending = if format == "png" { "png" } else { "jpg" };
        let name = format!("{}/{number}.{ending}", harmless(&visit.0)?);
        write_whole(&self.path.join(EVIDENCE).join(&name), bytes)?;
        Ok(name)
    }

    /// Keeps a file that a page sent; gives its name relative to the evidence. Its ending is made of letters and digits only.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_file(
        &self,
        visit: &VisitId,
        number: usize,
        ending: &str,
        bytes: &[u8],
    ) -> Result<String, StoreError> {
        let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let name = format!("{}/{number}.received.{ending}", harmless(&visit.0)?);
        write_whole(&self.path.join(EVIDENCE).join(&name), bytes)?;
        Ok(name)
    }

    /// The page of a capture.
    ///
    /// # Errors
    /// When it is not there any more or is no snapshot.
    pub fn snapshot(&self, capture: &Capture) -> Result<Snapshot, StoreError> {
        read_json(&self.evidence_file(&capture.snapshot)?)
    }

    /// The picture of a capture; `None` when none was taken.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn screenshot(&self, capture: &Capture) -> Result<Option<Vec<u8>>, StoreError> {
        capture.screenshot.as_deref().map(|name| self.picture(name)).transpose()
    }

    /// A picture by its name below the evidence folder.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn picture(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.evidence_file(name)?;
        fs::read(&path).map_err(|source| StoreError::Read { path, source })
    }

    /// Names come out of a journal that somebody may have edited: they must stay inside the evidence folder.
    fn evidence_file(&self, name: &str) -> Result<PathBuf, StoreError> {
        let mut path = self.path.join(EVIDENCE);
        for part in name.split('/') {
            path.push(harmless(part)?);
        }
        Ok(path)
    }

    /// The run's own description.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn run(&self) -> Result<Run, StoreError> {
        read_json(&self.path.join(RUN))
    }

    /// Writes the run's own description.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_run(&self, run: &Run) -> Result<(), StoreError> {
        write_json(&self.path.join(RUN), run)
    }

    /// What the run came to when it was last judged.
    ///
    /// # Errors
    /// When it was never judged or cannot be read.
    pub fn outcome(&self) -> Result<Outcome, StoreError> {
        read_json(&self.path.join(FINDINGS))
    }

    /// Writes what the run came to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_outcome(&self, outcome: &Outcome) -> Result<(), StoreError> {
        write_json(&self.path.join(FINDINGS), outcome)
    }
}

/// A name that cannot lead anywhere else: letters, digits, dots inside, hyphens and underscores.
fn harmless(name: &str) -> Result<&str, StoreError> {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    let fits = !name.is_empty() && name.len() <= 120 && !name.starts_with('.') && name.chars().all(plain);
    if fits { Ok(name) } else { Err(StoreError::Name(name.chars().take(60).collect())) }
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), StoreError> {
    let bytes = serde_json::to_vec_pretty(value)
        .map_err(|source| StoreError::Content { path: path.to_owned(), source })?;
    write_whole(path, &bytes)
}

/// Written beside its place and then moved there: a reader never meets half a file.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let refused = |source| StoreError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(refused)?;
    }
    let beside = path.with_extension("part");
    fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path)).map_err(refused)
}

pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, StoreError> {
    let bytes = fs::read(path).map_err(|source| StoreError::Read { path: path.to_owned(), source })?;
    serde_json::from_slice(&bytes).map_err(|source| StoreError::Content { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in
            ["..", "../x", "/etc/passwd", "a/b", "", ".git", "a\\b", "a b", "身份证", &"x".repeat(200)]
        {
            assert!(harmless(name).is_err(), "{name}");
        }
        assert!(harmless("guide-consistency.app.0001").is_ok());
    }
}
