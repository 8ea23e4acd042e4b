//! What the reader hands to serde: the parts of a value, the entries of a list, the pairs of a map.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::misread::Misread;
use super::node::Node;
use super::reader::{Pair, Reader, names};
use crate::scenario::fault::Mark;

/// The place of a value as six numbers, then the value.
pub(super) struct Parts<'n> {
    pub(super) reader: Reader<'n>,
    pub(super) given: usize,
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
            None => seed.deserialize(self.reader.inner()).map(Some),
        }
    }
}

/// The entries of a list.
pub(super) struct Entries<'n> {
    pub(super) reader: Reader<'n>,
    pub(super) entries: std::slice::Iter<'n, Node>,
}

impl<'n> SeqAccess<'n> for Entries<'n> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Misread> {
        let entry = self.entries.next();
        entry.map(|entry| seed.deserialize(self.reader.child((&entry.content, entry.mark), None))).transpose()
    }
}

/// The pairs of a map or shape.
pub(super) struct Pairs<'n> {
    pub(super) reader: Reader<'n>,
    pub(super) rest: std::vec::IntoIter<Pair<'n>>,
    pub(super) value: Option<Pair<'n>>,
}

impl<'n> MapAccess<'n> for Pairs<'n> {
    type Error = Misread;

    /// A key is read like a value, so that a `Written` one knows its place.
    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        let Some(pair) = self.rest.next() else { return Ok(None) };
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
pub(super) struct KeyReader<'n> {
    pub(super) text: &'n str,
    pub(super) mark: Mark,
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
pub(super) struct KeyParts<'n> {
    pub(super) text: &'n str,
    pub(super) mark: Mark,
    pub(super) given: usize,
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
pub(super) struct Single<'n> {
    pub(super) reader: Reader<'n>,
    pub(super) word: Option<&'static str>,
}

impl<'n> MapAccess<'n> for Single<'n> {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        self.word.take().map(|word| seed.deserialize(StrDeserializer::new(word))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'n>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        seed.deserialize(self.reader.inner())
    }
}

/// The word of an enum.
pub(super) struct Word<'n>(pub(super) &'n str);

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
