//! Steps that look at a page: wait, expect, keep a value, fetch.

use std::collections::BTreeMap;

use super::duration::duration;
use super::said::{Context, aim, aim_around, expression, name, said, script, text};
use super::step::Found;
use super::touch::{neither, one_only, sole_word};
use crate::model::{Action, Compare, Count, ElementPart, ElementState, Expect, Keep, KeepFrom, Target, Wait};
use crate::scenario::address::http_address;
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::file::look::{ExpectFile, FetchFile, SetFile, WaitFile};
use crate::scenario::file::step::StepFile;
use crate::scenario::file::target::Places;
use crate::scenario::margin::Margin;
use crate::scenario::nearest::allowed;
use crate::scenario::template::is_template;
use crate::scenario::yaml::Written;

pub(super) fn find(file: &StepFile, context: &mut Context<'_>, margin: &mut Margin<'_>, found: &mut Found) {
    if let Some(file) = &file.wait {
        found.add(file.key, wait(file, context, margin).map(Action::Wait));
    }
    if let Some(expected) = &file.expect {
        found.add(expected.key, expect(expected, context, margin).map(Action::Expect));
    }
    for fetched in [&file.fetch, &file.http].into_iter().flatten() {
        found.add(fetched.key, fetch(&fetched.value, context, margin));
    }
    if let Some(kept) = &file.set {
        found.add(kept.key, set(kept, context, margin).map(Action::Set));
    }
}

