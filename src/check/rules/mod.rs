//! 规则: what the statements of one guide must have to do with each other. One small file a rule, each with its
//! question, its source and its judgement; [`RULES`] is the registry.
//!
//! The numbers are those of the project's rule list; the four that are no relation between statements of one page are
//! described in [`ELSEWHERE`] and judged where their question belongs.

mod elsewhere;
mod page;
mod r01;
mod r02;
mod r03;
mod r04;
mod r05;
mod r06;
mod r07;
mod r08;
mod r09;
mod r10;
mod r11;
mod r12;
mod r13;
mod r14;
mod r15;
mod r16;
mod r17;
mod r18;
mod r20;
mod r21;
mod r22;
mod r25;
mod r26;
mod r28;
mod r29;

use std::collections::BTreeMap;

use crate::model::{ChannelId, Kind, Severity};

use super::ledger::{Draft, Ledger};
use super::sides::Sides;
use super::standing::Row;

pub(super) use elsewhere::ELSEWHERE;
pub(super) use page::Page;

/// 规则: one thing that must hold within a guide.
#[derive(Debug)]
pub(super) struct Rule {
    /// `R01` …
    pub(super) id: &'static str,
    /// What must hold, as a question, in Chinese.
    pub(super) question: &'static str,
    /// Where it comes from, in Chinese.
    pub(super) source: &'static str,
    /// The elements it looks at. On a channel where one of them is already part of a finding it stays silent.
    pub(super) inputs: &'static [&'static str],
    /// How bad a breach is.
    pub(super) severity: Severity,
    /// 整改建议.
    pub(super) advice: &'static str,
    /// The breach on one page, if there is one; silent where the page does not tell.
    pub(super) judge: fn(&Page<'_>) -> Option<Breach>,
}

/// A broken rule on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Breach {
    /// The element to put right.
    pub(super) element: &'static str,
    /// What is wrong, one sentence.
    pub(super) message: String,
}

impl Breach {
    fn new(element: &'static str, message: impl Into<String>) -> Self {
        Self { element, message: message.into() }
    }
}

/// The rules that a guide can be held against, in the order of their numbers.
pub(super) static RULES: &[&Rule] = &[
    &r01::RULE,
    &r02::RULE,
    &r03::RULE,
    &r04::RULE,
    &r05::RULE,
    &r06::RULE,
    &r07::RULE,
    &r08::RULE,
    &r09::RULE,
    &r10::RULE,
    &r11::RULE,
    &r12::RULE,
    &r13::RULE,
    &r14::RULE,
    &r15::RULE,
    &r16::RULE,
    &r17::RULE,
    &r18::RULE,
    &r20::RULE,
    &r21::RULE,
    &r22::RULE,
    &r25::RULE,
    &r26::RULE,
    &r28::RULE,
    &r29::RULE,
];

/// Puts every rule to every page; the same breach on several channels is one finding.
pub(super) fn judge(ledger: &mut Ledger<'_>, sides: &Sides<'_>, rows: &[Row]) {
    for rule in RULES {
        let mut breaches: BTreeMap<&'static str, (Vec<ChannelId>, String)> = BTreeMap::new();
        for (at, side) in sides.seen.iter().enumerate() {
            if rule.inputs.iter().any(|element| ledger.speaks_of(side.channel, element)) {
                continue;
            }
            if let Some(breach) = (rule.judge)(&Page { side, at, rows }) {
                let entry = breaches.entry(breach.element).or_insert_with(|| (Vec::new(), breach.message));
                entry.0.push(side.channel.clone());
            }
        }
        for (element, (channels, message)) in breaches {
            enter(ledger, sides, rule, element, channels, &message);
        }
    }
}

fn enter(
    ledger: &mut Ledger<'_>,
    sides: &Sides<'_>,
    rule: &Rule,
    element: &'static str,
    channels: Vec<ChannelId>,
    message: &str,
) {
    let message = if channels.len() == sides.channels.len() {
        message.to_owned()
    } else {
        format!("{}：{message}", ledger.roll().names(&channels))
    };
    ledger.enter(Draft {
        element,
        kind: Kind::Rule,
        rule: Some(rule.id),
        severity: rule.severity,
        channels,
        message,
        advice: rule.advice.to_owned(),
        sayings: sides.sayings(|side| match element {
            "materials" => super::materials::saying(side),
            _ => side.saying(element),
        }),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_stand_in_the_order_of_their_numbers_and_explain_themselves() {
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
        for rule in RULES {
            assert!(rule.question.ends_with('？') && rule.advice.ends_with('。'), "{}", rule.id);
            assert!(!rule.source.is_empty() && !rule.inputs.is_empty(), "{}", rule.id);
        }
    }
}
