//! Tables as rows of cells, and the value that belongs to a label cell: beside it, under it, or spanned by it.

use std::collections::HashMap;

use super::labels::field;
use super::page::{Page, Span};
use super::spot::Spots;
use super::tag::{Part, part};

/// One cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) at: usize,
    /// First column that it covers.
    pub(super) column: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// One table, cells of nested tables left out.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) table: usize,
    /// Rows in order: the tr and its cells.
    pub(super) rows: Vec<(usize, Vec<Cell>)>,
}

/// All tables of a page.
pub(super) struct Grids {
    pub(super) list: Vec<Grid>,
    /// Cell position to (grid, row, place in the row).
    places: HashMap<usize, (usize, usize, usize)>,
}

/// Where a label cell's value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellValue {
    /// One cell, or the cells to the right that a tall label spans.
    Beside(Span),
    /// The cells under a heading cell.
    Under(Vec<Span>),
    /// The row holds nothing else: what follows the row.
    Row(usize),
}

impl Grids {
    pub(super) fn find(page: &Page) -> Self {
        let mut list: Vec<Grid> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for at in 0..page.len() {
            while open.last().is_some_and(|&grid| page.end(list[grid].table) <= at) {
                open.pop();
            }
            match part(page.node(at)) {
                Some(Part::Table) => {
                    open.push(list.len());
                    list.push(Grid { table: at, rows: Vec::new() });
                }
                Some(Part::Row) => {
                    if let Some(&grid) = open.last() {
                        list[grid].rows.push((at, Vec::new()));
                    }
                }
                // A colon in a cell of its own parts a label from its value.
                Some(Part::Cell) if is_colon(page, at) => {}
                Some(Part::Cell) => {
                    if let Some((_, cells)) = open.last().and_then(|&grid| list[grid].rows.last_mut()) {
                        let (width, height) =
                            (spanned(page, at, "colspan", 100), spanned(page, at, "rowspan", 2000));
                        cells.push(Cell { at, column: 0, width, height });
                    }
                }
                None => {}
            }
        }
        list.iter_mut().for_each(place_columns);
        let mut places = HashMap::new();
        for (number, grid) in list.iter().enumerate() {
            for (row, (_, cells)) in grid.rows.iter().enumerate() {
                places.extend(cells.iter().enumerate().map(|(place, cell)| (cell.at, (number, row, place))));
            }
        }
        Self { list, places }
    }

    /// Where the value of a label cell stands; `None` when the position is no table cell.
    pub(super) fn value(&self, page: &Page, spots: &Spots, at: usize) -> Option<CellValue> {
        let &(grid, row, place) = self.places.get(&at)?;
        let grid = &self.list[grid];
        if grid.is_heading_row(page, spots, row) {
            return Some(CellValue::Under(grid.under(page, spots, row, place)));
        }
        let (tr, cells) = &grid.rows[row];
        let cell = cells[place];
        let Some(next) = cells.get(place + 1) else {
            let alone = cells.iter().all(|other| other.at == at || !page.has_text(page.span(other.at)));
            return Some(if alone {
                CellValue::Row(*tr)
            } else {
                CellValue::Beside(Span { start: page.end(at), end: page.end(at) })
            });
        };
        if cell.height > 1 {
            let last = grid.rows[(row + cell.height - 1).min(grid.rows.len() - 1)].0;
            return Some(CellValue::Beside(Span { start: page.end(at), end: page.end(last) }));
        }
        Some(CellValue::Beside(page.span(next.at)))
    }

    /// Whether a label heads one of several columns of a table that is about one element.
    pub(super) fn is_column(&self, page: &Page, spots: &Spots, at: usize) -> bool {
        let Some(&(grid, row, _)) = self.places.get(&at) else { return false };
        let (grid, Some(own)) = (&self.list[grid], spots.mark(at)) else { return false };
        let of_own = |cell: &Cell| {
            spots.mark(cell.at).is_none_or(|mark| {
                mark.label
                    .senses
                    .iter()
                    .any(|sense| own.label.senses.iter().any(|own| own.element == sense.element))
            })
        };
        let cells = &grid.rows[row].1;
        cells.len() >= 3 && cells.iter().all(of_own) && grid.is_heading_row(page, spots, row)
    }

    /// Whether a label-like cell heads a column of stages, materials or questions, which it then belongs to.
    pub(super) fn heads_other_things(&self, page: &Page, spots: &Spots, at: usize) -> bool {
        let Some(&(grid, row, _)) = self.places.get(&at) else { return false };
        let grid = &self.list[grid];
        grid.is_column_row(page, row) && !grid.is_heading_row(page, spots, row)
    }

    /// Whether a label-like cell is rather the value of the label cell before it (“办理形式 | 网上办理”).
    pub(super) fn is_value(&self, page: &Page, spots: &Spots, at: usize) -> bool {
        let Some(&(grid, row, place)) = self.places.get(&at) else { return false };
        let grid = &self.list[grid];
        let (_, cells) = &grid.rows[row];
        if grid.is_heading_row(page, spots, row) {
            return false;
        }
        let headed = cells.iter().any(|cell| page.tag(cell.at) == "th");
        if headed {
            return page.tag(at) == "td" && place > 0 && page.tag(cells[place - 1].at) == "th";
        }
        place % 2 == 1
            && cells.len().is_multiple_of(2)
            && cells[place - 1].height == 1
            && spots.mark(cells[place - 1].at).is_some()
    }
}

