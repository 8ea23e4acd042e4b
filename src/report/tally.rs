//! The figures that every format shows: counted once, so that no two formats disagree.

use crate::model::{ChannelId, Checklist, Coverage, CoverageState, Outcome, Severity, Trend};

/// 体验环节 of the checklist in its order, with the section it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stage {
    /// Its name.
    pub(super) name: &'static str,
    /// Whether channels can show it (线上).
    pub(super) online: bool,
}

/// The stages in official order.
pub(super) fn stages() -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for item in &Checklist::official().items {
        if !stages.iter().any(|stage| stage.name == item.stage && stage.online == item.is_online()) {
            stages.push(Stage { name: &item.stage, online: item.is_online() });
        }
    }
    stages
}

/// How a stage came out on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StageState {
    /// 有问题.
    Problem,
    /// 通过: whatever was looked at is right.
    Pass,
    /// 部分通过: some is right, some could not be seen.
    Partly,
    /// 未能核查.
    CannotTell,
    /// 不适用.
    NotApplicable,
    /// 尚未走访: no scenario looked at it.
    NotVisited,
}

impl StageState {
    /// The word that reports show.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Problem => "有问题",
            Self::Pass => "通过",
            Self::Partly => "部分通过",
            Self::CannotTell => "未能核查",
            Self::NotApplicable => "不适用",
            Self::NotVisited => "尚未走访",
        }
    }

    /// The sign that stands beside the word, so that colour is never alone.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Problem => "✕",
            Self::Pass => "✓",
            Self::Partly => "◐",
            Self::CannotTell => "?",
            Self::NotApplicable => "–",
            Self::NotVisited => "·",
        }
    }

    /// The class that the style sheet colours.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Pass => "pass",
            Self::Partly => "partly",
            Self::CannotTell => "cannot",
            Self::NotApplicable | Self::NotVisited => "quiet",
        }
    }
}

/// One field of the overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StageCell {
    /// How it came out.
    pub(super) state: StageState,
    /// Number of problems.
    pub(super) problems: usize,
    /// Official items that were looked at (passed or have problems).
    pub(super) judged: usize,
    /// Official items of the stage.
    pub(super) points: usize,
    /// 不稳定: what was only done when it was tried again, on visits that serve the stage.
    pub(super) flaky: usize,
}

/// One stage on one channel.
pub(super) fn stage_cell(outcome: &Outcome, stage: &Stage, channel: &ChannelId) -> StageCell {
    let of_stage = |check: &str| {
        Checklist::official()
            .item(check)
            .is_some_and(|item| item.stage == stage.name && item.is_online() == stage.online)
    };
    let lines: Vec<&Coverage> = outcome.coverage.iter().filter(|line| of_stage(&line.check)).collect();
    let count = |state| lines.iter().filter(|line| line.channels.get(channel) == Some(&state)).count();
    let problems = outcome
        .issues
        .iter()
        .filter(|issue| of_stage(&issue.finding.check) && issue.finding.channels.contains(channel))
        .count();
    let (right, wrong) = (count(CoverageState::Pass), count(CoverageState::Problem));
    let blind = count(CoverageState::CannotTell);
    let found = match (problems + wrong, right, blind, count(CoverageState::NotApplicable)) {
        (1.., ..) => StageState::Problem,
        (0, 1.., 1.., _) => StageState::Partly,
        (0, 1.., 0, _) => StageState::Pass,
        (0, 0, 1.., _) => StageState::CannotTell,
        (0, 0, 0, 1..) => StageState::NotApplicable,
        (0, 0, 0, 0) => StageState::NotVisited,
    };
    let flaky = outcome.hitches.iter().filter(|hitch| {
        hitch.kind.is_flaky() && hitch.channel == *channel && hitch.checks.iter().any(|check| of_stage(check))
    });
    StageCell { state: found, problems, judged: right + wrong, points: lines.len(), flaky: flaky.count() }
}

