//! Finding a kept run by what a person calls it.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::folder::RUNS;

/// The word for the newest run.
pub const LATEST: &str = "最近";

/// The folder of the run that is called `name`: its id, the unique beginning of one, `最近`, or a path.
///
/// # Errors
/// When there is none, or several fit.
pub fn find_run(reports: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let given = Path::new(name);
    if given.join("run.json").is_file() {
        return Ok(given.to_owned());
    }
    let runs = reports.join(RUNS);
    let mut ids = run_ids(&runs);
    let none = || StoreError::NoRun { name: name.to_owned(), path: runs.clone() };
    if name == LATEST || name == "latest" {
        return ids.pop().map(|id| runs.join(id)).ok_or_else(none);
    }
    let fitting: Vec<&String> = ids.iter().filter(|id| id.starts_with(name)).collect();
    match fitting.as_slice() {
        [] => Err(none()),
        [id] => Ok(runs.join(id)),
        several => match several.iter().find(|id| id.as_str() == name) {
            Some(id) => Ok(runs.join(id)),
            None => Err(StoreError::SeveralRuns {
                name: name.to_owned(),
                fitting: several.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("、"),
            }),
        },
    }
}

/// The ids of all runs, oldest first (ids begin with the date).
pub(super) fn run_ids(runs: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(runs) else { return Vec::new() };
    let mut ids: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("run.json").is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    ids.sort();
    ids
}
