//! Drift on recorded runs: what is proposed, and what is only told.

use std::fs;

use super::*;
use crate::model::{Event, RunId, StepRecord, VisitId};

const SCENARIO: &str = "scenario: a
title: 甲
steps:
  - open: 首页
  - tap: [css=#old, text=查询] # 查询按钮
  - tap: 登录入口
";
const PORTAL: &str = "portal: 门户
hosts: [127.0.0.1]
channels:
  pc:
    name: PC端
    home: \"http://127.0.0.1/\"
    words:
      登录入口: [css=.gone, text=登录]
  app:
    name: APP
    home: \"http://127.0.0.1/\"
";

/// A folder with the files, and a run of them.
struct Kept {
    folder: tempfile::TempDir,
    run: RunFolder,
}

impl Kept {
    /// `steps`: channel, line, column, and which alternative matched.
    fn with(steps: &[(&str, usize, usize, usize)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("portal.yaml"), PORTAL).unwrap();
        fs::write(folder.path().join("a.yaml"), SCENARIO).unwrap();
        let mark = |name: &str| OrderedFile::read(&folder.path().join(name)).unwrap().mark();
        let run = Run {
            id: RunId("20261125-080000-000".into()),
            portal: "门户".into(),
            started: chrono::DateTime::default(),
            ended: None,
            version: String::new(),
            channels: vec![("pc".into(), "PC端".into()), ("app".into(), "APP".into())],
            items: Vec::new(),
            scenarios: [("a".to_owned(), "甲".to_owned())].into(),
            files: [("a".to_owned(), mark("a.yaml"))].into(),
            portal_file: Some(mark("portal.yaml")),
        };
        let kept = RunFolder::create(&folder.path().join("reports"), &run).unwrap();
        for channel in ["pc", "app"] {
            kept.append(&Event::VisitStarted { visit: Box::new(visit(channel)) }).unwrap();
        }
        for (channel, line, column, alternative) in steps {
            let step = StepRecord {
                line: *line,
                column: *column,
                said: "点按".into(),
                alternative: Some(*alternative),
                ..StepRecord::default()
            };
            kept.append(&Event::StepEnded { visit: visit(channel).id, step }).unwrap();
        }
        Self { folder, run: kept }
    }

    fn report(&self) -> DriftReport {
        drift(&self.run, &[]).unwrap()
    }
}

fn visit(channel: &str) -> Visit {
    Visit::begun(
        VisitId(format!("a.{channel}.0001")),
        "a".into(),
        channel.into(),
        chrono::DateTime::default(),
    )
}

#[test]
fn where_all_channels_agree_the_one_that_matched_goes_first_and_the_remark_stays() {
    let report = Kept::with(&[("pc", 5, 5, 1), ("pc", 5, 5, 1), ("app", 5, 5, 1)]).report();
    assert_eq!(report.drifts.len(), 1);
    let drift = &report.drifts[0];
    assert_eq!((drift.line, drift.column, drift.advice), (5, 10, DriftAdvice::First(1)));
    assert_eq!(drift.matched, [("PC端".to_owned(), [(1, 2)].into()), ("APP".to_owned(), [(1, 1)].into())]);
    let diff = report.patches[0].diff();
    assert!(diff.contains("-  - tap: [css=#old, text=查询] # 查询按钮\n"), "{diff}");
    assert!(diff.contains("+  - tap: [text=查询, css=#old] # 查询按钮\n"), "{diff}");
}

#[test]
fn where_channels_disagree_or_one_is_unsteady_nothing_is_proposed() {
    let apart = Kept::with(&[("pc", 5, 5, 1), ("app", 5, 5, 0)]).report();
    assert_eq!(apart.drifts[0].advice, DriftAdvice::ByChannel);
    assert!(apart.patches.is_empty());
    let unsteady = Kept::with(&[("pc", 5, 5, 1), ("pc", 5, 5, 0)]).report();
    assert_eq!(unsteady.drifts[0].advice, DriftAdvice::Unsteady);
    assert!(unsteady.patches.is_empty());
}

#[test]
fn where_the_first_one_matches_there_is_nothing_to_tell() {
    let report = Kept::with(&[("pc", 5, 5, 0), ("app", 5, 5, 0)]).report();
    assert!(report.drifts.is_empty() && report.patches.is_empty() && report.notes.is_empty());
}

#[test]
fn a_word_is_put_in_order_in_the_vocabulary_of_its_channel_alone() {
    let report = Kept::with(&[("pc", 6, 5, 1), ("app", 6, 5, 0)]).report();
    assert_eq!(report.drifts.len(), 1);
    assert_eq!(report.drifts[0].what, "词汇“登录入口”（PC端）");
    let diff = report.patches[0].diff();
    assert!(diff.contains("+      登录入口: [text=登录, css=.gone]\n"), "{diff}");
}

#[test]
fn another_version_of_the_file_is_told_and_not_touched() {
    let kept = Kept::with(&[("pc", 5, 5, 1), ("app", 5, 5, 1)]);
    fs::write(kept.folder.path().join("a.yaml"), format!("# 新\n{SCENARIO}")).unwrap();
    let report = kept.report();
    assert!(report.drifts.is_empty() && report.patches.is_empty());
    assert!(report.notes[0].contains("不是同一个版本"), "{:?}", report.notes);
    fs::remove_file(kept.folder.path().join("a.yaml")).unwrap();
    assert!(kept.report().notes[0].contains("不在了"));
}

#[test]
fn a_file_that_was_moved_is_found_where_it_is_said_to_be_and_others_are_left_out() {
    let kept = Kept::with(&[("pc", 5, 5, 1), ("app", 5, 5, 1), ("pc", 6, 5, 1)]);
    let elsewhere = kept.folder.path().join("elsewhere.yaml");
    fs::rename(kept.folder.path().join("a.yaml"), &elsewhere).unwrap();
    let report = drift(&kept.run, std::slice::from_ref(&elsewhere)).unwrap();
    assert_eq!(report.drifts.iter().map(|drift| drift.line).collect::<Vec<_>>(), [5], "not the portal file");
    assert_eq!(report.patches[0].path, elsewhere);
    assert!(report.notes.is_empty(), "{:?}", report.notes);
}

#[test]
fn a_run_of_an_older_version_and_a_damaged_journal_are_told() {
    let old = Kept::with(&[("pc", 5, 0, 1)]).report();
    assert!(old.notes[0].contains("旧版本") && old.drifts.is_empty());
    let kept = Kept::with(&[("pc", 5, 5, 1), ("app", 5, 5, 1)]);
    let journal = kept.run.path().join("journal.jsonl");
    let cut = fs::read_to_string(&journal).unwrap() + "{\"step-ended\":{\"vis";
    fs::write(&journal, cut).unwrap();
    let report = kept.report();
    assert_eq!(report.drifts.len(), 1);
    assert!(report.notes[0].contains("残缺"), "{:?}", report.notes);
}

#[test]
fn steps_of_a_called_scenario_are_looked_for_in_its_own_file() {
    let kept = Kept::with(&[]);
    let step = StepRecord {
        line: 5,
        column: 5,
        scenario: Some("a".into()),
        alternative: Some(1),
        ..StepRecord::default()
    };
    let caller = Visit { id: VisitId("b.pc.0001".into()), scenario: "b".into(), ..visit("pc") };
    let id = caller.id.clone();
    kept.run.append(&Event::VisitStarted { visit: Box::new(caller) }).unwrap();
    kept.run.append(&Event::StepEnded { visit: id, step }).unwrap();
    assert_eq!(kept.report().drifts[0].advice, DriftAdvice::First(1));
}
