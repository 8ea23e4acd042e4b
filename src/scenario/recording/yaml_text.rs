//! Scenarios written as YAML that a person can read: short maps on one line, texts quoted only where they have to be.

use super::tree::{Map, Tree, number_text};

/// A map or list longer than this is written over several lines.
const ONE_LINE: usize = 100;

/// The YAML text of a scenario: `head` are comment lines without `#`.
pub(super) fn write(head: &[String], scenario: &Map) -> String {
    let mut out = String::new();
    for line in head {
        out.push_str("# ");
        out.push_str(&line.replace(|character: char| character.is_control(), " "));
        out.push('\n');
    }
    write_map(scenario, 0, &mut out);
    out
}

fn write_map(map: &Map, depth: usize, out: &mut String) {
    for (position, (key, value)) in map.0.iter().enumerate() {
        if position > 0 {
            indent(depth, out);
        }
        write_pair(key, value, depth, out);
    }
}

fn write_pair(key: &str, value: &Tree, depth: usize, out: &mut String) {
    out.push_str(&written_key(key));
    out.push(':');
    let keeps_lines = matches!(key, "steps" | "then" | "else" | "before" | "after");
    match value {
        Tree::Map(inner) if !inner.0.is_empty() && (holds_steps(value) || !fits(value)) => {
            out.push('\n');
            indent(depth + 1, out);
            write_map(inner, depth + 1, out);
        }
        Tree::List(list) if !list.is_empty() && (keeps_lines || !fits(value)) => {
            out.push('\n');
            write_list(list, depth + 1, out);
        }
        _ => {
            out.push(' ');
            out.push_str(&flow(value));
            out.push('\n');
        }
    }
}

fn write_list(list: &[Tree], depth: usize, out: &mut String) {
    for entry in list {
        indent(depth, out);
        out.push_str("- ");
        match entry {
            Tree::Map(map) if word(map).is_some() => {
                out.push_str(word(map).unwrap_or_default());
                out.push('\n');
            }
            Tree::Map(map) if !map.0.is_empty() => write_map(map, depth + 1, out),
            Tree::List(inner) if !inner.is_empty() && !fits(entry) => {
                out.push('\n');
                write_list(inner, depth + 1, out);
            }
            _ => {
                out.push_str(&flow(entry));
                out.push('\n');
            }
        }
    }
}

/// An action that needs no more words: `- close`.
fn word(map: &Map) -> Option<&str> {
    match map.0.as_slice() {
        [(key, Tree::Null)] if is_plain(key) => Some(key),
        _ => None,
    }
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Whether a value reads well on one line.
fn fits(value: &Tree) -> bool {
    flow(value).chars().count() <= ONE_LINE
}

/// Steps stand on lines of their own.
fn holds_steps(value: &Tree) -> bool {
    value.as_map().is_some_and(|map| {
        map.0
            .iter()
            .any(|(key, inner)| matches!(key.as_str(), "steps" | "then" | "else") || holds_steps(inner))
    })
}

/// A value on one line.
fn flow(value: &Tree) -> String {
    match value {
        Tree::Null => "null".to_owned(),
        Tree::Bool(is) => is.to_string(),
        Tree::Number(number) => number_text(*number),
        Tree::Text(text) => scalar(text),
        Tree::List(list) => format!("[{}]", list.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Tree::Map(map) => {
            let pairs: Vec<String> =
                map.0.iter().map(|(key, value)| format!("{}: {}", written_key(key), flow(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// A key; the words that may mean yes or no elsewhere mean nothing there.
fn written_key(key: &str) -> String {
    if matches!(key, "on" | "x" | "y") { key.to_owned() } else { scalar(key) }
}

/// A text, quoted unless it can only be read as itself.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let word = text.to_ascii_lowercase();
    let means_something =
        matches!(word.as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n");
    first.is_alphabetic()
        && !means_something
        && !text.ends_with(' ')
        && text.chars().all(|character| {
            character.is_alphanumeric()
                || matches!(character, ' ' | '-' | '_' | '.' | '/' | '（' | '）' | '、' | '。' | '“' | '”')
        })
}

/// Double quotes with JSON's escapes, which YAML shares.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if hides(character) => push_escaped(character, &mut out),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Characters that YAML does not take or that nobody would see.
fn hides(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{a0}')
        || matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{fffe}' | '\u{ffff}')
}

fn push_escaped(character: char, out: &mut String) {
    let code = u32::from(character);
    let escape = if code > 0xffff { format!("\\U{code:08x}") } else { format!("\\u{code:04x}") };
    out.push_str(&escape);
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Map, Tree, one};
    use super::write;

    fn read(text: &str) -> Tree {
        serde_saphyr::from_str(text).unwrap()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let awkward = [
            "",
            " a",
            "a ",
            "1",
            "1.5",
            "0x10",
            "true",
            "No",
            "null",
            "~",
            "a: b",
            "#a",
            "a #b",
            "- a",
            "{a}",
            "[a]",
            "\"",
            "'",
            "\\",
            "a\nb",
            "a\tb",
            "\u{0}",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "身份证",
            "\u{1f600}",
            "\u{e000}",
            "2026-11-25",
            "12:30",
            ".inf",
            "a,b",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%",
            "@",
            "`",
            "e5",
            "1e5",
            "\u{feff}",
            "=",
            "<<",
        ];
        for text in awkward {
            let map = one("steps", Tree::List(vec![one("a", text).with(text, "b").into()]))
                .with("x-a", one("b", text));
            let written = write(&["标题\n换行".to_owned()], &map);
            assert_eq!(read(&written), Tree::Map(map), "{text:?}\n{written}");
        }
    }

    #[test]
    fn short_maps_stand_on_one_line() {
        let tap = one("target", Tree::List(vec!["css=#a".into(), "登录".into()]))
            .with("at", Tree::List(vec![1.0.into(), 2.5.into()]));
        let map =
            Map::default().with("scenario", "a-b").with("steps", Tree::List(vec![one("tap", tap).into()]));
        assert_eq!(
            write(&[], &map),
            "scenario: a-b\nsteps:\n  - tap: {target: [\"css=#a\", 登录], at: [1, 2.5]}\n"
        );
    }
}
