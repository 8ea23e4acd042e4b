//! 封存: the SHA-256 of every file of a run, in the form that `sha256sum -c` reads, so that anybody can see later whether the
//! evidence is still what was kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::StoreError;
use super::folder::{RunFolder, write_whole};

/// Name of the list inside the run folder.
pub const SEAL: &str = "manifest.sha256";
/// What judging writes; all else was kept while walking and never changes again.
const JUDGEMENT: [&str; 2] = ["findings.json", "report/"];
/// How much of a file is read at once.
const PIECE: usize = 64 * 1024;
/// Folders in folders no deeper than this; a run has three levels.
const DEEPEST: usize = 8;

/// What became of a sealed folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SealCheck {
    /// How many files the list names.
    pub files: usize,
    /// SHA-256 of the list itself: who wrote it down can tell that the list is the old one.
    pub fingerprint: String,
    /// Files with other content than was sealed.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub missing: Vec<String>,
    /// Files that were not there when the folder was sealed.
    pub added: Vec<String>,
}

impl SealCheck {
    /// Whether everything is as it was.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.added.is_empty()
    }
}

impl RunFolder {
    /// Seals everything that lies in the folder.
    ///
    /// # Errors
    /// When a file cannot be read or the list not be written.
    pub fn seal(&self) -> Result<(), StoreError> {
        let list = files(self.path())?
            .into_iter()
            .map(|name| Ok((digest(&self.path().join(&name))?, name)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        self.write_seal(list.into_iter().map(|(digest, name)| (name, digest)).collect())
    }

    /// Seals a new judgement of a sealed run; what was kept while walking stays sealed as it was. Nothing happens to a run that
    /// is not sealed.
    ///
    /// # Errors
    /// When a file cannot be read or the list not be written.
    pub fn seal_judgement(&self) -> Result<(), StoreError> {
        let Some(mut list) = self.read_seal()? else { return Ok(()) };
        list.retain(|name, _| !is_judgement(name));
        for name in files(self.path())?.into_iter().filter(|name| is_judgement(name)) {
            let digest = digest(&self.path().join(&name))?;
            list.insert(name, digest);
        }
        self.write_seal(list)
    }

    /// Holds the folder against its seal; `None` when it was never sealed.
    ///
    /// # Errors
    /// When the folder or its list cannot be read.
    pub fn check_seal(&self) -> Result<Option<SealCheck>, StoreError> {
        let Some(list) = self.read_seal()? else { return Ok(None) };
        let mut check = SealCheck {
            files: list.len(),
            fingerprint: digest(&self.path().join(SEAL))?,
            ..SealCheck::default()
        };
        let present = files(self.path())?;
        check.added = present.iter().filter(|name| !list.contains_key(*name)).cloned().collect();
        for (name, sealed) in list {
            if !present.contains(&name) {
                check.missing.push(name);
            } else if digest(&self.path().join(&name))? != sealed {
                check.changed.push(name);
            }
        }
        Ok(Some(check))
    }

    fn read_seal(&self) -> Result<Option<BTreeMap<String, String>>, StoreError> {
        let path = self.path().join(SEAL);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(
                text.lines()
                    .filter_map(|line| line.split_once("  "))
                    .map(|(digest, name)| (name.to_owned(), digest.to_owned()))
                    .collect(),
            )),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError::Read { path, source }),
        }
    }

    fn write_seal(&self, list: BTreeMap<String, String>) -> Result<(), StoreError> {
        let text = list.into_iter().fold(String::new(), |mut text, (name, digest)| {
            let _ = writeln!(text, "{digest}  {name}");
            text
        });
        write_whole(&self.path().join(SEAL), text.as_bytes())
    }
}

fn is_judgement(name: &str) -> bool {
    JUDGEMENT.iter().any(|part| name == *part || part.ends_with('/') && name.starts_with(part))
}

/// The names of all files below a folder, `/` between the parts, sorted; links are not followed.
fn files(folder: &Path) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    let mut open: Vec<(PathBuf, String, usize)> = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((path, prefix, depth)) = open.pop() {
        let refused = |source| StoreError::Read { path: path.clone(), source };
        for entry in fs::read_dir(&path).map_err(refused)? {
            let entry = entry.map_err(refused)?;
            let kind = entry.file_type().map_err(refused)?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if kind.is_dir() && depth < DEEPEST {
                open.push((entry.path(), format!("{name}/"), depth + 1));
            } else if kind.is_file() && name != SEAL && !name.contains('\n') {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}

fn digest(path: &Path) -> Result<String, StoreError> {
    let refused = |source| StoreError::Read { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(refused)?;
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        match file.read(&mut piece).map_err(refused)? {
            0 => break,
            read => hash.update(piece.get(..read).unwrap_or_default()),
        }
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::model::{Run, RunId};

    fn sealed() -> (tempfile::TempDir, RunFolder) {
        let reports = tempfile::tempdir().unwrap();
        let run = Run {
            id: RunId("20261125-080000-000".into()),
            portal: "测试门户".into(),
            started: "2026-11-25T08:00:00+08:00".parse().unwrap(),
            ended: None,
            version: "0.1.0".into(),
            channels: Vec::new(),
            items: Vec::new(),
            scenarios: BTreeMap::new(),
            files: BTreeMap::new(),
            portal_file: None,
        };
        let folder = RunFolder::create(reports.path(), &run).unwrap();
        for (name, text) in [
            ("evidence/guides.pc.00001/1.json", "{}"),
            ("report/问题清单.xlsx", "一"),
            ("findings.json", "[]"),
        ] {
            write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        folder.seal().unwrap();
        (reports, folder)
    }

    fn write(folder: &RunFolder, name: &str, text: &str) {
        write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
    }

    #[test]
    fn a_folder_is_as_it_was_until_somebody_touches_it() {
        let (_reports, folder) = sealed();
        let check = folder.check_seal().unwrap().unwrap();
        assert!(check.is_intact() && check.files == 4, "{check:?}");
        write(&folder, "evidence/guides.pc.00001/1.json", "{ }");
        write(&folder, "evidence/new.json", "{}");
        fs::remove_file(folder.path().join("report/问题清单.xlsx")).unwrap();
        let check = folder.check_seal().unwrap().unwrap();
        assert_eq!(check.changed, ["evidence/guides.pc.00001/1.json"]);
        assert_eq!(
            (check.missing, check.added),
            (vec!["report/问题清单.xlsx".to_owned()], vec!["evidence/new.json".to_owned()])
        );
    }

    #[test]
    fn a_new_judgement_does_not_make_changed_evidence_good() {
        let (_reports, folder) = sealed();
        write(&folder, "evidence/guides.pc.00001/1.json", "{ }");
        write(&folder, "findings.json", "[1]");
        folder.seal_judgement().unwrap();
        let check = folder.check_seal().unwrap().unwrap();
        assert_eq!(check.changed, ["evidence/guides.pc.00001/1.json"]);
        assert!(check.missing.is_empty() && check.added.is_empty());
    }

    #[test]
    fn the_list_is_one_that_others_can_check() {
        let (_reports, folder) = sealed();
        let others =
            Command::new("sha256sum").args(["--check", "--strict", SEAL]).current_dir(folder.path()).output();
        assert!(others.unwrap().status.success());
        fs::remove_file(folder.path().join(SEAL)).unwrap();
        assert_eq!(folder.check_seal().unwrap(), None);
    }
}
