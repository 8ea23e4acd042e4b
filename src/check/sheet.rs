//! 对照表: one item, element by element, on all channels, for people who want to see for themselves.

use crate::model::{Case, ChannelId, Likeness, Material, Said, Saying, Sheet, SheetRow};
use crate::text;

use super::compare::Voice;
use super::difference::{compare_element, voices};
use super::guide_consistency;
use super::pairing::{Pairing, pair};
use super::roll::Roll;
use super::sides::Sides;
use super::standing::{Row, Standing, rows};

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
        .filter(|row| row.standings.iter().any(Standing::is_shown))
        .filter(|row| row.element.id != "materials" || !is_listed(&sides))
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

/// Materials that are listed get a row each; prose about them is an element like any other.
fn is_listed(sides: &Sides<'_>) -> bool {
    sides.seen.iter().any(|side| !side.guide.materials.is_empty())
}

fn element_row(sides: &Sides<'_>, row: &Row) -> SheetRow {
    let id = &row.element.id;
    let comparison = compare_element(id, &voices(sides, row));
    let standing = |wanted: &dyn Fn(&Standing) -> bool| -> Vec<ChannelId> {
        let stands = sides.seen.iter().zip(&row.standings);
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
    SheetRow { element: id.clone(), label: row.element.name.clone(), sayings, likeness, odd }
}

fn material_rows(sides: &Sides<'_>) -> Vec<SheetRow> {
    let paired = pair(sides);
    paired.pairings.iter().map(|pairing| material_row(sides, &paired.channels, pairing)).collect()
}

fn material_row(sides: &Sides<'_>, listing: &[&ChannelId], pairing: &Pairing<'_>) -> SheetRow {
    let on = |channel: &ChannelId| {
        let at = listing.iter().position(|known| *known == channel)?;
        pairing.rows[at]
    };
    let sayings = sides.sayings(|side| {
        let said = on(side.channel).map_or(Said::Nothing, |material| Said::Text(in_words(material)));
        let node = on(side.channel).map(|material| material.node);
        Saying { said, capture: side.evidence(), node }
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
    on: &impl Fn(&ChannelId) -> Option<&'a Material>,
) -> (Likeness, Vec<ChannelId>) {
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
