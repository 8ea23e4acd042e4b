//! Shows a replay step by step, and holds it up where somebody wants to look.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::asking::typed_line;
use super::screen::Screen;
use crate::audit::Listener;
use crate::model::{Ending, Event, StepRecord};
use crate::runner::Watcher;
use crate::text::printable;

/// The person at the terminal, who may want to look at every step.
pub(super) struct AtHand {
    pub(super) screen: Screen,
    pub(super) step: bool,
    pub(super) pause_on_error: bool,
    pub(super) slow_mo: Duration,
}

#[async_trait]
impl Watcher for AtHand {
    async fn before(&self, _line: usize, said: &str) {
        if self.step {
            self.screen.error(&format!("  按回车做下一步：{}", printable(said)));
            typed_line().await;
        }
    }

    async fn after(&self, step: &StepRecord) {
        if self.pause_on_error && step.failed.is_some() {
            self.screen.error("  停在这里，浏览器没有关；看过之后按回车");
            typed_line().await;
        } else if !self.slow_mo.is_zero() {
            tokio::time::sleep(self.slow_mo).await;
        }
    }
}

/// Prints every step as it ends.
pub(super) struct Steps {
    screen: Screen,
    /// Whether the lines of the scenario file are the reader's own.
    lines: bool,
    told: Mutex<Told>,
    went: Mutex<Went>,
}

/// What a replay came to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Went {
    /// Whether a walk did not come to its end.
    pub(super) stuck: bool,
    /// Whether a step failed.
    pub(super) failed: bool,
}

#[derive(Default)]
struct Told {
    steps: usize,
    titles: std::collections::BTreeMap<String, String>,
    channels: Vec<(String, String)>,
}

impl Steps {
    pub(super) fn new(screen: &Screen, lines: bool) -> Self {
        Self { screen: screen.clone(), lines, told: Mutex::default(), went: Mutex::default() }
    }

    /// What the replay has come to so far.
    pub(super) fn went(&self) -> Went {
        *self.went.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self, number: usize, step: &StepRecord) -> String {
        let mark = match (&step.failed, step.skipped) {
            (Some(_), _) => self.screen.red("✗"),
            (None, true) => self.screen.faint("跳过"),
            (None, false) => self.screen.green("✓"),
        };
        let place = if self.lines { format!("第 {} 行", step.line) } else { format!("第 {number} 步") };
        let again = if step.tries > 1 { format!("（试了 {} 次）", step.tries) } else { String::new() };
        let why = step.failed.as_deref().map(|why| format!("：{}", printable(why))).unwrap_or_default();
        let seconds = Duration::from_millis(step.took_ms).as_secs_f64();
        let time = self.screen.faint(&format!("{seconds:.1} 秒"));
        format!("  {mark}  {place}  {}{again}{why}  {time}", printable(&step.said))
    }
}

impl Listener for Steps {
    fn heard(&self, event: &Event) {
        let mut went = self.went.lock().unwrap_or_else(PoisonError::into_inner);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::RunStarted { run, .. } => {
                told.titles.clone_from(&run.scenarios);
                told.channels = run.channels.iter().map(|(id, name)| (id.0.clone(), name.clone())).collect();
            }
            Event::VisitStarted { visit } => {
                told.steps = 0;
                let channel = told.channels.iter().find(|(id, _)| *id == visit.channel.0);
                let channel = channel.map_or("", |(_, name)| name.as_str());
                let title = told.titles.get(&visit.scenario).map_or("", String::as_str);
                let whom = visit.item.as_ref().map(|item| item.name.as_str()).or(visit.account.as_deref());
                let whom = whom.map(|whom| format!(" · {whom}")).unwrap_or_default();
                self.screen.line(&self.screen.strong(&printable(&format!("{title}（{channel}{whom}）"))));
            }
            Event::StepEnded { step, .. } => {
                told.steps += 1;
                went.failed |= step.failed.is_some();
                self.screen.line(&self.step(told.steps, step));
            }
            Event::VisitEnded { ending: Ending::Completed, .. } => {
                self.screen.line(&self.screen.green("  走完了"));
            }
            Event::VisitEnded { ending: Ending::Blocked(obstacle), .. } => {
                went.stuck = true;
                let said = printable(&obstacle.said);
                self.screen.line(&self.screen.red(&format!("  没有走完：{said}")));
            }
            _ => {}
        }
    }
}
