//! What is still to be looked at on one channel: the promising first, nothing twice, and no family of pages that has long
//! brought nothing new (a calendar, a list without end).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use url::Url;

use super::address;

/// Presses from the home page; turning the pages of a list does not count.
const DEEPEST: u32 = 6;
/// Most pages that are only looked at for where they lead.
const MOST_LOOKS: usize = 5000;
/// A family of pages that brought nothing new so often in a row is left alone.
const BARREN_IN_A_ROW: usize = 20;

/// How much is to be hoped of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hope {
    /// The guide of an item that is wanted.
    Wanted,
    /// Of the family that guides are of.
    Good,
    /// Anything else.
    Some,
    /// Probably the guide of an item that nobody asked for.
    Little,
}

/// One page to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) url: Url,
    pub(super) depth: u32,
    /// The item whose guide this is known or believed to be (index into the wanted items).
    pub(super) item: Option<usize>,
    /// Whether the address was only inferred.
    pub(super) guessed: bool,
    /// Whether it has been tried without a browser in vain.
    pub(super) needs_browser: bool,
}

impl Step {
    /// A page to look at.
    pub(super) fn look(url: Url, depth: u32) -> Self {
        Self { url, depth, item: None, guessed: false, needs_browser: false }
    }

    /// The guide of an item, at an address that somebody gave or that was inferred.
    pub(super) fn guide(url: Url, item: usize, guessed: bool) -> Self {
        Self { url, depth: 0, item: Some(item), guessed, needs_browser: false }
    }
}

/// The steps to come.
#[derive(Debug, Default)]
pub(super) struct Frontier {
    queues: BTreeMap<Hope, VecDeque<Step>>,
    known: BTreeSet<String>,
    barren: BTreeMap<String, usize>,
    looks: usize,
    /// Whether something was left out because there was too much of it.
    pub(super) bounded: bool,
}

impl Frontier {
    /// Marks an address as opened already.
    pub(super) fn opened(&mut self, url: &Url) {
        self.known.insert(address::key(url));
    }

    /// Whether nobody has thought of this address before.
    pub(super) fn is_new(&self, url: &Url) -> bool {
        !self.known.contains(&address::key(url))
    }

    /// Puts a step in its queue; says whether it was new.
    pub(super) fn add(&mut self, step: Step, hope: Hope) -> bool {
        if step.depth > DEEPEST {
            self.bounded = true;
            return false;
        }
        let fresh = self.known.insert(address::key(&step.url));
        if fresh {
            self.queues.entry(hope).or_default().push_back(step);
        }
        fresh
    }

    /// Puts a step back that has to be done in another way.
    pub(super) fn again(&mut self, step: Step) {
        self.queues.entry(Hope::Wanted).or_default().push_front(step);
    }

    /// The next step.
    pub(super) fn next(&mut self) -> Option<Step> {
        loop {
            let step = self.queues.values_mut().find_map(VecDeque::pop_front)?;
            if step.item.is_some() || step.needs_browser {
                return Some(step);
            }
            if !self.is_promising(&step.url) || self.looks >= MOST_LOOKS {
                self.bounded = true;
                continue;
            }
            self.looks += 1;
            return Some(step);
        }
    }

    /// Whether pages of this family have not long been bringing nothing.
    pub(super) fn is_promising(&self, url: &Url) -> bool {
        self.barren.get(&address::shape(url)).is_none_or(|barren| *barren < BARREN_IN_A_ROW)
    }

    /// Notes whether a page brought anything that is not just more of its own family.
    pub(super) fn brought(&mut self, url: &Url, something: bool) {
        let barren = self.barren.entry(address::shape(url)).or_default();
        *barren = if something { 0 } else { *barren + 1 };
    }

    /// Forgets every step that is still to come.
    pub(super) fn clear(&mut self) {
        self.queues.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn nothing_is_opened_twice_and_the_wanted_comes_first() {
        let mut frontier = Frontier::default();
        assert!(frontier.add(Step::look(url("http://a.cn/list?a=1&b=2"), 1), Hope::Some));
        assert!(!frontier.add(Step::look(url("http://a.cn/list?b=2&a=1"), 1), Hope::Some));
        assert!(frontier.add(Step::look(url("http://a.cn/guide/1"), 1), Hope::Wanted));
        assert_eq!(frontier.next().unwrap().url.path(), "/guide/1");
        assert_eq!(frontier.next().unwrap().url.path(), "/list");
        assert_eq!(frontier.next(), None);
    }

    #[test]
    fn a_calendar_without_end_is_left_alone() {
        let mut frontier = Frontier::default();
        let month = |number: usize| url(&format!("http://a.cn/calendar?month={number}"));
        frontier.add(Step::look(month(0), 1), Hope::Some);
        let mut opened = 0;
        while let Some(step) = frontier.next() {
            opened += 1;
            frontier.brought(&step.url, false);
            frontier.add(Step::look(month(opened), 1), Hope::Some);
        }
        assert_eq!(opened, BARREN_IN_A_ROW);
        assert!(frontier.bounded);
    }

    #[test]
    fn depth_has_an_end() {
        let mut frontier = Frontier::default();
        assert!(!frontier.add(Step::look(url("http://a.cn/x"), DEEPEST + 1), Hope::Some));
    }
}
