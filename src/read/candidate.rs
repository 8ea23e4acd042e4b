//! Candidates: everything on a page that a label may be saying about an element, from every structure.

use crate::model::{Catalogue, Place};

use super::follow::{Follow, Follower};
use super::frame;
use super::geometry::Geometry;
use super::grid::{CellValue, Grids};
use super::heading::level;
use super::labels::{Label, element, field};
use super::page::{Page, Span};
use super::section::{flag_sections, keep_answers_whole};
use super::shape::{self, Fit, Look};
use super::spot::{Mark, Spots};
use super::tabs::Tabs;
use super::template::Template;
use super::value::{LONGEST, clean, column, inline_value, picture};

/// All values together are no longer than this, in bytes, before they are cut short: labels nested in labels would repeat the
/// page as often as it is deep.
const MOST_TEXT: usize = 4_000_000;
/// More places than a page has for its materials.
const MOST_LISTS: usize = 12;
/// How long values then are, in characters.
const SHORT: usize = 200;

/// A value that a label gives to an element.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an observation of its own")]
pub(super) struct Candidate {
    /// Place of the element in the catalogue.
    pub(super) element: usize,
    /// The value; empty when the label stands there without one.
    pub(super) text: String,
    /// The label as written.
    pub(super) label: String,
    pub(super) place: Place,
    /// Where the value stands.
    pub(super) span: Span,
    /// Where the label stands.
    pub(super) at: usize,
    /// Whether the value holds labels of several other elements: a part of the page rather than a value.
    pub(super) section: bool,
    /// Whether the value begins with another element's label: the label only names a part of the page.
    pub(super) panel: bool,
    /// Whether the label only names a part of some contact (电话, 地址).
    pub(super) part_of_contact: bool,
    /// Whether the label says whom one reaches (咨询电话, not 电话).
    says_whose: bool,
    /// Whether the label is a word of its own kind, not one of everyday (电话, 费用).
    pub(super) telling: bool,
    /// Position of the value's first text.
    pub(super) first_text: usize,
    /// The catalogue's own name.
    pub(super) exact: bool,
    /// One of several things that the label may mean.
    pub(super) ambiguous: bool,
    pub(super) fit: Fit,
    /// Whether it stands in the frame around the content.
    pub(super) framed: bool,
    /// Whether the value is only one column of a table.
    pub(super) column: bool,
}

/// What was found on a page, with the maps that other readers need.
pub(super) struct Found {
    pub(super) candidates: Vec<Candidate>,
    pub(super) grids: Grids,
    /// For each position whether it stands in the frame around the content.
    pub(super) framed: Vec<bool>,
}

impl Found {
    /// The candidates of one element.
    pub(super) fn of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Candidate> + 'a {
        self.candidates.iter().filter(move |candidate| element(candidate.element).id == id)
    }
}

/// Every candidate of a page.
pub(super) fn collect(page: &Page<'_>, template: &Template) -> Found {
    let spots = Spots::find(page);
    let grids = Grids::find(page);
    let mut in_frame = frame::flags(page, &spots);
    template.mark(page, &mut in_frame);
    let mut candidates = Vec::new();
    {
        let mut follower = Follower::new(page, &spots);
        let mut tabs = Tabs::new(page);
        let mut room = MOST_TEXT;
        for mark in &spots.marks {
            let button = mark.label.needs_pair() && is_control(page, mark.at);
            if button
                || grids.is_value(page, &spots, mark.at)
                || grids.heads_other_things(page, &spots, mark.at)
            {
                continue;
            }
            if let Some((span, place)) = value_of(page, &spots, &grids, &mut follower, &mut tabs, mark)
                && (is_pair(place) || !mark.label.needs_pair() || is_answer(page, mark, span, place))
            {
                let longest = LONGEST.min(room.max(SHORT));
                let text = match grids.value(page, &spots, mark.at) {
                    Some(CellValue::Under(cells)) => column(page, &cells, longest),
                    _ => clean(&page.text(span, &[], longest)),
                };
                room = room.saturating_sub(text.len());
                let known = candidates.len();
                add(
                    &mut candidates,
                    page,
                    (mark.at, &mark.label, &mark.shown),
                    (span, place),
                    text,
                    in_frame[mark.at],
                );
                let column = grids.is_column(page, &spots, mark.at);
                candidates[known..].iter_mut().for_each(|candidate| candidate.column = column);
            }
        }
    }
    for inline in &spots.inlines {
        let (span, text) = inline_value(page, &spots, inline);
        add(
            &mut candidates,
            page,
            (inline.at, &inline.label, &inline.shown),
            (span, Place::Inline),
            text,
            in_frame[inline.at],
        );
    }
    if let Some(geometry) = Geometry::new(page, &spots) {
        candidates.retain(|candidate| !geometry.contradicts(candidate));
        for (mark, span, text) in geometry.values(&spots.marks, &candidates) {
            // 收费 behind 收费情况 is an answer, not the label of what stands below it.
            if is_answered(page, &candidates, mark.at) {
                continue;
            }
            let text = clean(&text);
            let place = Place::Geometry;
            let suits = mark
                .label
                .senses
                .iter()
                .any(|sense| shape::fit(&element(sense.element).id, &text) == Fit::Good);
            if !is_control(page, mark.at) && (suits || !mark.label.needs_pair() && !mark.label.may_be_value())
            {
                add(
                    &mut candidates,
                    page,
                    (mark.at, &mark.label, &mark.shown),
                    (span, place),
                    text,
                    in_frame[mark.at],
                );
            }
        }
    }
    // What the page hides because it has nothing to say there is not on the page.
    candidates.retain(|candidate| !candidate.text.is_empty() || !is_hidden_alone(page, candidate.at));
    give_contacts_their_parts(&mut candidates);
    give_materials_their_fields(&mut candidates);
    flag_sections(page, &mut candidates);
    candidates.retain(|candidate| !candidate.panel);
    keep_answers_whole(&mut candidates);
    Found { candidates, grids, framed: in_frame }
}

