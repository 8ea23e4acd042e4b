//! From pairs to groups, one entry a channel, and the pairs that people are asked about.

use std::collections::{BTreeMap, BTreeSet};

use super::blocking::Edge;
use super::entry::Known;
use super::weighing::{Clue, Rarity, weigh};
use super::{MARGIN, Proposal, Seat};

/// The pairs between two channels that are each other's best by a margin, and what is left without rivals once these
/// are taken.
pub(super) fn mutual(mut edges: Vec<&Edge>) -> Vec<Edge> {
    let mut sure = Vec::new();
    loop {
        let best = Best::of(&edges);
        let won: Vec<&Edge> = edges.iter().copied().filter(|edge| best.is_clear(edge)).collect();
        if won.is_empty() {
            return sure;
        }
        let taken: BTreeSet<usize> = won.iter().flat_map(|edge| [edge.left, edge.right]).collect();
        edges.retain(|edge| !taken.contains(&edge.left) && !taken.contains(&edge.right));
        sure.extend(won.into_iter().cloned());
    }
}

/// The best and the second-best weight of every entry.
struct Best(BTreeMap<usize, (f64, f64)>);

impl Best {
    fn of(edges: &[&Edge]) -> Self {
        let mut best: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        for edge in edges {
            for end in [edge.left, edge.right] {
                let (first, second) = best.entry(end).or_insert((f64::MIN, f64::MIN));
                if edge.weight > *first {
                    (*first, *second) = (edge.weight, *first);
                } else if edge.weight > *second {
                    *second = edge.weight;
                }
            }
        }
        Self(best)
    }

    fn is_clear(&self, edge: &Edge) -> bool {
        [edge.left, edge.right].iter().all(|end| {
            self.0
                .get(end)
                .is_some_and(|(first, second)| edge.weight >= *first && edge.weight - MARGIN >= *second)
        })
    }
}

/// Groups in the making.
pub(super) struct Union<'a> {
    known: &'a [Known<'a>],
    group_of: Vec<usize>,
    members: Vec<Vec<usize>>,
    channels: usize,
    rarity: &'a Rarity,
}

impl<'a> Union<'a> {
    pub(super) fn new(known: &'a [Known<'a>], channels: usize, rarity: &'a Rarity) -> Self {
        let members = (0..known.len()).map(|at| vec![at]).collect();
        let group_of = (0..known.len()).collect();
        Self { known, group_of, members, channels, rarity }
    }

    /// Joins the groups of a sure pair, unless a channel would be there twice or two members contradict each other.
    pub(super) fn join(&mut self, edge: &Edge) {
        let (left, right) = (self.group_of[edge.left], self.group_of[edge.right]);
        if left == right || !self.fit(left, right) {
            return;
        }
        let moved = std::mem::take(&mut self.members[right]);
        for &at in &moved {
            self.group_of[at] = left;
        }
        self.members[left].extend(moved);
    }

    fn fit(&self, left: usize, right: usize) -> bool {
        let mut taken = vec![false; self.channels];
        let both = || self.members[left].iter().chain(&self.members[right]);
        let once = both().all(|&at| !std::mem::replace(&mut taken[self.known[at].seat.channel], true));
        once && self.members[left].iter().all(|&mine| {
            self.members[right]
                .iter()
                .all(|&theirs| weigh(&self.known[mine], &self.known[theirs], self.rarity).bits >= 0.0)
        })
    }

    pub(super) fn into_groups(self) -> Groups {
        let mut members = self.members;
        members.retain(|members| !members.is_empty());
        // Entries are numbered channel by channel.
        for entries in &mut members {
            entries.sort_unstable();
        }
        members.sort_unstable();
        let mut group_of = vec![0; self.known.len()];
        for (group, members) in members.iter().enumerate() {
            for &at in members {
                group_of[at] = group;
            }
        }
        Groups { members, group_of }
    }
}

/// The finished groups.
pub(super) struct Groups {
    members: Vec<Vec<usize>>,
    group_of: Vec<usize>,
}

impl Groups {
    pub(super) fn seats(&self, known: &[Known<'_>]) -> Vec<Vec<Seat>> {
        self.members.iter().map(|members| members.iter().map(|&at| known[at].seat).collect()).collect()
    }

    fn share_a_channel(&self, left: usize, right: usize, known: &[Known<'_>]) -> bool {
        let channel = |at: &usize| known[*at].seat.channel;
        self.members[left]
            .iter()
            .any(|mine| self.members[right].iter().any(|theirs| channel(mine) == channel(theirs)))
    }
}

/// What people are asked: for every two groups that could be one, their best pair; only what comes near the best
/// question about both groups.
pub(super) fn proposals(groups: &Groups, edges: &[Edge], known: &[Known<'_>]) -> Vec<Proposal> {
    let mut best: BTreeMap<(usize, usize), &Edge> = BTreeMap::new();
    for edge in edges {
        let (left, right) = (groups.group_of[edge.left], groups.group_of[edge.right]);
        let pair = (left.min(right), left.max(right));
        if left == right || groups.share_a_channel(left, right, known) {
            continue;
        }
        let place = best.entry(pair).or_insert(edge);
        if edge.cmp_weight(place, known).is_gt() {
            *place = edge;
        }
    }
    let mut most: BTreeMap<usize, f64> = BTreeMap::new();
    for ((left, right), edge) in &best {
        for group in [left, right] {
            let weight = most.entry(*group).or_insert(f64::MIN);
            *weight = weight.max(edge.weight);
        }
    }
    let is_near =
        |group: &usize, edge: &Edge| most.get(group).is_none_or(|most| edge.weight + MARGIN > *most);
    let mut asked: Vec<((usize, usize), &Edge)> = best
        .into_iter()
        .filter(|((left, right), edge)| is_near(left, edge) && is_near(right, edge))
        .collect();
    asked.sort_by(|(_, left), (_, right)| right.cmp_weight(left, known));
    asked.into_iter().map(|(pair, edge)| proposal(groups, pair, edge, known)).collect()
}

fn proposal(groups: &Groups, pair: (usize, usize), edge: &Edge, known: &[Known<'_>]) -> Proposal {
    let (left, right) = (known[edge.left].seat, known[edge.right].seat);
    let in_order = groups.group_of[edge.left] == pair.0;
    let clues: Vec<Clue> = edge.clues.clone();
    Proposal {
        groups: pair,
        pair: if in_order { (left, right) } else { (right, left) },
        weight: edge.weight,
        clues,
    }
}
