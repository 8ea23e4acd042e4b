//! Candidates: everything on a page that a label may be saying about an element, from every structure.

use crate::model::Place;

use super::follow::{Follow, Follower};
use super::frame;
use super::grid::{CellValue, Grids};
use super::labels::{Label, element};
use super::page::{Page, Span};
use super::shape::{self, Fit};
use super::spot::{Inline, Mark, Spots};
use super::tabs::Tabs;
use super::words;

/// Longer values are cut: no element of a guide needs more.
const LONGEST: usize = 20_000;
/// Lines that one label in front of a block may govern.
const MOST_LINES: usize = 60;

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
    /// Position of the value's first text.
    first_text: usize,
    /// The catalogue's own name.
    pub(super) exact: bool,
    /// One of several things that the label may mean.
    pub(super) ambiguous: bool,
    pub(super) fit: Fit,
    /// Whether it stands in the frame around the content.
    pub(super) framed: bool,
}

/// What was found on a page, with the maps that other readers need.
pub(super) struct Found {
    pub(super) candidates: Vec<Candidate>,
    pub(super) grids: Grids,
}

impl Found {
    /// The candidates of one element.
    pub(super) fn of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Candidate> + 'a {
        self.candidates.iter().filter(move |candidate| element(candidate.element).id == id)
    }
}

