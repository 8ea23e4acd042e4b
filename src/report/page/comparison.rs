//! 对照: the same item on several pages as one self-contained page: what differs, what is only written differently, what agrees.

use minijinja::{Value, context};

use crate::model::{Likeness, Outcome, Unseen};

use super::super::error::ReportError;
use super::super::evidence::Material;
use super::super::wording::clean;
use super::gallery::Gallery;
use super::{problems, render, sheets};

/// The comparison as one HTML document. Of the outcome only the channels (here: pages), the issues, the sheets and what
/// was not seen are shown.
///
/// # Errors
/// When the template fails, which would be our mistake.
pub fn comparison_page(material: &Material<'_>) -> Result<String, ReportError> {
    let outcome = material.outcome;
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    let sections = context! {
        head => head(outcome),
        figures => figures(outcome),
        unseen => blocked(outcome).map(|gap| unseen(outcome, gap)).collect::<Vec<_>>(),
        problems => problems::problems(outcome, &Gallery::of(material)),
        sheets => sheets::sheets(outcome),
    };
    render("comparison.html", policy, sections)
}

fn head(outcome: &Outcome) -> Value {
    let (problems, blocked) = (outcome.issues.len(), blocked(outcome).count());
    let (tone, verdict) = match (problems, blocked) {
        (0, 0) => ("good", "各页面的内容一致".to_owned()),
        (0, _) => ("fair", format!("看到的内容一致，另有 {blocked} 个页面没有看到")),
        _ => ("bad", format!("发现 {problems} 处问题")),
    };
    context! {
        item => clean(&outcome.run.portal),
        started => outcome.run.started.format("%Y-%m-%d %H:%M").to_string(),
        pages => outcome.run.channels.len(),
        tone,
        verdict,
        version => &outcome.run.version,
    }
}

fn figures(outcome: &Outcome) -> Value {
    let count = |likeness| {
        outcome.sheets.iter().flat_map(|sheet| &sheet.rows).filter(|row| row.likeness == likeness).count()
    };
    context! { formal => count(Likeness::Formal), same => count(Likeness::Same) }
}

/// What really could not be seen; questions that a comparison of pages never asks do not count.
fn blocked(outcome: &Outcome) -> impl Iterator<Item = &Unseen> {
    outcome.unseen.iter().filter(|gap| gap.incomplete)
}

fn unseen(outcome: &Outcome, gap: &Unseen) -> Value {
    let channel = gap.channel.as_ref().map_or("全部页面", |id| outcome.run.channel_name(id));
    context! { channel => clean(channel), why => clean(&gap.why) }
}
