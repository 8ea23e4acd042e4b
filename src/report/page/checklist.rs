//! 核查清单: the 94 official items by stage, each with its state and the reason where nothing can be told.

use minijinja::{Value, context};

use crate::model::{ChannelId, Checklist, ChecklistItem, Coverage, CoverageState, Outcome};

use super::super::tally::{Stage, in_state, stages};
use super::super::wording::clean;

/// The stages with their items.
pub(super) fn checklist(outcome: &Outcome) -> Value {
    Value::from(stages().iter().map(|stage| group(outcome, stage)).collect::<Vec<_>>())
}

fn group(outcome: &Outcome, stage: &Stage) -> Value {
    let items: Vec<&ChecklistItem> = Checklist::official()
        .items
        .iter()
        .filter(|item| item.stage == stage.name && item.is_online() == stage.online)
        .collect();
    let lines: Vec<&Coverage> =
        items.iter().filter_map(|item| outcome.coverage.iter().find(|line| line.check == item.id)).collect();
    let looked_at = lines.iter().any(|line| !line.channels.is_empty());
    let rows: Vec<_> = items.iter().map(|item| row(outcome, item, &lines)).collect();
    context! {
        stage => stage.name,
        online => stage.online,
        open => looked_at,
        counts => counts(&lines),
        total => items.len(),
        rows,
    }
}

/// “2 通过 · 1 有问题 · 9 未能核查”: what the closed panel says.
fn counts(lines: &[&Coverage]) -> Value {
    let states = [
        CoverageState::Problem,
        CoverageState::Pass,
        CoverageState::CannotTell,
        CoverageState::NotApplicable,
        CoverageState::AwaitingPeople,
    ];
    let counted = states.map(|state| (state, in_state(lines, state)));
    let shown = counted.iter().filter(|(_, count)| *count > 0);
    let shown = shown.map(|(state, count)| context! { class => class(*state), word => state.name(), count });
    Value::from(shown.collect::<Vec<_>>())
}

fn row(outcome: &Outcome, item: &ChecklistItem, lines: &[&Coverage]) -> Value {
    let line = lines.iter().find(|line| line.check == item.id);
    let state = line.map_or(CoverageState::CannotTell, |line| line.state);
    let why = line.map_or("本次结果中没有这一项", |line| line.why.as_str());
    let channels: Vec<_> = match line {
        Some(line) if !line.channels.is_empty() => {
            outcome.run.channels.iter().map(|(id, name)| dot(line, id, name)).collect()
        }
        _ => Vec::new(),
    };
    context! {
        number => item.no,
        group => &item.group,
        text => &item.text,
        class => class(state),
        sign => sign(state),
        word => state.name(),
        why => if why == state.name() { String::new() } else { clean(why) },
        channels,
        problems => numbers(outcome, &item.id),
    }
}

fn dot(line: &Coverage, id: &ChannelId, name: &str) -> Value {
    let state = line.channels.get(id);
    context! {
        channel => clean(name),
        class => state.map_or("quiet", |state| class(*state)),
        sign => state.map_or("·", |state| sign(*state)),
        word => state.map_or("未走访", |state| state.name()),
    }
}

/// The numbers of the problems of one check: the first, and how many.
fn numbers(outcome: &Outcome, check: &str) -> Value {
    let mut of_check = (1_usize..).zip(&outcome.issues).filter(|(_, issue)| issue.finding.check == check);
    match of_check.next() {
        Some((first, _)) => context! { first, count => 1 + of_check.count() },
        None => Value::from(()),
    }
}

fn class(state: CoverageState) -> &'static str {
    match state {
        CoverageState::Pass => "pass",
        CoverageState::Problem => "problem",
        CoverageState::CannotTell => "cannot",
        CoverageState::NotApplicable => "quiet",
        CoverageState::AwaitingPeople => "waiting",
    }
}

fn sign(state: CoverageState) -> &'static str {
    match state {
        CoverageState::Pass => "✓",
        CoverageState::Problem => "✕",
        CoverageState::CannotTell => "?",
        CoverageState::NotApplicable => "–",
        CoverageState::AwaitingPeople => "✎",
    }
}
