//! The folder of one run.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::{Capture, Event, Outcome, Run, Snapshot, Visit, VisitId};

use super::journal::Writer;
use super::{Journal, StoreError, file};

/// The folder of a run: `run.json`, `journal.jsonl`, `evidence/`, `findings.json`, `report/`. May be shared by threads.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    journal: Writer,
}

impl RunFolder {
    /// Creates `<root>/runs/<run-id>` with its `run.json`.
    ///
    /// # Errors
    /// [`StoreError::Name`] for an id that may not name a folder, [`StoreError::Exists`] when the folder is there already.
    pub fn create(root: &Path, run: &Run) -> Result<Self, StoreError> {
        let runs = root.join("runs");
        let path = runs.join(file::checked(&run.id.0)?);
        file::create_folders(&runs)?;
        fs::create_dir(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => StoreError::Exists(path.clone()),
            _ => StoreError::write(&path)(error),
        })?;
        file::create_folders(&path.join("evidence"))?;
        let folder = Self::at(path);
        folder.write_run(run)?;
        Ok(folder)
    }

    /// The folder of an earlier run.
    ///
    /// # Errors
    /// [`StoreError::NoRun`] when it has no `run.json`.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if path.join("run.json").is_file() {
            Ok(Self::at(path.to_owned()))
        } else {
            Err(StoreError::NoRun(path.to_owned()))
        }
    }

    fn at(path: PathBuf) -> Self {
        let journal = Writer::new(path.join("journal.jsonl"));
        Self { path, journal }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends an event to the journal; it is on disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process writes this journal.
    pub fn append(&self, event: &Event) -> Result<(), StoreError> {
        self.journal.append(event)
    }

    /// Everything that the journal says.
    pub fn journal(&self) -> Result<Journal, StoreError> {
        Journal::read(&self.path.join("journal.jsonl"))
    }

    /// The visits of the journal, see [`Journal::visits`].
    pub fn visits(&self) -> Result<Vec<Visit>, StoreError> {
        Ok(self.journal()?.visits())
    }

    /// What the run is about.
    pub fn run(&self) -> Result<Run, StoreError> {
        file::read_json(&self.path.join("run.json"))
    }

    /// Writes `run.json`.
    pub fn write_run(&self, run: &Run) -> Result<(), StoreError> {
        file::write_json(&self.path.join("run.json"), run)
    }

    /// What the run came to; `None` before it was judged.
    pub fn outcome(&self) -> Result<Option<Outcome>, StoreError> {
        let path = self.path.join("findings.json");
        if path.is_file() { file::read_json(&path).map(Some) } else { Ok(None) }
    }

    /// Writes `findings.json`.
    pub fn write_outcome(&self, outcome: &Outcome) -> Result<(), StoreError> {
        file::write_json(&self.path.join("findings.json"), outcome)
    }

    /// Keeps the snapshot of a page; gives its name for [`Capture::snapshot`]. Numbers are the caller's, one a capture.
    pub fn keep_snapshot(
        &self,
        visit: &VisitId,
        number: usize,
        snapshot: &Snapshot,
    ) -> Result<String, StoreError> {
        let text = serde_json::to_vec(snapshot)
            .map_err(|source| StoreError::Shape { path: self.path.join("evidence"), source })?;
        self.keep(visit, &format!("{number:03}.json"), &text)
    }

    /// Keeps a screenshot (PNG); gives its name for [`Capture::screenshot`].
    pub fn keep_screenshot(
        &self,
        visit: &VisitId,
        number: usize,
        image: &[u8],
    ) -> Result<String, StoreError> {
        self.keep(visit, &format!("{number:03}.png"), image)
    }

    fn keep(&self, visit: &VisitId, name: &str, content: &[u8]) -> Result<String, StoreError> {
        let folder = self.path.join("evidence").join(file::checked(&visit.0)?);
        file::create_folders(&folder)?;
        self.refuse_outside(&folder)?;
        file::write_whole(&folder.join(name), content)?;
        Ok(format!("{visit}/{name}"))
    }

    /// The snapshot of a capture.
    pub fn snapshot(&self, capture: &Capture) -> Result<Snapshot, StoreError> {
        file::read_json(&self.evidence(&capture.snapshot)?)
    }

    /// The screenshot of a capture, where one was taken.
    pub fn screenshot(&self, capture: &Capture) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(name) = &capture.screenshot else { return Ok(None) };
        let path = self.evidence(name)?;
        fs::read(&path).map(Some).map_err(StoreError::read(&path))
    }

    /// Where a piece of evidence lies. The name comes from a file or an address line and is not trusted.
    ///
    /// # Errors
    /// [`StoreError::Name`] for names with other parts than [`RunFolder::keep_snapshot`] makes, [`StoreError::Outside`]
    /// when a link leads out of the folder.
    pub fn evidence(&self, name: &str) -> Result<PathBuf, StoreError> {
        let mut path = self.path.join("evidence");
        for part in name.split('/') {
            path.push(file::checked(part)?);
        }
        self.refuse_outside(&path)?;
        Ok(path)
    }

    fn refuse_outside(&self, path: &Path) -> Result<(), StoreError> {
        let evidence = self.path.join("evidence");
        let home = self.path.canonicalize().map_err(StoreError::read(&self.path))?;
        let real = path.canonicalize().map_err(StoreError::read(path))?;
        let real_evidence = evidence.canonicalize().map_err(StoreError::read(&evidence))?;
        if real.starts_with(&real_evidence) && real_evidence.starts_with(&home) {
            Ok(())
        } else {
            Err(StoreError::Outside(path.to_owned()))
        }
    }

    /// The folder for reports, created when it is not there.
    pub fn report_folder(&self) -> Result<PathBuf, StoreError> {
        let path = self.path.join("report");
        file::create_folders(&path)?;
        Ok(path)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use chrono::DateTime;

    use super::*;
    use crate::model::{ChannelId, Ending, ReadWhat, RunId, StepRecord};

    pub(in crate::store) fn run(id: &str, started: &str) -> Run {
        Run {
            id: RunId(id.to_owned()),
            portal: "晋城政务".to_owned(),
            started: DateTime::parse_from_rfc3339(started).unwrap(),
            ended: None,
            version: "0.1.0".to_owned(),
            channels: vec![(ChannelId("pc".to_owned()), "PC端".to_owned())],
            items: Vec::new(),
            scenarios: BTreeMap::new(),
        }
    }

    pub(in crate::store) fn visit(id: &str) -> Visit {
        Visit {
            id: VisitId(id.to_owned()),
            scenario: "guide".to_owned(),
            channel: ChannelId("pc".to_owned()),
            item: None,
            account: None,
            shown_name: None,
            checks: Vec::new(),
            started: DateTime::parse_from_rfc3339("2026-11-23T02:00:00+08:00").unwrap(),
            steps: Vec::new(),
            captures: Vec::new(),
            dialogue: Vec::new(),
            ending: Ending::Completed,
        }
    }

    pub(in crate::store) fn step(said: &str) -> StepRecord {
        StepRecord {
            line: 3,
            said: said.to_owned(),
            at_ms: 10,
            took_ms: 5,
            locator: None,
            skipped: false,
            pressed: true,
        }
    }

    fn folder() -> (tempfile::TempDir, RunFolder) {
        let root = tempfile::tempdir().unwrap();
        let folder =
            RunFolder::create(root.path(), &run("20261123-020000-demo", "2026-11-23T02:00:00+08:00"))
                .unwrap();
        (root, folder)
    }

    fn capture(snapshot: &str, screenshot: Option<&str>) -> Capture {
        Capture {
            id: "one/1".to_owned(),
            what: ReadWhat::Guide,
            url: String::new(),
            at_ms: 0,
            snapshot: snapshot.to_owned(),
            screenshot: screenshot.map(str::to_owned),
        }
    }

    #[test]
    fn what_was_kept_is_read_back() {
        let (root, folder) = folder();
        let snapshot =
            Snapshot { url: "http://a/".to_owned(), title: "办事指南".to_owned(), ..Snapshot::default() };
        let id = VisitId("guide.pc.001".to_owned());
        let name = folder.keep_snapshot(&id, 1, &snapshot).unwrap();
        let image = folder.keep_screenshot(&id, 1, b"png").unwrap();
        assert_eq!((name.as_str(), image.as_str()), ("guide.pc.001/001.json", "guide.pc.001/001.png"));
        let again = RunFolder::open(folder.path()).unwrap();
        let capture = capture(&name, Some(&image));
        assert_eq!(again.snapshot(&capture).unwrap(), snapshot);
        assert_eq!(again.screenshot(&capture).unwrap().as_deref(), Some(b"png".as_slice()));
        assert_eq!(again.run().unwrap().id.0, "20261123-020000-demo");
        assert_eq!(again.outcome().unwrap(), None);
        let leftovers = fs::read_dir(folder.path())
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".zoutong"));
        assert_eq!(leftovers.count(), 0);
        assert!(root.path().join("runs/20261123-020000-demo/evidence/guide.pc.001/001.json").is_file());
    }

    #[test]
    fn odd_names_are_refused() {
        let (root, folder) = folder();
        for name in
            ["", ".", "..", "../x", "a/b", "A", "a b", "a\0", "-rf", "a.", "指南", "c:x", &"a".repeat(300)]
        {
            let kept = folder.keep_snapshot(&VisitId(name.to_owned()), 1, &Snapshot::default());
            assert!(matches!(kept, Err(StoreError::Name(_))), "{name:?}");
            let created = RunFolder::create(root.path(), &run(name, "2026-11-23T02:00:00+08:00"));
            assert!(matches!(created, Err(StoreError::Name(_))), "{name:?}");
        }
        for name in ["../run.json", "/etc/passwd", "one/../../run.json", "one//x", ""] {
            assert!(matches!(folder.evidence(name), Err(StoreError::Name(_))), "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_are_not_followed() {
        let (root, folder) = folder();
        fs::write(root.path().join("secret.json"), "{}").unwrap();
        std::os::unix::fs::symlink(root.path(), folder.path().join("evidence/one")).unwrap();
        assert!(matches!(folder.evidence("one/secret.json"), Err(StoreError::Outside(_))));
        let kept = folder.keep_snapshot(&VisitId("one".to_owned()), 1, &Snapshot::default());
        assert!(matches!(kept, Err(StoreError::Outside(_))));
    }

    #[test]
    fn a_run_is_created_once_and_only_runs_are_opened() {
        let (root, folder) = folder();
        let again = RunFolder::create(root.path(), &run("20261123-020000-demo", "2026-11-23T02:00:00+08:00"));
        assert!(matches!(again, Err(StoreError::Exists(path)) if path == folder.path()));
        assert!(matches!(RunFolder::open(root.path()), Err(StoreError::NoRun(_))));
    }

    #[test]
    fn errors_name_the_path_in_chinese() {
        let (_root, folder) = folder();
        fs::write(folder.path().join("findings.json"), "{").unwrap();
        let error = folder.outcome().unwrap_err();
        assert!(error.to_string().ends_with("findings.json 的内容不是本程序的格式"), "{error}");
        assert!(error.hint().is_some());
    }
}
