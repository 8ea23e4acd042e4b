//! What `zoutong checks` prints: every checklist item, and for the implemented ones why and how they are judged.

use crate::model::{Checklist, Method};

use super::coverage::is_implemented;
use super::guide_consistency;
use super::registry::CHECKS;
use super::rules::RULES;

/// One checklist item, described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckDescription {
    /// Id of the item.
    pub id: String,
    /// 线上办事流程体验 or 线下办事服务体验.
    pub section: String,
    /// 体验环节.
    pub stage: String,
    /// 体验要点, verbatim.
    pub question: String,
    /// Who can answer it.
    pub method: Method,
    /// Whether the program answers it today.
    pub implemented: bool,
    /// Why it is asked, with the source; empty when not implemented.
    pub why: String,
    /// What must be seen for it; empty when not implemented.
    pub needs: String,
    /// The rules it applies.
    pub rules: Vec<RuleDescription>,
}

/// One rule, described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDescription {
    /// `R01` …
    pub id: &'static str,
    /// What must hold.
    pub question: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// All 94 items in official order.
#[must_use]
pub fn describe() -> Vec<CheckDescription> {
    Checklist::official()
        .items
        .iter()
        .map(|item| {
            let check = CHECKS.iter().find(|check| check.id() == item.id);
            CheckDescription {
                id: item.id.clone(),
                section: item.section.clone(),
                stage: item.stage.clone(),
                question: item.text.clone(),
                method: item.method,
                implemented: is_implemented(&item.id),
                why: check.map_or_else(String::new, |check| check.why().to_owned()),
                needs: check.map_or_else(String::new, |check| check.needs().to_owned()),
                rules: if item.id == guide_consistency::ID { rules() } else { Vec::new() },
            }
        })
        .collect()
}

fn rules() -> Vec<RuleDescription> {
    RULES
        .iter()
        .map(|rule| RuleDescription { id: rule.id, question: rule.question, source: rule.source })
        .collect()
}
