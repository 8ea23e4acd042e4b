//! Steps about whole pages: open, search, read, ask, go back.

use super::said::{Context, said};
use super::step::Found;
use crate::model::{Action, Channel, ReadWhat};
use crate::scenario::address::http_address;
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::file::step::StepFile;
use crate::scenario::margin::Margin;
use crate::scenario::nearest::allowed;
use crate::scenario::template::is_template;
use crate::scenario::vocabulary::HOME_PAGE;
use crate::scenario::yaml::Written;

/// What a `read` step can take off a page, by its word.
const READABLE: [(&str, ReadWhat); 4] = [
    ("guide", ReadWhat::Guide),
    ("login-form", ReadWhat::LoginForm),
    ("login-result", ReadWhat::LoginResult),
    ("login-error", ReadWhat::LoginError),
];

pub(super) fn find(file: &StepFile, context: &Context<'_>, margin: &mut Margin<'_>, found: &mut Found) {
    if let Some(word) = &file.open {
        found.add(word.key, open(word, context, margin));
    }
    if let Some(words) = &file.search {
        found.add(words.key, said(words, "要搜索的文字", context, margin).map(Action::Search));
    }
    if let Some(what) = &file.read {
        found.add(what.key, read(what, margin).map(Action::Read));
    }
    if let Some(question) = &file.ask {
        found.add(question.key, said(question, "要提的问题", context, margin).map(Action::Ask));
    }
    let bare = [(&file.unfold, Action::Unfold), (&file.back, Action::Back), (&file.shot, Action::Shot)];
    for (written, action) in bare {
        if let Some(written) = written {
            found.add(written.key, Some(action));
        }
    }
}

/// 首页, a page that every channel of the scenario names, or an address.
fn open(written: &Written<String>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let word = said(written, "要打开的页面", context, margin)?;
    let word = word.trim();
    let fault = if word == HOME_PAGE || is_template(word) || is_path(word) {
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

/// A path, which is joined with the channel's home or the scenario's base.
fn is_path(word: &str) -> bool {
    word.starts_with('/') && !word.starts_with("//")
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
