//! 渠道: one door to the portal, described as data so that no code asks which one it is.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::snapshot::Speed;
use super::target::Locator;

/// The short name of a channel as the portal file writes it (`pc`, `app`, `mini`, `kiosk`, …).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChannelId(pub String);

impl fmt::Display for ChannelId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for ChannelId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// 渠道: its address, the screen it is seen on, and its own words for the places a scenario names.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Short name, unique in the portal file.
    pub id: ChannelId,
    /// What people call it (PC端, 晋来办APP, …).
    pub name: String,
    /// Address of the home page; `None` while nobody has filled it in.
    pub home: Option<String>,
    /// Further named pages (`open: 登录页`), name to address.
    pub pages: BTreeMap<String, String>,
    /// The address of an item's guide, with `{{ item.code }}` or another of the item's fields in it, where somebody knows it.
    pub guide: Option<String>,
    /// The screen this channel is seen on.
    pub device: Device,
    /// The vocabulary: a word of the scenario to the places it may mean here, tried in order.
    pub words: BTreeMap<String, Vec<Locator>>,
    /// How text is entered here.
    pub typing: Typing,
    /// How pages are fetched here.
    pub speed: Speed,
}

/// 终端设备: the screen and identity that the channel's pages are shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Device {
    /// Width of the page area in CSS pixels.
    pub width: u32,
    /// Height of the page area in CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// Whether pages should believe in a phone (viewport meta honoured, mobile client hints).
    pub mobile: bool,
    /// Whether the screen is touched rather than clicked.
    pub touch: bool,
    /// A full User-Agent, where the channel insists on one.
    pub user_agent: Option<String>,
}

impl Default for Device {
    /// An ordinary desktop window, 1280 by 900.
    fn default() -> Self {
        Self { width: 1280, height: 900, pixel_ratio: 1.0, mobile: false, touch: false, user_agent: None }
    }
}

/// How text gets into a field of this channel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Typing {
    /// A keyboard: the field takes text directly.
    #[default]
    Keyboard,
    /// Keys drawn on the page, one tap a character, where such a keyboard shows; fields that show none take text directly.
    OnScreen {
        /// Where the drawn keyboard is, so that a key is not sought elsewhere on the page.
        keyboard: Vec<Locator>,
        /// The visible word of the key that turns letters into capitals, where there is one.
        capitals: Option<String>,
        /// The visible word of the key that puts the keyboard away, where there is one.
        done: Option<String>,
    },
}
