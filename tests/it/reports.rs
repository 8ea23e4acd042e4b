//! Reports: written from a rich outcome with hostile strings in it, and read back.

mod page;
mod png;
mod problems;
mod sample;
mod workbook;

use std::path::Path;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus};
use zoutong::report::{Material, NoEvidence, html, junit, terminal, write_all, xlsx};

use sample::SampleEvidence;

#[test]
fn every_format_is_written_whole() {
    let outcome = sample::outcome();
    let evidence = SampleEvidence::new();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports");
    let written = write_all(&folder, &Material { outcome: &outcome, evidence: &evidence }).unwrap();
    let names: Vec<_> = written.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["index.html", "问题清单.xlsx", "junit.xml"]);
    let left_over = |path: &Path| path.extension().is_some_and(|extension| extension == "part");
    assert!(std::fs::read_dir(&folder).unwrap().all(|entry| !left_over(&entry.unwrap().path())));
}

#[test]
fn a_folder_that_cannot_be_made_is_told_in_chinese() {
    let taken = tempfile::NamedTempFile::new().unwrap();
    let outcome = sample::outcome();
    let error = write_all(taken.path(), &Material { outcome: &outcome, evidence: &NoEvidence }).unwrap_err();
    assert!(error.to_string().starts_with("无法建立报告文件夹 "), "{error}");
}

#[test]
fn the_same_outcome_gives_the_same_bytes() {
    let outcome = sample::outcome();
    let evidence = SampleEvidence::new();
    let material = Material { outcome: &outcome, evidence: &evidence };
    assert_eq!(html(&material).unwrap(), html(&material).unwrap());
    assert_eq!(xlsx(&material).unwrap(), xlsx(&material).unwrap());
    assert_eq!(junit(&material).unwrap(), junit(&material).unwrap());
}

#[test]
fn the_terminal_shows_the_outcome_in_columns() {
    insta::assert_snapshot!(terminal(&sample::outcome(), 90, false));
}

#[test]
fn no_line_on_the_terminal_is_wider_than_asked_and_nothing_moves_the_cursor() {
    for columns in [60, 80, 120] {
        let summary = terminal(&sample::outcome(), columns, false);
        for line in summary.lines() {
            assert!(zoutong::text::width(line) <= columns, "{columns}: {line}");
        }
        assert!(summary.chars().all(|character| character == '\n' || !character.is_control()));
        assert!(!summary.contains('\u{202e}'));
    }
    let coloured = terminal(&sample::outcome(), 80, true);
    assert!(coloured.contains("\u{1b}[31m严重 4\u{1b}[0m"), "{coloured}");
}

#[test]
fn a_clean_outcome_says_so_on_the_terminal() {
    insta::assert_snapshot!(terminal(&sample::clean_outcome(), 80, false));
}

fn cases(suite: &str) -> Vec<TestCase> {
    let outcome = sample::outcome();
    let material = Material { outcome: &outcome, evidence: &SampleEvidence::new() };
    let report = quick_junit::Report::deserialize_from_str(&junit(&material).unwrap()).unwrap();
    let found = report.test_suites.into_iter().find(|candidate| candidate.name.as_str() == suite);
    found.unwrap_or_else(|| panic!("no suite {suite}")).test_cases
}

fn kind(case: &TestCase) -> &'static str {
    match &case.status {
        TestCaseStatus::Success { .. } => "passed",
        TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => "failure",
        TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. } => "error",
        TestCaseStatus::Skipped { .. } => "skipped",
    }
}

#[test]
fn in_junit_a_problem_fails_an_obstacle_errs_and_what_has_no_scenario_is_skipped() {
    let guide = cases("办事指引 · 小程序");
    let told: Vec<String> = guide
        .iter()
        .filter(|case| case.classname.as_ref().unwrap().as_str() == "guide.consistency")
        .map(|case| format!("{} {}", kind(case), case.name.as_str().rsplit(" › ").next().unwrap()))
        .collect();
    let hostile = sample::HOSTILE_NAME.replace('\u{202e}', "");
    let expected = [
        format!("failure {hostile}"),
        "error 不动产登记资料查询".to_owned(),
        "failure 居民身份证申领".to_owned(),
        "failure 食品经营许可（新办）".to_owned(),
    ];
    assert_eq!(told, expected);
    let kinds: Vec<_> = cases("预约 · PC端").iter().map(kind).collect();
    assert_eq!(kinds, ["skipped"; 5]);
    let people = cases("线下办事服务体验 · 人工记录");
    assert!(people.len() == 38 && people.iter().all(|case| kind(case) == "skipped"));
    assert_eq!(kind(&cases("在线咨询 · 自助终端")[0]), "error");
}

#[test]
fn a_failed_junit_case_quotes_every_channel_and_names_its_picture() {
    let login = &cases("注册登录/身份认证 · 小程序")[0];
    let output = login.system_out.as_ref().unwrap().as_str();
    assert!(output.contains("[[ATTACHMENT|../evidence/guide.mini.009/1.png]]"), "{output}");
    let TestCaseStatus::NonSuccess { message, ty, description, .. } = &login.status else {
        panic!("it should have failed")
    };
    assert!(message.as_ref().unwrap().as_str().starts_with("企业账号登录不成功"));
    assert_eq!(ty.as_ref().unwrap().as_str(), "login-failed");
    assert!(description.as_ref().unwrap().as_str().contains("自助终端：（未看到）"));
}

#[test]
fn junit_holds_no_character_that_xml_forbids() {
    let mut outcome = sample::outcome();
    outcome.issues[0].finding.message = "a\u{0}b\u{b}c\u{fffe}<&>\"']]> \u{1b}[31m".to_owned();
    let text = junit(&Material { outcome: &outcome, evidence: &NoEvidence }).unwrap();
    let fits =
        |character: char| matches!(character, '\n' | '\t') || (character >= ' ' && character != '\u{fffe}');
    assert!(text.chars().all(fits));
    assert!(quick_junit::Report::deserialize_from_str(&text).is_ok());
}
