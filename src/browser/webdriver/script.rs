//! The scripts that run in the page, one a step, and the shapes of their answers.

use serde::Deserialize;
use serde_json::{Value, json};

use super::fault::{Fault, short};
use super::wire::Wire;
use crate::browser::MissedWhy;

/// Counts requests and changes from the first moment of every document.
pub(super) const PRELOAD: &str = include_str!("../page/preload.js");
/// Keeps every document from being laid out, at light speed.
pub(super) const VEIL: &str = include_str!("../page/veil.js");
/// Puts back what pages kept; a function body that takes `input`.
pub(super) const STATE_PUT: &str = include_str!("../page/state_put.js");
const PRELUDE: &str = include_str!("../page/prelude.js");
const MATCH: &str = include_str!("../page/match.js");
const FIND: &str = include_str!("../page/find.js");

/// What watches a person, for a world of its own in every document.
pub(super) fn recorder() -> String {
    format!("(() => {{\n{PRELUDE}\n{}\n}})();", include_str!("../page/record.js"))
}

/// One script: the parts it stands on, and itself.
pub(super) struct Script(&'static [&'static str]);

pub(super) const LANDING: Script = Script(&[PRELUDE, include_str!("../page/landing.js")]);
pub(super) const LOOK: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_find.js")]);
pub(super) const GONE: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_gone.js")]);
pub(super) const TAPPED: Script = Script(&[PRELUDE, include_str!("../page/act_tapped.js")]);
pub(super) const SELECT: Script = Script(&[PRELUDE, include_str!("../page/act_select.js")]);
pub(super) const FILLED: Script = Script(&[PRELUDE, include_str!("../page/act_filled.js")]);
pub(super) const VALUE: Script = Script(&[PRELUDE, include_str!("../page/act_value.js")]);
pub(super) const KEYS: Script = Script(&[PRELUDE, MATCH, include_str!("../page/act_keys.js")]);
pub(super) const CHOOSE: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_choose.js")]);
pub(super) const CHECK: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_check.js")]);
pub(super) const TAKE: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_take.js")]);
pub(super) const TICK: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_tick.js")]);
pub(super) const FILL: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_fill.js")]);
pub(super) const PICK: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_pick.js")]);
pub(super) const DATE: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_date.js")]);
pub(super) const CALENDAR: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_calendar.js")]);
pub(super) const SLIDE: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_slide.js")]);
pub(super) const SCROLL: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_scroll.js")]);
pub(super) const PANEL: Script = Script(&[PRELUDE, MATCH, FIND, include_str!("../page/act_panel.js")]);
pub(super) const CLICK: Script = Script(&[PRELUDE, include_str!("../page/act_click.js")]);
pub(super) const FORESEE: Script = Script(&[PRELUDE, include_str!("../page/act_foresee.js")]);
pub(super) const HEED: Script = Script(&[PRELUDE, include_str!("../page/act_heed.js")]);
pub(super) const UNFOLD: Script = Script(&[PRELUDE, include_str!("../page/unfold.js")]);
/// Where an address led, and everything that the page shows once it has been unfolded: the three scripts one after the other.
pub(super) const VISIT: Script = Script(&[
    PRELUDE,
    "const landed = await (async () => {",
    include_str!("../page/landing.js"),
    "})(); if (!(landed.status >= 400)) await (async () => {",
    include_str!("../page/unfold.js"),
    "})(); return { landed, shown: await (async () => {",
    include_str!("../page/snapshot.js"),
    "})() };",
]);
pub(super) const LISTEN: Script = Script(&[PRELUDE, MATCH, include_str!("../page/listen.js")]);
pub(super) const HEARD: Script = Script(&[PRELUDE, include_str!("../page/heard.js")]);
pub(super) const SNAPSHOT: Script = Script(&[PRELUDE, include_str!("../page/snapshot.js")]);
pub(super) const STATE_TAKE: Script = Script(&[include_str!("../page/state_take.js")]);
pub(super) const MASK: Script = Script(&[PRELUDE, include_str!("../page/mask.js")]);
pub(super) const UNMASK: Script = Script(&[PRELUDE, include_str!("../page/unmask.js")]);

