//! 历史记录: an index over the runs, in SQLite. It can be deleted at any time: the folders are the truth.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, Transaction, params};

use crate::model::{Finding, Outcome, RunId, Severity};

use super::{RunFolder, StoreError, file, run_folders};

/// The version of the tables below. An older database is rebuilt, a newer one refused.
const VERSION: i64 = 1;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

const TABLES: &str = "
    CREATE TABLE schema (version INTEGER NOT NULL);
    CREATE TABLE runs (
        id TEXT PRIMARY KEY,
        portal TEXT NOT NULL,
        started TEXT NOT NULL,
        started_ms INTEGER NOT NULL,
        ended TEXT,
        major INTEGER NOT NULL,
        minor INTEGER NOT NULL,
        note INTEGER NOT NULL,
        fixed INTEGER NOT NULL,
        unseen INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX runs_of_portal ON runs (portal, started_ms);
    CREATE TABLE findings (
        run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        finding TEXT NOT NULL,
        PRIMARY KEY (run, place)
    ) WITHOUT ROWID;
";

/// The history of all runs under one root. May be shared by threads.
#[derive(Debug)]
pub struct History {
    path: PathBuf,
    connection: Mutex<Connection>,
    notes: Vec<String>,
}

/// One line of the list of runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    /// Its name.
    pub id: RunId,
    /// The portal's name.
    pub portal: String,
    /// When it began.
    pub started: DateTime<FixedOffset>,
    /// When it ended; `None` for a run that was killed.
    pub ended: Option<DateTime<FixedOffset>>,
    /// 严重 problems.
    pub major: usize,
    /// 一般 problems.
    pub minor: usize,
    /// 提示.
    pub note: usize,
    /// 已整改 since the run before it.
    pub fixed: usize,
    /// Lines of 未能核查.
    pub unseen: usize,
}

/// The run before another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Previous {
    /// Its line.
    pub run: RunLine,
    /// Its problems, in the order of its issue list.
    pub findings: Vec<Finding>,
}

impl History {
    /// Opens `<root>/zoutong.db`, creating it from the folders where it is missing, outdated or damaged; a damaged one is
    /// put aside. What had to be done is told by [`History::notes`].
    ///
    /// # Errors
    /// [`StoreError::NewerIndex`] when a newer program wrote it.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        file::create_folders(root)?;
        let path = root.join("zoutong.db");
        let mut notes = Vec::new();
        let (connection, version) = match connect(&path) {
            Ok(opened) => opened,
            Err(error) if is_damaged(&error) => {
                notes.push(put_aside(&path)?);
                connect(&path).map_err(StoreError::index(&path))?
            }
            Err(error) => return Err(StoreError::index(&path)(error)),
        };
        if let Some(version) = version.filter(|version| *version > VERSION) {
            return Err(StoreError::NewerIndex { path, version });
        }
        let history = Self { path, connection: Mutex::new(connection), notes };
        if version == Some(VERSION) { Ok(history) } else { history.created(root) }
    }

    /// Creates the tables and fills them, in one transaction, unless another process was faster.
    fn created(mut self, root: &Path) -> Result<Self, StoreError> {
        let folders = run_folders(root)?;
        let notes = self.within(|transaction| {
            if version(transaction)? == Some(VERSION) {
                return Ok(Vec::new());
            }
            transaction.execute_batch(
                "DROP TABLE IF EXISTS findings; DROP TABLE IF EXISTS runs; DROP TABLE IF EXISTS schema;",
            )?;
            transaction.execute_batch(TABLES)?;
            transaction.execute("INSERT INTO schema VALUES (?1)", [VERSION])?;
            fill(transaction, &folders)
        })?;
        self.notes.extend(notes);
        Ok(self)
    }

    /// What had to be mended when it was opened, in Chinese.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Records what a run came to; a run that is recorded again replaces its record.
    pub fn record(&self, outcome: &Outcome) -> Result<(), StoreError> {
        self.within(|transaction| insert(transaction, outcome))
    }

    /// The last run of the same portal that ended and began before a moment.
    pub fn before(
        &self,
        portal: &str,
        started: DateTime<FixedOffset>,
    ) -> Result<Option<Previous>, StoreError> {
        let connection = self.connection();
        let run = connection
            .query_row(
                "SELECT * FROM runs WHERE portal = ?1 AND started_ms < ?2 AND ended IS NOT NULL
                 ORDER BY started_ms DESC, id DESC LIMIT 1",
                params![portal, started.timestamp_millis()],
                line,
            )
            .optional()
            .map_err(StoreError::index(&self.path))?;
        let Some(run) = run else { return Ok(None) };
        let findings = findings(&connection, &run.id).map_err(StoreError::index(&self.path))?;
        Ok(Some(Previous { run, findings }))
    }

    /// All runs, the latest first.
    pub fn runs(&self) -> Result<Vec<RunLine>, StoreError> {
        let connection = self.connection();
        let read = || -> rusqlite::Result<Vec<RunLine>> {
            let mut statement = connection.prepare("SELECT * FROM runs ORDER BY started_ms DESC, id DESC")?;
            statement.query_map([], line)?.collect()
        };
        read().map_err(StoreError::index(&self.path))
    }

    /// Records every judged run under a root anew and forgets the others; gives notes on folders that could not be read.
    pub fn rebuild(&self, root: &Path) -> Result<Vec<String>, StoreError> {
        let folders = run_folders(root)?;
        self.within(|transaction| {
            transaction.execute_batch("DELETE FROM findings; DELETE FROM runs;")?;
            fill(transaction, &folders)
        })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn within<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let mut connection = self.connection();
        let run = || {
            // Immediate: two writers wait for each other instead of failing halfway.
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(StoreError::index(&self.path))
    }
}

