//! Which names exist, without their values: enough to check a file before anything is walked.

use std::collections::{BTreeSet, HashSet};

use super::error::TemplateError;
use super::scope::Variables;

const ITEM_FIELDS: [&str; 5] = ["name", "colloquial", "code", "audience", "certificate"];
const ACCOUNT_FIELDS: [&str; 5] = ["name", "user", "password", "shown_name", "audience"];

/// The four names at the beginning of a path; everything else was kept by a `fetch` step.
pub(crate) const ROOTS: [&str; 4] = ["item", "account", "var", "secret"];

/// The names that exist at one point of a scenario.
#[derive(Debug, Clone)]
pub(crate) struct Names<'a> {
    pub(crate) item: bool,
    pub(crate) account: bool,
    pub(crate) variables: &'a Variables,
    pub(crate) kept: BTreeSet<&'a str>,
}

impl Names<'_> {
    /// Whether a dotted path leads to something.
    fn check(&self, path: &str) -> Result<(), TemplateError> {
        let (root, field) = path.split_once('.').map_or((path, None), |(root, field)| (root, Some(field)));
        match (root, field) {
            ("item", Some(field)) if self.item => one_of(path, "item", field, ITEM_FIELDS),
            ("account", Some(field)) if self.account => one_of(path, "account", field, ACCOUNT_FIELDS),
            ("item", _) if !self.item => Err(TemplateError::NotRepeated { name: root.to_owned() }),
            ("account", _) if !self.account => Err(TemplateError::NotRepeated { name: root.to_owned() }),
            ("var", Some(field)) => {
                one_of(path, "var", field, self.variables.plain.keys().map(String::as_str))
            }
            ("secret", Some(_)) | ("item" | "account" | "var" | "secret", None) => Ok(()),
            _ if self.kept.contains(root) => Ok(()),
            _ => Err(TemplateError::Unknown { name: root.to_owned(), known: self.roots() }),
        }
    }

    fn roots(&self) -> Vec<String> {
        let mut roots = vec!["var".to_owned(), "secret".to_owned()];
        roots.extend(self.item.then(|| "item".to_owned()));
        roots.extend(self.account.then(|| "account".to_owned()));
        roots.extend(self.kept.iter().map(ToString::to_string));
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
