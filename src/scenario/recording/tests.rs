//! Every own recording goes in and out without loss; wrong ones are refused in the format's own words.

use std::path::{Path, PathBuf};

use super::devtools::verdict;
use super::tree::Tree;
use super::{ImportOptions, export_devtools, import_recording};

fn samples(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/recordings").join(kind);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "json"));
    files.sort();
    files
}

/// Selectors as lists of lists: how they were written does not matter.
fn normal(mut recording: Tree) -> Tree {
    let Tree::Map(map) = &mut recording else { return recording };
    for (key, steps) in &mut map.0 {
        let Tree::List(steps) = steps else { continue };
        assert_eq!(key, "steps");
        for step in steps {
            let Tree::Map(step) = step else { continue };
            if let Some(Tree::List(selectors)) = step.get("selectors").cloned() {
                let chain = |one: Tree| if one.as_text().is_some() { Tree::List(vec![one]) } else { one };
                step.set("selectors", selectors.into_iter().map(chain).collect::<Vec<_>>());
            }
        }
    }
    recording
}

fn goes_in_and_out(path: &Path) {
    let content = std::fs::read(path).unwrap();
    let before: Tree = serde_json::from_slice(&content).unwrap();
    if verdict(&before).is_err() {
        return;
    }
    let imported = import_recording("x.json", &content, &[], ImportOptions::default()).unwrap();
    let yaml = &imported.scenarios[0].text;
    let exported = export_devtools("x.yaml", yaml.as_bytes()).unwrap();
    let after: Tree = serde_json::from_str(&exported.text).unwrap();
    assert_eq!(normal(after), normal(before), "{}\n{yaml}", path.display());
}

#[test]
fn recordings_go_in_and_out_without_loss() {
    let files = samples("devtools");
    assert!(files.len() >= 5);
    files.iter().for_each(|file| goes_in_and_out(file));
}

#[test]
fn wrong_recordings_are_refused_in_the_formats_own_words() {
    let table = include_str!("../../../tests/fixtures/recordings/devtools-verdicts.txt");
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (json, expected) = line.split_once(" => ").unwrap();
        let recording: Tree = serde_json::from_str(json).unwrap();
        let said = verdict(&recording).map_or_else(|refusal| refusal.message, |()| "ok".to_owned());
        assert_eq!(said, expected, "{json}");
    }
}
