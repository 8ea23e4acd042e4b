//! guide.consistency: whether the channels' guides are complete, say the same, and make sense.

use crate::model::Case;

use super::ledger::Ledger;
use super::registry::{Check, Judged};
use super::roll::Roll;
use super::sides::Sides;
use super::{attachments, blemish, completeness, contradiction, difference, materials, rules, standing};

/// Id of the checklist item.
pub(super) const ID: &str = "guide.consistency";

/// 办事指南要素内容是否一致、是否准确.
pub(super) struct GuideConsistency;

impl Check for GuideConsistency {
    fn id(&self) -> &'static str {
        ID
    }

    fn why(&self) -> &'static str {
        "各渠道说法不一会让群众多跑路。要素是否齐全按2015年全国政府网站普查八类关键要素和国家政务服务平台数据规范判断，\
         是否准确按公开的编写规则判断，是否一致依据晋市审管发〔2023〕36号附件5。"
    }

    fn needs(&self) -> &'static str {
        "各渠道同一事项的办事指南页面，以及页面链接的空白表格、样表和办理入口（只访问门户文件列出的主机）"
    }

    fn judge(&self, case: &Case, roll: &Roll) -> Judged {
        let sides = Sides::of(case, ID, roll);
        let mut ledger = Ledger::new(ID, case.item_name(), roll);
        judge_sides(&mut ledger, &sides);
        let unfetched = attachments::unseen(&sides, ID, case.item_name());
        let seen = sides.seen.iter().map(|side| side.channel.clone()).collect();
        Judged::from_parts(seen, ledger.close(), sides.unseen.into_iter().chain(unfetched).collect())
    }
}

/// The order matters: what is no statement is not compared, and a rule is only put to statements nobody disputes.
pub(super) fn judge_sides(ledger: &mut Ledger<'_>, sides: &Sides<'_>) {
    let rows = standing::rows(sides);
    blemish::judge(ledger, sides, &rows);
    completeness::judge(ledger, sides, &rows);
    let settled = judge_against_truth(ledger, sides);
    difference::judge(ledger, sides, rows.iter().filter(|row| !settled.contains(&row.element.id.as_str())));
    if !settled.contains(&"materials") {
        materials::judge(ledger, sides, &rows);
    }
    contradiction::judge(ledger, sides);
    rules::judge(ledger, sides, &rows);
    attachments::judge(ledger, sides);
}

/// Measures the channels against the office's own database; gives the elements that it settles, about which the channels
/// need not be compared with each other any more.
fn judge_against_truth(ledger: &mut Ledger<'_>, sides: &Sides<'_>) -> Vec<&'static str> {
    let Some(beside) = sides.beside_truth() else { return Vec::new() };
    let rows = standing::rows(&beside);
    difference::judge(ledger, &beside, rows.iter());
    materials::judge(ledger, &beside, &rows);
    let is_settled = |row: &&standing::Row| {
        matches!(row.standings.last(), Some(standing::Standing::Stated | standing::Standing::Nothing))
    };
    rows.iter().filter(is_settled).map(|row| row.element.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::trial::{CHANNELS, Trial};
    use crate::model::{CoverageState, Said};

    #[test]
    fn a_sound_guide_passes_on_every_channel() {
        let judged = Trial::new().judged("guide.consistency");
        assert_eq!(judged.findings, []);
        assert!(judged.unseen.is_empty());
        assert_eq!(judged.channels.len(), 4);
        assert!(judged.channels.values().all(|state| *state == CoverageState::Pass));
    }

    #[test]
    fn a_blocked_channel_cannot_be_told_and_never_lacks_anything() {
        let judged = Trial::new().blocked("app", "渠道没有响应").judged("guide.consistency");
        assert_eq!(judged.findings, []);
        assert_eq!(judged.channels[&"app".into()], CoverageState::CannotTell);
        assert_eq!(judged.channels[&"pc".into()], CoverageState::Pass);
        assert!(judged.unseen[0].incomplete);
    }

    #[test]
    fn every_finding_carries_the_words_of_every_channel_and_where_they_stand() {
        let findings = Trial::new()
            .blocked("kiosk", "渠道没有响应")
            .set("app", "visits", "2次")
            .findings("guide.consistency");
        let sayings = &findings[0].sayings;
        assert_eq!(sayings.len(), 4);
        assert_eq!(sayings[&"app".into()].said, Said::Text("2次".to_owned()));
        assert!(sayings[&"app".into()].capture.is_some() && sayings[&"app".into()].node == Some(7));
        assert_eq!(sayings[&"kiosk".into()].said, Said::Unseen);
    }

    #[test]
    fn messages_speak_of_channels_by_name() {
        let trial =
            Trial::new().set("app", "visits", "2次").set("kiosk", "time", "").hide("mini", "law_basis");
        for finding in trial.findings("guide.consistency") {
            for (id, _) in CHANNELS {
                assert!(!finding.message.contains(id), "{}", finding.message);
            }
        }
    }

    #[test]
    fn one_value_gives_one_finding_even_if_it_also_breaks_a_rule() {
        let trial = Trial::new().set("app", "promise_limit", "90个工作日");
        assert_eq!(trial.found("guide.consistency"), ["app promise_limit differs"]);
    }
}
