//! 衡量标准: what the channels are measured against besides each other.

use serde::{Deserialize, Serialize};

use super::channel::ChannelId;
use super::guide::Guide;
use super::item::{Audience, Item};

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

impl Standard {
    /// The items that the office's database lists, for a portal that lists none itself.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        self.baseline.iter().filter_map(item).collect()
    }
}

/// An item without a name cannot be asked for.
fn item(guide: &Guide) -> Option<Item> {
    let said = |element: &str| guide.elements.get(element).map(|reading| reading.text.clone());
    let serves = said("service_object").unwrap_or_default();
    let is_for_companies = ["法人", "企业"].iter().any(|word| serves.contains(word));
    let is_for_persons = ["自然人", "个人"].iter().any(|word| serves.contains(word));
    let audience =
        if is_for_companies && !is_for_persons { Audience::Enterprise } else { Audience::Personal };
    Some(Item {
        name: said("item_name")?,
        code: said("impl_code").or_else(|| said("handle_code")),
        audience,
        ..Item::default()
    })
}

/// The name under which 事项库 stands beside the channels.
pub const BASELINE: &str = "事项库";
