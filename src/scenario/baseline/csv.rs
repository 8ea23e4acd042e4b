//! CSV: separated by commas, semicolons or tabs, cells in quotes where they hold one of these or a line break.

use super::{BaselineError, Grid};

/// The one table of a CSV file.
pub(super) fn grids(file: &str, text: &str) -> Result<Vec<Grid>, BaselineError> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| BaselineError::Damaged {
            file: file.to_owned(),
            why: match error.position() {
                Some(position) => format!("第 {} 行读不出来", position.line()),
                None => "读到一半中断了".to_owned(),
            },
        })?;
        rows.push(record.iter().map(|cell| unquoted(cell).to_owned()).collect());
    }
    Ok(vec![Grid { name: file.to_owned(), first_row: 1, rows, notes: Vec::new() }])
}

/// What stands most often in the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// Spreadsheet programs keep long codes as `="1114…"`.
fn unquoted(cell: &str) -> &str {
    cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell)
}
