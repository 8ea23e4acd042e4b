//! A recording as a scenario.

use url::Url;

use super::super::names::literal;
use super::super::notes::Notes;
use super::super::secrets::{Secrets, is_password_field};
use super::super::tree::{Map, Tree, one};
use super::{KEPT, KINDS, WITHOUT, export, keys, selector, step, tidy, verdict};

/// The scenario of a recording, without its id; `None` when its steps are no list.
pub(in crate::scenario::recording) fn import(
    recording: &Map,
    name: &str,
    secrets: &mut Secrets,
    notes: &mut Notes,
) -> Option<Map> {
    let mut recording = recording.clone();
    tidy::flatten(&mut recording, notes);
    let mut steps = match recording.remove("steps") {
        Some(Tree::List(steps)) => steps,
        Some(_) => return None,
        None => {
            notes.refused("文件里没有步骤（steps），写成一个没有步骤的场景，要自己补上");
            Vec::new()
        }
    };
    for (number, given) in steps.iter_mut().enumerate() {
        notes.place = place(number);
        if let Tree::Map(step) = given {
            tidy::modernise(step, notes);
        }
    }
    notes.place.clear();
    let passwords = passwords(&steps, secrets);
    let base = base(&steps);
    let recording = lifted(recording.into(), secrets);
    let mut done = Vec::new();
    for (number, (given, password)) in steps.into_iter().zip(passwords).enumerate() {
        notes.place = place(number);
        let mut given = lifted(given, secrets);
        if let Some(password) = password {
            given.set("value", password);
        }
        done.push(one_step(&given, number, base.as_deref(), notes));
    }
    notes.place.clear();
    let steps = keys::join(done).into_iter().map(Tree::Map).collect::<Vec<_>>();
    let scenario = header(recording, name, base, notes);
    Some(scenario.with("steps", steps))
}

fn place(number: usize) -> String {
    format!("第 {} 步", number + 1)
}

/// The same with personal numbers lifted out and nothing that reads as a template.
fn lifted(mut tree: Tree, secrets: &mut Secrets) -> Map {
    tree.change_texts(&mut |text| secrets.lift(&literal(text)));
    match tree {
        Tree::Map(map) => map,
        other => one("type", Tree::Null).with("value", other),
    }
}

/// For every step the reference that stands for the password typed in it.
fn passwords(steps: &[Tree], secrets: &mut Secrets) -> Vec<Option<String>> {
    let values: Vec<Option<(Tree, String)>> = steps.iter().map(|step| password(step.as_map()?)).collect();
    let whole = |at: usize| {
        let (selectors, value) = values.get(at)?.as_ref()?;
        // A password typed with pauses is recorded as several growing values: all of them stand for the last.
        let later = values.get(at + 1..).unwrap_or_default().iter().flatten().take(50);
        let longer =
            later.take_while(|(other, longer)| other == selectors && longer.starts_with(value.as_str()));
        Some(longer.last().map_or(value, |(_, longer)| longer))
    };
    (0..values.len()).map(|at| whole(at).map(|value| secrets.password(value))).collect()
}

/// The field and the password of a step that fills one in.
fn password(step: &Map) -> Option<(Tree, String)> {
    let selectors = step.get("selectors").filter(|_| step.text("type") == Some("change"))?;
    let value = step.text("value").filter(|value| !value.is_empty())?;
    let words = serde_json::to_string(selectors).ok()?;
    is_password_field(&words).then(|| (selectors.clone(), value.to_owned()))
}

/// What every address begins with: the origin of the first one.
fn base(steps: &[Tree]) -> Option<String> {
    let first = steps
        .iter()
        .filter_map(Tree::as_map)
        .find(|step| step.text("type") == Some("navigate"))
        .and_then(|step| step.text("url"))?;
    let url = Url::parse(first).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(url.origin().ascii_serialization())
}

