//! Every wrong file under `fixtures/scenarios/invalid` gives exactly the message that lies beside it.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use zoutong::scenario::{LintReport, Variables, lint, load};

/// The files that a fixture is put among, so that it is the only thing that is wrong.
const BASE: [(&str, &str); 4] = [
    (
        "portal.yaml",
        "portal: 试验门户\nhosts: [portal.test]\nitems: items.yaml\naccounts: accounts.yaml\nchannels:\n  pc:\n    name: PC端\n    home: http://portal.test/\n",
    ),
    ("items.yaml", "- name: 居民身份证换领\n  colloquial: [换身份证]\n"),
    (
        "accounts.yaml",
        "- name: 个人账号\n  audience: personal\n  user: ceshi\n  password: \"{{ secret.TEST }}\"\n  shown-name: 测试用户\n",
    ),
    ("base.yaml", "scenario: base\ntitle: 基础\nchecks: [guide.consistency]\nsteps:\n  - open: 首页\n"),
];

fn fixtures(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scenarios").join(kind)
}

/// A folder in which the fixture stands in for the base file that its name begins with.
fn folder_with(name: &str, content: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in BASE {
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    let stand_in =
        ["portal", "items", "accounts"].into_iter().find(|kind| name.starts_with(&format!("{kind}-")));
    let path = folder.path().join(stand_in.map_or(name.to_owned(), |kind| format!("{kind}.yaml")));
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

fn report_on(name: &str, content: &[u8]) -> (LintReport, String) {
    let (folder, _) = folder_with(name, content);
    let report = lint(folder.path(), &Variables::new().with("pc", "http://portal.test/"));
    let drawn = report.render(false).replace(&format!("{}/", folder.path().display()), "");
    (report, drawn)
}

fn yaml_files(kind: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(fixtures(kind)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    files
}

#[test]
fn every_wrong_file_gives_the_message_beside_it() {
    let files = yaml_files("invalid");
    assert!(files.len() >= 26, "{} kinds", files.len());
    let mut wrong = Vec::new();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let (report, drawn) = report_on(name, &std::fs::read(&path).unwrap());
        assert!(!report.is_clean(), "{name} is not wrong");
        let expected = path.with_extension("err");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, &drawn).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != drawn {
            wrong.push(format!("{name}:\n{drawn}"));
        }
    }
    assert!(wrong.is_empty(), "look, then BLESS=1 cargo test:\n{}", wrong.join("\n"));
}

#[test]
fn a_message_never_speaks_the_language_of_the_parser() {
    for path in yaml_files("invalid") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let (report, _) = report_on(name, &std::fs::read(&path).unwrap());
        for error in &report.errors {
            assert!(
                error.message.chars().any(|letter| letter > '\u{4DFF}' || letter > '\u{2E7F}'),
                "{error:?}"
            );
            for word in ["expected", "invalid", "unexpected", "error", "mapping", "scalar", "found"] {
                assert!(!error.message.contains(word), "{name}: {}", error.message);
            }
        }
    }
}

#[test]
fn files_that_only_look_odd_are_accepted() {
    for path in yaml_files("valid") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let (report, drawn) = report_on(name, &std::fs::read(&path).unwrap());
        assert!(report.errors.is_empty() && report.notes.is_empty(), "{name}: {drawn}");
    }
}

#[test]
fn one_reading_tells_every_mistake_of_every_file() {
    let text = "scenario: many\ntitel: 很多\nchecks: [guide.consistency]\nsteps:\n  - tpa: 登录\n  - press: Entr\n  - wait: css=\n";
    let (folder, path) = folder_with("many.yaml", text.as_bytes());
    std::fs::write(folder.path().join("items.yaml"), "- nmae: 身份证\n- name: [a]\n").unwrap();
    let report = lint(folder.path(), &Variables::new());
    let lines: Vec<_> = report
        .errors
        .iter()
        .map(|error| (error.place.file.ends_with("items.yaml"), error.place.line))
        .collect();
    assert_eq!(lines, [(true, 1), (true, 2), (false, 2), (false, 5)], "{}", report.render(false));
    let only = lint(&path, &Variables::new());
    assert!(
        only.errors.len() == 2 && only.errors.iter().all(|error| error.place.file.ends_with("many.yaml"))
    );
}

#[test]
fn a_missing_folder_is_an_error_and_no_panic() {
    assert!(load(Path::new("/nowhere/at/all"), &Variables::new()).is_err());
    assert!(!lint(Path::new("/nowhere/at/all/x.yaml"), &Variables::new()).is_clean());
}

fn try_all(name: &str, content: &[u8]) {
    let (folder, _) = folder_with(name, content);
    let report = lint(folder.path(), &Variables::new());
    let loaded = load(folder.path(), &Variables::new());
    assert_eq!(loaded.is_ok(), report.errors.is_empty());
    assert!(!report.render(true).contains('\u{7}'));
}

const VALID: &str = include_str!("../fixtures/scenarios/valid/every-step.yaml");

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(content in proptest::collection::vec(any::<u8>(), 0..400), kind in 0..4_usize) {
        try_all(["x.yaml", "portal-x.yaml", "items-x.yaml", "accounts-x.yaml"][kind], &content);
    }

    #[test]
    fn arbitrary_signs_of_yaml_never_panic(content in "[-:{}\\[\\],&*!|>'\"%@`# \n\ta-c{{}}登：=0-9]{0,200}") {
        try_all("x.yaml", content.as_bytes());
    }

    #[test]
    fn a_mutilated_scenario_never_panics(
        cuts in proptest::collection::vec((0..VALID.len(), 0..12_usize, "[-:{}\\[\\]\"' \n\t&*=登a0]{0,4}"), 1..5)
    ) {
        let mut text: Vec<char> = VALID.chars().collect();
        for (at, length, put) in cuts {
            let start = at.min(text.len());
            let stop = (start + length).min(text.len());
            text.splice(start..stop, put.chars());
        }
        try_all("x.yaml", text.into_iter().collect::<String>().as_bytes());
    }
}
