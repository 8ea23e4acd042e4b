//! What `zoutong init` writes: a small commented project to begin with.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The files of a new project: name and content.
const FILES: [(&str, &str); 6] = [
    ("portal.yaml", include_str!("starter/portal.yaml")),
    ("items.yaml", include_str!("starter/items.yaml")),
    ("accounts.yaml", include_str!("starter/accounts.yaml")),
    ("guide-consistency.yaml", include_str!("starter/guide-consistency.yaml")),
    ("schema.json", include_str!("../../scenarios/schema.json")),
    ("portal.schema.json", include_str!("../../scenarios/portal.schema.json")),
];

/// Why a new project could not be written.
#[derive(Debug, thiserror::Error)]
pub enum StarterError {
    /// A file of that name is there; nothing was written.
    #[error("{} 已经存在，没有改动任何文件", .0.display())]
    Exists(PathBuf),
    /// A folder or file could not be written.
    #[error("写不了 {}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Writes the files of a new project into a folder, which is made when it is not there; gives their paths.
///
/// # Errors
/// When one of the files exists already (then nothing is written), or when writing fails.
pub fn new_project(folder: &Path) -> Result<Vec<PathBuf>, StarterError> {
    let paths: Vec<PathBuf> = FILES.iter().map(|(name, _)| folder.join(name)).collect();
    if let Some(path) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(StarterError::Exists(path.clone()));
    }
    std::fs::create_dir_all(folder)
        .map_err(|source| StarterError::Write { path: folder.to_owned(), source })?;
    for (path, (_, content)) in paths.iter().zip(FILES) {
        // `create_new` refuses a file that somebody else has made meanwhile.
        let written = OpenOptions::new().write(true).create_new(true).open(path);
        written
            .and_then(|mut file| file.write_all(content.as_bytes()))
            .map_err(|source| StarterError::Write { path: path.clone(), source })?;
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::super::{Variables, lint, load};
    use super::*;

    #[test]
    fn a_new_project_loads_with_nothing_but_gaps_to_fill() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("新项目");
        assert_eq!(new_project(&folder).unwrap().len(), FILES.len());
        let report = lint(&folder, &Variables::new());
        assert!(report.is_clean(), "{}", report.render(false));
        assert!(!load(&folder, &Variables::new()).unwrap().notes.is_empty());
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("items.yaml"), "我的").unwrap();
        assert!(matches!(new_project(folder.path()), Err(StarterError::Exists(_))));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(std::fs::read_to_string(folder.path().join("items.yaml")).unwrap(), "我的");
    }
}
