//! One step after the other: passed over or done, tried again, in its own window and frame, and written down.

use std::time::Duration;

use futures::future::BoxFuture;

use super::keeping::Outcome;
use super::places;
use super::speak;
use super::walk::{Walk, WalkError, Went};
use crate::browser::{Act, FrameAt, Tried};
use crate::model::{Action, Answer, FrameRef, Obstacle, ObstacleKind, Step, Stumble};
use crate::scenario::template::{TemplateError, holds, render};

/// How often a step has been tried, and how it failed first.
struct Attempts {
    tries: u32,
    stumble: Option<Stumble>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self { tries: 1, stumble: None }
    }
}

impl Walk<'_> {
    /// Walks steps in order; the first obstacle ends them.
    pub(super) fn steps<'s>(
        &'s mut self,
        steps: &'s [Step],
    ) -> BoxFuture<'s, Result<Option<Obstacle>, WalkError>> {
        Box::pin(async move {
            for (at, step) in steps.iter().enumerate() {
                let next = steps.get(at + 1..).into_iter().flatten().find(|next| !next.disabled);
                self.foresee(next).await?;
                if let Some(obstacle) = self.step(step).await? {
                    return Ok(Some(obstacle));
                }
            }
            Ok(None)
        })
    }

    /// Walks one step; an obstacle ends the walk.
    async fn step(&mut self, step: &Step) -> Result<Option<Obstacle>, WalkError> {
        let at = self.began.elapsed();
        if !matches!(step.action, Action::Ask(_)) {
            self.close_dialogue().await?;
        }
        let wanted = if step.disabled { Ok(false) } else { self.wanted(step) };
        match wanted {
            Ok(true)
                if step.action.inner().is_empty()
                    && !matches!(step.action, Action::Call { .. } | Action::Login { .. }) =>
            {
                self.watched_step(step).await
            }
            Ok(true) => self.try_flow(step, at).await,
            Ok(false) => {
                self.record(step, at, Outcome { skipped: true, ..Outcome::default() }).await?;
                Ok(None)
            }
            Err(error) => self.blocked(step, at, Attempts::default(), blocked_by_template(&error)).await,
        }
    }

    /// Does the step while somebody may be watching.
    async fn watched_step(&mut self, step: &Step) -> Result<Option<Obstacle>, WalkError> {
        let tools = self.tools;
        let said = self.said(step);
        tools.watcher.before(step.line, &said).await;
        let at = self.began.elapsed();
        let obstacle = self.try_step(step, at).await?;
        if let Some(record) = self.visit.steps.last() {
            tools.watcher.after(record).await;
        }
        Ok(obstacle)
    }

    /// What the step says, filled in and masked.
    pub(super) fn said(&self, step: &Step) -> String {
        let said = speak::step(step);
        let shown = render(&said, &self.scope()).unwrap_or(said);
        self.masker.text(&shown)
    }

    /// Does the step, again as often as it may be tried.
    async fn try_step(&mut self, step: &Step, at: Duration) -> Result<Option<Obstacle>, WalkError> {
        let mut attempts = Attempts::default();
        loop {
            let went = self.in_its_place(step).await?;
            match self.held_back().await?.unwrap_or(went) {
                Went::Done(matched) => {
                    let Attempts { tries, stumble } = attempts;
                    self.record(step, at, Outcome { matched, tries, stumble, ..Outcome::default() }).await?;
                    return Ok(None);
                }
                Went::Blocked(kind, said) if attempts.tries <= step.retry && may_be_tried_again(kind) => {
                    // The page at the first failure is worth more than at the last.
                    if attempts.stumble.is_none() {
                        attempts.stumble = Some(self.stumble(kind, &said).await?);
                    }
                    attempts.tries += 1;
                }
                went @ Went::Blocked(..) => return self.blocked(step, at, attempts, went).await,
            }
        }
    }

    /// Keeps what is in the way now, and the page that shows it.
    async fn stumble(&mut self, kind: ObstacleKind, said: &str) -> Result<Stumble, WalkError> {
        let said = self.masker.text(said);
        Ok(Stumble { said, capture: self.evidence_of_obstacle(kind).await? })
    }

    /// Steps inside a step: the step itself is only written down when it is tried again, is passed over or fails.
    async fn try_flow(&mut self, step: &Step, at: Duration) -> Result<Option<Obstacle>, WalkError> {
        let mut attempts = Attempts::default();
        loop {
            let before = self.visit.steps.len();
            let Some(obstacle) = self.flow(step).await? else {
                let Attempts { tries, stumble } = attempts;
                if tries > 1 {
                    self.record(step, at, Outcome { tries, stumble, ..Outcome::default() }).await?;
                }
                return Ok(None);
            };
            let again = attempts.tries <= step.retry && may_be_tried_again(obstacle.kind);
            let passable = may_be_passed_over(obstacle.kind);
            if !again && passable && step.maybe && !step.soft {
                let tries = attempts.tries;
                self.record(step, at, Outcome { skipped: true, tries, ..Outcome::default() }).await?;
                return Ok(None);
            }
            let soft = passable && step.soft;
            if !again && !soft {
                return self.stuck_inside(step, at, attempts.tries, obstacle, before).await;
            }
            let failed = obstacle.said.clone();
            if attempts.stumble.is_none() {
                attempts.stumble = Some(self.stumble_inside(step, obstacle).await?);
            }
            if !again {
                let Attempts { tries, stumble } = attempts;
                let outcome = Outcome { failed: Some(failed), soft, tries, stumble, ..Outcome::default() };
                self.record(step, at, outcome).await?;
                return Ok(None);
            }
            attempts.tries += 1;
        }
    }

    /// What stood in the way of the steps inside a step, and in which line of the same file.
    async fn stumble_inside(&mut self, step: &Step, obstacle: Obstacle) -> Result<Stumble, WalkError> {
        let said = match obstacle.line {
            Some(line) if line != step.line => format!("第 {line} 行，{}", obstacle.said),
            _ => obstacle.said,
        };
        let capture = match obstacle.capture {
            Some(capture) => Some(capture),
            None => self.evidence_of_obstacle(obstacle.kind).await?,
        };
        Ok(Stumble { said, capture })
    }

    /// The end of the walk inside a step. Where none of the steps inside says that it failed, it is the step's own doing.
    async fn stuck_inside(
        &mut self,
        step: &Step,
        at: Duration,
        tries: u32,
        obstacle: Obstacle,
        before: usize,
    ) -> Result<Option<Obstacle>, WalkError> {
        let since = self.visit.steps.get(before..).unwrap_or_default();
        if since.iter().any(|record| record.failed.is_some() && !record.soft) {
            return Ok(Some(obstacle));
        }
        let failed = Some(obstacle.said.clone());
        self.record(step, at, Outcome { tries, failed, ..Outcome::default() }).await?;
        let capture = self.evidence_of_obstacle(obstacle.kind).await?;
        Ok(Some(Obstacle { capture: obstacle.capture.or(capture), ..obstacle }))
    }

    /// What stands in the way: passed over, noted, or the end of the walk.
    async fn blocked(
        &mut self,
        step: &Step,
        at: Duration,
        attempts: Attempts,
        went: Went,
    ) -> Result<Option<Obstacle>, WalkError> {
        let Went::Blocked(kind, said) = went else { return Ok(None) };
        let Attempts { tries, stumble } = attempts;
        if step.maybe && may_be_passed_over(kind) {
            self.record(step, at, Outcome { skipped: true, tries, ..Outcome::default() }).await?;
            return Ok(None);
        }
        let said = self.masker.text(&said);
        if step.soft && may_be_passed_over(kind) {
            let stumble = match stumble {
                Some(first) => first,
                None => self.stumble(kind, &said).await?,
            };
            let outcome = Outcome {
                failed: Some(said),
                soft: true,
                tries,
                stumble: Some(stumble),
                ..Outcome::default()
            };
            self.record(step, at, outcome).await?;
            return Ok(None);
        }
        let failed = Some(said.clone());
        self.record(step, at, Outcome { tries, failed, stumble, ..Outcome::default() }).await?;
        let capture = self.evidence_of_obstacle(kind).await?;
        Ok(Some(Obstacle { kind, said, line: Some(step.line), capture }))
    }

    /// Does the step in the window and frame that it asks for, and comes back.
    async fn in_its_place(&mut self, step: &Step) -> Result<Went, WalkError> {
        let patience = step.timeout.unwrap_or(self.tools.patience);
        let before = match &step.page {
            None => None,
            Some(page) => {
                let page = match self.rendered(page) {
                    Ok(page) => page,
                    Err(error) => return Ok(blocked_by_template(&error)),
                };
                let window = self.taken(&[], "window", patience).await?;
                if let blocked @ Went::Blocked(..) =
                    self.act(&Act::Window(page.clone()), &page, patience).await?
                {
                    return Ok(blocked);
                }
                window.and_then(|window| window.as_str().map(str::to_owned))
            }
        };
        let entered = match &step.frame {
            Some(frame) => self.enter_frame(frame, patience).await?,
            None => Went::Done(None),
        };
        // A frame that is not there does not keep the walk in the other window.
        let went = match entered {
            Went::Done(_) => self.perform(step, patience).await?,
            blocked @ Went::Blocked(..) => blocked,
        };
        if let Some(window) = before {
            self.session.act(&Act::Window(window), Duration::ZERO).await?;
        }
        if step.frame.is_some() || step.page.is_some() {
            self.session.act(&Act::Frame(FrameAt::Top), Duration::ZERO).await?;
            self.back_to_frame().await?;
        }
        Ok(went)
    }

    /// Goes into a frame.
    pub(super) async fn enter_frame(
        &mut self,
        frame: &FrameRef,
        patience: Duration,
    ) -> Result<Went, WalkError> {
        let element = match frame {
            FrameRef::Element(target) => match self.located(target) {
                Ok(element) => element,
                Err(error) => return Ok(blocked_by_template(&error)),
            },
            _ => Vec::new(),
        };
        let what = element.first().map_or("框架".to_owned(), speak::locator);
        self.act(&Act::Frame(FrameAt::of(frame, element)), &what, patience).await
    }

    /// Leaves the frame that the walk is in, to see the whole page.
    pub(super) async fn whole_page(&mut self) -> Result<(), WalkError> {
        if self.framed.is_some() {
            self.session.act(&Act::Frame(FrameAt::Top), Duration::ZERO).await?;
        }
        Ok(())
    }

    /// Goes back into the frame that the walk has switched to, when it is still there.
    pub(super) async fn back_to_frame(&mut self) -> Result<(), WalkError> {
        if let Some(frame) = self.framed.clone()
            && let Tried::Missed(_) = self.session.act(&Act::Frame(frame), Duration::from_secs(1)).await?
        {
            self.framed = None;
        }
        Ok(())
    }

    /// A dialogue box that the next step answers has to be expected before it opens.
    async fn foresee(&mut self, next: Option<&Step>) -> Result<(), WalkError> {
        let Some(Action::Alert(answer)) = next.map(|next| &next.action) else { return Ok(()) };
        let answer = match answer {
            Answer::Text(text) => Answer::Text(self.rendered(text).unwrap_or_default()),
            other => other.clone(),
        };
        self.session.act(&Act::Foresee(answer), Duration::ZERO).await?;
        Ok(())
    }

    fn wanted(&self, step: &Step) -> Result<bool, TemplateError> {
        step.when.as_deref().map_or(Ok(true), |condition| holds(condition, &self.scope()))
    }

    /// Where a target is on this channel.
    pub(super) fn located(
        &self,
        target: &crate::model::Target,
    ) -> Result<Vec<crate::model::Locator>, TemplateError> {
        places::locators(self.errand.channel, target, &self.scope())
    }
}

pub(super) fn blocked_by_template(error: &TemplateError) -> Went {
    Went::Blocked(ObstacleKind::NoSecret, error.to_string())
}

/// A `maybe` step passes over what is not there, not over what is forbidden or broken.
fn may_be_passed_over(kind: ObstacleKind) -> bool {
    matches!(kind, ObstacleKind::NotFound | ObstacleKind::NotActionable | ObstacleKind::Unexpected)
}

/// What may be otherwise a moment later.
fn may_be_tried_again(kind: ObstacleKind) -> bool {
    may_be_passed_over(kind) || matches!(kind, ObstacleKind::Unreachable | ObstacleKind::HttpStatus)
}
