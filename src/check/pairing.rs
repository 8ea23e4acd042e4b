//! Pairs the materials of several channels by name, so that like is compared with like; their order never matters.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ChannelId, Material};
use crate::text::{self, Sort};

use super::compare::cut_off;
use super::material_name::{MaterialName, parts};
use super::sides::{Side, Sides};

/// The rows of one channel's list that name a material.
pub(super) fn listed<'a>(side: &Side<'a>) -> impl Iterator<Item = &'a Material> {
    side.guide.materials.iter().filter(|material| !text::plain(material.name()).is_empty())
}

/// A material as one channel lists it.
#[derive(Debug, Clone)]
pub(super) struct Listed<'a> {
    name: MaterialName,
    /// The row.
    pub(super) material: &'a Material,
    /// The row names several materials that another channel lists apart: its other columns speak of all of them.
    pub(super) in_part: bool,
}

/// One material on all channels that list materials, in the order of `Paired::channels`.
#[derive(Debug)]
pub(super) struct Pairing<'a> {
    /// The name on the first channel that lists it.
    pub(super) name: &'a str,
    /// The row on each channel.
    pub(super) rows: Vec<Option<Listed<'a>>>,
    known: MaterialName,
}

/// The materials of all channels, paired.
#[derive(Debug)]
pub(super) struct Paired<'a> {
    /// The channels that list at least one material.
    pub(super) channels: Vec<&'a ChannelId>,
    /// The materials, in the order in which they first appear.
    pub(super) pairings: Vec<Pairing<'a>>,
}

/// Pairs the materials of the channels that list any: equal names first, then the most similar ones, one to one. A row
/// that names what another channel lists in several rows is all of these, and of several rows with one name the first
/// stands for all.
pub(super) fn pair<'a>(sides: &Sides<'a>) -> Paired<'a> {
    let (channels, listings): (Vec<_>, Vec<_>) = sides
        .seen
        .iter()
        .map(|side| (side.channel, listed(side).map(Listed::whole).collect::<Vec<_>>()))
        .filter(|(_, materials)| !materials.is_empty())
        .unzip();
    let mut pairings: Vec<Pairing<'a>> = Vec::new();
    for (at, listing) in taken_apart(told_apart(listings)).into_iter().enumerate() {
        let partners = partners(&pairings, &listing);
        for (listed, partner) in listing.into_iter().zip(partners) {
            let place = partner.unwrap_or(pairings.len());
            if place == pairings.len() {
                let rows = vec![None; channels.len()];
                pairings.push(Pairing { name: listed.material.name(), rows, known: listed.name.clone() });
            }
            pairings[place].rows[at].get_or_insert(listed);
        }
    }
    Paired { channels, pairings }
}

impl<'a> Listed<'a> {
    fn whole(material: &'a Material) -> Self {
        Self { name: MaterialName::of(material.name()), material, in_part: false }
    }
}

/// The lists, with whole names where every list that names a material has it in two forms, each with a row of its own (a
/// report and its copy).
fn told_apart(mut listings: Vec<Vec<Listed<'_>>>) -> Vec<Vec<Listed<'_>>> {
    let mut names: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for listing in &listings {
        let mut own: BTreeMap<&str, Vec<&MaterialName>> = BTreeMap::new();
        for Listed { name, .. } in listing {
            own.entry(&name.core).or_default().push(name);
        }
        for (core, names_here) in own {
            let (lists, twice) = names.entry(core).or_default();
            *lists += 1;
            *twice += usize::from(names_here.iter().any(|name| *name != names_here[0]));
        }
    }
    let is_told_apart =
        |(core, (lists, twice)): (&str, (usize, usize))| (lists == twice).then(|| core.to_owned());
    let twins: BTreeSet<String> = names.into_iter().filter_map(is_told_apart).collect();
    let forms = listings.iter_mut().flatten().filter(|listed| twins.contains(&listed.name.core));
    forms.for_each(|listed| listed.name.keep_whole());
    listings
}

/// The lists, with the rows that name several materials in as many rows where another channel lists them apart.
fn taken_apart<'a>(listings: Vec<Vec<Listed<'a>>>) -> Vec<Vec<Listed<'a>>> {
    let cores: Vec<BTreeSet<String>> = listings
        .iter()
        .map(|listing| listing.iter().map(|listed| listed.name.core.clone()).collect())
        .collect();
    let apart = |at: usize, listed: &Listed<'_>| -> Vec<MaterialName> {
        let others = cores.iter().enumerate().filter(|(other, _)| *other != at);
        let parts = parts(listed.material.name());
        let is_listed_apart = others.into_iter().any(|(_, known)| {
            !known.contains(&listed.name.core) && parts.iter().all(|part| known.contains(&part.core))
        });
        if is_listed_apart { parts } else { Vec::new() }
    };
    let rows = |at: usize, listed: Listed<'a>| -> Vec<Listed<'a>> {
        let parts = apart(at, &listed);
        if parts.is_empty() {
            return vec![listed];
        }
        parts.into_iter().map(|name| Listed { name, in_part: true, ..listed.clone() }).collect()
    };
    let listings = listings.into_iter().enumerate();
    listings.map(|(at, listing)| listing.into_iter().flat_map(|listed| rows(at, listed)).collect()).collect()
}

/// For each material the index of its partner among the pairings so far.
fn partners(pairings: &[Pairing<'_>], listing: &[Listed<'_>]) -> Vec<Option<usize>> {
    let known: BTreeMap<&str, usize> =
        pairings.iter().enumerate().rev().map(|(at, pairing)| (pairing.known.core.as_str(), at)).collect();
    let mut partners: Vec<Option<usize>> =
        listing.iter().map(|listed| known.get(listed.name.core.as_str()).copied()).collect();
    let mut taken: BTreeSet<usize> = partners.iter().flatten().copied().collect();
    let mut close: Vec<(f64, usize, usize)> = Vec::new();
    for (index, listed) in listing.iter().enumerate().filter(|&(index, _)| partners[index].is_none()) {
        for (at, pairing) in pairings.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            close.push((closeness(pairing, listed), index, at));
        }
    }
    close.retain(|&(score, _, _)| MaterialName::is_same(score));
    let names = |&(_, index, at): &(f64, usize, usize)| (&listing[index].name.core, &pairings[at].known.core);
    close.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| names(left).cmp(&names(right))));
    for (_, index, at) in close {
        if partners[index].is_none() && taken.insert(at) {
            partners[index] = Some(at);
        }
    }
    with_repeated(partners, listing, pairings.len())
}

/// Of several rows with one name the later ones go where the first one goes.
fn with_repeated(
    mut partners: Vec<Option<usize>>,
    listing: &[Listed<'_>],
    mut next: usize,
) -> Vec<Option<usize>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (listed, partner) in listing.iter().zip(&mut partners) {
        let own = partner.or_else(|| places.get(listed.name.core.as_str()).copied());
        let place = own.unwrap_or(next);
        next += usize::from(own.is_none());
        places.entry(&listed.name.core).or_insert(place);
        *partner = Some(place);
    }
    partners
}

fn closeness(pairing: &Pairing<'_>, listed: &Listed<'_>) -> f64 {
    if cut_off(Sort::Name, pairing.name, listed.material.name()) {
        return 1.0;
    }
    pairing.known.closeness(&listed.name)
}
