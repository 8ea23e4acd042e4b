//! 录制: what a person recorded in a browser (Chrome DevTools Recorder, Selenium IDE, or under
//! our own eyes) as scenarios, and back. Works on texts
//! only: whoever calls reads and writes the files.

mod devtools;
mod error;
mod names;
mod notes;
mod place;
mod secrets;
mod selenese;
mod side;
mod tree;
mod watched;
mod yaml_text;

pub use error::RecordingError;
pub use notes::{ImportNote, Weight};
pub use watched::{Watched, scenario_of_watch};

use devtools::Refusal;
use notes::Notes;
use secrets::Secrets;
use tree::{Map, Tree};

/// The largest recording that is taken, in bytes.
pub const LARGEST_RECORDING: u64 = 50 * 1024 * 1024;

/// 录制格式: who recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingFormat {
    /// Chrome DevTools Recorder JSON.
    DevTools,
    /// Selenium IDE project (`.side`).
    Side,
    /// Selenium IDE's older HTML tables.
    Selenese,
}

impl RecordingFormat {
    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DevTools => "Chrome DevTools 录制",
            Self::Side => "Selenium IDE 项目",
            Self::Selenese => "Selenium IDE 旧表格",
        }
    }
}

/// How an import is done.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportOptions {
    /// Who recorded; found out by the content when `None`.
    pub format: Option<RecordingFormat>,
    /// Whether anything that the format, or safety, does not allow refuses the whole file.
    pub strict: bool,
}

/// What an import came to.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Who recorded.
    pub format: RecordingFormat,
    /// One scenario a recording, or a test.
    pub scenarios: Vec<ImportedScenario>,
    /// The names of secrets to set, without their values.
    pub secrets: Vec<String>,
    /// What a person should know.
    pub notes: Vec<ImportNote>,
}

/// A scenario ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedScenario {
    /// The scenario's id, and its file's name without `.yaml`.
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// How many steps it has, steps inside others not counted.
    pub steps: usize,
    /// The file.
    pub text: String,
}

/// Takes a recording; `name` is its file name, `taken` are scenario ids that must not be used again, `beside` reads a file
/// that lies beside it (a Selenese suite names its test cases).
///
/// # Errors
/// When the file is too large, not a recording, or, strictly, not wholly a right one.
pub fn import_recording(
    name: &str,
    content: &[u8],
    taken: &[String],
    options: ImportOptions,
    beside: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Imported, RecordingError> {
    let text = text_of(name, content)?;
    let mut notes = Notes::default();
    let mut secrets = Secrets::default();
    let is_table = text.trim_start().starts_with('<');
    let (format, scenarios) = match options.format {
        Some(RecordingFormat::Selenese) => (RecordingFormat::Selenese, None),
        None if is_table => (RecordingFormat::Selenese, None),
        given => {
            let recording = json(name, text)?;
            (given.unwrap_or_else(|| format_of(&recording)), Some(recording))
        }
    };
    let scenarios = match (format, scenarios) {
        (RecordingFormat::DevTools, Some(recording)) => {
            let (stem, scenario) =
                devtools_scenario(name, text, &recording, options.strict, &mut secrets, &mut notes)?;
            vec![(names::id(&stem, taken), scenario)]
        }
        (_, Some(recording)) => {
            let empty = Map::default();
            let project = side::project(recording.as_map().unwrap_or(&empty), &mut notes);
            side::import(project.map_err(|why| no_project(name, why))?, taken, &mut secrets, &mut notes)
        }
        (_, None) => {
            let project = selenese::project(&stem(name), text, beside, &mut notes);
            side::import(project.map_err(|why| no_project(name, why))?, taken, &mut secrets, &mut notes)
        }
    };
    if options.strict
        && let Some(refused) = notes.list.iter().find(|note| note.weight == Weight::Refused)
    {
        let place = if refused.place.is_empty() { String::new() } else { format!("{}：", refused.place) };
        let message = format!("{place}{}", refused.message);
        return Err(RecordingError::new(name, message, "改正录制文件，或者去掉 --strict，其余部分仍可导入"));
    }
    let scenarios =
        scenarios.into_iter().map(|(id, scenario)| written(name, format, &id, scenario, &secrets)).collect();
    Ok(Imported { format, scenarios, secrets: secrets.names(), notes: notes.list })
}

/// Who recorded, by the keys of the file.
fn format_of(recording: &Tree) -> RecordingFormat {
    let is_project =
        recording.as_map().is_some_and(|map| map.get("tests").is_some() && map.get("steps").is_none());
    if is_project { RecordingFormat::Side } else { RecordingFormat::DevTools }
}

fn no_project(name: &str, why: String) -> RecordingError {
    RecordingError::new(name, why, "用 Selenium IDE 重新保存这个项目")
}

fn text_of<'a>(name: &str, content: &'a [u8]) -> Result<&'a str, RecordingError> {
    if content.len() as u64 > LARGEST_RECORDING {
        return Err(RecordingError::new(name, "文件超过 50 MB，不像录制文件", "只导入需要的那一段录制"));
    }
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    std::str::from_utf8(content)
        .map_err(|_| RecordingError::new(name, "文件不是 UTF-8 文本", "重新导出录制文件，或另存为 UTF-8"))
}

