//! Everything that is done to an element besides a plain tap: other presses, boxes, files, days, sliders, dragging, scrolling.

use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::acts::{Mode, SLICE, done, missed};
use super::fault::Fault;
use super::hands::{Motion, Stroke, chord};
use super::script::{
    CALENDAR, CLICK, DATE, FILL, Found, Looked, Miss, PANEL, PICK, SCROLL, SLIDE, Script, TICK, read,
};
use super::session::WebDriverSession;
use crate::browser::act::{Acted, Missed, MissedWhy, Pull, ScrollTo, Touch, Tried};
use crate::browser::port::BrowserError;
use crate::model::{Button, Choice, Half, Locator, Slide, Typing, Way};

/// A drag is made of so many small movements, as a hand would.
const DRAG_PARTS: u32 = 12;
/// How long a drag takes.
const DRAG_TIME: Duration = Duration::from_millis(240);
/// Nobody turns more leaves of a calendar.
const MOST_LEAVES: usize = 400;

/// What most scripts here say: it is done, a point to press, or why not.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Said {
    Done(Option<usize>),
    Chosen(usize),
    Right(usize),
    Type(serde::de::IgnoredAny),
    Press { x: f64, y: f64 },
    Open { locator: usize, x: f64, y: f64 },
    Drag { locator: usize, from: (f64, f64), to: (f64, f64) },
    Missed(Miss),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Leaf {
    Day(f64, f64),
    Turn(f64, f64),
    None(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Panel {
    #[serde(rename = "box")]
    place: (f64, f64, f64, f64),
    locator: Option<usize>,
}

/// An answer to another question: our own mistake, and never a deed that is done.
fn astray() -> BrowserError {
    Fault::Refused("网页里的脚本答非所问".to_owned()).lost()
}

fn at(locator: Option<usize>) -> Tried {
    Tried::Done(Acted { locator, ..Acted::default() })
}

impl WebDriverSession {
    async fn asked(&mut self, script: &Script, input: &Value) -> Result<Said, BrowserError> {
        read(self.script(script, input).await?).map_err(Fault::lost)
    }

    /// A press that is no plain tap.
    pub(super) async fn touch_as(
        &mut self,
        target: &[Locator],
        how: &Touch,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let found = match self.look(target, Mode::Tap, patience).await? {
            Looked::Found(found) => found,
            Looked::Missed(miss) => return Ok(miss.into()),
        };
        if how.by_script {
            self.script(&CLICK, &Value::Null).await?;
        } else {
            let (x, y) = point_of(&found, how.at);
            let finger = self.device.touch && how.button == Button::Left;
            let mut motions = vec![Motion::To(x, y, Duration::ZERO)];
            for _ in 0..how.times {
                motions.push(Motion::Down(how.button));
                if how.hold > 0 {
                    motions.push(Motion::Rest(Duration::from_millis(how.hold)));
                }
                motions.push(Motion::Up(how.button));
            }
            self.point(finger, &motions).await?;
        }
        self.follow_after(&found).await?;
        Ok(done(found.locator))
    }

    pub(super) async fn hover(
        &mut self,
        target: &[Locator],
        place: Option<(f64, f64)>,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        match self.look(target, Mode::Tap, patience).await? {
            Looked::Found(found) => {
                let (x, y) = point_of(&found, place);
                self.point(false, &[Motion::To(x, y, Duration::ZERO)]).await?;
                Ok(done(found.locator))
            }
            Looked::Missed(miss) => Ok(miss.into()),
        }
    }

    /// Moves the pointer just outside the target, else to the corner.
    pub(super) async fn leave(
        &mut self,
        target: &[Locator],
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        match self.look(target, Mode::Visible, patience).await? {
            Looked::Found(found) => {
                self.point(false, &[Motion::To(0.0, 0.0, Duration::ZERO)]).await?;
                Ok(done(found.locator))
            }
            Looked::Missed(miss) => Ok(miss.into()),
        }
    }

    pub(super) async fn fill(
        &mut self,
        into: &[Locator],
        value: &str,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let input = json!({ "locators": into, "value": value, "patience": slice(patience) });
        match self.asked(&FILL, &input).await? {
            Said::Type(_) => self.type_text(into, value, &Typing::default(), patience).await,
            Said::Missed(miss) => Ok(miss.into()),
            Said::Done(locator) => Ok(at(locator)),
            _ => Err(astray()),
        }
    }

    pub(super) async fn pick(
        &mut self,
        from: &[Locator],
        option: &Choice,
        more: Option<bool>,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let option = match option {
            Choice::Words(words) => json!({ "words": words }),
            Choice::Value(value) => json!({ "value": value }),
            Choice::Index(index) => json!({ "index": index }),
            Choice::Id(id) => json!({ "id": id }),
        };
        let input = json!({ "locators": from, "option": option, "more": more, "patience": slice(patience) });
        match self.asked(&PICK, &input).await? {
            Said::Chosen(locator) => Ok(done(locator)),
            Said::Missed(miss) => Ok(miss.into()),
            _ => Err(astray()),
        }
    }

    /// Presses the box when it is not as wanted, and looks again.
    pub(super) async fn tick(
        &mut self,
        target: &[Locator],
        on: bool,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        const TIMES: usize = 3;
        for _ in 0..TIMES {
            let input = json!({ "locators": target, "on": on, "patience": slice(patience) });
            match self.asked(&TICK, &input).await? {
                Said::Right(locator) => return Ok(done(locator)),
                Said::Press { x, y, .. } => self.press_at(&[(x, y)]).await?,
                Said::Missed(miss) => return Ok(miss.into()),
                _ => return Err(astray()),
            }
        }
        Ok(missed(MissedWhy::Disabled))
    }

    pub(super) async fn upload(
        &mut self,
        into: &[Locator],
        file: &Path,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let found = match self.look(into, Mode::File, patience).await? {
            Looked::Found(found) => found,
            Looked::Missed(miss) => return Ok(miss.into()),
        };
        let handed = match found.reference() {
            Some(field) => self.hand_file(field, file).await?,
            None => false,
        };
        Ok(if handed { done(found.locator) } else { missed(MissedWhy::NotPossible) })
    }

    /// A native field is set; a drawn calendar is opened and its leaves are turned; anything else is typed into.
    pub(super) async fn pick_date(
        &mut self,
        into: &[Locator],
        date: &str,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let input = json!({ "locators": into, "date": date, "patience": slice(patience) });
        let (locator, x, y) = match self.asked(&DATE, &input).await? {
            Said::Open { locator, x, y } => (locator, x, y),
            Said::Done(locator) => return Ok(at(locator)),
            Said::Missed(miss) => return Ok(miss.into()),
            _ => return Err(astray()),
        };
        self.press_at(&[(x, y)]).await?;
        let until = Instant::now() + patience.max(Duration::from_secs(5));
        for leaf in 0..MOST_LEAVES {
            let wait = if leaf == 0 { 1500 } else { 3000 };
            let shown: Leaf = read(self.script(&CALENDAR, &json!({ "date": date, "patience": wait })).await?)
                .map_err(Fault::lost)?;
            match shown {
                Leaf::Day(x, y) => {
                    self.press_at(&[(x, y)]).await?;
                    return Ok(done(locator));
                }
                Leaf::Turn(x, y) if Instant::now() < until => self.press_at(&[(x, y)]).await?,
                Leaf::None(_) if leaf == 0 => {
                    return self.type_text(into, date, &Typing::default(), patience).await;
                }
                Leaf::Turn(..) | Leaf::None(_) => break,
            }
        }
        Ok(missed(MissedWhy::NoSuchOption))
    }

    pub(super) async fn slide(
        &mut self,
        of: &[Locator],
        to: Slide,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let (share, by) = match to {
            Slide::Share(share) => (Some(share), None),
            Slide::By(across, down) => (None, Some((across, down))),
        };
        let input = json!({ "locators": of, "share": share, "by": by, "patience": slice(patience) });
        match self.asked(&SLIDE, &input).await? {
            Said::Drag { locator, from, to } => {
                self.drag_between(from, to).await?;
                Ok(done(locator))
            }
            Said::Done(locator) => Ok(at(locator)),
            Said::Missed(miss) => Ok(miss.into()),
            _ => Err(astray()),
        }
    }

    pub(super) async fn drag(
        &mut self,
        from: &[Locator],
        to: &Pull,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let onto = match to {
            Pull::By(..) => None,
            Pull::Onto(onto) => match self.look(onto, Mode::Visible, patience).await? {
                Looked::Found(_) => Some(onto),
                Looked::Missed(miss) => return Ok(miss.into()),
            },
        };
        let found = match self.look(from, Mode::Tap, patience).await? {
            Looked::Found(found) => found,
            Looked::Missed(miss) => return Ok(miss.into()),
        };
        let end = match (onto, to) {
            (Some(onto), _) => match self.look(onto, Mode::Visible, Duration::ZERO).await? {
                Looked::Found(end) => end.middle(),
                Looked::Missed(miss) => return Ok(miss.into()),
            },
            (None, Pull::By(across, down)) => (found.x + across, found.y + down),
            (None, Pull::Onto(_)) => return Ok(missed(MissedWhy::NotFound)),
        };
        self.drag_between((found.x, found.y), end).await?;
        Ok(done(found.locator))
    }

    async fn drag_between(&mut self, from: (f64, f64), to: (f64, f64)) -> Result<(), BrowserError> {
        let mut motions = vec![Motion::To(from.0, from.1, Duration::ZERO), Motion::Down(Button::Left)];
        for part in 1..=DRAG_PARTS {
            let share = f64::from(part) / f64::from(DRAG_PARTS);
            let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            motions.push(Motion::To(x, y, DRAG_TIME / DRAG_PARTS));
        }
        motions.push(Motion::Up(Button::Left));
        self.point(self.device.touch, &motions).await
    }

    pub(super) async fn scroll(&mut self, to: &ScrollTo, patience: Duration) -> Result<Tried, BrowserError> {
        let patience = slice(patience);
        let none: &[Locator] = &[];
        let input = match to {
            ScrollTo::Into(target) => json!({ "way": "into", "locators": target, "patience": patience }),
            ScrollTo::At { x, y, within } => {
                json!({ "way": "at", "x": x, "y": y, "locators": within, "patience": patience })
            }
            ScrollTo::Down => json!({ "way": "down", "locators": none }),
            ScrollTo::Up => json!({ "way": "up", "locators": none }),
            ScrollTo::End => json!({ "way": "end", "locators": none }),
        };
        match self.asked(&SCROLL, &input).await? {
            Said::Missed(miss) => Ok(miss.into()),
            Said::Done(locator) => Ok(at(locator)),
            _ => Err(astray()),
        }
    }

    pub(super) async fn swipe(
        &mut self,
        to: Way,
        within: &[Locator],
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let input = json!({ "locators": within, "patience": slice(patience) });
        let value = self.script(&PANEL, &input).await?;
        if let Some(miss) = value.get("missed") {
            let miss: Miss = read(miss.clone()).map_err(Fault::lost)?;
            return Ok(miss.into());
        }
        let Panel { place: (left, top, width, height), locator } = read(value).map_err(Fault::lost)?;
        let spot = |across: f64, down: f64| (left + width * across, top + height * down);
        let (from, end) = match to {
            Way::Up => (spot(0.5, 0.8), spot(0.5, 0.2)),
            Way::Down => (spot(0.5, 0.2), spot(0.5, 0.8)),
            Way::Left => (spot(0.8, 0.5), spot(0.2, 0.5)),
            Way::Right => (spot(0.2, 0.5), spot(0.8, 0.5)),
        };
        self.drag_between(from, end).await?;
        Ok(at(locator))
    }

    pub(super) async fn keys_on(
        &mut self,
        on: &[Locator],
        key: &str,
        half: Option<Half>,
        times: u32,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let mut locator = None;
        if !on.is_empty() {
            match self.look(on, Mode::Field, patience).await? {
                Looked::Found(found) => {
                    locator = Some(found.locator);
                    self.touch(&found).await?;
                }
                Looked::Missed(miss) => return Ok(miss.into()),
            }
        }
        let Some(strokes) = chord(key) else { return Ok(missed(MissedWhy::NotPossible)) };
        let wanted = |stroke: &Stroke| match (half, stroke) {
            (None, _) | (Some(Half::Down), Stroke::Down(_)) | (Some(Half::Up), Stroke::Up(_)) => true,
            (Some(_), _) => false,
        };
        let strokes: Vec<Stroke> = strokes.into_iter().filter(wanted).collect();
        for _ in 0..times {
            self.strike(&strokes).await?;
        }
        self.follow().await?;
        Ok(at(locator))
    }
}

/// One script waits no longer than a slice.
fn slice(patience: Duration) -> u64 {
    patience.min(SLICE).as_millis() as u64
}

/// The point that is pressed; the middle when the wanted one is outside the box.
fn point_of(found: &Found, place: Option<(f64, f64)>) -> (f64, f64) {
    let (left, top, width, height) = found.place;
    match place {
        Some((x, y)) if (0.0..=width).contains(&x) && (0.0..=height).contains(&y) => (left + x, top + y),
        _ => (found.x, found.y),
    }
}

impl Found {
    /// The middle of its box.
    fn middle(&self) -> (f64, f64) {
        let (left, top, width, height) = self.place;
        (left + width / 2.0, top + height / 2.0)
    }
}

impl From<Miss> for Missed {
    fn from(miss: Miss) -> Self {
        Self { why: miss.why.into(), nearby: miss.nearby }
    }
}
