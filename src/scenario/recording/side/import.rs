//! A project as scenarios: one a test, and one for each suite whose tests share a session.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::super::names::{id, literal};
use super::super::notes::Notes;
use super::super::secrets::Secrets;
use super::super::tree::{Map, Tree, one};
use super::blocks::blocks;
use super::columns::stores;
use super::command::Reading;
use super::migrate::migrate;
use super::reader::{Reader, group, maps};
use super::text::Words;
use super::{Project, Test};

/// What the tests of a project are read with.
pub(super) struct Importer<'a> {
    pub(super) project: &'a Project,
    base: Option<&'a str>,
    old: bool,
    /// The scenarios' ids, in the tests' order.
    pub(super) ids: Vec<String>,
    /// How many more tests may be written out where they are run.
    runs: Cell<usize>,
}

/// How many tests may be written out where they are run: tests that run each other would never end.
const MOST_RUNS: usize = 200;

/// The scenarios of a project, each with its id.
pub(in crate::scenario::recording) fn import(
    mut project: Project,
    taken: &[String],
    secrets: &mut Secrets,
    notes: &mut Notes,
) -> Vec<(String, Map)> {
    let old = project.version.as_str() < "3.0";
    if project.version != "3.0" {
        notes.remark(format!("{} 版的录制已按 3.0 版改写", project.version));
    }
    migrate(&mut project);
    if project.plugins > 0 {
        notes.lost("录制用了插件，插件的命令留在文件里，不会做");
    }
    let base = base(&project.url);
    let mut ids: Vec<String> = Vec::new();
    for test in &project.tests {
        let all: Vec<String> = taken.iter().chain(&ids).cloned().collect();
        ids.push(id(&test.name, &all));
    }
    let importer =
        Importer { project: &project, base: base.as_deref(), old, ids, runs: Cell::new(MOST_RUNS) };
    let mut scenarios = importer.tests(secrets, notes);
    scenarios.extend(importer.suites(taken, secrets, notes));
    notes.place.clear();
    scenarios
}

/// The origin and path that relative addresses are joined with.
fn base(url: &str) -> Option<String> {
    let url = url::Url::parse(url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(url.as_str().trim_end_matches('/').to_owned())
}

impl Importer<'_> {
    fn tests(&self, secrets: &mut Secrets, notes: &mut Notes) -> Vec<(String, Map)> {
        let mut scenarios = Vec::new();
        for (test, id) in self.project.tests.iter().zip(&self.ids) {
            let mut scenario = self.header(id, &test.name, secrets);
            let suites = self.project.suites.iter().filter(|suite| suite.tests.contains(&test.id));
            let tags: Vec<Tree> = suites
                .filter(|suite| !suite.name.trim().is_empty())
                .map(|suite| Tree::Text(literal(crate::text::printable(&suite.name).trim())))
                .collect();
            if !tags.is_empty() {
                scenario.set("tags", tags);
            }
            let steps = self.test(test, self.known(&[test]), &[], secrets, notes);
            if steps.is_empty() {
                notes.place = format!("测试“{}”", test.name);
                notes.remark("一个步骤都没有，没有写成场景");
                continue;
            }
            scenarios.push((id.clone(), scenario.with("steps", maps(steps))));
        }
        scenarios
    }

    fn header(&self, id: &str, title: &str, secrets: &mut Secrets) -> Map {
        let title = secrets.lift(&literal(crate::text::printable(title).trim()));
        let title = if title.is_empty() { id.to_owned() } else { title };
        let header = one("scenario", id).with("title", title);
        match self.base {
            Some(base) => header.with("base", secrets.lift(&literal(base))),
            None => header,
        }
    }

    fn suites(&self, taken: &[String], secrets: &mut Secrets, notes: &mut Notes) -> Vec<(String, Map)> {
        let mut scenarios = Vec::new();
        let mut ids: Vec<String> = taken.iter().chain(&self.ids).cloned().collect();
        for suite in &self.project.suites {
            notes.place = format!("测试组“{}”", suite.name);
            let tests: Vec<&Test> = suite
                .tests
                .iter()
                .filter_map(|id| self.project.tests.iter().find(|test| test.id == *id))
                .collect();
            let dangling = suite.tests.len() - tests.len();
            if dangling > 0 {
                notes.refused(format!("有 {dangling} 个测试在文件里找不到，跳过"));
            }
            if !suite.persists || tests.len() < 2 {
                continue;
            }
            let known = self.known(&tests);
            // The notes of these steps were already made with the tests themselves.
            let mut silent = Notes::default();
            let groups: Vec<Map> = tests
                .iter()
                .map(|test| (test, self.test(test, known.clone(), &[], secrets, &mut silent)))
                .filter(|(_, steps)| !steps.is_empty())
                .map(|(test, steps)| group(&test.name, steps))
                .collect();
            if groups.is_empty() {
                continue;
            }
            let id = id(&format!("suite {}", suite.name), &ids);
            ids.push(id.clone());
            notes.remark("各测试共用一个会话，另写成一个场景");
            let scenario = self.header(&id, &suite.name, secrets);
            scenarios.push((id, scenario.with("steps", maps(groups))));
        }
        scenarios
    }

    /// The variables that tests, and the tests which they run, store into.
    pub(super) fn known(&self, tests: &[&Test]) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut left: Vec<&Test> = tests.to_vec();
        while let Some(test) = left.pop() {
            if seen.contains(&test.name.as_str()) {
                continue;
            }
            seen.push(&test.name);
            for command in &test.commands {
                names.extend(stores(command).map(ToOwned::to_owned));
                names.extend(command.opens.clone().filter(|name| !name.is_empty()));
                if command.name == "run" {
                    left.extend(self.named(&command.target));
                }
            }
        }
        names
    }

    /// Whether one more test may be run in place.
    pub(super) fn may_run(&self) -> bool {
        let left = self.runs.get();
        self.runs.set(left.saturating_sub(1));
        left > 0
    }

    fn named(&self, name: &str) -> Option<&Test> {
        self.project.tests.iter().find(|test| test.name == name.trim())
    }

    /// The steps of a test; `chain` names the tests that run it.
    pub(super) fn test(
        &self,
        test: &Test,
        known: BTreeSet<String>,
        chain: &[String],
        secrets: &mut Secrets,
        notes: &mut Notes,
    ) -> Vec<Map> {
        let words = Words { known, secrets };
        let mut reader = Reader {
            importer: self,
            test,
            chain: chain.iter().chain([&test.name]).cloned().collect(),
            reading: Reading { base: self.base, old: self.old, words },
            notes,
        };
        match blocks(&test.commands) {
            Ok(tree) => reader.nodes(&tree),
            Err(misfit) => reader.flat(&misfit),
        }
    }
}
