//! The parts that steps are made of: texts, targets, numbers, names. Each is checked against what exists at that point.

use std::path::{Component, Path};

use super::locator::{around_of, located};
use super::{filled, warn_of_chinese_quotes};
use crate::model::{Channel, FrameRef, Locator, Portal, Target};
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::file::target::{Around, Places};
use crate::scenario::file::touch::Pair;
use crate::scenario::margin::Margin;
use crate::scenario::nearest::allowed;
use crate::scenario::template::{Names, ROOTS, check_expression};
use crate::scenario::yaml::Written;

/// What the steps before have made available, and where the scenario is walked.
pub(super) struct Context<'a> {
    pub(super) names: Names<'a>,
    pub(super) channels: &'a [String],
    pub(super) portal: Option<&'a Portal>,
    /// Whether the scenario is about the log-in itself, by the checks that it serves.
    pub(super) about_login: bool,
}

impl Context<'_> {
    /// The channels that the scenario is walked on.
    pub(super) fn channels(&self) -> impl Iterator<Item = &Channel> {
        let all = self.portal.into_iter().flat_map(|portal| &portal.channels);
        all.filter(|channel| self.channels.is_empty() || self.channels.contains(&channel.id.0))
    }
}

/// A text whose names are checked now and filled in when the step is walked.
pub(super) fn text(written: &Written<String>, context: &Context<'_>, margin: &mut Margin<'_>) -> String {
    margin.check(written, &context.names);
    warn_of_chinese_quotes(written, margin);
    written.value.clone()
}

/// Like [`text`], but it must say something.
pub(super) fn said(
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

/// What a step aims at.
pub(super) fn aim(
    places: &Written<Places>,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<Target> {
    located(places, Some(&context.names), margin).map(as_target)
}

/// What a step aims at that may say itself what lies around.
pub(super) fn aim_around(
    places: Option<&Written<Places>>,
    around: Around<'_>,
    key: Mark,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<Target> {
    let Some(places) = places else {
        margin.wrong(Fault::new(key, "没有写是哪一个").hint("例如：{ target: 登录, times: 2 }"));
        return None;
    };
    let of = located(places, Some(&context.names), margin)?;
    around_of(of, around, Some(&context.names), margin).map(as_target)
}

fn as_target(located: Vec<Locator>) -> Target {
    match <[Locator; 1]>::try_from(located) {
        Ok([Locator::Seen(words)]) => Target::Said(words),
        Ok(located) => Target::Located(located.into()),
        Err(located) => Target::Located(located),
    }
}

/// Two numbers, across and down.
pub(super) fn pair(written: &Pair, margin: &mut Margin<'_>) -> Option<(f64, f64)> {
    if let [across, down] = written.value.0.as_slice() {
        return Some((across.value, down.value));
    }
    let fault = Fault::new(written.mark, "这里要写两个数");
    margin.wrong(fault.hint("第一个是横向，第二个是纵向，单位像素，例如：[10, 20]"));
    None
}

/// A frame: `top`, `parent`, child indexes, or its element.
pub(super) fn frame(
    places: &Written<Places>,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<FrameRef> {
    if let Places::Listed(listed) = &places.value {
        let words: Vec<&str> = listed.iter().map(|written| written.value.trim()).collect();
        match words.as_slice() {
            ["top"] => return Some(FrameRef::Top),
            ["parent"] => return Some(FrameRef::Parent),
            [] => {}
            numbers => {
                let path: Result<Vec<usize>, _> = numbers.iter().map(|number| number.parse()).collect();
                if let Ok(path) = path {
                    return Some(FrameRef::Path(path));
                }
            }
        }
    }
    aim(places, context, margin).map(FrameRef::Element)
}

/// A word out of a list.
pub(super) fn word<T: Copy>(
    written: &Written<String>,
    kind: &str,
    known: &[(&str, T)],
    margin: &mut Margin<'_>,
) -> Option<T> {
    let word = written.value.trim();
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let fault = Fault::new(written.mark, format!("不认识的{kind}“{word}”"));
        margin.wrong(fault.hint(allowed(kind, word, &names)));
    }
    found
}

/// An expression, without braces.
pub(super) fn expression(
    written: &Written<String>,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> String {
    if let Err(error) = check_expression(written.value.trim(), &context.names) {
        margin.template(written.mark, &error);
    }
    written.value.trim().to_owned()
}

/// Page code, which is only run when that was allowed.
pub(super) fn script(written: &Written<String>, margin: &mut Margin<'_>) -> Option<String> {
    let code = filled(written, "网页代码", margin);
    let fault = Fault::new(written.mark, "这里要在网页里运行代码，平时不会运行");
    margin.warn(fault.hint("能用看得到的字说清楚的，请改成普通步骤；确实要运行时加上 --allow-scripts"));
    (!code.is_empty()).then_some(code)
}

/// A name that later steps may use; from here on it exists.
pub(super) fn name(
    written: &Written<String>,
    context: &mut Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<String> {
    let name = written.value.trim();
    let is_name = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if !is_name || ROOTS.contains(&name) {
        let fault = Fault::new(written.mark, format!("“{name}”不能当名字"));
        margin.wrong(fault.hint(format!(
            "用英文小写字母、数字和下划线，以字母开头，例如：code；{} 已经有别的意思",
            ROOTS.join("、")
        )));
        return None;
    }
    context.names.kept.insert(name.to_owned());
    Some(name.to_owned())
}

/// A file beside the scenario file or in a folder below, never anywhere else on the disk.
pub(super) fn file_beside(written: &Written<String>, margin: &mut Margin<'_>) -> Option<String> {
    let text = written.value.trim();
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_));
    if text.is_empty() || text.contains(['\\', ':']) || !Path::new(text).components().all(inside) {
        let fault = Fault::new(written.mark, format!("“{text}”不是场景文件旁边的文件"));
        margin
            .wrong(fault.hint("文件放在场景文件旁边（或下面的文件夹里），只写它的名字，例如：材料/样例.pdf"));
        return None;
    }
    Some(text.to_owned())
}

/// The path of such a file.
pub(super) fn path_beside(file: &str, margin: &Margin<'_>) -> std::path::PathBuf {
    Path::new(&margin.source.name).parent().unwrap_or(Path::new("")).join(file)
}
