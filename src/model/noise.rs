//! What a browser tells beside the page itself.

use serde::{Deserialize, Serialize};

/// 浏览器消息: one line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// What sort of line.
    pub kind: NoiseKind,
    /// The browser's words, or ours in Chinese.
    pub said: String,
    /// The address it is about, where there is one.
    pub url: Option<String>,
    /// The status that a failed request was answered with, where it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

/// The sort of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoiseKind {
    /// The page wrote an error or a warning to its console, or the browser did about it.
    Console,
    /// A script of the page ended in an error that nobody caught.
    Exception,
    /// A request failed, or was answered with an error status.
    FailedRequest,
    /// A request would have submitted something, and was held back.
    HeldSubmission,
    /// A page of a host that is not listed would have been opened, and was held back.
    HeldHost,
}

impl NoiseKind {
    /// The word that reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Console => "控制台消息",
            Self::Exception => "网页脚本出错",
            Self::FailedRequest => "请求失败",
            Self::HeldSubmission => "拦下的提交",
            Self::HeldHost => "拦下的外部网址",
        }
    }
}
