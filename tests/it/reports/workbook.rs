//! The workbook, read back cell by cell.

use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx};
use zoutong::model::Outcome;
use zoutong::report::{Material, xlsx};

use super::sample::{self, SampleEvidence};

fn workbook(outcome: &Outcome) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = xlsx(&Material { outcome, evidence: &SampleEvidence::new() }).unwrap();
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn sheet(outcome: &Outcome, name: &str) -> Range<Data> {
    workbook(outcome).worksheet_range(name).unwrap()
}

fn row(range: &Range<Data>, row: u32) -> Vec<String> {
    let last = range.end().unwrap().1;
    (0..=last)
        .map(|column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default())
        .collect()
}

#[test]
fn the_workbook_has_the_three_sheets_and_the_columns_that_a_bureau_uses() {
    let outcome = sample::outcome();
    assert_eq!(workbook(&outcome).sheet_names(), ["问题清单", "未能核查", "核查覆盖"]);
    let range = sheet(&outcome, "问题清单");
    assert_eq!(row(&range, 0)[0], "晋城市政务服务门户（演示数据） 问题清单（2026-11-23 核查，共 9 个问题）");
    assert_eq!(
        row(&range, 1),
        [
            "序号",
            "事项名称",
            "渠道",
            "体验环节",
            "体验要点",
            "发现的问题",
            "严重程度",
            "证据",
            "责任科室",
            "整改措施",
            "完成时限",
            "备注"
        ]
    );
    assert_eq!(range.end().unwrap().0, 10);
}

#[test]
fn a_problem_stands_in_its_row_and_what_people_decide_is_left_to_them() {
    let range = sheet(&sample::outcome(), "问题清单");
    assert_eq!(
        row(&range, 2),
        [
            "1",
            "居民身份证申领",
            "晋来办APP",
            "办事指引",
            "PC、APP、小程序、自助终端事项办事指南要素内容是否一致、是否准确",
            "【承诺办结时限】承诺办结时限与其他渠道不同：多数渠道写“5个工作日”，这里写“20个工作日”。",
            "严重",
            "evidence/guide.app.001/1.png",
            "",
            "建议：核对事项库中的承诺办结时限，并在这个渠道改正。",
            "",
            "新增；各渠道不一致\n晋来办APP：http://127.0.0.1:4101/guide.app.001?a=1&b=\"x\"",
        ]
    );
    assert!(row(&range, 7)[11].starts_with("仍存在；规则不符；R01\n"));
}

#[test]
fn nothing_that_a_portal_wrote_is_calculated() {
    let mut outcome = sample::outcome();
    for (issue, start) in outcome.issues.iter_mut().zip(["=", "+", "-", "@", "\t=", "\u{0}=", "＝"]) {
        issue.finding.item = format!("{start}cmd|' /C calc'!A0");
        issue.finding.element = String::new();
        issue.finding.message = format!("{start}1+1");
    }
    let mut workbook = workbook(&outcome);
    for name in workbook.sheet_names() {
        assert!(workbook.worksheet_formula(&name).unwrap().used_cells().next().is_none(), "{name}");
    }
    let range = workbook.worksheet_range("问题清单").unwrap();
    assert_eq!(range.get_value((2, 1)), Some(&Data::String("=cmd|' /C calc'!A0".to_owned())));
    assert_eq!(range.get_value((7, 5)), Some(&Data::String("=1+1".to_owned())));
}

#[test]
fn control_characters_go_and_overlong_texts_are_cut_with_a_note() {
    let mut outcome = sample::outcome();
    outcome.issues[0].finding.item = "甲\u{0}乙\u{1b}丙\u{202e}丁_x0041_".to_owned();
    outcome.issues[0].finding.message = "长".repeat(40_000);
    let range = sheet(&outcome, "问题清单");
    assert_eq!(row(&range, 2)[1], "甲乙丙丁_x0041_");
    let message = &row(&range, 2)[5];
    assert!(message.chars().count() <= 32_767 && message.ends_with("…（内容过长，已截断）"));
}

#[test]
fn gaps_come_with_their_reason_and_what_makes_the_run_incomplete_first() {
    let range = sheet(&sample::outcome(), "未能核查");
    let first = row(&range, 2);
    assert_eq!(first[1..3], ["自助终端", "自助终端的智能客服打不开：连接被拒绝（127.0.0.1:4104）。"]);
    assert_eq!((first[6].as_str(), row(&range, 4)[6].as_str()), ("是", "否"));
    assert_eq!(row(&range, 4)[4], "共 50 项，详见“核查覆盖”表");
    assert_eq!(row(&range, 3)[7], "evidence/guide.mini.004/1.png");
}

#[test]
fn the_coverage_sheet_has_the_94_official_items_with_a_column_a_channel() {
    let range = sheet(&sample::outcome(), "核查覆盖");
    assert_eq!(range.end().unwrap().0, 95);
    assert_eq!(row(&range, 1)[6..10], ["PC端", "晋来办APP", "小程序", "自助终端"]);
    assert_eq!(row(&range, 2)[5..11], ["有问题", "通过", "通过", "有问题", "不适用", "1"]);
    assert_eq!(row(&range, 95)[5], "待人工记录");
}

#[test]
fn the_bytes_of_the_sheet_freeze_its_head_and_repeat_it_on_paper() {
    let bytes = xlsx(&Material { outcome: &sample::outcome(), evidence: &SampleEvidence::new() }).unwrap();
    assert!(bytes.starts_with(b"PK"));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = workbook.defined_names().iter().map(|(name, _)| name.clone()).collect();
    assert!(names.iter().any(|name| name.contains("Print_Titles")), "{names:?}");
    assert!(workbook.worksheet_range("问题清单").is_ok());
}
