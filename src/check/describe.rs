//! What `zoutong checks` prints: every checklist item, and for the implemented ones why and how they are judged.

use crate::model::{Checklist, Method, Severity};

use super::coverage::is_implemented;
use super::guide_consistency;
use super::registry::CHECKS;
use super::rules::{ELSEWHERE, RULES};

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
    /// How bad a breach is at most.
    pub severity: Severity,
    /// 整改建议.
    pub advice: &'static str,
    /// Who judges it where the check's own rules do not; empty otherwise.
    pub judged_by: &'static str,
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
                rules: rules_of(&item.id),
            }
        })
        .collect()
}

/// All numbered rules belong to guide.consistency; another check lists those that its findings carry.
fn rules_of(check: &str) -> Vec<RuleDescription> {
    let whole = check == guide_consistency::ID;
    let own = RULES.iter().filter(|_| whole).map(|rule| RuleDescription {
        id: rule.id,
        question: rule.question,
        source: rule.source,
        severity: rule.severity,
        advice: rule.advice,
        judged_by: "",
    });
    let elsewhere =
        ELSEWHERE.iter().filter(|rule| whole || rule.check == check).map(|rule| RuleDescription {
            id: rule.id,
            question: rule.question,
            source: rule.source,
            severity: rule.severity,
            advice: rule.advice,
            judged_by: if whole { rule.judged_by } else { "" },
        });
    let mut rules: Vec<RuleDescription> = own.chain(elsewhere).collect();
    rules.sort_by_key(|rule| rule.id);
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_implemented_checks_explain_themselves_and_name_their_rules() {
        let described = describe();
        assert_eq!(described.len(), 94);
        let implemented: Vec<_> = described.iter().filter(|check| check.implemented).collect();
        assert_eq!(implemented.len(), CHECKS.len());
        assert!(implemented.iter().all(|check| !check.why.is_empty() && !check.needs.is_empty()));
        let rules =
            |id: &str| described.iter().find(|check| check.id == id).map_or(0, |check| check.rules.len());
        assert_eq!((rules("guide.consistency"), rules("guide.process")), (29, 1));
    }
}
