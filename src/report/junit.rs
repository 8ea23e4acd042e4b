//! JUnit XML for build servers: a suite is a channel and a stage, a case is an official item and a service item.
//! A problem is a failure, an obstacle an error, what nobody set out to look at is skipped.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use crate::model::{
    ChannelId, Checklist, ChecklistItem, Coverage, CoverageState, Finding, Hitch, Outcome, Run, Said, Unseen,
};

use super::difference::in_order;
use super::error::ReportError;
use super::evidence::{Evidence, Material, best_file};
use super::junit_walks;
use super::tally::{Stage, stages};
use super::wording::{aspect, clean, clip, item_name};

/// Readers show a message on one line.
const MESSAGE: usize = 200;

/// The whole file.
///
/// # Errors
/// When the XML cannot be written.
pub fn junit(material: &Material<'_>) -> Result<String, ReportError> {
    let run = &material.outcome.run;
    let mut report = Report::new(clean(&run.portal));
    report.set_timestamp(run.started);
    if let Some(time) = run.ended.and_then(|ended| (ended - run.started).to_std().ok()) {
        report.set_time(time);
    }
    let online = stages().into_iter().filter(|stage| stage.online);
    for stage in online {
        for (id, name) in &run.channels {
            report.add_test_suite(channel_suite(material, &stage, id, name));
        }
    }
    report
        .add_test_suites(run.channels.iter().filter_map(|(id, name)| junit_walks::suite(material, id, name)));
    report.add_test_suite(people_suite(material.outcome));
    report.to_string().map_err(ReportError::Junit)
}

fn channel_suite(material: &Material<'_>, stage: &Stage, id: &ChannelId, name: &str) -> TestSuite {
    let mut suite = TestSuite::new(format!("{} · {}", stage.name, clean(name)));
    suite.set_timestamp(material.outcome.run.started);
    suite.extra.insert("hostname".into(), clean(&id.0).into());
    for item in &Checklist::official().items {
        if item.is_online() && item.stage == stage.name {
            suite.add_test_cases(Looked::at(material, item, id).cases());
        }
    }
    suite
}

/// The 38 offline items, which only people can answer.
fn people_suite(outcome: &Outcome) -> TestSuite {
    let mut suite = TestSuite::new("线下办事服务体验 · 人工记录");
    suite.set_timestamp(outcome.run.started);
    for item in Checklist::official().items.iter().filter(|item| !item.is_online()) {
        let mut status = TestCaseStatus::skipped();
        status.set_message(CoverageState::AwaitingPeople.name());
        suite.add_test_case(named(item, format!("{} › {}", item.stage, item.text), status));
    }
    suite
}

/// One official item on one channel.
struct Looked<'a> {
    evidence: &'a dyn Evidence,
    run: &'a Run,
    item: &'static ChecklistItem,
    channel: &'a ChannelId,
    line: Option<&'a Coverage>,
    findings: Vec<&'a Finding>,
    blocked: Vec<&'a Unseen>,
    flaky: Vec<&'a Hitch>,
}

impl<'a> Looked<'a> {
    fn at(material: &Material<'a>, item: &'static ChecklistItem, channel: &'a ChannelId) -> Self {
        let outcome = material.outcome;
        let findings = outcome.issues.iter().map(|issue| &issue.finding);
        let here = |row: &&Unseen| {
            row.checks.contains(&item.id)
                && row.incomplete
                && row.channel.as_ref().is_none_or(|id| id == channel)
        };
        let shaky = |hitch: &&Hitch| {
            hitch.kind.is_flaky() && hitch.channel == *channel && hitch.checks.contains(&item.id)
        };
        Self {
            evidence: material.evidence,
            run: &outcome.run,
            item,
            channel,
            line: outcome.coverage.iter().find(|line| line.check == item.id),
            findings: findings
                .filter(|finding| finding.check == item.id && finding.channels.contains(channel))
                .collect(),
            blocked: outcome.unseen.iter().filter(here).collect(),
            flaky: outcome.hitches.iter().filter(shaky).collect(),
        }
    }

    /// A case for each service item that something was said about, one for the rest.
    fn cases(&self) -> Vec<TestCase> {
        let from_findings = self.findings.iter().map(|finding| finding.item.as_str());
        let from_gaps = self.blocked.iter().flat_map(|row| row.items.iter().map(String::as_str));
        let mut items: BTreeSet<&str> = from_findings.chain(from_gaps).collect();
        let whole_channel = self.blocked.iter().any(|row| row.items.is_empty());
        if !items.is_empty() && !whole_channel && !items.contains("") {
            items.extend(self.passed_items());
        } else {
            items.insert("");
        }
        items.into_iter().map(|item| self.case(item)).collect()
    }

