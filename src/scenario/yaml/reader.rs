//! A tree of YAML to the shapes of the grammar, through serde: it carries places to [`super::Written`] values, reports
//! every unknown or repeated key, and goes on after a wrong entry of a list, so that one reading tells all mistakes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::node::{Content, Node};
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::nearest::allowed;

/// The names by which the building stones of `written.rs` ask the reader for more than a plain value.
pub(super) mod names {
    pub(in crate::scenario::yaml) const WRITTEN: &str = "$written";
    pub(in crate::scenario::yaml) const ATTEMPT: &str = "$attempt";
    pub(in crate::scenario::yaml) const LATER: &str = "$later";
    /// A text or a list of texts; anything else is told as one mistake.
    pub(in crate::scenario::yaml) const PLACES: &str = "$places";
}

/// Reads a tree as a `T`; every mistake goes to `faults`. `None` when too little was right to make one.
pub(crate) fn read<T: DeserializeOwned>(node: &Node, faults: &mut Vec<Fault>) -> Option<T> {
    let sink = RefCell::new(Vec::new());
    let reader = Reader { content: &node.content, mark: node.mark, key: None, faults: &sink, attempt: true };
    let value = T::deserialize(reader).ok();
    faults.append(&mut sink.into_inner());
    value
}

/// What a shape is called in messages, and what it makes of something that is not “键: 值”.
struct Noun {
    name: &'static str,
    word: &'static str,
    keys: &'static str,
}

/// Shapes by their serde name.
const NOUNS: &[Noun] = &[
    Noun { name: "Step", word: "步骤", keys: "步骤" },
    Noun { name: "Scenario", word: "场景文件", keys: "键" },
    Noun { name: "Portal", word: "门户文件", keys: "键" },
    Noun { name: "Channel", word: "渠道", keys: "键" },
    Noun { name: "Item", word: "事项", keys: "键" },
    Noun { name: "Account", word: "账号", keys: "键" },
];

fn noun(name: &str) -> &'static Noun {
    const OTHER: Noun = Noun { name: "", word: "这里", keys: "键" };
    NOUNS.iter().find(|noun| noun.name == name).unwrap_or(&OTHER)
}

/// One mistake on its way up to the entry that it spoils.
#[derive(Debug)]
pub(super) struct Misread {
    mark: Option<Mark>,
    message: String,
    hint: Option<String>,
    /// Whether it has been written down already.
    told: bool,
}

impl Misread {
    fn new(message: impl Into<String>) -> Self {
        Self { mark: None, message: message.into(), hint: None, told: false }
    }

    fn told() -> Self {
        Self { told: true, ..Self::new("") }
    }

    fn at(mut self, mark: Mark) -> Self {
        self.mark.get_or_insert(mark);
        self
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Misread {}

impl serde::de::Error for Misread {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::new(format!("这里要写{expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self::new("这里的数值不在允许的范围内")
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self::new("这里的项数不对")
    }

    fn unknown_variant(word: &str, words: &'static [&'static str]) -> Self {
        Self::new(format!("不认识的词“{word}”")).hint(allowed("词", word, words))
    }

    fn unknown_field(key: &str, keys: &'static [&'static str]) -> Self {
        Self::new(format!("不认识的键“{key}”")).hint(allowed("键", key, keys))
    }

    fn missing_field(key: &'static str) -> Self {
        Self::new(format!("缺少“{key}”"))
    }

    fn duplicate_field(key: &'static str) -> Self {
        Self::new(format!("“{key}”写了两次"))
    }
}

/// A key, its place, and the value behind it.
type Pair<'n> = (&'n str, Mark, &'n Node);

/// One value, being read.
#[derive(Clone, Copy)]
struct Reader<'n> {
    content: &'n Content,
    mark: Mark,
    /// The key that it stands behind.
    key: Option<(&'n str, Mark)>,
    faults: &'n RefCell<Vec<Fault>>,
    /// Whether an error that leaves here is written down, because nobody above will.
    attempt: bool,
}

impl<'n> Reader<'n> {
    fn child(self, node: &'n Node, key: Option<(&'n str, Mark)>) -> Self {
        Reader { content: &node.content, mark: node.mark, key, faults: self.faults, attempt: false }
    }

    fn key_mark(self) -> Mark {
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
        Misread::new(format!("{after}要写{wanted}，写的却是{}", self.content.describe())).at(self.mark)
    }

