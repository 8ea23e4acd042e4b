//! 不稳定与未通过: what was only done when it was tried again, and what was allowed to fail and did, each with the page at its
//! first failure.

use minijinja::{Value, context};

use crate::model::{Hitch, Outcome};

use super::super::hitches::{place, step, told};
use super::super::wording::{clean, stage_of};
use super::gallery::Gallery;

/// Cards that the page shows; the workbook has them all.
const MOST: usize = 100;

/// One card each, what failed for good first; `left_out` are too many.
pub(super) fn hitches(outcome: &Outcome, gallery: &Gallery) -> Value {
    let (failed, flaky): (Vec<&Hitch>, Vec<&Hitch>) =
        outcome.hitches.iter().partition(|hitch| !hitch.kind.is_flaky());
    let cards = failed.into_iter().chain(flaky).take(MOST).map(|hitch| card(outcome, hitch, gallery));
    context! {
        all => outcome.hitches.len(),
        left_out => outcome.hitches.len().saturating_sub(MOST),
        cards => cards.collect::<Vec<_>>(),
    }
}

fn card(outcome: &Outcome, hitch: &Hitch, gallery: &Gallery) -> Value {
    let mut stages: Vec<String> = hitch.checks.iter().map(|check| stage_of(check)).collect();
    stages.dedup();
    context! {
        class => if hitch.kind.is_flaky() { "minor" } else { "major" },
        word => hitch.kind.name(),
        place => place(&outcome.run, hitch),
        step => step(&outcome.run, hitch),
        told => told(hitch),
        stages => stages.join("、"),
        visit => clean(&hitch.visit.0),
        evidence => hitch.capture.as_deref().map(|id| gallery.seen(id, None)),
    }
}
