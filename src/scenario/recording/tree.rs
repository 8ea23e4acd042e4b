//! A JSON or YAML value that keeps its keys in order, as recordings and scenarios want them read by people.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value; numbers are JavaScript's.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Tree>),
    Map(Map),
}

/// Keys and values in order; a key that comes twice has its last value, as in JavaScript.
#[derive(Debug, Clone, Default)]
pub(super) struct Map(pub(super) Vec<(String, Tree)>);

/// Two maps are equal when they say the same, in whatever order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl Map {
    pub(super) fn get(&self, key: &str) -> Option<&Tree> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Puts a value in place of an older one, or at the end.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Tree>) {
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value.into(),
            None => self.0.push((key.to_owned(), value.into())),
        }
    }

    /// Takes a key out.
    pub(super) fn remove(&mut self, key: &str) -> Option<Tree> {
        let at = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.remove(at).1)
    }

    /// The same with one more key.
    pub(super) fn with(mut self, key: &str, value: impl Into<Tree>) -> Self {
        self.set(key, value);
        self
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Tree::as_text)
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.get(key).and_then(Tree::as_number)
    }

    pub(super) fn bool(&self, key: &str) -> Option<bool> {
        match self.get(key) {
            Some(Tree::Bool(is)) => Some(*is),
            _ => None,
        }
    }

    pub(super) fn list(&self, key: &str) -> Option<&[Tree]> {
        self.get(key).and_then(Tree::as_list)
    }

    pub(super) fn map(&self, key: &str) -> Option<&Map> {
        self.get(key).and_then(Tree::as_map)
    }
}

/// A map with one key.
pub(super) fn one(key: &str, value: impl Into<Tree>) -> Map {
    Map::default().with(key, value)
}

impl Tree {
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    pub(super) fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Changes every text in the value; keys stay.
    pub(super) fn change_texts(&mut self, change: &mut impl FnMut(&str) -> String) {
        match self {
            Self::Text(text) => *text = change(text),
            Self::List(list) => list.iter_mut().for_each(|entry| entry.change_texts(change)),
            Self::Map(map) => map.0.iter_mut().for_each(|(_, value)| value.change_texts(change)),
            Self::Null | Self::Bool(_) | Self::Number(_) => {}
        }
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Tree {
    fn from(is: bool) -> Self {
        Self::Bool(is)
    }
}

impl From<f64> for Tree {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Vec<Tree>> for Tree {
    fn from(list: Vec<Tree>) -> Self {
        Self::List(list)
    }
}

impl From<Map> for Tree {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

/// A number as JavaScript writes it: whole ones without a point.
pub(super) fn number_text(number: f64) -> String {
    if is_whole(number) { format!("{number:.0}") } else { number.to_string() }
}

/// Whether a number is whole and small enough to be exact.
pub(super) fn is_whole(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < 9e15
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(is) => serializer.serialize_bool(*is),
            Self::Number(number) if is_whole(*number) => serializer.serialize_i64(*number as i64),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => list.serialize(serializer),
            Self::Map(map) => {
                let mut written = serializer.serialize_map(Some(map.0.len()))?;
                for (key, value) in &map.0 {
                    written.serialize_entry(key, value)?;
                }
                written.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, is: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(is))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut pairs: Vec<(String, Tree)> = Vec::new();
        let mut known = std::collections::HashMap::new();
        while let Some((key, value)) = entries.next_entry::<String, Tree>()? {
            if let Some(pair) = known.get(&key).and_then(|at: &usize| pairs.get_mut(*at)) {
                pair.1 = value;
            } else {
                known.insert(key.clone(), pairs.len());
                pairs.push((key, value));
            }
        }
        Ok(Tree::Map(Map(pairs)))
    }
}
