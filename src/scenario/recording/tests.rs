//! Every own recording goes in and out without loss; wrong ones are refused in the format's own words.

use std::path::{Path, PathBuf};

use super::devtools::verdict;
use super::tree::{Map, Tree};
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
        if key != "steps" {
            continue;
        }
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
    comes_back(&std::fs::read(path).unwrap(), path);
}

/// A recording that is a right one comes back as it was.
fn comes_back(content: &[u8], path: &Path) {
    let before: Tree = serde_json::from_slice(content).unwrap();
    let imported = import_recording("x.json", content, &[], ImportOptions::default(), &|_| None);
    if verdict(&before).is_err() {
        return;
    }
    let yaml = &imported.unwrap().scenarios[0].text;
    let exported = export_devtools("x.yaml", yaml.as_bytes()).unwrap();
    let after: Tree = serde_json::from_str(&exported.text).unwrap();
    assert_eq!(normal(after), normal(before), "{}\n{yaml}", path.display());
}

#[test]
fn recordings_go_in_and_out_without_loss() {
    let files = samples("devtools");
    assert!(files.len() >= 5);
    for file in &files {
        goes_in_and_out(file);
    }
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

/// Every recording that differs from this one in one place: a key or entry gone, or a value of another kind.
fn altered(recording: &Tree) -> Vec<Tree> {
    let others = || {
        vec![
            Tree::Null,
            Tree::Bool(true),
            Tree::Number(0.0),
            Tree::Number(-1.5),
            "".into(),
            "x".into(),
            Tree::List(vec![]),
        ]
        .into_iter()
        .chain([Tree::List(vec![Tree::Null]), Tree::Map(Map::default())])
    };
    let mut all: Vec<Tree> = others().collect();
    match recording {
        Tree::List(list) => {
            for at in 0..list.len() {
                let without =
                    list.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, entry)| entry.clone());
                all.push(Tree::List(without.collect()));
                for changed in altered(&list[at]) {
                    let mut list = list.clone();
                    list[at] = changed;
                    all.push(Tree::List(list));
                }
            }
        }
        Tree::Map(map) => {
            for (key, value) in &map.0 {
                let mut without = map.clone();
                without.remove(key);
                all.push(Tree::Map(without));
                all.extend(
                    altered(value).into_iter().map(|changed| Tree::Map(map.clone().with(key, changed))),
                );
            }
        }
        _ => {}
    }
    all
}

/// The format as a JSON Schema, written by hand beside the samples.
struct Schema {
    schemas: boon::Schemas,
    recording: boon::SchemaIndex,
}

impl Schema {
    fn read() -> Self {
        let text = include_str!("../../../tests/fixtures/recordings/devtools.schema.json");
        let mut compiler = boon::Compiler::new();
        let mut schemas = boon::Schemas::new();
        compiler.add_resource("recording.json", serde_json::from_str(text).unwrap()).unwrap();
        let recording = compiler.compile("recording.json", &mut schemas).unwrap();
        Self { schemas, recording }
    }

    fn is_valid(&self, json: &[u8]) -> bool {
        self.schemas.validate(&serde_json::from_slice(json).unwrap(), self.recording).is_ok()
    }
}

#[test]
fn whatever_is_altered_is_taken_without_loss_or_refused_in_words() {
    let schema = Schema::read();
    for file in samples("devtools") {
        let recording: Tree = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        for changed in altered(&recording) {
            let json = serde_json::to_vec(&changed).unwrap();
            let options = ImportOptions { strict: true, ..ImportOptions::default() };
            let strict = import_recording("x.json", &json, &[], options, &|_| None);
            let is_right = verdict(&changed).is_ok();
            assert_eq!(schema.is_valid(&json), is_right, "{}", String::from_utf8_lossy(&json));
            if !is_right {
                assert!(strict.is_err_and(|error| !error.message.is_empty()));
            }
            comes_back(&json, &file);
        }
    }
}

#[test]
fn whatever_is_altered_in_a_project_does_no_harm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/recordings/side");
    let content = std::fs::read(folder.join("old.side")).unwrap();
    let project: Tree = serde_json::from_slice(&content).unwrap();
    for changed in altered(&project) {
        let json = serde_json::to_vec(&changed).unwrap();
        if let Ok(imported) = import_recording("x.side", &json, &[], ImportOptions::default(), &|_| None) {
            for scenario in imported.scenarios {
                assert!(serde_saphyr::from_str::<Tree>(&scenario.text).is_ok(), "{}", scenario.text);
            }
        }
    }
}

#[test]
fn blocks_without_steps_are_left_out() {
    let side = r#"{"id":"p","version":"2.0","name":"p","url":"http://portal.test","suites":[],"tests":[{"id":"t","name":"空块","commands":[
        {"command":"times","target":"3","value":""},{"command":"end","target":"","value":""},
        {"command":"if","target":"true","value":""},{"command":"else","target":"","value":""},
        {"command":"click","target":"id=a","value":""},{"command":"end","target":"","value":""}]}]}"#;
    let imported =
        import_recording("p.side", side.as_bytes(), &[], ImportOptions::default(), &|_| None).unwrap();
    let text = &imported.scenarios[0].text;
    assert!(!text.contains("repeat") && !text.contains("[]"), "{text}");
    assert!(text.contains("什么也不做") && text.contains("css=#a"), "{text}");
    assert!(imported.notes.iter().any(|note| note.message.contains("没有步骤")));
}
