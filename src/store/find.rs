//! Runs by the names that people type.

use std::fs;
use std::path::{Path, PathBuf};

use super::StoreError;

/// The folders of all runs under a root, the oldest first (ids begin with the time).
pub fn run_folders(root: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let runs = root.join("runs");
    let entries = match fs::read_dir(&runs) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::read(&runs)(error)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.map_err(StoreError::read(&runs))?.path();
        if path.join("run.json").is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// The folder of the run that a person means: its id, the beginning of its id, `latest` or `最近`, or a path.
///
/// # Errors
/// [`StoreError::NotFound`], or [`StoreError::Ambiguous`] when several ids begin like that.
pub fn find_run(root: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let missing = || StoreError::NotFound { name: name.to_owned(), path: root.join("runs") };
    let mut folders = run_folders(root)?;
    if matches!(name, "latest" | "最近") {
        return folders.pop().ok_or_else(missing);
    }
    if let Some(exact) = folders.iter().find(|folder| id(folder) == name) {
        return Ok(exact.clone());
    }
    if Path::new(name).join("run.json").is_file() && !name.is_empty() {
        return Ok(PathBuf::from(name));
    }
    folders.retain(|folder| !name.is_empty() && id(folder).starts_with(name));
    match folders.as_slice() {
        [] => Err(missing()),
        [only] => Ok(only.clone()),
        several => Err(StoreError::Ambiguous {
            name: name.to_owned(),
            candidates: several.iter().rev().take(5).map(|folder| id(folder).to_owned()).collect(),
        }),
    }
}

fn id(folder: &Path) -> &str {
    folder.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::RunFolder;
    use crate::store::folder::tests::run;

    #[test]
    fn a_run_is_found_by_id_prefix_path_and_as_the_latest() {
        let root = tempfile::tempdir().unwrap();
        assert!(matches!(find_run(root.path(), "最近"), Err(StoreError::NotFound { .. })));
        for id in ["20261122-020000-demo", "20261123-020000-demo", "20261123-020000-demo-2"] {
            RunFolder::create(root.path(), &run(id, "2026-11-23T02:00:00+08:00")).unwrap();
        }
        let found = |name: &str| {
            find_run(root.path(), name).map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        };
        assert_eq!(found("latest").unwrap(), "20261123-020000-demo-2");
        assert_eq!(found("20261123-020000-demo").unwrap(), "20261123-020000-demo");
        assert_eq!(found("20261122").unwrap(), "20261122-020000-demo");
        let path = root.path().join("runs/20261122-020000-demo");
        assert_eq!(found(&path.to_string_lossy()).unwrap(), "20261122-020000-demo");
        assert!(
            matches!(found("20261123"), Err(StoreError::Ambiguous { candidates, .. }) if candidates.len() == 2)
        );
        assert!(matches!(found(""), Err(StoreError::NotFound { .. })));
        assert!(matches!(found("../runs"), Err(StoreError::NotFound { .. })));
    }
}
