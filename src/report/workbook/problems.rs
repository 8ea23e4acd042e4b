//! 问题清单: one row a problem; what only people can fill in stays empty.

use rust_xlsxwriter::Worksheet;

use crate::model::{Finding, Issue, Run, Severity};

use super::super::error::ReportError;
use super::super::evidence::{Evidence, Material, best_file};
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
        ("证据", 34.0),
        ("责任科室", 12.0),
        ("整改措施", 30.0),
        ("完成时限", 12.0),
        ("备注", 14.0),
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
        Cell::Text(finding.severity.name().to_owned(), tone(finding.severity)),
        evidence(material.evidence, run, finding),
        Cell::plain(""),
        Cell::plain(advice(finding)),
        Cell::plain(""),
        Cell::plain(remark(issue)),
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

fn remark(issue: &Issue) -> String {
    let mut remark = format!("{}；{}", issue.trend.name(), issue.finding.kind.name());
    if let Some(rule) = &issue.finding.rule {
        remark.push('；');
        remark.push_str(rule);
    }
    remark
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Major => Tone::Bad,
        Severity::Minor => Tone::Warn,
        Severity::Note => Tone::Quiet,
    }
}

/// A cell holds one link: the first wrong channel's; every wrong channel's page is named.
fn evidence(evidence: &dyn Evidence, run: &Run, finding: &Finding) -> Cell {
    let mut first = None;
    let mut lines = Vec::new();
    for channel in &finding.channels {
        let capture = finding.sayings.get(channel).and_then(|saying| saying.capture.as_deref());
        let Some(capture) = capture.and_then(|id| evidence.capture(id)) else { continue };
        first = first.or_else(|| best_file(&capture));
        lines.push(format!("{}：{}", run.channel_name(channel), capture.url));
    }
    match first {
        Some(file) => {
            lines.insert(0, format!("截图 {}", file.trim_start_matches("../")));
            Cell::Link(file, lines.join("\n"))
        }
        None => Cell::plain(lines.join("\n")),
    }
}