fn wait(file: &Written<WaitFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Wait> {
    let shape = &file.value;
    if let Some(code) = &shape.script {
        return script(code, margin).map(Wait::Script);
    }
    let places = match (&shape.awaited, &shape.target) {
        (Some(_), Some(second)) => return one_only(second.key, "for 和 target", margin),
        (awaited, target) => awaited.as_ref().or(target.as_ref()),
    };
    if let (Some(words), Some(Written { mark, key, .. })) = (sole_word(places), places)
        && is_length_of_time(words)
    {
        let written = Written { value: words.to_owned(), mark: *mark, key: *key };
        return duration(&written, margin).map(Wait::Time);
    }
    if places.is_none() {
        return neither(file.key, "wait: 办理结果，或 wait: 2s", margin);
    }
    let target = aim_around(places, shape.around(), file.key, context, margin)?;
    Some(Wait::For { target, gone: shape.gone.as_ref().is_some_and(|gone| gone.value) })
}

/// `2s`, `500ms`, `1m`: nobody waits for such words.
fn is_length_of_time(words: &str) -> bool {
    let unit = words.trim_start_matches(|letter: char| letter.is_ascii_digit());
    unit.len() < words.len() && matches!(unit.trim(), "ms" | "s" | "m")
}

fn expect(file: &Written<ExpectFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Expect> {
    let shape = &file.value;
    let whole = [&shape.title, &shape.address, &shape.that];
    if let Some(written) = whole.into_iter().flatten().nth(1) {
        return one_only(written.key, "title、address 和 that", margin);
    }
    if let Some(title) = &shape.title {
        return said(title, "页面标题", context, margin).map(Expect::Title);
    }
    if let Some(address) = &shape.address {
        return said(address, "页面网址", context, margin).map(Expect::Address);
    }
    if let Some(that) = &shape.that {
        return Some(Expect::That(expression(that, context, margin)));
    }
    if shape.target.is_some() {
        return element(file, context, margin).map(|state| Expect::Element(Box::new(state)));
    }
    let (places, absent) = match (&shape.present, &shape.absent) {
        (Some(places), None) => (places, false),
        (None, Some(places)) => (places, true),
        (Some(_), Some(second)) => {
            margin.wrong(Fault::new(second.key, "present 和 absent 一次只写一个").hint("请分成两个步骤"));
            return None;
        }
        (None, None) => {
            let fault = Fault::new(file.key, "“expect”后面还没有写内容");
            margin.wrong(fault.hint("例如：expect: 退出，或 expect: { absent: 错误 }"));
            return None;
        }
    };
    let target = aim_around(Some(places), shape.around(), file.key, context, margin)?;
    Some(Expect::Seen { target, absent })
}

/// The state that an element must be in.
fn element(
    file: &Written<ExpectFile>,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<ElementState> {
    let shape = &file.value;
    if let Some(other) = shape.present.as_ref().or(shape.absent.as_ref()) {
        return one_only(other.key, "target、present 和 absent", margin);
    }
    let target = aim_around(shape.target.as_ref(), shape.around(), file.key, context, margin)?;
    let count = shape.count.as_ref().map_or(Some(None), |count| number(count, margin).map(Some))?;
    let mut words =
        |written: &Option<Written<String>>| written.as_ref().map(|written| text(written, context, margin));
    let (text, contains) = (words(&shape.text), words(&shape.contains));
    let (value, selected) = (words(&shape.value), words(&shape.selected));
    let attributes = shape.attributes.iter().flat_map(|attributes| &attributes.0);
    let attributes: BTreeMap<String, String> =
        attributes.map(|(name, value)| (name.value.clone(), self::text(value, context, margin))).collect();
    let properties = shape.properties.iter().flat_map(|properties| &properties.0);
    let is = |written: &Option<Written<bool>>| written.as_ref().map(|written| written.value);
    Some(ElementState {
        target,
        count,
        visible: is(&shape.visible),
        text,
        contains,
        value,
        checked: is(&shape.checked),
        enabled: is(&shape.enabled),
        selected,
        attributes,
        properties: properties.map(|(name, value)| (name.value.clone(), value.0.clone())).collect(),
        not: is(&shape.not).unwrap_or_default(),
    })
}

/// `3`, `>= 2`, `== 1`, `<= 5`.
fn number(written: &Written<String>, margin: &mut Margin<'_>) -> Option<Count> {
    const SIGNS: [(&str, Compare); 4] = [
        (">=", Compare::AtLeast),
        ("==", Compare::Exactly),
        ("<=", Compare::AtMost),
        ("=", Compare::Exactly),
    ];
    let text = written.value.trim();
    let sign = SIGNS.iter().find_map(|(sign, compare)| Some((text.strip_prefix(sign)?, *compare)));
    let (number, compare) = sign.unwrap_or((text, Compare::Exactly));
    if let Ok(number) = number.trim().parse() {
        return Some(Count { compare, number });
    }
    let fault = Fault::new(written.mark, format!("“{text}”不是个数"));
    margin.wrong(fault.hint("写成 3（正好）、\">= 2\"（至少）或 \"<= 5\"（至多）"));
    None
}

fn fetch(file: &FetchFile, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let from = said(&file.from, "要取的网址", context, margin);
    if let Some(Err((message, hint))) = from.as_deref().filter(|text| !is_template(text)).map(http_address) {
        margin.wrong(Fault::new(file.from.mark, message).hint(hint));
    }
    let keep = name(&file.keep, context, margin)?;
    from.map(|from| Action::Fetch { from, keep })
}

fn set(file: &Written<SetFile>, context: &mut Context<'_>, margin: &mut Margin<'_>) -> Option<Vec<Keep>> {
    let entries = &file.value.0.0;
    let of = |key: &str| entries.iter().find(|(name, _)| name.value == key).map(|(_, places)| places);
    let reads = ["from", "what", "script"].into_iter().any(|key| of(key).is_some());
    if let (Some(kept), true) = (of("name"), reads) {
        let kept = one_text(kept, "name", margin)?;
        let unknown = entries
            .iter()
            .find(|(name, _)| !["name", "from", "what", "script"].contains(&name.value.as_str()));
        if let Some((other, _)) = unknown {
            let fault = Fault::new(other.mark, format!("不认识的键“{}”", other.value));
            margin.wrong(fault.hint(allowed("键", &other.value, &["name", "from", "what", "script"])));
            return None;
        }
        let from = keep_from(of("from"), of("what"), of("script"), file.key, context, margin);
        let name = name(&kept, context, margin)?;
        return Some(vec![Keep { name, from: from? }]);
    }
    if entries.is_empty() {
        return neither(file.key, "set: { city: 晋城 }", margin);
    }
    let mut kept = Vec::new();
    for (key, places) in entries {
        let value = one_text(places, &key.value, margin).map(|value| text(&value, context, margin));
        let name = name(key, context, margin);
        kept.extend(name.zip(value).map(|(name, value)| Keep { name, from: KeepFrom::Template(value) }));
    }
    Some(kept)
}

fn one_text(places: &Written<Places>, key: &str, margin: &mut Margin<'_>) -> Option<Written<String>> {
    if let Places::Listed(listed) = &places.value
        && let [only] = listed.as_slice()
    {
        return Some(only.clone());
    }
    margin.wrong(Fault::new(places.mark, format!("“{key}”后面要写一段文字")));
    None
}

/// Where a value is read.
fn keep_from(
    from: Option<&Written<Places>>,
    what: Option<&Written<Places>>,
    code: Option<&Written<Places>>,
    key: Mark,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<KeepFrom> {
    if let Some(code) = code {
        return script(&one_text(code, "script", margin)?, margin).map(KeepFrom::Script);
    }
    let what = what.map_or(Some(None), |what| one_text(what, "what", margin).map(Some))?;
    let word = what.as_ref().map_or("text", |what| what.value.trim());
    let target: Option<Target> = from.map_or(Some(None), |from| aim(from, context, margin).map(Some))?;
    let page = match word {
        "title" => Some(KeepFrom::Title),
        "address" => Some(KeepFrom::Address),
        "window" => Some(KeepFrom::Window),
        _ => None,
    };
    if page.is_some() {
        return page;
    }
    let part = match word.split_once('=') {
        Some(("attribute", name)) if !name.trim().is_empty() => {
            Some(ElementPart::Attribute(name.trim().to_owned()))
        }
        _ => match word {
            "text" => Some(ElementPart::Text),
            "value" => Some(ElementPart::Value),
            "count" => Some(ElementPart::Count),
            _ => None,
        },
    };
    let Some(part) = part else {
        const WORDS: [&str; 7] = ["text", "value", "count", "attribute=…", "title", "address", "window"];
        let mark = what.as_ref().map_or(key, |what| what.mark);
        margin.wrong(Fault::new(mark, format!("不知道怎么取“{word}”")).hint(allowed("内容", word, &WORDS)));
        return None;
    };
    match target {
        Some(target) => Some(KeepFrom::Element(target, part)),
        None => neither(key, "set: { name: fee, from: css=.fee, what: text }", margin),
    }
}