fn json(name: &str, text: &str) -> Result<Tree, RecordingError> {
    serde_json::from_str(text).map_err(|error| {
        let place = format!("{name}:{}:{}", error.line(), error.column());
        let message = if error.to_string().contains("recursion limit") {
            "嵌套得太深，不像录制文件".to_owned()
        } else if error.is_eof() {
            "文件不完整，到这里就断了".to_owned()
        } else {
            "不是正确的 JSON".to_owned()
        };
        RecordingError::new(place, message, "用录制工具重新导出；手工改过的文件检查逗号、引号和括号")
    })
}

fn devtools_scenario(
    name: &str,
    text: &str,
    recording: &Tree,
    strict: bool,
    secrets: &mut Secrets,
    notes: &mut Notes,
) -> Result<(String, Map), RecordingError> {
    let refusal = devtools::verdict(recording).err();
    if let Some(refusal) = refusal.as_ref().filter(|_| strict) {
        return Err(refused(name, text, refusal));
    }
    let stem = stem(name);
    let scenario = recording.as_map().and_then(|map| devtools::import(map, &stem, secrets, notes));
    match (scenario, refusal) {
        (Some(scenario), refusal) => {
            if let Some(refusal) = refusal.filter(|refusal| refusal.step.is_none()) {
                notes.remark(format!("与格式不符（原文：{}），已按能用的部分导入", refusal.message));
            }
            Ok((stem, scenario))
        }
        (None, Some(refusal)) => Err(refused(name, text, &refusal)),
        (None, None) => Err(RecordingError::new(name, "没有步骤", "重新导出录制文件")),
    }
}

fn refused(name: &str, text: &str, refusal: &Refusal) -> RecordingError {
    let place = refusal.step.and_then(|step| place::of_entry(text, "steps", step));
    let place = place.map_or(name.to_owned(), |(line, column)| format!("{name}:{line}:{column}"));
    let step = refusal.step.map_or(String::new(), |step| format!("第 {} 步", step + 1));
    let message = format!("{step}不是正确的 DevTools 录制（原文：{}）", refusal.message);
    RecordingError::new(place, message, "在 DevTools 里重新导出为 JSON；不加 --strict 时能用的部分仍会导入")
}

/// A file's name without folder and suffix.
fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    crate::text::printable(stem)
}

fn written(
    name: &str,
    format: RecordingFormat,
    id: &str,
    mut scenario: Map,
    secrets: &Secrets,
) -> ImportedScenario {
    scenario.set("scenario", id);
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut head = vec![format!("由 zoutong import 从“{file}”（{}）导入", format.name())];
    let body = yaml_text::write(&[], &scenario);
    let names: Vec<String> = secrets
        .names()
        .into_iter()
        .filter(|name| body.contains(&format!("secret.{name}")))
        .map(|name| format!("zoutong secret set {name}"))
        .collect();
    if !names.is_empty() {
        head.push(format!("走访前先设置：{}", names.join("、")));
    }
    ImportedScenario {
        id: id.to_owned(),
        title: scenario.text("title").unwrap_or_default().to_owned(),
        steps: scenario.list("steps").map_or(0, <[Tree]>::len),
        text: yaml_text::write(&head, &Map::default()) + &body,
    }
}

/// A scenario given away as a recording.
#[derive(Debug, Clone)]
pub struct Exported {
    /// The recording's file.
    pub text: String,
    /// How many steps it has.
    pub steps: usize,
    /// What a person should know.
    pub notes: Vec<ImportNote>,
}

/// A scenario file as a Chrome DevTools recording; what that format cannot say becomes a `customStep`, with a note.
///
/// # Errors
/// When the file is not a scenario.
pub fn export_devtools(name: &str, content: &[u8]) -> Result<Exported, RecordingError> {
    let text = text_of(name, content)?;
    let scenario: Tree = serde_saphyr::from_str(text).map_err(|error| {
        let place =
            error.location().map_or(name.to_owned(), |at| format!("{name}:{}:{}", at.line(), at.column()));
        RecordingError::new(place, "不是正确的 YAML", "先用 zoutong lint 检查这个场景文件")
    })?;
    let Some(scenario) =
        scenario.as_map().filter(|map| map.get("scenario").is_some() && map.list("steps").is_some())
    else {
        return Err(RecordingError::new(name, "不是场景文件：没有 scenario 或 steps", "给出一个场景文件"));
    };
    let mut notes = Notes::default();
    let recording = devtools::export(scenario, &mut notes);
    let steps = recording.list("steps").map_or(0, <[Tree]>::len);
    let text = serde_json::to_string_pretty(&Tree::Map(recording))
        .map_err(|_| RecordingError::new(name, "写不成 JSON", "请报告这个问题"))?;
    if text.contains("{{ secret.") {
        notes.remark("密码等仍写成 {{ secret.名称 }}，DevTools 不会代入，重放前请手工填写");
    }
    Ok(Exported { text: text + "\n", steps, notes: notes.list })
}

#[cfg(test)]
mod tests;
