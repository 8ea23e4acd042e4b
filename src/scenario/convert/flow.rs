//! Steps about other steps and other people: call, group, if, repeat, for-each, login, person, script.

use std::collections::BTreeMap;

use super::rows::rows;
use super::said::{Context, expression, name, said, script, text};
use super::step::{Found, steps};
use super::touch::{neither, one_only};
use super::{filled, is_id};
use crate::model::{Action, Condition, Over, Repeat, Step};
use crate::scenario::fault::Fault;
use crate::scenario::file::flow::{
    CallFile, ForEachStepFile, IfFile, LoginFile, PersonFile, RepeatFile, Steps,
};
use crate::scenario::file::step::StepFile;
use crate::scenario::margin::{Margin, Mention};
use crate::scenario::nearest::allowed;
use crate::scenario::template::is_template;
use crate::scenario::yaml::Written;

/// However it is meant, steps are not repeated more often.
const MOST_ROUNDS: u32 = 1000;

pub(super) fn find(file: &StepFile, context: &mut Context<'_>, margin: &mut Margin<'_>, found: &mut Found) {
    if let Some(code) = &file.script {
        found.add(code.key, script(code, margin).map(Action::Script));
    }
    if let Some(file) = &file.call {
        found.add(file.key, call(&file.value, context, margin));
    }
    if let Some(file) = &file.group {
        let title = filled(&file.value.title, "这一组的名字", margin);
        let steps = inner(&file.value.steps, context, margin);
        found.add(file.key, Some(Action::Group { title, steps }));
    }
    if let Some(file) = &file.r#if {
        found.add(file.key, condition(file, context, margin));
    }
    if let Some(file) = &file.repeat {
        found.add(file.key, repeat(file, context, margin));
    }
    if let Some(file) = &file.for_each {
        found.add(file.key, for_each(file, context, margin));
    }
    if let Some(file) = &file.login {
        found.add(file.key, login(&file.value, context, margin));
    }
    if let Some(file) = &file.person {
        found.add(file.key, person(&file.value, context, margin));
    }
    if let Some(file) = &file.unknown {
        let raw = file.value.raw.as_ref().map(|raw| raw.0.clone()).unwrap_or_default();
        found.add(file.key, Some(Action::Unknown { text: file.value.text.value.clone(), raw }));
    }
}

