//! 单页核查: what is wrong with one guide by itself, without other channels to hold it against.

use crate::model::{Attachment, ChannelId, Finding, Guide};

use super::ledger::Ledger;
use super::roll::Roll;
use super::sides::{Sides, is_guide};
use super::{guide_consistency, guide_process, guide_readability};

/// The channel that a page by itself stands for.
const PAGE: &str = "page";

/// Judges one page: completeness, blemishes, contradictions, rules, its process, its files where they were asked for (an
/// empty slice where nobody did), its language. Findings name the one channel `page` (页面); the worst come first. A page
/// that is no guide at all gives none: that it could not be read is another matter.
#[must_use]
pub fn inspect(guide: &Guide, attachments: &[Attachment]) -> Vec<Finding> {
    if !is_guide(guide) {
        return Vec::new();
    }
    let channel = ChannelId::from(PAGE);
    let roll = Roll { channels: vec![(channel.clone(), "页面".to_owned())], ..Roll::default() };
    let sides = Sides::of_page(&channel, guide, attachments);
    let name = guide.elements.get("item_name").map_or(guide.title.as_str(), |reading| reading.text.as_str());
    let mut findings: Vec<Finding> = JUDGES
        .iter()
        .flat_map(|(id, judge)| {
            let mut ledger = Ledger::new(id, name, &roll);
            judge(&mut ledger, &sides);
            ledger.close()
        })
        .collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// What a check does with guides that lie side by side.
type Judge = fn(&mut Ledger<'_>, &Sides<'_>);

/// The checks that a single guide can be put to, in the checklist's order.
const JUDGES: &[(&str, Judge)] = &[
    (guide_consistency::ID, guide_consistency::judge_sides),
    (guide_readability::ID, guide_readability::judge_sides),
    (guide_process::ID, guide_process::judge_sides),
];

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, in_short, reading};
    use super::*;

    fn inspected(change: impl Fn(&mut Guide)) -> Vec<Finding> {
        let mut guide = Trial::new().guide("pc");
        change(&mut guide);
        inspect(&guide, &[])
    }

    fn found(change: impl Fn(&mut Guide)) -> Vec<String> {
        inspected(change).iter().map(in_short).collect()
    }

    #[test]
    fn a_sound_page_has_nothing_wrong() {
        assert_eq!(found(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn a_gap_a_blank_a_broken_rule_and_bare_stages_are_found_on_one_page() {
        let found = found(|guide| {
            guide.elements.remove("law_basis");
            guide.elements.insert("time".to_owned(), reading("time", ""));
            guide.elements.insert("promise_limit".to_owned(), reading("promise_limit", "90个工作日"));
            guide.elements.insert("flow".to_owned(), reading("flow", "受理→审核→办结→送达"));
            guide.media.clear();
        });
        assert_eq!(
            found,
            [
                "page time empty",
                "page law_basis missing",
                "page promise_limit rule:R01",
                "page flow stages-only"
            ]
        );
    }

    #[test]
    fn messages_speak_of_the_page_and_keep_no_evidence() {
        let findings = inspected(|guide| {
            guide.elements.remove("law_basis");
        });
        assert_eq!(findings[0].message, "页面没有载明“设定依据”（办事指南八类关键要素之一）。");
        assert_eq!(findings[0].sayings[&"page".into()].capture, None);
    }

    #[test]
    fn a_page_that_is_no_guide_is_not_found_wanting() {
        assert!(inspect(&Guide::default(), &[]).is_empty());
    }
}
