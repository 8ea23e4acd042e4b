//! Reads one tag (HTML standard §13.2.5.8 and §13.2.5.32 to §13.2.5.40).

use std::collections::HashSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::reference;

/// From so many attributes on, a name that was there before is looked up rather than searched.
const MANY: usize = 24;

/// White space inside a tag.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b' ')
}

/// The tag whose name begins at `from`, and where it ends; `None` when the page ends before it.
pub(super) fn read(page: &StrTendril, names: &mut Names, from: usize, kind: TagKind) -> Option<(Tag, usize)> {
    let mut reader = Reader { page, bytes: page.as_bytes(), names, at: from };
    let name = reader.until(|byte| is_blank(byte) || matches!(byte, b'/' | b'>'))?;
    let name = reader.name(from, name);
    let mut own = Attributes::default();
    let self_closing = loop {
        match reader.attribute()? {
            Found::Attribute { name, value } => own.add(name, value),
            Found::End { self_closing } => break self_closing,
        }
    };
    let tag = Tag { kind, name, self_closing, attrs: own.list, had_duplicate_attributes: own.twice };
    Some((tag, reader.at))
}

/// The attributes of a tag; of those with one name the first counts.
#[derive(Default)]
struct Attributes {
    list: Vec<Attribute>,
    known: HashSet<LocalName>,
    twice: bool,
}

impl Attributes {
    fn add(&mut self, name: LocalName, value: StrTendril) {
        let there = if self.list.len() < MANY {
            self.list.iter().any(|own| own.name.local == name)
        } else {
            if self.known.is_empty() {
                self.known.extend(self.list.iter().map(|own| own.name.local.clone()));
            }
            !self.known.insert(name.clone())
        };
        if there {
            self.twice = true;
        } else {
            self.list.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
    }
}

/// What comes next in a tag.
enum Found {
    Attribute { name: LocalName, value: StrTendril },
    End { self_closing: bool },
}

/// The names that a page used last. A page has few, each a thousand times, and to look one up among all that HTML knows costs more
/// than to read it.
pub(super) struct Names([LocalName; Names::PLACES]);

impl Names {
    const PLACES: usize = 128;

    fn of(&mut self, name: &str) -> LocalName {
        let place = &mut self.0[Self::place(name.as_bytes())];
        if **place == *name {
            return place.clone();
        }
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return LocalName::from(name.to_ascii_lowercase());
        }
        *place = LocalName::from(name);
        place.clone()
    }

    /// Where a name is kept: a number that differs for most names that stand on one page.
    fn place(name: &[u8]) -> usize {
        let (Some(first), Some(last)) = (name.first(), name.last()) else { return 0 };
        (usize::from(*first) * 31 + usize::from(*last) * 19 + name.len() * 23) % Self::PLACES
    }
}

impl Default for Names {
    fn default() -> Self {
        Self(std::array::from_fn(|_| local_name!("")))
    }
}

struct Reader<'a> {
    page: &'a StrTendril,
    bytes: &'a [u8],
    names: &'a mut Names,
    at: usize,
}

impl Reader<'_> {
    /// Goes to the next byte of this kind and gives where that is.
    fn until(&mut self, ends: impl Fn(u8) -> bool) -> Option<usize> {
        let length = self.bytes[self.at..].iter().position(|byte| ends(*byte))?;
        self.at += length;
        Some(self.at)
    }

    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn attribute(&mut self) -> Option<Found> {
        loop {
            match self.here()? {
                b'>' => {
                    self.at += 1;
                    return Some(Found::End { self_closing: false });
                }
                b'/' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Some(Found::End { self_closing: true });
                }
                byte if byte == b'/' || is_blank(byte) => self.at += 1,
                _ => break,
            }
        }
        let from = self.at;
        // A `=` at the beginning belongs to the name.
        self.at += 1;
        let end = self.until(|byte| is_blank(byte) || matches!(byte, b'/' | b'>' | b'='))?;
        let name = self.name(from, end);
        self.until(|byte| !is_blank(byte))?;
        let value = if self.here()? == b'=' {
            self.at += 1;
            self.value()?
        } else {
            StrTendril::new()
        };
        Some(Found::Attribute { name, value })
    }

    /// The value behind a `=`.
    fn value(&mut self) -> Option<StrTendril> {
        self.until(|byte| !is_blank(byte))?;
        let (from, end) = match self.here()? {
            quote @ (b'"' | b'\'') => {
                let from = self.at + 1;
                let end = from + memchr::memchr(quote, &self.bytes[from..])?;
                self.at = end + 1;
                (from, end)
            }
            b'>' => (self.at, self.at),
            _ => (self.at, self.until(|byte| is_blank(byte) || byte == b'>')?),
        };
        Some(reference::read(self.page.subtendril(from as u32, (end - from) as u32), true))
    }

    fn name(&mut self, from: usize, to: usize) -> LocalName {
        self.names.of(&self.page[from..to])
    }
}
