//! The JSON of `zoutong read`: a contract, described in `docs/JSON.md`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::GuideReport;
use crate::model::{Finding, Kind, Place, Reading, Severity, Sureness};

/// Grows when a field is taken away or changes its meaning; new fields do not count.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    url: &'a str,
    title: &'a str,
    elements: BTreeMap<&'a str, WrittenElement<'a>>,
    materials: Vec<&'a BTreeMap<String, String>>,
    findings: Vec<WrittenFinding<'a>>,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct WrittenElement<'a> {
    text: &'a str,
    #[serde(rename = "where")]
    place: Place,
    visible: bool,
    sure: Sureness,
    label: &'a str,
}

#[derive(Serialize)]
struct WrittenFinding<'a> {
    element: &'a str,
    kind: Kind,
    rule: Option<&'a str>,
    severity: Severity,
    message: &'a str,
    advice: &'a str,
}

/// The reading as JSON; ids are those of the element catalogue.
///
/// # Errors
/// Never in practice: the value has no part that JSON cannot hold.
pub fn guide_json(report: &GuideReport<'_>) -> serde_json::Result<String> {
    let elements = report.guide.elements.iter().map(|(id, reading)| (id.as_str(), element(reading)));
    serde_json::to_string_pretty(&Written {
        version: VERSION,
        url: &report.guide.url,
        title: &report.guide.title,
        elements: elements.collect(),
        materials: report.guide.materials.iter().map(|material| &material.fields).collect(),
        findings: report.findings.iter().map(finding).collect(),
        notes: report.remarks().collect(),
    })
}

fn element(reading: &Reading) -> WrittenElement<'_> {
    WrittenElement {
        text: &reading.text,
        place: reading.place,
        visible: reading.visible,
        sure: reading.sure,
        label: &reading.label,
    }
}

fn finding(finding: &Finding) -> WrittenFinding<'_> {
    WrittenFinding {
        element: &finding.element,
        kind: finding.kind,
        rule: finding.rule.as_deref(),
        severity: finding.severity,
        message: &finding.message,
        advice: &finding.advice,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_contract_holds() {
        let text = sample::with_report(|report| guide_json(report).unwrap());
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["version"], 1);
        let limit = &read["elements"]["promise_limit"];
        assert_eq!((limit["text"].as_str(), limit["where"].as_str()), (Some("20个工作日"), Some("table")));
        assert_eq!((limit["visible"].as_bool(), limit["sure"].as_str()), (Some(true), Some("certain")));
        assert_eq!(read["materials"][0]["name"], "居民户口簿");
        assert_eq!(
            (&read["findings"][0]["kind"], &read["findings"][0]["element"]),
            (&"empty".into(), &"time".into())
        );
    }
}
