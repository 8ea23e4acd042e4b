//! The walks themselves for build servers: a suite a channel, a case for each visit of which there is something to say.
//! What was only done when it was tried again passed, with `flakyFailure`; a step that was allowed to fail and did is a failure;
//! a walk that was stuck and serves no check is an error.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestRerun, TestSuite};

use crate::model::{ChannelId, Hitch, HitchKind, Unseen};

use super::evidence::{Material, best_file};
use super::hitches::{scenario_title, step, told};
use super::wording::{clean, clip};

/// Readers show a message on one line.
const MESSAGE: usize = 200;

/// The suite of one channel; `None` when all its walks went smoothly.
pub(super) fn suite(material: &Material<'_>, id: &ChannelId, name: &str) -> Option<TestSuite> {
    let outcome = material.outcome;
    let mut visits: BTreeMap<&str, Vec<&Hitch>> = BTreeMap::new();
    for hitch in outcome.hitches.iter().filter(|hitch| hitch.channel == *id) {
        visits.entry(&hitch.visit.0).or_default().push(hitch);
    }
    let is_stuck =
        |row: &&Unseen| row.checks.is_empty() && row.incomplete && row.channel.as_ref() == Some(id);
    let mut cases: Vec<TestCase> = visits.values().map(|hitches| walked(material, hitches)).collect();
    cases.extend(outcome.unseen.iter().filter(is_stuck).map(|row| stuck(material, row)));
    if cases.is_empty() {
        return None;
    }
    let mut suite = TestSuite::new(format!("走访过程 · {}", clean(name)));
    suite.set_timestamp(outcome.run.started);
    suite.extra.insert("hostname".into(), clean(&id.0).into());
    suite.add_test_cases(cases);
    Some(suite)
}

/// A visit with what did not go smoothly on it.
fn walked(material: &Material<'_>, hitches: &[&Hitch]) -> TestCase {
    let run = &material.outcome.run;
    let (name, class) = hitches.first().map_or_else(Default::default, |first| {
        let whom = if first.whom.is_empty() { String::new() } else { format!(" › {}", clean(&first.whom)) };
        (
            format!("{}{whom}", scenario_title(run, &first.scenario)),
            format!("walk.{}", clean(&first.scenario)),
        )
    });
    let failed: Vec<&Hitch> =
        hitches.iter().copied().filter(|hitch| hitch.kind == HitchKind::SoftFailure).collect();
    let mut status = match failed.as_slice() {
        [] => TestCaseStatus::success(),
        [first, ..] => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let lines: Vec<String> = failed.iter().map(|hitch| sentence(material, hitch)).collect();
            status
                .set_message(clip(&sentence(material, first), MESSAGE))
                .set_type("soft-failure")
                .set_description(lines.join("\n"));
            status
        }
    };
    // Readers take reruns of a failed case for failures of that case: there the property alone speaks of them.
    if failed.is_empty() {
        status.add_reruns(hitches.iter().map(|hitch| rerun(material, hitch)));
    }
    let mut case = TestCase::new(name, status);
    case.set_classname(class);
    if let Some(first) = hitches.first() {
        case.add_property(Property::new("visit", clean(&first.visit.0)));
    }
    let flaky = hitches.iter().filter(|hitch| hitch.kind.is_flaky()).count();
    if flaky > 0 {
        case.add_property(Property::new("flaky", flaky.to_string()));
    }
    let files: Vec<String> =
        hitches.iter().filter_map(|hitch| attachment(material, hitch.capture.as_deref())).collect();
    if !files.is_empty() {
        case.set_system_out(files.join("\n"));
    }
    case
}

fn sentence(material: &Material<'_>, hitch: &Hitch) -> String {
    format!("{}：{}", step(&material.outcome.run, hitch), told(hitch))
}

fn rerun(material: &Material<'_>, hitch: &Hitch) -> TestRerun {
    let mut rerun = TestRerun::new(NonSuccessKind::Failure);
    let sentence = sentence(material, hitch);
    rerun.set_message(clip(&sentence, MESSAGE)).set_type("flaky").set_description(sentence);
    if let Some(file) = attachment(material, hitch.capture.as_deref()) {
        rerun.set_system_out(file);
    }
    rerun
}

fn stuck(material: &Material<'_>, row: &Unseen) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    let why = clean(&row.why);
    status.set_message(clip(&why, MESSAGE)).set_type("stuck").set_description(why.clone());
    let items = row.items.iter().map(|item| clean(item)).collect::<Vec<_>>().join("、");
    let name = if items.is_empty() { "没有走完".to_owned() } else { format!("没有走完 › {items}") };
    let mut case = TestCase::new(clip(&name, MESSAGE), status);
    case.set_classname("walk.stuck");
    if let Some(file) = attachment(material, row.capture.as_deref()) {
        case.set_system_out(file);
    }
    case
}

fn attachment(material: &Material<'_>, capture: Option<&str>) -> Option<String> {
    let capture = material.evidence.capture(capture?)?;
    Some(format!("[[ATTACHMENT|{}]]\n{}", best_file(&capture)?, clean(&capture.url)))
}
