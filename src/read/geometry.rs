//! Where structure fails: the value is what stands right of its label, or under it, on the painted page.

use crate::model::{Place, Rect};

use super::candidate::Candidate;
use super::page::{Page, Span};
use super::spot::{Mark, Spots};

/// More boxes, and more labels without a value, than a page has that is laid out by hand.
const MOST_BOXES: usize = 20_000;
const MOST_LABELS: usize = 300;
/// How far right of a label its value may begin, in CSS pixels.
const RIGHT: f32 = 400.0;
/// How far under a label its value may begin, in heights of the label.
const UNDER: f32 = 2.5;
/// Lines that a value may have.
const MOST_LINES: usize = 20;

/// A run of text and the box that it is painted in.
#[derive(Debug, Clone, Copy)]
struct Painted {
    at: usize,
    rect: Rect,
    label: bool,
}

/// What stands beside a label on the painted page, for labels to which structure gives nothing.
pub(super) struct Geometry<'a> {
    page: &'a Page<'a>,
    boxes: Vec<Painted>,
}

impl<'a> Geometry<'a> {
    /// `None` for a page that was not painted.
    pub(super) fn new(page: &'a Page<'a>, spots: &Spots) -> Option<Self> {
        let whole = Span { start: 0, end: page.len() };
        let boxes: Vec<Painted> = page
            .texts(whole)
            .iter()
            .take(MOST_BOXES)
            .filter_map(|&at| {
                let at = at as usize;
                let rect = page.node(page.parent(at)).rect.filter(|rect| rect.2 > 0.0 && rect.3 > 0.0)?;
                let label = spots.first_mark(page, Span { start: at, end: at + 1 }).is_some();
                (!page.hidden(at)).then_some(Painted { at, rect, label })
            })
            .collect();
        (!boxes.is_empty()).then_some(Self { page, boxes })
    }

    /// Whether a value stands beside or under another label and neither beside nor under its own: structure mistook it.
    pub(super) fn contradicts(&self, candidate: &Candidate) -> bool {
        let loose = matches!(candidate.place, Place::LabelValue | Place::Heading);
        let (Some(label), Some(value)) = (self.first(candidate.at), self.first(candidate.span.start)) else {
            return false;
        };
        let value_at = value.rect;
        if !loose || !candidate.span.holds(value.at) || same_line(label.rect, value_at) {
            return false;
        }
        let own = gap_under(label.rect, value_at).is_some();
        let near = |gap: f32, label: Rect| gap <= UNDER * label.3;
        self.boxes.iter().filter(|other| other.label && other.at != label.at).any(|other| {
            let beside = same_line(other.rect, value_at) && gap_right(other.rect, value_at).is_some();
            let above = gap_under(other.rect, value_at).is_some_and(|gap| near(gap, other.rect));
            beside || !own && above
        })
    }

    /// Values of the marks that none of the candidates starts from.
    pub(super) fn values<'m>(
        &self,
        marks: &'m [Mark],
        candidates: &[Candidate],
    ) -> Vec<(&'m Mark, Span, String)> {
        let mut told: Vec<usize> =
            candidates.iter().filter(|one| !one.text.is_empty()).map(|one| one.at).collect();
        told.sort_unstable();
        marks
            .iter()
            .filter(|mark| told.binary_search(&mark.at).is_err())
            .take(MOST_LABELS)
            .filter_map(|mark| {
                let lines = self.beside(self.first(mark.at)?);
                let (first, last) = (lines.first()?, lines.last()?);
                let span = Span { start: first.at, end: (last.at + 1).max(first.at + 1) };
                let texts: Vec<&str> = lines.iter().map(|line| self.page.words(line.at).trim()).collect();
                Some((mark, span, texts.join("\n")))
            })
            .collect()
    }

    /// The box of the first text at or after a position.
    fn first(&self, at: usize) -> Option<Painted> {
        self.boxes.get(self.boxes.partition_point(|one| one.at < at)).copied()
    }

    /// The lines of the value that belongs to a label: right of it, else under it.
    fn beside(&self, label: Painted) -> Vec<Painted> {
        let nearest = |gap: &dyn Fn(Rect) -> Option<f32>| {
            self.boxes
                .iter()
                .filter(|one| one.at != label.at)
                .filter_map(|one| Some((gap(one.rect)?, *one)))
                .min_by(|left, right| left.0.total_cmp(&right.0))
                .map(|(_, one)| one)
        };
        let right = nearest(&|rect| {
            gap_right(label.rect, rect).filter(|gap| *gap <= RIGHT && same_line(label.rect, rect))
        });
        let under = nearest(&|rect| gap_under(label.rect, rect).filter(|gap| *gap <= UNDER * label.rect.3));
        let found = match (right, under) {
            (Some(right), _) if !right.label => Some(right),
            (_, Some(under)) if !under.label => Some(under),
            _ => None,
        };
        found.map_or_else(Vec::new, |first| self.lines(label, first))
    }

    /// A value and the lines that go on under it, down to the next label.
    fn lines(&self, label: Painted, first: Painted) -> Vec<Painted> {
        let mut lines = vec![first];
        while let Some(last) = lines.last().copied().filter(|_| lines.len() < MOST_LINES) {
            let next = self.boxes.iter().find(|one| {
                !one.label
                    && !lines.iter().any(|line| line.at == one.at)
                    && one.at != label.at
                    && (one.rect.0 - last.rect.0).abs() <= 8.0
                    && gap_under(last.rect, one.rect).is_some_and(|gap| gap <= last.rect.3 * 0.8)
            });
            match next {
                Some(next) if !self.is_labelled(*next) => lines.push(*next),
                _ => break,
            }
        }
        lines
    }

    /// Whether a label stands on the line of a box, left of it.
    fn is_labelled(&self, value: Painted) -> bool {
        self.boxes.iter().any(|one| {
            one.label && same_line(one.rect, value.rect) && gap_right(one.rect, value.rect).is_some()
        })
    }
}

