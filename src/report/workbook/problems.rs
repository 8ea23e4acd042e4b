//! 问题清单: one row a problem; what only people can fill in stays empty.

use std::fmt::Write as _;

use rust_xlsxwriter::Worksheet;

use crate::model::{Capture, ChannelId, Finding, Issue, Run, Severity};

use super::super::error::ReportError;
use super::super::evidence::{Evidence, Material};
use super::super::wording::{aspect, channel_names, item_name, point_text, stage_of};
use super::sheet::{Cell, Column, Sheet, Tone};

/// The sheet.
pub(super) fn sheet(material: &Material<'_>) -> Result<Worksheet, ReportError> {
    let outcome = material.outcome;
    let title = format!(
        "{} 问题清单（{} 核查，共 {} 个问题）",
        outcome.run.portal,
        outcome.run.started.format("%Y-%m-%d"),
        outcome.issues.len()
    );
    let mut sheet = Sheet::new("问题清单", &title, columns())?;
    for (number, issue) in (1..).zip(&outcome.issues) {
        sheet.row(&row(material, number, issue))?;
    }
    Ok(sheet.finish()?)
}

fn columns() -> Vec<Column> {
    let widths = [
        ("序号", 6.0),
        ("事项名称", 22.0),
        ("渠道", 12.0),
        ("体验环节", 12.0),
        ("体验要点", 24.0),
        ("发现的问题", 42.0),
        ("严重程度", 9.0),
        ("证据", 24.0),
        ("责任科室", 12.0),
        ("整改措施", 30.0),
        ("完成时限", 12.0),
        ("备注", 34.0),
    ];
    widths.map(|(name, width)| Column::new(name, width)).into()
}

fn row(material: &Material<'_>, number: usize, issue: &Issue) -> Vec<Cell> {
    let finding = &issue.finding;
    let run = &material.outcome.run;
    vec![
        Cell::Number(number),
        Cell::plain(item_name(&finding.item)),
        Cell::plain(channel_names(run, &finding.channels)),
        Cell::plain(stage_of(&finding.check)),
        Cell::plain(point_text(&finding.check)),
        Cell::plain(problem(finding)),
        Cell::Text(finding.severity.name().to_owned(), severity_tone(finding.severity)),
        evidence(material.evidence, finding),
        Cell::plain(""),
        Cell::plain(advice(finding)),
        Cell::plain(""),
        Cell::plain(remark(material.evidence, run, issue)),
    ]
}

fn problem(finding: &Finding) -> String {
    match aspect(finding) {
        aspect if aspect.is_empty() => finding.message.clone(),
        aspect => format!("【{aspect}】{}", finding.message),
    }
}

fn advice(finding: &Finding) -> String {
    if finding.advice.is_empty() { String::new() } else { format!("建议：{}", finding.advice) }
}

/// Trend, kind and rule, then where each wrong channel's page is. The addresses stand here because a cell with a link
/// shows one line only in some programs.
fn remark(evidence: &dyn Evidence, run: &Run, issue: &Issue) -> String {
    let finding = &issue.finding;
    let mut remark = format!("{}；{}", issue.trend.name(), finding.kind.name());
    if let Some(rule) = &finding.rule {
        remark.push('；');
        remark.push_str(rule);
    }
    for (channel, capture) in wrong_pages(evidence, finding) {
        let _ = write!(remark, "\n{}：{}", run.channel_name(channel), capture.url);
    }
    remark
}

/// The colour of a severity.
pub(in super::super) fn severity_tone(severity: Severity) -> Tone {
    match severity {
        Severity::Major => Tone::Bad,
        Severity::Minor => Tone::Warn,
        Severity::Note => Tone::Quiet,
    }
}

/// A cell holds one link: the first wrong channel's.
fn evidence(evidence: &dyn Evidence, finding: &Finding) -> Cell {
    wrong_pages(evidence, finding).find_map(|(_, capture)| Cell::to_file(&capture)).unwrap_or(Cell::plain(""))
}

/// The pages that show what is wrong, in the order of the channels.
fn wrong_pages<'a>(
    evidence: &'a dyn Evidence,
    finding: &'a Finding,
) -> impl Iterator<Item = (&'a ChannelId, Capture)> {
    finding.channels.iter().filter_map(|channel| {
        let capture = finding.sayings.get(channel)?.capture.as_deref()?;
        Some((channel, evidence.capture(capture)?))
    })
}
