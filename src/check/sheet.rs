//! 对照表: one item, element by element, on all channels, for people who want to see for themselves.

use crate::model::{Case, ChannelId, Likeness, Material, Said, Saying, Sheet, SheetRow};

use super::difference::{measured, voices};
use super::guide_consistency;
use super::material_faults::{MaterialFault, material_faults};
use super::pairing::{Pairing, pair};
use super::roll::Roll;
use super::sides::Sides;
use super::standing::{Row, Standing, rows};

/// Fields of a material that a sheet shows beside its name.
const SHOWN_FIELDS: &[&str] = &["need", "form", "copies"];

/// The sheet of a case; `None` when no guide was read. Where the office's database says something of the item, it is the
/// last column.
pub(super) fn sheet(case: &Case, roll: &Roll) -> Option<Sheet> {
    let sides = Sides::of(case, guide_consistency::ID, roll);
    if sides.seen.is_empty() {
        return None;
    }
    let urls = sides.seen.iter().map(|side| (side.channel.clone(), side.guide.url.clone())).collect();
    let sides = sides.beside_truth().unwrap_or(sides);
    let rows = rows(&sides);
    let mut lines: Vec<SheetRow> = rows
        .iter()
        .filter(|row| row.standings.iter().any(Standing::is_shown))
        .filter(|row| row.element.id != "materials" || !is_listed(&sides))
        .map(|row| element_row(&sides, row))
        .collect();
    lines.extend(material_rows(&sides, &rows));
    let truth = sides.seen.last().filter(|_| sides.has_truth()).map(|side| side.channel.clone());
    Some(Sheet {
        item: case.item_name().to_owned(),
        channels: case.channels.iter().cloned().chain(truth).collect(),
        urls,
        rows: lines,
    })
}

/// Materials that are listed get a row each; prose about them is an element like any other.
fn is_listed(sides: &Sides<'_>) -> bool {
    sides.seen.iter().any(|side| !side.guide.materials.is_empty())
}

fn element_row(sides: &Sides<'_>, row: &Row) -> SheetRow {
    let id = &row.element.id;
    let comparison = measured(sides, id, &voices(sides, row));
    let is_truth = |channel: &ChannelId| sides.has_truth() && Some(channel) == sides.authority;
    let standing = |wanted: &dyn Fn(&Standing) -> bool| -> Vec<ChannelId> {
        let stands = sides.seen.iter().zip(&row.standings).filter(|(side, _)| !is_truth(side.channel));
        stands.filter(|(_, standing)| wanted(standing)).map(|(side, _)| side.channel.clone()).collect()
    };
    let unsaid = standing(&|standing| matches!(standing, Standing::Absent | Standing::Empty));
    let spoiled = standing(&|standing| matches!(standing, Standing::Placeholder | Standing::Leak(_)));
    let (likeness, odd) = if sides.seen.len() < 2 {
        (Likeness::Alone, Vec::new())
    } else if comparison.likeness == Likeness::Differs {
        (Likeness::Differs, comparison.odd)
    } else if !spoiled.is_empty() {
        (Likeness::Differs, spoiled)
    } else if !unsaid.is_empty() {
        (Likeness::Missing, unsaid)
    } else {
        (comparison.likeness, comparison.odd)
    };
    let sayings = sides.sayings(|side| side.saying(id));
    SheetRow { element: id.clone(), label: row.element.name.clone(), material: None, sayings, likeness, odd }
}

fn material_rows(sides: &Sides<'_>, rows: &[Row]) -> Vec<SheetRow> {
    let paired = pair(sides);
    let faults = material_faults(sides, rows, &paired);
    let mut lines: Vec<SheetRow> =
        paired.pairings.iter().map(|pairing| material_row(sides, &paired.channels, pairing)).collect();
    for (at, line) in lines.iter_mut().enumerate() {
        let faults: Vec<&MaterialFault<'_>> = faults.iter().filter(|fault| fault.pairing == at).collect();
        if !faults.is_empty() {
            let of_presence = faults.iter().any(|fault| fault.of_presence);
            line.likeness = if of_presence { Likeness::Missing } else { Likeness::Differs };
            line.odd = sides
                .seen
                .iter()
                .map(|side| side.channel)
                .filter(|channel| faults.iter().any(|fault| fault.channel == *channel))
                .cloned()
                .collect();
        }
    }
    lines
}

