//! A tree of YAML to the shapes of the grammar, through serde: it carries places to [`super::Written`] values, reports
//! every unknown or repeated key, and goes on after a wrong entry of a list, so that one reading tells all mistakes.

use std::cell::RefCell;
use std::collections::HashMap;

use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Entries, Pairs, Parts, Single, Word};
use super::misread::{MODIFIERS, Misread, Noun, is_template, noun, unquoted_template};
use super::node::{Content, Node};
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::nearest::{allowed, nearest};

/// The names by which the building stones of `written.rs` ask the reader for more than a plain value.
pub(crate) mod names {
    pub(in crate::scenario::yaml) const WRITTEN: &str = "$written";
    pub(in crate::scenario::yaml) const ATTEMPT: &str = "$attempt";
    pub(in crate::scenario::yaml) const LATER: &str = "$later";
    /// A text, a list of texts, or a map; anything else is told as one mistake.
    pub(crate) const PLACES: &str = "$places";
    /// Anything, numbers and truth values as such.
    pub(in crate::scenario::yaml) const ANYTHING: &str = "$anything";
    /// The field that takes every `x-…` key of a shape.
    pub(in crate::scenario::yaml) const EXTRA: &str = "x-…";
}

/// Reads a tree as a `T`; every mistake goes to `faults`. `None` when too little was right to make one.
pub(crate) fn read<T: DeserializeOwned>(node: &Node, faults: &mut Vec<Fault>) -> Option<T> {
    let sink = RefCell::new(Vec::new());
    let reader = Reader { content: &node.content, mark: node.mark, key: None, faults: &sink, attempt: true };
    let value = T::deserialize(reader).ok();
    faults.append(&mut sink.into_inner());
    value
}

/// A key, its place, and the value behind it with its place.
pub(super) type Pair<'n> = (&'n str, Mark, (&'n Content, Mark));

/// One value, being read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'n> {
    content: &'n Content,
    pub(super) mark: Mark,
    /// The key that it stands behind.
    key: Option<(&'n str, Mark)>,
    faults: &'n RefCell<Vec<Fault>>,
    /// Whether an error that leaves here is written down, because nobody above will.
    attempt: bool,
}

impl<'n> Reader<'n> {
    pub(super) fn child(self, (content, mark): (&'n Content, Mark), key: Option<(&'n str, Mark)>) -> Self {
        Reader { content, mark, key, faults: self.faults, attempt: false }
    }

    /// The same value, its errors left to whoever asked for it.
    pub(super) fn inner(self) -> Self {
        Reader { attempt: false, ..self }
    }

    pub(super) fn key_mark(self) -> Mark {
        self.key.map_or(self.mark, |(_, mark)| mark)
    }

    /// Places an error that has no place yet, and writes it down where it stops.
    fn settle<T>(self, result: Result<T, Misread>) -> Result<T, Misread> {
        result.map_err(|misread| {
            let misread = misread.at(self.mark);
            if self.attempt && !misread.told {
                let mark = misread.mark.unwrap_or(self.mark);
                let message = misread.message.clone();
                self.faults.borrow_mut().push(Fault { mark, message, hint: misread.hint.clone() });
            }
            misread
        })
    }

    /// “tap”后面要写一段文字，写的却是一个列表.
    fn wrong_kind(self, wanted: &str) -> Misread {
        let after = self.key.map_or("这里".to_owned(), |(name, _)| format!("“{name}”后面"));
        if let Content::Empty = self.content {
            let empty = Misread::new(format!("{after}还没有写内容")).hint(format!("要写{wanted}"));
            return empty.at(self.key_mark());
        }
        if is_template(self.content) {
            return unquoted_template().at(self.mark);
        }
        let wrong = Misread::new(format!("{after}要写{wanted}，写的却是{}", self.content.describe()));
        let wrong = if self.key.is_none() {
            wrong.hint("可以对照 scenarios/demo 里的文件来改")
        } else {
            wrong
        };
        wrong.at(self.mark)
    }

    fn text(self, wanted: &str) -> Result<&'n str, Misread> {
        self.content.letters().ok_or_else(|| self.wrong_kind(wanted))
    }

    fn number<T: std::str::FromStr>(self, wanted: &str) -> Result<T, Misread> {
        let text = self.text(wanted)?;
        let wrong = |_| Misread::new(format!("“{text}”不是{wanted}")).at(self.mark);
        text.parse().map_err(wrong)
    }

    /// The pairs of a shape; repeated keys and keys that are no text are reported and left out.
    fn pairs(self, wanted: &str) -> Result<Vec<Pair<'n>>, Misread> {
        let Content::Map(map) = self.content else { return Err(self.wrong_kind(wanted)) };
        let mut pairs: Vec<Pair<'n>> = Vec::new();
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (key, value) in map {
            let Some(text) = key.text.as_deref() else {
                self.report(key.mark, unquoted_template());
                continue;
            };
            if let Some(line) = first.get(text) {
                let misread = Misread::new(format!("“{text}”写了两次"));
                self.report(key.mark, misread.hint(format!("第 {line} 行已经写过，请删掉一个")));
            } else {
                first.insert(text, key.mark.line);
                pairs.push((text, key.mark, (&value.content, value.mark)));
            }
        }
        Ok(pairs)
    }

    fn report(self, mark: Mark, misread: Misread) {
        self.faults.borrow_mut().push(Fault { mark, message: misread.message, hint: misread.hint });
    }

    fn shape<V: Visitor<'n>>(self, name: &str, fields: &[&str], visitor: V) -> Result<V::Value, Misread> {
        let noun = noun(name);
        let mut pairs = self.pairs(noun.wanted)?;
        let takes_extra = fields.contains(&names::EXTRA);
        if takes_extra && pairs.iter().any(|(text, ..)| is_extra(text)) {
            pairs.retain(|(text, ..)| !is_extra(text));
            pairs.push((names::EXTRA, self.mark, (self.content, self.mark)));
        }
        let before = pairs.len();
        pairs.retain(|(text, mark, _)| {
            let known = fields.contains(text);
            if !known {
                self.report(*mark, unknown_key(noun, text, fields));
            }
            known
        });
        let spoiled = pairs.len() < before;
        if spoiled && name == "Step" {
            return Err(Misread::told());
        }
        let outcome = visitor.visit_map(Pairs { reader: self, rest: pairs.into_iter(), value: None });
        outcome.map_err(|misread| match misread.mark {
            Some(_) => misread,
            // A misspelt key is most likely the missing one.
            None if spoiled => Misread::told(),
            None => Misread { message: format!("{}{}", self.place_of(noun), misread.message), ..misread },
        })
    }

    /// 场景文件, 渠道 …; a shape without a name of its own is called by its key.
    fn place_of(self, noun: &Noun) -> String {
        match self.key {
            Some((key, _)) if noun.word.is_empty() => format!("“{key}”里"),
            _ => noun.word.to_owned(),
        }
    }
}

