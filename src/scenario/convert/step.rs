//! One step: exactly one action, checked against the names that exist at that point.

use super::duration::duration;
use super::locator::target;
use super::{filled, warn_of_chinese_quotes};
use crate::model::{Action, Channel, Portal, ReadWhat, Step, Target};
use crate::scenario::address::http_address;
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::file::step::{ExpectFile, FetchFile, Places, StepFile};
use crate::scenario::margin::Margin;
use crate::scenario::nearest::allowed;
use crate::scenario::template::{Names, ROOTS, check_expression, is_template};
use crate::scenario::vocabulary::{HOME_PAGE, is_submission};
use crate::scenario::yaml::Written;

/// What a `read` step can take off a page, by its word.
const READABLE: [(&str, ReadWhat); 4] = [
    ("guide", ReadWhat::Guide),
    ("login-form", ReadWhat::LoginForm),
    ("login-result", ReadWhat::LoginResult),
    ("login-error", ReadWhat::LoginError),
];

/// Keys that can be pressed, by their names in web pages (UI Events `key` values).
const KEYS: [&str; 14] = [
    "Enter",
    "Escape",
    "Tab",
    "Backspace",
    "Delete",
    "Space",
    "ArrowUp",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "Home",
    "End",
    "PageUp",
    "PageDown",
];

/// What the steps before have made available, and where the scenario is walked.
pub(super) struct Context<'a> {
    pub(super) names: Names<'a>,
    pub(super) channels: &'a [String],
    pub(super) portal: Option<&'a Portal>,
}

impl Context<'_> {
    /// The channels that the scenario is walked on.
    fn channels(&self) -> impl Iterator<Item = &Channel> {
        let all = self.portal.into_iter().flat_map(|portal| &portal.channels);
        all.filter(|channel| self.channels.is_empty() || self.channels.contains(&channel.id.0))
    }
}

/// An action found in an entry: its key, and what it asks unless that was wrong.
struct Found {
    key: Mark,
    action: Option<Action>,
}

/// Converts one entry; `None` when it is wrong, which is then noted.
pub(super) fn step<'a>(
    entry: &'a Written<StepFile>,
    context: &mut Context<'a>,
    margin: &mut Margin<'_>,
) -> Option<Step> {
    let file = &entry.value;
    if let Some(inner) = &file.maybe {
        return maybe(entry, inner, context, margin);
    }
    let found = actions(file, context, margin);
    let (label, when, timeout) = modifiers(file, context, margin);
    let found = only_one(found, entry.mark, margin)?;
    Some(Step { action: found.action?, label, when, maybe: false, timeout, line: entry.mark.line })
}

fn modifiers(
    file: &StepFile,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> (Option<String>, Option<String>, Option<std::time::Duration>) {
    let label = file.label.as_ref().map(|label| filled(label, "步骤的名字", margin));
    let when = file.when.as_ref().map(|when| condition(when, context, margin));
    let timeout = file.timeout.as_ref().and_then(|timeout| duration(timeout, margin));
    (label, when, timeout)
}

fn maybe<'a>(
    entry: &'a Written<StepFile>,
    inner: &'a Written<StepFile>,
    context: &mut Context<'a>,
    margin: &mut Margin<'_>,
) -> Option<Step> {
    let others = actions(&entry.value, context, margin);
    if let Some(other) = others.first() {
        let fault = Fault::new(other.key, "maybe 和别的步骤写在了同一条里");
        margin.wrong(fault.hint("把步骤写进 maybe 里面，例如：- maybe: { tap: 关闭 }"));
        return None;
    }
    if let Some(deeper) = &inner.value.maybe {
        margin.wrong(Fault::new(deeper.key, "maybe 里面不用再写 maybe"));
        return None;
    }
    let (label, when, timeout) = modifiers(&entry.value, context, margin);
    let step = step(inner, context, margin)?;
    Some(Step {
        label: label.or(step.label),
        when: when.or(step.when),
        timeout: timeout.or(step.timeout),
        maybe: true,
        line: entry.mark.line,
        action: step.action,
    })
}