/// Opens a database and looks whether it is sound; gives its version, `None` for an empty one.
fn connect(path: &Path) -> rusqlite::Result<(Connection, Option<i64>)> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch("PRAGMA foreign_keys = ON;")?;
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(damaged(verdict));
    }
    let version = version(&connection)?;
    Ok((connection, version))
}

fn version(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let tables: i64 = connection.query_row(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('schema', 'runs', 'findings')",
        [],
        |row| row.get(0),
    )?;
    match tables {
        0 => Ok(None),
        3 => connection.query_row("SELECT version FROM schema", [], |row| row.get(0)).optional(),
        _ => Err(damaged("缺少数据表".to_owned())),
    }
}

fn damaged(why: String) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), Some(why))
}

fn is_damaged(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Renames a damaged database; says so in Chinese.
fn put_aside(path: &Path) -> Result<String, StoreError> {
    let aside = (1_u32..1000)
        .map(|number| path.with_extension(format!("db.damaged-{number}")))
        .find(|aside| !aside.exists());
    let aside = aside.unwrap_or_else(|| path.with_extension("db.damaged"));
    std::fs::rename(path, &aside).map_err(StoreError::write(path))?;
    // A journal of the damaged database would be played into the new one.
    for ending in ["db-journal", "db-wal", "db-shm"] {
        let _ = std::fs::remove_file(path.with_extension(ending));
    }
    Ok(format!("历史记录已损坏，原文件改名为 {}，已用各批次的文件夹重建", aside.display()))
}

/// Records every judged run of these folders; gives notes on those that could not be read.
fn fill(transaction: &Transaction<'_>, folders: &[PathBuf]) -> rusqlite::Result<Vec<String>> {
    let mut notes = Vec::new();
    for path in folders {
        match RunFolder::open(path).and_then(|folder| folder.outcome()) {
            Ok(Some(outcome)) => insert(transaction, &outcome)?,
            Ok(None) => {}
            Err(error) => notes.push(format!("重建历史记录时跳过：{error}")),
        }
    }
    Ok(notes)
}

fn insert(transaction: &Transaction<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
    let run = &outcome.run;
    let of =
        |severity: Severity| outcome.issues.iter().filter(|issue| issue.finding.severity == severity).count();
    transaction.execute("DELETE FROM findings WHERE run = ?1", [&run.id.0])?;
    transaction.execute("DELETE FROM runs WHERE id = ?1", [&run.id.0])?;
    transaction.execute(
        "INSERT INTO runs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            run.id.0,
            run.portal,
            run.started.to_rfc3339(),
            run.started.timestamp_millis(),
            run.ended.map(|ended| ended.to_rfc3339()),
            whole(of(Severity::Major)),
            whole(of(Severity::Minor)),
            whole(of(Severity::Note)),
            whole(outcome.fixed.len()),
            whole(outcome.unseen.len()),
        ],
    )?;
    let mut statement = transaction.prepare_cached("INSERT INTO findings VALUES (?1, ?2, ?3, ?4)")?;
    for (place, issue) in outcome.issues.iter().enumerate() {
        let text = serde_json::to_string(&issue.finding)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        statement.execute(params![run.id.0, whole(place), issue.finding.fingerprint, text])?;
    }
    Ok(())
}

