//! 易变内容: what a page changes by itself between two visits (已办理1234件, today's queue, a list in random order). It is no
//! difference between channels.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Finding, Guide, Kind, Likeness, Material};
use crate::text::{self, Sort};

/// So many characters before a changing number, and after it, tell the same number on another page.
const CONTEXT: (usize, usize) = (3, 1);
/// What stands in the place of a changing number.
const LEFT_OUT: &str = "…";

#[expect(clippy::expect_used, reason = "the pattern is compiled in and a test uses it")]
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[0-9０-９]+(?:[.,:][0-9]+)*").expect("the pattern is well formed"));

/// What changed between visits, by element id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Volatile {
    changes: BTreeMap<String, Change>,
}

/// How much of an element changed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    /// All of it, as far as can be told.
    Whole,
    /// Only numbers, with what stands before and after them.
    Numbers(BTreeSet<(String, String)>),
}

/// What differs between two readings of one page.
#[must_use]
pub fn volatile(first: &Guide, again: &Guide) -> Volatile {
    let said = |guide: &Guide, id: &str| {
        guide.elements.get(id).map_or_else(String::new, |reading| reading.text.trim().to_owned())
    };
    let ids: BTreeSet<&String> = first.elements.keys().chain(again.elements.keys()).collect();
    let mut changes: BTreeMap<String, Change> = ids
        .into_iter()
        .filter_map(|id| Some((id.clone(), change(id, &said(first, id), &said(again, id))?)))
        .collect();
    if rows(&first.materials) != rows(&again.materials) {
        changes.insert("materials".to_owned(), Change::Whole);
    }
    Volatile { changes }
}

/// What a page says that was seen twice, and what it changes by itself. A page may have been seen before it was complete:
/// what only one of two looks found is there.
#[must_use]
pub fn seen_twice(first: Guide, again: Guide) -> (Guide, Volatile) {
    let (fuller, other) =
        if again.elements.len() > first.elements.len() { (again, first) } else { (first, again) };
    let mut changing = volatile(&fuller, &other);
    changing.changes.retain(|id, _| {
        if id == "materials" { !other.materials.is_empty() } else { other.elements.contains_key(id) }
    });
    (fuller, changing)
}

/// The rows of a list without their order, which is compared nowhere.
fn rows(materials: &[Material]) -> BTreeSet<&BTreeMap<String, String>> {
    materials.iter().map(|material| &material.fields).collect()
}

fn change(id: &str, first: &str, again: &str) -> Option<Change> {
    let sort = text::sort_of(id);
    if text::likeness(sort, first, again) != Likeness::Differs {
        return None;
    }
    // A limit or a telephone number is one value: without its number nothing is left of it.
    let is_prose = matches!(sort, Sort::Words | Sort::Stages | Sort::Law | Sort::Set);
    let (before, after): (Vec<_>, Vec<_>) =
        (NUMBER.find_iter(first).collect(), NUMBER.find_iter(again).collect());
    let is_same_prose = NUMBER.replace_all(first, LEFT_OUT) == NUMBER.replace_all(again, LEFT_OUT);
    if !is_prose || !is_same_prose {
        return Some(Change::Whole);
    }
    let changed = before.iter().zip(&after).filter(|(left, right)| left.as_str() != right.as_str());
    Some(Change::Numbers(changed.map(|(number, _)| context(first, number.start(), number.end())).collect()))
}

/// What stands before and after a stretch of a text.
fn context(text: &str, start: usize, end: usize) -> (String, String) {
    let before: Vec<char> = text[..start].chars().rev().take(CONTEXT.0).collect();
    (before.into_iter().rev().collect(), text[end..].chars().take(CONTEXT.1).collect())
}

impl Volatile {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Ids of the elements that changed, in whole or in part.
    pub fn elements(&self) -> impl Iterator<Item = &str> {
        self.changes.keys().map(String::as_str)
    }

    /// Adds what changed on another page of the same item.
    pub fn absorb(&mut self, other: &Self) {
        for (element, change) in &other.changes {
            match (self.changes.get_mut(element), change) {
                (Some(Change::Numbers(known)), Change::Numbers(more)) => known.extend(more.iter().cloned()),
                (Some(Change::Whole), _) => {}
                (_, change) => drop(self.changes.insert(element.clone(), change.clone())),
            }
        }
    }

