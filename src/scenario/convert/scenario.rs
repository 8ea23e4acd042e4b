//! One scenario file.

use super::step::{Context, step};
use super::{filled, is_id};
use crate::model::{Checklist, ForEach, Portal, Scenario, Step};
use crate::scenario::fault::Fault;
use crate::scenario::file::scenario::{ForEachWord, ScenarioFile};
use crate::scenario::margin::Margin;
use crate::scenario::nearest::{allowed, nearest};
use crate::scenario::template::{Names, Variables};
use crate::scenario::yaml::Written;

/// Converts a scenario; `portal` is `None` when it could not be read, and then channels and pages are not checked.
pub(in crate::scenario) fn scenario(
    file: &ScenarioFile,
    portal: Option<&Portal>,
    variables: &Variables,
    margin: &mut Margin<'_>,
) -> Scenario {
    if !is_id(&file.scenario.value) {
        let fault = Fault::new(file.scenario.mark, format!("场景编号“{}”写法不对", file.scenario.value));
        margin.wrong(fault.hint("用英文小写字母、数字和短横线，以字母开头，例如：guide-consistency"));
    }
    let channels = channels(file, portal, margin);
    let for_each = for_each(file, portal, margin);
    Scenario {
        id: file.scenario.value.clone(),
        title: filled(&file.title, "标题", margin),
        checks: file.checks.0.iter().map(|check| check_id(check, margin)).collect(),
        steps: steps(file, &channels, for_each, portal, variables, margin),
        channels,
        for_each,
        file: margin.source.name.clone(),
    }
}

fn channels(file: &ScenarioFile, portal: Option<&Portal>, margin: &mut Margin<'_>) -> Vec<String> {
    let listed = file.channels.as_ref().map_or(&[][..], |channels| &channels.0);
    let known: Vec<&str> =
        portal.into_iter().flat_map(|portal| &portal.channels).map(|c| c.id.0.as_str()).collect();
    for channel in listed {
        if !known.is_empty() && !known.contains(&channel.value.as_str()) {
            let fault = Fault::new(channel.mark, format!("门户文件里没有渠道“{}”", channel.value));
            margin.wrong(fault.hint(allowed("渠道", &channel.value, &known)));
        }
    }
    listed.iter().map(|channel| channel.value.clone()).collect()
}

fn for_each(file: &ScenarioFile, portal: Option<&Portal>, margin: &mut Margin<'_>) -> ForEach {
    let Some(word) = &file.for_each else { return ForEach::Once };
    let (for_each, is_empty, what) = match word.value {
        ForEachWord::Items => (ForEach::Items, portal.is_some_and(|portal| portal.items.is_empty()), "事项"),
        ForEachWord::Accounts => {
            (ForEach::Accounts, portal.is_some_and(|portal| portal.accounts.is_empty()), "账号")
        }
    };
    if is_empty {
        let fault = Fault::new(word.mark, format!("还没有可用的{what}，这个场景一遍也不会走"));
        margin.missing(fault.hint(format!("请先在门户文件所指的{what}文件里填好{what}")));
    }
    for_each
}

/// A check of the official checklist; an unknown one is noted but kept, for no evidence is lost by it.
fn check_id(written: &Written<String>, margin: &mut Margin<'_>) -> String {
    let id = written.value.trim();
    let checklist = Checklist::official();
    if checklist.item(id).is_none_or(|item| !item.is_online()) {
        let known = checklist.items.iter().filter(|item| item.is_online()).map(|item| item.id.as_str());
        let list = "全部检查项可以用 zoutong checks 查看";
        let hint = nearest(id, known).map_or(list.to_owned(), |near| format!("是不是想写 {near}？{list}"));
        margin.warn(Fault::new(written.mark, format!("没有检查项“{id}”，这一项不会核查")).hint(hint));
    }
    id.to_owned()
}

fn steps(
    file: &ScenarioFile,
    channels: &[String],
    for_each: ForEach,
    portal: Option<&Portal>,
    variables: &Variables,
    margin: &mut Margin<'_>,
) -> Vec<Step> {
    let entries = &file.steps.value.0;
    if entries.is_empty() && margin.errors.is_empty() {
        let fault = Fault::new(file.steps.key, "场景里一个步骤都没有");
        margin.wrong(fault.hint("在 steps: 下面写步骤，例如：- open: 首页"));
    }
    let names = Names {
        item: for_each == ForEach::Items,
        account: for_each == ForEach::Accounts,
        variables,
        kept: std::collections::BTreeSet::default(),
    };
    let mut context = Context { names, channels, portal };
    entries.iter().filter_map(|entry| step(entry, &mut context, margin)).collect()
}