/// The steps inside a step; none at all is noted.
fn inner(entries: &Steps, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Vec<Step> {
    if entries.value.0.is_empty() && margin.errors.is_empty() {
        margin.wrong(Fault::new(entries.key, "这里一个步骤都没有").hint("至少写一步，例如：- tap: 登录"));
    }
    steps(entries, context, margin)
}

/// Whether there is such a scenario is asked once all files are read.
fn call(file: &CallFile, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let id = file.scenario.value.trim().to_owned();
    if !is_id(&id) {
        let fault = Fault::new(file.scenario.mark, format!("“{id}”不是场景编号"));
        margin.wrong(fault.hint("写那个场景文件里 scenario: 后面的编号，例如：call: login"));
        return None;
    }
    let given = file.with.iter().flat_map(|with| &with.0);
    let mut with = BTreeMap::new();
    let mut params = Vec::new();
    for (name, value) in given {
        with.insert(name.value.clone(), text(value, context, margin));
        params.push((name.mark, name.value.clone()));
    }
    margin.mention(Mention { scenario: id.clone(), mark: file.scenario.mark, params });
    // What the other scenario keeps can be used afterwards, and this file does not show it.
    context.names.open = true;
    Some(Action::Call { scenario: id, with })
}

fn condition(file: &Written<IfFile>, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let shape = &file.value;
    let condition = match (&shape.when, &shape.script) {
        (Some(when), None) => Some(Condition::When(expression(when, context, margin))),
        (None, Some(code)) => script(code, margin).map(Condition::Script),
        (Some(_), Some(second)) => one_only(second.key, "when 和 script", margin),
        (None, None) => neither(file.key, "if: { when: item.certificate, then: [ tap: 下载证照 ] }", margin),
    };
    let then = steps(&shape.then, context, margin);
    let otherwise = shape.r#else.as_ref().map(|entries| steps(entries, context, margin));
    Some(Action::If { condition: condition?, then, otherwise: otherwise.unwrap_or_default() })
}

fn repeat(file: &Written<RepeatFile>, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let shape = &file.value;
    let given = [&shape.times, &shape.r#while, &shape.while_script, &shape.until_script];
    if let Some(second) = given.into_iter().flatten().nth(1) {
        return one_only(second.key, "times、while、while-script 和 until-script", margin);
    }
    let how = match given {
        [Some(times), ..] => Some(Repeat::Times(rounds(times, context, margin)?)),
        [_, Some(condition), ..] => Some(Repeat::While(expression(condition, context, margin))),
        [_, _, Some(code), _] => script(code, margin).map(Repeat::WhileScript),
        [_, _, _, Some(code)] => script(code, margin).map(Repeat::UntilScript),
        _ => neither(file.key, "repeat: { times: 3, steps: [ tap: 下一页 ] }", margin),
    };
    let at_most = shape.at_most.as_ref().map_or(MOST_ROUNDS, |most| most.value);
    if let Some(most) = shape.at_most.as_ref().filter(|most| !(1..=MOST_ROUNDS).contains(&most.value)) {
        margin.wrong(Fault::new(most.mark, format!("at-most 是 1 到 {MOST_ROUNDS}")));
    }
    let steps = repeated(&shape.steps, context, margin);
    Some(Action::Repeat { how: how?, at_most, steps })
}

fn rounds(written: &Written<String>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<String> {
    let times = text(written, context, margin).trim().to_owned();
    let right = times.parse::<u32>().is_ok_and(|times| times <= MOST_ROUNDS);
    if right || is_template(&times) {
        return Some(times);
    }
    margin.wrong(
        Fault::new(written.mark, format!("“{times}”不是次数")).hint(format!("写 0 到 {MOST_ROUNDS} 的整数")),
    );
    None
}

/// Steps in which `{{ loop.index }}` is known.
fn repeated(entries: &Steps, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Vec<Step> {
    let outer = std::mem::replace(&mut context.names.repeated, true);
    let steps = inner(entries, context, margin);
    context.names.repeated = outer;
    steps
}

fn for_each(
    file: &Written<ForEachStepFile>,
    context: &mut Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<Action> {
    let shape = &file.value;
    let over = match (&shape.list, &shape.rows) {
        (Some(list), None) => Some(Over::List(expression(list, context, margin))),
        (None, Some(table)) => rows(table, margin).map(Over::Rows),
        (Some(_), Some(second)) => one_only(second.key, "in 和 rows", margin),
        (None, None) => {
            neither(file.key, "for-each: { in: item.colloquial, as: name, steps: [ search: … ] }", margin)
        }
    };
    let name = name(&shape.r#as, context, margin);
    let steps = repeated(&shape.steps, context, margin);
    Some(Action::ForEach { over: over?, name: name?, steps })
}

fn login(file: &LoginFile, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let written = &file.account;
    let account = said(written, "账号的名称", context, margin)?.trim().to_owned();
    let known: Vec<&str> = context
        .portal
        .into_iter()
        .flat_map(|portal| &portal.accounts)
        .map(|account| account.name.as_str())
        .collect();
    if !is_template(&account) && context.portal.is_some() && !known.contains(&account.as_str()) {
        let fault = Fault::new(written.mark, format!("没有叫“{account}”的测试账号"));
        let hint = if known.is_empty() {
            "请先在账号文件里填好账号".to_owned()
        } else {
            allowed("账号", &account, &known)
        };
        // An account with a gap is left out as a whole, so this may only be a gap.
        margin.missing(fault.hint(hint));
    }
    let fresh = file.fresh.as_ref().is_some_and(|fresh| fresh.value);
    if context.about_login && file.fresh.is_none() {
        let fault =
            Fault::new(written.mark, "这个场景核查的就是登录，这一步却可能沿用以前的登录，并没有真的登录");
        let hint = format!(
            "要真的登录一遍，写成 login: {{ account: {account}, fresh: true }}；只是要登录着，写 fresh: false"
        );
        margin.warn(fault.hint(hint));
    }
    Some(Action::Login { account, fresh })
}

fn person(file: &PersonFile, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let ask = said(&file.ask, "要问的话", context, margin);
    let answers = file.answers.iter().flat_map(|answers| &answers.0);
    let answers = answers.map(|answer| filled(answer, "回答", margin)).collect();
    let keep = file.keep.as_ref().map_or(Some(None), |keep| name(keep, context, margin).map(Some))?;
    Some(Action::Person { ask: ask?, answers, keep })
}
