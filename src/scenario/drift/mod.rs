//! 找法的次序: lists of alternative locators in scenario and portal files: where they stand, and the file with one of them put first,
//! its comments and its layout kept. Which one that should be is decided elsewhere.

mod reorder;
mod replace;
mod spot;

use std::path::{Path, PathBuf};

use super::error::{ScenarioError, ScenarioErrors};
use super::folder::{PORTAL_FILE, yaml_files};
use super::source::Source;
use super::yaml::Node;
use crate::model::FileMark;

pub use replace::{Refused, replace};
pub use spot::{Aim, Alternatives};

/// A file that holds such lists.
#[derive(Debug)]
pub struct OrderedFile {
    source: Source,
    root: Node,
}

/// An entry of a list that is to stand first.
#[derive(Debug, Clone)]
pub struct Promotion {
    /// The list.
    pub list: Alternatives,
    /// The entry, from 0.
    pub entry: usize,
}

impl OrderedFile {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read or is no YAML.
    pub fn read(path: &Path) -> Result<Self, ScenarioErrors> {
        Self::of(Source::read(path)).map_err(|error| ScenarioErrors(vec![error]))
    }

    fn of(source: Result<Source, ScenarioError>) -> Result<Self, ScenarioError> {
        let source = source?;
        let root = Node::parse(&source).map_err(|fault| source.error(fault))?;
        Ok(Self { source, root })
    }

    /// The path as the user gave it, and what tells this version from others.
    #[must_use]
    pub fn mark(&self) -> FileMark {
        FileMark { path: self.source.name.clone(), sha256: self.source.sha256() }
    }

    /// The text as it is.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// The id of the scenario, where it is a scenario file.
    #[must_use]
    pub fn scenario(&self) -> Option<&str> {
        spot::text_of(&self.root, "scenario")
    }

    /// What the step at a place aims at; `None` when no step with a target begins there.
    #[must_use]
    pub fn step(&self, line: usize, column: usize) -> Option<Aim> {
        spot::step(&self.root, line, column)
    }

    /// The places of a word in a channel's vocabulary, where they are a list.
    #[must_use]
    pub fn word(&self, channel: &str, word: &str) -> Option<Alternatives> {
        spot::word(&self.root, channel, word)
    }

    /// The text with these entries put first; `None` when a list is written in a way that cannot be changed without touching
    /// more than its order.
    #[must_use]
    pub fn promoted(&self, promotions: &[Promotion]) -> Option<String> {
        let mut order: Vec<&Promotion> = promotions.iter().collect();
        // From the end: what comes before keeps its place.
        order.sort_by_key(|one| std::cmp::Reverse((one.list.line, one.list.column)));
        let mut text = self.source.text.clone();
        for promotion in order {
            text = reorder::promote(&text, &promotion.list, promotion.entry)?;
        }
        let changed = Self::of(Ok(Source { name: self.source.name.clone(), text })).ok()?;
        // Whatever the layout was: every list as it was, but for the wanted order, or nothing.
        let (before, after) = (spot::lists(&self.root), spot::lists(&changed.root));
        let wanted = |list: &Alternatives| {
            let promotion = promotions.iter().find(|one| one.list.is_at(list));
            promotion.map_or_else(|| list.said(), |one| list.promoted(one.entry))
        };
        let kept = before.len() == after.len()
            && before.iter().zip(&after).all(|(before, after)| wanted(before) == after.said());
        kept.then_some(changed.source.text)
    }
}

