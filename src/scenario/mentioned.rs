//! Which secrets files name, so that no others are asked for.

use std::collections::BTreeSet;
use std::path::Path;

use super::folder::yaml_files;
use super::source::Source;

const SECRET: &str = "secret.";

/// The names behind `secret.` in a folder's files, or in one file and those beside it, as they are written: a remark that names one does no
/// harm. What cannot be read is left to whoever loads the files.
#[must_use]
pub fn secrets_named(path: &Path) -> BTreeSet<String> {
    let folder = if path.is_dir() { Some(path) } else { path.parent() };
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = yaml_files(folder).unwrap_or_default();
    files.iter().filter_map(|file| Source::read(file).ok()).flat_map(|source| names(&source.text)).collect()
}

fn names(text: &str) -> BTreeSet<String> {
    text.match_indices(SECRET)
        .map(|(at, _)| {
            let rest = &text[at + SECRET.len()..];
            rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
        })
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_secret_of_a_folder_is_named_once() {
        let world = tempfile::tempdir().unwrap();
        std::fs::write(world.path().join("accounts.yaml"), "password: \"{{ secret.PASSWORD }}\"\n").unwrap();
        let scenario = "- type: { text: \"{{secret.ID_2}}{{ secret.PASSWORD|trim }} secret. 密码\" }\n";
        std::fs::write(world.path().join("a.yaml"), scenario).unwrap();
        let expected = BTreeSet::from(["ID_2".to_owned(), "PASSWORD".to_owned()]);
        assert_eq!(secrets_named(world.path()), expected);
        assert_eq!(secrets_named(&world.path().join("a.yaml")), expected);
    }
}
