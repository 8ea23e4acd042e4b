//! 走访: one scenario walked on one channel for one item or account, and what it brought home.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::action::ReadWhat;
use super::attachment::Attachment;
use super::channel::ChannelId;
use super::dialogue::Turn;
use super::guide::Guide;
use super::hitch::GivenUp;
use super::item::Item;
use super::step_record::StepRecord;

/// Names a visit inside its run and its evidence folder: `guide-consistency.app.007`. Only `[a-z0-9.-]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VisitId(pub String);

impl fmt::Display for VisitId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One walk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Its name.
    pub id: VisitId,
    /// The scenario's id.
    pub scenario: String,
    /// The channel it was walked on.
    pub channel: ChannelId,
    /// The service item it was walked for.
    pub item: Option<Item>,
    /// The name of the test account it was walked with (the name only, nothing of the account).
    pub account: Option<String>,
    /// The name that the page shows once this account has signed in; a test identity of the office.
    pub shown_name: Option<String>,
    /// The checks that the scenario serves.
    pub checks: Vec<String>,
    /// When it began.
    pub started: DateTime<FixedOffset>,
    /// The steps that were walked, in order.
    pub steps: Vec<StepRecord>,
    /// The pages that were kept, in order.
    pub captures: Vec<Capture>,
    /// What was asked of the chatbot.
    pub dialogue: Vec<Turn>,
    /// The files and entries that its guide links, as they were found; older journals have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Earlier walks of it that were given up because the browser broke down; it was begun anew after each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_up: Vec<GivenUp>,
    /// How it ended.
    pub ending: Ending,
}

impl Visit {
    /// A visit that has only begun: nothing has been seen yet, and nothing stood in its way.
    #[must_use]
    pub fn begun(id: VisitId, scenario: String, channel: ChannelId, started: DateTime<FixedOffset>) -> Self {
        Self {
            id,
            scenario,
            channel,
            item: None,
            account: None,
            shown_name: None,
            checks: Vec::new(),
            started,
            steps: Vec::new(),
            captures: Vec::new(),
            dialogue: Vec::new(),
            attachments: Vec::new(),
            given_up: Vec::new(),
            ending: Ending::Completed,
        }
    }
}

/// A page that was kept as evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// Names it inside the run: `<visit>/<number>`; also its file name under `evidence/`.
    pub id: String,
    /// What it was kept for.
    pub what: ReadWhat,
    /// Address of the page.
    pub url: String,
    /// Milliseconds since the visit began.
    pub at_ms: u64,
    /// File name of the snapshot, relative to `evidence/`.
    pub snapshot: String,
    /// File name of the screenshot, relative to `evidence/`, where one was taken.
    pub screenshot: Option<String>,
}

/// How a visit ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Every step was walked.
    Completed,
    /// It could not go on; what was captured before still counts.
    Blocked(Obstacle),
}

/// 障碍: why a visit could not go on. A value, not an error: the rest of the run goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obstacle {
    /// What kind.
    pub kind: ObstacleKind,
    /// What happened, in Chinese, secrets masked.
    pub said: String,
    /// 1-based line of the step, where a step was under way.
    pub line: Option<usize>,
    /// Id of the capture that shows the page at that moment.
    pub capture: Option<String>,
}

/// What kind of obstacle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObstacleKind {
    /// The channel's address is not filled in.
    NoAddress,
    /// The channel did not answer.
    Unreachable,
    /// The server answered with an error status.
    HttpStatus,
    /// A target was not there in time.
    NotFound,
    /// A target was there but covered, disabled or never still.
    NotActionable,
    /// Something expected did not show (or something forbidden did).
    Unexpected,
    /// The step would have left the listed hosts.
    LeftHosts,
    /// The step would have submitted something.
    WouldSubmit,
    /// A secret or variable is not set.
    NoSecret,
    /// The browser broke down twice.
    BrowserLost,
    /// The speed chosen for the channel cannot do this step (plain HTTP cannot press a button).
    NotPossible,
    /// Nobody answered what only a person can.
    NoAnswer,
    /// The run was stopped before or during the visit.
    Interrupted,
}

/// Everything that was read off the captures of one visit.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The guide, with the id of the capture it was read from.
    pub guide: Option<(String, Guide)>,
    /// What the log-in pages showed.
    pub login: LoginFacts,
}

/// What the log-in pages of one visit showed; every part is `None` when that page was not reached.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginFacts {
    /// An image captcha on the form: `Some(true)` with an accessible alternative, `Some(false)` without, `None` no captcha.
    pub captcha_accessible: Option<bool>,
    /// Id of the capture of the form.
    pub form_capture: Option<String>,
    /// Number of fields a person must fill in.
    pub fields: Option<usize>,
    /// After logging in: whether the account's name is shown.
    pub signed_in: Option<bool>,
    /// After logging in: short texts that were not on the form before (error messages).
    pub result_messages: Vec<String>,
    /// Id of the capture after logging in.
    pub result_capture: Option<String>,
    /// After a wrong password: short texts that were not on the form before; `None` when it was not tried.
    pub error_messages: Option<Vec<String>>,
    /// Id of the capture after a wrong password.
    pub error_capture: Option<String>,
}

/// A visit with what was read off its captures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// The walk.
    pub visit: Visit,
    /// What its pages said.
    pub facts: Facts,
}

/// 对照组: all visits that concern one service item (or, with `item: None`, the portal itself), side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The service item.
    pub item: Option<Item>,
    /// The channels that were to be looked at, in the portal file's order.
    pub channels: Vec<ChannelId>,
    /// The visits, in plan order.
    pub witnesses: Vec<Witness>,
}

impl Case {
    /// The item's name, empty for the portal itself.
    #[must_use]
    pub fn item_name(&self) -> &str {
        self.item.as_ref().map_or("", |item| item.name.as_str())
    }

    /// The visits on one channel that serve one check.
    pub fn on<'a>(
        &'a self,
        channel: &'a ChannelId,
        check: &'a str,
    ) -> impl Iterator<Item = &'a Witness> + 'a {
        self.witnesses.iter().filter(move |witness| {
            &witness.visit.channel == channel && witness.visit.checks.iter().any(|id| id == check)
        })
    }
}
