//! Shows a replay step by step, and holds it up where somebody wants to look.

use std::sync::atomic::{AtomicBool, Ordering};
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
    /// Whether a walk did not come to its end.
    stuck: AtomicBool,
}

#[derive(Default)]
struct Told {
    steps: usize,
    titles: std::collections::BTreeMap<String, String>,
    channels: Vec<(String, String)>,
}

impl Steps {
    pub(super) fn new(screen: &Screen, lines: bool) -> Self {
        Self { screen: screen.clone(), lines, told: Mutex::default(), stuck: AtomicBool::default() }
    }

    /// Whether a walk did not come to its end so far.
    pub(super) fn stuck(&self) -> bool {
        self.stuck.load(Ordering::Relaxed)
    }

    fn step(&self, number: usize, step: &StepRecord) -> String {
        let mark = match (&step.failed, step.skipped) {
            (Some(_), _) => self.screen.red("✗"),
            (None, true) => self.screen.faint("跳过"),
            (None, false) if step.is_flaky() => self.screen.yellow("≈"),
            (None, false) => self.screen.green("✓"),
        };
        let place = if self.lines { format!("第 {} 行", step.line) } else { format!("第 {number} 步") };
        let why = self.remark(step);
        let seconds = Duration::from_millis(step.took_ms).as_secs_f64();
        let time = self.screen.faint(&format!("{seconds:.1} 秒"));
        format!("  {mark}  {place}  {}{why}  {time}", printable(&step.said))
    }
}

impl Steps {
    /// What there is to say of a step that did not simply pass.
    fn remark(&self, step: &StepRecord) -> String {
        let first = step.stumble.as_ref().map_or("", |stumble| stumble.said.as_str());
        match &step.failed {
            Some(why) if step.soft => {
                format!("：{}{}", printable(why), self.screen.yellow("（未通过，继续往下走）"))
            }
            Some(why) if step.tries > 1 => format!("（试了 {} 次）：{}", step.tries, printable(why)),
            Some(why) => format!("：{}", printable(why)),
            None if step.is_flaky() => {
                let told =
                    format!("（不稳定：试到第 {} 次才做成；第 1 次：{}）", step.tries, printable(first));
                self.screen.yellow(&told)
            }
            None => String::new(),
        }
    }
}

impl Listener for Steps {
    fn heard(&self, event: &Event) {
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
                self.screen.line(&self.step(told.steps, step));
            }
            Event::GivenUp { why, .. } => {
                let said = format!("  浏览器中途出了问题，重新走一遍：{}", printable(why));
                self.screen.line(&self.screen.yellow(&said));
            }
            Event::VisitEnded { ending: Ending::Completed, .. } => {
                self.screen.line(&self.screen.green("  走完了"));
            }
            Event::VisitEnded { ending: Ending::Blocked(obstacle), .. } => {
                self.stuck.store(true, Ordering::Relaxed);
                let said = printable(&obstacle.said);
                self.screen.line(&self.screen.red(&format!("  没有走完：{said}")));
            }
            _ => {}
        }
    }
}
