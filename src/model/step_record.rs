//! What one step of a visit did: when, by which locator, how often, and what it met.

use serde::{Deserialize, Serialize};

use super::noise::Noise;

/// What one step did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRecord {
    /// 1-based line in the scenario file.
    pub line: usize,
    /// 1-based column in that line; 0 in older journals.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub column: usize,
    /// Id of the scenario whose file the line is of, where another one called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// What it says in Chinese (“点按 登录”), secrets masked.
    pub said: String,
    /// Milliseconds since the visit began.
    pub at_ms: u64,
    /// Milliseconds it took.
    pub took_ms: u64,
    /// The locator that matched, where one was needed.
    pub locator: Option<String>,
    /// True when a `maybe` step found nothing, or `when` was false.
    pub skipped: bool,
    /// True when the step pressed something a person would press (counts as a click).
    pub pressed: bool,
    /// Which of the alternatives matched, from 0, where there were any; older journals do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<usize>,
    /// How often it was tried; more than once and done in the end is 不稳定.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub tries: u32,
    /// What was in the way, in Chinese, secrets masked, where it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// Whether it failed and the scenario let the walk go on (`soft`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub soft: bool,
    /// How it failed the first time, where the walk could go on afterwards; older journals do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stumble: Option<Stumble>,
    /// Console errors, uncaught errors and failed requests since the step before, secrets masked; a page's first few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub noise: Vec<Noise>,
    /// File name of a picture of the page after the step, relative to `evidence/`, where one was wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

/// What was in the way when a step was tried the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stumble {
    /// What, in Chinese, secrets masked.
    pub said: String,
    /// Id of the capture that shows the page at that moment, where there was one to see.
    pub capture: Option<String>,
}

impl StepRecord {
    /// 不稳定: whether it was only done when it was tried again.
    #[must_use]
    pub fn is_flaky(&self) -> bool {
        self.tries > 1 && self.failed.is_none() && !self.skipped
    }
}

impl Default for StepRecord {
    fn default() -> Self {
        Self {
            line: 0,
            column: 0,
            scenario: None,
            said: String::new(),
            at_ms: 0,
            took_ms: 0,
            locator: None,
            skipped: false,
            pressed: false,
            alternative: None,
            tries: once(),
            failed: None,
            soft: false,
            stumble: None,
            noise: Vec::new(),
            picture: None,
        }
    }
}

fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_once(tries: &u32) -> bool {
    *tries == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(column: &usize) -> bool {
    *column == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(soft: &bool) -> bool {
    !*soft
}
