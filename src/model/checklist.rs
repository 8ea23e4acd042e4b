//! 核查清单: the 94 items of the official checklist (附件5, 晋市审管发〔2023〕36号), wording untouched.

use std::sync::LazyLock;

use serde::Deserialize;

/// The whole official checklist in its own order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The document that the items come from.
    pub source: String,
    /// 94 items: 56 online, then 38 offline.
    pub items: Vec<ChecklistItem>,
}

/// One item of the official checklist.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// Our stable name, `stage.subject` (`guide.consistency`).
    pub id: String,
    /// 线上办事流程体验 or 线下办事服务体验.
    pub section: String,
    /// 体验环节, for example 办事指引.
    pub stage: String,
    /// 单事项, 跨域通办事项 …; empty where the stage has no groups.
    pub group: String,
    /// The number printed in the document (it repeats some).
    pub no: u32,
    /// 体验要点, verbatim.
    pub text: String,
    /// Who can answer it.
    pub method: Method,
    /// What a program would look at; empty for offline items.
    pub probe: String,
}

/// Who answers a checklist item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The program reaches a verdict by itself.
    Auto,
    /// The program gathers evidence, a person confirms.
    Assisted,
    /// Only a person can record it.
    Manual,
}

static OFFICIAL: LazyLock<Checklist> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is compiled in and a test reads it")]
    serde_json::from_str(include_str!("checklist.json")).expect("the embedded checklist is well formed")
});

impl Checklist {
    /// The official checklist, embedded.
    #[must_use]
    pub fn official() -> &'static Self {
        &OFFICIAL
    }

    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&ChecklistItem> {
        self.items.iter().find(|item| item.id == id)
    }
}

impl ChecklistItem {
    /// Whether the item belongs to the 56 that channels can show.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.section.starts_with("线上")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_checklist_has_56_online_and_38_offline_items_with_distinct_ids() {
        let checklist = Checklist::official();
        let online = checklist.items.iter().filter(|item| item.is_online()).count();
        assert_eq!((online, checklist.items.len() - online), (56, 38));
        let mut ids: Vec<_> = checklist.items.iter().map(|item| &item.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 94);
        assert!(checklist.items.iter().all(|item| item.is_online() != (item.method == Method::Manual)));
    }
}