/// A count as SQLite keeps it.
fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn findings(connection: &Connection, run: &RunId) -> rusqlite::Result<Vec<Finding>> {
    let mut statement =
        connection.prepare_cached("SELECT finding FROM findings WHERE run = ?1 ORDER BY place")?;
    statement.query_map([&run.0], |row| json(row, 0))?.collect()
}

fn json(row: &Row<'_>, column: usize) -> rusqlite::Result<Finding> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| unreadable(column, error))
}

fn line(row: &Row<'_>) -> rusqlite::Result<RunLine> {
    let number = |name: &str| row.get::<_, i64>(name).map(|number| usize::try_from(number).unwrap_or(0));
    let time = |text: &str| DateTime::parse_from_rfc3339(text).map_err(|error| unreadable(2, error));
    Ok(RunLine {
        id: RunId(row.get("id")?),
        portal: row.get("portal")?,
        started: time(&row.get::<_, String>("started")?)?,
        ended: row.get::<_, Option<String>>("ended")?.map(|text| time(&text)).transpose()?,
        major: number("major")?,
        minor: number("minor")?,
        note: number("note")?,
        fixed: number("fixed")?,
        unseen: number("unseen")?,
    })
}

fn unreadable(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Issue, Kind, Trend};
    use crate::store::folder::tests::run;

    fn outcome(id: &str, started: &str, ended: bool, fingerprints: &[&str]) -> Outcome {
        let mut run = run(id, started);
        run.ended = ended.then_some(run.started);
        let issue = |fingerprint: &&str| Issue {
            finding: Finding {
                fingerprint: (*fingerprint).to_owned(),
                check: "guide.consistency".to_owned(),
                item: "居民身份证换领".to_owned(),
                channels: Vec::new(),
                element: "place".to_owned(),
                kind: Kind::Differs,
                rule: None,
                severity: Severity::Major,
                message: "办理地点不一致。".to_owned(),
                advice: String::new(),
                sayings: BTreeMap::new(),
            },
            trend: Trend::New,
        };
        Outcome {
            run,
            coverage: Vec::new(),
            issues: fingerprints.iter().map(issue).collect(),
            fixed: Vec::new(),
            unseen: Vec::new(),
            sheets: Vec::new(),
            visits: (1, 1),
        }
    }

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn three_nights(root: &Path) -> Vec<Outcome> {
        let outcomes = vec![
            outcome("20261121-020000", "2026-11-21T02:00:00+08:00", true, &["b", "a"]),
            outcome("20261122-020000", "2026-11-22T02:00:00+08:00", false, &["c"]),
            outcome("20261123-020000", "2026-11-23T02:00:00+08:00", true, &[]),
        ];
        for outcome in &outcomes {
            RunFolder::create(root, &outcome.run).unwrap().write_outcome(outcome).unwrap();
        }
        outcomes
    }

    #[test]
    fn the_run_before_is_the_last_one_that_ended() {
        let root = tempfile::tempdir().unwrap();
        let history = History::open(root.path()).unwrap();
        for outcome in three_nights(root.path()) {
            history.record(&outcome).unwrap();
            history.record(&outcome).unwrap();
        }
        let before = history.before("晋城政务", at("2026-11-23T02:00:00+08:00")).unwrap().unwrap();
        assert_eq!((before.run.id.0.as_str(), before.run.major), ("20261121-020000", 2));
        let prints: Vec<&str> = before.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        assert_eq!(prints, ["b", "a"]);
        assert_eq!(history.before("晋城政务", at("2026-11-21T02:00:00+08:00")).unwrap(), None);
        assert_eq!(history.before("另一门户", at("2026-11-24T02:00:00+08:00")).unwrap(), None);
        assert_eq!(history.runs().unwrap().len(), 3);
    }

    #[test]
    fn a_history_that_was_lost_is_rebuilt_as_it_was_recorded() {
        let root = tempfile::tempdir().unwrap();
        let recorded = History::open(root.path()).unwrap();
        for outcome in three_nights(root.path()) {
            recorded.record(&outcome).unwrap();
        }
        let before = recorded.before("晋城政务", at("2026-11-30T02:00:00+08:00")).unwrap();
        let runs = recorded.runs().unwrap();
        drop(recorded);
        std::fs::remove_file(root.path().join("zoutong.db")).unwrap();
        let rebuilt = History::open(root.path()).unwrap();
        assert_eq!(rebuilt.runs().unwrap(), runs);
        assert_eq!(rebuilt.before("晋城政务", at("2026-11-30T02:00:00+08:00")).unwrap(), before);
        assert!(rebuilt.notes().is_empty());
    }

    #[test]
    fn a_damaged_history_is_put_aside_and_rebuilt_with_a_note() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("zoutong.db");
        three_nights(root.path());
        std::fs::write(&path, "这不是数据库".repeat(500)).unwrap();
        let history = History::open(root.path()).unwrap();
        assert_eq!((history.runs().unwrap().len(), history.notes().len()), (3, 1));
        assert!(root.path().join("zoutong.db.damaged-1").is_file());
        drop(history);
        let mut bytes = std::fs::read(&path).unwrap();
        let half = bytes.len() / 2;
        bytes[half..].fill(0xff);
        std::fs::write(&path, bytes).unwrap();
        let history = History::open(root.path()).unwrap();
        assert_eq!((history.runs().unwrap().len(), history.notes().len()), (3, 1));
        assert!(root.path().join("zoutong.db.damaged-2").is_file());
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_noted_and_a_newer_history_refused() {
        let root = tempfile::tempdir().unwrap();
        three_nights(root.path());
        std::fs::write(root.path().join("runs/20261122-020000/findings.json"), "{").unwrap();
        let history = History::open(root.path()).unwrap();
        assert_eq!((history.runs().unwrap().len(), history.notes().len()), (2, 1));
        history
            .within(|transaction| transaction.execute("UPDATE schema SET version = 99", []).map(drop))
            .unwrap();
        drop(history);
        assert!(matches!(History::open(root.path()), Err(StoreError::NewerIndex { version: 99, .. })));
    }

    #[test]
    fn two_programs_record_at_the_same_time() {
        let root = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let root = root.path();
                scope.spawn(move || {
                    let history = History::open(root).unwrap();
                    for number in 0..5 {
                        let id = format!("run-{thread}-{number}");
                        history.record(&outcome(&id, "2026-11-23T02:00:00+08:00", true, &["a"])).unwrap();
                    }
                });
            }
        });
        assert_eq!(History::open(root.path()).unwrap().runs().unwrap().len(), 20);
    }
}
