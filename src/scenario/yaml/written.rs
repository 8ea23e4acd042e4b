//! The building stones of the grammar's shapes: a value with its place, lists and maps that survive a wrong entry, and
//! values that may be left for later.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::reader::names;
use crate::scenario::fault::Mark;

/// A value and where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Written<T> {
    pub(crate) value: T,
    /// The value itself.
    pub(crate) mark: Mark,
    /// The key that it stands behind; the value's own place when there is none.
    pub(crate) key: Mark,
}

/// A list of which the wrong entries are reported and left out.
#[derive(Debug)]
pub(crate) struct Listed<T>(pub(crate) Vec<T>);

/// A map in the order of the file, of which the wrong entries are reported and left out.
#[derive(Debug)]
pub(crate) struct Named<T>(pub(crate) Vec<(Written<String>, T)>);

/// A value that may still be missing: nothing at all, or the word 待填写.
#[derive(Debug, Clone)]
pub(crate) struct Later(Written<Gap>);

/// What stands where something may be missing.
#[derive(Debug, Clone)]
struct Gap(Option<String>);

impl Later {
    /// The text; or, while it is missing, where it belongs.
    pub(crate) fn filled(&self) -> Result<Written<String>, Mark> {
        let Written { value, mark, key } = &self.0;
        match value.0.as_deref().map(str::trim) {
            None => Err(*key),
            Some("" | "待填写") => Err(*mark),
            Some(text) => Ok(Written { value: text.to_owned(), mark: *mark, key: *key }),
        }
    }
}

/// Nothing may be written here (`- unfold`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nothing;

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(names::WRITTEN, WrittenVisitor(PhantomData))
    }
}

struct WrittenVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for WrittenVisitor<T> {
    type Value = Written<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("一个值")
    }

    /// The reader hands over six numbers, then the value.
    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let mut numbers = [0_usize; 6];
        for number in &mut numbers {
            *number = parts.next_element()?.unwrap_or_default();
        }
        let [line, column, length, key_line, key_column, key_length] = numbers;
        let mark = Mark { line, column, length };
        let key = Mark { line: key_line, column: key_column, length: key_length };
        match parts.next_element()? {
            Some(value) => Ok(Written { value, mark, key }),
            None => Err(serde::de::Error::custom("这里缺少内容")),
        }
    }
}

/// An entry that is either right or already reported.
struct Attempt<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Attempt<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(names::ATTEMPT, AttemptVisitor(PhantomData))
    }
}

struct AttemptVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AttemptVisitor<T> {
    type Value = Attempt<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("一项")
    }

    /// The reader has written the error down before it comes back here.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Ok(Attempt(T::deserialize(deserializer).ok()))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListedVisitor(PhantomData))
    }
}

struct ListedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListedVisitor<T> {
    type Value = Listed<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("一个列表")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(Attempt(entry)) = list.next_element()? {
            entries.extend(entry);
        }
        Ok(Listed(entries))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(NamedVisitor(PhantomData))
    }
}

struct NamedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NamedVisitor<T> {
    type Value = Named<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("几行“名称: 内容”")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((name, Attempt(entry))) = map.next_entry()? {
            entries.extend(entry.map(|entry| (name, entry)));
        }
        Ok(Named(entries))
    }
}

impl<'de> Deserialize<'de> for Later {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Gap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(names::LATER, GapVisitor)
    }
}

struct GapVisitor;

impl Visitor<'_> for GapVisitor {
    type Value = Gap;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("一段文字")
    }

    fn visit_unit<E>(self) -> Result<Gap, E> {
        Ok(Gap(None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Gap, E> {
        Ok(Gap(Some(text.to_owned())))
    }
}

impl<'de> Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self)
    }
}

impl<T: JsonSchema> JsonSchema for Written<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Listed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<String, T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<String, T>::json_schema(generator)
    }
}

impl JsonSchema for Later {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Later".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "null"] })
    }
}

impl JsonSchema for Nothing {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Nothing".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "null" })
    }
}
