//! A portal's template: what repeats on all of its pages is chrome (menus, hot lists, footers with a hotline), not content.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::Snapshot;

use super::page::{Page, Span};
use super::spot::Spots;
use super::tag::part;

/// Pages that differ in fewer texts are one page seen twice.
const FEWEST_DIFFERENCES: usize = 3;
/// A part that repeats but speaks of so many elements is content that happens to be equal (the same hall, the same hours).
const LABELS_OF_CONTENT: usize = 3;
/// Base of the rolling hash over a page's texts.
const BASE: u64 = 0x0100_0000_01b3;

/// 模板: the parts that all pages of one portal share. An empty one leaves nothing out.
#[derive(Debug, Clone, Default)]
pub struct Template {
    chrome: HashSet<u64>,
}

impl Template {
    /// Learns from pages of one portal about different items; two suffice, one teaches nothing.
    #[must_use]
    pub fn learn(pages: &[&Snapshot]) -> Self {
        let [first, rest @ ..] = pages else { return Self::default() };
        if rest.is_empty() {
            return Self::default();
        }
        let page = Page::new(first);
        if page.len() == 0 {
            return Self::default();
        }
        let prints = Prints::of(&page);
        let mut common: HashSet<u64> = (0..page.len()).map(|at| prints.print(&page, at)).collect();
        for other in rest {
            let other = Page::new(other);
            let prints = Prints::of(&other);
            let there: HashSet<u64> = (0..other.len()).map(|at| prints.print(&other, at)).collect();
            common.retain(|print| there.contains(print));
        }
        let spots = Spots::find(&page);
        Lesson { page: &page, spots: &spots, prints: &prints, common: &common }.chrome()
    }

    /// Whether nothing was learnt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chrome.is_empty()
    }

    /// Marks the positions that belong to the template.
    pub(super) fn mark(&self, page: &Page<'_>, flags: &mut [bool]) {
        if self.is_empty() {
            return;
        }
        let prints = Prints::of(page);
        let mut until = 0;
        for (at, flag) in flags.iter_mut().enumerate() {
            if at >= until && self.chrome.contains(&prints.print(page, at)) {
                until = page.end(at);
            }
            *flag |= at < until;
        }
    }
}

/// Fingerprints of subtrees: where they stand and what they say.
struct Prints {
    /// Of the elements from the root down to each position.
    paths: Vec<u64>,
    /// Rolling hash over the texts before each one.
    texts: Vec<u64>,
    /// Powers of the base.
    powers: Vec<u64>,
    first: Vec<u32>,
}

impl Prints {
    fn of(page: &Page<'_>) -> Self {
        let mut paths = Vec::with_capacity(page.len());
        for at in 0..page.len() {
            let above = if at == 0 { 0 } else { paths[page.parent(at)] };
            let mut hasher = DefaultHasher::new();
            (above, page.tag(at), page.class(at)).hash(&mut hasher);
            paths.push(hasher.finish());
        }
        let whole = page.texts(Span { start: 0, end: page.len() });
        let (mut texts, mut powers) = (vec![0_u64], vec![1_u64]);
        let mut first = vec![0_u32; page.len() + 1];
        for (place, &at) in whole.iter().enumerate() {
            first[at as usize + 1] = 1;
            let mut hasher = DefaultHasher::new();
            page.words(at as usize).trim().hash(&mut hasher);
            texts.push(texts[place].wrapping_mul(BASE).wrapping_add(hasher.finish()));
            powers.push(powers[place].wrapping_mul(BASE));
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        Self { paths, texts, powers, first }
    }

    fn print(&self, page: &Page<'_>, at: usize) -> u64 {
        let (from, to) = (self.first[at] as usize, self.first[page.end(at)] as usize);
        let said = self.texts[to].wrapping_sub(self.texts[from].wrapping_mul(self.powers[to - from]));
        let mut hasher = DefaultHasher::new();
        (self.paths[at], said, to - from).hash(&mut hasher);
        hasher.finish()
    }
}

struct Lesson<'a> {
    page: &'a Page<'a>,
    spots: &'a Spots,
    prints: &'a Prints,
    common: &'a HashSet<u64>,
}