/// What a script hands back: a value, or the error it ended with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    ok: Option<Value>,
    error: Option<String>,
}

/// The element that the locators mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Found {
    pub(super) locator: usize,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) words: String,
    /// Left, top, width and height in the viewport.
    #[serde(rename = "box")]
    pub(super) place: (f64, f64, f64, f64),
    /// The driver's reference, where one was asked for.
    pub(super) element: Option<Value>,
    /// Whether pressing it opens another window.
    pub(super) leaves: bool,
}

impl Found {
    /// The driver's reference to the element as it stands in addresses.
    pub(super) fn reference(&self) -> Option<&str> {
        self.element.as_ref()?.as_object()?.values().next()?.as_str()
    }
}

/// Why it was not found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Miss {
    pub(super) why: WhyMissed,
    pub(super) nearby: Vec<String>,
}

/// The reason in the script's words.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum WhyMissed {
    NotFound,
    Hidden,
    Covered,
    Disabled,
    Moving,
    NoSuchOption,
}

impl From<WhyMissed> for MissedWhy {
    fn from(why: WhyMissed) -> Self {
        match why {
            WhyMissed::NotFound => Self::NotFound,
            WhyMissed::Hidden => Self::Hidden,
            WhyMissed::Covered => Self::Covered,
            WhyMissed::Disabled => Self::Disabled,
            WhyMissed::Moving => Self::Moving,
            WhyMissed::NoSuchOption => Self::NoSuchOption,
        }
    }
}

/// How a search ended.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Looked {
    Found(Found),
    Missed(Miss),
}

impl Script {
    /// The script as one expression.
    pub(super) fn expression(&self, input: &Value) -> String {
        format!("((input) => (async () => {{\n{}\n}})())({input})", self.0.join("\n"))
    }

    /// The script as the driver takes it.
    fn source(&self) -> String {
        format!(
            "const done = arguments[1]; ((input) => (async () => {{\n{}\n}})())(arguments[0]).then((ok) => done({{ ok }}), \
             (error) => done({{ error: String(error?.stack ?? error) }}));",
            self.0.join("\n")
        )
    }

    /// Runs in the top document of the window; asks once.
    pub(super) async fn run_once(&self, wire: &mut Wire, input: &Value) -> Result<Value, Fault> {
        if let Some(answer) = wire.evaluate(&self.expression(input)).await {
            return answer;
        }
        self.run_by_driver(wire, input).await
    }

    /// Asks the driver itself, whose answer may hold references to elements.
    pub(super) async fn run_by_driver(&self, wire: &mut Wire, input: &Value) -> Result<Value, Fault> {
        let value = wire.post("execute/async", json!({ "script": self.source(), "args": [input] })).await?;
        let answer: Answer =
            serde_json::from_value(value).map_err(|error| Fault::Refused(short(&error.to_string())))?;
        match answer.error {
            Some(error) => Err(Fault::Refused(short(&error))),
            None => Ok(answer.ok.unwrap_or(Value::Null)),
        }
    }

    /// Runs, and runs again in the new document or after the dialogue box when those came in between.
    pub(super) async fn run(&self, wire: &mut Wire, input: &Value) -> Result<Value, Fault> {
        const TIMES: usize = 6;
        for _ in 0..TIMES {
            match self.run_once(wire, input).await {
                Err(Fault::Unloaded | Fault::Alert) => {}
                other => return other,
            }
        }
        self.run_once(wire, input).await
    }
}

/// Reads a script's answer.
pub(super) fn read<T: for<'de> Deserialize<'de>>(value: Value) -> Result<T, Fault> {
    serde_json::from_value(value).map_err(|error| Fault::Refused(short(&error.to_string())))
}
