//! `css=…`, `text=…`, `role=button[…]` and plain words to locators.

use super::warn_of_chinese_quotes;
use crate::model::{Locator, Related};
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::file::target::{Around, Places};
use crate::scenario::margin::Margin;
use crate::scenario::nearest::allowed;
use crate::scenario::template::{Names, is_template};
use crate::scenario::yaml::Written;

const KINDS: [&str; 11] =
    ["css", "xpath", "text", "label", "role", "placeholder", "alt", "title", "test-id", "pierce", "aria"];

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

/// The locators of a list, in its order; `None` when one of them is wrong. Without `names` nothing may be filled in.
pub(super) fn locators(
    places: &Places,
    names: Option<&Names<'_>>,
    margin: &mut Margin<'_>,
) -> Option<Vec<Locator>> {
    match places {
        Places::Listed(listed) => {
            if listed.is_empty() {
                margin.wrong(Fault::new(Mark::FILE, "有一个位置列表是空的").hint("方括号里至少写一个位置"));
                return None;
            }
            let found: Vec<_> = listed.iter().map(|written| locator(written, names, margin)).collect();
            found.into_iter().collect()
        }
        Places::Around(file) => {
            let Some(of) = &file.target else {
                let key = file.nth.as_ref().map_or(Mark::FILE, |nth| nth.key);
                let around = file.around();
                let lists = [around.within, around.below, around.above, around.left_of, around.right_of];
                let mark = lists.into_iter().flatten().next().map_or(key, |first| first.key);
                margin
                    .wrong(Fault::new(mark, "没有写 target").hint("例如：{ target: 删除, right-of: 张三 }"));
                return None;
            };
            let of = located(of, names, margin)?;
            around_of(of, file.around(), names, margin)
        }
    }
}

/// Locators with what lies around them; as they are when nothing is said of that.
pub(super) fn around_of(
    of: Vec<Locator>,
    around: Around<'_>,
    names: Option<&Names<'_>>,
    margin: &mut Margin<'_>,
) -> Option<Vec<Locator>> {
    let mut list = |places: Option<&Written<Places>>| match places {
        None => Some(Vec::new()),
        Some(places) => located(places, names, margin),
    };
    let (within, below, above) = (list(around.within)?, list(around.below)?, list(around.above)?);
    let (left_of, right_of) = (list(around.left_of)?, list(around.right_of)?);
    if let Some(nth) = around.nth.filter(|nth| nth.value == 0) {
        margin.wrong(Fault::new(nth.mark, "nth 从 1 数起"));
        return None;
    }
    let nth = around.nth.map(|nth| nth.value as usize);
    let related = Related { of, within, below, above, left_of, right_of, nth };
    let alone = related.lists().into_iter().skip(1).all(Vec::is_empty) && nth.is_none();
    Some(if alone { related.of } else { vec![Locator::Related(Box::new(related))] })
}

/// [`locators`], an empty list being told where it stands.
pub(super) fn located(
    places: &Written<Places>,
    names: Option<&Names<'_>>,
    margin: &mut Margin<'_>,
) -> Option<Vec<Locator>> {
    if let Places::Listed(listed) = &places.value
        && listed.is_empty()
    {
        margin.wrong(Fault::new(places.mark, "方括号里是空的").hint("至少写一个位置，例如：[text=登录]"));
        return None;
    }
    locators(&places.value, names, margin)
}

fn locator(written: &Written<String>, names: Option<&Names<'_>>, margin: &mut Margin<'_>) -> Option<Locator> {
    if let Some(names) = names {
        margin.check(written, names);
    }
    warn_of_chinese_quotes(written, margin);
    match parse_chain(written.value.trim(), written.mark) {
        Ok(locator) => Some(locator),
        Err(fault) => {
            margin.wrong(fault);
            None
        }
    }
}

/// `css=my-app >>> css=button`: each part is sought inside the one before.
fn parse_chain(text: &str, mark: Mark) -> Result<Locator, Fault> {
    let parts: Vec<&str> = text.split(" >>> ").collect();
    match parts.as_slice() {
        [_] => parse(text, mark),
        parts => {
            parts.iter().map(|part| parse(part.trim(), mark)).collect::<Result<_, _>>().map(Locator::Chain)
        }
    }
}

