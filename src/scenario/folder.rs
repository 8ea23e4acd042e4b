//! A folder of scenario files: which file is what, and all of them together as a library.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::calls;
use super::convert;
use super::error::{Note, ScenarioError, ScenarioErrors};
use super::fault::{Fault, Mark};
use super::file::people::{AccountsFile, ItemsFile};
use super::file::portal::PortalFile;
use super::file::scenario::ScenarioFile;
use super::margin::{Margin, Mention};
use super::source::Source;
use super::template::Variables;
use super::yaml::{self, Node, Written};
use crate::model::{FileMark, Portal, Scenario};

/// The name of the portal file.
pub(super) const PORTAL_FILE: &str = "portal.yaml";

/// 场景库: everything that the files of one folder say.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    /// The portal with its items and accounts; what is not filled in yet is left out.
    pub portal: Portal,
    /// The scenarios in the order of their file names.
    pub scenarios: Vec<Scenario>,
    /// What is not filled in yet or was probably not meant.
    pub notes: Vec<Note>,
    /// The file that the portal was read from; `None` where it was made up.
    pub portal_file: Option<FileMark>,
}

/// What the files say, as far as they are right, and everything to be said about them.
pub(super) struct Survey {
    pub(super) sources: Vec<Source>,
    pub(super) portal: Option<Portal>,
    pub(super) scenarios: Vec<Scenario>,
    pub(super) errors: Vec<ScenarioError>,
    pub(super) notes: Vec<Note>,
    /// The file that the portal was read from.
    pub(super) portal_file: Option<FileMark>,
    /// Scenarios that others walk, by the file's name.
    mentions: Vec<(String, Mention)>,
    /// Texts that are taken instead of what stands in the files.
    instead: BTreeMap<PathBuf, String>,
}

/// Reads a folder: `portal.yaml`, the items and accounts that it names, and every other YAML file as a scenario.
///
/// # Errors
/// When anything is wrong in any file: all of it, in the order of files and lines.
pub fn load(folder: &Path, variables: &Variables) -> Result<Library, ScenarioErrors> {
    let survey = Survey::of(folder, variables);
    match survey.portal {
        Some(portal) if survey.errors.is_empty() => Ok(Library {
            portal,
            scenarios: survey.scenarios,
            notes: survey.notes,
            portal_file: survey.portal_file,
        }),
        _ => Err(ScenarioErrors(survey.errors)),
    }
}

/// Reads a portal file (or the one of a folder), and the items and accounts that it names; no scenario.
///
/// # Errors
/// When anything is wrong in any of these files: all of it, in the order of files and lines.
pub fn load_portal(path: &Path, variables: &Variables) -> Result<Library, ScenarioErrors> {
    let file = if path.is_dir() { path.join(PORTAL_FILE) } else { path.to_owned() };
    let mut survey = Survey::empty();
    survey.read_portal(&file, variables);
    match survey.portal {
        Some(portal) if survey.errors.is_empty() => Ok(Library {
            portal,
            scenarios: Vec::new(),
            notes: survey.notes,
            portal_file: survey.portal_file,
        }),
        _ => Err(ScenarioErrors(survey.errors)),
    }
}

impl Survey {
    pub(super) fn empty() -> Self {
        Self {
            sources: Vec::new(),
            portal: None,
            scenarios: Vec::new(),
            errors: Vec::new(),
            notes: Vec::new(),
            portal_file: None,
            mentions: Vec::new(),
            instead: BTreeMap::new(),
        }
    }

    /// Reads everything in a folder, going on after every mistake.
    pub(super) fn of(folder: &Path, variables: &Variables) -> Self {
        Self::with(folder, variables, BTreeMap::new())
    }

    /// The same with other texts in the place of some files.
    pub(super) fn with(folder: &Path, variables: &Variables, instead: BTreeMap<PathBuf, String>) -> Self {
        let mut survey = Self { instead, ..Self::empty() };
        let files = match yaml_files(folder) {
            Ok(files) => files,
            Err(error) => {
                survey.errors.push(error);
                return survey;
            }
        };
        let used = survey.read_portal(&folder.join(PORTAL_FILE), variables);
        for path in files.iter().filter(|path| !used.contains(path)) {
            survey.read_scenario(path, variables);
        }
        survey.check_calls();
        survey
    }

    fn source(&self, path: &Path) -> Result<Source, ScenarioError> {
        match self.instead.get(path) {
            Some(text) => Source::decode(path.display().to_string(), text.clone().into_bytes()),
            None => Source::read(path),
        }
    }

