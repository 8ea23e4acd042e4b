//! 证据: the pages that problems were seen on, each picture once, however many problems point at it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::{Value, context};

use crate::model::{Capture, Outcome, ReadWhat, Rect};

use super::super::evidence::{Evidence, Material, Spot, best_file};
use super::super::picture::PictureKind;
use super::super::wording::clean;
use super::followable;

/// Pictures in the page, in bytes before encoding; what is beyond stays a file beside it.
const ALL_PICTURES: usize = 3_900_000;
/// One picture in the page.
const ONE_PICTURE: usize = 900_000;

/// The evidence of an outcome, gathered once.
pub(super) struct Gallery {
    shots: Vec<Shot>,
    numbers: BTreeMap<String, usize>,
}

/// One kept page.
struct Shot {
    capture: Capture,
    spots: BTreeMap<u32, Spot>,
    uses: Vec<Use>,
    picture: Option<Picture>,
}

/// A problem that was seen on a page.
struct Use {
    problem: usize,
    node: Option<u32>,
}

/// A picture ready for the page.
struct Picture {
    data: String,
    width: u32,
    height: u32,
}

impl Gallery {
    /// Gathers what the problems (worst first) and the gaps point at.
    pub(super) fn of(material: &Material<'_>) -> Self {
        let mut budget = ALL_PICTURES;
        let mut gallery = Self { shots: Vec::new(), numbers: BTreeMap::new() };
        for (id, uses) in uses_in_order(material.outcome) {
            let Some(capture) = material.evidence.capture(&id) else { continue };
            let shot = Shot::of(material.evidence, capture, uses, &mut budget);
            gallery.numbers.insert(id, gallery.shots.len());
            gallery.shots.push(shot);
        }
        gallery
    }

    /// The way to a capture, and what stands at the node.
    pub(super) fn seen(&self, capture: &str, node: Option<u32>) -> Value {
        let Some(&index) = self.numbers.get(capture) else { return Value::from(()) };
        let shot = &self.shots[index];
        let spot = node.and_then(|node| shot.spots.get(&node));
        context! {
            number => index + 1,
            url => clean(&shot.capture.url),
            link => followable(&shot.capture.url),
            file => best_file(&shot.capture),
            words => spot.map(|spot| spot.words.as_str()),
            place => spot.map(Spot::place),
        }
    }

    /// Every kept page with its picture and the boxes of the problems on it.
    pub(super) fn shots(&self) -> Value {
        let shots = (1_usize..).zip(&self.shots).map(|(number, shot)| shot.value(number));
        Value::from(shots.collect::<Vec<_>>())
    }
}

/// Captures in the order in which the report first needs them, each with the problems seen on it.
fn uses_in_order(outcome: &Outcome) -> Vec<(String, Vec<Use>)> {
    let mut order: Vec<(String, Vec<Use>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let wrong = seen_in_problems(outcome, true);
    let right = seen_in_problems(outcome, false);
    for (capture, found) in wrong.chain(seen_in_gaps(outcome)).chain(right) {
        let place = *places.entry(capture).or_insert_with(|| {
            order.push((capture.to_owned(), Vec::new()));
            order.len() - 1
        });
        order[place].1.extend(found);
    }
    order
}

/// What the problems point at: on the channels that are wrong, or on those that they are held against.
fn seen_in_problems(outcome: &Outcome, wrong: bool) -> impl Iterator<Item = (&str, Option<Use>)> {
    (1..).zip(&outcome.issues).flat_map(move |(problem, issue)| {
        let finding = &issue.finding;
        let sayings = finding.sayings.iter().filter(move |(id, _)| finding.channels.contains(id) == wrong);
        sayings.filter_map(move |(_, saying)| {
            Some((saying.capture.as_deref()?, Some(Use { problem, node: saying.node })))
        })
    })
}

fn seen_in_gaps(outcome: &Outcome) -> impl Iterator<Item = (&str, Option<Use>)> {
    outcome.unseen.iter().filter_map(|row| Some((row.capture.as_deref()?, None)))
}

impl Shot {
    fn of(evidence: &dyn Evidence, capture: Capture, uses: Vec<Use>, budget: &mut usize) -> Self {
        let mut spots = BTreeMap::new();
        if uses.iter().any(|found| found.node.is_some())
            && let Some(page) = evidence.snapshot(&capture)
        {
            for node in uses.iter().filter_map(|found| found.node) {
                spots.extend(Spot::of(&page, node).map(|spot| (node, spot)));
            }
        }
        let picture = Picture::of(evidence, &capture, budget);
        Self { capture, spots, uses, picture }
    }

    fn value(&self, number: usize) -> Value {
        let mut problems: Vec<_> = self.uses.iter().map(|found| found.problem).collect();
        problems.dedup();
        context! {
            number,
            what => purpose(self.capture.what),
            url => clean(&self.capture.url),
            link => followable(&self.capture.url),
            file => best_file(&self.capture),
            problems,
            picture => self.picture.as_ref().map(|picture| {
                context! {
                    data => Value::from_safe_string(picture.data.clone()),
                    width => picture.width,
                    height => picture.height,
                    boxes => self.boxes(picture),
                }
            }),
        }
    }

    /// The spots as shares of the picture in percent. The picture shows the page's whole width, at whatever density.
    fn boxes(&self, picture: &Picture) -> Vec<Value> {
        let mut boxes = Vec::new();
        for found in &self.uses {
            let Some(spot) = found.node.and_then(|node| self.spots.get(&node)) else { continue };
            let Some(rect) = spot.rect else { continue };
            let Some(share) = share(rect, spot.page_width, picture) else { continue };
            let [left, top, width, height] = share.map(|value| format!("{value:.2}"));
            boxes.push(context! { problem => found.problem, left, top, width, height });
        }
        boxes
    }
}

/// Left, top, width and height in percent; `None` for a box that the picture does not show.
fn share(Rect(x, y, wide, high): Rect, page_width: f32, picture: &Picture) -> Option<[f32; 4]> {
    let page_height = page_width * picture.height as f32 / picture.width as f32;
    let shares = [
        x / page_width * 100.0,
        y / page_height * 100.0,
        wide / page_width * 100.0,
        high / page_height * 100.0,
    ];
    let shown = shares.iter().all(|share| share.is_finite())
        && (0.0..100.0).contains(&shares[0])
        && (0.0..100.0).contains(&shares[1])
        && shares[2] > 0.0
        && shares[3] > 0.0;
    shown.then(|| [shares[0], shares[1], shares[2].min(100.0 - shares[0]), shares[3].min(100.0 - shares[1])])
}

impl Picture {
    fn of(evidence: &dyn Evidence, capture: &Capture, budget: &mut usize) -> Option<Self> {
        let bytes = evidence.screenshot(capture)?;
        if bytes.len() > ONE_PICTURE || bytes.len() > *budget {
            return None;
        }
        let kind = PictureKind::of(&bytes)?;
        *budget -= bytes.len();
        let data = format!("data:{};base64,{}", kind.media, STANDARD.encode(&bytes));
        Some(Self { data, width: kind.width, height: kind.height })
    }
}

/// What a page was kept for.
fn purpose(what: ReadWhat) -> &'static str {
    match what {
        ReadWhat::Guide => "办事指南页",
        ReadWhat::LoginForm => "登录页",
        ReadWhat::LoginResult => "登录后的页面",
        ReadWhat::LoginError => "密码错误时的页面",
        ReadWhat::Evidence => "留证页面",
    }
}
