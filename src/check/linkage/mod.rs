//! 对应: which entries of the channels' own lists are one and the same item, by code, else by name.
//!
//! A record linkage after Fellegi and Sunter: every pair that shares a code, a name or its rarest characters gets the sum
//! of what its fields say for and against it. Far above the others the pair is sure, in between people are asked
//! (请确认), below it is nothing. Each entry has at most one partner a channel. What comes out does not depend on the
//! order of channels or entries. Pure, and quick: candidates come from blocks, never from all pairs.

mod blocking;
mod entry;
mod grouping;
mod name;
mod weighing;

pub use entry::Entry;
pub use weighing::Clue;

use blocking::{Edge, block, block_leftovers};
use entry::Known;
use grouping::{Union, mutual, proposals};
use name::Name;
use weighing::Rarity;

/// From this weight on a pair is sure, if nothing else comes near it.
const SURE: f64 = 8.0;

/// From this weight on people are asked.
const ASK: f64 = 3.0;

/// A pair that another one comes nearer than this is no longer sure.
const MARGIN: f64 = 2.0;

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    /// Index of the channel in what was given to [`link`].
    pub channel: usize,
    /// Index of the entry in its channel's list.
    pub entry: usize,
}

/// What belongs together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Linkage {
    /// Every entry stands in exactly one group, alone if nothing is surely the same; one seat a channel, in the order
    /// of the channels. The groups come in the order of their first seats.
    pub groups: Vec<Vec<Seat>>,
    /// 请确认: pairs of groups that may be one item, the likeliest first. Never to be compared as if they were.
    pub proposals: Vec<Proposal>,
}

/// 请确认: two groups that may be one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Indexes into [`Linkage::groups`], the smaller one first.
    pub groups: (usize, usize),
    /// The pair of entries that speaks for it most, one of each group, in their order.
    pub pair: (Seat, Seat),
    /// How much speaks for it, between the weight from which people are asked and the one that is sure; more when two
    /// candidates are equally good.
    pub weight: f64,
    /// What speaks for and against it.
    pub clues: Vec<Clue>,
}

/// Links the lists of several channels.
///
/// ```
/// use zoutong::check::{Entry, link};
///
/// let entry = |name: &str| Entry { name: name.to_owned(), ..Entry::default() };
/// let pc = vec![entry("居民身份证换领（市级）"), entry("居民身份证补领")];
/// let app = vec![entry("居民身份证补办"), entry("居民身份证换领")];
/// let linkage = link(&[pc, app]);
/// assert_eq!(linkage.groups.len(), 2);
/// ```
#[must_use]
pub fn link(channels: &[Vec<Entry>]) -> Linkage {
    let known = entry::known(channels);
    let rarity = Rarity::of(&known);
    let mut edges = block(&known, &rarity);
    let mut sure = sure_of(&edges, &known, channels.len());
    edges.extend(block_leftovers(&known, &sure, channels.len(), &rarity));
    sure.sort_by(|left, right| right.cmp_weight(left, &known));
    let mut union = Union::new(&known, channels.len(), &rarity);
    for edge in &sure {
        union.join(edge);
    }
    let groups = union.into_groups();
    let proposals = proposals(&groups, &edges, &known);
    Linkage { groups: groups.seats(&known), proposals }
}

/// Whether two names say different things about the same circumstance (变更 against 注销, 一级 against 二级).
pub(super) fn contradict(left: &str, right: &str) -> bool {
    weighing::clash(&Name::of(left), &Name::of(right))
}

/// The sure pairs of every two channels.
fn sure_of(edges: &[Edge], known: &[Known<'_>], channels: usize) -> Vec<Edge> {
    let mut between: Vec<Vec<&Edge>> = vec![Vec::new(); channels * channels];
    for edge in edges.iter().filter(|edge| edge.weight >= SURE) {
        let (left, right) = (known[edge.left].seat.channel, known[edge.right].seat.channel);
        between[left * channels + right].push(edge);
    }
    between.into_iter().flat_map(mutual).collect()
}

#[cfg(test)]
mod tests;
