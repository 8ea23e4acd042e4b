//! 事项库: an export of the office's own database of items, as CSV, XLSX or JSON, read as what every channel should say.
//!
//! Each format becomes [`Grid`]s of cells that know where they stand; one grid has a row for each item, others a row for
//! each material. Headings are understood by the element catalogue: names, synonyms, columns of the national exchange
//! schema.

mod csv;
mod decode;
mod error;
mod heading;
mod items;
mod json;
mod rows;
mod table;
mod words;
mod xlsx;

use std::io::ErrorKind;
use std::path::Path;

pub use error::BaselineError;
pub(super) use rows::read_rows;

use crate::model::Guide;

/// More bytes than any export has.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

/// What a file says of the items.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Baseline {
    /// One guide for each item, in the order of the file; its address says where it stands.
    pub items: Vec<Guide>,
    /// What somebody should know (a column that is not understood …), in Chinese.
    pub notes: Vec<String>,
}

/// A table as it stands in the file.
#[derive(Debug, Clone, PartialEq, Default)]
struct Grid {
    /// What people call it: the file, or the file and the sheet.
    name: String,
    /// Number of the first row in the file, from 1.
    first_row: usize,
    /// Rows of cells, as text.
    rows: Vec<Vec<String>>,
    /// What somebody should know of it, in Chinese.
    notes: Vec<String>,
}

/// Reads an export; what it is, is told by its ending and its first bytes.
///
/// # Errors
/// When the file cannot be read, is damaged, or has no table of items: what, in which file, line and cell, and what to do.
pub fn read_baseline(path: &Path) -> Result<Baseline, BaselineError> {
    items::items(&path.display().to_string(), &grids_of(path)?)
}

/// The tables of a file as they stand in it.
fn grids_of(path: &Path) -> Result<Vec<Grid>, BaselineError> {
    let file = path.display().to_string();
    let read_error = |source: std::io::Error| match source.kind() {
        ErrorKind::NotFound => BaselineError::Absent { file: file.clone() },
        _ => BaselineError::Unreadable { file: file.clone(), source },
    };
    let length = std::fs::metadata(path).map_err(read_error)?.len();
    if length > MOST_BYTES {
        return Err(BaselineError::TooLarge { file });
    }
    let bytes = std::fs::read(path).map_err(read_error)?;
    parse_grids(&file, bytes)
}

fn parse_grids(file: &str, bytes: Vec<u8>) -> Result<Vec<Grid>, BaselineError> {
    Ok(if is_workbook(&bytes) {
        xlsx::grids(file, bytes)?
    } else {
        let text = decode::text(file, &bytes)?;
        if text.trim_start().starts_with(['[', '{']) {
            json::grids(file, &text)?
        } else {
            csv::grids(file, &text)?
        }
    })
}

/// Reads the bytes of an export that is called `file`.
#[cfg(test)]
fn parse(file: &str, bytes: Vec<u8>) -> Result<Baseline, BaselineError> {
    items::items(file, &parse_grids(file, bytes)?)
}

/// XLSX and ODS are ZIP archives, XLS is a compound file.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

#[cfg(test)]
mod tests;