/// Whether a structure of the page gives these words as the whole value of another label.
fn is_answered(page: &Page<'_>, candidates: &[Candidate], words: usize) -> bool {
    candidates.iter().any(|candidate| {
        is_pair(candidate.place) && candidate.at != words && page.same_texts(candidate.span, page.span(words))
    })
}

/// Whether a label is hidden by itself (`v-show` of an empty value) rather than with the part of the page around it.
fn is_hidden_alone(page: &Page<'_>, label: usize) -> bool {
    if !page.hidden(label) {
        return false;
    }
    let mut at = label;
    while at > 0 && page.hidden(page.parent(at)) {
        at = page.parent(at);
        if !page.same_texts(page.span(at), page.span(label)) {
            return false;
        }
    }
    page.same_texts(page.span(at), page.span(label))
}

/// “电话：…” and “地址：…” inside 监督投诉方式 say how to complain, not whom to ask.
fn give_contacts_their_parts(candidates: &mut Vec<Candidate>) {
    let own = |id: &str| matches!(id, "consult" | "complain");
    let wholes: Vec<(Span, usize, usize)> = candidates
        .iter()
        .filter(|whole| own(&element(whole.element).id) && !whole.text.is_empty())
        .filter(|whole| !whole.part_of_contact || whole.says_whose)
        .filter(|whole| whole.place != Place::Table && whole.span.end - whole.span.start < 400)
        .map(|whole| (whole.span, whole.at, whole.element))
        .collect();
    let mixed =
        |span: Span, element: usize| wholes.iter().any(|(_, at, other)| *other != element && span.holds(*at));
    let closed: Vec<(Span, usize)> = wholes
        .iter()
        .filter(|(span, _, element)| !mixed(*span, *element))
        .map(|(span, at, _)| (*span, *at))
        .collect();
    candidates.retain(|part| {
        !part.part_of_contact || !closed.iter().any(|(span, at)| span.holds(part.at) && *at != part.at)
    });
}

/// “类型：…” and “依据：…” inside 申请材料 describe a material, not the item.
fn give_materials_their_fields(candidates: &mut Vec<Candidate>) {
    let lists: Vec<Span> = candidates
        .iter()
        .filter(|one| element(one.element).id == "materials" && !one.text.is_empty())
        .map(|one| one.span)
        .take(MOST_LISTS)
        .collect();
    let inside = |at: usize| lists.iter().any(|list| list.holds(at));
    candidates.retain(|one| one.telling || field(&one.label).is_none() || !inside(one.at));
}

fn value_of(
    page: &Page<'_>,
    spots: &Spots,
    grids: &Grids,
    follower: &mut Follower<'_>,
    tabs: &mut Tabs<'_>,
    mark: &Mark,
) -> Option<(Span, Place)> {
    if let Some(panel) = tabs.aimed_at(mark.at) {
        return Some((without_title(page, spots, mark, panel)?, Place::Tab));
    }
    let result = match grids.value(page, spots, mark.at) {
        Some(CellValue::Beside(span)) => return Some((span, Place::Table)),
        Some(CellValue::Under(spans)) => {
            let span = Span { start: spans.first()?.start, end: spans.last()?.end };
            return Some((if spans.len() == 1 { spans[0] } else { span }, Place::Table));
        }
        Some(CellValue::Row(row)) => match follower.follow(mark, row) {
            Follow::Value { span, .. } => return Some((span, Place::Heading)),
            other => other,
        },
        None => follower.follow(mark, mark.at),
    };
    match result {
        Follow::Value { span, place } | Follow::Empty { span, place } => Some((span, place)),
        Follow::Nothing => {
            let panel = tabs.panel(mark.at)?;
            Some((without_title(page, spots, mark, panel)?, Place::Tab))
        }
    }
}

/// A panel without the heading that only repeats its tab.
fn without_title(page: &Page<'_>, spots: &Spots, tab: &Mark, panel: Span) -> Option<Span> {
    let Some(title) = spots.first_mark(page, panel) else { return Some(panel) };
    let repeated = title
        .label
        .senses
        .iter()
        .any(|sense| tab.label.senses.iter().any(|own| own.element == sense.element));
    if !repeated || title.at == tab.at {
        return Some(panel);
    }
    let rest = Span { start: page.end(title.at), end: panel.end };
    (!rest.is_empty()).then_some(rest)
}

