//! 查找办事指南: what a crawl must remember to go on where it was cut off.

use serde::{Deserialize, Serialize};

use super::channel::ChannelId;
use super::snapshot::Speed;

/// What was ordered, so that a run can be taken up again by its name alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrawlWish {
    /// The portal file (or its folder) as it was given.
    pub portal: String,
    /// Channel ids; empty means all.
    pub channels: Vec<String>,
    /// Words that an item's name must contain; empty means all.
    pub items: Vec<String>,
    /// Most guides a channel.
    pub limit: Option<usize>,
    /// The speed, where it is not to be found out by trying.
    pub speed: Option<Speed>,
}

/// 查看: a page that was looked at for where it leads (a list, a category, a guide met on the way).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// On which channel.
    pub channel: ChannelId,
    /// The page's address as it was asked for.
    pub url: String,
    /// How many presses it is away from the home page; further pages of one list count as one.
    pub depth: u32,
    /// Where it leads, as far as that was not known before.
    pub leads: Vec<Lead>,
}

/// 线索: an address that a page leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// The address.
    pub url: String,
    /// The visible words that lead there.
    pub words: String,
}
