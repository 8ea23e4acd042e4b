//! What is kept of each step: its record, what the browser told during it, and a picture where one is wanted.

use std::time::Duration;

use super::walk::{Matched, Walk, WalkError, Went, millis};
use crate::model::{Action, Event, Noise, NoiseKind, ObstacleKind, Step, StepRecord, Stumble};
use crate::settings::Pictures;

/// Lines of noise that are kept of one step; a page in a loop of errors says the same thing over and over.
const MOST_NOISE: usize = 20;
/// Longest line and longest address of it, in characters; cut after masking, so that no half of a secret is left.
const LONGEST: usize = 500;

/// What a step came to, for its record.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) matched: Option<Matched>,
    pub(super) skipped: bool,
    pub(super) tries: u32,
    /// What was in the way, whether it ended the walk or was passed over.
    pub(super) failed: Option<String>,
    /// Whether it was passed over because the step is `soft`.
    pub(super) soft: bool,
    /// How it failed the first time, where the walk went on.
    pub(super) stumble: Option<Stumble>,
    /// What is worth knowing about how it was done.
    pub(super) remark: Option<&'static str>,
}

impl Walk<'_> {
    pub(super) async fn record(
        &mut self,
        step: &Step,
        at: Duration,
        outcome: Outcome,
    ) -> Result<(), WalkError> {
        let took = self.began.elapsed().saturating_sub(at);
        let picture = match outcome.failed {
            None if !outcome.skipped && touches(&step.action) => self.step_picture().await?,
            _ => None,
        };
        let said = self.said(step);
        let said = outcome.remark.map_or(said.clone(), |remark| format!("{said}（{remark}）"));
        let pressed = matches!(step.action, Action::Tap(_) | Action::Search(_) | Action::Download { .. });
        let alternative = outcome.matched.as_ref().and_then(|matched| matched.index);
        let record = StepRecord {
            line: step.line,
            column: step.column,
            scenario: self.called(),
            said,
            at_ms: millis(at),
            took_ms: millis(took),
            locator: outcome.matched.map(|matched| self.masker.text(&matched.said)),
            alternative,
            skipped: outcome.skipped,
            pressed: !outcome.skipped && pressed,
            tries: outcome.tries.max(1),
            failed: outcome.failed,
            soft: outcome.soft,
            stumble: outcome.stumble,
            noise: std::mem::take(&mut self.noise),
            picture,
        };
        self.tools.recorder.note(&Event::StepEnded { visit: self.visit.id.clone(), step: record.clone() })?;
        self.visit.steps.push(record);
        Ok(())
    }

    /// The scenario whose file the steps under way are of, where another one called it.
    fn called(&self) -> Option<String> {
        match self.frames.as_slice() {
            [_, .., called] => Some(called.scenario.id.clone()),
            _ => None,
        }
    }

    /// What the guard held back during the step: whatever the step itself came to, the visit cannot go on from there. All
    /// else that the browser told is kept for the record.
    pub(super) async fn held_back(&mut self) -> Result<Option<Went>, WalkError> {
        let told = self.session.told().await?;
        if !told.is_empty() {
            self.learn_tokens().await?;
        }
        for noise in told.iter().filter(|noise| noise.kind != NoiseKind::HeldSubmission) {
            if self.noise.len() >= MOST_NOISE {
                break;
            }
            let noise = short(self.masker.noise(noise));
            if !self.noise.contains(&noise) {
                self.noise.push(noise);
            }
        }
        Ok(told.into_iter().find_map(|Noise { kind, said, .. }| match kind {
            NoiseKind::HeldSubmission => Some(Went::Blocked(ObstacleKind::WouldSubmit, said)),
            NoiseKind::HeldHost => Some(Went::Blocked(ObstacleKind::LeftHosts, said)),
            NoiseKind::Console | NoiseKind::Exception | NoiseKind::FailedRequest => None,
        }))
    }

    /// A picture of the page as the step left it. A window that cannot be pictured (it was closed, a box stands before it) is
    /// no reason to end a visit.
    async fn step_picture(&mut self) -> Result<Option<String>, WalkError> {
        if self.tools.pictures != Pictures::Steps {
            return Ok(None);
        }
        self.whole_page().await?;
        let taken = self.session.screenshot().await.ok().flatten();
        self.back_to_frame().await?;
        let Some(picture) = taken else { return Ok(None) };
        let number = self.next_capture();
        Ok(Some(self.tools.recorder.picture(&self.visit.id, number, &picture)?))
    }
}

fn short(noise: Noise) -> Noise {
    let cut = |text: String| text.chars().take(LONGEST).collect();
    Noise { said: cut(noise.said), url: noise.url.map(cut), ..noise }
}

/// Whether an action may change what the page shows; what is read is pictured anyway.
fn touches(action: &Action) -> bool {
    !matches!(
        action,
        Action::Read(_)
            | Action::Shot
            | Action::Ask(_)
            | Action::Wait(_)
            | Action::Expect(_)
            | Action::Set(_)
            | Action::Fetch { .. }
            | Action::Person { .. }
            | Action::Network(_)
            | Action::Close
            | Action::Unknown { .. }
    ) && action.inner().is_empty()
}