/// The one action of an entry; none or several are noted.
fn only_one(mut found: Vec<Found>, entry: Mark, margin: &mut Margin<'_>) -> Option<Found> {
    found.sort_by_key(|found| (found.key.line, found.key.column));
    if let Some(second) = found.get(1) {
        let fault = Fault::new(second.key, "两个步骤写在了同一条里");
        margin.wrong(fault.hint("每个步骤单独一条，前面加“- ”"));
        return None;
    }
    if found.is_empty() {
        let fault = Fault::new(entry, "这一条没有写要做什么");
        margin.wrong(fault.hint("加上一个步骤，例如：tap: 登录；label、when、timeout 只是附加说明"));
    }
    found.pop()
}

/// Every action that an entry has, each checked.
fn actions<'a>(file: &'a StepFile, context: &mut Context<'a>, margin: &mut Margin<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut add = |key: Mark, action: Option<Action>| found.push(Found { key, action });
    if let Some(word) = &file.open {
        add(word.key, open(word, context, margin));
    }
    if let Some(places) = &file.tap {
        add(places.key, tap(places, context, margin));
    }
    if let Some(typed) = &file.r#type {
        let text = text(&typed.value.text, context, margin);
        let into = aim(&typed.value.into, context, margin);
        add(typed.key, into.map(|into| Action::Type { into, text }));
    }
    if let Some(chosen) = &file.choose {
        let option = text(&chosen.value.option, context, margin);
        let from = aim(&chosen.value.from, context, margin);
        add(chosen.key, from.map(|from| Action::Choose { option, from }));
    }
    if let Some(key) = &file.press {
        add(key.key, press(key, margin));
    }
    if let Some(words) = &file.search {
        add(words.key, said(words, "要搜索的文字", context, margin).map(Action::Search));
    }
    if let Some(places) = &file.wait {
        add(places.key, aim(places, context, margin).map(Action::Wait));
    }
    if let Some(expected) = &file.expect {
        add(expected.key, expect(expected, context, margin));
    }
    if let Some(what) = &file.read {
        add(what.key, read(what, margin).map(Action::Read));
    }
    if let Some(question) = &file.ask {
        add(question.key, said(question, "要提的问题", context, margin).map(Action::Ask));
    }
    if let Some(fetched) = &file.fetch {
        add(fetched.key, fetch(&fetched.value, context, margin));
    }
    let bare = [(&file.unfold, Action::Unfold), (&file.back, Action::Back), (&file.shot, Action::Shot)];
    for (written, action) in bare {
        if let Some(written) = written {
            add(written.key, Some(action));
        }
    }
    found
}

/// A text whose names are checked now and filled in when the step is walked.
fn text(written: &Written<String>, context: &Context<'_>, margin: &mut Margin<'_>) -> String {
    margin.check(written, &context.names);
    warn_of_chinese_quotes(written, margin);
    written.value.clone()
}

