//! Control flow: a flat list of commands as blocks within blocks.

use super::Command;

/// A command, or commands under a condition.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// A command, and its number from 0.
    Command(usize, &'a Command),
    /// `if`, `elseIf`, …: the first whose condition holds; `else` has none.
    Branches(Vec<(Option<&'a Command>, Vec<Node<'a>>)>),
    /// `while`, `times`, `forEach`, `try`: the opening command and what it holds.
    Block(&'a Command, Vec<Node<'a>>),
    /// `do` … `repeatIf`.
    Do(&'a Command, Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    /// The command, where it is a single one.
    pub(super) fn command(&self) -> Option<&'a Command> {
        match self {
            Self::Command(_, command) => Some(command),
            _ => None,
        }
    }
}

/// How deep blocks may stand in blocks, and how many branches one may have.
const DEEPEST: usize = 64;

/// Blocks that do not fit each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    /// The command's number, from 0.
    pub(super) at: usize,
    /// In the words of the format's own runner.
    pub(super) message: String,
}

struct Open<'a> {
    at: usize,
    command: &'a Command,
    branches: Vec<(Option<&'a Command>, Vec<Node<'a>>)>,
    has_else: bool,
}

/// Whether a command opens, divides or closes a block.
pub(super) fn is_control(name: &str) -> bool {
    matches!(
        name,
        "if" | "elseIf" | "else" | "end" | "while" | "times" | "forEach" | "do" | "repeatIf" | "try"
    )
}

/// The blocks of a test; commands that are skipped take no part in them.
pub(super) fn blocks(commands: &[Command]) -> Result<Vec<Node<'_>>, Misfit> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut whole: Vec<Node<'_>> = Vec::new();
    for (at, command) in commands.iter().enumerate() {
        let misfit = |message: &str| Misfit { at, message: message.to_owned() };
        if command.skip || !is_control(&command.name) {
            add(&mut open, &mut whole, Node::Command(at, command));
            continue;
        }
        match command.name.as_str() {
            "elseIf" | "else" => divide(&mut open, command).map_err(misfit)?,
            "end" => {
                let closed = open.pop().ok_or_else(|| misfit("Use of end without an opening keyword"))?;
                if closed.command.name == "do" {
                    return Err(Misfit { at: closed.at, message: "Incomplete block at do".to_owned() });
                }
                add(&mut open, &mut whole, node(closed));
            }
            "repeatIf" => {
                let closed = open.pop().filter(|open| open.command.name == "do");
                let closed = closed.ok_or_else(|| misfit("A repeat if used without a do block"))?;
                add(&mut open, &mut whole, Node::Do(command, body(closed)));
            }
            _ if open.len() >= DEEPEST => return Err(misfit("Blocks are nested too deep")),
            _ => {
                let condition = (command.name == "if").then_some(command);
                open.push(Open { at, command, branches: vec![(condition, Vec::new())], has_else: false });
            }
        }
    }
    match open.pop() {
        None => Ok(whole),
        Some(left) => {
            Err(Misfit { at: left.at, message: format!("Incomplete block at {}", left.command.name) })
        }
    }
}

fn divide<'a>(open: &mut [Open<'a>], command: &'a Command) -> Result<(), &'static str> {
    let is_else = command.name == "else";
    let Some(block) = open.last_mut().filter(|block| block.command.name == "if") else {
        return Err(if is_else {
            "An else used outside of an if block"
        } else {
            "An else if used outside of an if block"
        });
    };
    if block.has_else {
        return Err(if is_else {
            "Too many else commands used"
        } else {
            "Incorrect command order of else if / else"
        });
    }
    if block.branches.len() >= DEEPEST {
        return Err("Too many else if commands used");
    }
    block.has_else = is_else;
    block.branches.push(((!is_else).then_some(command), Vec::new()));
    Ok(())
}

fn add<'a>(open: &mut [Open<'a>], whole: &mut Vec<Node<'a>>, node: Node<'a>) {
    match open.last_mut().and_then(|block| block.branches.last_mut()) {
        Some((_, body)) => body.push(node),
        None => whole.push(node),
    }
}

fn node(closed: Open<'_>) -> Node<'_> {
    if closed.command.name == "if" {
        return Node::Branches(closed.branches);
    }
    Node::Block(closed.command, body(closed))
}

fn body(closed: Open<'_>) -> Vec<Node<'_>> {
    closed.branches.into_iter().flat_map(|(_, body)| body).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Command;
    use super::blocks;

    #[test]
    fn blocks_that_do_not_fit_are_told_with_the_command() {
        for (names, expected) in [
            ("if click", "0 Incomplete block at if"),
            ("click else", "1 An else used outside of an if block"),
            ("if else else end", "2 Too many else commands used"),
            ("elseIf", "0 An else if used outside of an if block"),
            ("if else elseIf end", "2 Incorrect command order of else if / else"),
            ("click end", "1 Use of end without an opening keyword"),
            ("while repeatIf", "1 A repeat if used without a do block"),
            ("do click end", "0 Incomplete block at do"),
            ("if while end elseIf click else do repeatIf end try end", "ok"),
        ] {
            let named = |name: &str| Command { name: name.to_owned(), ..Command::default() };
            let commands: Vec<Command> = names.split(' ').map(named).collect();
            let said = blocks(&commands)
                .map_or_else(|wrong| format!("{} {}", wrong.at, wrong.message), |_| "ok".into());
            assert_eq!(said, expected, "{names}");
        }
    }
}
