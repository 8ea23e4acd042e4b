//! 对照表: one item, element by element, on all channels, for people who want to see for themselves.

use crate::model::{Case, Likeness, Material, Said, Saying, Sheet, SheetRow};
use crate::text;

use super::compare::Voice;
use super::difference::{compare_element, voices};
use super::guide_consistency;
use super::materials::{Pairing, pair};
use super::roll::Roll;
use super::sides::Sides;
use super::standing::{Row, rows};

/// Fields of a material that a sheet shows beside its name.
const SHOWN_FIELDS: &[&str] = &["need", "form", "copies"];

/// The sheet of a case; `None` when no guide was read.
pub(super) fn sheet(case: &Case, roll: &Roll) -> Option<Sheet> {
    let sides = Sides::of(case, guide_consistency::ID, roll);
    if sides.seen.is_empty() {
        return None;
    }
    let mut lines: Vec<SheetRow> = rows(&sides)
        .iter()
        .filter(|row| row.element.id != "materials" && row.standings.iter().any(|standing| standing.is_shown()))
        .map(|row| element_row(&sides, row))
        .collect();
    lines.extend(material_rows(&sides));
    Some(Sheet {
        item: case.item_name().to_owned(),
        channels: case.channels.clone(),
        urls: sides.seen.iter().map(|side| (side.channel.clone(), side.guide.url.clone())).collect(),
        rows: lines,
    })
}

fn element_row(sides: &Sides<'_>, row: &Row) -> SheetRow {
    let id = &row.element.id;
    let comparison = compare_element(id, &voices(sides, row));
    let absent: Vec<_> = sides
        .seen
        .iter()
        .zip(&row.standings)
        .filter(|(_, standing)| !standing.is_shown())
        .map(|(side, _)| side.channel.clone())
        .collect();
    let likeness = match comparison.likeness {
        Likeness::Differs => Likeness::Differs,
        _ if !absent.is_empty() => Likeness::Missing,
        likeness => likeness,
    };
    let odd = if likeness == Likeness::Missing { absent } else { comparison.odd };
    let sayings = sides.sayings(|side| side.saying(id));
    SheetRow { element: id.clone(), label: row.element.name.clone(), sayings, likeness, odd }
}

fn material_rows(sides: &Sides<'_>) -> Vec<SheetRow> {
    let paired = pair(sides);
    paired.pairings.iter().map(|pairing| material_row(sides, &paired.channels, pairing)).collect()
}

fn material_row(sides: &Sides<'_>, listing: &[&crate::model::ChannelId], pairing: &Pairing<'_>) -> SheetRow {
    let on = |channel: &crate::model::ChannelId| {
        let at = listing.iter().position(|known| *known == channel)?;
        pairing.rows[at]
    };
    let sayings = sides.sayings(|side| {
        let said = on(side.channel).map_or(Said::Nothing, |material| Said::Text(in_words(material)));
        let node = on(side.channel).map(|material| material.node);
        Saying { said, capture: Some(side.capture.to_owned()), node }
    });
    let absent: Vec<_> = sides
        .seen
        .iter()
        .filter(|side| on(side.channel).is_none())
        .map(|side| side.channel.clone())
        .collect();
    let (mut likeness, mut odd) = fields_likeness(sides, &on);
    if !absent.is_empty() {
        (likeness, odd) = (Likeness::Missing, absent);
    }
    SheetRow {
        element: "materials".to_owned(),
        label: format!("材料：{}", pairing.name),
        sayings,
        likeness,
        odd,
    }
}

/// The worst likeness of the name and of the fields that several channels show.
fn fields_likeness<'a>(
    sides: &Sides<'a>,
    on: &impl Fn(&crate::model::ChannelId) -> Option<&'a Material>,
) -> (Likeness, Vec<crate::model::ChannelId>) {
    let mut worst = (Likeness::Alone, Vec::new());
    for field in std::iter::once(&"name").chain(SHOWN_FIELDS) {
        let voices: Vec<Voice<'_>> = sides
            .seen
            .iter()
            .filter_map(|side| {
                let text = on(side.channel)?.fields.get(*field)?.as_str();
                Some(Voice { channel: side.channel, text })
            })
            .collect();
        let sort = if *field == "copies" { text::Sort::Count } else { text::Sort::Name };
        let comparison = super::compare::compare(sort, &voices);
        if rank(comparison.likeness) > rank(worst.0) {
            worst = (comparison.likeness, comparison.odd);
        }
    }
    worst
}

fn rank(likeness: Likeness) -> u8 {
    match likeness {
        Likeness::Alone => 0,
        Likeness::Same => 1,
        Likeness::Formal => 2,
        Likeness::Missing => 3,
        Likeness::Differs => 4,
    }
}

fn in_words(material: &Material) -> String {
    let shown: Vec<&str> =
        SHOWN_FIELDS.iter().filter_map(|field| material.fields.get(*field)).map(String::as_str).collect();
    if shown.is_empty() { material.name().to_owned() } else { format!("{}（{}）", material.name(), shown.join("，")) }
}
