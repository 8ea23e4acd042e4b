//! `css=…`, `text=…`, `role=button[…]` and plain words to locators.

use super::warn_of_chinese_quotes;
use crate::model::{Locator, Target};
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::file::step::Places;
use crate::scenario::margin::Margin;
use crate::scenario::nearest::allowed;
use crate::scenario::template::is_template;
use crate::scenario::yaml::Written;

const KINDS: [&str; 5] = ["css", "xpath", "text", "label", "role"];

/// ARIA roles that a person could mean; a misspelt one would never be found.
const ROLES: [&str; 24] = [
    "alert",
    "button",
    "cell",
    "checkbox",
    "combobox",
    "dialog",
    "form",
    "heading",
    "img",
    "link",
    "list",
    "listitem",
    "menuitem",
    "navigation",
    "option",
    "radio",
    "row",
    "searchbox",
    "slider",
    "switch",
    "tab",
    "table",
    "tabpanel",
    "textbox",
];

/// What a step aims at: words alone stay words, so that the channel's vocabulary may explain them.
pub(super) fn target(places: &Places, margin: &mut Margin<'_>) -> Option<Target> {
    let located = locators(places, margin)?;
    Some(match <[Locator; 1]>::try_from(located) {
        Ok([Locator::Seen(words)]) => Target::Said(words),
        Ok(located) => Target::Located(located.into()),
        Err(located) => Target::Located(located),
    })
}

/// The locators of a list, in its order; `None` when one of them is wrong.
pub(super) fn locators(places: &Places, margin: &mut Margin<'_>) -> Option<Vec<Locator>> {
    let found: Vec<_> = places.0.iter().map(|written| locator(written, margin)).collect();
    if found.is_empty() {
        margin.wrong(Fault::new(Mark::FILE, "有一个位置列表是空的").hint("方括号里至少写一个位置"));
        return None;
    }
    found.into_iter().collect()
}

fn locator(written: &Written<String>, margin: &mut Margin<'_>) -> Option<Locator> {
    warn_of_chinese_quotes(written, margin);
    match parse(written.value.trim(), written.mark) {
        Ok(locator) => Some(locator),
        Err(fault) => {
            margin.wrong(fault);
            None
        }
    }
}

fn parse(text: &str, mark: Mark) -> Result<Locator, Fault> {
    if text.is_empty() {
        return Err(Fault::new(mark, "这里是空的").hint("写页面上看得到的字，例如：登录"));
    }
    let Some((kind, rest)) = split(text) else { return Ok(Locator::Seen(text.to_owned())) };
    let rest = rest.trim();
    if !KINDS.contains(&kind) {
        let fault = Fault::new(mark, format!("不认识的定位方式“{kind}=”"));
        return Err(fault.hint(format!(
            "{}\n如果页面上真的有这几个字，请写成 text={text}",
            allowed("定位方式", kind, &KINDS)
        )));
    }
    if rest.is_empty() {
        return Err(Fault::new(mark, format!("“{kind}=”后面是空的")).hint(example(kind)));
    }
    if matches!(kind, "css" | "xpath") && !is_template(rest) && !is_balanced(rest) {
        return Err(Fault::new(mark, format!("“{kind}=”里的括号或引号不成对")).hint(example(kind)));
    }
    match kind {
        "css" => Ok(Locator::Css(rest.to_owned())),
        "xpath" => Ok(Locator::XPath(rest.to_owned())),
        "text" => Ok(Locator::Text(rest.to_owned())),
        "label" => Ok(Locator::Label(rest.to_owned())),
        _ => role(rest, mark),
    }
}

/// `kind=rest`, where the kind looks like a word of a program; `1+1=2` and `姓名=张三` are words of a page.
fn split(text: &str) -> Option<(&str, &str)> {
    let (kind, rest) = text.split_once('=')?;
    let kind = kind.trim();
    let is_word = !kind.is_empty()
        && kind.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-' || letter == '_');
    is_word.then_some((kind, rest))
}

fn role(rest: &str, mark: Mark) -> Result<Locator, Fault> {
    let (role, name) = match rest.split_once('[') {
        None => (rest, None),
        Some((role, name)) => match name.trim_end().strip_suffix(']') {
            Some(name) if !name.trim().is_empty() => (role.trim(), Some(name.trim().to_owned())),
            _ => return Err(Fault::new(mark, "“role=”的方括号写法不对").hint(example("role"))),
        },
    };
    if ROLES.contains(&role) {
        return Ok(Locator::Role(role.to_owned(), name));
    }
    Err(Fault::new(mark, format!("不认识的角色“{role}”")).hint(allowed("角色", role, &ROLES)))
}

fn example(kind: &str) -> String {
    let example = match kind {
        "css" => "css=#login",
        "xpath" => "xpath=//button[@id='login']",
        "text" => "text=登录",
        "label" => "label=账号",
        _ => "role=button[登录]",
    };
    format!("例如：{example}")
}

/// Whether brackets and quotes come in pairs.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (_, '\\') => {
                letters.next();
            }
            (Some(end), _) if letter == end => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, ')' | ']') if open.pop() != Some(letter) => return false,
            _ => {}
        }
    }
    open.is_empty() && quote.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locator(text: &str) -> Result<Locator, String> {
        parse(text, Mark::default()).map_err(|fault| fault.message)
    }

    #[test]
    fn words_of_a_page_stay_words_and_prefixes_say_how_to_look() {
        assert_eq!(locator("登录"), Ok(Locator::Seen("登录".into())));
        assert_eq!(locator("姓名=张三"), Ok(Locator::Seen("姓名=张三".into())));
        assert_eq!(locator("css=#q[name=\"a]\"]"), Ok(Locator::Css("#q[name=\"a]\"]".into())));
        assert_eq!(locator("xpath=//a[text()='x']"), Ok(Locator::XPath("//a[text()='x']".into())));
        assert_eq!(locator("text= 登录 "), Ok(Locator::Text("登录".into())));
        assert_eq!(locator("label=账号"), Ok(Locator::Label("账号".into())));
        assert_eq!(locator("role=button[提交]"), Ok(Locator::Role("button".into(), Some("提交".into()))));
        assert_eq!(locator("role=tab"), Ok(Locator::Role("tab".into(), None)));
    }

    #[test]
    fn what_could_never_be_found_is_refused() {
        for text in [
            "id=a",
            "CSS=#a",
            "css=",
            "css=#a[b",
            "css=a)",
            "xpath=//a['x]",
            "role=buton",
            "role=button[",
            "",
        ] {
            assert!(locator(text).is_err(), "{text}");
        }
    }
}
