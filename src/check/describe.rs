//! What `zoutong checks` prints: every checklist item, and for the implemented ones why and how they are judged.

use crate::model::{Checklist, Method};

use super::coverage::is_implemented;
use super::guide_consistency;
use super::guide_process;
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
                rules: rules_of(&item.id),
            }
        })
        .collect()
}

/// Rules that are judged by a part of a check instead of a file of their own.
const ELSEWHERE: [(&str, RuleDescription); 4] = [
    (
        guide_process::ID,
        RuleDescription {
            id: "R19",
            question: "办理流程是否不只是环节名称？",
            source: "国办函〔2017〕115号：25%的办事指南只有环节名称",
        },
    ),
    (
        guide_consistency::ID,
        RuleDescription {
            id: "R23",
            question: "内容里是否没有undefined、{{…}}、光有单位等模板残留？",
            source: "真实门户的页面模板（数值为空时照样显示单位）",
        },
    ),
    (
        guide_consistency::ID,
        RuleDescription {
            id: "R24",
            question: "必须写明的要素是否不用“无”“暂无”“详见”代替？",
            source: "2262条真实事项中950条的受理条件写“无”",
        },
    ),
    (
        guide_consistency::ID,
        RuleDescription {
            id: "R27",
            question: "同一事项的要素在各渠道是否一致？",
            source: "晋市审管发〔2023〕36号附件5",
        },
    ),
];

fn rules_of(check: &str) -> Vec<RuleDescription> {
    let own = RULES.iter().filter(|_| check == guide_consistency::ID).map(|rule| RuleDescription {
        id: rule.id,
        question: rule.question,
        source: rule.source,
    });
    let elsewhere = ELSEWHERE.into_iter().filter(|(known, _)| *known == check).map(|(_, rule)| rule);
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
        assert_eq!((rules("guide.consistency"), rules("guide.process")), (RULES.len() + 3, 1));
    }
}
