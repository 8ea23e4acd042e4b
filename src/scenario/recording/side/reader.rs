//! The commands of one test, block by block, as steps.

use super::super::names::{literal, variable};
use super::super::notes::Notes;
use super::super::tree::{Map, Tree, one};
use super::blocks::{Misfit, Node, is_control};
use super::command::{Reading, kept, steps};
use super::import::Importer;
use super::{Command, Test, condition, mouse, window};

/// How many commands a drag may take.
const LONGEST_DRAG: usize = 20;

/// Reads the commands of one test.
pub(super) struct Reader<'a, 'b> {
    pub(super) importer: &'a Importer<'a>,
    pub(super) test: &'a Test,
    /// The tests that are being run, this one last.
    pub(super) chain: Vec<String>,
    pub(super) reading: Reading<'a, 'b>,
    pub(super) notes: &'b mut Notes,
}

impl Reader<'_, '_> {
    fn place(&mut self, at: usize) {
        self.notes.place = format!("测试“{}”第 {} 条命令", self.test.name, at + 1);
    }

    /// Blocks that do not fit: the other commands are taken, those of the blocks are kept.
    pub(super) fn flat(&mut self, misfit: &Misfit) -> Vec<Map> {
        self.place(misfit.at);
        self.notes.refused(format!(
            "控制流程的命令没有配好（原文：{}），这些命令留在文件里，不会做",
            misfit.message
        ));
        let mut done = Vec::new();
        for (at, command) in self.test.commands.iter().enumerate() {
            if is_control(&command.name) {
                done.push(kept(command, &mut self.reading.words));
            } else {
                done.extend(self.command(at, command, None));
            }
        }
        done
    }