/// The scenario files among these files and folders, and the portal files.
///
/// # Errors
/// When one of them cannot be read.
pub fn files(paths: &[PathBuf]) -> Result<Vec<OrderedFile>, ScenarioErrors> {
    let mut found = Vec::new();
    for path in paths {
        let listed = if path.is_dir() {
            yaml_files(path).map_err(|error| ScenarioErrors(vec![error]))?
        } else {
            vec![path.clone()]
        };
        for file in listed {
            // The other files of a folder (items, accounts) hold no such lists; what is wrong with them is not asked here.
            match OrderedFile::read(&file) {
                Ok(read) if read.scenario().is_some() || file.ends_with(PORTAL_FILE) => found.push(read),
                Err(errors) if !path.is_dir() => return Err(errors),
                Ok(_) | Err(_) => {}
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> OrderedFile {
        OrderedFile::of(Ok(Source { name: "a.yaml".into(), text: text.into() })).unwrap()
    }

    fn list(file: &OrderedFile, line: usize, column: usize) -> Alternatives {
        match file.step(line, column) {
            Some(Aim::List(list)) => list,
            other => panic!("{other:?}"),
        }
    }

    fn promoted(text: &str, line: usize, column: usize, entry: usize) -> Option<String> {
        let file = file(text);
        let list = list(&file, line, column);
        file.promoted(&[Promotion { list, entry }])
    }

    #[test]
    fn a_list_in_brackets_changes_its_order_and_nothing_else() {
        let text = "steps:\n  - tap:   [ css=#a ,text=查询,  \"role=button[查, 询]\" ]   # 备注 [x]\n    soft: true\n";
        assert_eq!(
            promoted(text, 2, 5, 2).as_deref(),
            Some(
                "steps:\n  - tap:   [ \"role=button[查, 询]\" ,css=#a,  text=查询 ]   # 备注 [x]\n    soft: true\n"
            )
        );
    }

    #[test]
    fn entries_on_lines_of_their_own_take_their_comments_along() {
        let text = "steps:\n  - type:\n      text: 张三\n      into:\n        # 怎么找\n        - css=#name  # 旧版\n        # 新版从这里起\n        - label=姓名 # 新版\n        - placeholder=姓名\n  - shot\n";
        let wanted = "steps:\n  - type:\n      text: 张三\n      into:\n        # 怎么找\n        # 新版从这里起\n        - label=姓名 # 新版\n        - css=#name  # 旧版\n        - placeholder=姓名\n  - shot\n";
        assert_eq!(promoted(text, 2, 5, 1).as_deref(), Some(wanted));
    }

    #[test]
    fn a_file_without_a_last_line_end_and_one_with_windows_lines_keep_theirs() {
        let last = "steps:\n  - tap:\n      - css=#a\n      - text=乙";
        assert_eq!(
            promoted(last, 2, 5, 1).as_deref(),
            Some("steps:\n  - tap:\n      - text=乙\n      - css=#a")
        );
        let windows = last.replace('\n', "\r\n") + "\r\n";
        assert_eq!(
            promoted(&windows, 2, 5, 1).as_deref(),
            Some("steps:\r\n  - tap:\r\n      - text=乙\r\n      - css=#a\r\n")
        );
    }

    #[test]
    fn two_lists_of_one_line_change_independently() {
        let text = "steps:\n  - group: { title: 甲, steps: [ { tap: [css=#a, text=长一些的字] }, { tap: [css=#b, text=乙] } ] }\n";
        let file = file(text);
        let at =
            |needle: &str| text.lines().nth(1).unwrap().split(needle).next().unwrap().chars().count() + 1;
        let lists = [list(&file, 2, at("{ tap: [css=#a")), list(&file, 2, at("{ tap: [css=#b"))];
        let promotions = lists.map(|list| Promotion { list, entry: 1 });
        assert_eq!(
            file.promoted(&promotions).as_deref(),
            Some(
                "steps:\n  - group: { title: 甲, steps: [ { tap: [text=长一些的字, css=#a] }, { tap: [text=乙, css=#b] } ] }\n"
            )
        );
    }

    #[test]
    fn a_list_whose_entries_are_written_over_several_lines_is_left_alone() {
        let folded = "steps:\n  - tap:\n      - css=#a\n      - >-\n        text=长\n        字\n";
        assert_eq!(promoted(folded, 2, 5, 1), None);
        let spread = "steps:\n  - tap: [css=#a, # 甲\n      text=乙] # 乙\n";
        assert_eq!(promoted(spread, 2, 5, 1), None, "which entry a remark belongs to cannot be told");
    }

    #[test]
    fn what_a_step_aims_at_is_found_inside_maybe_and_beside_other_lists() {
        let text = "steps:\n  - maybe: { tap: [css=#a, text=乙] }\n  - choose: { option: 甲, from: [css=#s, label=类型] }\n  - tap: 登录入口\n  - person: { ask: 好吗, answers: [好, 不好] }\n  - expect: { target: [text=甲, text=乙], below: 表头 }\n";
        let file = file(text);
        assert_eq!(list(&file, 2, 5).said(), ["css=#a", "text=乙"]);
        assert_eq!(list(&file, 3, 5).said(), ["css=#s", "label=类型"]);
        assert!(matches!(file.step(4, 5), Some(Aim::Word(word)) if word == "登录入口"));
        assert!(file.step(5, 5).is_none(), "answers are no places");
        assert!(file.step(6, 5).is_none(), "what lies around decides there");
        assert!(file.step(7, 5).is_none());
    }

    #[test]
    fn a_word_of_a_vocabulary_is_found_by_channel() {
        let file = file(
            "channels:\n  pc:\n    words:\n      登录入口: [css=.a, text=登录]\n  app:\n    words:\n      登录入口: text=我的\n",
        );
        assert_eq!(file.word("pc", "登录入口").unwrap().said(), ["css=.a", "text=登录"]);
        assert!(file.word("app", "登录入口").is_none(), "one place has no order");
        assert!(file.word("kiosk", "登录入口").is_none());
    }
}
