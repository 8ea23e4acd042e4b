//! Acts on a page: a script finds the target and waits until it can be touched, then trusted events touch it.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::script::{CHOOSE, Found, GONE, LOOK, Looked, Miss, TAPPED, read};
use super::session::WebDriverSession;
use super::wire::Fault;
use crate::browser::port::{Act, Acted, BrowserError, Missed, MissedWhy, Tried};
use crate::model::Locator;

/// One script waits no longer than this; a longer patience is several scripts, so that the deadlines stay short.
const SLICE: Duration = Duration::from_secs(8);
/// How long a link that opens another window may take to do so.
const WINDOW_LIMIT: Duration = Duration::from_millis(1500);

/// How the locators are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Tap,
    Field,
    Visible,
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Self::Tap => "tap",
            Self::Field => "field",
            Self::Visible => "visible",
        }
    }
}

pub(super) fn done(locator: usize) -> Tried {
    Tried::Done(Acted { locator: Some(locator) })
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
            Act::Tap(target) => self.tap(target, patience).await,
            Act::Type { into, text, typing } => self.type_text(into, text, typing, patience).await,
            Act::Choose { from, option } => self.choose(from, option, patience).await,
            Act::Press(key) => self.press_key(key).await,
            Act::Await(target) => match self.look(target, Mode::Visible, patience).await? {
                Looked::Found(found) => Ok(done(found.locator)),
                Looked::Missed(miss) => Ok(miss.into()),
            },
            Act::AwaitGone(target) => self.await_gone(target, patience).await,
            Act::Back => self.go_back().await,
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
            match LOOK.run_once(&mut self.wire, &input).await {
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

    async fn tap(&mut self, target: &[Locator], patience: Duration) -> Result<Tried, BrowserError> {
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
        self.press_at(&[(found.x, found.y)]).await?;
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

    /// Trusted presses at points of the top viewport, one after the other, as one command.
    pub(super) async fn press_at(&mut self, points: &[(f64, f64)]) -> Result<(), BrowserError> {
        let kind = if self.device.touch { "touch" } else { "mouse" };
        let actions: Vec<Value> = points
            .iter()
            .flat_map(|(x, y)| {
                [
                    json!({ "type": "pointerMove", "duration": 0, "x": x, "y": y, "origin": "viewport" }),
                    json!({ "type": "pointerDown", "button": 0 }),
                    json!({ "type": "pointerUp", "button": 0 }),
                ]
            })
            .collect();
        let pointer = json!({ "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions });
        match self.wire.post("actions", json!({ "actions": [pointer] })).await {
            Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
            // The press was delivered; what it led to (a dialogue box, another page) is the next step's matter.
            _ => Ok(()),
        }
    }

    async fn follow_after(&mut self, found: &Found) -> Result<(), BrowserError> {
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
        let patience = patience.min(SLICE);
        let input = json!({ "locators": from, "option": option, "patience": patience.as_millis() as u64 });
        match read(self.script(&CHOOSE, &input).await?).map_err(Fault::lost)? {
            Chose::Chosen(locator) => Ok(done(locator)),
            Chose::Missed(miss) => Ok(miss.into()),
            Chose::Drawn { locator, x, y } => {
                self.press_at(&[(x, y)]).await?;
                match self.tap(&[Locator::Text(option.to_owned())], patience).await? {
                    Tried::Done(_) => Ok(done(locator)),
                    Tried::Missed(Missed { nearby, .. }) => {
                        Ok(Tried::Missed(Missed { why: MissedWhy::NoSuchOption, nearby }))
                    }
                }
            }
        }
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
