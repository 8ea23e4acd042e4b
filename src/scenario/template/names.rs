//! Which names exist, without their values: enough to check a file before anything is walked.

use std::collections::{BTreeSet, HashSet};

use super::error::TemplateError;
use super::scope::Variables;

const ITEM_FIELDS: [&str; 5] = ["name", "colloquial", "code", "audience", "certificate"];
const ACCOUNT_FIELDS: [&str; 5] = ["name", "user", "password", "shown_name", "audience"];

/// The names at the beginning of a path; everything else was kept by a step.
pub(crate) const ROOTS: [&str; 7] = ["item", "account", "row", "param", "loop", "var", "secret"];

/// The names that exist at one point of a scenario.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether one name exists")]
pub(crate) struct Names<'a> {
    pub(crate) item: bool,
    pub(crate) account: bool,
    /// The columns of the row, in a scenario that is repeated over a table.
    pub(crate) row: Option<BTreeSet<String>>,
    pub(crate) params: BTreeSet<String>,
    /// Whether steps are being repeated (`loop.index`).
    pub(crate) repeated: bool,
    pub(crate) variables: &'a Variables,
    pub(crate) kept: BTreeSet<String>,
    /// Whether names may have been kept that the file does not show (by a scenario that was called).
    pub(crate) open: bool,
}

impl<'a> Names<'a> {
    /// Only what the program gives.
    pub(crate) fn new(variables: &'a Variables) -> Self {
        Self {
            item: false,
            account: false,
            row: None,
            params: BTreeSet::new(),
            repeated: false,
            variables,
            kept: BTreeSet::new(),
            open: false,
        }
    }

    /// Whether a dotted path leads to something.
    fn check(&self, path: &str) -> Result<(), TemplateError> {
        let (root, field) = path.split_once('.').map_or((path, None), |(root, field)| (root, Some(field)));
        match (root, field) {
            ("item", Some(field)) if self.item => one_of(path, "item", field, ITEM_FIELDS),
            ("account", Some(field)) if self.account => one_of(path, "account", field, ACCOUNT_FIELDS),
            ("item", _) if !self.item => Err(TemplateError::NotRepeated { name: root.to_owned() }),
            ("account", _) if !self.account => Err(TemplateError::NotRepeated { name: root.to_owned() }),
            ("row", Some(field)) if let Some(columns) = &self.row => {
                one_of(path, "row", field, columns.iter().map(String::as_str))
            }
            ("row", _) if self.row.is_none() => Err(TemplateError::NotRepeated { name: root.to_owned() }),
            ("loop", _) if !self.repeated => Err(TemplateError::NotRepeated { name: root.to_owned() }),
            ("param", Some(_)) if self.params.is_empty() => {
                Err(TemplateError::NotRepeated { name: root.to_owned() })
            }
            ("param", Some(field)) => one_of(path, "param", field, self.params.iter().map(String::as_str)),
            ("loop", Some(field)) if self.repeated => one_of(path, "loop", field, ["index", "index0"]),
            ("var", Some(field)) => {
                one_of(path, "var", field, self.variables.plain.keys().map(String::as_str))
            }
            ("secret", Some(_)) | ("item" | "account" | "row" | "param" | "var" | "secret", None) => Ok(()),
            _ if self.kept.contains(root) || self.open => Ok(()),
            _ => Err(TemplateError::Unknown { name: root.to_owned(), known: self.roots() }),
        }
    }

    fn roots(&self) -> Vec<String> {
        let mut roots = vec!["var".to_owned(), "secret".to_owned()];
        roots.extend(self.item.then(|| "item".to_owned()));
        roots.extend(self.account.then(|| "account".to_owned()));
        roots.extend(self.row.is_some().then(|| "row".to_owned()));
        roots.extend((!self.params.is_empty()).then(|| "param".to_owned()));
        roots.extend(self.repeated.then(|| "loop".to_owned()));
        roots.extend(self.kept.iter().cloned());
        roots
    }
}

fn one_of<'a>(
    path: &str,
    root: &str,
    field: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Result<(), TemplateError> {
    let first = field.split('.').next().unwrap_or(field);
    let known: Vec<&str> = known.into_iter().collect();
    if known.contains(&first) {
        return Ok(());
    }
    let known = known.into_iter().map(|name| format!("{root}.{name}")).collect();
    Err(TemplateError::Unknown { name: path.to_owned(), known })
}

/// Checks every path, in the order of the alphabet, so that the same mistake always gives the same message.
pub(super) fn check_all(used: &HashSet<String>, names: &Names<'_>) -> Result<(), TemplateError> {
    let mut used: Vec<_> = used.iter().collect();
    used.sort();
    used.into_iter().try_for_each(|path| names.check(path))
}
