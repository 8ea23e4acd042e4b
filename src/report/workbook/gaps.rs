//! 未能核查: one row a reason, first what makes the run incomplete.

use rust_xlsxwriter::Worksheet;

use crate::model::{Outcome, Unseen};

use super::super::error::ReportError;
use super::super::evidence::Material;
use super::super::wording::{point_text, stage_of};
use super::sheet::{Cell, Column, Sheet, Tone};

/// The sheet.
pub(super) fn sheet(material: &Material<'_>) -> Result<Worksheet, ReportError> {
    let outcome = material.outcome;
    let blocked = outcome.unseen.iter().filter(|row| row.incomplete).count();
    let title = format!("{} 未能核查（{blocked} 处没有看到，不等于没有问题）", outcome.run.portal);
    let columns = [
        ("序号", 6.0),
        ("渠道", 14.0),
        ("未能核查的原因", 44.0),
        ("体验环节", 16.0),
        ("体验要点", 48.0),
        ("事项名称", 40.0),
        ("影响完整性", 12.0),
        ("证据", 30.0),
        ("处理情况", 18.0),
    ];
    let columns = columns.map(|(name, width)| Column::new(name, width)).into();
    let mut sheet = Sheet::new("未能核查", &title, columns)?;
    let incomplete_first = [true, false];
    let rows = incomplete_first
        .iter()
        .flat_map(|wanted| outcome.unseen.iter().filter(move |row| row.incomplete == *wanted));
    for (number, unseen) in (1..).zip(rows) {
        sheet.row(&row(material, outcome, number, unseen))?;
    }
    Ok(sheet.finish()?)
}

fn row(material: &Material<'_>, outcome: &Outcome, number: usize, unseen: &Unseen) -> Vec<Cell> {
    let channel = unseen.channel.as_ref().map_or("全部渠道", |id| outcome.run.channel_name(id));
    let mut stages: Vec<String> = unseen.checks.iter().map(|check| stage_of(check)).collect();
    stages.dedup();
    let (mark, tone) = if unseen.incomplete { ("是", Tone::Unsure) } else { ("否", Tone::Quiet) };
    vec![
        Cell::Number(number),
        Cell::plain(channel),
        Cell::plain(unseen.why.as_str()),
        Cell::plain(stages.join("\n")),
        Cell::plain(points(unseen)),
        Cell::plain(if unseen.items.is_empty() && unseen.checks.is_empty() {
            String::new()
        } else if unseen.items.is_empty() {
            "（整个渠道）".to_owned()
        } else {
            unseen.items.join("、")
        }),
        Cell::Text(mark.to_owned(), tone),
        evidence(material, unseen),
        Cell::plain(""),
    ]
}

/// The official items; many are only counted, the sheet behind has them all.
fn points(unseen: &Unseen) -> String {
    const LISTED: usize = 8;
    if unseen.checks.len() > LISTED {
        return format!("共 {} 项，详见“核查覆盖”表", unseen.checks.len());
    }
    let points: Vec<String> = unseen.checks.iter().map(|check| point_text(check)).collect();
    points.join("\n")
}

fn evidence(material: &Material<'_>, unseen: &Unseen) -> Cell {
    let capture = unseen.capture.as_deref().and_then(|id| material.evidence.capture(id));
    capture.and_then(|capture| Cell::to_file(&capture)).unwrap_or(Cell::plain(""))
}