    /// The steps of commands and blocks.
    pub(super) fn nodes(&mut self, nodes: &[Node<'_>]) -> Vec<Map> {
        let mut done = Vec::new();
        let mut rest = nodes;
        while let Some((first, others)) = rest.split_first() {
            let near: Vec<&Command> = rest.iter().take(LONGEST_DRAG).map_while(Node::command).collect();
            if let Some((drag, taken)) = mouse::drag(&near, &mut self.reading.words) {
                done.push(drag);
                rest = rest.get(taken..).unwrap_or_default();
                continue;
            }
            done.extend(self.node(first, others.first().and_then(Node::command)));
            rest = others;
        }
        done
    }

    fn node(&mut self, node: &Node<'_>, next: Option<&Command>) -> Vec<Map> {
        let mut done = match node {
            Node::Command(at, command) => return self.command(*at, command, next),
            Node::Branches(branches) => self.branches(branches).into_iter().collect(),
            Node::Do(command, body) => {
                let until = format!("!({})", self.reading.words.script(&command.target));
                let repeat = one("until-script", until);
                vec![self.repeat(repeat, command, body)]
            }
            Node::Block(command, body) => self.block(command, body),
        };
        let all = done.len();
        done.retain(|step| !holds_nothing(step));
        if done.len() < all {
            self.notes.place = format!("测试“{}”", self.test.name);
            self.notes.remark("有一块里面没有步骤，没有写进场景");
        }
        done
    }

    fn branches(&mut self, branches: &[(Option<&Command>, Vec<Node<'_>>)]) -> Option<Map> {
        let ((condition, body), others) = branches.split_first()?;
        let body = self.nodes(body);
        let mut step = match condition {
            Some(command) => condition::condition(&command.target, &mut self.reading.words),
            None => Map::default(),
        };
        let is_empty = body.is_empty();
        step.set("then", maps(body));
        let others = match others.first() {
            None => Vec::new(),
            Some((None, body)) => self.nodes(body),
            Some(_) => self.branches(others).into_iter().collect(),
        };
        if !others.is_empty() {
            if is_empty {
                // The language has no empty list of steps.
                step.set("then", maps(vec![one("wait", "1ms").with("label", "什么也不做")]));
            }
            step.set("else", maps(others));
        }
        Some(one("if", step))
    }

    fn block(&mut self, command: &Command, body: &[Node<'_>]) -> Vec<Map> {
        let words = &mut self.reading.words;
        let step = match command.name.as_str() {
            "while" => {
                let repeat = condition::repeated(&command.target, words);
                self.repeat(repeat, command, body)
            }
            "times" => match command.target.trim().parse::<u32>() {
                Ok(times) => self.repeat(one("times", f64::from(times)), command, body),
                Err(_) if command.target.trim().starts_with("${") => {
                    let times = words.text(&command.target);
                    self.repeat(one("times", times), command, body)
                }
                Err(_) => {
                    self.notes.place = format!("测试“{}”", self.test.name);
                    self.notes.refused("times：次数不是数字（原文：Invalid number provided as a target.），留在文件里，不会做");
                    self.group(&command.name, body).with("disabled", true)
                }
            },
            "forEach" => {
                let each = one("in", variable(&command.target)).with("as", variable(&command.value));
                let steps = self.nodes(body);
                one("for-each", each.with("steps", maps(steps)))
            }
            _ => self.group(&command.name, body),
        };
        vec![step]
    }

    fn group(&mut self, title: &str, body: &[Node<'_>]) -> Map {
        let steps = self.nodes(body);
        group(title, steps)
    }

    fn repeat(&mut self, how: Map, command: &Command, body: &[Node<'_>]) -> Map {
        let steps = self.nodes(body);
        let limit = command.value.trim().parse::<u32>().ok().filter(|limit| *limit > 0);
        let how = match limit {
            Some(limit) if how.get("times").is_none() => how.with("at-most", f64::from(limit)),
            _ => how,
        };
        one("repeat", how.with("steps", maps(steps)))
    }

    fn command(&mut self, at: usize, command: &Command, next: Option<&Command>) -> Vec<Map> {
        self.place(at);
        let mut done = match command.name.as_str() {
            "run" if !command.skip => self.run(command),
            _ => steps(command, &mut self.reading, self.notes),
        };
        if !command.skip {
            let handle = command.opens.as_deref().map(|name| format!("handle=${{{name}}}"));
            let goes = next.is_some_and(|next| {
                next.name == "selectWindow" && !next.skip && Some(next.target.trim()) == handle.as_deref()
            });
            done = window::around(command, done, goes);
        }
        if !command.comment.trim().is_empty()
            && let Some(first) = done.first_mut()
        {
            first.set("label", self.reading.words.plain(crate::text::printable(&command.comment).trim()));
        }
        done
    }

    /// Another test in place: called where it stands alone, written out where it shares variables.
    fn run(&mut self, command: &Command) -> Vec<Map> {
        let importer = self.importer;
        let place = importer.project.tests.iter().position(|test| test.name == command.target.trim());
        let found = place.and_then(|at| importer.project.tests.get(at).zip(importer.ids.get(at)));
        let Some((test, id)) = found else {
            self.notes.refused(format!(
                "run：没有这个测试（原文：Can't run unknown test: {}），留在文件里，不会做",
                command.target
            ));
            return vec![kept(command, &mut self.reading.words)];
        };
        if self.chain.contains(&test.name) || !importer.may_run() {
            self.notes.refused("run：测试一个套一个，没有尽头，留在文件里，不会做");
            return vec![kept(command, &mut self.reading.words)];
        }
        if importer.known(&[test]).is_empty() && !names_any(test) {
            return vec![one("call", id.as_str())];
        }
        let mut silent = Notes::default();
        let known = self.reading.words.known.clone();
        let steps = importer.test(test, known, &self.chain, self.reading.words.secrets, &mut silent);
        vec![group(&test.name, steps)]
    }
}

/// Whether a test names a variable, or runs another one.
fn names_any(test: &Test) -> bool {
    let names = |command: &Command| {
        command.target.contains("${") || command.value.contains("${") || command.name == "run"
    };
    test.commands.iter().any(names)
}

/// Steps under a title.
pub(super) fn group(title: &str, steps: Vec<Map>) -> Map {
    let title = literal(crate::text::printable(title).trim());
    one("group", one("title", title).with("steps", maps(steps)))
}

/// Steps as a list.
pub(super) fn maps(steps: Vec<Map>) -> Tree {
    Tree::List(steps.into_iter().map(Tree::Map).collect())
}

/// Whether a block has no steps at all.
fn holds_nothing(step: &Map) -> bool {
    let none = |block: &Map, key: &str| block.list(key).is_none_or(<[Tree]>::is_empty);
    let block = |word: &str| step.map(word);
    ["repeat", "for-each", "group"].iter().filter_map(|word| block(word)).any(|block| none(block, "steps"))
        || block("if").is_some_and(|block| none(block, "then") && none(block, "else"))
}
