//! The index over all runs, in SQLite: what was found when. It can be rebuilt from the folders at any time.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::folder::{RUNS, read_json};
use super::whereabouts::run_ids;
use crate::model::{Finding, Outcome, RunId};

const FILE: &str = "zoutong.db";
/// The shape of the tables below; another number means another program wrote them.
const SCHEMA: i64 = 1;
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS run (
        id TEXT PRIMARY KEY, portal TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER,
        problems INTEGER NOT NULL, unseen INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS finding (
        run TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE, fingerprint TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (run, fingerprint)
    );
    CREATE INDEX IF NOT EXISTS run_of_portal ON run (portal, started);
";

/// The index, open.
#[derive(Debug)]
pub struct History {
    path: PathBuf,
    connection: Connection,
}

/// The run before, as far as a comparison needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Previous {
    /// Its name.
    pub run: RunId,
    /// What it found.
    pub findings: Vec<Finding>,
}

impl History {
    /// Opens the index of a reports folder; one that is damaged or of another version is rebuilt from the folders.
    ///
    /// # Errors
    /// When it can be neither opened nor made anew.
    pub fn open(reports: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(reports)
            .map_err(|source| StoreError::Write { path: reports.to_owned(), source })?;
        let path = reports.join(FILE);
        match Self::connect(&path) {
            Ok(history) => Ok(history),
            Err(_) => Self::rebuild(reports),
        }
    }

    /// Makes the index anew from the run folders; the old file is kept beside it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn rebuild(reports: &Path) -> Result<Self, StoreError> {
        let path = reports.join(FILE);
        if path.exists() {
            std::fs::rename(&path, path.with_extension("db.damaged"))
                .map_err(|source| StoreError::Write { path: path.clone(), source })?;
        }
        let mut history = Self::connect(&path).map_err(|source| StoreError::Index { path, source })?;
        let runs = reports.join(RUNS);
        for id in run_ids(&runs) {
            // A run that was never judged has nothing to index.
            if let Ok(outcome) = read_json::<Outcome>(&runs.join(id).join("findings.json")) {
                history.record(&outcome)?;
            }
        }
        Ok(history)
    }

    fn connect(path: &Path) -> Result<Self, rusqlite::Error> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version != 0 && version != SCHEMA {
            return Err(rusqlite::Error::InvalidQuery);
        }
        connection.execute_batch(TABLES)?;
        connection.pragma_update(None, "user_version", SCHEMA)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Self { path: path.to_owned(), connection })
    }

    /// Enters a run, or what it came to when judged again.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn record(&mut self, outcome: &Outcome) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.enter(outcome).map_err(|source| StoreError::Index { path, source })
    }

    fn enter(&mut self, outcome: &Outcome) -> Result<(), rusqlite::Error> {
        let run = &outcome.run;
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM run WHERE id = ?1", [&run.id.0])?;
        let unseen = outcome.unseen.iter().filter(|unseen| unseen.incomplete).count();
        transaction.execute(
            "INSERT INTO run (id, portal, started, ended, problems, unseen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                run.id.0,
                run.portal,
                run.started.timestamp_millis(),
                run.ended.map(|ended| ended.timestamp_millis()),
                i64::try_from(outcome.issues.len()).unwrap_or(i64::MAX),
                i64::try_from(unseen).unwrap_or(i64::MAX),
            ],
        )?;
        for issue in &outcome.issues {
            let body = serde_json::to_string(&issue.finding).unwrap_or_default();
            transaction.execute(
                "INSERT OR REPLACE INTO finding (run, fingerprint, body) VALUES (?1, ?2, ?3)",
                params![run.id.0, issue.finding.fingerprint, body],
            )?;
        }
        transaction.commit()
    }

    /// The last run of a portal that came to its end before `started`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn before(
        &self,
        portal: &str,
        started: DateTime<FixedOffset>,
    ) -> Result<Option<Previous>, StoreError> {
        self.look_back(portal, started.timestamp_millis())
            .map_err(|source| StoreError::Index { path: self.path.clone(), source })
    }

    fn look_back(&self, portal: &str, started: i64) -> Result<Option<Previous>, rusqlite::Error> {
        let run: Option<String> = self
            .connection
            .query_row(
                "SELECT id FROM run WHERE portal = ?1 AND started < ?2 AND ended IS NOT NULL
                 ORDER BY started DESC LIMIT 1",
                params![portal, started],
                |row| row.get(0),
            )
            .optional()?;
        let Some(run) = run else { return Ok(None) };
        let mut statement = self.connection.prepare("SELECT body FROM finding WHERE run = ?1")?;
        let bodies = statement.query_map([&run], |row| row.get::<_, String>(0))?;
        let mut findings = Vec::new();
        for body in bodies {
            findings.extend(serde_json::from_str::<Finding>(&body?).ok());
        }
        Ok(Some(Previous { run: RunId(run), findings }))
    }
}
