//! One step: exactly one action, checked against the names that exist at that point.

use super::duration::duration;
use super::said::{Context, expression, frame, said};
use super::{filled, flow, look, page, touch, window};
use crate::model::{Action, Step};
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::file::flow::Steps;
use crate::scenario::file::step::StepFile;
use crate::scenario::margin::Margin;
use crate::scenario::yaml::Written;

/// More tries than this hide what is wrong.
const MOST_RETRIES: u32 = 10;

/// The actions found in an entry: each with its key, and what it asks unless that was wrong.
#[derive(Default)]
pub(super) struct Found(Vec<(Mark, Option<Action>)>);

impl Found {
    pub(super) fn add(&mut self, key: Mark, action: Option<Action>) {
        self.0.push((key, action));
    }
}

/// Converts a list of entries; the wrong ones are noted and left out.
pub(super) fn steps(entries: &Steps, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Vec<Step> {
    entries.value.0.iter().filter_map(|entry| step(entry, context, margin)).collect()
}

/// Converts one entry; `None` when it is wrong, which is then noted.
fn step(entry: &Written<StepFile>, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Option<Step> {
    let file = &entry.value;
    if let Some(inner) = &file.maybe {
        return maybe(entry, inner, context, margin);
    }
    let before = context.names.kept.clone();
    let found = actions(file, context, margin);
    let after = std::mem::replace(&mut context.names.kept, before);
    let modified = modifiers(entry, context, margin);
    context.names.kept = after;
    let (key, action) = only_one(found, entry.mark, margin)?;
    let action = action?;
    if modified.retry > 0 && matches!(action, Action::Person { .. }) {
        margin.warn(Fault::new(key, "请人做的一步再试，就会再问一遍"));
    }
    let disabled = modified.disabled || matches!(action, Action::Unknown { .. });
    Some(Step { action, disabled, ..modified })
}

/// The step that the modifiers alone make; its action is still to come.
fn modifiers(entry: &Written<StepFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Step {
    let file = &entry.value;
    let retry = file.retry.as_ref().map_or(0, |retry| {
        if retry.value > MOST_RETRIES {
            margin.wrong(Fault::new(retry.mark, "再试的次数太多").hint(format!("最多 {MOST_RETRIES} 次")));
        }
        retry.value
    });
    Step {
        label: file.label.as_ref().map(|label| filled(label, "步骤的名字", margin)),
        when: file.when.as_ref().map(|when| expression(when, context, margin)),
        timeout: file.timeout.as_ref().and_then(|timeout| duration(timeout, margin)),
        retry,
        soft: file.soft.as_ref().is_some_and(|soft| soft.value),
        page: file.page.as_ref().and_then(|page| said(page, "窗口", context, margin)),
        frame: file.frame.as_ref().and_then(|places| frame(places, context, margin)),
        disabled: file.disabled.as_ref().is_some_and(|disabled| disabled.value),
        extra: file.extra.0.clone(),
        column: entry.mark.column,
        ..Step::of(Action::Shot, entry.mark.line)
    }
}

fn maybe(
    entry: &Written<StepFile>,
    inner: &Written<StepFile>,
    context: &mut Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<Step> {
    let others = actions(&entry.value, context, margin);
    if let Some((other, _)) = others.0.first() {
        let fault = Fault::new(*other, "maybe 和别的步骤写在了同一条里");
        margin.wrong(fault.hint("把步骤写进 maybe 里面，例如：- maybe: { tap: 关闭 }"));
        return None;
    }
    if let Some(deeper) = &inner.value.maybe {
        margin.wrong(Fault::new(deeper.key, "maybe 里面不用再写 maybe"));
        return None;
    }
    let outer = modifiers(entry, context, margin);
    let step = step(inner, context, margin)?;
    Some(Step {
        label: outer.label.or(step.label),
        when: outer.when.or(step.when),
        timeout: outer.timeout.or(step.timeout),
        maybe: true,
        retry: outer.retry.max(step.retry),
        soft: outer.soft || step.soft,
        page: outer.page.or(step.page),
        frame: outer.frame.or(step.frame),
        disabled: outer.disabled || step.disabled,
        extra: outer.extra.into_iter().chain(step.extra).collect(),
        line: entry.mark.line,
        column: entry.mark.column,
        action: step.action,
    })
}

/// The one action of an entry; none or several are noted.
fn only_one(found: Found, entry: Mark, margin: &mut Margin<'_>) -> Option<(Mark, Option<Action>)> {
    let mut found = found.0;
    found.sort_by_key(|(key, _)| (key.line, key.column));
    if let Some((second, _)) = found.get(1) {
        let fault = Fault::new(*second, "两个步骤写在了同一条里");
        margin.wrong(fault.hint("每个步骤单独一条，前面加“- ”"));
        return None;
    }
    if found.is_empty() {
        let fault = Fault::new(entry, "这一条没有写要做什么");
        margin.wrong(fault.hint("加上一个步骤，例如：tap: 登录；label、when、timeout 等只是附加说明"));
    }
    found.pop()
}

/// Every action that an entry has, each checked.
fn actions(file: &StepFile, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Found {
    let mut found = Found::default();
    page::find(file, context, margin, &mut found);
    touch::find(file, context, margin, &mut found);
    look::find(file, context, margin, &mut found);
    window::find(file, context, margin, &mut found);
    flow::find(file, context, margin, &mut found);
    found
}