fn parse(text: &str, mark: Mark) -> Result<Locator, Fault> {
    if text.is_empty() {
        return Err(Fault::new(mark, "这里是空的").hint("写页面上看得到的字，例如：登录"));
    }
    let Some((kind, whole)) = split(text) else { return Ok(Locator::Seen(text.to_owned())) };
    let rest = if kind == "aria" { whole } else { whole.trim() };
    if !KINDS.contains(&kind) {
        let fault = Fault::new(mark, format!("不认识的定位方式“{kind}=”"));
        return Err(fault.hint(format!(
            "{}\n如果页面上真的有这几个字，请写成 text={text}",
            allowed("定位方式", kind, &KINDS)
        )));
    }
    if rest.trim().is_empty() {
        return Err(Fault::new(mark, format!("“{kind}=”后面是空的")).hint(example(kind)));
    }
    if matches!(kind, "css" | "xpath" | "pierce") && !is_template(rest) && !is_balanced(rest) {
        return Err(Fault::new(mark, format!("“{kind}=”里的括号或引号不成对")).hint(example(kind)));
    }
    match kind {
        "css" => Ok(Locator::Css(rest.to_owned())),
        "xpath" => Ok(Locator::XPath(rest.to_owned())),
        "text" => Ok(Locator::Text(rest.to_owned())),
        "label" => Ok(Locator::Label(rest.to_owned())),
        "placeholder" => Ok(Locator::Placeholder(rest.to_owned())),
        "alt" => Ok(Locator::Alt(rest.to_owned())),
        "title" => Ok(Locator::Title(rest.to_owned())),
        "test-id" => Ok(Locator::TestId(rest.to_owned())),
        "pierce" => Ok(Locator::Pierce(rest.to_owned())),
        "aria" => aria(rest, mark),
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

/// `NAME[role="button"]`: an exact accessible name, a space before it included.
fn aria(rest: &str, mark: Mark) -> Result<Locator, Fault> {
    let (mut name, mut role) = (String::new(), None);
    let mut left = rest;
    while let Some((before, inside)) = left.split_once('[') {
        let attribute =
            inside.split_once('=').map(|(attribute, value)| (attribute.trim(), value.trim_start()));
        let quoted = attribute.and_then(|(attribute, value)| {
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (inner, after) = unescaped(value.get(1..)?, quote)?;
            Some((attribute, inner, after.trim_start().strip_prefix(']')?))
        });
        match quoted {
            Some(("role", value, after)) => {
                name.push_str(before);
                (role, left) = (Some(value), after);
            }
            Some(("name", value, after)) => {
                name = value;
                left = after;
            }
            Some((attribute, ..)) => {
                let fault = Fault::new(mark, format!("“aria=”的方括号里不认识“{attribute}”"));
                return Err(fault.hint(example("aria")));
            }
            None => {
                name.push_str(before);
                name.push('[');
                left = inside;
            }
        }
    }
    name.push_str(left);
    if name.is_empty() && role.is_none() {
        return Err(Fault::new(mark, "“aria=”后面是空的").hint(example("aria")));
    }
    Ok(Locator::Aria(name, role))
}

/// The text up to an unescaped quote, and what follows the quote.
fn unescaped(text: &str, quote: char) -> Option<(String, &str)> {
    let mut inner = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => inner.extend(letters.next().map(|(_, letter)| letter)),
            _ if letter == quote => return text.get(at + letter.len_utf8()..).map(|after| (inner, after)),
            _ => inner.push(letter),
        }
    }
    None
}

fn example(kind: &str) -> String {
    let example = match kind {
        "css" => "css=#login",
        "xpath" => "xpath=//button[@id='login']",
        "text" => "text=登录",
        "label" => "label=账号",
        "placeholder" => "placeholder=请输入手机号",
        "alt" => "alt=二维码",
        "title" => "title=关闭",
        "test-id" => "test-id=submit",
        "pierce" => "pierce=#login",
        "aria" => "aria=登录[role=\"button\"]",
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
    fn an_accessible_name_keeps_its_spaces_and_may_have_a_role() {
        let aria = |name: &str, role: Option<&str>| Ok(Locator::Aria(name.into(), role.map(Into::into)));
        assert_eq!(locator("aria= Report"), aria(" Report", None));
        assert_eq!(locator("aria=登录[role=\"button\"]"), aria("登录", Some("button")));
        assert_eq!(locator("aria=[name=\"a\\\"]b\"][role='link']"), aria("a\"]b", Some("link")));
        assert_eq!(locator("aria=附件[1]"), aria("附件[1]", None));
        assert!(locator("aria=登录[color=\"red\"]").is_err());
    }

    #[test]
    fn parts_of_a_chain_are_sought_one_in_the_other() {
        let chain = parse_chain("css=my-app >>> css=button", Mark::default()).unwrap();
        assert_eq!(chain, Locator::Chain(vec![Locator::Css("my-app".into()), Locator::Css("button".into())]));
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
