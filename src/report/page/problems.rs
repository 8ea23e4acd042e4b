//! 问题清单 and 已整改: one card a problem, and what the cards can be filtered by.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::model::{ChannelId, Finding, Issue, Outcome, Severity, Trend};

use super::super::wording::{
    aspect, channel_names, clean, item_name, point, point_text, severity_class, stage_of,
};
use super::gallery::Gallery;
use super::sayings;

/// The cards in the outcome's order, numbered from 1.
pub(super) fn problems(outcome: &Outcome, gallery: &Gallery) -> Value {
    let sheets = sheet_numbers(outcome);
    let cards = (1_usize..).zip(&outcome.issues).map(|(number, issue)| {
        let sheet = sheets.get(issue.finding.item.as_str()).copied();
        context! {
            number,
            trend => trend(issue),
            sheet,
            cells => sayings::cells(
                &outcome.run,
                &issue.finding.sayings,
                &issue.finding.channels,
                Some(gallery),
            ),
            channel_numbers => channel_numbers(outcome, &issue.finding.channels),
            ..finding(outcome, &issue.finding)
        }
    });
    Value::from(cards.collect::<Vec<_>>())
}

/// 事项名称 to the number of its sheet.
fn sheet_numbers(outcome: &Outcome) -> BTreeMap<&str, usize> {
    outcome.sheets.iter().zip(1..).map(|(sheet, number)| (sheet.item.as_str(), number)).collect()
}

fn trend(issue: &Issue) -> Value {
    let class = match issue.trend {
        Trend::New => "new",
        Trend::Standing => "standing",
    };
    context! { class, word => issue.trend.name() }
}

/// What a card says whether the problem stands or is gone.
fn finding(outcome: &Outcome, finding: &Finding) -> Value {
    let names: Vec<_> = finding.channels.iter().map(|id| clean(outcome.run.channel_name(id))).collect();
    context! {
        severity => severity(finding.severity),
        kind => finding.kind.name(),
        slug => finding.kind.slug(),
        rule => finding.rule.as_deref().map(clean),
        item => item_name(&finding.item),
        channels => names,
        stage => stage_of(&finding.check),
        group => point(&finding.check).map_or("", |item| item.group.as_str()),
        point => point_text(&finding.check),
        aspect => aspect(finding),
        message => clean(&finding.message),
        advice => clean(&finding.advice),
        fingerprint => clean(&finding.fingerprint),
    }
}

fn severity(severity: Severity) -> Value {
    context! { class => severity_class(severity), word => severity.name() }
}

/// Channels as their positions in the portal file: what a portal calls them never becomes an attribute.
fn channel_numbers(outcome: &Outcome, channels: &[ChannelId]) -> String {
    let position = |id: &ChannelId| outcome.run.channels.iter().position(|(known, _)| known == id);
    let numbers: Vec<_> = channels.iter().filter_map(position).map(|number| number.to_string()).collect();
    numbers.join(" ")
}

/// What the filter bar offers: only what occurs.
pub(super) fn filters(outcome: &Outcome) -> Value {
    let channels: Vec<_> = outcome.run.channels.iter().map(|(_, name)| clean(name)).collect();
    let mut kinds: Vec<_> = outcome.issues.iter().map(|issue| issue.finding.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kinds: Vec<_> =
        kinds.iter().map(|kind| context! { slug => kind.slug(), word => kind.name() }).collect();
    context! { channels, kinds }
}

/// 已整改: what is gone since the run before, shortly.
pub(super) fn fixed(outcome: &Outcome) -> Value {
    let line = |gone: &Finding| {
        context! { channel_list => channel_names(&outcome.run, &gone.channels), ..finding(outcome, gone) }
    };
    Value::from(outcome.fixed.iter().map(line).collect::<Vec<_>>())
}
