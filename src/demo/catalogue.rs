//! The further items of a larger portal, composed from the subjects and businesses of `catalogue.yaml`: what is licensed,
//! recorded or certified, and what can be done with it.

use super::error::{DemoError, read_yaml};
use super::item::{Asked, Audience, Certificate, Department, Fee, Item, ItemMaterial, ItemType, Law};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How many businesses of one subject stand together in the list.
const SIBLINGS: usize = 5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catalogue {
    pub(crate) departments: BTreeMap<String, Department>,
    businesses: Vec<Business>,
    subjects: Vec<Subjects>,
}

/// Subjects that share a department, a theme and a law; a paper is written `official name/colloquial name`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Subjects {
    department: String,
    theme: String,
    law: Law,
    papers: Vec<String>,
}

/// What can be done with a subject; texts may hold `{paper}`, `{short}` and numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Business {
    suffix: String,
    said: String,
    legal: u16,
    #[serde(default)]
    promise: Option<u16>,
    visits: u8,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    depth: Option<u8>,
    conditions: Vec<String>,
    materials: Vec<ItemMaterial>,
    #[serde(default)]
    fee: Option<Fee>,
    #[serde(default)]
    pay: bool,
    /// Ends in a notice instead of the paper.
    #[serde(default)]
    closing: bool,
    #[serde(default, rename = "type")]
    kind: Option<ItemType>,
    faq: Vec<Asked>,
}

/// Reads the embedded catalogue.
pub(crate) fn read_catalogue() -> Result<Catalogue, DemoError> {
    read_yaml("catalogue.yaml", include_str!("catalogue.yaml"))
}

impl Catalogue {
    /// The composed item with this number, `None` only when there is nothing to compose from.
    pub(crate) fn item(&self, index: usize) -> Option<Item> {
        let papers: Vec<(&Subjects, &str)> = self
            .subjects
            .iter()
            .flat_map(|subjects| subjects.papers.iter().map(move |paper| (subjects, paper.as_str())))
            .collect();
        let round = index / SIBLINGS / papers.len().max(1);
        let subject = index / SIBLINGS % papers.len().max(1);
        let business = (index % SIBLINGS + SIBLINGS * round + subject) % self.businesses.len().max(1);
        let lap = SIBLINGS * round / self.businesses.len().max(1);
        let (subjects, paper) = *papers.get(subject)?;
        Some(compose(subjects, self.businesses.get(business)?, &Words::new(paper, subject, business, lap)))
    }
}

fn compose(subjects: &Subjects, business: &Business, words: &Words<'_>) -> Item {
    let said = |text: &String| words.fill(text);
    let paper = words.paper;
    let kind = if paper.contains("备案") { ItemType::Other } else { ItemType::Permit };
    Item {
        name: format!("{paper}{}{}", business.suffix, words.lap_mark()),
        daily: vec![format!("{}{}", words.fill(&business.said), words.lap_mark())],
        audience: Audience::Enterprise,
        kind: business.kind.unwrap_or(kind),
        department: subjects.department.clone(),
        theme: subjects.theme.clone(),
        legal: business.legal,
        promise: business.promise.map(|days| days + u16::from(words.number(3))),
        law: subjects.law.clone(),
        conditions: business.conditions.iter().map(said).collect(),
        prohibit: format!("提供虚假材料或者被列入严重失信主体名单未满{}年的，不予受理", words.number(3) + 1),
        materials: business.materials.iter().map(|material| words.material(material)).collect(),
        window: words.window(),
        fee: business.fee.as_ref().map(|fee| Fee { standard: words.fill(&fee.standard), ..fee.clone() }),
        pay: business.pay,
        visits: business.visits,
        reason: business.reason.clone(),
        depth: business.depth,
        cross: ["全市", "全省", "全国"][words.subject % 3].to_owned(),
        terminal: words.subject.is_multiple_of(4),
        express: business.visits == 0 || !words.subject.is_multiple_of(5),
        result: if business.closing {
            format!("准予{}通知书", business.suffix)
        } else {
            paper.to_owned()
        },
        certificate: (!business.closing)
            .then(|| Certificate {
                name: paper.to_owned(), validity: format!("有效期{}年", words.years())
            }),
        faq: business
            .faq
            .iter()
            .map(|asked| Asked { ask: words.fill(&asked.ask), answer: words.fill(&asked.answer) })
            .collect(),
        phone: Some(format!("0356-{}", 2_027_000 + words.subject * 10 + words.business)),
        code: String::new(),
        office: None,
    }
}

/// The words and numbers of one subject and business.
#[derive(Debug)]
struct Words<'a> {
    paper: &'a str,
    short: &'a str,
    subject: usize,
    business: usize,
    lap: usize,
}

impl<'a> Words<'a> {
    fn new(paper: &'a str, subject: usize, business: usize, lap: usize) -> Self {
        let (paper, short) = paper.split_once('/').unwrap_or((paper, paper));
        Self { paper, short, subject, business, lap }
    }

    /// A number below `limit` that the subject always has.
    fn number(&self, limit: u8) -> u8 {
        u8::try_from(self.subject * 7 % usize::from(limit.max(1))).unwrap_or_default()
    }

    fn years(&self) -> u8 {
        [3, 4, 5, 6][usize::from(self.number(4))]
    }

    fn fill(&self, text: &str) -> String {
        text.replace("{paper}", self.paper)
            .replace("{short}", self.short)
            .replace("{area}", &(40 + 10 * u16::from(self.number(13))).to_string())
            .replace("{staff}", &(2 + self.number(7)).to_string())
            .replace("{check}", &(5 + self.number(6)).to_string())
            .replace("{cost}", &(10 + 5 * u16::from(self.number(6))).to_string())
            .replace("{years}", &self.years().to_string())
    }

    fn material(&self, material: &ItemMaterial) -> ItemMaterial {
        ItemMaterial { name: self.fill(&material.name), ..material.clone() }
    }

    fn window(&self) -> String {
        let floor = ["二", "三", "四"][self.subject % 3];
        let zone = ["A", "B", "C", "D", "E", "F"][self.subject % 6];
        format!("{floor}楼{zone}区{:02}号窗口", self.subject / 6 + 1)
    }

    /// Distinguishes the items of a portal that is larger than the catalogue.
    fn lap_mark(&self) -> String {
        if self.lap == 0 { String::new() } else { format!("（第{}批）", self.lap + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_items_fill_in_every_word() {
        let catalogue = read_catalogue().unwrap();
        for index in 0..2500 {
            let said = format!("{:?}", catalogue.item(index).unwrap());
            for hole in ["{paper}", "{short}", "{area}", "{staff}", "{check}", "{cost}", "{years}"] {
                assert!(!said.contains(hole), "{hole} in {said}");
            }
        }
    }

    #[test]
    fn siblings_share_a_paper_and_differ_in_what_they_ask_for() {
        let catalogue = read_catalogue().unwrap();
        let (first, second) = (catalogue.item(0).unwrap(), catalogue.item(1).unwrap());
        assert_eq!(first.name.chars().next(), second.name.chars().next());
        assert_ne!(first.materials[0].name, second.materials[0].name);
        assert_ne!(first.phone, second.phone);
    }
}
