//! 在线咨询: what was asked, what was answered, and where the answer's links lead.

use serde::{Deserialize, Serialize};

/// One question and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The question as typed.
    pub question: String,
    /// Everything new that the page showed afterwards, without the echo of the question; empty when nothing came.
    pub answer: String,
    /// Links inside the answer.
    pub links: Vec<Link>,
    /// Milliseconds from sending to the first new text; `None` when nothing came.
    pub latency_ms: Option<u64>,
    /// Id of the capture that shows the answer.
    pub capture: Option<String>,
}

/// A link and, where its host is listed, what it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The visible words.
    pub text: String,
    /// The absolute address.
    pub url: String,
    /// What asking for it gave.
    pub probe: LinkProbe,
}

/// What asking for a link gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkProbe {
    /// Not asked (host not listed, or not an http address).
    NotAsked,
    /// The server answered with this status code.
    Status(u16),
    /// No answer, with the reason in Chinese.
    Unreachable(String),
}