/// Every candidate of a page.
pub(super) fn collect(page: &Page<'_>) -> Found {
    let spots = Spots::find(page);
    let grids = Grids::find(page);
    let in_frame = frame::flags(page, &spots);
    let mut candidates = Vec::new();
    {
        let mut follower = Follower::new(page, &spots);
        let mut tabs = Tabs::new(page);
        for mark in &spots.marks {
            let button = mark.label.needs_pair() && is_control(page, mark.at);
            if button || grids.is_value(page, &spots, mark.at) {
                continue;
            }
            if let Some((span, place)) = value_of(page, &spots, &grids, &mut follower, &mut tabs, mark) {
                let text = clean(&page.text(span, &[], LONGEST));
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
    flag_sections(&mut candidates);
    candidates.retain(|candidate| !candidate.panel);
    Found { candidates, grids }
}

/// Marks the candidates whose value holds labels of at least two other elements.
fn flag_sections(candidates: &mut [Candidate]) {
    let mut labels: Vec<(usize, usize)> =
        candidates.iter().map(|candidate| (candidate.at, candidate.element)).collect();
    labels.sort_unstable();
    for candidate in candidates {
        let first = labels.partition_point(|(at, _)| *at < candidate.span.start);
        let mut others: Vec<usize> = labels[first..]
            .iter()
            .take_while(|(at, _)| *at < candidate.span.end)
            .take(200)
            .filter(|(at, element)| *element != candidate.element && *at != candidate.at)
            .map(|(_, element)| *element)
            .collect();
        others.sort_unstable();
        others.dedup();
        // The head of a panel whose content begins with another label is the panel's name, not that label's rival.
        let loose = matches!(candidate.place, Place::Panel | Place::Tab | Place::Heading | Place::LabelValue);
        let first_text = candidate.first_text;
        let headed = labels[first..]
            .iter()
            .take_while(|(at, _)| *at <= first_text)
            .any(|(at, element)| *element != candidate.element && *at != candidate.at);
        let lists = matches!(element(candidate.element).id.as_str(), "materials" | "flow" | "faq");
        candidate.section = others.len() >= 2;
        candidate.panel = loose && headed && !lists;
    }
}

fn value_of(
    page: &Page<'_>,
    spots: &Spots,
    grids: &Grids,
    follower: &mut Follower<'_>,
    tabs: &mut Tabs<'_>,
    mark: &Mark,
) -> Option<(Span, Place)> {
    let result = match grids.value(page, spots, mark.at) {
        Some(CellValue::Beside(span)) => return paired(mark, span, Place::Table),
        Some(CellValue::Under(spans)) => {
            let span = Span { start: spans.first()?.start, end: spans.last()?.end };
            return paired(mark, if spans.len() == 1 { spans[0] } else { span }, Place::Table);
        }
        Some(CellValue::Row(row)) => follower.follow(mark, row),
        None => follower.follow(mark, mark.at),
    };
    match result {
        Follow::Value { span, place } | Follow::Empty { span, place } => paired(mark, span, place),
        Follow::Nothing => {
            let panel = tabs.panel(mark.at)?;
            paired(mark, panel, Place::Tab)
        }
    }
}

/// “立即办理” on a button is something to press, not the label of what happens to stand beside it.
fn is_control(page: &Page<'_>, at: usize) -> bool {
    [at, page.parent(at)].into_iter().any(|at| {
        let class = page.class(at).to_ascii_lowercase();
        let pressed = matches!(page.tag(at), "a" | "button" | "input");
        pressed || class.split_whitespace().any(|name| name.contains("btn") || name.contains("button"))
    })
}

/// Buttons and plain words are labels only beside a value.
fn paired(mark: &Mark, span: Span, place: Place) -> Option<(Span, Place)> {
    let pair = matches!(place, Place::Table | Place::DefinitionList | Place::LabelValue);
    (pair || !mark.label.needs_pair()).then_some((span, place))
}

/// The value behind an inline label: the rest of its line, and the unlabelled lines after it in the same block.
fn inline_value(page: &Page<'_>, spots: &Spots, inline: &Inline) -> (Span, String) {
    let holder = page.parent(inline.at);
    let mut span = page.span(holder);
    let mut text = inline.value.clone();
    if !inline.last {
        return (span, clean(&text));
    }
    let block = if inline.value.trim().is_empty() { page.span(page.parent(holder)) } else { span };
    for line in spots.lines.iter().skip(inline.line + 1).take(MOST_LINES) {
        if line.labelled || !block.contains(line.span) {
            break;
        }
        text.push('\n');
        text.push_str(&page.text(line.span, &[], LONGEST));
        span.end = span.end.max(line.span.end);
    }
    (span, clean(&text))
}

/// Without the colon that the label left, without blank lines.
fn clean(text: &str) -> String {
    let lines: Vec<&str> =
        words::value(text).lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn add(
    candidates: &mut Vec<Candidate>,
    page: &Page<'_>,
    (at, label, shown): (usize, &Label, &str),
    (span, place): (Span, Place),
    text: String,
    framed: bool,
) {
    if !text.is_empty() && label.may_be_value() && place == Place::Heading {
        return;
    }
    let text = if text.is_empty() { picture(page, span) } else { text };
    let mut push = |element: usize, exact: bool, text: String, ambiguous: bool| {
        let fit = shape::fit(&self::element(element).id, &text);
        candidates.push(Candidate {
            element,
            text,
            label: shown.trim().to_owned(),
            place,
            span,
            at,
            section: false,
            panel: false,
            first_text: page.texts(span).first().map_or(span.start, |at| *at as usize),
            exact,
            ambiguous,
            fit,
            framed,
        });
    };
    if label.compound {
        for (sense, text) in shared_out(label, &text) {
            push(sense, false, text, true);
        }
        return;
    }
    let best = label.senses.iter().max_by_key(|sense| {
        let fit = shape::fit(&element(sense.element).id, &text);
        (fit, sense.exact, std::cmp::Reverse(sense.element))
    });
    if let Some(sense) = best {
        push(sense.element, sense.exact, text, label.senses.len() > 1);
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

/// What stands for a value that is only a picture.
fn picture(page: &Page<'_>, span: Span) -> String {
    let found = (span.start..span.end.min(span.start + 400))
        .find(|&at| page.tag(at) == "img" && !super::follow::is_icon(page, at));
    found.map_or_else(String::new, |at| {
        format!("[图片]{}", page.node(at).attr("alt").unwrap_or_default().trim())
    })
}