    /// Whether every scenario that is called is there, and none calls itself.
    pub(super) fn check_calls(&mut self) {
        self.errors.extend(calls::faults(&self.mentions, &self.scenarios, &self.sources));
    }

    /// Takes one file that was read; `convert` makes something of what it says.
    fn read<F: DeserializeOwned, T>(
        &mut self,
        source: Result<Source, ScenarioError>,
        convert: impl FnOnce(&F, &mut Margin<'_>) -> T,
    ) -> Option<T> {
        let source = match source {
            Ok(source) => source,
            Err(error) => {
                self.errors.push(error);
                return None;
            }
        };
        let mut margin = Margin::new(&source);
        let file: Option<F> = match Node::parse(&source) {
            Ok(node) => yaml::read(&node, &mut margin.errors),
            Err(fault) => {
                margin.wrong(fault);
                None
            }
        };
        let converted = file.map(|file| convert(&file, &mut margin));
        self.mentions.extend(margin.mentions().into_iter().map(|mention| (source.name.clone(), mention)));
        let (errors, notes) = margin.close();
        self.errors.extend(errors);
        self.notes.extend(notes);
        self.sources.push(source);
        converted
    }

    /// Reads the portal file and what it names; gives the paths, so that they are not taken for scenarios.
    pub(super) fn read_portal(&mut self, path: &Path, variables: &Variables) -> Vec<PathBuf> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let read = self.read(self.source(path), |file: &PortalFile, margin| {
            let mut beside =
                |name: &Option<Written<String>>| name.as_ref().and_then(|name| beside(folder, name, margin));
            let (items, accounts, baseline) =
                (beside(&file.items), beside(&file.accounts), beside(&file.baseline));
            let mut portal = convert::portal::portal(file, variables, margin);
            if let (Some(written), Some(path)) = (&file.baseline, baseline) {
                portal.standard.baseline = convert::standard::baseline(written, &path, margin);
            }
            let mark = FileMark { path: margin.source.name.clone(), sha256: margin.source.sha256() };
            (portal, items, accounts, mark)
        });
        let mut used = vec![path.to_owned(), folder.join("items.yaml"), folder.join("accounts.yaml")];
        let Some((mut portal, items, accounts, mark)) = read else { return used };
        self.portal_file = Some(mark);
        if let Some(path) = items {
            portal.items = self
                .read(self.source(&path), |file: &ItemsFile, margin| convert::people::items(file, margin))
                .unwrap_or_default();
            used.push(path);
        }
        if let Some(path) = accounts {
            portal.accounts = self
                .read(self.source(&path), |file: &AccountsFile, margin| {
                    convert::people::accounts(file, margin)
                })
                .unwrap_or_default();
            used.push(path);
        }
        self.portal = Some(portal);
        used
    }

    fn read_scenario(&mut self, path: &Path, variables: &Variables) {
        self.take_scenario(self.source(path), variables);
    }

    /// Takes a scenario file that was read, or came to be otherwise.
    pub(super) fn take_scenario(&mut self, source: Result<Source, ScenarioError>, variables: &Variables) {
        let portal = self.portal.take();
        let others: Vec<(String, String)> =
            self.scenarios.iter().map(|other| (other.id.clone(), other.file.clone())).collect();
        let read = self.read(source, |file: &ScenarioFile, margin| {
            if let Some((id, first)) = others.iter().find(|(id, _)| *id == file.scenario.value) {
                let fault = Fault::new(file.scenario.mark, format!("场景编号“{id}”已经用过"));
                margin.wrong(fault.hint(format!("{first} 用的也是这个编号，请换一个")));
            }
            convert::scenario::scenario(file, portal.as_ref(), variables, margin)
        });
        self.portal = portal;
        self.scenarios.extend(read);
    }
}

/// The path of a file that the portal file names: beside it, never anywhere else on the disk.
fn beside(folder: &Path, name: &Written<String>, margin: &mut Margin<'_>) -> Option<PathBuf> {
    let text = name.value.trim();
    if text.is_empty() || text.contains(['/', '\\', ':']) || text.starts_with('.') {
        let fault = Fault::new(name.mark, format!("“{text}”不是文件名"));
        margin.wrong(fault.hint("只写同一个文件夹里的文件名，例如：items.yaml"));
        return None;
    }
    Some(folder.join(text))
}

/// The YAML files of a folder by name; hidden ones are left alone.
pub(super) fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, ScenarioError> {
    let unreadable = |_| {
        let fault = Fault::new(Mark::FILE, "打不开这个文件夹").hint("请检查文件夹的名字和权限");
        ScenarioError::of_file(&folder.display().to_string(), &fault)
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
        if is_yaml && !hidden && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