/// One material on all channels, before it is known what is wrong with it.
fn material_row(sides: &Sides<'_>, listing: &[&ChannelId], pairing: &Pairing<'_>) -> SheetRow {
    let on = |channel: &ChannelId| {
        let at = listing.iter().position(|known| *known == channel)?;
        pairing.rows[at].as_ref().map(|listed| listed.material)
    };
    let sayings = sides.sayings(|side| {
        let said = on(side.channel).map_or(Said::Nothing, |material| Said::Text(in_words(material)));
        let node = on(side.channel).map(|material| material.node);
        Saying { said, capture: side.evidence(), node }
    });
    SheetRow {
        element: "materials".to_owned(),
        label: format!("材料：{}", pairing.name),
        material: Some(pairing.name.to_owned()),
        sayings,
        likeness: form_likeness(sides, &on),
        odd: Vec::new(),
    }
}

/// Whether several channels list a material in the same words.
fn form_likeness<'a>(sides: &Sides<'a>, on: &impl Fn(&ChannelId) -> Option<&'a Material>) -> Likeness {
    let said: Vec<String> = sides.seen.iter().filter_map(|side| on(side.channel)).map(in_words).collect();
    match said.split_first() {
        None | Some((_, [])) => Likeness::Alone,
        Some((first, others)) if others.iter().all(|other| other == first) => Likeness::Same,
        Some(_) => Likeness::Formal,
    }
}

fn in_words(material: &Material) -> String {
    let shown: Vec<&str> =
        SHOWN_FIELDS.iter().filter_map(|field| material.fields.get(*field)).map(String::as_str).collect();
    if shown.is_empty() {
        material.name().to_owned()
    } else {
        format!("{}（{}）", material.name(), shown.join("，"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    fn row(trial: &Trial, label: &str) -> (Likeness, Vec<String>) {
        let sheet = sheet(&trial.case(), &trial.roll()).unwrap();
        let row = sheet.rows.into_iter().find(|row| row.label == label).unwrap();
        (row.likeness, row.odd.into_iter().map(|id| id.0).collect())
    }

    #[test]
    fn a_row_says_how_the_channels_compare_and_who_is_odd() {
        assert_eq!(row(&Trial::new(), "承诺办结时限").0, Likeness::Same);
        let formal = Trial::new().set("app", "promise_limit", "２０工作日");
        assert_eq!(row(&formal, "承诺办结时限"), (Likeness::Formal, vec![]));
        let differs = Trial::new().set("app", "promise_limit", "15个工作日");
        assert_eq!(row(&differs, "承诺办结时限"), (Likeness::Differs, vec!["app".to_owned()]));
        for (said, likeness) in [("", Likeness::Missing), ("暂无", Likeness::Differs)] {
            let spoiled = Trial::new().set("mini", "time", said);
            assert_eq!(row(&spoiled, "办理时间"), (likeness, vec!["mini".to_owned()]));
        }
        assert_eq!(row(&Trial::new().only("pc"), "办理时间").0, Likeness::Alone);
    }

    #[test]
    fn every_material_is_a_row_of_its_own() {
        let trial = Trial::new().guide_on("kiosk", |guide| drop(guide.materials.remove(0)));
        assert_eq!(row(&trial, "材料：居民户口簿"), (Likeness::Missing, vec!["kiosk".to_owned()]));
        assert_eq!(row(&trial, "材料：原居民身份证").0, Likeness::Same);
    }

    #[test]
    fn no_guide_read_gives_no_sheet() {
        let trial = Trial::new().only("pc").blocked("pc", "渠道打不开");
        assert!(sheet(&trial.case(), &trial.roll()).is_none());
    }
}