/// A key that somebody else's program wrote: kept, never understood.
pub(super) fn is_extra(text: &str) -> bool {
    text.starts_with("x-") && text != names::EXTRA
}

fn unknown_key(noun: &Noun, text: &str, fields: &[&str]) -> Misread {
    let misread = Misread::new(format!("不认识的{}“{text}”", noun.keys));
    let fields: Vec<&str> = fields.iter().copied().filter(|field| *field != names::EXTRA).collect();
    let fields = fields.as_slice();
    if noun.name != "Step" {
        return misread.hint(allowed(noun.keys, text, fields));
    }
    let (extras, steps): (Vec<&str>, Vec<&str>) = fields.iter().partition(|field| MODIFIERS.contains(field));
    match nearest(text, extras) {
        Some(extra) => misread.hint(format!("是不是想写 {extra}？")),
        None => misread.hint(allowed(noun.keys, text, &steps)),
    }
}

impl<'n> Deserializer<'n> for Reader<'n> {
    type Error = Misread;

    fn deserialize_any<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.content {
            Content::Empty => self.settle(visitor.visit_unit()),
            Content::Text(text) | Content::Typed(text) => self.settle(visitor.visit_borrowed_str(text)),
            Content::List(_) => self.deserialize_seq(visitor),
            Content::Map(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(self.text("一段文字").and_then(|text| visitor.visit_borrowed_str(text)))
    }

    fn deserialize_string<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(self.number("“true”（是）或“false”（否）").and_then(|value| visitor.visit_bool(value)))
    }

    fn deserialize_u32<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(
            self.number("整数（用阿拉伯数字写，例如 900）").and_then(|value| visitor.visit_u32(value)),
        )
    }

    fn deserialize_f64<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(
            self.number("数字（用阿拉伯数字写，例如 1.5）").and_then(|value| visitor.visit_f64(value)),
        )
    }

    /// A key that is there has a value; `wrong_kind` says so when it has none.
    fn deserialize_option<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(visitor.visit_some(self.inner()))
    }

    fn deserialize_unit<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        let name = self.key.map_or("这个步骤", |(name, _)| name);
        self.settle(match self.content {
            Content::Empty => visitor.visit_unit(),
            _ => Err(Misread::new(format!("“{name}”后面不用写内容")).hint(format!("写成“- {name}”就可以"))),
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'n>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        match name {
            names::WRITTEN => self.settle(visitor.visit_seq(Parts { reader: self, given: 0 })),
            names::ATTEMPT => visitor.visit_newtype_struct(Reader { attempt: true, ..self }),
            names::LATER => self.settle(match self.content {
                Content::Empty => visitor.visit_unit(),
                _ => self.text("一段文字，或“待填写”").and_then(|text| visitor.visit_borrowed_str(text)),
            }),
            names::PLACES => self.settle(match self.content {
                Content::Text(text) | Content::Typed(text) => visitor.visit_borrowed_str(text),
                Content::List(entries) => {
                    visitor.visit_seq(Entries { reader: self, entries: entries.iter() })
                }
                Content::Map(_) if !is_template(self.content) => visitor.visit_newtype_struct(self.inner()),
                _ => Err(self.wrong_kind("页面上的文字，或几个依次试的写法")),
            }),
            names::ANYTHING => self.settle(match self.content {
                Content::Typed(text) => match serde_json::from_str(text) {
                    Ok(serde_json::Value::Bool(value)) => visitor.visit_bool(value),
                    Ok(serde_json::Value::Number(number)) => match (number.as_i64(), number.as_f64()) {
                        (Some(whole), _) => visitor.visit_i64(whole),
                        (None, Some(number)) => visitor.visit_f64(number),
                        (None, None) => visitor.visit_borrowed_str(text),
                    },
                    _ => visitor.visit_borrowed_str(text),
                },
                _ => self.deserialize_any(visitor),
            }),
            _ => self.settle(visitor.visit_newtype_struct(self.inner())),
        }
    }

    fn deserialize_seq<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(match self.content {
            Content::List(entries) => visitor.visit_seq(Entries { reader: self, entries: entries.iter() }),
            _ => Err(self.wrong_kind("一个列表（每项一行，以“- ”开头）")),
        })
    }

    fn deserialize_map<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(self.pairs("“键: 值”").and_then(|pairs| {
            visitor.visit_map(Pairs { reader: self, rest: pairs.into_iter(), value: None })
        }))
    }

    fn deserialize_struct<V: Visitor<'n>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        self.settle(match (name, self.content) {
            ("Step", Content::Text(text) | Content::Typed(text)) => {
                bare_step(self, text, fields).and_then(|word| {
                    let reader = Reader { content: &EMPTY, key: Some((word, self.mark)), ..self };
                    visitor.visit_map(Single { reader, word: Some(word) })
                })
            }
            (_, Content::Text(_) | Content::Typed(_) | Content::List(_)) => match short_form(name) {
                Some(word) => visitor.visit_map(Single { reader: self, word: Some(word) }),
                None => self.shape(name, fields, visitor),
            },
            _ => self.shape(name, fields, visitor),
        })
    }

    fn deserialize_enum<V: Visitor<'n>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        let wanted = format!("一个词（{}）", variants.join("、"));
        self.settle(self.text(&wanted).and_then(|text| visitor.visit_enum(Word(text))))
    }

    fn deserialize_identifier<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        <W: Visitor<'n>>
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 char bytes byte_buf unit_struct tuple tuple_struct ignored_any
    }
}

