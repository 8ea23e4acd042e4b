//! 场景: one errand told once, in steps that a person would read aloud.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value};

use super::action::{Action, DragTo, Expect, KeepFrom, Scroll, Switch, Wait};
use super::run::FileMark;
use super::target::{FrameRef, Target};

/// 场景: what to do, for whom, and which checks its evidence serves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scenario {
    /// Stable name (`guide-consistency`).
    pub id: String,
    /// 标题.
    pub title: String,
    /// Ids of the checks that the evidence is for; may be none.
    pub checks: Vec<String>,
    /// Channels it is limited to; empty means all.
    pub channels: Vec<String>,
    /// What it is repeated over.
    pub for_each: ForEach,
    /// 标签, to select it by.
    pub tags: Vec<String>,
    /// What `call` can give it, with what is taken when `call` does not.
    pub params: BTreeMap<String, String>,
    /// Address that relative addresses are joined with where the channel has no home.
    pub base: Option<String>,
    /// What is done first.
    pub before: Vec<Step>,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// What is done in the end, however the steps went.
    pub after: Vec<Step>,
    /// `x-…` keys, kept for whoever wrote them.
    pub extra: Map<String, Value>,
    /// The file it was read from, for messages.
    pub file: String,
    /// SHA-256 of that file's text, in hexadecimal digits.
    pub sha256: String,
}

impl Scenario {
    /// The file that it was read from.
    #[must_use]
    pub fn mark(&self) -> FileMark {
        FileMark { path: self.file.clone(), sha256: self.sha256.clone() }
    }

    /// Every step, those inside others included, in the order of the file.
    #[must_use]
    pub fn every_step(&self) -> Vec<&Step> {
        let mut found = Vec::new();
        for steps in [&self.before, &self.steps, &self.after] {
            every_step(steps, &mut found);
        }
        found
    }
}

fn every_step<'a>(steps: &'a [Step], found: &mut Vec<&'a Step>) {
    for step in steps {
        found.push(step);
        for inner in step.action.inner() {
            every_step(inner, found);
        }
    }
}

/// What a scenario is repeated over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ForEach {
    /// Walked once a channel.
    #[default]
    Once,
    /// Once for each service item (`{{ item.name }}` …).
    Items,
    /// Once for each test account (`{{ account.user }}` …).
    Accounts,
    /// Once for each row of a table (`{{ row.列名 }}`).
    Rows(RowTable),
}

/// 数据表: the rows of a CSV or XLSX file, each cell under its heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowTable {
    /// The file's name, beside the scenario file.
    pub file: String,
    /// The headings, in the order of the file.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<BTreeMap<String, String>>,
}

/// 步骤: one line of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// What the volunteer calls it, where the action alone does not say it.
    pub label: Option<String>,
    /// An expression; the step is passed over when it is false.
    pub when: Option<String>,
    /// Whether the walk goes on when the target is not there (`maybe`).
    pub maybe: bool,
    /// How long the target is waited for, when not the default.
    pub timeout: Option<Duration>,
    /// How often it is tried again when it fails.
    pub retry: u32,
    /// Whether the walk goes on when it fails; the failure is noted.
    pub soft: bool,
    /// The window that it is done in, by `main` or its exact address; only this step.
    pub page: Option<String>,
    /// The frame that it is done in; only this step.
    pub frame: Option<FrameRef>,
    /// Kept but not done.
    pub disabled: bool,
    /// `x-…` keys, kept for whoever wrote them.
    pub extra: Map<String, Value>,
    /// 1-based line in the scenario file.
    pub line: usize,
    /// 1-based column in that line; 0 where it was not read from a file.
    pub column: usize,
}

impl Step {
    /// The action alone, at a line of the file.
    #[must_use]
    pub fn of(action: Action, line: usize) -> Self {
        Self {
            action,
            label: None,
            when: None,
            maybe: false,
            timeout: None,
            retry: 0,
            soft: false,
            page: None,
            frame: None,
            disabled: false,
            extra: Map::new(),
            line,
            column: 0,
        }
    }
}

impl Step {
    /// Everything on the page that it names, its frame included; the steps inside it aside.
    #[must_use]
    pub fn targets(&self) -> Vec<&Target> {
        let mut found = self.action.targets();
        if let Some(FrameRef::Element(frame)) = &self.frame {
            found.push(frame);
        }
        found
    }
}

impl Action {
    /// Everything on the page that it names; the steps inside it aside.
    #[must_use]
    pub fn targets(&self) -> Vec<&Target> {
        match self {
            Self::Tap(tap) => vec![&tap.target],
            Self::Type { into: target, .. }
            | Self::Fill { into: target, .. }
            | Self::Choose { from: target, .. }
            | Self::Tick { target, .. }
            | Self::Upload { into: target, .. }
            | Self::PickDate { into: target, .. }
            | Self::Slide { of: target, .. }
            | Self::Hover { target, .. }
            | Self::Out(target)
            | Self::Download { tap: target, .. }
            | Self::Scroll(Scroll::Into(target))
            | Self::Wait(Wait::For { target, .. })
            | Self::Expect(Expect::Seen { target, .. })
            | Self::Switch(Switch::Frame(FrameRef::Element(target))) => vec![target],
            Self::Expect(Expect::Element(state)) => vec![&state.target],
            Self::Drag { from, to } => match to {
                DragTo::Onto(onto) => vec![from, onto],
                DragTo::By(..) => vec![from],
            },
            Self::Press(press) => press.on.iter().collect(),
            Self::Swipe { within, .. } | Self::Scroll(Scroll::To { within, .. }) => within.iter().collect(),
            Self::Set(kept) => kept
                .iter()
                .filter_map(|keep| match &keep.from {
                    KeepFrom::Element(target, _) => Some(target),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The lists of steps inside it.
    #[must_use]
    pub fn inner(&self) -> Vec<&[Step]> {
        match self {
            Self::Group { steps, .. } | Self::Repeat { steps, .. } | Self::ForEach { steps, .. } => {
                vec![steps]
            }
            Self::If { then, otherwise, .. } => vec![then, otherwise],
            _ => Vec::new(),
        }
    }
}
