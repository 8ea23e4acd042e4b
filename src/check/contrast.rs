//! What differs between the channels, apart from what is wrong with a page by itself.

use std::collections::BTreeMap;

use crate::model::{BASELINE, ChannelId, Finding, Kind, Likeness, Said, Saying, Sheet, SheetRow};
use crate::text;

/// The outcome of one item, sorted for those who compare.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contrast {
    /// What the channels say differently, or what one lacks that another one states, or what is not as the office's
    /// database has it.
    pub differences: Vec<Difference>,
    /// What is only written differently: the element, the material, and what each channel writes. Never a problem.
    pub formal: Vec<Difference>,
    /// What is wrong with pages whatever the others say: broken rules, catch-all materials, hard sentences.
    pub findings: Vec<Finding>,
}

/// One difference between channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Element id of the catalogue.
    pub element: String,
    /// 材料名称, for a difference inside the list of materials.
    pub material: Option<String>,
    /// What is wrong; `None` when it is only written differently.
    pub kind: Option<Kind>,
    /// The channels that are wrong, in the portal file's order.
    pub odd: Vec<ChannelId>,
    /// What every channel writes; `None` where it says nothing or was not seen.
    pub said: BTreeMap<ChannelId, Option<String>>,
    /// What the office's database says, where it was given.
    pub baseline: Option<String>,
    /// One or two Chinese sentences.
    pub message: String,
}

/// Sorts the findings and the sheet of one item.
#[must_use]
pub fn contrast(findings: &[Finding], sheet: Option<&Sheet>) -> Contrast {
    let mut contrast = Contrast::default();
    for finding in findings {
        let in_rows = if is_about_rows(finding) { of_materials(finding, sheet) } else { Vec::new() };
        if !in_rows.is_empty() {
            contrast.differences.extend(in_rows);
        } else if is_between_channels(finding) {
            contrast.differences.push(of_finding(finding));
        } else {
            contrast.findings.push(finding.clone());
        }
    }
    let rows = sheet.into_iter().flat_map(|sheet| &sheet.rows);
    contrast.formal =
        rows.filter(|row| row.likeness == Likeness::Formal).map(|row| of_row(row, None, "")).collect();
    contrast
}

fn is_about_rows(finding: &Finding) -> bool {
    finding.element == "materials" && matches!(finding.kind, Kind::Differs | Kind::Baseline)
}

/// Whether a finding is about one channel against another one.
fn is_between_channels(finding: &Finding) -> bool {
    let others_state = || {
        finding
            .sayings
            .iter()
            .any(|(channel, saying)| !finding.channels.contains(channel) && is_statement(saying))
    };
    match finding.kind {
        Kind::Differs | Kind::Baseline => true,
        Kind::Missing | Kind::Empty | Kind::Placeholder | Kind::Leak => others_state(),
        _ => false,
    }
}

fn is_statement(saying: &Saying) -> bool {
    match &saying.said {
        Said::Text(said) => {
            !said.trim().is_empty() && text::leak(said).is_none() && text::placeholder(said).is_none()
        }
        Said::Nothing | Said::Unseen => false,
    }
}

/// One difference for each material that the finding about the whole list is about.
fn of_materials(finding: &Finding, sheet: Option<&Sheet>) -> Vec<Difference> {
    let rows = sheet.into_iter().flat_map(|sheet| &sheet.rows);
    rows.filter(|row| row.material.is_some() && !row.odd.is_empty())
        .map(|row| {
            let lacks = |channel: &ChannelId| {
                row.sayings.get(channel).is_none_or(|saying| !matches!(saying.said, Said::Text(_)))
            };
            let kind = if finding.kind == Kind::Differs && row.odd.iter().all(lacks) {
                Kind::Missing
            } else {
                finding.kind
            };
            of_row(row, Some(kind), &finding.message)
        })
        .collect()
}

fn of_row(row: &SheetRow, kind: Option<Kind>, message: &str) -> Difference {
    let (said, baseline) = said(&row.sayings);
    Difference {
        element: row.element.clone(),
        material: row.material.clone(),
        kind,
        odd: row.odd.clone(),
        said,
        baseline,
        message: message.to_owned(),
    }
}

