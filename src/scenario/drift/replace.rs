//! Puts a changed file in the place of the old one: linted before, whole at once.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::scenario::error::ScenarioErrors;
use crate::scenario::folder::Survey;
use crate::scenario::template::Variables;

/// Why a file was left as it is.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The changed file would be wrong.
    #[error("改过之后的文件有错误，没有写入")]
    Wrong(#[source] ScenarioErrors),
    /// The file is not what it was when the change was made.
    #[error("{0} 刚刚又被改过，没有写入")]
    Changed(String),
    /// The system refused.
    #[error("写不进 {path}")]
    System {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Writes `new` in the place of `old` (both without byte-order mark; the file keeps the one it has).
///
/// # Errors
/// When the result does not lint, the file is not `old` any more, or it cannot be written. It is then left as it is.
pub fn replace(path: &Path, old: &str, new: &str, variables: &Variables) -> Result<(), Refused> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The survey names files as the folder lists them.
    let listed = folder.join(path.file_name().unwrap_or_default());
    let instead = BTreeMap::from([(listed.clone(), new.to_owned())]);
    let survey = Survey::with(folder, variables, instead);
    let name = listed.display().to_string();
    let errors: Vec<_> = survey.errors.into_iter().filter(|error| error.place.file == name).collect();
    if !errors.is_empty() {
        return Err(Refused::Wrong(ScenarioErrors(errors)));
    }
    // A link stays a link: what it leads to is written.
    let refused = |source| Refused::System { path: path.to_owned(), source };
    let target = fs::canonicalize(path).map_err(refused)?;
    let before = fs::read(&target).map_err(refused)?;
    let mark: &[u8] = if before.starts_with(b"\xEF\xBB\xBF") { b"\xEF\xBB\xBF" } else { b"" };
    if before.get(mark.len()..) != Some(old.as_bytes()) {
        return Err(Refused::Changed(path.display().to_string()));
    }
    write(&target, &[mark, new.as_bytes()].concat()).map_err(refused)
}

/// Written beside its place, with the same permissions, and then moved there.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.set_permissions(fs::metadata(path)?.permissions())?;
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, path));
    if moved.is_err() {
        // Nothing of ours is to stay behind; that this fails too cannot be helped.
        let _ = fs::remove_file(&beside);
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "scenario: a\ntitle: 甲\nsteps:\n  - tap: [css=#a, text=乙]\n";

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let portal = "portal: 门户\nhosts: [127.0.0.1]\nchannels:\n  pc: { name: PC端, home: \"http://127.0.0.1/\" }\n";
        fs::write(folder.path().join("portal.yaml"), portal).unwrap();
        let file = folder.path().join("a.yaml");
        fs::write(&file, OLD).unwrap();
        (folder, file)
    }

    #[test]
    fn a_change_that_lints_is_written_and_nothing_else_is_left_behind() {
        let (folder, file) = folder();
        let new = OLD.replace("[css=#a, text=乙]", "[text=乙, css=#a]");
        replace(&file, OLD, &new, &Variables::new()).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), new);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_change_that_does_not_lint_is_refused_and_the_file_stays() {
        let (_folder, file) = folder();
        let new = OLD.replace("tap:", "tpa:");
        assert!(matches!(replace(&file, OLD, &new, &Variables::new()), Err(Refused::Wrong(_))));
        assert_eq!(fs::read_to_string(&file).unwrap(), OLD);
    }

    #[test]
    fn a_file_that_somebody_changed_in_between_is_left_alone() {
        let (_folder, file) = folder();
        fs::write(&file, format!("{OLD}  - shot\n")).unwrap();
        assert!(matches!(replace(&file, OLD, OLD, &Variables::new()), Err(Refused::Changed(_))));
    }

    #[test]
    fn a_byte_order_mark_stays() {
        let (_folder, file) = folder();
        fs::write(&file, format!("\u{feff}{OLD}")).unwrap();
        let new = OLD.replace("[css=#a, text=乙]", "[text=乙, css=#a]");
        replace(&file, OLD, &new, &Variables::new()).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("\u{feff}{new}"));
    }
}
