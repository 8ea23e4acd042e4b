//! A YAML document as a tree in which everything knows where it stands and scalars keep the letters that were typed.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Location, MergeKeyPolicy, NonFiniteFloatPolicy, Spanned};

use super::syntax;
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::source::Source;

/// Deeper than any sensible file, far from what a stack could not bear.
const DEEPEST: usize = 48;

/// One value of a document.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) mark: Mark,
    pub(crate) content: Content,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Content {
    Empty,
    Text(String),
    /// A number or truth value, in the letters that were typed.
    Typed(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// The key of a pair; `text` is `None` when the key is itself a list or map, as in an unquoted `{{ item.name }}`.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) mark: Mark,
    pub(crate) text: Option<String>,
}

impl Node {
    /// Parses a whole file.
    pub(crate) fn parse(source: &Source) -> Result<Self, Fault> {
        let raw: Spanned<Raw> = serde_saphyr::from_str_with_options(&source.text, options())
            .map_err(|error| syntax::explain(&error, source))?;
        let node = Drawn { source }.node(raw);
        match node.content {
            Content::Empty => {
                Err(Fault::new(Mark::FILE, "文件里还没有内容")
                    .hint("可以从 scenarios/demo 里复制一个文件来改"))
            }
            _ => Ok(node),
        }
    }
}

impl Content {
    /// The letters of a scalar.
    pub(super) fn letters(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Typed(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, as a person would say it.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Empty => "空的",
            Self::Text(_) | Self::Typed(_) => "一段文字",
            Self::List(_) => "一个列表（“- ”开头的几行，或方括号）",
            Self::Map(_) => "“键: 值”",
        }
    }
}

fn options() -> serde_saphyr::Options {
    let budget = serde_saphyr::budget! {
        max_depth: DEEPEST,
        flow_nesting_limit: DEEPEST,
        max_aliases: 0,
        max_anchors: 0,
        max_merge_keys: 0,
        max_nodes: 100_000,
    };
    serde_saphyr::options! {
        budget: budget,
        emit_comments: false,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Error,
        reject_unsupported_tags: true,
        strict_booleans: true,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    }
}

/// A value as serde hands it over, before scalars are looked up in the text.
enum Raw {
    Empty,
    /// Quoted, or a word that is nothing but text.
    Text(String),
    /// A number or truth value: what was typed (`007`, `1e3`) is looked up in the text.
    Typed(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("YAML")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Empty)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element()? {
            entries.push(entry);
        }
        Ok(Raw::List(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Raw::Map(pairs))
    }
}

/// Gives raw values their places and the letters that were typed.
struct Drawn<'s> {
    source: &'s Source,
}

impl Drawn<'_> {
    fn node(&self, raw: Spanned<Raw>) -> Node {
        let place = raw.defined;
        let mut mark = self.mark(place);
        let content = match raw.value {
            Raw::Empty => Content::Empty,
            Raw::Text(text) => Content::Text(text),
            Raw::Typed(text) => Content::Typed(self.typed(place).unwrap_or(text)),
            Raw::List(entries) => Content::List(entries.into_iter().map(|entry| self.node(entry)).collect()),
            Raw::Map(pairs) => Content::Map(
                pairs.into_iter().map(|(key, value)| (self.key(key), self.node(value))).collect(),
            ),
        };
        // A block map begins with its first key: that is what a message should point at.
        if let Content::Map(pairs) = &content
            && let Some((key, _)) = pairs.first()
            && (key.mark.line, key.mark.column) == (mark.line, mark.column)
        {
            mark = key.mark;
        }
        Node { mark, content }
    }

    fn key(&self, raw: Spanned<Raw>) -> Key {
        let node = self.node(raw);
        match node.content {
            Content::Text(text) | Content::Typed(text) => Key { mark: node.mark, text: Some(text) },
            _ => Key { mark: node.mark, text: None },
        }
    }

    /// The letters that the text has at this place.
    fn typed(&self, place: Location) -> Option<String> {
        let start = usize::try_from(place.span().byte_offset()?).ok()?;
        let length = usize::try_from(place.span().byte_len()?).ok()?;
        let typed = self.source.text.get(start..start.checked_add(length)?)?.trim();
        (!typed.is_empty()).then(|| typed.to_owned())
    }

    /// The stretch of the first line that this value takes.
    fn mark(&self, place: Location) -> Mark {
        let line = usize::try_from(place.line()).unwrap_or_default();
        let column = usize::try_from(place.column()).unwrap_or_default().max(1);
        let wanted = usize::try_from(place.span().len()).unwrap_or(1).max(1);
        let rest = self.source.line(line).chars().skip(column - 1).count().max(1);
        Mark { line, column, length: wanted.min(rest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Node {
        Node::parse(&Source { name: "a.yaml".into(), text: text.into() }).unwrap()
    }

    fn pair(node: &Node, index: usize) -> (&Key, &Node) {
        match &node.content {
            Content::Map(pairs) => (&pairs[index].0, &pairs[index].1),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn keys_and_values_know_where_they_stand() {
        let node = parse("标题: 登录\n步骤:\n  - tap: \"登 录\"\n");
        let (key, value) = pair(&node, 0);
        assert_eq!(key.mark, Mark { line: 1, column: 1, length: 2 });
        assert_eq!(value.mark, Mark { line: 1, column: 5, length: 2 });
        let (_, list) = pair(&node, 1);
        let Content::List(entries) = &list.content else { panic!() };
        let (key, value) = pair(&entries[0], 0);
        assert_eq!(key.mark, Mark { line: 3, column: 5, length: 3 });
        assert_eq!(value.mark, Mark { line: 3, column: 10, length: 5 });
    }

    #[test]
    fn numbers_and_truth_values_stay_the_letters_that_were_typed() {
        for typed in ["007", "1e3", "0x1F", "1_000", "true", "3.10", "yes", "0356", "12E999", ".inf", "-.5"] {
            let node = parse(&format!("a: {typed} # 备注\n"));
            assert!(pair(&node, 0).1.content.letters() == Some(typed), "{typed}: {node:?}");
        }
    }

    #[test]
    fn an_unquoted_template_is_a_key_that_is_no_text() {
        let node = parse("search: {{ item.name }}\n");
        assert!(pair(pair(&node, 0).1, 0).0.text.is_none());
    }
}
