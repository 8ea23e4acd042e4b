//! 问题 and 未能核查: what a check concludes, with the evidence for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::channel::ChannelId;

/// 说法: what a channel says about something. Not having looked is not silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// 原文; what stands in ［］ is ours.
    Text(String),
    /// 未载明: we looked, it is not there.
    Nothing,
    /// 未看到: we could not look.
    Unseen,
}

/// What one channel says, and where a person can see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    /// The words.
    pub said: Said,
    /// Id of the capture that shows it, where there is one.
    pub capture: Option<String>,
    /// Index of the node in the capture's snapshot.
    pub node: Option<u32>,
}

/// 问题: something surely wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// 问题指纹: the same problem on another day has the same one (16 hex digits over check, item, element, kind, rule, channels).
    pub fingerprint: String,
    /// Id of the checklist item.
    pub check: String,
    /// 事项名称; empty when the problem is the portal's own.
    pub item: String,
    /// The channels that are wrong, in the portal file's order.
    pub channels: Vec<ChannelId>,
    /// Element id of the catalogue, or the check's own aspect (`how`, `materials`, `expiry` for the chatbot); possibly empty.
    pub element: String,
    /// What is wrong with it.
    pub kind: Kind,
    /// Id of the rule that is broken (`R01`), where the problem is one of the numbered rules. Only for [`Kind::Rule`] it is
    /// part of the fingerprint; the other kinds say the same by themselves.
    pub rule: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// 发现的问题: one or two Chinese sentences that a person understands without the program.
    pub message: String,
    /// 整改建议: what to do about it, in Chinese.
    pub advice: String,
    /// What every channel says about it.
    pub sayings: BTreeMap<ChannelId, Saying>,
}

/// What is wrong. The slug is part of the JSON contract and of the fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// 各渠道不一致.
    Differs,
    /// 与事项库不一致: the channel says something else than the office's own database of items.
    Baseline,
    /// 缺失: others say it, this channel does not; or nobody says what is required.
    Missing,
    /// 空白: the label is there without a value.
    Empty,
    /// 占位: 暂无、详见… where content is needed.
    Placeholder,
    /// 模板泄漏: undefined, `{{…}}`, a bare unit.
    Leak,
    /// 规则不符: breaks a logic or format rule.
    Rule,
    /// 媒体失效: a picture or film that does not load.
    DeadMedia,
    /// 附件打不开: a form or sample that cannot be had.
    DeadFile,
    /// 附件不能用: a form or sample that is empty, of another type than it says, or does not open.
    BadFile,
    /// 自相矛盾: one page states one element twice, differently.
    Contradictory,
    /// 不易看懂: legal language instead of plain words.
    HardToRead,
    /// 只有环节名称: stages without any explanation.
    StagesOnly,
    /// 答非所问或无应答: the chatbot falls back or stays silent.
    NoAnswer,
    /// 事项识别错误: the chatbot talks about another item.
    WrongItem,
    /// 答案与指南不符.
    WrongFact,
    /// 链接失效.
    DeadLink,
    /// 登录不成功.
    LoginFailed,
    /// 验证码无替代方式.
    CaptchaInaccessible,
    /// 出错无提示.
    SilentError,
    /// 提示为程序报错.
    RawError,
}

impl Kind {
    /// The word that lists and reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Differs => "各渠道不一致",
            Self::Baseline => "与事项库不一致",
            Self::Missing => "要素缺失",
            Self::Empty => "内容空白",
            Self::Placeholder => "占位内容",
            Self::Leak => "模板残留",
            Self::Rule => "规则不符",
            Self::DeadMedia => "图片或视频失效",
            Self::DeadFile => "附件打不开",
            Self::BadFile => "附件不能用",
            Self::Contradictory => "自相矛盾",
            Self::HardToRead => "不易看懂",
            Self::StagesOnly => "只有环节名称",
            Self::NoAnswer => "未能应答",
            Self::WrongItem => "事项识别错误",
            Self::WrongFact => "答案与指南不符",
            Self::DeadLink => "链接失效",
            Self::LoginFailed => "登录不成功",
            Self::CaptchaInaccessible => "验证码无替代方式",
            Self::SilentError => "出错无提示",
            Self::RawError => "提示为程序报错",
        }
    }

    /// The stable name in JSON, keys and fingerprints.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::Baseline => "baseline",
            Self::Missing => "missing",
            Self::Empty => "empty",
            Self::Placeholder => "placeholder",
            Self::Leak => "leak",
            Self::Rule => "rule",
            Self::DeadMedia => "dead-media",
            Self::DeadFile => "dead-file",
            Self::BadFile => "bad-file",
            Self::Contradictory => "contradictory",
            Self::HardToRead => "hard-to-read",
            Self::StagesOnly => "stages-only",
            Self::NoAnswer => "no-answer",
            Self::WrongItem => "wrong-item",
            Self::WrongFact => "wrong-fact",
            Self::DeadLink => "dead-link",
            Self::LoginFailed => "login-failed",
            Self::CaptchaInaccessible => "captcha-inaccessible",
            Self::SilentError => "silent-error",
            Self::RawError => "raw-error",
        }
    }
}

/// 严重程度, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// 提示.
    Note,
    /// 一般.
    Minor,
    /// 严重.
    Major,
}

impl Severity {
    /// The word that lists and reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "提示",
            Self::Minor => "一般",
            Self::Major => "严重",
        }
    }
}

/// 未能核查: what could not be judged on which channels, and why. Rows with the same reason are one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unseen {
    /// Ids of the checklist items concerned; empty for a walk that serves none and did not come to its end.
    pub checks: Vec<String>,
    /// The channel; `None` when no channel could be looked at for want of a scenario.
    pub channel: Option<ChannelId>,
    /// 事项名称 of what was not seen; empty for the whole channel or the portal itself.
    pub items: Vec<String>,
    /// Why, in Chinese.
    pub why: String,
    /// Whether it makes the run incomplete (an item that has no scenario yet does not).
    pub incomplete: bool,
    /// Id of a capture that shows the obstacle, where there is one.
    pub capture: Option<String>,
}
