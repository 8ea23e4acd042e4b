//! The contract of `compare --json`, version 1.

use serde_json::{Map, Value, json};

use crate::audit::SideBySide;
use crate::check::Difference;
use crate::model::{Finding, Said};

/// `differences` holds what differs between the pages (or from the baseline), `formal` what is only written differently,
/// `findings` what is wrong with pages whatever the others say.
pub(super) fn json(compared: &SideBySide) -> String {
    let channels: Vec<Value> = compared
        .channels
        .iter()
        .zip(&compared.pages)
        .map(|((id, name), page)| json!({"id": id, "name": name, "url": page.source}))
        .collect();
    let contrast = &compared.contrast;
    let unseen = compared.survey.unseen.iter().filter(|unseen| unseen.incomplete);
    let whole = json!({
        "version": 1,
        "channels": channels,
        "differences": contrast.differences.iter().map(difference).collect::<Vec<_>>(),
        "formal": contrast.formal.iter().map(difference).collect::<Vec<_>>(),
        "findings": contrast.findings.iter().map(finding).collect::<Vec<_>>(),
        "volatile": compared
            .volatile
            .iter()
            .map(|(channel, element)| json!({"channel": channel, "element": element}))
            .collect::<Vec<_>>(),
        "notes": compared.notes,
        "unseen": unseen.map(|unseen| json!({"channel": unseen.channel, "why": unseen.why})).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

/// A formal difference has neither kind nor odd channels; only what is there is written.
fn difference(difference: &Difference) -> Value {
    let mut value = Map::new();
    value.insert("element".to_owned(), json!(difference.element));
    if let Some(material) = &difference.material {
        value.insert("material".to_owned(), json!(material));
    }
    if let Some(kind) = difference.kind {
        value.insert("kind".to_owned(), json!(kind.slug()));
        value.insert("odd".to_owned(), json!(difference.odd));
        value.insert("message".to_owned(), json!(difference.message));
    }
    value.insert("said".to_owned(), json!(difference.said));
    if let Some(baseline) = &difference.baseline {
        value.insert("baseline".to_owned(), json!(baseline));
    }
    Value::Object(value)
}

fn finding(finding: &Finding) -> Value {
    let words = |said: &Said| match said {
        Said::Text(text) => json!(text),
        Said::Nothing | Said::Unseen => Value::Null,
    };
    let said: Map<String, Value> =
        finding.sayings.iter().map(|(channel, saying)| (channel.0.clone(), words(&saying.said))).collect();
    json!({
        "element": finding.element,
        "kind": finding.kind.slug(),
        "rule": finding.rule,
        "odd": finding.channels,
        "said": said,
        "message": finding.message,
    })
}
