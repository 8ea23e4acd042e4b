//! 数据表: a table as plain rows, each cell under its heading; nothing is known of what the headings mean.

use std::collections::BTreeMap;
use std::path::Path;

use super::{BaselineError, Grid, grids_of};
use crate::model::RowTable;

/// The rows of the first sheet that has any; the first row with two cells (or the first at all) holds the headings.
///
/// # Errors
/// When the file cannot be read or has no rows below its headings.
pub(in crate::scenario) fn read_rows(path: &Path, name: &str) -> Result<RowTable, BaselineError> {
    let grids = grids_of(path)?;
    let file = path.display().to_string();
    let filled = |grid: &&Grid| grid.rows.iter().any(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    let grid = grids.iter().find(filled).ok_or(BaselineError::Empty { file: file.clone() })?;
    let written = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let head = grid.rows.iter().position(|row| written(row) > 1);
    let Some(head) = head.or_else(|| grid.rows.iter().position(|row| written(row) > 0)) else {
        return Err(BaselineError::Empty { file });
    };
    let (above, below) = grid.rows.split_at(head + 1);
    let columns: Vec<String> =
        above.last().into_iter().flatten().map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<BTreeMap<String, String>> =
        below.iter().filter(|row| written(row) > 0).map(|row| under(&columns, row)).collect();
    if rows.is_empty() {
        return Err(BaselineError::NoItems { file });
    }
    let columns = columns.into_iter().filter(|column| !column.is_empty()).collect();
    Ok(RowTable { file: name.to_owned(), columns, rows })
}

/// Every heading has a cell, empty where the row is short.
fn under(columns: &[String], row: &[String]) -> BTreeMap<String, String> {
    let cell = |at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let named = columns.iter().enumerate().filter(|(_, column)| !column.is_empty());
    named.map(|(at, column)| (column.clone(), cell(at))).collect()
}
