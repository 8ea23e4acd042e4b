//! 政务服务门户: the whole service being audited, as the portal file describes it.

use super::channel::{Channel, ChannelId};
use super::item::{Account, Item};
use super::standard::Standard;

/// The portal file, checked and complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Portal {
    /// What people call it.
    pub name: String,
    /// Hosts (`host` or `host:port`) that may be visited; nothing else ever is.
    pub hosts: Vec<String>,
    /// Words on a target that make a tap a submission; refused.
    pub submit_words: Vec<String>,
    /// Beginnings of paths to which no request of a page may be sent.
    pub forbidden_paths: Vec<String>,
    /// Beginnings of paths to which requests may be sent although they look like submissions.
    pub allowed_paths: Vec<String>,
    /// How politely it is visited.
    pub pace: Pace,
    /// Its channels in the order of the file.
    pub channels: Vec<Channel>,
    /// Test accounts.
    pub accounts: Vec<Account>,
    /// The service items to look at.
    pub items: Vec<Item>,
    /// What its channels are measured against besides each other.
    pub standard: Standard,
}

/// The pace at which one host is visited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Page openings a second and host, over all sessions.
    pub per_second: u32,
}

impl Portal {
    /// The channel with this id.
    #[must_use]
    pub fn channel(&self, id: &ChannelId) -> Option<&Channel> {
        self.channels.iter().find(|channel| &channel.id == id)
    }
}