/// Whether two boxes share at least half of the lower one's height.
fn same_line(left: Rect, right: Rect) -> bool {
    let overlap = (left.1 + left.3).min(right.1 + right.3) - left.1.max(right.1);
    overlap >= 0.5 * left.3.min(right.3)
}

/// How far right of the first box the second begins; `None` when it does not.
fn gap_right(left: Rect, right: Rect) -> Option<f32> {
    let gap = right.0 - (left.0 + left.2);
    (gap >= -2.0).then_some(gap)
}

/// How far under the first box the second begins, where they share a column; `None` when it does not.
fn gap_under(upper: Rect, lower: Rect) -> Option<f32> {
    let gap = lower.1 - (upper.1 + upper.3);
    let overlap = (upper.0 + upper.2).min(lower.0 + lower.2) - upper.0.max(lower.0);
    (gap >= -2.0 && overlap > 0.0).then_some(gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Guide, Node, Snapshot, Sureness};

    /// A page of boxes that stand side by side in the markup, wherever they are painted.
    fn painted(boxes: &[(&str, f32, f32, f32)]) -> Guide {
        let mut nodes = vec![Node { tag: "body".into(), ..Node::default() }];
        for (text, x, y, width) in boxes {
            let rect = Some(Rect(*x, *y, *width, 24.0));
            nodes.push(Node { tag: "div".into(), rect, ..Node::default() });
            let parent = nodes.len() as u32 - 1;
            nodes.push(Node { parent, tag: "#text".into(), text: (*text).into(), ..Node::default() });
        }
        crate::read::guide(&Snapshot { nodes, ..Snapshot::default() })
    }

    #[test]
    fn labels_in_one_column_and_values_in_another() {
        let guide = painted(&[
            ("承诺办结时限", 40.0, 100.0, 120.0),
            ("办理地点", 40.0, 140.0, 120.0),
            ("咨询电话", 40.0, 180.0, 120.0),
            ("5个工作日", 200.0, 100.0, 300.0),
            ("凤台街88号", 200.0, 140.0, 300.0),
            ("0356-2026000", 200.0, 180.0, 300.0),
        ]);
        let text = |id: &str| guide.elements.get(id).map(|reading| (reading.text.as_str(), reading.place));
        assert_eq!(text("promise_limit"), Some(("5个工作日", Place::Geometry)));
        assert_eq!(text("place"), Some(("凤台街88号", Place::Geometry)));
        assert_eq!(text("consult"), Some(("0356-2026000", Place::Geometry)));
        assert!(guide.elements.values().all(|reading| reading.sure < Sureness::Certain));
    }

    #[test]
    fn a_value_under_its_label_may_have_several_lines() {
        let guide = painted(&[
            ("受理条件", 40.0, 100.0, 120.0),
            ("办理时间", 400.0, 100.0, 120.0),
            ("年满60周岁；", 40.0, 130.0, 300.0),
            ("周一至周五 9:00-17:00", 400.0, 130.0, 300.0),
            ("具有本市户籍。", 40.0, 156.0, 300.0),
        ]);
        assert_eq!(guide.elements["condition"].text, "年满60周岁；\n具有本市户籍。");
        assert_eq!(guide.elements["time"].text, "周一至周五 9:00-17:00");
    }
    /// Rows of a label and a value in elements of their own, one under the other.
    fn rows(pairs: &[(&str, &str)]) -> Guide {
        let mut nodes = vec![Node { tag: "body".into(), ..Node::default() }];
        for (number, (label, value)) in pairs.iter().enumerate() {
            let top = 100.0 + 47.0 * number as f32;
            let place = |x: f32, width: f32| Some(Rect(x, top, width, 24.0));
            nodes.push(Node { tag: "div".into(), rect: place(26.0, 338.0), ..Node::default() });
            let row = nodes.len() as u32 - 1;
            for (text, rect) in [(label, place(26.0, 108.0)), (value, place(134.0, 230.0))] {
                nodes.push(Node { parent: row, tag: "div".into(), rect, ..Node::default() });
                let parent = nodes.len() as u32 - 1;
                nodes.push(Node { parent, tag: "#text".into(), text: (*text).into(), ..Node::default() });
            }
        }
        crate::read::guide(&Snapshot { nodes, ..Snapshot::default() })
    }

    #[test]
    fn an_answer_that_is_a_label_elsewhere_is_no_label_of_what_stands_below_it() {
        let guide = rows(&[
            ("收费情况", "收费"),
            ("收费项目", "收费项目：工本费，每本10元"),
            ("办公时间", "周一至周五 9:00-17:00"),
        ]);
        assert_eq!(guide.elements["fee_flag"].text, "收费");
        assert!(!guide.elements["fee"].text.starts_with("收费："), "{}", guide.elements["fee"].text);
    }
}