    fn text(self, wanted: &str) -> Result<&'n str, Misread> {
        match self.content {
            Content::Text(text) => Ok(text),
            _ => Err(self.wrong_kind(wanted)),
        }
    }

    fn number<T: std::str::FromStr>(self, wanted: &str) -> Result<T, Misread> {
        let text = self.text(wanted)?;
        text.parse().map_err(|_| Misread::new(format!("“{text}”不是{wanted}")).at(self.mark))
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
                pairs.push((text, key.mark, value));
            }
        }
        Ok(pairs)
    }

    fn report(self, mark: Mark, misread: Misread) {
        self.faults.borrow_mut().push(Fault { mark, message: misread.message, hint: misread.hint });
    }

    fn shape<V: Visitor<'n>>(self, name: &str, fields: &[&str], visitor: V) -> Result<V::Value, Misread> {
        let noun = noun(name);
        let mut pairs = self.pairs("“键: 值”")?;
        let before = pairs.len();
        pairs.retain(|(text, mark, _)| {
            let known = fields.contains(text);
            if !known {
                let misread = Misread::new(format!("不认识的{}“{text}”", noun.keys));
                self.report(*mark, misread.hint(allowed(noun.keys, text, fields)));
            }
            known
        });
        let spoiled = pairs.len() < before;
        if spoiled && name == "Step" {
            return Err(Misread::told());
        }
        let first = pairs.first().map_or(self.mark, |(_, mark, _)| *mark);
        let outcome = visitor.visit_map(Pairs { reader: self, pairs: pairs.into_iter(), value: None });
        outcome.map_err(|misread| match misread.mark {
            Some(_) => misread,
            // A misspelt key is most likely the missing one.
            None if spoiled => Misread::told(),
            None => Misread { message: format!("{}{}", noun.word, misread.message), ..misread }.at(first),
        })
    }
}

/// An unquoted `{{ item.name }}` reads as a map whose key is a map.
fn is_template(content: &Content) -> bool {
    matches!(content, Content::Map(pairs) if pairs.iter().any(|(key, _)| key.text.is_none()))
}

fn unquoted_template() -> Misread {
    Misread::new("{{ }} 没有加引号").hint("在两边加上英文引号，例如：search: \"{{ item.name }}\"")
}

impl<'n> Deserializer<'n> for Reader<'n> {
    type Error = Misread;

    fn deserialize_any<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.content {
            Content::Empty => self.settle(visitor.visit_unit()),
            Content::Text(text) => self.settle(visitor.visit_borrowed_str(text)),
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
        self.settle(self.number("整数").and_then(|value| visitor.visit_u32(value)))
    }

    fn deserialize_f64<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(self.number("数字").and_then(|value| visitor.visit_f64(value)))
    }

    /// A key that is there has a value; `wrong_kind` says so when it has none.
    fn deserialize_option<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.settle(visitor.visit_some(Reader { attempt: false, ..self }))
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
                Content::Text(text) => visitor.visit_borrowed_str(text),
                Content::List(entries) => visitor.visit_seq(Entries { reader: self, entries: entries.iter() }),
                _ => Err(self.wrong_kind("页面上的文字，或几个依次试的写法")),
            }),
            _ => self.settle(visitor.visit_newtype_struct(Reader { attempt: false, ..self })),
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
            visitor.visit_map(Pairs { reader: self, pairs: pairs.into_iter(), value: None })
        }))
    }

    fn deserialize_struct<V: Visitor<'n>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        self.settle(match (name, self.content) {
            ("Step", Content::Text(text)) => bare_step(self, text, fields).and_then(|word| {
                let reader = Reader { content: &EMPTY, key: Some((word, self.mark)), ..self };
                visitor.visit_map(Single { reader, word: Some(word) })
            }),
            ("Expect", Content::Text(_) | Content::List(_)) => {
                visitor.visit_map(Single { reader: self, word: Some("present") })
            }
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

