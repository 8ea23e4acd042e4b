//! 记账: the findings of one case as they come in, and which elements of which channel they already speak about, so
//! that one fault gives one finding.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ChannelId, Element, Finding, Kind, Requirement, Saying, Severity};

use super::fingerprint::fingerprint;
use super::roll::Roll;

/// A finding without what every finding of the case shares.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// Element id or the check's own aspect.
    pub(super) element: &'a str,
    /// What is wrong.
    pub(super) kind: Kind,
    /// The broken rule.
    pub(super) rule: Option<&'static str>,
    /// How bad it is.
    pub(super) severity: Severity,
    /// The channels that are wrong.
    pub(super) channels: Vec<ChannelId>,
    /// 发现的问题.
    pub(super) message: String,
    /// 整改建议.
    pub(super) advice: String,
    /// What every channel says.
    pub(super) sayings: BTreeMap<ChannelId, Saying>,
}

/// The findings of one check on one case.
#[derive(Debug)]
pub(super) struct Ledger<'a> {
    check: &'static str,
    item: &'a str,
    roll: &'a Roll,
    findings: Vec<Finding>,
    spoken_of: BTreeSet<(ChannelId, String)>,
}

impl<'a> Ledger<'a> {
    /// An empty ledger.
    pub(super) fn new(check: &'static str, item: &'a str, roll: &'a Roll) -> Self {
        Self { check, item, roll, findings: Vec::new(), spoken_of: BTreeSet::new() }
    }

    /// What the channels are called.
    pub(super) fn roll(&self) -> &'a Roll {
        self.roll
    }

    /// Enters a finding.
    pub(super) fn enter(&mut self, draft: Draft<'_>) {
        let mut channels = draft.channels;
        channels.sort_by_key(|channel| self.roll.rank(channel));
        for channel in &channels {
            self.spoken_of.insert((channel.clone(), draft.element.to_owned()));
        }
        // The other kinds say by themselves which rule they break.
        let rule = draft.rule.filter(|_| draft.kind == Kind::Rule);
        self.findings.push(Finding {
            fingerprint: fingerprint(self.check, self.item, draft.element, draft.kind, rule, &channels),
            check: self.check.to_owned(),
            item: self.item.to_owned(),
            channels,
            element: draft.element.to_owned(),
            kind: draft.kind,
            rule: draft.rule.map(str::to_owned),
            severity: draft.severity,
            message: draft.message,
            advice: draft.advice,
            sayings: draft.sayings,
        });
    }

    /// Whether a finding already speaks about this element of this channel.
    pub(super) fn speaks_of(&self, channel: &ChannelId, element: &str) -> bool {
        !self.findings.is_empty() && self.spoken_of.contains(&(channel.clone(), element.to_owned()))
    }

    /// Whether this fault of this channel was entered already.
    pub(super) fn has(&self, channel: &ChannelId, element: &str, kind: Kind) -> bool {
        self.findings.iter().any(|finding| {
            finding.kind == kind && finding.element == element && finding.channels.contains(channel)
        })
    }

    /// The findings in the order in which they were entered.
    pub(super) fn close(self) -> Vec<Finding> {
        self.findings
    }
}

/// How bad it is that an element is not there: the eight key classes weigh most (2015 全国政府网站普查), then what the
/// national exchange schema requires.
pub(super) fn weight(element: &Element) -> Severity {
    match element.required {
        _ if element.key => Severity::Major,
        Requirement::Required => Severity::Minor,
        Requirement::Conditional | Requirement::Optional => Severity::Note,
    }
}
