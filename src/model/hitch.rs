//! 不顺: what did not go smoothly on a visit that went on all the same. No problem of the portal, and no plain pass either.

use serde::{Deserialize, Serialize};

use super::channel::ChannelId;
use super::step_record::StepRecord;
use super::visit::{Ending, Visit, VisitId};

/// 不顺: a step or a visit that was only done when it was tried again, or a step that was allowed to fail and did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hitch {
    /// What it is.
    pub kind: HitchKind,
    /// The visit.
    pub visit: VisitId,
    /// Id of the scenario that was walked.
    pub scenario: String,
    /// The channel it was walked on.
    pub channel: ChannelId,
    /// Whom it was walked for: 事项名称, or the name of a test account; possibly empty.
    pub whom: String,
    /// Ids of the checklist items that the visit serves.
    pub checks: Vec<String>,
    /// 1-based line of the step in its scenario file.
    pub line: Option<usize>,
    /// Id of the scenario whose file the line is of, where another one called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// What the step says, in Chinese; of a visit that was walked again, how far it had come. Possibly empty.
    pub step: String,
    /// What was in the way first, in Chinese; empty in older journals.
    pub why: String,
    /// How often it was tried.
    pub tries: u32,
    /// Id of the capture that shows the page when it first failed.
    pub capture: Option<String>,
}

/// What did not go smoothly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HitchKind {
    /// 步骤未通过: a `soft` step failed, and the walk went on as the scenario wants it.
    SoftFailure,
    /// 不稳定: a step was only done when it was tried again.
    Flaky,
    /// 不稳定: the browser broke down, and the whole visit was only done when it was walked again.
    WalkedAgain,
}

impl HitchKind {
    /// The word that lists and reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SoftFailure => "步骤未通过",
            Self::Flaky | Self::WalkedAgain => "不稳定",
        }
    }

    /// Whether it was done in the end.
    #[must_use]
    pub fn is_flaky(self) -> bool {
        self != Self::SoftFailure
    }
}

/// A walk that was given up because the browser broke down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenUp {
    /// Why, in Chinese.
    pub why: String,
    /// 1-based line of the last step that was done.
    pub line: Option<usize>,
    /// What that step says; empty when there was none.
    pub step: String,
    /// Id of the last page that was kept.
    pub capture: Option<String>,
}

impl Visit {
    /// 不稳定: whether it, or a step of it, was only done when it was tried again.
    #[must_use]
    pub fn is_flaky(&self) -> bool {
        self.hitches().iter().any(|hitch| hitch.kind.is_flaky())
    }

    /// What did not go smoothly, in the order in which it happened.
    #[must_use]
    pub fn hitches(&self) -> Vec<Hitch> {
        let again = self.given_up.first().filter(|_| self.ending == Ending::Completed);
        let again = again.map(|first| self.walked_again(first));
        again.into_iter().chain(self.steps.iter().filter_map(|step| self.stumbled(step))).collect()
    }

    /// Notes that this walk is given up; the visit is to be begun anew.
    pub fn give_up(&mut self, why: &str) {
        let last = self.steps.last();
        self.given_up.push(GivenUp {
            why: why.to_owned(),
            line: last.map(|step| step.line),
            step: last.map_or_else(String::new, |step| step.said.clone()),
            capture: self.captures.last().map(|capture| capture.id.clone()),
        });
    }

    fn walked_again(&self, first: &GivenUp) -> Hitch {
        Hitch {
            line: first.line,
            step: first.step.clone(),
            why: first.why.clone(),
            tries: u32::try_from(self.given_up.len()).unwrap_or(u32::MAX).saturating_add(1),
            capture: first.capture.clone(),
            ..self.hitch(HitchKind::WalkedAgain)
        }
    }

    fn stumbled(&self, step: &StepRecord) -> Option<Hitch> {
        let kind = match &step.failed {
            Some(_) if step.soft => HitchKind::SoftFailure,
            None if step.is_flaky() => HitchKind::Flaky,
            _ => return None,
        };
        let first = step.stumble.as_ref();
        let why = first.map(|first| &first.said).or(step.failed.as_ref());
        Some(Hitch {
            line: Some(step.line),
            called: step.scenario.clone(),
            step: step.said.clone(),
            why: why.cloned().unwrap_or_default(),
            tries: step.tries,
            capture: first.and_then(|first| first.capture.clone()),
            ..self.hitch(kind)
        })
    }

    fn hitch(&self, kind: HitchKind) -> Hitch {
        let item = self.item.as_ref().map(|item| &item.name);
        Hitch {
            kind,
            visit: self.id.clone(),
            scenario: self.scenario.clone(),
            channel: self.channel.clone(),
            whom: item.or(self.account.as_ref()).cloned().unwrap_or_default(),
            checks: self.checks.clone(),
            line: None,
            called: None,
            step: String::new(),
            why: String::new(),
            tries: 1,
            capture: None,
        }
    }
}
