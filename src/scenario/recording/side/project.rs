//! A project as its file says it, tolerant of what hand-made files leave out.

use super::super::notes::Notes;
use super::super::tree::{Map, Tree};

/// Versions that are understood, oldest first.
pub(super) const VERSIONS: [&str; 4] = ["1.0", "1.1", "2.0", "3.0"];

/// A whole project.
#[derive(Debug, Clone, Default)]
pub(in crate::scenario::recording) struct Project {
    pub(in crate::scenario::recording) version: String,
    pub(in crate::scenario::recording) url: String,
    pub(in crate::scenario::recording) plugins: usize,
    pub(in crate::scenario::recording) tests: Vec<Test>,
    pub(in crate::scenario::recording) suites: Vec<Suite>,
}

/// One test.
#[derive(Debug, Clone, Default)]
pub(in crate::scenario::recording) struct Test {
    pub(in crate::scenario::recording) id: String,
    pub(in crate::scenario::recording) name: String,
    pub(in crate::scenario::recording) commands: Vec<Command>,
}

/// Tests that belong together.
#[derive(Debug, Clone, Default)]
pub(in crate::scenario::recording) struct Suite {
    pub(in crate::scenario::recording) name: String,
    /// Whether its tests share one session and its variables.
    pub(in crate::scenario::recording) persists: bool,
    pub(in crate::scenario::recording) tests: Vec<String>,
}

/// One row of a test.
#[derive(Debug, Clone, Default)]
pub(in crate::scenario::recording) struct Command {
    pub(in crate::scenario::recording) name: String,
    pub(in crate::scenario::recording) target: String,
    pub(in crate::scenario::recording) value: String,
    pub(in crate::scenario::recording) comment: String,
    /// Other locators for the target, best first.
    pub(in crate::scenario::recording) targets: Vec<String>,
    /// Other locators for the value.
    pub(in crate::scenario::recording) values: Vec<String>,
    pub(in crate::scenario::recording) skip: bool,
    /// The variable that takes the handle of the window which the command opens.
    pub(in crate::scenario::recording) opens: Option<String>,
    /// How long that window may take, in milliseconds.
    pub(in crate::scenario::recording) opens_within: Option<f64>,
}

/// Reads a project.
///
/// # Errors
/// In one Chinese clause, why it is none.
pub(in crate::scenario::recording) fn project(file: &Map, notes: &mut Notes) -> Result<Project, String> {
    let tests = file.list("tests").ok_or("没有测试列表（tests）")?;
    let version = file.text("version").unwrap_or_default();
    if version.is_empty() {
        notes.refused("没有写版本（version），当作 2.0");
    } else if !VERSIONS.contains(&version) {
        return Err(format!("版本“{version}”不认识；认识的有：{}", VERSIONS.join("、")));
    }
    let project = Project {
        version: if version.is_empty() { "2.0".to_owned() } else { version.to_owned() },
        url: file.text("url").unwrap_or_default().to_owned(),
        plugins: file.list("plugins").map_or(0, <[Tree]>::len),
        tests: numbered(tests, "测试", notes, test),
        suites: numbered(file.list("suites").unwrap_or_default(), "测试组", notes, suite),
    };
    Ok(project)
}

/// The entries that are objects, turned into something; the others are noted.
fn numbered<T>(list: &[Tree], what: &str, notes: &mut Notes, turn: impl Fn(&Map, &mut Notes) -> T) -> Vec<T> {
    let mut turned = Vec::new();
    for (number, entry) in list.iter().enumerate() {
        match entry {
            Tree::Map(map) => turned.push(turn(map, notes)),
            _ => notes.refused(format!("第 {} 个{what}不是对象，跳过", number + 1)),
        }
    }
    turned
}

fn test(map: &Map, notes: &mut Notes) -> Test {
    let name = map.text("name").unwrap_or("没有名称的测试").to_owned();
    notes.place = format!("测试“{name}”");
    let commands = map.list("commands").unwrap_or_else(|| {
        notes.refused("没有命令列表（commands）");
        &[]
    });
    let commands = numbered(commands, "命令", notes, |map, _| command(map));
    notes.place.clear();
    Test { id: map.text("id").unwrap_or_default().to_owned(), name, commands }
}

fn suite(map: &Map, _: &mut Notes) -> Suite {
    let tests = map.list("tests").unwrap_or_default();
    Suite {
        name: map.text("name").unwrap_or_default().to_owned(),
        persists: map.bool("persistSession") == Some(true),
        tests: tests.iter().filter_map(Tree::as_text).map(ToOwned::to_owned).collect(),
    }
}

fn command(map: &Map) -> Command {
    let text = |key: &str| map.text(key).unwrap_or_default().to_owned();
    let alternatives = |keys: &[&str]| {
        let lists = keys.iter().filter_map(|key| map.list(key));
        let locator = |entry: &Tree| match entry {
            Tree::Text(locator) => Some(locator.clone()),
            Tree::List(pair) => pair.first().and_then(Tree::as_text).map(ToOwned::to_owned),
            _ => None,
        };
        lists.flatten().filter_map(locator).collect::<Vec<String>>()
    };
    let opens = map.bool("opensWindow") == Some(true);
    let name = text("command");
    let said = name.trim();
    Command {
        name: said.trim_start_matches("//").to_owned(),
        target: text("target"),
        value: text("value"),
        comment: text("comment"),
        targets: alternatives(&["targetFallback", "targets", "fallbackTargets"]),
        values: alternatives(&["valueFallback", "values"]),
        skip: map.bool("skip") == Some(true) || said.starts_with("//"),
        opens: opens.then(|| map.text("windowHandleName").unwrap_or_default().to_owned()),
        opens_within: map.number("windowTimeout"),
    }
}
