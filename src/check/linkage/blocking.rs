//! Which pairs are weighed at all: those that share a code, a name, or their rarest characters.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::ASK;
use super::entry::Known;
use super::weighing::{Clue, Rarity, weigh};

/// A pair of entries on two channels, as indexes into the known entries; the left one's channel comes first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) weight: f64,
    pub(super) clues: Vec<Clue>,
}

impl Edge {
    /// By weight, then by what the entries say: never by where they stand.
    pub(super) fn cmp_weight(&self, other: &Self, known: &[Known<'_>]) -> Ordering {
        let key = |edge: &Self| {
            let (left, right) = (known[edge.left].key(), known[edge.right].key());
            if left <= right { (left, right) } else { (right, left) }
        };
        self.weight.total_cmp(&other.weight).then_with(|| key(other).cmp(&key(self)))
    }
}

/// A key that more entries share tells nothing apart.
const LARGEST_BLOCK: usize = 120;

/// So many of its rarest pairs of characters lead from a name to similar ones.
const RAREST: usize = 6;

/// What the entries of a block share.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Code(&'a str),
    Name(&'a str),
    /// Only when a page cut names off.
    Beginning(&'a str),
}

/// Pairs that share a code, a name or a colloquial name.
pub(super) fn block(known: &[Known<'_>], rarity: &Rarity) -> Vec<Edge> {
    let mut blocks: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    let some_cut_off = known.iter().any(|entry| entry.name.cut_off);
    for (at, entry) in known.iter().enumerate() {
        for code in entry.codes.keys() {
            blocks.entry(Key::Code(code)).or_default().push(at);
        }
        for name in std::iter::once(&entry.name).chain(&entry.colloquial).filter(|name| !name.core.is_empty())
        {
            blocks.entry(Key::Name(&name.core)).or_default().push(at);
        }
        if let Some(beginning) = entry.name.beginning().filter(|_| some_cut_off) {
            blocks.entry(Key::Beginning(beginning)).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for members in blocks.values_mut() {
        members.dedup();
        if members.len() <= LARGEST_BLOCK {
            pairs.extend(across(members, known));
        }
    }
    weighed(pairs, known, rarity)
}

/// All pairs of members that stand on different channels.
fn across<'a>(members: &'a [usize], known: &'a [Known<'_>]) -> impl Iterator<Item = (usize, usize)> + 'a {
    members.iter().enumerate().flat_map(move |(at, &left)| {
        let rest = members[at + 1..].iter().copied();
        rest.filter(move |&right| known[left].seat.channel != known[right].seat.channel)
            .map(move |right| (left.min(right), left.max(right)))
    })
}

fn weighed(
    pairs: impl IntoIterator<Item = (usize, usize)>,
    known: &[Known<'_>],
    rarity: &Rarity,
) -> Vec<Edge> {
    pairs
        .into_iter()
        .map(|(left, right)| {
            let weight = weigh(&known[left], &known[right], rarity);
            Edge { left, right, weight: weight.bits, clues: weight.clues }
        })
        .filter(|edge| edge.weight >= ASK)
        .collect()
}

/// Pairs of similar names among the entries that have no sure partner on each other's channel.
pub(super) fn block_leftovers(
    known: &[Known<'_>],
    sure: &[Edge],
    channels: usize,
    rarity: &Rarity,
) -> Vec<Edge> {
    let mut partnered = vec![false; known.len() * channels];
    for edge in sure {
        partnered[edge.left * channels + known[edge.right].seat.channel] = true;
        partnered[edge.right * channels + known[edge.left].seat.channel] = true;
    }
    let is_left = |at: usize, channel: usize| !partnered[at * channels + channel];
    let leftovers: Vec<usize> = (0..known.len())
        .filter(|&at| (0..channels).any(|channel| channel != known[at].seat.channel && is_left(at, channel)))
        .collect();
    let mut index: BTreeMap<[char; 2], Vec<usize>> = BTreeMap::new();
    for &at in &leftovers {
        for pair in rarest(known[at].name.pairs.clone(), rarity) {
            index.entry(pair).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for members in index.values().filter(|members| members.len() <= LARGEST_BLOCK) {
        pairs.extend(across(members, known).filter(|&(left, right)| {
            is_left(left, known[right].seat.channel)
                && is_left(right, known[left].seat.channel)
                && known[left].name.core != known[right].name.core
        }));
    }
    weighed(pairs, known, rarity)
}

fn rarest(mut pairs: Vec<[char; 2]>, rarity: &Rarity) -> Vec<[char; 2]> {
    pairs.sort_by_key(|pair| (rarity.count(*pair), *pair));
    pairs.truncate(RAREST);
    pairs
}
