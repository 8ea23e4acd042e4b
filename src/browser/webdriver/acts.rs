//! Acts on a page: a script finds the target and waits until it can be touched, then trusted events touch it.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::fault::Fault;
use super::script::{CHOOSE, Found, GONE, LOOK, Looked, Miss, TAPPED, read};
use super::session::WebDriverSession;
use crate::browser::act::{Act, Acted, Missed, MissedWhy, Tried};
use crate::browser::port::BrowserError;
use crate::model::Locator;

/// One script waits no longer than this; a longer patience is several scripts, so that the deadlines stay short.
pub(super) const SLICE: Duration = Duration::from_secs(8);
/// How long a link that opens another window may take to do so.
const WINDOW_LIMIT: Duration = Duration::from_millis(1500);

/// How long a drawn list may take to open.
const DRAWN_LIMIT: Duration = Duration::from_secs(2);

/// How the locators are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Tap,
    Field,
    Visible,
    /// On the page, seen or not.
    There,
    /// A file field, seen or not.
    File,
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Self::Tap => "tap",
            Self::Field => "field",
            Self::Visible => "visible",
            Self::There => "there",
            Self::File => "file",
        }
    }
}

pub(super) fn done(locator: usize) -> Tried {
    Tried::Done(Acted { locator: Some(locator), ..Acted::default() })
}

pub(super) fn missed(why: MissedWhy) -> Tried {
    Tried::Missed(Missed { why, nearby: Vec::new() })
}

impl From<Miss> for Tried {
    fn from(miss: Miss) -> Self {
        Self::Missed(Missed { why: miss.why.into(), nearby: miss.nearby })
    }
}

impl WebDriverSession {
    pub(super) async fn perform(&mut self, act: &Act, patience: Duration) -> Result<Tried, BrowserError> {
        match act {
            Act::Tap(target) => self.perform_tap(target, patience).await,
            Act::Touch { target, how } => self.touch_as(target, how, patience).await,
            Act::Append { into, text } => self.append(into, text, patience).await,
            Act::Fill { into, value } => self.fill(into, value, patience).await,
            Act::Pick { from, option, more } => self.pick(from, option, *more, patience).await,
            Act::Tick { target, on } => self.tick(target, *on, patience).await,
            Act::Upload { into, file } => self.upload(into, file, patience).await,
            Act::PickDate { into, date } => self.pick_date(into, date, patience).await,
            Act::Slide { of, to } => self.slide(of, *to, patience).await,
            Act::Drag { from, to } => self.drag(from, to, patience).await,
            Act::Hover { target, at } => self.hover(target, *at, patience).await,
            Act::Out(target) => self.leave(target, patience).await,
            Act::Keys { on, key, half, times } => self.keys_on(on, key, *half, *times, patience).await,
            Act::Scroll(to) => self.scroll(to, patience).await,
            Act::Swipe { to, within } => self.swipe(*to, within, patience).await,
            Act::Type { into, text, typing } => self.type_text(into, text, typing, patience).await,
            Act::Choose { from, option } => self.choose(from, option, patience).await,
            Act::Press(key) => self.keys_on(&[], key, None, 1, patience).await,
            Act::Await(target) => match self.look(target, Mode::Visible, patience).await? {
                Looked::Found(found) => Ok(done(found.locator)),
                Looked::Missed(miss) => Ok(miss.into()),
            },
            Act::AwaitGone(target) => self.await_gone(target, patience).await,
            Act::Back => self.go_back().await,
            other => self.view(other, patience).await,
        }
    }

    /// What is done to the view of the page rather than to the page.
    async fn view(&mut self, act: &Act, patience: Duration) -> Result<Tried, BrowserError> {
        match act {
            Act::Check { target, wanted } => self.check(target, wanted, patience).await,
            Act::Take { target, what } => self.take_value(target, what, patience).await,
            Act::Run(code) => self.run(code).await,
            Act::Close => self.close_window().await,
            Act::Viewport(view) => self.show_as(view).await,
            Act::Network(network) => self.limit_network(network).await,
            Act::Window(which) => self.go_to_window(which, patience).await,
            Act::Context(name) => self.go_to_context(name, patience).await,
            Act::Frame(frame) => self.go_to_frame(frame, patience).await,
            Act::Foresee(answer) => self.foresee(answer).await,
            Act::Heed => self.heed(patience).await,
            Act::Download(target) => self.download(target, patience).await,
            _ => Ok(missed(MissedWhy::NotPossible)),
        }
    }

    pub(super) async fn words(
        &mut self,
        target: &[Locator],
        patience: Duration,
    ) -> Result<Option<String>, BrowserError> {
        match self.look(target, Mode::Tap, patience).await? {
            Looked::Found(found) => Ok(Some(found.words)),
            Looked::Missed(_) => Ok(None),
        }
    }