impl Lesson<'_> {
    fn repeats(&self, at: usize) -> bool {
        self.common.contains(&self.prints.print(self.page, at))
    }

    fn chrome(&self) -> Template {
        let whole = Span { start: 0, end: self.page.len() };
        let differing = self.page.texts(whole).iter().filter(|at| !self.repeats(**at as usize)).count();
        let mut chrome = HashSet::new();
        if differing >= FEWEST_DIFFERENCES {
            let mut open = vec![0];
            while let Some(at) = open.pop() {
                for child in self.page.elements(at).filter(|&child| self.page.has_text(self.page.span(child)))
                {
                    if !self.repeats(child) {
                        open.push(child);
                    } else if !self.is_content(at, child) {
                        chrome.insert(self.prints.print(self.page, child));
                    }
                }
            }
        }
        Template { chrome }
    }

    /// Whether a part that repeats is content all the same: a label, the value of one, a row among rows that differ, or a part
    /// that says much about an item.
    fn is_content(&self, parent: usize, at: usize) -> bool {
        let page = self.page;
        let before = page
            .elements(parent)
            .take_while(|&other| other < at)
            .filter(|&other| page.has_text(page.span(other)));
        let labelled = before.last().is_some_and(|other| self.spots.whole(page, other).is_some());
        let twin = page.elements(parent).take(400).any(|other| {
            !self.repeats(other) && page.tag(other) == page.tag(at) && page.class(other) == page.class(at)
        });
        part(page.node(at)).is_some()
            || matches!(page.tag(at), "dt" | "dd" | "tbody" | "thead")
            || self.spots.whole(page, at).is_some()
            || labelled
            || twin
            || self.labels(page.span(at)) >= LABELS_OF_CONTENT
    }

    /// How many elements a part has labels of.
    fn labels(&self, span: Span) -> usize {
        let marks = &self.spots.marks[self.spots.marks_in(span)];
        let whole: BTreeSet<usize> =
            marks.iter().filter_map(|mark| mark.label.senses.first()).map(|sense| sense.element).collect();
        let from = self.spots.inlines.partition_point(|inline| inline.at < span.start);
        let lines = self.spots.inlines[from..].iter().take_while(|inline| span.holds(inline.at));
        let inline: BTreeSet<usize> =
            lines.filter_map(|inline| inline.label.senses.first()).map(|sense| sense.element).collect();
        whole.union(&inline).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Node;
    use crate::read::{guide, guide_of_portal, guide_within};

    /// A page with a menu, an item's rows, a list of hot items and a foot with the portal's own hotline.
    fn page(name: &str, days: &str, hot: &str) -> Snapshot {
        let mut nodes = vec![Node { tag: "body".into(), ..Node::default() }];
        let mut add = |parent: u32, tag: &str, class: &str, text: &str| {
            let attrs = [("class", class)].into_iter().collect();
            nodes.push(Node { parent, tag: tag.into(), attrs, ..Node::default() });
            let at = nodes.len() as u32 - 1;
            if !text.is_empty() {
                nodes.push(Node { parent: at, tag: "#text".into(), text: text.into(), ..Node::default() });
            }
            at
        };
        let main = add(0, "div", "main", "");
        add(main, "h1", "", name);
        for (label, value) in
            [("承诺办结时限", days), ("办理时间", "周一至周五 9:00-17:00"), ("办理地点", name)]
        {
            let row = add(main, "div", "row", "");
            add(row, "span", "label", label);
            add(row, "span", "value", value);
        }
        let list = add(0, "div", "xgtj", hot);
        add(list, "p", "", "咨询电话：12345");
        Snapshot { nodes, ..Snapshot::default() }
    }

    #[test]
    fn what_repeats_is_left_out_and_equal_values_beside_labels_stay() {
        let (one, other) =
            (page("排水许可", "5个工作日", "相关推荐"), page("取水许可", "7个工作日", "相关推荐"));
        assert!(guide(&one).elements.contains_key("consult"));
        let template = Template::learn(&[&one, &other]);
        let read = guide_within(&one, &template);
        assert!(!read.elements.contains_key("consult"), "{:?}", read.elements);
        assert_eq!(read.elements["time"].text, "周一至周五 9:00-17:00");
        assert_eq!(read.elements["promise_limit"].text, "5个工作日");
    }

    #[test]
    fn what_only_the_template_says_is_said_but_never_against_the_page() {
        let own = |phone: &str| {
            let mut page = page(phone, "5个工作日", "相关推荐");
            for (tag, text) in [("span", "咨询电话"), ("span", phone)] {
                let at = page.nodes.len() as u32;
                page.nodes.push(Node { parent: 1, tag: tag.into(), ..Node::default() });
                page.nodes.push(Node {
                    parent: at,
                    tag: "#text".into(),
                    text: text.into(),
                    ..Node::default()
                });
            }
            page
        };
        let (one, other) = (own("0356-2026001"), own("0356-2026002"));
        let template = Template::learn(&[&one, &other]);
        let read = guide_of_portal(&one, &template);
        assert_eq!(read.elements["consult"].text, "0356-2026001");
        assert!(!read.rivals.contains_key("consult"), "{:?}", read.rivals);
        let alone = page("排水许可", "5个工作日", "相关推荐");
        assert!(guide_of_portal(&alone, &template).elements.contains_key("consult"));
    }

    #[test]
    fn one_page_or_the_same_page_twice_teaches_nothing() {
        let one = page("排水许可", "5个工作日", "相关推荐");
        assert!(Template::learn(&[&one]).is_empty());
        assert!(Template::learn(&[&one, &one]).is_empty());
    }
}