/// Like [`text`], but it must say something.
fn said(
    written: &Written<String>,
    what: &str,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<String> {
    let text = text(written, context, margin);
    if text.trim().is_empty() {
        margin.wrong(Fault::new(written.mark, format!("{what}是空的")));
        return None;
    }
    Some(text)
}

fn aim(places: &Written<Places>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Target> {
    if places.value.0.is_empty() {
        margin.wrong(Fault::new(places.mark, "方括号里是空的").hint("至少写一个位置，例如：[text=登录]"));
        return None;
    }
    for place in &places.value.0 {
        margin.check(place, &context.names);
    }
    target(&places.value, margin)
}

fn tap(places: &Written<Places>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let submit_words = context.portal.map_or(&[][..], |portal| &portal.submit_words);
    for place in &places.value.0 {
        let words = place.value.split_once('=').map_or(place.value.as_str(), |(_, words)| words);
        if is_submission(words, submit_words) {
            let fault = Fault::new(place.mark, format!("“{words}”看起来会真的提交，运行时不会去点"));
            margin.warn(fault.hint("核查只看不办；请到此为止，或改点别的按钮"));
        }
    }
    aim(places, context, margin).map(Action::Tap)
}

/// 首页, a page that every channel of the scenario names, or an address.
fn open(written: &Written<String>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let word = said(written, "要打开的页面", context, margin)?;
    let word = word.trim();
    let fault = if word == HOME_PAGE || is_template(word) {
        None
    } else if looks_like_address(word) {
        http_address(word).err().map(|(message, hint)| Fault::new(written.mark, message).hint(hint))
    } else {
        unknown_page(word, written.mark, context)
    };
    match fault {
        None => Some(Action::Open(word.to_owned())),
        Some(fault) => {
            margin.wrong(fault);
            None
        }
    }
}

fn looks_like_address(word: &str) -> bool {
    const SCHEMES: [&str; 6] = ["javascript", "file", "data", "about", "http", "https"];
    let scheme = word.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    word.contains("://") || scheme.is_some_and(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// The fault of a page that a channel does not name; a channel without an address yet need not name it.
fn unknown_page(word: &str, mark: Mark, context: &Context<'_>) -> Option<Fault> {
    let lacks = |channel: &&Channel| !channel.pages.contains_key(word) && channel.home.is_some();
    let without: Vec<&str> = context.channels().filter(lacks).map(|channel| channel.name.as_str()).collect();
    if without.is_empty() {
        return None;
    }
    let mut pages: Vec<&str> =
        context.channels().flat_map(|channel| channel.pages.keys()).map(String::as_str).collect();
    pages.push(HOME_PAGE);
    pages.sort_unstable();
    pages.dedup();
    let fault = Fault::new(mark, format!("{}没有叫“{word}”的页面", without.join("、")));
    let list = allowed("页面", word, &pages);
    Some(fault.hint(format!("{list}\n别的页面请先写进门户文件的 pages，或者从首页点过去")))
}

fn press(written: &Written<String>, margin: &mut Margin<'_>) -> Option<Action> {
    let key = written.value.trim();
    if KEYS.contains(&key) {
        return Some(Action::Press(key.to_owned()));
    }
    margin.wrong(Fault::new(written.mark, format!("不认识的按键“{key}”")).hint(allowed("按键", key, &KEYS)));
    None
}

fn expect(expected: &Written<ExpectFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let (places, absent) = match (&expected.value.present, &expected.value.absent) {
        (Some(places), None) => (places, false),
        (None, Some(places)) => (places, true),
        (Some(_), Some(second)) => {
            margin.wrong(Fault::new(second.key, "present 和 absent 一次只写一个").hint("请分成两个步骤"));
            return None;
        }
        (None, None) => {
            let fault = Fault::new(expected.key, "“expect”后面还没有写内容");
            margin.wrong(fault.hint("例如：expect: 退出，或 expect: { absent: 错误 }"));
            return None;
        }
    };
    aim(places, context, margin).map(|target| Action::Expect { target, absent })
}

fn read(written: &Written<String>, margin: &mut Margin<'_>) -> Option<ReadWhat> {
    let word = written.value.trim();
    let known = READABLE.iter().find(|(name, _)| *name == word).map(|(_, what)| *what);
    if known.is_none() {
        let names = READABLE.map(|(name, _)| name);
        let fault = Fault::new(written.mark, format!("不知道怎么读取“{word}”"));
        margin.wrong(fault.hint(allowed("读取内容", word, &names)));
    }
    known
}

fn fetch<'a>(file: &'a FetchFile, context: &mut Context<'a>, margin: &mut Margin<'_>) -> Option<Action> {
    let from = said(&file.from, "要取的网址", context, margin);
    if let Some(Err((message, hint))) = from.as_deref().filter(|text| !is_template(text)).map(http_address) {
        margin.wrong(Fault::new(file.from.mark, message).hint(hint));
    }
    let keep = file.keep.value.trim();
    let is_name = keep.starts_with(|letter: char| letter.is_ascii_lowercase())
        && keep.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if !is_name || ROOTS.contains(&keep) {
        let fault = Fault::new(file.keep.mark, format!("“{keep}”不能当名字"));
        margin.wrong(fault.hint(format!(
            "用英文小写字母、数字和下划线，以字母开头，例如：code；{} 已经有别的意思",
            ROOTS.join("、")
        )));
        return None;
    }
    context.names.kept.insert(keep);
    from.map(|from| Action::Fetch { from, keep: keep.to_owned() })
}

fn condition(written: &Written<String>, context: &Context<'_>, margin: &mut Margin<'_>) -> String {
    if let Err(error) = check_expression(written.value.trim(), &context.names) {
        margin.template(written.mark, &error);
    }
    written.value.trim().to_owned()
}
