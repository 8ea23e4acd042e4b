//! 对照: the same item on several pages, row by row, as a workbook; what differs first.

use rust_xlsxwriter::Workbook;

use super::super::error::ReportError;
use super::super::wording::{channel_names, clean};
use super::problems::severity_tone;
use super::sheet::{Cell, Column, Sheet, Tone};
use crate::model::{Catalogue, ChannelId, Likeness, Outcome, Said, Saying, SheetRow};

/// The workbook's bytes. Of the outcome only the channels (here: pages), the issues and the sheets are written.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn comparison_workbook(outcome: &Outcome) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    workbook.push_worksheet(rows(outcome)?.finish()?);
    workbook.push_worksheet(problems(outcome)?.finish()?);
    Ok(workbook.save_to_buffer()?)
}

fn rows(outcome: &Outcome) -> Result<Sheet, ReportError> {
    let mut columns = vec![Column::new("序号", 6.0), Column::new("要素", 22.0), Column::new("结论", 14.0)];
    columns.extend(outcome.run.channels.iter().map(|(_, name)| Column::new(clean(name), 40.0)));
    columns.push(Column::new("与众不同的", 16.0));
    let title = format!("{} 逐项对照（{} 个页面）", clean(&outcome.run.portal), outcome.run.channels.len());
    let mut sheet = Sheet::new("逐项对照", &title, columns)?;
    let mut rows: Vec<&SheetRow> = outcome.sheets.iter().flat_map(|sheet| &sheet.rows).collect();
    rows.sort_by_key(|row| rank(row.likeness));
    for (number, row) in (1..).zip(rows) {
        let mut cells = vec![
            Cell::Number(number),
            Cell::plain(row.label.as_str()),
            Cell::Text(row.likeness.name().to_owned(), tone(row.likeness)),
        ];
        cells.extend(outcome.run.channels.iter().map(|(id, _)| said(row.sayings.get(id))));
        cells.push(Cell::plain(channel_names(&outcome.run, &row.odd)));
        sheet.row(&cells)?;
    }
    Ok(sheet)
}

fn problems(outcome: &Outcome) -> Result<Sheet, ReportError> {
    let mut columns = vec![
        Column::new("序号", 6.0),
        Column::new("要素", 20.0),
        Column::new("页面", 16.0),
        Column::new("类型", 14.0),
        Column::new("严重程度", 10.0),
        Column::new("发现的问题", 60.0),
        Column::new("整改建议", 40.0),
    ];
    columns.extend(outcome.run.channels.iter().map(|(_, name)| Column::new(clean(name), 30.0)));
    let title = format!("{} 问题（{} 处）", clean(&outcome.run.portal), outcome.issues.len());
    let mut sheet = Sheet::new("问题", &title, columns)?;
    for (number, issue) in (1..).zip(&outcome.issues) {
        let finding = &issue.finding;
        let mut cells = vec![
            Cell::Number(number),
            Cell::plain(Catalogue::embedded().name_of(&finding.element)),
            Cell::plain(channel_names(&outcome.run, &finding.channels)),
            Cell::plain(finding.kind.name()),
            Cell::Text(finding.severity.name().to_owned(), severity_tone(finding.severity)),
            Cell::plain(finding.message.as_str()),
            Cell::plain(finding.advice.as_str()),
        ];
        let voice = |(id, _): &(ChannelId, String)| said(finding.sayings.get(id));
        cells.extend(outcome.run.channels.iter().map(voice));
        sheet.row(&cells)?;
    }
    Ok(sheet)
}

/// 未载明 and 未看到 are words of ours, and look like it.
fn said(saying: Option<&Saying>) -> Cell {
    match saying.map(|saying| &saying.said) {
        Some(Said::Text(text)) => Cell::plain(text.as_str()),
        Some(Said::Nothing) => Cell::Text("未载明".to_owned(), Tone::Quiet),
        Some(Said::Unseen) | None => Cell::Text("未看到".to_owned(), Tone::Unsure),
    }
}

fn rank(likeness: Likeness) -> u8 {
    match likeness {
        Likeness::Differs => 0,
        Likeness::Missing => 1,
        Likeness::Formal => 2,
        Likeness::Alone => 3,
        Likeness::Same => 4,
    }
}

fn tone(likeness: Likeness) -> Tone {
    match likeness {
        Likeness::Differs => Tone::Bad,
        Likeness::Missing => Tone::Warn,
        Likeness::Same => Tone::Good,
        Likeness::Formal | Likeness::Alone => Tone::Quiet,
    }
}