    /// Looks until the target can be touched or patience is at an end; navigations and dialogue boxes in between are waited
    /// out, a new window is followed.
    pub(super) async fn look(
        &mut self,
        locators: &[Locator],
        mode: Mode,
        patience: Duration,
    ) -> Result<Looked, BrowserError> {
        const INTERRUPTIONS: usize = 20;
        let until = Instant::now() + patience;
        let mut interruptions = 0;
        loop {
            let left = until.saturating_duration_since(Instant::now()).min(SLICE);
            let input =
                json!({ "locators": locators, "mode": mode.word(), "patience": left.as_millis() as u64 });
            let looked = match mode {
                Mode::There | Mode::File => LOOK.run_by_driver(&mut self.wire, &input).await,
                _ => LOOK.run_once(&mut self.wire, &input).await,
            };
            match looked {
                Ok(value) => match read(value).map_err(Fault::lost)? {
                    Looked::Missed(miss) if Instant::now() >= until && !self.follow().await? => {
                        return Ok(Looked::Missed(miss));
                    }
                    Looked::Missed(_) => {
                        self.follow().await?;
                    }
                    Looked::Found(found) => return Ok(Looked::Found(found)),
                },
                Err(Fault::WindowGone) => {
                    self.windows.return_to_open(&mut self.wire).await.map_err(Fault::lost)?;
                }
                Err(Fault::Unloaded | Fault::Alert) if interruptions < INTERRUPTIONS => interruptions += 1,
                Err(fault) => return Err(fault.lost()),
            }
        }
    }

    pub(super) async fn perform_tap(
        &mut self,
        target: &[Locator],
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        const TIMES: usize = 3;
        for _ in 0..TIMES {
            let found = match self.look(target, Mode::Tap, patience).await? {
                Looked::Found(found) => found,
                Looked::Missed(miss) => return Ok(miss.into()),
            };
            if self.touch(&found).await? {
                self.follow_after(&found).await?;
                return Ok(done(found.locator));
            }
        }
        Ok(missed(MissedWhy::Moving))
    }

    /// Presses where the target is; false when the press met something else (and was swallowed).
    pub(super) async fn touch(&mut self, found: &Found) -> Result<bool, BrowserError> {
        self.touch_at(found.x, found.y).await
    }

    /// The same, at the point where a script stands guard.
    async fn touch_at(&mut self, x: f64, y: f64) -> Result<bool, BrowserError> {
        self.press_at(&[(x, y)]).await?;
        // This also waits for the next document when the press leads to one.
        match TAPPED.run(&mut self.wire, &Value::Null).await {
            Ok(hit) => Ok(hit != Value::Bool(false)),
            Err(Fault::WindowGone) => {
                self.windows.return_to_open(&mut self.wire).await.map_err(Fault::lost)?;
                Ok(true)
            }
            Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
            Err(_) => Ok(true),
        }
    }

    pub(super) async fn follow_after(&mut self, found: &Found) -> Result<(), BrowserError> {
        let until = Instant::now() + if found.leaves { WINDOW_LIMIT } else { Duration::ZERO };
        loop {
            if self.follow().await? || Instant::now() >= until {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn await_gone(&mut self, target: &[Locator], patience: Duration) -> Result<Tried, BrowserError> {
        let until = Instant::now() + patience;
        loop {
            let left = until.saturating_duration_since(Instant::now()).min(SLICE);
            let input = json!({ "locators": target, "patience": left.as_millis() as u64 });
            if self.script(&GONE, &input).await? == Value::Bool(true) {
                return Ok(Tried::Done(Acted::default()));
            }
            if Instant::now() >= until {
                return Ok(missed(MissedWhy::Covered));
            }
        }
    }

    async fn choose(
        &mut self,
        from: &[Locator],
        option: &str,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        enum Chose {
            Chosen(usize),
            Missed(Miss),
            Drawn { locator: usize, x: f64, y: f64 },
        }
        const TIMES: usize = 3;
        let patience = patience.min(SLICE);
        let input = json!({ "locators": from, "option": option, "patience": patience.as_millis() as u64 });
        let mut last = missed(MissedWhy::NoSuchOption);
        for time in 1..=TIMES {
            let (locator, x, y) = match read(self.script(&CHOOSE, &input).await?).map_err(Fault::lost)? {
                Chose::Chosen(locator) => return Ok(done(locator)),
                Chose::Missed(miss) => return Ok(miss.into()),
                Chose::Drawn { locator, x, y } => (locator, x, y),
            };
            if !self.touch_at(x, y).await? {
                continue;
            }
            // The list opens at once or not at all; only the last time is it worth a long wait.
            let wait = if time == TIMES { patience } else { patience.min(DRAWN_LIMIT) };
            match self.perform_tap(&[Locator::Text(option.to_owned())], wait).await? {
                Tried::Done(_) => return Ok(done(locator)),
                Tried::Missed(Missed { nearby, .. }) => {
                    last = Tried::Missed(Missed { why: MissedWhy::NoSuchOption, nearby });
                }
            }
        }
        Ok(last)
    }

    async fn go_back(&mut self) -> Result<Tried, BrowserError> {
        let asked = json!({ "script": "return history.length", "args": [] });
        let steps = self.wire.post("execute/sync", asked).await.ok().and_then(|value| value.as_u64());
        let went = if self.windows.several() && steps == Some(1) {
            self.windows.close_latest(&mut self.wire).await
        } else {
            self.wire.post("back", json!({})).await.map(drop)
        };
        match went {
            Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
            _ => Ok(Tried::Done(Acted::default())),
        }
    }
}
