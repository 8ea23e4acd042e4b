//! What log-in pages show: the form, whether somebody got in, and what is said when not.

use std::collections::BTreeSet;

use crate::model::{LoginFacts, Snapshot};

use super::page::Page;

/// A capture's id and its page.
type Seen = (String, Snapshot);

/// Longer texts are no messages.
const LONGEST_MESSAGE: usize = 120;
/// More messages than anybody reads.
const MOST_MESSAGES: usize = 5;
/// Signs of a picture that has to be read.
const CAPTCHA_SIGNS: &[&str] =
    &["captcha", "验证码", "yzm", "verifycode", "verify-code", "checkcode", "randcode", "validatecode"];
/// Controls that let people in who cannot read the picture.
const ALTERNATIVES: &[&str] =
    &["语音", "播报", "朗读", "听验证码", "听取", "短信登录", "扫码登录", "刷脸登录"];
/// Words of a page on which somebody is signed in.
const SIGNED_IN: &[&str] = &["退出", "退出登录", "注销登录", "安全退出"];

/// What the pages of one log-in visit showed.
pub(super) fn read(
    shown_name: Option<&str>,
    form: Option<Seen>,
    result: Option<Seen>,
    error: Option<Seen>,
) -> LoginFacts {
    let mut facts = LoginFacts::default();
    let before = form.as_ref().map(|(_, page)| texts(page)).unwrap_or_default();
    if let Some((id, page)) = form {
        let page = Page::new(&page);
        facts.captcha_accessible = captcha(&page);
        facts.fields = Some(fields(&page).count());
        facts.form_capture = Some(id);
    }
    if let Some((id, page)) = result {
        let signed_in = is_signed_in(&page, shown_name);
        facts.signed_in = Some(signed_in);
        facts.result_messages = if signed_in { Vec::new() } else { messages(&page, &before) };
        facts.result_capture = Some(id);
    }
    if let Some((id, page)) = error {
        facts.error_messages = Some(messages(&page, &before));
        facts.error_capture = Some(id);
    }
    facts
}

/// Visible fields that a person fills in.
fn fields<'a>(page: &'a Page<'a>) -> impl Iterator<Item = usize> + 'a {
    (0..page.len()).filter(|&at| {
        let node = page.node(at);
        let kind = node.attr("type").unwrap_or("text");
        node.tag == "input"
            && !page.hidden(at)
            && !matches!(
                kind,
                "hidden" | "submit" | "button" | "reset" | "image" | "checkbox" | "radio" | "search"
            )
    })
}

/// A captcha's picture, and whether there is a way around it. An alternative text alone is none: were it to give the
/// characters, it would give them to robots too; the norm asks for another channel, such as speech (《移动互联网应用(APP)适老化通用设计规范》1.5).
fn captcha(page: &Page<'_>) -> Option<bool> {
    let picture = (0..page.len()).find(|&at| {
        let node = page.node(at);
        let drawn = matches!(node.tag.as_str(), "img" | "canvas" | "svg");
        let signs = ["id", "class", "src", "alt", "title"].into_iter().filter_map(|name| node.attr(name));
        drawn && !page.hidden(at) && signs.into_iter().any(says_captcha)
    })?;
    let form = surroundings(page, picture);
    let words = |at: usize| {
        let node = page.node(at);
        [Some(node.text.as_str()), node.attr("title"), node.attr("aria-label"), node.attr("alt")]
            .into_iter()
            .flatten()
            .any(|said| ALTERNATIVES.iter().any(|word| said.contains(word)))
    };
    Some((form.0..form.1).any(|at| !page.hidden(at) && words(at)))
}

fn says_captcha(said: &str) -> bool {
    let said = said.to_ascii_lowercase();
    CAPTCHA_SIGNS.iter().any(|sign| said.contains(sign))
}

/// The part of the page around a position that holds the whole form: up to the first element with a password field.
fn surroundings(page: &Page<'_>, at: usize) -> (usize, usize) {
    let mut top = at;
    while top != 0 {
        top = page.parent(top);
        let span = page.span(top);
        if (span.start..span.end).any(|inside| page.node(inside).attr("type") == Some("password")) {
            break;
        }
    }
    (top, page.end(top))
}

/// Whether a page shows that somebody is signed in: the account's name is shown, or a way out is and no password is asked for.
#[must_use]
pub fn is_signed_in(snapshot: &Snapshot, shown_name: Option<&str>) -> bool {
    let page = Page::new(snapshot);
    let visible = |at: usize| page.node(at).is_text() && !page.hidden(at);
    let named = shown_name
        .is_some_and(|name| (0..page.len()).any(|at| visible(at) && page.node(at).text.contains(name)));
    let out = (0..page.len()).any(|at| visible(at) && SIGNED_IN.contains(&page.node(at).text.trim()));
    let asked = (0..page.len()).any(|at| page.node(at).attr("type") == Some("password") && !page.hidden(at));
    named || (out && !asked)
}

/// The visible texts of a page.
fn texts(snapshot: &Snapshot) -> BTreeSet<String> {
    let page = Page::new(snapshot);
    (0..page.len())
        .filter(|&at| page.node(at).is_text() && !page.hidden(at))
        .map(|at| page.node(at).text.trim().to_owned())
        .collect()
}

/// Short visible texts that were not there before; those in places for messages first.
fn messages(snapshot: &Snapshot, before: &BTreeSet<String>) -> Vec<String> {
    let page = Page::new(snapshot);
    let mut found: Vec<(bool, String)> = (0..page.len())
        .filter(|&at| page.node(at).is_text() && !page.hidden(at))
        .map(|at| (is_message_place(&page, at), page.node(at).text.trim().to_owned()))
        .filter(|(_, said)| {
            !said.is_empty() && said.chars().count() <= LONGEST_MESSAGE && !before.contains(said)
        })
        // What a press of 获取验证码 left, a countdown or a digit, is no answer to the log-in.
        .filter(|(_, said)| said.chars().filter(|letter| letter.is_alphabetic()).count() >= 2)
        .collect();
    found.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    found.into_iter().map(|(_, said)| said).take(MOST_MESSAGES).collect()
}

fn is_message_place(page: &Page<'_>, at: usize) -> bool {
    let mut here = at;
    for _ in 0..3 {
        here = page.parent(here);
        let node = page.node(here);
        let class = node.attr("class").unwrap_or_default().to_ascii_lowercase();
        let named = ["error", "err", "tip", "toast", "message", "msg", "wrong", "warn", "words", "alert"]
            .iter()
            .any(|word| class.contains(word));
        if node.attr("role") == Some("alert") || named {
            return true;
        }
    }
    false
}
