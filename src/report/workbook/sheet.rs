//! One sheet of the workbook: title, styled header that stays, text cells that cannot do anything, printing on A4.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};

use crate::model::Capture;

use super::super::evidence::best_file;
use super::super::wording::clean;

/// What a cell may hold (UTF-16 units), by the file format.
const LONGEST: usize = 32_767;
/// What a sheet may hold of links, by the file format.
const MOST_LINKS: usize = 65_000;
/// Rows of a sheet that stand above the content: title and header.
const HEAD_ROWS: u32 = 2;
/// Height of one line of text in points.
const LINE: f64 = 15.0;
/// A row that would be higher than this is cut by the screen; its cell still holds the whole text.
const HIGHEST: f64 = 300.0;

/// A column: its heading and its width in characters.
pub(in super::super) struct Column {
    pub(in super::super) name: String,
    pub(in super::super) width: f64,
}

impl Column {
    pub(in super::super) fn new(name: impl Into<String>, width: f64) -> Self {
        Self { name: name.into(), width }
    }
}

/// What goes into a cell.
pub(in super::super) enum Cell {
    /// Text, in this tone.
    Text(String, Tone),
    /// A number.
    Number(usize),
    /// A link to a file beside the workbook, and the text that is shown.
    Link(String, String),
}

impl Cell {
    /// Ordinary text.
    pub(in super::super) fn plain(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Tone::Plain)
    }

    /// A link to the kept file that shows a capture best.
    pub(in super::super) fn to_file(capture: &Capture) -> Option<Self> {
        let file = best_file(capture)?;
        let text = file.trim_start_matches("../").to_owned();
        Some(Self::Link(file, text))
    }
}

/// How a cell is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Tone {
    Plain,
    Bad,
    Warn,
    Good,
    Unsure,
    Quiet,
}

impl Tone {
    fn colours(self) -> Option<(u32, u32)> {
        match self {
            Self::Plain => None,
            Self::Bad => Some((0x00B3_261E, 0x00FD_ECEB)),
            Self::Warn => Some((0x008F_5400, 0x00FD_F2DF)),
            Self::Good => Some((0x001A_6B3B, 0x00E6_F4EA)),
            Self::Unsure => Some((0x0063_389B, 0x00F1_EAFB)),
            Self::Quiet => Some((0x005B_6B78, 0x00F3_F5F6)),
        }
    }
}

/// A sheet being filled row by row.
pub(in super::super) struct Sheet {
    worksheet: Worksheet,
    columns: Vec<Column>,
    next: u32,
    links: usize,
}

impl Sheet {
    /// An empty sheet with title and header.
    pub(in super::super) fn new(name: &str, title: &str, columns: Vec<Column>) -> Result<Self, XlsxError> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(name)?;
        let last = columns.len().saturating_sub(1) as u16;
        worksheet.merge_range(0, 0, 0, last, &tidy(title), &title_format())?;
        worksheet.set_row_height(0, 30)?;
        worksheet.set_row_height(1, 24)?;
        for (at, column) in (0_u16..).zip(&columns) {
            worksheet.set_column_width(at, column.width)?;
            worksheet.write_string_with_format(1, at, &column.name, &header_format())?;
        }
        worksheet.set_freeze_panes(HEAD_ROWS, 2)?;
        Ok(Self { worksheet, columns, next: HEAD_ROWS, links: 0 })
    }

    /// Adds a row.
    pub(in super::super) fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let row = self.next;
        let mut lines = 1;
        for ((at, cell), column) in (0_u16..).zip(cells).zip(&self.columns) {
            lines = lines.max(lines_needed(cell, column.width));
            match cell {
                Cell::Number(number) => {
                    self.worksheet.write_number_with_format(row, at, *number as f64, &centred())?;
                }
                Cell::Text(text, tone) => write_text(&mut self.worksheet, (row, at), text, *tone)?,
                Cell::Link(file, text) if self.links < MOST_LINKS => {
                    self.links += 1;
                    let url = Url::new(format!("file:///{file}")).set_text(tidy(text));
                    self.worksheet.write_url_with_format(row, at, url, &body(Tone::Plain).set_hyperlink())?;
                }
                Cell::Link(_, text) => write_text(&mut self.worksheet, (row, at), text, Tone::Plain)?,
            }
        }
        self.worksheet.set_row_height(row, (lines as f64 * LINE + 6.0).min(HIGHEST))?;
        self.next += 1;
        Ok(())
    }

    /// The finished sheet: filter over the header, A4 landscape, header on each printed page.
    pub(in super::super) fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let last_column = self.columns.len().saturating_sub(1) as u16;
        let sheet = &mut self.worksheet;
        sheet.autofilter(1, 0, self.next.max(HEAD_ROWS) - 1, last_column)?;
        sheet.set_repeat_rows(0, 1)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_footer("&L走通 zoutong&C第 &P 页，共 &N 页");
        Ok(self.worksheet)
    }
}

fn write_text(sheet: &mut Worksheet, (row, at): (u32, u16), text: &str, tone: Tone) -> Result<(), XlsxError> {
    let text = tidy(text);
    let format = body(tone);
    // Without the prefix a spreadsheet would take such a text for a formula as soon as somebody edits the cell.
    let format = if looks_like_formula(&text) { format.set_quote_prefix() } else { format };
    sheet.write_string_with_format(row, at, text, &format)?;
    Ok(())
}

fn looks_like_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Text that the file format can hold.
fn tidy(text: &str) -> String {
    const CUT: &str = "…（内容过长，已截断）";
    let text = clean(text);
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let room = LONGEST - CUT.encode_utf16().count();
    let mut used = 0;
    let fits = |character: &char| {
        used += character.len_utf16();
        used <= room
    };
    text.chars().take_while(fits).chain(CUT.chars()).collect()
}

/// Lines that a cell's text takes at its column's width, so that rows are high enough in every program.
fn lines_needed(cell: &Cell, columns: f64) -> usize {
    let (Cell::Text(text, _) | Cell::Link(_, text)) = cell else { return 1 };
    let room = (columns - 1.0).max(1.0) as usize;
    text.lines().take(100).map(|line| crate::text::width(line).div_ceil(room).max(1)).sum::<usize>().max(1)
}

fn title_format() -> Format {
    Format::new()
        .set_bold()
        .set_font_size(15)
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::VerticalCenter)
}

fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x0011_5E70))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x000C_4957))
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn body(tone: Tone) -> Format {
    let format = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00C9_D3D9));
    match tone.colours() {
        Some((ink, paper)) => format
            .set_font_color(Color::RGB(ink))
            .set_background_color(Color::RGB(paper))
            .set_align(FormatAlign::Center),
        None => format,
    }
}

fn centred() -> Format {
    body(Tone::Plain).set_align(FormatAlign::Center)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_is_recognised() {
        for text in ["=1+1", "+86", "-1", "@SUM(A1)", "  =cmd|' /C calc'!A0", "＝1"] {
            assert!(looks_like_formula(text), "{text}");
        }
        assert!(!looks_like_formula("承诺=5"));
    }

    #[test]
    fn a_cell_never_holds_more_than_the_format_allows() {
        let text = tidy(&"😀".repeat(20_000));
        assert!(text.encode_utf16().count() <= LONGEST);
        assert!(text.ends_with("已截断）"));
        assert_eq!(tidy("a\u{0}\u{b}b\nc"), "ab\nc");
    }
}
