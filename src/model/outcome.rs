//! 核查结果: everything a report needs, computed once. `findings.json` is this, serialised.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::channel::ChannelId;
use super::finding::{Finding, Saying, Unseen};
use super::hitch::Hitch;
use super::run::Run;

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The run itself.
    pub run: Run,
    /// The 94 checklist items in official order, each with its state.
    pub coverage: Vec<Coverage>,
    /// 问题清单: what stands or is new, worst first, then checklist order.
    pub issues: Vec<Issue>,
    /// 已整改: what the run before had and this one, having looked, has not.
    pub fixed: Vec<Finding>,
    /// 未能核查.
    pub unseen: Vec<Unseen>,
    /// 不稳定 and 步骤未通过: what did not go smoothly, in the order of visits; older outcomes have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hitches: Vec<Hitch>,
    /// 四端对照: one sheet for each service item that was read on at least one channel.
    pub sheets: Vec<Sheet>,
    /// Visits planned, and of these walked to the end.
    pub visits: (usize, usize),
}

/// One line of the issue list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// What is wrong.
    pub finding: Finding,
    /// Against the run before.
    pub trend: Trend,
}

/// A problem against the run before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trend {
    /// 新增.
    New,
    /// 仍存在.
    Standing,
}

impl Trend {
    /// The word that lists and reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "新增",
            Self::Standing => "仍存在",
        }
    }
}

/// How one checklist item came out, over all and per channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Id of the checklist item.
    pub check: String,
    /// Over all channels.
    pub state: CoverageState,
    /// Why nothing can be told, in Chinese (“尚无场景”, “待人工记录”); empty otherwise.
    pub why: String,
    /// Channel to its own state; empty when nothing was looked at.
    pub channels: BTreeMap<ChannelId, CoverageState>,
}

/// 结论 of a checklist item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageState {
    /// 通过: everything was looked at and is right.
    Pass,
    /// 有问题.
    Problem,
    /// 未能核查 (wholly or in part, and no problem seen).
    CannotTell,
    /// 不适用.
    NotApplicable,
    /// 待人工记录: only people can answer it.
    AwaitingPeople,
}

impl CoverageState {
    /// The word that lists and reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "通过",
            Self::Problem => "有问题",
            Self::CannotTell => "未能核查",
            Self::NotApplicable => "不适用",
            Self::AwaitingPeople => "待人工记录",
        }
    }
}

/// 对照表: one service item, element by element, on all channels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// 事项名称.
    pub item: String,
    /// The channels in order.
    pub channels: Vec<ChannelId>,
    /// Channel to the address of its guide page, where one was read.
    pub urls: BTreeMap<ChannelId, String>,
    /// One row for each element that any channel shows, in catalogue order; materials come as rows of their own with the element `materials`.
    pub rows: Vec<SheetRow>,
}

/// One line of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetRow {
    /// Element id.
    pub element: String,
    /// The material's name, in a row about one material.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<String>,
    /// What the row is about, in Chinese (“承诺办结时限”, “材料：居民身份证”).
    pub label: String,
    /// What each channel says.
    pub sayings: BTreeMap<ChannelId, Saying>,
    /// How the channels compare.
    pub likeness: Likeness,
    /// The odd ones out; empty when they agree.
    pub odd: Vec<ChannelId>,
}

/// How the channels' words compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// 一致.
    Same,
    /// 形式差异: equal after normalising; never a problem.
    Formal,
    /// 不一致.
    Differs,
    /// 有渠道未载明.
    Missing,
    /// Only one channel was seen: nothing to compare with.
    Alone,
}

impl Likeness {
    /// The word that lists and reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "一致",
            Self::Formal => "形式差异",
            Self::Differs => "不一致",
            Self::Missing => "有渠道未载明",
            Self::Alone => "无从对照",
        }
    }
}
