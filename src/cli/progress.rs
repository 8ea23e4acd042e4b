//! Shows a run as it happens: a bar where a person watches, plain lines where a log file does.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::screen::Screen;
use crate::audit::Listener;
use crate::model::{Ending, Event, Visit};
use crate::text::printable;

/// In a log file, a line so often.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Listens to a run.
pub(super) struct Progress {
    screen: Screen,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bar: Option<ProgressBar>,
    planned: usize,
    ended: usize,
    blocked: usize,
    last_line: Option<Instant>,
    /// Visit to its description, while it is under way.
    under_way: BTreeMap<String, String>,
    /// Channel and obstacle that were told already.
    told: Vec<String>,
    channels: Vec<(String, String)>,
    scenarios: BTreeMap<String, String>,
}

impl Progress {
    pub(super) fn new(screen: &Screen) -> Self {
        Self { screen: screen.clone(), state: Mutex::default() }
    }

    fn tell(&self, state: &State, line: &str) {
        match &state.bar {
            Some(bar) => bar.println(line),
            None => self.screen.error(line),
        }
    }

    fn visit_ended(&self, state: &mut State, id: &str, ending: &Ending) {
        let what = state.under_way.remove(id);
        state.ended += 1;
        if let Ending::Blocked(obstacle) = ending {
            state.blocked += 1;
            let channel = id.split('.').nth(1).unwrap_or_default();
            let told = format!("{channel}{}", obstacle.said);
            if !state.told.contains(&told) {
                let what = what.unwrap_or_else(|| id.to_owned());
                self.tell(state, &format!("  受阻  {what}：{}", printable(&obstacle.said)));
                state.told.push(told);
            }
        }
        if let Some(bar) = &state.bar {
            bar.set_position(state.ended as u64);
        } else if state.last_line.is_none_or(|last| last.elapsed() >= LINE_EVERY)
            || state.ended == state.planned
        {
            state.last_line = Some(Instant::now());
            self.screen.error(&format!("已走访 {}/{}，受阻 {}", state.ended, state.planned, state.blocked));
        }
    }
}

impl State {
    fn begin(&mut self, watched: bool, planned: usize, run: &crate::model::Run) {
        self.planned = planned;
        self.channels = run.channels.iter().map(|(id, name)| (id.0.clone(), name.clone())).collect();
        self.scenarios.clone_from(&run.scenarios);
        if watched {
            let bar = ProgressBar::new(planned as u64);
            let style = ProgressStyle::with_template("走访 {bar:30} {pos}/{len}  已用 {elapsed}  {wide_msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(200));
            self.bar = Some(bar);
        }
    }

    fn describe(&self, visit: &Visit) -> String {
        let channel =
            self.channels.iter().find(|(id, _)| *id == visit.channel.0).map_or("", |(_, name)| name.as_str());
        let scenario = self.scenarios.get(&visit.scenario).map_or("", String::as_str);
        let whom = visit.item.as_ref().map(|item| item.name.as_str()).or(visit.account.as_deref());
        printable(&format!(
            "{channel} · {scenario}{}",
            whom.map(|whom| format!(" · {whom}")).unwrap_or_default()
        ))
    }
}

impl Listener for Progress {
    fn heard(&self, event: &Event) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::RunStarted { run, planned } => state.begin(self.screen.watched, *planned, run),
            Event::VisitStarted { visit } => {
                let described = state.describe(visit);
                if let Some(bar) = &state.bar {
                    bar.set_message(described.clone());
                }
                state.under_way.insert(visit.id.0.clone(), described);
            }
            Event::VisitEnded { visit, ending } => self.visit_ended(&mut state, &visit.0, ending),
            Event::RunEnded => {
                if let Some(bar) = state.bar.take() {
                    bar.finish_and_clear();
                }
            }
            Event::Remarked { channel, said } => {
                self.tell(&state, &printable(&format!("  说明  {channel}：{said}")));
            }
            Event::StepEnded { .. }
            | Event::Captured { .. }
            | Event::Answered { .. }
            | Event::Asked { .. }
            | Event::GivenUp { .. }
            | Event::GuidesWanted { .. }
            | Event::GuidesAhead { .. }
            | Event::Looked { .. }
            | Event::SpeedChosen { .. } => {}
        }
    }
}