/// “立即办理” on a button is something to press, not the label of what happens to stand beside it.
fn is_control(page: &Page<'_>, at: usize) -> bool {
    let mut inside: Vec<usize> = vec![page.parent(at), at];
    let first = page.texts(page.span(at)).first().map_or(at, |text| *text as usize);
    let mut here = page.parent(first);
    while here > at && inside.len() < 8 {
        inside.push(here);
        here = page.parent(here);
    }
    inside.into_iter().any(|at| {
        let class = page.class(at).to_ascii_lowercase();
        let pressed = matches!(page.tag(at), "a" | "button" | "input");
        pressed || class.split_whitespace().any(|name| name.contains("btn") || name.contains("button"))
    })
}

/// Buttons and plain words are labels only beside a value.
pub(super) fn is_pair(place: Place) -> bool {
    matches!(place, Place::Table | Place::DefinitionList | Place::LabelValue)
}

/// … or as a heading of its own, by its element or its number, over a short value that suits them.
fn is_answer(page: &Page<'_>, mark: &Mark, span: Span, place: Place) -> bool {
    let headed = level(page, mark.at).is_some() || mark.enumerator.is_some();
    let heading = place == Place::Heading && headed && page.chars(span) <= 120;
    heading && {
        let text = page.text(span, &[], LONGEST);
        mark.label.senses.iter().any(|sense| shape::fit(&element(sense.element).id, &text) == Fit::Good)
    }
}

fn add(
    candidates: &mut Vec<Candidate>,
    page: &Page<'_>,
    (at, label, shown): (usize, &Label, &str),
    (span, place): (Span, Place),
    text: String,
    framed: bool,
) {
    let answered = || {
        let look = Look::of(&text);
        label.senses.iter().any(|sense| look.fit(&element(sense.element).id) == Fit::Good)
    };
    if !text.is_empty() && label.may_be_value() && place == Place::Heading && !answered() {
        return;
    }
    if label.is_general() && !is_plain_time(&text) {
        return;
    }
    let text = if text.is_empty() { picture(page, span) } else { text };
    let mut push = |element: usize, exact: bool, (text, fit): (String, Fit), ambiguous: bool| {
        candidates.push(Candidate {
            element,
            text,
            label: shown.trim().to_owned(),
            place,
            span,
            at,
            section: false,
            panel: false,
            part_of_contact: label.is_part_of_contact(),
            says_whose: label.says_whose(),
            telling: !label.needs_pair(),
            first_text: page.texts(span).first().map_or(span.start, |at| *at as usize),
            exact,
            ambiguous,
            fit,
            framed,
            column: false,
        });
    };
    if label.compound {
        for (sense, text) in shared_out(label, &text) {
            let fit = shape::fit(&element(sense).id, &text);
            push(sense, false, (text, fit), true);
        }
        return;
    }
    let look = Look::of(&text);
    let best = label.senses.iter().enumerate().max_by_key(|(order, sense)| {
        (look.fit(&element(sense.element).id), sense.exact, std::cmp::Reverse(*order))
    });
    if let Some((_, sense)) = best {
        let meant = meant(sense.element, &text);
        let fit = look.fit(&element(meant).id);
        push(meant, sense.exact && meant == sense.element, (text, fit), label.senses.len() > 1);
    }
}

/// Opening hours, and not the date of an article.
fn is_plain_time(text: &str) -> bool {
    shape::fit("time", text) == Fit::Good && !is_dated(text)
}

/// Whether a text holds a year of four digits.
fn is_dated(text: &str) -> bool {
    let year = |run: &str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
    text.split(|letter: char| !letter.is_ascii_digit()).any(year)
}

/// “收费依据及标准：不收费” answers whether there is a fee.
fn meant(sense: usize, text: &str) -> usize {
    let flag = Catalogue::embedded().elements.iter().position(|element| element.id == "fee_flag");
    match flag {
        Some(flag) if element(sense).id == "fee" && shape::is_free(text) => flag,
        _ => sense,
    }
}

/// The value of a compound label, line by line to the element that each line suits, or whole to each of them.
fn shared_out(label: &Label, text: &str) -> Vec<(usize, String)> {
    let senses = || label.senses.iter().map(|sense| sense.element);
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() < 2 {
        return senses()
            .filter(|&sense| shape::fit(&element(sense).id, text) != Fit::Bad)
            .map(|sense| (sense, text.to_owned()))
            .collect();
    }
    let mut shares: Vec<(usize, Vec<&str>)> = senses().map(|sense| (sense, Vec::new())).collect();
    for line in lines {
        let best = shares.iter_mut().rev().max_by_key(|(sense, _)| shape::fit(&element(*sense).id, line));
        if let Some((_, share)) = best {
            share.push(line);
        }
    }
    shares
        .into_iter()
        .filter(|(_, share)| !share.is_empty())
        .map(|(sense, share)| (sense, share.join("\n")))
        .collect()
}
