//! Tabs and their panels, however far apart they stand: by address (`href="#id"`), or by position when as many panels as
//! tabs follow, hidden or not.

use std::collections::HashMap;

use super::heading::level;
use super::page::{Page, Span};

/// Finds panels of tabs; remembers tab lists.
pub(super) struct Tabs<'a> {
    page: &'a Page<'a>,
    ids: HashMap<&'a str, usize>,
    lists: HashMap<usize, Option<Vec<(usize, usize)>>>,
}

/// How far up from a tab its list, and from a list its panels, are looked for.
const CLIMB: usize = 4;

impl<'a> Tabs<'a> {
    pub(super) fn new(page: &'a Page<'a>) -> Self {
        let ids =
            (0..page.len()).rev().filter_map(|at| page.node(at).attr("id").map(|id| (id, at))).collect();
        Self { page, ids, lists: HashMap::new() }
    }

    /// The panel that belongs to a tab.
    pub(super) fn panel(&mut self, tab: usize) -> Option<Span> {
        self.by_address(tab).or_else(|| self.by_position(tab))
    }

    /// The part of the page that a label leads to as a link.
    pub(super) fn aimed_at(&self, tab: usize) -> Option<Span> {
        let link = [tab, self.page.parent(tab), tab + 1]
            .into_iter()
            .find(|&at| at < self.page.len() && self.page.tag(at) == "a" && self.target(at).is_some())?;
        let alone = self.page.same_texts(self.page.span(link), self.page.span(tab));
        alone.then(|| self.by_address(tab)).flatten()
    }

    fn by_address(&self, tab: usize) -> Option<Span> {
        let mut at = tab;
        let inside = self.page.span(tab);
        let below = (inside.start..inside.end.min(inside.start + 6)).find_map(|at| self.target(at));
        if let Some(found) = below {
            return self.panel_at(found);
        }
        for _ in 0..2 {
            at = self.page.parent(at);
            if !self.page.same_texts(self.page.span(at), inside) {
                return None;
            }
            if let Some(found) = self.target(at) {
                return self.panel_at(found);
            }
        }
        None
    }

    fn target(&self, at: usize) -> Option<usize> {
        let node = self.page.node(at);
        let id = node.attr("aria-controls").or_else(|| node.attr("href")?.strip_prefix('#'))?;
        self.ids.get(id.trim()).copied()
    }

    fn panel_at(&self, at: usize) -> Option<Span> {
        let span = self.page.span(at);
        (self.page.chars(span) > 0).then_some(span)
    }

    fn by_position(&mut self, tab: usize) -> Option<Span> {
        if level(self.page, tab).is_some() || matches!(self.page.tag(tab), "td" | "th" | "dt" | "dd") {
            return None;
        }
        let mut item = tab;
        for _ in 0..CLIMB {
            let list = self.page.parent(item);
            if item == 0 {
                return None;
            }
            if !self.lists.contains_key(&list) {
                let found = self.match_list(list);
                self.lists.insert(list, found);
            }
            if let Some(pairs) = &self.lists[&list]
                && let Ok(place) = pairs.binary_search_by_key(&item, |pair| pair.0)
            {
                return Some(self.page.span(pairs[place].1));
            }
            if !self.page.same_texts(self.page.span(list), self.page.span(tab)) {
                return None;
            }
            item = list;
        }
        None
    }

    /// Tabs and panels of a list of tabs, side by side.
    fn match_list(&self, list: usize) -> Option<Vec<(usize, usize)>> {
        let tabs: Vec<usize> = self
            .page
            .elements(list)
            .filter(|&item| self.page.has_text(self.page.span(item)))
            .take(40)
            .collect();
        let short = tabs.iter().all(|&tab| self.page.chars(self.page.span(tab)) <= 16);
        if !(2..40).contains(&tabs.len()) || !short {
            return None;
        }
        let mut top = list;
        for _ in 0..CLIMB {
            if top == 0 {
                return None;
            }
            if let Some(panels) = self.panels_after(top, tabs.len()) {
                return Some(tabs.into_iter().zip(panels).collect());
            }
            top = self.page.parent(top);
        }
        None
    }

    /// As many panels as tabs, among the next neighbours or inside one of them.
    fn panels_after(&self, top: usize, count: usize) -> Option<Vec<usize>> {
        let parent = self.page.parent(top);
        let after: Vec<usize> = self
            .page
            .siblings(self.page.end(top), self.page.end(parent))
            .filter(|&next| is_box(self.page, next))
            .take(count + 1)
            .collect();
        if let Some(panels) = self.panels_among(after.clone(), count) {
            return Some(panels);
        }
        after.iter().take(2).find_map(|&next| self.panels_inside(next, count))
    }

    fn panels_inside(&self, holder: usize, count: usize) -> Option<Vec<usize>> {
        let mut holder = holder;
        for _ in 0..3 {
            let inner: Vec<usize> =
                self.page.elements(holder).filter(|&at| is_box(self.page, at)).take(count + 1).collect();
            let single = (inner.len() == 1).then(|| inner[0]);
            if let Some(panels) = self.panels_among(inner, count) {
                return Some(panels);
            }
            holder = single?;
        }
        None
    }

    /// The boxes, or as many of them as there are tabs when those are all alike and what follows is not.
    fn panels_among(&self, mut boxes: Vec<usize>, count: usize) -> Option<Vec<usize>> {
        let page = self.page;
        if boxes.len() > count {
            let alike =
                |at: usize| page.tag(at) == page.tag(boxes[0]) && page.class(at) == page.class(boxes[0]);
            let row = boxes[..count].iter().all(|&at| alike(at)) && !alike(boxes[count]);
            if !row || page.class(boxes[0]).is_empty() {
                return None;
            }
            boxes.truncate(count);
        }
        self.are_panels(&boxes, count).then_some(boxes)
    }

    fn are_panels(&self, boxes: &[usize], count: usize) -> bool {
        let telling = boxes.iter().filter(|&&at| self.page.chars(self.page.span(at)) > 0).count();
        boxes.len() == count && telling * 2 >= count && telling > 0
    }
}

fn is_box(page: &Page, at: usize) -> bool {
    let node = page.node(at);
    let clears = || {
        let mut names = page.class(at).split_whitespace();
        page.end(at) == at + 1
            && names.any(|name| name.starts_with("clear") || name == "cl" || name == "line")
    };
    !node.is_text()
        && !clears()
        && !matches!(
            node.tag.as_str(),
            "script" | "style" | "br" | "hr" | "input" | "template" | "i" | "a" | "span"
        )
}
