//! 未能核查: what could not be judged and why, as visible as the problems; apart from it what nobody set out to judge.

use minijinja::{Value, context};

use crate::model::{Outcome, Unseen};

use super::super::wording::{clean, point_text, stage_of};
use super::gallery::Gallery;

/// `blocked`: rows that make the run incomplete. `open`: the rest.
pub(super) fn gaps(outcome: &Outcome, gallery: &Gallery) -> Value {
    let rows = |incomplete: bool| {
        let rows = outcome.unseen.iter().filter(|row| row.incomplete == incomplete);
        rows.map(|unseen| row(outcome, unseen, gallery)).collect::<Vec<_>>()
    };
    context! { blocked => rows(true), open => rows(false) }
}

fn row(outcome: &Outcome, unseen: &Unseen, gallery: &Gallery) -> Value {
    let channel = unseen.channel.as_ref().map(|id| clean(outcome.run.channel_name(id)));
    let items: Vec<_> = unseen.items.iter().map(|item| clean(item)).collect();
    let points = unseen.checks.iter().map(|check| {
        context! { stage => stage_of(check), text => point_text(check) }
    });
    context! {
        channel => channel.unwrap_or_else(|| "全部渠道".to_owned()),
        why => clean(&unseen.why),
        items,
        points => points.collect::<Vec<_>>(),
        evidence => unseen.capture.as_deref().map(|id| gallery.seen(id, None)),
    }
}
