//! Entries as channels list them, and what is worked out about each one once.

use std::collections::BTreeSet;

use super::Seat;
use super::name::Name;
use crate::model::Audience;
use crate::text::{self, Sort};

/// 条目: an item as one channel's own list shows it. What the list does not show stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// 事项名称.
    pub name: String,
    /// 日常用语.
    pub colloquial: Vec<String>,
    /// Whatever the channel shows of 实施编码, 办理项编码, 基本编码, in any order.
    pub codes: Vec<String>,
    /// 实施主体.
    pub department: Option<String>,
    /// Under which half of the portal it is listed.
    pub audience: Option<Audience>,
    /// Address of its guide.
    pub address: String,
}

/// An entry taken apart.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) seat: Seat,
    pub(super) entry: &'a Entry,
    pub(super) name: Name,
    pub(super) colloquial: Vec<Name>,
    pub(super) codes: Codes,
    pub(super) department: String,
}

impl Known<'_> {
    /// What an entry is told apart by when everything else is equal; nothing of where it stands.
    pub(super) fn key(&self) -> (&str, &[String], Option<&str>, &str) {
        let entry = self.entry;
        (&entry.name, &entry.codes, entry.department.as_deref(), &entry.address)
    }
}

/// The national codes among an entry's codes, and the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Codes {
    /// 业务办理项编码, 33 characters: 实施编码 and two more.
    pub(super) handle: Option<String>,
    /// 实施编码, 31 characters: 统一社会信用代码, level, 基本编码.
    pub(super) implementing: Option<String>,
    /// 基本编码, 12 characters.
    pub(super) base: Option<String>,
    /// Codes of other shapes; long enough that they are no serial number of a page.
    pub(super) local: BTreeSet<String>,
}

/// Shorter codes of unknown shape are serial numbers.
const SHORTEST_LOCAL: usize = 8;
/// Length of a 统一社会信用代码.
const CREDIT_CODE: usize = 18;

impl Codes {
    fn of(codes: &[String]) -> Self {
        let mut all = Self::default();
        for code in codes.iter().map(|code| text::normal(Sort::Code, code)) {
            let national = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
            match code.len() {
                33 if national => {
                    all.implementing.get_or_insert_with(|| code[..31].to_owned());
                    all.handle.get_or_insert(code);
                }
                31 if national => all.implementing = Some(code),
                12 if national => all.base = Some(code),
                length if length >= SHORTEST_LOCAL && code.is_ascii() => {
                    all.local.insert(code);
                }
                _ => {}
            }
        }
        if let Some(code) = &all.implementing {
            all.base = Some(code[CREDIT_CODE + 1..].to_owned());
        }
        all
    }

    /// 统一社会信用代码 of the department.
    pub(super) fn credit_code(&self) -> Option<&str> {
        self.implementing.as_deref().map(|code| &code[..CREDIT_CODE])
    }

    /// Every code under which a partner may be found.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let national = [&self.handle, &self.implementing, &self.base];
        national.into_iter().filter_map(Option::as_deref).chain(self.local.iter().map(String::as_str))
    }
}

/// All entries of all channels, taken apart. An entry without a name and without a code is nothing to go by and stays
/// alone.
pub(super) fn known(channels: &[Vec<Entry>]) -> Vec<Known<'_>> {
    let mut known = Vec::with_capacity(channels.iter().map(Vec::len).sum());
    for (channel, entries) in channels.iter().enumerate() {
        known.extend(entries.iter().enumerate().map(|(at, entry)| Known {
            seat: Seat { channel, entry: at },
            entry,
            name: Name::of(&entry.name),
            colloquial: entry.colloquial.iter().map(|name| Name::of(name)).filter(Name::says_much).collect(),
            codes: Codes::of(&entry.codes),
            department: department(entry.department.as_deref().unwrap_or_default()),
        }));
    }
    known
}

/// A department without what all departments have.
fn department(said: &str) -> String {
    text::normal(Sort::Name, said)
}