/// The key figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    /// 严重.
    pub(super) major: usize,
    /// 一般.
    pub(super) minor: usize,
    /// 提示.
    pub(super) note: usize,
    /// 新增.
    pub(super) new: usize,
    /// 仍存在.
    pub(super) standing: usize,
    /// 已整改.
    pub(super) fixed: usize,
    /// 未能核查 rows that make the run incomplete.
    pub(super) blocked: usize,
    /// 不稳定: steps and visits that were only done when they were tried again.
    pub(super) flaky: usize,
    /// 步骤未通过: steps that were allowed to fail and did.
    pub(super) soft: usize,
}

impl Tally {
    /// Counts an outcome.
    pub(super) fn of(outcome: &Outcome) -> Self {
        let graded =
            |severity| outcome.issues.iter().filter(|issue| issue.finding.severity == severity).count();
        let trending = |trend| outcome.issues.iter().filter(|issue| issue.trend == trend).count();
        Self {
            major: graded(Severity::Major),
            minor: graded(Severity::Minor),
            note: graded(Severity::Note),
            new: trending(Trend::New),
            standing: trending(Trend::Standing),
            fixed: outcome.fixed.len(),
            blocked: outcome.unseen.iter().filter(|row| row.incomplete).count(),
            flaky: outcome.hitches.iter().filter(|hitch| hitch.kind.is_flaky()).count(),
            soft: outcome.hitches.iter().filter(|hitch| !hitch.kind.is_flaky()).count(),
        }
    }

    /// All problems.
    pub(super) fn problems(&self) -> usize {
        self.major + self.minor + self.note
    }

    /// The whole run in one sentence.
    pub(super) fn verdict(&self) -> String {
        let found = match (self.problems(), self.major) {
            (0, _) => "本次核查未发现问题".to_owned(),
            (problems, 0) => format!("发现 {problems} 个问题，没有严重问题"),
            (problems, major) => format!("发现 {problems} 个问题，其中严重 {major} 个"),
        };
        let soft = (self.soft > 0).then(|| format!("有 {} 个步骤未通过", self.soft));
        let flaky = (self.flaky > 0).then(|| format!("有 {} 处不稳定（重试后才做成）", self.flaky));
        let gaps = (self.blocked > 0).then(|| format!("另有 {} 处未能核查，结果不完整", self.blocked));
        let told: Vec<String> = [Some(found), soft, flaky, gaps].into_iter().flatten().collect();
        format!("{}。", told.join("；"))
    }
}

/// How many of these lines have the state.
pub(super) fn in_state(lines: &[&Coverage], state: CoverageState) -> usize {
    lines.iter().filter(|line| line.state == state).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(major: usize, minor: usize, blocked: usize) -> Tally {
        Tally { major, minor, note: 0, new: 0, standing: 0, fixed: 0, blocked, flaky: 0, soft: 0 }
    }

    #[test]
    fn the_verdict_never_hides_what_could_not_be_seen() {
        assert_eq!(tally(0, 0, 0).verdict(), "本次核查未发现问题。");
        assert_eq!(tally(0, 0, 1).verdict(), "本次核查未发现问题；另有 1 处未能核查，结果不完整。");
        assert_eq!(tally(0, 2, 0).verdict(), "发现 2 个问题，没有严重问题。");
        assert_eq!(tally(1, 2, 0).verdict(), "发现 3 个问题，其中严重 1 个。");
        let shaky = Tally { flaky: 2, soft: 1, ..tally(0, 0, 1) };
        assert_eq!(
            shaky.verdict(),
            "本次核查未发现问题；有 1 个步骤未通过；有 2 处不稳定（重试后才做成）；另有 1 处未能核查，结果不完整。"
        );
    }

    #[test]
    fn the_official_stages_come_in_order_online_first() {
        let stages = stages();
        assert_eq!(stages.first().map(|stage| stage.name), Some("注册登录/身份认证"));
        assert_eq!(stages.iter().filter(|stage| stage.online).count(), 10);
    }
}