/// Shapes that may be written in short, and the key that is meant then.
const SHORT: [(&str, &str); 16] = [
    ("Tap", "target"),
    ("Hover", "target"),
    ("Press", "key"),
    ("Scroll", "target"),
    ("Swipe", "to"),
    ("Wait", "for"),
    ("Expect", "present"),
    ("Alert", "way"),
    ("Network", "state"),
    ("Download", "tap"),
    ("Call", "scenario"),
    ("Login", "account"),
    ("Person", "ask"),
    ("Unknown", "text"),
    ("ForEach", "over"),
    ("Repeat", "times"),
];

fn short_form(name: &str) -> Option<&'static str> {
    SHORT.iter().find(|(shape, _)| *shape == name).map(|(_, word)| *word)
}

/// What stands behind a step that is only one word.
static EMPTY: Content = Content::Empty;

/// A step written as one word (`- unfold`); the usual slips are named.
fn bare_step(
    reader: Reader<'_>,
    text: &str,
    fields: &'static [&'static str],
) -> Result<&'static str, Misread> {
    if let Some(word) = fields.iter().find(|field| **field == text) {
        return Ok(word);
    }
    let mark = reader.mark;
    let head = text.split(['：', ':', ' ', '　']).next().unwrap_or_default();
    let Some(word) = fields.iter().find(|field| **field == head) else {
        let misread = unknown_key(noun("Step"), head, fields).at(mark);
        return Err(Misread { message: format!("不认识的步骤“{text}”"), ..misread });
    };
    let rest = text[head.len()..].trim_start_matches(['：', ':', ' ', '　']);
    let message = match text[head.len()..].chars().next() {
        Some('：') => format!("“{word}”后面用了中文冒号“：”"),
        Some(':') => format!("“{word}:”的冒号后面少了一个空格"),
        _ => format!("“{word}”后面少了冒号"),
    };
    Err(Misread::new(message).at(mark).hint(format!("用英文冒号加一个空格，写成：{word}: {rest}")))
}
