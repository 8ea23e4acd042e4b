//! Pairs the materials of several channels by name, so that like is compared with like; their order never matters.

use crate::model::{ChannelId, Material};
use crate::text::{self, Sort};

use super::compare::cut_off;
use super::sides::{Side, Sides};

/// From this similarity on, two names mean the same material.
const SAME_MATERIAL: f64 = 0.85;

/// The rows of one channel's list that name a material.
pub(super) fn listed<'a>(side: &Side<'a>) -> impl Iterator<Item = &'a Material> {
    side.guide.materials.iter().filter(|material| !text::plain(material.name()).is_empty())
}

/// One material on all channels that list materials, in the order of `Paired::sides`.
#[derive(Debug)]
pub(super) struct Pairing<'a> {
    /// The name on the first channel that lists it.
    pub(super) name: &'a str,
    /// The row on each channel.
    pub(super) rows: Vec<Option<&'a Material>>,
}

/// The materials of all channels, paired.
#[derive(Debug)]
pub(super) struct Paired<'a> {
    /// The channels that list at least one material.
    pub(super) channels: Vec<&'a ChannelId>,
    /// The materials, in the order in which they first appear.
    pub(super) pairings: Vec<Pairing<'a>>,
}

/// Pairs the materials of the channels that list any: equal names first, then the most similar ones, one to one.
pub(super) fn pair<'a>(sides: &Sides<'a>) -> Paired<'a> {
    let listing: Vec<(&'a ChannelId, Vec<&'a Material>)> = sides
        .seen
        .iter()
        .map(|side| (side.channel, listed(side).collect()))
        .filter(|(_, materials): &(_, Vec<_>)| !materials.is_empty())
        .collect();
    let mut pairings: Vec<Pairing<'a>> = Vec::new();
    for (at, (_, materials)) in listing.iter().enumerate() {
        let partners = partners(&pairings, materials);
        for (material, partner) in materials.iter().zip(partners) {
            if let Some(pairing) = partner {
                pairings[pairing].rows[at] = Some(material);
            } else {
                let mut rows = vec![None; listing.len()];
                rows[at] = Some(*material);
                pairings.push(Pairing { name: material.name(), rows });
            }
        }
    }
    Paired { channels: listing.into_iter().map(|(channel, _)| channel).collect(), pairings }
}

/// For each material the index of its partner among the pairings so far.
fn partners(pairings: &[Pairing<'_>], materials: &[&Material]) -> Vec<Option<usize>> {
    let mut partners = vec![None; materials.len()];
    let mut taken = vec![false; pairings.len()];
    let known: Vec<String> = pairings.iter().map(|pairing| text::normal(Sort::Name, pairing.name)).collect();
    for (index, material) in materials.iter().enumerate() {
        let name = text::normal(Sort::Name, material.name());
        if let Some(at) = (0..known.len()).find(|&at| !taken[at] && known[at] == name) {
            taken[at] = true;
            partners[index] = Some(at);
        }
    }
    let mut close: Vec<(f64, usize, usize)> = Vec::new();
    for (index, material) in materials.iter().enumerate().filter(|&(index, _)| partners[index].is_none()) {
        for (at, pairing) in pairings.iter().enumerate().filter(|&(at, _)| !taken[at]) {
            close.push((closeness(pairing.name, material.name()), index, at));
        }
    }
    close.retain(|&(score, _, _)| score >= SAME_MATERIAL);
    close.sort_by(|left, right| right.0.total_cmp(&left.0));
    for (_, index, at) in close {
        if partners[index].is_none() && !taken[at] {
            taken[at] = true;
            partners[index] = Some(at);
        }
    }
    partners
}

fn closeness(left: &str, right: &str) -> f64 {
    if cut_off(Sort::Name, left, right) { 1.0 } else { text::similarity(left, right) }
}