    /// Where single service items have problems or were not seen, the others of the run passed.
    fn passed_items(&self) -> impl Iterator<Item = &'a str> {
        self.run.items.iter().map(|item| item.name.as_str())
    }

    fn case(&self, item: &str) -> TestCase {
        let findings: Vec<&Finding> =
            self.findings.iter().copied().filter(|finding| finding.item == item).collect();
        let blocked = self.blocked.iter().find(|row| {
            row.items.iter().any(|name| name == item) || (item.is_empty() && row.items.is_empty())
        });
        let name = if item.is_empty() {
            self.item.text.clone()
        } else {
            format!("{} › {}", self.item.text, item_name(item))
        };
        let status = match (findings.as_slice(), blocked) {
            ([first, rest @ ..], _) => self.failure(first, rest),
            ([], Some(row)) => obstacle(row),
            ([], None) => self.quiet(),
        };
        let mut case = named(self.item, name, status);
        case.add_property(Property::new("channel", clean(&self.channel.0)));
        let flaky = self.flaky.iter().filter(|hitch| item.is_empty() || hitch.whom == item).count();
        if flaky > 0 {
            case.add_property(Property::new("flaky", flaky.to_string()));
        }
        if let Some(output) = self.attachments(&findings, blocked.copied()) {
            case.set_system_out(output);
        }
        case
    }

    fn failure(&self, first: &Finding, rest: &[&Finding]) -> TestCaseStatus {
        let more =
            if rest.is_empty() { String::new() } else { format!("（另有 {} 个问题）", rest.len()) };
        let told: Vec<String> =
            std::iter::once(&first).chain(rest).map(|finding| self.told(finding)).collect();
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_message(format!("{}{more}", clip(&clean(&first.message), MESSAGE)))
            .set_type(first.kind.slug())
            .set_description(told.join("\n\n"));
        status
    }

    /// A problem with what every channel says.
    fn told(&self, finding: &Finding) -> String {
        let mut told = format!("[{}] {}", finding.severity.name(), finding.message);
        let aspect = aspect(finding);
        if !aspect.is_empty() {
            told = format!("{aspect} {told}");
        }
        for (channel, saying) in in_order(self.run, &finding.sayings) {
            let said = match &saying.said {
                Said::Text(text) => clip(text, 2 * MESSAGE),
                Said::Nothing => "（未载明）".to_owned(),
                Said::Unseen => "（未看到）".to_owned(),
            };
            let _ = write!(told, "\n{}：{said}", self.run.channel_name(channel));
        }
        clean(&told)
    }

    /// No problem and no obstacle: it passed, or nobody looked.
    fn quiet(&self) -> TestCaseStatus {
        let state = self.line.and_then(|line| line.channels.get(self.channel).copied());
        match state {
            Some(CoverageState::Pass | CoverageState::Problem) => TestCaseStatus::success(),
            // Single items were blocked, which their own cases say; the others were seen.
            Some(CoverageState::CannotTell) if !self.blocked.is_empty() => TestCaseStatus::success(),
            state => {
                let mut status = TestCaseStatus::skipped();
                let why = self.line.map_or("", |line| line.why.as_str());
                let why = if why.is_empty() { state.map_or("未走访", CoverageState::name) } else { why };
                status.set_message(clip(&clean(why), MESSAGE));
                status
            }
        }
    }

    fn attachments(&self, findings: &[&Finding], blocked: Option<&Unseen>) -> Option<String> {
        let seen = findings.iter().filter_map(|finding| {
            finding.sayings.get(self.channel).and_then(|saying| saying.capture.as_deref())
        });
        let captures: BTreeSet<&str> = seen.chain(blocked.and_then(|row| row.capture.as_deref())).collect();
        let lines: Vec<String> = captures
            .into_iter()
            .filter_map(|id| self.evidence.capture(id))
            .filter_map(|capture| {
                Some(format!("[[ATTACHMENT|{}]]\n{}", best_file(&capture)?, clean(&capture.url)))
            })
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

fn obstacle(row: &Unseen) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status
        .set_message(clip(&clean(&row.why), MESSAGE))
        .set_type("cannot-tell")
        .set_description(clean(&row.why));
    status
}

fn named(item: &ChecklistItem, name: String, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(item.id.as_str());
    case.add_property(Property::new("point", format!("{}.{}.{}", item.stage, item.group, item.no)));
    case
}
