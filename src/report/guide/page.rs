//! The reading as one self-contained page.

use minijinja::{Value, context};

use super::super::error::ReportError;
use super::super::page::{followable, render};
use super::super::wording::{clean, clip, severity_class};
use super::{GuideReport, material_columns};
use crate::model::{Catalogue, Element, Finding, Reading, Requirement, Sureness};

/// Longer values are folded.
const FOLD: usize = 160;
/// Longer values are cut.
const LONGEST: usize = 20_000;

/// The reading as one HTML document.
///
/// # Errors
/// When the template fails, which would be our mistake.
pub fn guide_page(report: &GuideReport<'_>) -> Result<String, ReportError> {
    render(
        "guide.html",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
        context! {
            head => head(report),
            figures => figures(report),
            problems => report.findings.iter().map(problem).collect::<Vec<_>>(),
            elements => report.read().map(|(element, reading)| row(element, reading)).collect::<Vec<_>>(),
            unread => report.unread().into_iter().map(unread).collect::<Vec<_>>(),
            materials => materials(report),
            remarks => report.remarks().map(clean).collect::<Vec<_>>(),
        },
    )
}

fn head(report: &GuideReport<'_>) -> Value {
    context! {
        title => clean(report.title()),
        source => clean(report.source),
        link => followable(report.source),
        seen_as => report.seen_as,
        at => report.at.format("%Y-%m-%d %H:%M").to_string(),
        version => env!("CARGO_PKG_VERSION"),
    }
}

fn figures(report: &GuideReport<'_>) -> Value {
    let (keys_said, keys) = report.key_classes();
    let known = Catalogue::embedded().elements.len();
    context! { read => report.guide.elements.len(), known, keys_said, keys }
}

fn problem(finding: &Finding) -> Value {
    context! {
        class => severity_class(finding.severity),
        severity => finding.severity.name(),
        element => clean(Catalogue::embedded().name_of(&finding.element)),
        kind => finding.kind.name(),
        rule => finding.rule.as_deref().map(clean),
        message => clean(&finding.message),
        advice => clean(&finding.advice),
    }
}

fn row(element: &Element, reading: &Reading) -> Value {
    context! {
        name => &element.name,
        key => element.key,
        cell => cell(&reading.text),
        place => reading.place.name(),
        sure => reading.sure.name(),
        doubtful => reading.sure == Sureness::Doubtful,
        visible => reading.visible,
        label => (reading.label != element.name).then(|| clean(&reading.label)),
    }
}

fn cell(said: &str) -> Value {
    let text = clip(clean(said).trim(), LONGEST);
    let length = text.chars().count();
    let lead = (length > FOLD).then(|| clip(&text, FOLD));
    context! { text, lead, length }
}

fn unread(element: &Element) -> Value {
    context! { name => &element.name, owed => element.required == Requirement::Required }
}

fn materials(report: &GuideReport<'_>) -> Value {
    let fields = material_columns(report.guide);
    let rows: Vec<Vec<String>> = report
        .guide
        .materials
        .iter()
        .map(|material| {
            let said = |id: &str| material.fields.get(id).map(|said| clip(&clean(said), LONGEST));
            fields.iter().map(|(id, _)| said(id).unwrap_or_default()).collect()
        })
        .collect();
    context! { columns => fields.iter().map(|(_, name)| *name).collect::<Vec<_>>(), rows }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn nothing_that_a_page_wrote_becomes_markup() {
        let page = sample::with_report(|report| guide_page(report).unwrap());
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)&lt;"));
        assert!(!page.contains(['\u{1b}', '\u{202e}']));
        assert!(page.contains("default-src 'none'"));
    }
}
