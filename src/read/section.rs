//! Labels inside the values of other labels: what is a part of the page rather than a value, and what belongs to an answer.

use crate::model::Place;

use super::candidate::{Candidate, is_pair};
use super::labels::element;
use super::page::{Page, Span};
use super::shape::{self, Fit};

/// “是 · 在线预约地址：无”: what an answer says further, under a label of its own element, is part of the answer.
pub(super) fn keep_answers_whole(candidates: &mut Vec<Candidate>) {
    let answers: Vec<(usize, Span, usize)> = candidates
        .iter()
        .filter(|one| is_pair(one.place) && !one.section && one.fit != Fit::Bad)
        .filter(|one| one.text.lines().count() > 1)
        .filter(|one| one.text.lines().next().is_some_and(|first| shape::is_yes_no(first.trim())))
        .map(|one| (one.element, one.span, one.first_text))
        .collect();
    candidates.retain(|inner| {
        inner.place != Place::Inline
            || !answers.iter().any(|(element, span, first)| {
                *element == inner.element && span.holds(inner.at) && *first < inner.at
            })
    });
}

/// A label and how far what it says goes.
struct Reach {
    at: usize,
    element: usize,
    end: usize,
}

/// Whether a value is nothing but other elements' labels with what they say: the label only names a part of the page.
fn is_all_others(page: &Page<'_>, candidate: &Candidate, labels: &[Reach]) -> bool {
    let mut others = labels
        .iter()
        .filter(|label| label.element != candidate.element && candidate.span.holds(label.at))
        .take(200)
        .peekable();
    let mut reach = candidate.span.start;
    page.texts(candidate.span).iter().map(|text| *text as usize).all(|text| {
        while let Some(label) = others.next_if(|label| label.at <= text) {
            reach = reach.max(label.end);
        }
        text < reach
    })
}

/// Marks the candidates whose value holds labels of at least two other elements.
pub(super) fn flag_sections(page: &Page<'_>, candidates: &mut [Candidate]) {
    let mut reaches: Vec<Reach> =
        candidates.iter().map(|one| Reach { at: one.at, element: one.element, end: one.span.end }).collect();
    reaches.sort_unstable_by_key(|reach| (reach.at, reach.element));
    let labels: Vec<(usize, usize)> = reaches.iter().map(|reach| (reach.at, reach.element)).collect();
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
        let begins_with = |own: bool| {
            labels[first..]
                .iter()
                .take_while(|(at, _)| *at <= first_text)
                .any(|(at, element)| (*element == candidate.element) == own && *at != candidate.at)
        };
        let lists = matches!(element(candidate.element).id.as_str(), "materials" | "flow" | "faq");
        candidate.section = others.len() >= 2;
        let named_only = || is_all_others(page, candidate, &reaches[first..]);
        // 到哪里办 over rows of which the first is 到哪里办 again: what that row says counts, even if it says nothing.
        let repeated = candidate.section && !lists && begins_with(true);
        candidate.panel = loose && (repeated || begins_with(false) && (!lists || named_only()));
    }
}
