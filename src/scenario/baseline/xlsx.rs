//! XLSX, XLS, ODS: every sheet is a table; what a formula gives is what counts.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader};

use super::{BaselineError, Grid};

/// The sheets of a workbook that hold anything.
pub(super) fn grids(file: &str, bytes: Vec<u8>) -> Result<Vec<Grid>, BaselineError> {
    let damaged = |why: String| BaselineError::Damaged { file: file.to_owned(), why };
    let mut workbook = calamine::open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|_| damaged("不是完整的工作簿".to_owned()))?;
    let mut grids = Vec::new();
    for name in workbook.sheet_names() {
        let range =
            workbook.worksheet_range(&name).map_err(|_| damaged(format!("工作表“{name}”读不出来")))?;
        if !range.is_empty() {
            grids.push(grid(format!("{file} 工作表“{name}”"), &range));
        }
    }
    Ok(grids)
}

/// A sheet; cells whose formula fails are empty, and a note names them.
fn grid(name: String, range: &Range<Data>) -> Grid {
    let (top, left) = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
    let mut notes = Vec::new();
    let mut row = |(at, cells): (usize, &[Data])| -> Vec<String> {
        let cells = cells.iter().enumerate();
        cells
            .map(|(column, cell)| {
                if let Data::Error(error) = cell {
                    let place = cell_name(top + at + 1, left + column);
                    notes.push(format!("{name}的 {place} 单元格是公式错误 {error}，没有用上"));
                }
                shown(cell)
            })
            .collect()
    };
    let rows = range.rows().enumerate().map(&mut row).collect();
    Grid { first_row: top + 1, rows, notes, name }
}

/// A cell as a person sees it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Float(number) if number.abs() >= 1e15 => format!("{number:E}"),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Data::DateTime(moment) => day(moment),
    }
}

/// The day of a moment, which is what a guide says of one.
fn day(moment: &ExcelDateTime) -> String {
    // Excel counts at most to the end of the year 9999; what lies outside is no date.
    if !(0.0..3e6).contains(&moment.as_f64()) {
        return String::new();
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year}-{month:02}-{day:02}")
}

/// `C5` for row 5 and the third column.
fn cell_name(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{}{row}", letters.into_iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_spreadsheets_call_them() {
        assert_eq!(
            [cell_name(5, 2), cell_name(1, 25), cell_name(9, 26), cell_name(1, 702)],
            ["C5", "Z1", "AA9", "AAA1"]
        );
    }
}
