//! Texts, names and code of a project in the words of the scenario language.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::names::{literal, variable};
use super::super::secrets::Secrets;

/// What the texts of one test can name, and where its secrets go.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) known: BTreeSet<String>,
    pub(super) secrets: &'a mut Secrets,
}

/// A piece of a text.
enum Piece<'a> {
    Plain(&'a str),
    Name(&'a str),
}

impl Words<'_> {
    /// A text with its variables filled in at run time.
    pub(super) fn text(&mut self, raw: &str) -> String {
        let mut out = String::new();
        for piece in pieces(raw.trim()) {
            match piece {
                Piece::Plain(plain) => out.push_str(&self.plain(plain)),
                Piece::Name("nbsp") => out.push('\u{a0}'),
                Piece::Name(name) if self.known.contains(name) => {
                    let _ = write!(out, "{{{{ {} }}}}", variable(name));
                }
                Piece::Name(name) => {
                    let _ = write!(out, "${{{}}}", self.plain(name));
                }
            }
        }
        out
    }

    /// A text that nothing is filled into.
    pub(super) fn plain(&mut self, raw: &str) -> String {
        self.secrets.lift(&literal(&unescaped(raw)))
    }

    /// Page code; variables come as JavaScript values.
    pub(super) fn script(&mut self, raw: &str) -> String {
        let mut out = String::new();
        for piece in pieces(raw.trim()) {
            match piece {
                Piece::Plain(plain) => out.push_str(&self.secrets.lift(&literal(plain))),
                Piece::Name(name) if self.known.contains(name) => {
                    let _ = write!(out, "{{{{ {}|tojson }}}}", variable(name));
                }
                Piece::Name(name) => {
                    let _ = write!(out, "${{{name}}}");
                }
            }
        }
        out
    }

    /// A text as an expression: `'a' ~ b`.
    pub(super) fn expression(&mut self, raw: &str) -> String {
        let mut terms = Vec::new();
        for piece in pieces(raw.trim()) {
            match piece {
                Piece::Name(name) if self.known.contains(name) => terms.push(variable(name)),
                Piece::Name("nbsp") => terms.push(quoted("\u{a0}")),
                Piece::Name(name) => terms.push(quoted(&format!("${{{name}}}"))),
                Piece::Plain(plain) => terms.push(self.quoted_plain(plain)),
            }
        }
        if terms.is_empty() { "''".to_owned() } else { terms.join(" ~ ") }
    }

    fn quoted_plain(&mut self, plain: &str) -> String {
        let lifted = self.secrets.lift(&unescaped(plain));
        let mut terms = Vec::new();
        for (number, part) in lifted.split("{{ secret.").enumerate() {
            let (name, text) =
                if number == 0 { ("", part) } else { part.split_once(" }}").unwrap_or(("", part)) };
            if !name.is_empty() {
                terms.push(format!("secret.{name}"));
            }
            if !text.is_empty() {
                terms.push(quoted(text));
            }
        }
        terms.join(" ~ ")
    }
}

/// A text as the expression engine quotes it.
pub(super) fn quoted(text: &str) -> String {
    format!(
        "'{}'",
        text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n").replace('{', "\\u007b")
    )
}

fn pieces(raw: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = raw;
    while let Some(at) = rest.find("${") {
        let (before, after) = rest.split_at(at);
        let inner = after.strip_prefix("${").unwrap_or_default();
        let Some((name, next)) = inner.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(Piece::Plain(before));
        }
        pieces.push(Piece::Name(name));
        rest = next;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

fn unescaped(raw: &str) -> String {
    let mut out = String::new();
    let mut letters = raw.chars().peekable();
    while let Some(letter) = letters.next() {
        let meant = match (letter, letters.peek()) {
            ('\\', Some('n')) => Some('\n'),
            ('\\', Some('r')) => Some('\r'),
            ('\\', Some('\\')) => Some('\\'),
            _ => None,
        };
        if meant.is_some() {
            letters.next();
        }
        out.push(meant.unwrap_or(letter));
    }
    out
}
