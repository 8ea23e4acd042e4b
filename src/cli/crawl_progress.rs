//! Shows a crawl as it happens: how much was read on each channel, how fast, and how long it will still take.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::screen::Screen;
use crate::audit::Listener;
use crate::model::{Ending, Event};
use crate::text::printable;

/// In a log file, a line so often.
const LINE_EVERY: Duration = Duration::from_secs(10);
/// The bar is written anew no more often than this.
const SHOW_EVERY: Duration = Duration::from_millis(100);

/// Listens to a crawl.
pub(super) struct CrawlProgress {
    screen: Screen,
    quiet: bool,
    state: Mutex<State>,
}

struct State {
    bar: Option<ProgressBar>,
    channels: Vec<(String, String)>,
    /// Items of the catalogue; 0 where there is none.
    items: usize,
    counts: BTreeMap<String, Counts>,
    began: Instant,
    shown: Option<Instant>,
    pages: usize,
}

#[derive(Default)]
struct Counts {
    read: usize,
    blocked: usize,
    looked: usize,
}

impl CrawlProgress {
    pub(super) fn new(screen: &Screen, quiet: bool) -> Self {
        let state = State {
            bar: None,
            channels: Vec::new(),
            items: 0,
            counts: BTreeMap::new(),
            began: Instant::now(),
            shown: None,
            pages: 0,
        };
        Self { screen: screen.clone(), quiet, state: Mutex::new(state) }
    }

    fn show(&self, state: &mut State, now: bool) {
        let every = if state.bar.is_some() { SHOW_EVERY } else { LINE_EVERY };
        if self.quiet || !(now || state.shown.is_none_or(|shown| shown.elapsed() >= every)) {
            return;
        }
        state.shown = Some(Instant::now());
        let line = state.line();
        match &state.bar {
            Some(bar) => bar.set_message(line),
            None => self.screen.error(&line),
        }
    }

    fn tell(&self, state: &State, line: &str) {
        match &state.bar {
            _ if self.quiet => {}
            Some(bar) => bar.println(printable(line)),
            None => self.screen.error(&printable(line)),
        }
    }
}

impl State {
    fn name(&self, channel: &str) -> String {
        let named = self.channels.iter().find(|(id, _)| id == channel);
        named.map_or_else(|| channel.to_owned(), |(_, name)| name.clone())
    }

    /// `PC端 120/200 · APP 35/200　14.2 页/秒，约剩 2 分 10 秒`.
    fn line(&self) -> String {
        let channels: Vec<String> = self
            .channels
            .iter()
            .map(|(id, name)| {
                let counts = self.counts.get(id);
                let done = counts.map_or(0, |counts| counts.read + counts.blocked);
                let looked = counts.map_or(0, |counts| counts.looked);
                let of = if self.items > 0 { format!("/{}", self.items) } else { String::new() };
                let lists = if looked > 0 { format!("（看过 {looked} 页）") } else { String::new() };
                printable(&format!("{name} {done}{of}{lists}"))
            })
            .collect();
        let rate = self.pages as f64 / self.began.elapsed().as_secs_f64().max(0.1);
        let left = self.time_left().map_or_else(String::new, |left| format!("，约剩 {left}"));
        format!("{}　{rate:.1} 页/秒{left}", channels.join(" · "))
    }

    /// Only where the items are known beforehand.
    fn time_left(&self) -> Option<String> {
        let done: usize = self.counts.values().map(|counts| counts.read + counts.blocked).sum();
        let all = self.items * self.channels.len();
        if all == 0 || done == 0 || done > all {
            return None;
        }
        let seconds = self.began.elapsed().as_secs_f64() / done as f64 * (all - done) as f64;
        let seconds = seconds.round() as u64;
        Some(if seconds >= 60 {
            format!("{} 分 {} 秒", seconds / 60, seconds % 60)
        } else {
            format!("{seconds} 秒")
        })
    }
}

impl Listener for CrawlProgress {
    fn heard(&self, event: &Event) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::RunStarted { run, .. } => {
                state.channels = run.channels.iter().map(|(id, name)| (id.0.clone(), name.clone())).collect();
                state.items = run.items.len();
                if self.screen.watched && !self.quiet {
                    let bar = ProgressBar::new_spinner();
                    let style = ProgressStyle::with_template("{spinner} {elapsed}  {wide_msg}");
                    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
                    bar.enable_steady_tick(Duration::from_millis(200));
                    state.bar = Some(bar);
                }
            }
            Event::VisitEnded { visit, ending } => {
                let channel = visit.0.split('.').nth(1).unwrap_or_default().to_owned();
                let counts = state.counts.entry(channel).or_default();
                match ending {
                    Ending::Completed => counts.read += 1,
                    Ending::Blocked(_) => counts.blocked += 1,
                }
                state.pages += 1;
                self.show(&mut state, false);
            }
            Event::Looked { look } => {
                if !look.leads.is_empty() {
                    state.counts.entry(look.channel.0.clone()).or_default().looked += 1;
                    state.pages += 1;
                }
                self.show(&mut state, false);
            }
            Event::SpeedChosen { channel, speed, why } => {
                let line = format!("  {}：用{}取页面（{why}）", state.name(&channel.0), speed.name());
                self.tell(&state, &line);
            }
            Event::Remarked { channel, said } => {
                let line = format!("  {}：{said}", state.name(&channel.0));
                self.tell(&state, &line);
            }
            Event::RunEnded => {
                self.show(&mut state, true);
                if let Some(bar) = state.bar.take() {
                    bar.finish_and_clear();
                }
            }
            _ => {}
        }
    }
}