    /// A guide without the numbers that change, so that the rest of the element can still be compared.
    #[must_use]
    pub fn steady(&self, guide: &Guide) -> Guide {
        let mut steady = guide.clone();
        for (element, change) in &self.changes {
            if let (Change::Numbers(contexts), Some(reading)) = (change, steady.elements.get_mut(element)) {
                reading.text = without(&reading.text, contexts);
            }
        }
        steady
    }

    /// Whether an element changes as a whole and cannot be compared at all.
    #[must_use]
    pub fn is_whole(&self, element: &str) -> bool {
        self.changes.get(element) == Some(&Change::Whole)
    }

    /// Whether a finding compares what cannot be compared.
    #[must_use]
    pub fn covers(&self, finding: &Finding) -> bool {
        let compares =
            matches!(finding.kind, Kind::Differs | Kind::Baseline | Kind::Missing | Kind::Contradictory);
        compares && self.is_whole(&finding.element)
    }
}

fn without(text: &str, contexts: &BTreeSet<(String, String)>) -> String {
    let mut steady = String::with_capacity(text.len());
    let mut end = 0;
    for number in NUMBER.find_iter(text) {
        steady.push_str(&text[end..number.start()]);
        let changes = contexts.contains(&context(text, number.start(), number.end()));
        steady.push_str(if changes { LEFT_OUT } else { number.as_str() });
        end = number.end();
    }
    steady.push_str(&text[end..]);
    steady
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    fn guide(element: &str, said: &str) -> Guide {
        Trial::new().set("pc", element, said).guide("pc")
    }

    fn changed(element: &str, first: &str, again: &str) -> Volatile {
        volatile(&guide(element, first), &guide(element, again))
    }

    #[test]
    fn a_page_that_stays_has_nothing_volatile() {
        for (element, first, again) in [
            ("condition", "已满16周岁", "已满16周岁"),
            ("promise_limit", "20个工作日", "２０工作日"),
            ("consult", "0356-2026101", "（0356）2026101"),
        ] {
            assert!(changed(element, first, again).is_empty(), "{element}");
        }
    }

    #[test]
    fn what_only_one_of_two_looks_found_is_there() {
        let (full, bare) =
            (Trial::new().guide("pc"), Guide { title: String::new(), ..guide("place", "市政务大厅") });
        let half =
            Guide { elements: bare.elements.into_iter().filter(|(id, _)| id == "place").collect(), ..bare };
        for (first, again) in [(half.clone(), full.clone()), (full.clone(), half)] {
            let (seen, changing) = seen_twice(first, again);
            assert_eq!(seen.elements.len(), full.elements.len());
            assert!(
                changing.elements().all(|element| element == "place" || element == "materials"),
                "{changing:?}"
            );
        }
    }

    #[test]
    fn a_counter_is_left_out_and_the_rest_still_compared() {
        let counting = changed("condition", "年满16周岁。已办理1234件", "年满16周岁。已办理1235件");
        assert_eq!(counting.elements().collect::<Vec<_>>(), ["condition"]);
        assert!(!counting.is_whole("condition"));
        let steady =
            |said: &str| counting.steady(&guide("condition", said)).elements["condition"].text.clone();
        assert_eq!(steady("年满16周岁。已办理1,240件"), "年满16周岁。已办理…件");
        assert_eq!(steady("年满18周岁。已办理77件"), "年满18周岁。已办理…件");
        assert_eq!(steady("已办理"), "已办理");
    }

    #[test]
    fn what_changes_in_words_or_is_one_number_changes_as_a_whole() {
        for (element, first, again) in [
            ("faq", "怎样办理？", "在哪里办理？"),
            ("promise_limit", "20个工作日", "15个工作日"),
            ("visits", "1次", "2次"),
            ("notes_of_today", "", "今日排队12人"),
        ] {
            assert!(changed(element, first, again).is_whole(element), "{element}");
        }
    }

    #[test]
    fn rows_in_another_order_stay_and_another_row_does_not() {
        let first = Trial::new().guide("pc");
        let mut turned = first.clone();
        turned.materials.reverse();
        assert!(volatile(&first, &turned).is_empty());
        turned.materials.pop();
        assert!(volatile(&first, &turned).is_whole("materials"));
    }
}
