//! The chatbot's facts against the guide of its own channel. What the channels' guides themselves dispute is another
//! check's finding, and no measure for the chatbot.

use crate::model::{Case, ChannelId, Guide, Turn};
use crate::text;

use super::bot_answer::{Form, letters};

/// What the answer says otherwise than the guide, one sentence; `None` where they agree or nothing can be told.
pub(super) fn contradiction(case: &Case, channel: &ChannelId, form: Form, turn: &Turn) -> Option<String> {
    let guide = guide_on(case, channel)?;
    match form {
        Form::Materials => left_out(case, guide, turn),
        Form::How => other_limit(case, guide, turn),
        Form::Expiry => None,
    }
}

fn guide_on<'a>(case: &'a Case, channel: &ChannelId) -> Option<&'a Guide> {
    case.witnesses
        .iter()
        .filter(|witness| &witness.visit.channel == channel)
        .find_map(|witness| witness.facts.guide.as_ref().map(|(_, guide)| guide))
}

fn guides(case: &Case) -> impl Iterator<Item = &Guide> {
    case.witnesses.iter().filter_map(|witness| witness.facts.guide.as_ref().map(|(_, guide)| guide))
}

/// Materials that every channel's guide lists and the answer leaves out.
fn left_out(case: &Case, guide: &Guide, turn: &Turn) -> Option<String> {
    let answer = letters(&turn.answer);
    let undisputed = |name: &str| {
        guides(case)
            .filter(|guide| !guide.materials.is_empty())
            .all(|guide| guide.materials.iter().any(|material| letters(material.name()) == name))
    };
    let missing: Vec<&str> = guide
        .materials
        .iter()
        .map(|material| material.name())
        .filter(|name| !letters(name).is_empty() && !answer.contains(&letters(name)))
        .filter(|name| undisputed(&letters(name)))
        .collect();
    let list = missing.join("、");
    (!missing.is_empty()).then(|| format!("答案里少了办事指南要求的材料：{list}"))
}

/// A time limit that is neither the promised nor the statutory one.
fn other_limit(case: &Case, guide: &Guide, turn: &Turn) -> Option<String> {
    let promised = guide.elements.get("promise_limit")?.text.trim();
    let sort = text::sort_of("promise_limit");
    let disputed = guides(case)
        .filter_map(|guide| guide.elements.get("promise_limit"))
        .any(|reading| text::likeness(sort, promised, &reading.text) == crate::model::Likeness::Differs);
    let promise = text::limit(promised)?;
    let legal = guide.elements.get("legal_limit").and_then(|reading| text::limit(&reading.text));
    if disputed {
        return None;
    }
    let said = turn
        .answer
        .split(['。', '；', '\n', '，', ';', ','])
        .filter(|part| part.contains("时限") || part.contains("办结") || part.contains("工作日"))
        .find_map(|part| text::limit(part).map(|limit| (part, limit)));
    let (part, limit) = said?;
    let same = limit == promise || Some(&limit) == legal.as_ref();
    (!same).then(|| format!("答案说“{}”，办事指南的承诺办结时限是“{promised}”", part.trim()))
}
