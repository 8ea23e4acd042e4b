//! 四端对照: one sheet an item; what differs first, what is only written differently apart, what agrees folded.

use minijinja::{Value, context};

use crate::model::{Likeness, Outcome, Run, Sheet, SheetRow};

use super::super::wording::{clean, item_name};
use super::{followable, sayings};

/// The sheets in the outcome's order, numbered from 1.
pub(super) fn sheets(outcome: &Outcome) -> Value {
    let sheets = (1_usize..).zip(&outcome.sheets).map(|(number, sheet)| {
        let mut numbers =
            (1_usize..).zip(&outcome.issues).filter(|(_, issue)| issue.finding.item == sheet.item);
        let first = numbers.next().map(|(first, _)| first);
        let problems = first.map_or(0, |_| 1 + numbers.count());
        sheet_value(&outcome.run, sheet, number, first, problems)
    });
    Value::from(sheets.collect::<Vec<_>>())
}

fn sheet_value(run: &Run, sheet: &Sheet, number: usize, first: Option<usize>, problems: usize) -> Value {
    let rows = |wanted: &[Likeness]| -> Vec<Value> {
        sheet
            .rows
            .iter()
            .filter(|row| wanted.contains(&row.likeness))
            .map(|row| row_value(run, row))
            .collect()
    };
    let count = |likeness| sheet.rows.iter().filter(|row| row.likeness == likeness).count();
    context! {
        number,
        item => item_name(&sheet.item),
        first,
        problems,
        channels => sheet.channels.iter().map(|id| clean(run.channel_name(id))).collect::<Vec<_>>(),
        pages => pages(run, sheet),
        apart => rows(&[Likeness::Differs, Likeness::Missing]),
        formal => rows(&[Likeness::Formal]),
        alone => rows(&[Likeness::Alone]),
        same => sheet.rows.iter().filter(|row| row.likeness == Likeness::Same).map(|row| same(run, row)).collect::<Vec<_>>(),
        differs => count(Likeness::Differs),
        missing => count(Likeness::Missing),
    }
}

/// The addresses that were read; one that is not a web address is text only.
fn pages(run: &Run, sheet: &Sheet) -> Vec<Value> {
    let page = |id| {
        let url = sheet.urls.get(id);
        context! {
            channel => clean(run.channel_name(id)),
            url => url.map(|url| clean(url)),
            link => url.and_then(|url| followable(url)),
        }
    };
    sheet.channels.iter().map(page).collect()
}

fn row_value(run: &Run, row: &SheetRow) -> Value {
    context! {
        label => clean(&row.label),
        likeness => row.likeness.name(),
        class => class(row.likeness),
        cells => sayings::cells(run, &row.sayings, &row.odd, None),
    }
}

/// What all channels say alike is written once: it keeps the page small.
fn same(run: &Run, row: &SheetRow) -> Value {
    context! { label => clean(&row.label), cell => sayings::single(run, &row.sayings) }
}

fn class(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Same => "pass",
        Likeness::Formal => "formal",
        Likeness::Differs => "problem",
        Likeness::Missing => "cannot",
        Likeness::Alone => "quiet",
    }
}
