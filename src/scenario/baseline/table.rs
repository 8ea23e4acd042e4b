//! A grid whose headings are understood.

use std::cmp::Reverse;

use super::Grid;
use super::heading::{self, Column};
use crate::model::Catalogue;

/// Headings stand in one of so many rows; above them are titles.
const TITLE_ROWS: usize = 10;

/// A grid with its headings understood.
pub(super) struct Table<'g> {
    pub(super) grid: &'g Grid,
    /// Index of the row of headings.
    head: usize,
    columns: Vec<Option<Column>>,
    /// What somebody should know of the headings, in Chinese.
    pub(super) notes: Vec<String>,
}

/// One cell with what it means.
#[derive(Clone, Copy)]
pub(super) struct Cell<'t> {
    pub(super) column: &'t Column,
    pub(super) heading: &'t str,
    pub(super) said: &'t str,
}

impl<'g> Table<'g> {
    /// The grid as a table of items; the row that knows most headings is the head.
    pub(super) fn of_items(grid: &'g Grid) -> Option<Self> {
        let heads = grid.rows.iter().take(TITLE_ROWS).enumerate();
        let (head, known) = heads
            .map(|(at, cells)| (at, heading::items_known(cells)))
            .max_by_key(|(at, known)| (*known, Reverse(*at)))?;
        (known > 0).then(|| Self::new(grid, head, heading::of_item))
    }

    /// The grid as a table of the items' materials.
    pub(super) fn of_materials(grid: &'g Grid) -> Option<Self> {
        let head = grid.rows.iter().take(TITLE_ROWS).position(|cells| heading::is_of_materials(cells))?;
        Some(Self::new(grid, head, heading::of_material))
    }

    fn new(grid: &'g Grid, head: usize, meaning: fn(&str) -> Option<Column>) -> Self {
        let columns = grid.rows[head].iter().map(|cell| meaning(cell)).collect();
        let mut table = Self { grid, head, columns, notes: Vec::new() };
        table.note_unknown();
        table.drop_doubles();
        table
    }

    fn note_unknown(&mut self) {
        let headings = self.columns.iter().zip(&self.grid.rows[self.head]);
        let unknown: Vec<String> = headings
            .filter(|(column, _)| column.is_none())
            .map(|(_, heading)| format!("“{}”", heading.trim()))
            .collect();
        if !unknown.is_empty() {
            self.notes.push(format!("{}有看不懂的列，没有用上：{}", self.grid.name, unknown.join("、")));
        }
    }

    /// Two columns for one element would contradict each other sooner or later: the one that bears its name stays, else
    /// the first.
    fn drop_doubles(&mut self) {
        for at in 0..self.columns.len() {
            let Some(column) = self.columns[at].clone().filter(|column| *column != Column::Ignored) else {
                continue;
            };
            let earlier = self.columns[..at].iter().position(|other| other.as_ref() == Some(&column));
            let Some(first) = earlier else { continue };
            let heading = |at: usize| self.grid.rows[self.head][at].trim();
            let name = name_of(&column);
            let (kept, dropped) =
                if heading(at) == name && heading(first) != name { (at, first) } else { (first, at) };
            self.notes.push(format!(
                "{}的“{}”和“{}”都是“{name}”，只用“{}”这一列",
                self.grid.name,
                heading(first),
                heading(at),
                heading(kept)
            ));
            self.columns[dropped] = Some(Column::Ignored);
        }
    }

    /// The cells below the headings, with the number of their row in the file; empty rows and cells are passed over.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, Vec<Cell<'_>>)> {
        let head = &self.grid.rows[self.head];
        let rows = self.grid.rows.iter().enumerate().skip(self.head + 1);
        rows.filter_map(move |(at, cells)| {
            let cells = cells.iter().zip(&self.columns).zip(head);
            let meant: Vec<Cell<'_>> = cells
                .filter_map(|((said, column), heading)| {
                    Some(Cell { column: column.as_ref()?, heading: heading.trim(), said: said.trim() })
                })
                .filter(|cell| !is_blank(cell.said))
                .collect();
            (!meant.is_empty()).then(|| (self.grid.first_row + at, meant))
        })
    }
}

/// What people and programs write into a cell that has nothing to say; 无 is a statement.
fn is_blank(said: &str) -> bool {
    matches!(said, "" | "/" | "\\" | "-" | "--" | "—" | "——" | "null" | "NULL" | "None" | "undefined")
}

fn name_of(column: &Column) -> &str {
    match column {
        Column::Element(id) | Column::LimitNumber(id) | Column::LimitUnit(id) => {
            Catalogue::embedded().name_of(id)
        }
        Column::Material(id) => {
            let fields = &Catalogue::embedded().material_fields;
            fields.iter().find(|field| field.id == *id).map_or(id, |field| field.name.as_str())
        }
        Column::SomeCode => "编码",
        Column::Ignored => "",
    }
}
