//! 核查覆盖: the 94 official items with their states, over all and by channel.

use rust_xlsxwriter::Worksheet;

use crate::model::{Checklist, ChecklistItem, CoverageState, Outcome};

use super::super::error::ReportError;
use super::super::evidence::Material;
use super::super::wording::clean;
use super::sheet::{Cell, Column, Sheet, Tone};

/// The sheet.
pub(super) fn sheet(material: &Material<'_>) -> Result<Worksheet, ReportError> {
    let outcome = material.outcome;
    let title =
        format!("{} 核查覆盖（官方清单 {} 项）", outcome.run.portal, Checklist::official().items.len());
    let mut sheet = Sheet::new("核查覆盖", &title, columns(outcome))?;
    for (number, item) in (1..).zip(&Checklist::official().items) {
        sheet.row(&row(outcome, number, item))?;
    }
    Ok(sheet.finish()?)
}

fn columns(outcome: &Outcome) -> Vec<Column> {
    let fixed = [
        ("序号", 6.0),
        ("板块", 18.0),
        ("体验环节", 19.0),
        ("分组", 19.0),
        ("体验要点", 56.0),
        ("结论", 12.0),
    ];
    let mut columns: Vec<Column> = fixed.map(|(name, width)| Column::new(name, width)).into();
    columns.extend(outcome.run.channels.iter().map(|(_, name)| Column::new(clean(name), 11.0)));
    columns.push(Column::new("问题数", 8.0));
    columns.push(Column::new("说明", 28.0));
    columns
}

fn row(outcome: &Outcome, number: usize, item: &ChecklistItem) -> Vec<Cell> {
    let line = outcome.coverage.iter().find(|line| line.check == item.id);
    let mut cells = vec![
        Cell::Number(number),
        Cell::plain(item.section.as_str()),
        Cell::plain(item.stage.as_str()),
        Cell::plain(item.group.as_str()),
        Cell::plain(item.text.as_str()),
        state(line.map(|line| line.state)),
    ];
    for (id, _) in &outcome.run.channels {
        cells.push(state(line.and_then(|line| line.channels.get(id).copied())));
    }
    let problems = outcome.issues.iter().filter(|issue| issue.finding.check == item.id).count();
    cells.push(Cell::Number(problems));
    cells.push(Cell::plain(line.map_or("", |line| line.why.as_str())));
    cells
}

fn state(state: Option<CoverageState>) -> Cell {
    let Some(state) = state else { return Cell::plain("") };
    let tone = match state {
        CoverageState::Pass => Tone::Good,
        CoverageState::Problem => Tone::Bad,
        CoverageState::CannotTell => Tone::Unsure,
        CoverageState::NotApplicable | CoverageState::AwaitingPeople => Tone::Quiet,
    };
    Cell::Text(state.name().to_owned(), tone)
}
