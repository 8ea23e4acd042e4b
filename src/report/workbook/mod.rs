//! 问题清单.xlsx: the list that a bureau works off, with 未能核查 and the official checklist behind it. Whatever a
//! page said is written as text, never as a formula.

mod checklist;
mod comparison;
mod gaps;
mod hitches;
mod problems;
mod sheet;

pub use comparison::comparison_workbook;
pub(super) use problems::severity_tone;
pub(super) use sheet::{Cell, Column, Sheet, Tone};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::error::ReportError;
use super::evidence::Material;
use super::wording::clean;

/// The workbook's bytes.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn xlsx(material: &Material<'_>) -> Result<Vec<u8>, ReportError> {
    let run = &material.outcome.run;
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(format!("{} 问题清单", clean(&run.portal)))
        .set_author("走通 zoutong")
        .set_creation_datetime(&ExcelDateTime::from_timestamp(run.started.timestamp())?);
    workbook.set_properties(&properties);
    workbook.push_worksheet(problems::sheet(material)?);
    workbook.push_worksheet(gaps::sheet(material)?);
    if let Some(sheet) = hitches::sheet(material)? {
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(checklist::sheet(material)?);
    Ok(workbook.save_to_buffer()?)
}