fn header(mut recording: Map, name: &str, base: Option<String>, notes: &mut Notes) -> Map {
    let title = recording.remove("title");
    let shown = title.as_ref().and_then(Tree::as_text).map(crate::text::printable).unwrap_or_default();
    let mut scenario = one("scenario", "");
    if shown.trim().is_empty() {
        notes.remark(format!("录制文件没有标题，用文件名“{name}”代替"));
        scenario.set("title", literal(name));
    } else {
        scenario.set("title", shown.trim());
    }
    if let Some(title) = title.filter(|title| title.as_text() != scenario.text("title")) {
        recording.set("title", title);
    }
    if let Some(timeout) = recording.number("timeout") {
        let seconds = (timeout / 1000.0).ceil();
        notes.remark(format!("录制时规定每一步最多等 {seconds} 秒；走访时用 --patience {seconds} 可以一样"));
    }
    if let Some(base) = base {
        scenario.set("base", base);
    }
    if !recording.0.is_empty() {
        scenario.set(KEPT, recording);
    }
    scenario
}

fn one_step(given: &Map, number: usize, base: Option<&str>, notes: &mut Notes) -> Map {
    let kind = given.text("type").unwrap_or_default();
    let wrong = verdict::step(&given.clone().into(), number).err();
    let Some(mut ours) = step::action(given, base) else {
        return unknown(given, kind, wrong.as_deref(), notes);
    };
    step::modifiers(given, &mut ours);
    if base.is_none() && ours.text("open").is_some_and(|address| address.starts_with('/')) {
        notes.remark("网址里的主机是占位的，改为打开所走渠道上的同一路径");
    }
    if let Some(message) = wrong {
        match kind {
            "click" | "doubleClick" if message.contains("Step.offset") => {
                notes.remark("录制文件没有写点在什么位置，改为点中间");
            }
            _ => notes.refused(format!("与格式不符（原文：{message}），能用的部分已经导入")),
        }
    }
    remember(given, &mut ours, base);
    ours
}

/// Keeps what an export could not find again in our step.
fn remember(given: &Map, ours: &mut Map, base: Option<&str>) {
    let back = export::steps(ours, base)
        .ok()
        .and_then(|mut steps| if steps.len() == 1 { steps.pop() } else { None });
    let back = back.unwrap_or_default();
    let mut kept = Map::default();
    for (key, value) in &given.0 {
        let normal = match value {
            Tree::List(selectors) if key == "selectors" => selector::chains(selectors),
            _ => value.clone(),
        };
        if back.get(key) != Some(&normal) {
            kept.set(key, normal);
        }
    }
    let added: Vec<Tree> = back
        .0
        .iter()
        .filter(|(key, _)| given.get(key).is_none())
        .map(|(key, _)| key.as_str().into())
        .collect();
    if !kept.0.is_empty() {
        ours.set(KEPT, kept);
    }
    if !added.is_empty() {
        ours.set(WITHOUT, added);
    }
}

/// A step that is kept but not done.
fn unknown(given: &Map, kind: &str, wrong: Option<&str>, notes: &mut Notes) -> Map {
    let text = match kind {
        "customStep" => {
            let name = given.text("name").unwrap_or_default();
            notes.lost(format!("自定义步骤“{name}”程序不认识，留在文件里，不会做"));
            format!("customStep {name}")
        }
        "navigate" if wrong.is_none() => {
            let url = given.text("url").unwrap_or_default();
            let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
            let message = "只打开 http 和 https 网址；这一步留在文件里，不会做";
            if url.trim() == "about:blank" {
                notes.lost(format!("不打开空白页，{message}"));
            } else {
                notes.refused(format!("不打开“{scheme}:”开头的地址，{message}"));
            }
            "navigate".to_owned()
        }
        _ if KINDS.contains(&kind) => {
            let why = wrong.map_or_else(|| "内容没有意义".to_owned(), |message| format!("原文：{message}"));
            notes.refused(format!("{kind} 步骤写得不完整（{why}），留在文件里，不会做"));
            kind.to_owned()
        }
        "" => {
            notes.refused(format!(
                "没有写步骤种类（原文：{}），留在文件里，不会做",
                wrong.unwrap_or_default()
            ));
            "（没有种类）".to_owned()
        }
        _ => {
            notes.refused(format!(
                "不认识的步骤种类“{kind}”，留在文件里，不会做；认识的有：{}",
                KINDS.join("、")
            ));
            kind.to_owned()
        }
    };
    one("unknown", one("text", crate::text::printable(&text)).with("raw", given.clone()))
        .with("disabled", true)
}