/// A step written as one word (`- unfold`); the usual slips are named.
fn bare_step(reader: Reader<'_>, text: &str, fields: &'static [&'static str]) -> Result<&'static str, Misread> {
    if let Some(word) = fields.iter().find(|field| **field == text) {
        return Ok(word);
    }
    let mark = reader.mark;
    let head = text.split(['：', ':', ' ', '　']).next().unwrap_or_default();
    let Some(word) = fields.iter().find(|field| **field == head) else {
        let misread = Misread::new(format!("不认识的步骤“{text}”")).at(mark);
        return Err(misread.hint(allowed("步骤", head, fields)));
    };
    let rest = text[head.len()..].trim_start_matches(['：', ':', ' ', '　']);
    let message = match text[head.len()..].chars().next() {
        Some('：') => format!("“{word}”后面用了中文冒号“：”"),
        Some(':') => format!("“{word}:”的冒号后面少了一个空格"),
        _ => format!("“{word}”后面少了冒号"),
    };
    Err(Misread::new(message).at(mark).hint(format!("用英文冒号加一个空格，写成：{word}: {rest}")))
}

/// The place of a value as six numbers, then the value.
struct Parts<'n> {
    reader: Reader<'n>,
    given: usize,
}

impl<'n> SeqAccess<'n> for Parts<'n> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Misread> {
        let (mark, key) = (self.reader.mark, self.reader.key_mark());
        let numbers = [mark.line, mark.column, mark.length, key.line, key.column, key.length];
        let number = numbers.get(self.given).copied();
        self.given += 1;
        match number {
            Some(number) => seed.deserialize(number.into_deserializer()).map(Some),
            None => seed.deserialize(Reader { attempt: false, ..self.reader }).map(Some),
        }
    }
}

/// The entries of a list.
struct Entries<'n> {
    reader: Reader<'n>,
    entries: std::slice::Iter<'n, Node>,
}

impl<'n> SeqAccess<'n> for Entries<'n> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Misread> {
        self.entries.next().map(|entry| seed.deserialize(self.reader.child(entry, None))).transpose()
    }
}

/// The pairs of a map or shape.
struct Pairs<'n> {
    reader: Reader<'n>,
    pairs: std::vec::IntoIter<Pair<'n>>,
    value: Option<Pair<'n>>,
}

impl<'n> MapAccess<'n> for Pairs<'n> {
    type Error = Misread;

    /// A key is read like a value, so that a `Written` one knows its place.
    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        let Some(pair) = self.pairs.next() else { return Ok(None) };
        let (text, mark, _) = pair;
        self.value = Some(pair);
        seed.deserialize(KeyReader { text, mark }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'n>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        match self.value.take() {
            Some((text, mark, value)) => seed.deserialize(self.reader.child(value, Some((text, mark)))),
            None => Err(Misread::new("这里缺少内容")),
        }
    }
}

/// A key, plain or with its place.
struct KeyReader<'n> {
    text: &'n str,
    mark: Mark,
}

impl<'n> Deserializer<'n> for KeyReader<'n> {
    type Error = Misread;

    fn deserialize_any<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'n>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        if name == names::WRITTEN {
            visitor.visit_seq(KeyParts { text: self.text, mark: self.mark, given: 0 })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'n>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The place of a key as six numbers, then its text.
struct KeyParts<'n> {
    text: &'n str,
    mark: Mark,
    given: usize,
}

impl<'n> SeqAccess<'n> for KeyParts<'n> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Misread> {
        let Mark { line, column, length } = self.mark;
        let number = [line, column, length, line, column, length].get(self.given).copied();
        self.given += 1;
        match number {
            Some(number) => seed.deserialize(number.into_deserializer()).map(Some),
            None => seed.deserialize(StrDeserializer::new(self.text)).map(Some),
        }
    }
}

/// A shape written in short: the one key that is meant, and what stands there as its value.
struct Single<'n> {
    reader: Reader<'n>,
    word: Option<&'static str>,
}

/// What stands behind a step that is only one word.
static EMPTY: Content = Content::Empty;

impl<'n> MapAccess<'n> for Single<'n> {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        self.word.take().map(|word| seed.deserialize(StrDeserializer::new(word))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'n>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        seed.deserialize(Reader { attempt: false, ..self.reader })
    }
}

/// The word of an enum.
struct Word<'n>(&'n str);

impl<'n> EnumAccess<'n> for Word<'n> {
    type Error = Misread;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'n>>(self, seed: V) -> Result<(V::Value, Self), Misread> {
        Ok((seed.deserialize(StrDeserializer::new(self.0))?, self))
    }
}

impl<'n> VariantAccess<'n> for Word<'n> {
    type Error = Misread;

    fn unit_variant(self) -> Result<(), Misread> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'n>>(self, _seed: T) -> Result<T::Value, Misread> {
        Err(Misread::new("这里只写一个词"))
    }

    fn tuple_variant<V: Visitor<'n>>(self, _length: usize, _visitor: V) -> Result<V::Value, Misread> {
        Err(Misread::new("这里只写一个词"))
    }

    fn struct_variant<V: Visitor<'n>>(
        self,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Misread> {
        Err(Misread::new("这里只写一个词"))
    }
}
