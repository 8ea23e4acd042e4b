//! One scenario file.

use std::collections::BTreeMap;

use super::rows::rows;
use super::said::{Context, text};
use super::step::steps;
use super::{filled, is_id};
use crate::model::{Checklist, ForEach, Portal, Scenario};
use crate::scenario::address::http_address;
use crate::scenario::fault::Fault;
use crate::scenario::file::flow::Steps;
use crate::scenario::file::scenario::{ForEachFile, ScenarioFile};
use crate::scenario::margin::Margin;
use crate::scenario::nearest::{allowed, nearest};
use crate::scenario::template::{Names, Variables};
use crate::scenario::yaml::Written;

/// What the ids of all checks of 注册登录/身份认证 begin with.
const ABOUT_LOGIN: &str = "account.";

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
    let for_each = file.for_each.as_ref().map_or(ForEach::Once, |written| for_each(written, portal, margin));
    let base = file.base.as_ref().and_then(|base| base_address(base, margin));
    let listed = file.steps.value.0.is_empty() && margin.errors.is_empty();
    if listed {
        let fault = Fault::new(file.steps.key, "场景里一个步骤都没有");
        margin.wrong(fault.hint("在 steps: 下面写步骤，例如：- open: 首页"));
    }
    let names = names(&for_each, variables);
    let about_login =
        file.checks.iter().flat_map(|checks| &checks.0).any(|check| check.value.starts_with(ABOUT_LOGIN));
    let mut context = Context { names, channels: &channels, portal, about_login };
    let params = params(file, &mut context, margin);
    let mut converted =
        |list: Option<&Steps>| list.map(|list| steps(list, &mut context, margin)).unwrap_or_default();
    let before = converted(file.before.as_ref());
    let steps = converted(Some(&file.steps));
    let after = converted(file.after.as_ref());
    let tags = file.tags.iter().flat_map(|tags| &tags.0);
    let checks = file.checks.iter().flat_map(|checks| &checks.0);
    Scenario {
        id: file.scenario.value.clone(),
        title: filled(&file.title, "标题", margin),
        checks: checks.map(|check| check_id(check, margin)).collect(),
        channels,
        for_each,
        tags: tags.map(|tag| filled(tag, "标签", margin)).collect(),
        params,
        base,
        before,
        steps,
        after,
        extra: file.extra.0.clone(),
        file: margin.source.name.clone(),
        sha256: margin.source.sha256(),
    }
}

/// The names that exist before the first step.
fn names<'a>(for_each: &ForEach, variables: &'a Variables) -> Names<'a> {
    let row = match for_each {
        ForEach::Rows(table) => Some(table.columns.iter().cloned().collect()),
        _ => None,
    };
    Names {
        item: *for_each == ForEach::Items,
        account: *for_each == ForEach::Accounts,
        row,
        ..Names::new(variables)
    }
}

/// The parameters with what is taken when `call` gives none; they are known from here on.
fn params(
    file: &ScenarioFile,
    context: &mut Context<'_>,
    margin: &mut Margin<'_>,
) -> BTreeMap<String, String> {
    let mut params = BTreeMap::new();
    for (name, value) in file.params.iter().flat_map(|params| &params.0) {
        let is_name = !name.value.is_empty()
            && !name.value.starts_with(|letter: char| letter.is_ascii_digit())
            && name.value.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        if !is_name {
            let fault = Fault::new(name.mark, format!("“{}”不能当参数的名字", name.value));
            margin.wrong(fault.hint("用汉字、字母、数字和下划线，例如：关键词"));
            continue;
        }
        params.insert(name.value.clone(), text(value, context, margin));
    }
    context.names.params = params.keys().cloned().collect();
    params
}

fn base_address(written: &Written<String>, margin: &mut Margin<'_>) -> Option<String> {
    match http_address(written.value.trim()) {
        Ok(address) => Some(address.into()),
        Err((message, hint)) => {
            margin.wrong(Fault::new(written.mark, message).hint(hint));
            None
        }
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

fn for_each(written: &Written<ForEachFile>, portal: Option<&Portal>, margin: &mut Margin<'_>) -> ForEach {
    const WORDS: [&str; 2] = ["items", "accounts"];
    let word = match (&written.value.over, &written.value.rows) {
        (None, Some(table)) => return rows(table, margin).map_or(ForEach::Once, ForEach::Rows),
        (Some(word), None) => word,
        _ => {
            let fault = Fault::new(written.key, "“for-each”后面没有写完整");
            margin.wrong(fault.hint("写 items、accounts，或 { rows: 表格文件.csv }"));
            return ForEach::Once;
        }
    };
    let (for_each, is_empty, what) = match word.value.trim() {
        "items" => (ForEach::Items, portal.is_some_and(|portal| portal.items.is_empty()), "事项"),
        "accounts" => (ForEach::Accounts, portal.is_some_and(|portal| portal.accounts.is_empty()), "账号"),
        other => {
            let fault = Fault::new(word.mark, format!("不认识的词“{other}”"));
            margin.wrong(fault.hint(allowed("词", other, &WORDS)));
            return ForEach::Once;
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
