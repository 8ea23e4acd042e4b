//! The reading as a workbook: elements, materials, problems. Whatever the page said is text, never a formula.

use rust_xlsxwriter::Workbook;

use super::super::error::ReportError;
use super::super::wording::clean;
use super::super::workbook::{Cell, Column, Sheet, Tone, severity_tone};
use super::{GuideReport, material_columns};
use crate::model::{Catalogue, Requirement, Sureness};

/// The workbook's bytes.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn guide_workbook(report: &GuideReport<'_>) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    workbook.push_worksheet(elements(report)?.finish()?);
    workbook.push_worksheet(materials(report)?.finish()?);
    workbook.push_worksheet(problems(report)?.finish()?);
    Ok(workbook.save_to_buffer()?)
}

fn sheet(name: &str, title: &str, columns: &[(&str, f64)]) -> Result<Sheet, ReportError> {
    let columns = columns.iter().map(|(name, width)| Column::new(*name, *width)).collect();
    Ok(Sheet::new(name, title, columns)?)
}

fn elements(report: &GuideReport<'_>) -> Result<Sheet, ReportError> {
    let columns = [
        ("序号", 6.0),
        ("要素", 22.0),
        ("内容", 70.0),
        ("页面上的名称", 18.0),
        ("读取位置", 14.0),
        ("可靠程度", 10.0),
        ("不点开能否看到", 12.0),
    ];
    let title = format!("{} 办事指南要素（{}）", clean(report.title()), clean(report.source));
    let mut sheet = sheet("要素", &title, &columns)?;
    let read: Vec<_> = report.read().collect();
    for (number, (element, reading)) in (1..).zip(&read) {
        let tone = if reading.sure == Sureness::Doubtful { Tone::Unsure } else { Tone::Plain };
        sheet.row(&[
            Cell::Number(number),
            Cell::plain(element.name.as_str()),
            Cell::plain(reading.text.as_str()),
            Cell::plain(reading.label.as_str()),
            Cell::plain(reading.place.name()),
            Cell::Text(reading.sure.name().to_owned(), tone),
            Cell::plain(if reading.visible { "能" } else { "不能" }),
        ])?;
    }
    for (number, element) in (read.len() + 1..).zip(report.unread()) {
        let tone = if element.required == Requirement::Required { Tone::Bad } else { Tone::Quiet };
        let blank = || Cell::plain("");
        let name = Cell::plain(element.name.as_str());
        let said = Cell::Text("没有读到".to_owned(), tone);
        sheet.row(&[Cell::Number(number), name, said, blank(), blank(), blank(), blank()])?;
    }
    Ok(sheet)
}

fn materials(report: &GuideReport<'_>) -> Result<Sheet, ReportError> {
    let fields = material_columns(report.guide);
    let mut columns = vec![("序号", 6.0)];
    columns.extend(fields.iter().map(|(id, name)| (*name, if *id == "name" { 40.0 } else { 18.0 })));
    if fields.is_empty() {
        columns.push(("材料名称", 40.0));
    }
    let title = format!("{} 申请材料（{} 份）", clean(report.title()), report.guide.materials.len());
    let mut sheet = sheet("申请材料", &title, &columns)?;
    for (number, material) in (1..).zip(&report.guide.materials) {
        let said = |id: &str| material.fields.get(id).map_or("", String::as_str);
        let mut cells = vec![Cell::Number(number)];
        cells.extend(fields.iter().map(|(id, _)| Cell::plain(said(id))));
        sheet.row(&cells)?;
    }
    Ok(sheet)
}

fn problems(report: &GuideReport<'_>) -> Result<Sheet, ReportError> {
    let columns = [
        ("序号", 6.0),
        ("要素", 20.0),
        ("类型", 14.0),
        ("严重程度", 10.0),
        ("发现的问题", 60.0),
        ("整改建议", 50.0),
        ("规则", 8.0),
    ];
    let title = format!("{} 发现的问题（{} 处）", clean(report.title()), report.findings.len());
    let mut sheet = sheet("发现的问题", &title, &columns)?;
    for (number, finding) in (1..).zip(report.findings) {
        sheet.row(&[
            Cell::Number(number),
            Cell::plain(Catalogue::embedded().name_of(&finding.element)),
            Cell::plain(finding.kind.name()),
            Cell::Text(finding.severity.name().to_owned(), severity_tone(finding.severity)),
            Cell::plain(finding.message.as_str()),
            Cell::plain(finding.advice.as_str()),
            Cell::plain(finding.rule.as_deref().unwrap_or_default()),
        ])?;
    }
    Ok(sheet)
}
