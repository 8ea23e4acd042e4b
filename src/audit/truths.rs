//! Folders of saved pages with a truth beside each (`NAME.truth.json` beside `NAME.html`): read and scored.

use std::path::{Path, PathBuf};

use super::error::AuditError;
use super::pages::read_file;
use super::score::{PageScore, Score, Truth, score};

/// What a truth's file name ends with.
const ENDING: &str = ".truth.json";
/// What the page beside it may end with; `.json` is a snapshot from an evidence folder.
const PAGES: &[&str] = &["html", "htm", "shtml", "jsp", "json"];
/// Folders inside folders are looked into this deep.
const DEEPEST: usize = 8;

/// Reads every page of a folder that has a truth beside it and scores the readings, by file name.
///
/// # Errors
/// When the folder or a file cannot be read, a truth is malformed, its page is not there, or there is no truth at all.
pub fn score_folder(folder: &Path) -> Result<Score, AuditError> {
    let mut truths = Vec::new();
    collect(folder, DEEPEST, &mut truths)?;
    if truths.is_empty() {
        return Err(AuditError::NoTruth(folder.display().to_string()));
    }
    truths.sort();
    let pages: Result<Vec<PageScore>, AuditError> = truths.iter().map(|truth| score_file(truth)).collect();
    Ok(Score::of(pages?))
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), AuditError> {
    let entries = std::fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
    for entry in entries {
        let path = entry.map_err(|source| unreadable(folder, source))?.path();
        if path.is_dir() && depth > 0 {
            collect(&path, depth - 1, found)?;
        } else if path.to_string_lossy().ends_with(ENDING) {
            found.push(path);
        }
    }
    Ok(())
}

fn score_file(path: &Path) -> Result<PageScore, AuditError> {
    let bytes = std::fs::read(path).map_err(|source| unreadable(path, source))?;
    let shown = path.display().to_string();
    let truth: Truth = serde_json::from_slice(&bytes)
        .map_err(|source| AuditError::TruthFile { path: shown.clone(), source })?;
    let stem = shown.trim_end_matches(ENDING);
    let page = PAGES
        .iter()
        .map(|ending| PathBuf::from(format!("{stem}.{ending}")))
        .find(|page| page.is_file())
        .ok_or_else(|| AuditError::NoPage(shown.clone()))?;
    let reading = read_file(&page)?;
    let name =
        Path::new(stem).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(score(&name, &truth, &reading.guide))
}

fn unreadable(path: &Path, source: std::io::Error) -> AuditError {
    AuditError::PageFile { path: path.display().to_string(), source }
}
