//! 不稳定与未通过: steps and visits that were only done when they were tried again, and steps that were allowed to fail and did.

use rust_xlsxwriter::Worksheet;

use crate::model::Hitch;

use super::super::error::ReportError;
use super::super::evidence::Material;
use super::super::hitches::{scenario_title, step, told};
use super::super::wording::{clean, stage_of};
use super::sheet::{Cell, Column, Sheet, Tone};

/// The sheet; `None` when everything went smoothly.
pub(super) fn sheet(material: &Material<'_>) -> Result<Option<Worksheet>, ReportError> {
    let outcome = material.outcome;
    if outcome.hitches.is_empty() {
        return Ok(None);
    }
    let title = format!("{} 不稳定的步骤和未通过的步骤（不算门户的问题，但值得看一看）", outcome.run.portal);
    let columns = [
        ("序号", 6.0),
        ("结果", 12.0),
        ("渠道", 14.0),
        ("场景", 24.0),
        ("事项或账号", 30.0),
        ("步骤", 36.0),
        ("先是什么没有做成", 60.0),
        ("试了几次", 9.0),
        ("体验环节", 18.0),
        ("证据", 34.0),
        ("走访编号", 26.0),
    ];
    let columns = columns.map(|(name, width)| Column::new(name, width)).into();
    let mut sheet = Sheet::new("不稳定与未通过", &title, columns)?;
    for (number, hitch) in (1..).zip(&outcome.hitches) {
        sheet.row(&row(material, number, hitch))?;
    }
    Ok(Some(sheet.finish()?))
}

fn row(material: &Material<'_>, number: usize, hitch: &Hitch) -> Vec<Cell> {
    let run = &material.outcome.run;
    let tone = if hitch.kind.is_flaky() { Tone::Warn } else { Tone::Bad };
    let mut stages: Vec<String> = hitch.checks.iter().map(|check| stage_of(check)).collect();
    stages.dedup();
    let capture = hitch.capture.as_deref().and_then(|id| material.evidence.capture(id));
    vec![
        Cell::Number(number),
        Cell::Text(hitch.kind.name().to_owned(), tone),
        Cell::plain(clean(run.channel_name(&hitch.channel))),
        Cell::plain(scenario_title(run, &hitch.scenario)),
        Cell::plain(clean(&hitch.whom)),
        Cell::plain(step(run, hitch)),
        Cell::plain(told(hitch)),
        Cell::Number(hitch.tries as usize),
        Cell::plain(stages.join("\n")),
        capture.and_then(|capture| Cell::to_file(&capture)).unwrap_or(Cell::plain("")),
        Cell::plain(hitch.visit.0.as_str()),
    ]
}