fn of_finding(finding: &Finding) -> Difference {
    let (said, baseline) = said(&finding.sayings);
    Difference {
        element: finding.element.clone(),
        material: None,
        kind: Some(finding.kind),
        odd: finding.channels.clone(),
        said,
        baseline,
        message: finding.message.clone(),
    }
}

/// The words of the channels, and apart from them those of the office's database.
fn said(sayings: &BTreeMap<ChannelId, Saying>) -> (BTreeMap<ChannelId, Option<String>>, Option<String>) {
    let words = |saying: &Saying| match &saying.said {
        Said::Text(text) => Some(text.clone()),
        Said::Nothing | Said::Unseen => None,
    };
    let mut said: BTreeMap<ChannelId, Option<String>> =
        sayings.iter().map(|(channel, saying)| (channel.clone(), words(saying))).collect();
    let baseline = said.remove(&ChannelId::from(BASELINE)).flatten();
    (said, baseline)
}

#[cfg(test)]
mod tests {
    use super::super::survey::survey;
    use super::super::trial::{Trial, material};
    use super::*;
    use crate::model::Standard;

    fn contrasted(trial: &Trial) -> Contrast {
        let survey = survey(&[trial.case()], &trial.roll().channels, &Standard::default());
        contrast(&survey.findings, survey.sheets.first())
    }

    fn in_short(differences: &[Difference]) -> Vec<String> {
        let odd = |difference: &Difference| -> Vec<String> {
            difference.odd.iter().map(|channel| channel.0.clone()).collect()
        };
        differences
            .iter()
            .map(|difference| {
                let kind = difference.kind.map_or("formal", Kind::slug);
                let material = difference.material.as_deref().unwrap_or("-");
                format!("{} {kind} {material} {}", difference.element, odd(difference).join("+"))
            })
            .collect()
    }

    #[test]
    fn channels_against_each_other_are_told_from_pages_that_are_wrong_alike() {
        let trial = Trial::new()
            .set("app", "visits", "2次")
            .hide("mini", "time")
            .set("kiosk", "place", "")
            .set_all("complain", "0356-2026101");
        let contrast = contrasted(&trial);
        let mut differences = in_short(&contrast.differences);
        differences.sort();
        assert_eq!(differences, ["place empty - kiosk", "time missing - mini", "visits differs - app"]);
        assert!(contrast.findings.iter().any(|finding| finding.kind == Kind::Rule));
        assert_eq!(contrast.differences.iter().filter(|difference| difference.said.len() == 4).count(), 3);
    }

    #[test]
    fn what_is_blank_everywhere_is_no_difference() {
        let contrast = contrasted(&Trial::new().set_all("place", "待定").hide_all("complain"));
        assert_eq!(in_short(&contrast.differences), Vec::<String>::new());
        assert_eq!(contrast.findings.len(), 2);
    }

    #[test]
    fn differences_inside_the_materials_name_the_material() {
        let trial = Trial::new()
            .guide_on("kiosk", |guide| drop(guide.materials.remove(1)))
            .guide_on("mini", |guide| guide.materials.push(material("近期彩色照片")))
            .guide_on("app", |guide| {
                guide.materials[0].fields.insert("copies".to_owned(), "2份".to_owned());
            });
        assert_eq!(
            in_short(&contrasted(&trial).differences),
            [
                "materials differs 居民户口簿 app",
                "materials missing 原居民身份证 kiosk",
                "materials differs 近期彩色照片 mini"
            ]
        );
    }

    #[test]
    fn other_clothes_are_listed_apart() {
        let trial = Trial::new().set("app", "promise_limit", "２０工作日").guide_on("mini", |guide| {
            guide.materials[0] = material("户口簿");
        });
        let contrast = contrasted(&trial);
        assert_eq!(in_short(&contrast.differences), Vec::<String>::new());
        assert_eq!(in_short(&contrast.formal), ["promise_limit formal - ", "materials formal 居民户口簿 "]);
    }
}
