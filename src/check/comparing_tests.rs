//! What must hold for every comparison: order changes nothing, other clothes are no difference, planted faults are found.

use proptest::prelude::*;

use super::contrast::contrast;
use super::guide_consistency::ID;
use super::survey::survey;
use super::trial::{CHANNELS, Trial, in_short, material};
use crate::model::{ChannelId, Guide, Kind, Standard};

/// What may stand on a page instead of what the sound guide says, and mean the same.
const CLOTHES: &[(&str, &[&str])] = &[
    ("promise_limit", &["20工作日", "２０个工作日", "二十个工作日", "20 (工作日)", "20个工作日。"]),
    ("legal_limit", &["六十个工作日", "60工作日", "60（工作日）"]),
    ("fee_flag", &["否", "免费", "不收费。", "０元"]),
    ("consult", &["（0356）2026101", "0356－2026101", "0356 2026101"]),
    ("time", &["周一至周五 上午8:30-12:00，下午14:30-18:00", "星期一至星期五 8：30—12：00，14：30—18：00"]),
    ("visits", &["1", "一次", "１次"]),
    ("item_name", &["居民身份证换领 ", "《居民身份证换领》"]),
    ("quota", &["无", "不限"]),
    ("handle_form", &["网上办理、窗口办理", "窗口办理；网上办理"]),
    ("online_flag", &["是。", "可以"]),
    (
        "condition",
        &["具有晋城市常住户口\n有效期满前90日内提出", "1、具有晋城市常住户口。2、有效期满前90日内提出。"],
    ),
];

/// What may stand there and means something else.
const FAULTS: &[(&str, &str)] = &[
    ("promise_limit", "15个工作日"),
    ("promise_limit", "20个自然日"),
    ("fee_flag", "收费"),
    ("consult", "0356-2026107"),
    ("time", "周一至周五 8:30-12:00，14:30-17:00"),
    ("visits", "2次"),
    ("service_object", "企业法人"),
    ("place", "晋城市文昌西街2026号晋城市政务服务中心二楼A区03号窗口"),
];

const MATERIAL_CLOTHES: &[(usize, &str)] = &[
    (0, "户口簿"),
    (0, "1.居民户口簿（原件及复印件）"),
    (1, "原居民身份证原件"),
    (2, "居民身份证换领登记表格"),
    (2, "《居民身份证换领登记表》"),
];

fn channel() -> impl Strategy<Value = &'static str> {
    prop::sample::select(CHANNELS.map(|(id, _)| id).to_vec())
}

fn dressing() -> impl Strategy<Value = (&'static str, &'static str, &'static str)> {
    (channel(), prop::sample::select(CLOTHES)).prop_flat_map(|(channel, (element, words))| {
        prop::sample::select(words.to_vec()).prop_map(move |said| (channel, element, said))
    })
}

fn dressed(trial: Trial, changes: &[(&str, &str, &str)], materials: &[(&str, usize, &str)]) -> Trial {
    let trial =
        changes.iter().fold(trial, |trial, (channel, element, said)| trial.set(channel, element, said));
    materials.iter().fold(trial, |trial, (channel, at, name)| {
        trial.guide_on(channel, |guide| guide.materials[*at] = material(name))
    })
}

fn turned(guide: &mut Guide) {
    guide.materials.reverse();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn other_clothes_are_never_a_difference(
        changes in prop::collection::vec(dressing(), 0..8),
        materials in prop::collection::vec((channel(), prop::sample::select(MATERIAL_CLOTHES)), 0..4),
    ) {
        let materials: Vec<_> = materials.into_iter().map(|(channel, (at, name))| (channel, at, name)).collect();
        let trial = dressed(Trial::new(), &changes, &materials).guide_on("mini", turned);
        prop_assert_eq!(trial.found(ID), Vec::<String>::new());
        let survey = survey(&[trial.case()], &trial.roll().channels, &Standard::default());
        prop_assert_eq!(contrast(&survey.findings, survey.sheets.first()).differences, vec![]);
    }

    #[test]
    fn a_planted_fault_is_found_whatever_the_others_wear(
        changes in prop::collection::vec(dressing(), 0..6),
        (at, fault) in (channel(), prop::sample::select(FAULTS)),
    ) {
        let (element, said) = fault;
        let trial = dressed(Trial::new(), &changes, &[]).set(at, element, said);
        prop_assert_eq!(trial.found(ID), [format!("{at} {element} differs")]);
    }

    #[test]
    fn the_order_of_channels_and_rows_changes_nothing(
        changes in prop::collection::vec(dressing(), 0..4),
        faults in prop::collection::vec((channel(), prop::sample::select(FAULTS)), 0..4),
        dropped in prop::collection::vec((channel(), 0_usize..2), 0..3),
    ) {
        let faults: Vec<_> = faults.into_iter().map(|(channel, (element, said))| (channel, element, said)).collect();
        let trial = dropped.iter().fold(
            dressed(dressed(Trial::new(), &changes, &[]), &faults, &[]),
            |trial, (channel, at)| trial.guide_on(channel, |guide| drop(guide.materials.remove(*at))),
        );
        let mut other = trial.clone();
        for (channel, _) in CHANNELS {
            other = other.guide_on(channel, turned);
        }
        prop_assert_eq!(found_in_order(&trial), found_in_order(&other.channels_reversed()));
    }
}

