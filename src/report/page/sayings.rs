//! What the channels say, side by side, each with its marks against the majority.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::model::{ChannelId, Run, Saying};
use crate::text::{Mark, MarkKind};

use super::super::difference::{Shown, Words, excerpt, shown_length, side_by_side};
use super::super::wording::clean;
use super::gallery::Gallery;

/// Longer values are folded behind their telling part.
const FOLD: usize = 120;
/// How much of a folded value shows.
const TELLING: usize = 90;

/// One cell a channel; `gallery` adds the way to the evidence.
pub(super) fn cells(
    run: &Run,
    sayings: &BTreeMap<ChannelId, Saying>,
    odd: &[ChannelId],
    gallery: Option<&Gallery>,
) -> Vec<Value> {
    let cell = |shown: &Shown<'_>| {
        let evidence = gallery.zip(sayings.get(shown.channel)).map(|(gallery, saying)| {
            saying.capture.as_deref().map_or_else(|| Value::from(()), |id| gallery.seen(id, saying.node))
        });
        cell(run, shown, evidence.unwrap_or_else(|| Value::from(())))
    };
    side_by_side(run, sayings, odd).iter().map(cell).collect()
}

/// One cell that stands for channels which all say the same: the first channel's words.
pub(super) fn single(run: &Run, sayings: &BTreeMap<ChannelId, Saying>) -> Value {
    cells(run, sayings, &[], None).into_iter().next().unwrap_or_else(|| Value::from(()))
}

fn cell(run: &Run, shown: &Shown<'_>, evidence: Value) -> Value {
    let channel = clean(run.channel_name(shown.channel));
    let odd = shown.odd;
    match &shown.words {
        Words::Nothing => context! { channel, odd, evidence, kind => "nothing" },
        Words::Unseen => context! { channel, odd, evidence, kind => "unseen" },
        Words::Text(marks) => {
            let length = shown_length(marks);
            let lead = if length > FOLD { parts(&excerpt(marks, TELLING)) } else { Value::from(()) };
            context! { channel, odd, evidence, kind => "text", parts => parts(marks), lead, length }
        }
    }
}

fn parts(marks: &[Mark]) -> Value {
    let part = |mark: &Mark| {
        let kind = match mark.kind {
            MarkKind::Same => "same",
            MarkKind::Gone => "gone",
            MarkKind::New => "new",
        };
        context! { kind, text => &mark.text }
    };
    Value::from(marks.iter().map(part).collect::<Vec<_>>())
}
