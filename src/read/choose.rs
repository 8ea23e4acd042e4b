//! The best candidate of each element.

use std::collections::BTreeMap;

use crate::model::{Place, Reading, Sureness};

use super::candidate::{Candidate, Found};
use super::labels::element;
use super::page::Page;
use super::shape::Fit;
use super::words::bare;

/// The element that portals write in three parts.
const FEE: &str = "fee";

/// One reading for each element that any candidate speaks of.
pub(super) fn choose(page: &Page<'_>, found: &Found) -> BTreeMap<String, Reading> {
    let mut best: BTreeMap<usize, &Candidate> = BTreeMap::new();
    for candidate in &found.candidates {
        let known = best.entry(candidate.element).or_insert(candidate);
        let fuller = rank(candidate) == rank(known) && is_fuller(candidate, known);
        if rank(candidate) > rank(known) || fuller {
            *known = candidate;
        }
    }
    for known in best.values_mut() {
        *known = inner(found, known);
        *known = table_around(found, known).unwrap_or(known);
    }
    let mut readings: BTreeMap<String, Reading> = best
        .into_values()
        .filter(|candidate| !candidate.framed)
        .map(|candidate| (element(candidate.element).id.clone(), reading(page, candidate)))
        .collect();
    if let (Some(reading), Some(text)) = (readings.get_mut(FEE), fee_in_parts(found)) {
        reading.text = text;
        reading.sure = Sureness::Certain;
    }
    readings
}

/// Content before emptiness, content before the frame, a fitting value before any, clear structures before loose ones; the first one
/// wins among equals.
pub(super) fn rank(candidate: &Candidate) -> (bool, bool, bool, Fit, bool, u8, bool) {
    let content = !candidate.text.is_empty();
    let value = !candidate.section || candidate.fit == Fit::Open;
    (
        !candidate.framed,
        content,
        value,
        candidate.fit,
        candidate.telling,
        structure(candidate.place),
        candidate.exact,
    )
}

/// Whether a value says all that another one says, and more.
fn is_fuller(candidate: &Candidate, known: &Candidate) -> bool {
    candidate.text.len() > known.text.len() && candidate.text.contains(&known.text)
}

/// One column of a table says less than the part of the page that is about the same element and holds the table.
fn table_around<'a>(found: &'a Found, column: &Candidate) -> Option<&'a Candidate> {
    let holds = |outer: &&Candidate| {
        outer.element == column.element
            && !outer.column
            && !outer.framed
            && outer.fit != Fit::Bad
            && outer.span.contains(column.span)
    };
    found.candidates.iter().filter(|_| column.column).find(holds)
}

/// A section and one label inside it that name the same element: the inner value counts.
fn inner<'a>(found: &'a Found, outer: &'a Candidate) -> &'a Candidate {
    let mut inside = found.candidates.iter().filter(|candidate| {
        candidate.element == outer.element
            && candidate.at != outer.at
            && outer.span.contains(candidate.span)
            && (candidate.telling || candidate.exact)
            && !candidate.column
            && !candidate.text.is_empty()
            && candidate.fit != Fit::Bad
    });
    match (inside.next(), inside.next()) {
        (Some(only), None) => only,
        _ => outer,
    }
}

/// 收费项目、收费标准 and 收费依据 are one element of the catalogue; where a page labels each of them, all are its value.
fn fee_in_parts(found: &Found) -> Option<String> {
    let mut parts: Vec<&Candidate> = Vec::new();
    for candidate in found
        .of(FEE)
        .filter(|candidate| !candidate.framed && !candidate.section && !candidate.text.is_empty())
        .filter(|candidate| table_around(found, candidate).is_none())
    {
        let known = parts.iter().any(|part| bare(&part.label) == bare(&candidate.label));
        // A value that begins with its own label holds the parts; it is none of them.
        let whole =
            candidate.text.lines().count() > 1 || candidate.text.starts_with(&*bare(&candidate.label));
        if !known && !whole {
            parts.push(candidate);
        }
    }
    parts.sort_by_key(|part| part.at);
    let lines: Vec<String> =
        parts.iter().map(|part| format!("{}：{}", bare(&part.label), part.text)).collect();
    (lines.len() >= 2).then(|| lines.join("\n"))
}

fn structure(place: Place) -> u8 {
    match place {
        Place::Table | Place::DefinitionList => 5,
        Place::LabelValue => 4,
        Place::Tab | Place::Panel | Place::Inline => 3,
        Place::Heading | Place::List => 2,
        Place::Title | Place::Geometry | Place::Data => 1,
    }
}

fn reading(page: &Page<'_>, candidate: &Candidate) -> Reading {
    let first = page.texts(candidate.span).first().map_or(candidate.span.start, |at| *at as usize);
    let at = first.min(page.len().saturating_sub(1));
    Reading {
        text: candidate.text.clone(),
        label: candidate.label.clone(),
        place: candidate.place,
        sure: sureness(candidate),
        visible: !page.hidden(at),
        node: page.index(at),
        links: links(page, candidate),
    }
}

/// A value of the wrong shape behind a label that may mean several things is a guess.
fn sureness(candidate: &Candidate) -> Sureness {
    let clear = structure(candidate.place) >= 3;
    if candidate.place == Place::Geometry {
        return if candidate.fit == Fit::Good { Sureness::Likely } else { Sureness::Doubtful };
    }
    match (candidate.fit, candidate.ambiguous) {
        (Fit::Bad, true) => Sureness::Doubtful,
        (Fit::Bad, false) if !candidate.exact => Sureness::Doubtful,
        (Fit::Good, _) if clear => Sureness::Certain,
        _ if candidate.exact && clear => Sureness::Certain,
        _ => Sureness::Likely,
    }
}

fn links(page: &Page<'_>, candidate: &Candidate) -> Vec<String> {
    let span = candidate.span;
    let places = span.start..span.end.min(span.start + 2000);
    places.filter_map(|at| page.target(at)).take(20).collect()
}
