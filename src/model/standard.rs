//! 衡量标准: what the channels are measured against besides each other.

use serde::{Deserialize, Serialize};

use super::channel::ChannelId;
use super::guide::Guide;

/// 衡量标准 of a run; empty when the channels are only measured against each other.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// 权威渠道: the channel that the office declares to be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<ChannelId>,
    /// 事项库: what the office's own database says of each item, as if it were read off a page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub baseline: Vec<Guide>,
}

/// The name under which 事项库 stands beside the channels.
pub const BASELINE: &str = "事项库";