/// The findings in short, sorted, their channels too.
fn found_in_order(trial: &Trial) -> Vec<String> {
    let mut found: Vec<String> = trial.found(ID);
    found.sort();
    found
}

fn filed(change: impl Fn(Trial) -> Trial) -> Standard {
    Standard { baseline: vec![change(Trial::new()).guide("pc")], authority: None }
}

fn measured(trial: &Trial, standard: &Standard) -> Vec<String> {
    let survey = survey(&[trial.case()], &trial.roll().channels, standard);
    let mut found: Vec<String> = survey.findings.iter().map(in_short).collect();
    found.sort();
    found
}

#[test]
fn the_declared_authority_is_right_against_the_majority() {
    let authority = |id: &str| Standard { authority: Some(ChannelId::from(id)), ..Standard::default() };
    let trial =
        Trial::new().set("pc", "visits", "2次").guide_on("pc", |guide| drop(guide.materials.remove(0)));
    let found = measured(&trial, &authority("pc"));
    assert_eq!(found, ["app+mini+kiosk materials differs", "app+mini+kiosk visits differs"]);
    assert_eq!(measured(&trial, &Standard::default()), ["pc materials differs", "pc visits differs"]);
    let silent = Trial::new().hide("pc", "faq");
    assert_eq!(measured(&silent, &authority("pc")), Vec::<String>::new());
    assert_eq!(measured(&silent, &authority("app")), ["pc faq missing"]);
}

#[test]
fn what_is_not_as_filed_is_found_even_when_all_channels_agree() {
    let standard = filed(|trial| trial.set("pc", "promise_limit", "10个工作日").set("pc", "visits", "一次"));
    assert_eq!(measured(&Trial::new(), &standard), ["pc+app+mini+kiosk promise_limit baseline"]);
    let partly = Trial::new().set("app", "promise_limit", "10工作日");
    assert_eq!(measured(&partly, &standard), ["pc+mini+kiosk promise_limit baseline"]);
    assert_eq!(measured(&Trial::new(), &filed(|trial| trial)), Vec::<String>::new());
}

#[test]
fn the_materials_are_measured_against_the_filed_list() {
    let standard =
        filed(|trial| trial.guide_on("pc", |guide| guide.materials.push(material("近期彩色照片"))));
    let trial = Trial::new();
    assert_eq!(measured(&trial, &standard), ["pc+app+mini+kiosk materials baseline"]);
    let survey = survey(&[trial.case()], &trial.roll().channels, &standard);
    let contrast = contrast(&survey.findings, survey.sheets.first());
    assert_eq!(contrast.differences.len(), 1);
    let difference = &contrast.differences[0];
    assert_eq!(
        (difference.kind, difference.material.as_deref()),
        (Some(Kind::Baseline), Some("近期彩色照片"))
    );
    assert!(difference.baseline.as_deref().is_some_and(|said| said.starts_with("近期彩色照片")));
    assert_eq!(difference.said.len(), 4);
}

#[test]
fn a_row_that_names_two_materials_is_two_rows_elsewhere() {
    let together = |guide: &mut Guide| {
        guide.materials = vec![material("居民户口簿、原居民身份证"), material("居民身份证换领登记表")];
    };
    assert_eq!(Trial::new().guide_on("app", together).found(ID), Vec::<String>::new());
    let split = |guide: &mut Guide| {
        guide.materials[0] = material("居民户口簿原件");
        guide.materials.push(material("居民户口簿复印件"));
    };
    assert_eq!(Trial::new().guide_on("pc", split).found(ID), Vec::<String>::new());
    assert_eq!(Trial::new().guide_on("app", split).found(ID), Vec::<String>::new());
}
