//! 走访过程: what every visit did, step by step, folded away; those with something to tell come first.

use minijinja::{Value, context};

use crate::model::{Capture, Ending, HitchKind, Noise, Run, StepRecord, Visit};

use super::super::evidence::{Evidence, Material, best_file, file_link};
use super::super::hitches::scenario_title;
use super::super::wording::{clean, clip};

/// Visits that the page shows; the others are in the run folder.
const MOST_VISITS: usize = 60;
/// Steps that the page shows over all visits; a page of more is no pleasure to open.
const MOST_STEPS: usize = 3000;
/// Longest text of a step, a locator or a message that is shown, in characters.
const LONGEST: usize = 300;
/// Messages of the browser that are shown of one step.
const MOST_NOISE: usize = 8;

/// The visits, and how many are left out.
pub(super) fn visits(material: &Material<'_>) -> Value {
    let run = &material.outcome.run;
    let mut order: Vec<&Visit> = material.evidence.visits().iter().collect();
    order.sort_by_key(|visit| standing(visit));
    let mut room = MOST_STEPS;
    let shown: Vec<Value> = order
        .iter()
        .take(MOST_VISITS)
        .map_while(|visit| {
            room = room.checked_sub(visit.steps.len())?;
            Some(one(run, visit, material.evidence))
        })
        .collect();
    context! { left_out => order.len() - shown.len(), all => order.len(), shown }
}

/// What the visit came to, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Stuck,
    SoftFailure,
    Flaky,
    Noisy,
    Smooth,
}

fn standing(visit: &Visit) -> Standing {
    let hitches = visit.hitches();
    if visit.ending != Ending::Completed {
        Standing::Stuck
    } else if hitches.iter().any(|hitch| hitch.kind == HitchKind::SoftFailure) {
        Standing::SoftFailure
    } else if !hitches.is_empty() {
        Standing::Flaky
    } else if visit.steps.iter().any(|step| !step.noise.is_empty()) {
        Standing::Noisy
    } else {
        Standing::Smooth
    }
}

fn one(run: &Run, visit: &Visit, evidence: &dyn Evidence) -> Value {
    let whom = visit.item.as_ref().map(|item| &item.name).or(visit.account.as_ref());
    let parts = [
        clean(run.channel_name(&visit.channel)),
        scenario_title(run, &visit.scenario),
        clean(whom.map_or("", String::as_str)),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let (class, word) = match standing(visit) {
        Standing::Stuck => ("cannot", "没有走完"),
        Standing::SoftFailure => ("major", "步骤未通过"),
        Standing::Flaky => ("minor", "不稳定"),
        Standing::Noisy | Standing::Smooth => ("pass", "走完"),
    };
    let took = visit.steps.iter().map(|step| step.at_ms + step.took_ms).max().unwrap_or(0);
    let why = match &visit.ending {
        Ending::Completed => None,
        Ending::Blocked(obstacle) => Some(obstacle),
    };
    let page = why.and_then(|obstacle| evidence.capture(obstacle.capture.as_deref()?));
    let again = visit.given_up.iter().map(|walk| clip(&clean(&walk.why), LONGEST));
    context! {
        id => clean(&visit.id.0),
        title => parts.join(" · "),
        class,
        word,
        count => visit.steps.len(),
        took => seconds(took),
        noise => visit.steps.iter().map(|step| step.noise.len()).sum::<usize>(),
        why => why.map(|obstacle| clip(&clean(&obstacle.said), LONGEST)),
        page => page.as_ref().and_then(best_file),
        again => again.collect::<Vec<_>>(),
        steps => visit.steps.iter().map(|record| step(run, record, evidence)).collect::<Vec<_>>(),
    }
}

fn step(run: &Run, step: &StepRecord, evidence: &dyn Evidence) -> Value {
    let (class, sign, word) = match &step.failed {
        Some(_) if step.soft => ("problem", "✕", "未通过"),
        Some(_) => ("problem", "✕", "没有做成"),
        None if step.skipped => ("quiet", "–", "跳过"),
        None if step.is_flaky() => ("cannot", "≈", "不稳定"),
        None => ("pass", "✓", "做成"),
    };
    let locator = step.locator.as_deref().map(|locator| clip(&clean(locator), LONGEST));
    let stumble = step.stumble.as_ref();
    // What failed first and what failed last are often the same words.
    let first = stumble.map(|stumble| &stumble.said).filter(|said| step.failed.as_ref() != Some(*said));
    let page: Option<Capture> = stumble.and_then(|stumble| evidence.capture(stumble.capture.as_deref()?));
    let noise: Vec<String> = step.noise.iter().take(MOST_NOISE).map(message).collect();
    context! {
        line => step.line,
        called => step.scenario.as_deref().map(|id| scenario_title(run, id)),
        said => clip(&clean(&step.said), LONGEST),
        class,
        sign,
        word,
        failed => step.failed.as_deref().map(|why| clip(&clean(why), LONGEST)),
        first => first.map(|why| clip(&clean(why), LONGEST)),
        locator,
        alternative => step.alternative.filter(|number| *number > 0).map(|number| number + 1),
        tries => step.tries,
        took => seconds(step.took_ms),
        noise_count => step.noise.len(),
        noise,
        picture => step.picture.as_deref().and_then(file_link),
        first_page => page.as_ref().and_then(best_file),
    }
}

fn message(noise: &Noise) -> String {
    let url = noise.url.as_deref().map(|url| format!("（{}）", clean(url))).unwrap_or_default();
    clip(&format!("{}：{}{url}", noise.kind.name(), clean(&noise.said)), LONGEST)
}

/// “1.3 秒”.
fn seconds(millis: u64) -> String {
    format!("{}.{} 秒", millis / 1000, millis % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_something_to_tell_comes_first() {
        assert!(Standing::Stuck < Standing::SoftFailure && Standing::SoftFailure < Standing::Flaky);
        assert!(Standing::Flaky < Standing::Noisy && Standing::Noisy < Standing::Smooth);
    }

    #[test]
    fn times_are_said_in_seconds_with_one_decimal() {
        assert_eq!(seconds(80), "0.0 秒");
        assert_eq!(seconds(12_345), "12.3 秒");
    }
}