impl Grid {
    /// A row of labels whose values stand in the rows below.
    pub(super) fn is_heading_row(&self, page: &Page, spots: &Spots, row: usize) -> bool {
        let cells = &self.rows[row].1;
        let marked = cells.iter().filter(|cell| spots.mark(cell.at).is_some()).count();
        let worded = cells.iter().filter(|cell| page.has_text(page.span(cell.at))).count();
        let columns = self.is_column_row(page, row);
        if marked < 1
            || cells.len() > 40
            || marked * 2 < worded && !columns
            || cells.iter().any(|cell| is_step_heading(page, cell.at))
            || columns && self.heads_materials(page, row)
        {
            return false;
        }
        let Some((_, below)) = self.rows.get(row + 1) else { return false };
        if self.is_column_row(page, row) {
            return below.len() == cells.len();
        }
        let all_heads = cells.iter().all(|cell| page.tag(cell.at) == "th");
        let heads_below = below.iter().any(|cell| page.tag(cell.at) == "th");
        let labels_below = below.first().is_some_and(|cell| spots.mark(cell.at).is_some());
        let alternating =
            cells.iter().enumerate().any(|(place, cell)| place % 2 == 1 && spots.mark(cell.at).is_some());
        marked >= 2
            && below.len() == cells.len()
            && !labels_below
            && !heads_below
            && (all_heads || alternating && marked >= 2 && marked == worded)
    }

    /// A row of headings by its structure: a head of its own, or numbered columns.
    fn is_column_row(&self, page: &Page, row: usize) -> bool {
        let (tr, cells) = &self.rows[row];
        if cells.len() < 2 || cells.len() > 40 {
            return false;
        }
        let short = cells.iter().all(|cell| page.chars(page.span(cell.at)) <= 20);
        let numbered = || super::words::bare(&page.brief(page.span(cells[0].at))) == "序号";
        let headed = || page.tag(page.parent(*tr)) == "thead" && cells.len() > 2;
        let staged = || cells.iter().any(|cell| is_step_heading(page, cell.at));
        short && (numbered() || headed() || staged() || self.heads_materials(page, row))
    }

    /// Whether most cells of a row name columns of a materials table, the name among them.
    fn heads_materials(&self, page: &Page, row: usize) -> bool {
        let cells = &self.rows[row].1;
        let fields: Vec<&str> =
            cells.iter().filter_map(|cell| field(&page.brief(page.span(cell.at)))).collect();
        fields.contains(&"name") && fields.len() >= 2 && fields.len() * 2 > cells.len()
    }

    /// The cells under a heading cell, down to the next row of headings.
    fn under(&self, page: &Page, spots: &Spots, row: usize, place: usize) -> Vec<Span> {
        let column = self.rows[row].1[place].column;
        let width = self.rows[row].1.len();
        self.rows[row + 1..]
            .iter()
            .take(200)
            .take_while(|(_, cells)| {
                cells.len() <= width && cells.first().is_none_or(|cell| spots.mark(cell.at).is_none())
            })
            .filter_map(|(_, cells)| {
                cells.iter().find(|cell| cell.column <= column && column < cell.column + cell.width)
            })
            .map(|cell| page.span(cell.at))
            .collect()
    }
}

/// Headings of tables of stages, whose other headings (办理时限, 办理结果) belong to the stage.
fn is_step_heading(page: &Page, at: usize) -> bool {
    const WORDS: &[&str] =
        &["环节", "步骤", "阶段", "审查标准", "情形名称", "问题", "环节名称", "办理环节", "办理步骤"];
    let span = page.span(at);
    page.chars(span) <= 12 && {
        let shown = page.brief(span);
        let text = super::words::bare(&shown);
        WORDS.contains(&&*text) || text.ends_with("环节") || text.ends_with("步骤")
    }
}

/// Whether a cell holds a colon and nothing else.
fn is_colon(page: &Page, at: usize) -> bool {
    let span = page.span(at);
    page.chars(span) <= 3 && page.texts(span).len() == 1 && matches!(page.brief(span).trim(), ":" | "：")
}

fn spanned(page: &Page, at: usize, name: &str, limit: usize) -> usize {
    page.node(at).attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, limit)
}

/// Gives each cell its first column, under the tall cells of the rows above.
fn place_columns(grid: &mut Grid) {
    let mut tall: Vec<(usize, usize, usize)> = Vec::new();
    for (_, cells) in &mut grid.rows {
        let mut column = 0;
        for cell in cells.iter_mut() {
            while let Some(above) = tall.iter().find(|above| above.0 <= column && column < above.0 + above.1)
            {
                column = above.0 + above.1;
            }
            cell.column = column;
            column += cell.width;
        }
        for above in &mut tall {
            above.2 -= 1;
        }
        tall.retain(|above| above.2 > 0);
        tall.extend(
            cells
                .iter()
                .filter(|cell| cell.height > 1)
                .take(50)
                .map(|cell| (cell.column, cell.width, cell.height - 1)),
        );
        tall.truncate(200);
    }
}
