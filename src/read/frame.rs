//! The frame around the content (menus, footers, hot lists, the list under a dialogue): labels there are no guide's.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::Node;

use super::heading::level;
use super::noise::{self, Frame, Names};
use super::page::{Page, Span};
use super::spot::Spots;

/// A part that only its class name calls frame, but that holds so many labels, is content.
const LABELS_OF_CONTENT: usize = 6;
/// Words that only the foot of a page says.
static FOOT: LazyLock<Regex> = LazyLock::new(|| {
    let words = "版权所有|ICP备|公网安备|网站标识码|Copyright|All Rights Reserved|主办单位：|技术支持：";
    #[expect(clippy::expect_used, reason = "the pattern is fixed and tested")]
    Regex::new(words).expect("the pattern is well formed")
});
/// A foot is no longer than this, in characters.
const LONGEST_FOOT: usize = 400;
/// How far up from such words the foot is looked for.
const CLIMB: usize = 8;
/// A dialogue with fewer labels is no guide.
const LABELS_OF_GUIDE: usize = 4;

/// For each position whether it stands in the frame.
pub(super) fn flags(page: &Page<'_>, spots: &Spots) -> Vec<bool> {
    let mut flags = vec![false; page.len()];
    let (mut until, mut names) = (0, Names::of_frame());
    for (at, flag) in flags.iter_mut().enumerate() {
        if at >= until && is_frame(page, spots, at, &mut names) {
            until = page.end(at);
        }
        *flag = at < until;
    }
    for foot in feet(page, spots) {
        flags[foot.start..foot.end].fill(true);
    }
    if let Some(dialogue) = dialogue(page, spots) {
        flags[..dialogue.start].fill(true);
        flags[dialogue.end..].fill(true);
    }
    flags
}

fn is_frame<'p>(page: &Page<'p>, spots: &Spots, at: usize, names: &mut Names<'p>) -> bool {
    match noise::frame(page.node(at), names) {
        Frame::No => false,
        Frame::Yes => true,
        Frame::Perhaps => spots.marks_in(page.span(at)).len() < LABELS_OF_CONTENT,
    }
}

/// Feet known by what they say: the widest elements around those words that say nothing of a guide but where to go and whom to call.
fn feet(page: &Page<'_>, spots: &Spots) -> Vec<Span> {
    let mut feet: Vec<Span> = Vec::new();
    for &text in page.texts(Span { start: 0, end: page.len() }) {
        let at = text as usize;
        let known = feet.last().is_some_and(|foot| foot.holds(at));
        if !known && FOOT.is_match(page.words(at)) {
            feet.push(foot(page, spots, at));
        }
    }
    feet
}

fn foot(page: &Page<'_>, spots: &Spots, text: usize) -> Span {
    let mut foot = page.span(text);
    let mut at = text;
    for _ in 0..CLIMB {
        at = page.parent(at);
        let around = page.span(at);
        if at == 0 || page.chars(around) > LONGEST_FOOT || speaks_of_a_guide(page, spots, around) {
            break;
        }
        foot = around;
    }
    foot
}

fn speaks_of_a_guide(page: &Page<'_>, spots: &Spots, span: Span) -> bool {
    let marks = spots.marks[spots.marks_in(span)].iter().map(|mark| &mark.label);
    let inlines = spots.inlines_in(span).iter().map(|inline| &inline.label);
    let headed = (span.start..span.end).take(200).any(|at| level(page, at).is_some());
    headed || marks.chain(inlines).any(|label| !label.is_part_of_contact())
}

/// The dialogue that shows a guide over the page that it was opened from: it names more elements than all around it.
fn dialogue(page: &Page<'_>, spots: &Spots) -> Option<Span> {
    let inside = |span: Span| -> BTreeSet<usize> {
        let marks = spots.marks[spots.marks_in(span)].iter().map(|mark| &mark.label);
        let labels = marks.chain(spots.inlines_in(span).iter().map(|inline| &inline.label));
        labels.filter_map(|label| label.senses.first()).map(|sense| sense.element).collect()
    };
    let mut names = Names::with(is_dialogue_name);
    let opened =
        (1..page.len()).filter(|&at| is_dialogue(page.node(at), &mut names) && !page.hidden(at)).take(8);
    let (span, labels) =
        opened.map(|at| (page.span(at), inside(page.span(at)))).max_by_key(|found| found.1.len())?;
    let mut around = inside(Span { start: 0, end: span.start });
    around.extend(inside(Span { start: span.end, end: page.len() }));
    (labels.len() >= LABELS_OF_GUIDE && labels.len() > around.len()).then_some(span)
}

/// A window over the page, by its role or by the names that the common kits give it.
fn is_dialogue<'a>(node: &'a Node, names: &mut Names<'a>) -> bool {
    node.attr("class").is_some_and(|class| names.holds(class))
        || node.attr("role") == Some("dialog")
        || node.attr("aria-modal") == Some("true")
}

fn is_dialogue_name(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "modal",
        "dialog",
        "layui-layer",
        "el-dialog",
        "ant-modal",
        "van-popup",
        "el-drawer",
        "ant-drawer",
        "weui-dialog",
        "popup",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}
