//! 证据: the pages that problems were seen on, each picture once, however many problems point at it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::{Value, context};

use crate::model::{Capture, ChannelId, Outcome, ReadWhat, Rect};

use super::super::difference::in_order;
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
    title: String,
    spots: BTreeMap<u32, Spot>,
    uses: Vec<Use>,
    picture: Option<Picture>,
}

/// A problem that was seen on a page.
struct Use {
    problem: usize,
    node: Option<u32>,
    wrong: bool,
}

/// A picture ready for the page.
struct Picture {
    data: String,
    width: u32,
    height: u32,
}

impl Gallery {
    /// Gathers what the problems and the gaps point at, in the order in which the report names them. Pictures of what
    /// is wrong come into the page before those that it is held against.
    pub(super) fn of(material: &Material<'_>) -> Self {
        let mut gallery = Self { shots: Vec::new(), numbers: BTreeMap::new() };
        for wanted in wanted(material.outcome) {
            let Some(capture) = material.evidence.capture(wanted.capture) else { continue };
            gallery.numbers.insert(wanted.capture.to_owned(), gallery.shots.len());
            gallery.shots.push(Shot::of(material, capture, wanted));
        }
        let mut budget = ALL_PICTURES;
        for urgent in [true, false] {
            for shot in gallery.shots.iter_mut().filter(|shot| shot.is_urgent() == urgent) {
                shot.picture = Picture::of(material.evidence, &shot.capture, &mut budget);
            }
        }
        gallery
    }

    /// The way to a capture, and what stands at the node.
    pub(super) fn seen(&self, capture: &str, node: Option<u32>) -> Value {
        let Some(&index) = self.numbers.get(capture) else { return Value::from(()) };
        let shot = &self.shots[index];
        let place = node.and_then(|node| shot.spots.get(&node));
        context! {
            number => index + 1,
            url => clean(&shot.capture.url),
            link => followable(&shot.capture.url),
            file => best_file(&shot.capture),
            words => place.map(|spot| spot.words.as_str()),
            place => place.map(Spot::place),
        }
    }

    /// Every kept page with its picture and the boxes of the problems on it.
    pub(super) fn shots(&self) -> Value {
        let shots = (1_usize..).zip(&self.shots).map(|(number, shot)| shot.value(number));
        Value::from(shots.collect::<Vec<_>>())
    }
}

/// A capture that the report needs: whose page it is, and what was seen on it.
struct Wanted<'a> {
    capture: &'a str,
    channel: Option<&'a ChannelId>,
    item: &'a str,
    uses: Vec<Use>,
}

/// Captures in the order in which the report first needs them.
fn wanted(outcome: &Outcome) -> Vec<Wanted<'_>> {
    let mut order: Vec<Wanted<'_>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for mut one in in_problems(outcome).chain(in_gaps(outcome)).chain(in_hitches(outcome)) {
        if let Some(&place) = places.get(one.capture) {
            order[place].uses.append(&mut one.uses);
        } else {
            places.insert(one.capture, order.len());
            order.push(one);
        }
    }
    order
}

fn in_problems(outcome: &Outcome) -> impl Iterator<Item = Wanted<'_>> {
    (1..).zip(&outcome.issues).flat_map(|(problem, issue)| {
        let finding = &issue.finding;
        in_order(&outcome.run, &finding.sayings).filter_map(move |(id, saying)| {
            let found = Use { problem, node: saying.node, wrong: finding.channels.contains(id) };
            let capture = saying.capture.as_deref()?;
            Some(Wanted { capture, channel: Some(id), item: &finding.item, uses: vec![found] })
        })
    })
}

fn in_gaps(outcome: &Outcome) -> impl Iterator<Item = Wanted<'_>> {
    outcome.unseen.iter().filter_map(|row| {
        let item = if let [only] = row.items.as_slice() { only } else { "" };
        Some(Wanted {
            capture: row.capture.as_deref()?,
            channel: row.channel.as_ref(),
            item,
            uses: Vec::new(),
        })
    })
}

fn in_hitches(outcome: &Outcome) -> impl Iterator<Item = Wanted<'_>> {
    outcome.hitches.iter().filter_map(|hitch| {
        Some(Wanted {
            capture: hitch.capture.as_deref()?,
            channel: Some(&hitch.channel),
            item: &hitch.whom,
            uses: Vec::new(),
        })
    })
}

impl Shot {
    fn of(material: &Material<'_>, capture: Capture, wanted: Wanted<'_>) -> Self {
        let mut spots = BTreeMap::new();
        if wanted.uses.iter().any(|found| found.node.is_some())
            && let Some(page) = material.evidence.snapshot(&capture)
        {
            for node in wanted.uses.iter().filter_map(|found| found.node) {
                spots.extend(Spot::of(&page, node).map(|spot| (node, spot)));
            }
        }
        let channel = wanted.channel.map(|id| clean(material.outcome.run.channel_name(id)));
        let parts = [channel.unwrap_or_default(), purpose(capture.what).to_owned(), clean(wanted.item)];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Self { title: parts.join(" · "), capture, spots, uses: wanted.uses, picture: None }
    }

    /// Whether it shows something wrong or an obstacle, and not only what a problem is held against.
    fn is_urgent(&self) -> bool {
        self.uses.is_empty() || self.uses.iter().any(|found| found.wrong)
    }

    fn value(&self, number: usize) -> Value {
        let mut problems: Vec<_> = self.uses.iter().map(|found| found.problem).collect();
        problems.dedup();
        context! {
            number,
            title => self.title.as_str(),
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

    /// The spots as shares of the picture in percent, one box a spot however many problems are there. The picture
    /// shows the page's whole width, at whatever density.
    fn boxes(&self, picture: &Picture) -> Vec<Value> {
        let boxes = self.spots.iter().filter_map(|(node, spot)| {
            let share = share(spot.rect?, spot.page_width, picture)?;
            let [left, top, width, height] = share.map(|value| format!("{value:.2}"));
            let here = self.uses.iter().filter(|found| found.node == Some(*node));
            let problems: Vec<_> = here.clone().map(|found| found.problem).collect();
            let wrong = here.clone().any(|found| found.wrong);
            Some(context! { problems, wrong, left, top, width, height })
        });
        boxes.collect()
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
        ReadWhat::GuideAgain => "办事指南页（再看一遍）",
        ReadWhat::LoginForm => "登录页",
        ReadWhat::LoginResult => "登录后的页面",
        ReadWhat::LoginError => "密码错误时的页面",
        ReadWhat::Evidence => "留证页面",
    }
}
