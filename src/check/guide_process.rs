//! guide.process: whether every channel explains how the item is handled, in words, pictures or films that really load.

use crate::model::{Case, Kind, Medium, Severity};
use crate::text;

use super::ledger::{Draft, Ledger};
use super::registry::{Check, Judged};
use super::roll::Roll;
use super::sides::{Side, Sides};

/// Id of the checklist item.
const ID: &str = "guide.process";
/// The element that explains the process.
const FLOW: &str = "flow";
/// Names of stages and the words that only join them. What is left of a text without them explains something.
const STAGE_WORDS: &[&str] = &[
    "现场勘查", "现场核查", "现场勘验", "专家评审", "材料初审", "网上预审", "领取结果", "结果送达", "送达取件", "申请人", "申请", "提交", "收件",
    "接件", "预审", "初审", "受理", "审查", "审核", "复核", "复审", "审批", "核准", "批准", "决定", "签发", "制证", "发证", "颁证", "领证", "取证",
    "公示", "公告", "办结", "归档", "告知", "送达", "取件", "领取", "颁发", "评审", "勘验", "环节", "流程", "步骤", "阶段", "开始", "结束", "与",
    "和", "及", "或", "第", "步",
];

/// 是否提供办理流程说明或视频等.
pub(super) struct GuideProcess;

impl Check for GuideProcess {
    fn id(&self) -> &'static str {
        ID
    }

    fn why(&self) -> &'static str {
        "只列环节名称，群众仍不知道要做什么：国办函〔2017〕115号抽查的事项中约四分之一只有环节名称。"
    }

    fn needs(&self) -> &'static str {
        "各渠道同一事项的办事指南页面，包括流程图、视频是否真的加载出来"
    }

    fn judge(&self, case: &Case, roll: &Roll) -> Judged {
        let sides = Sides::of(case, ID, roll);
        let mut ledger = Ledger::new(ID, case.item_name(), roll);
        missing(&mut ledger, &sides);
        dead_media(&mut ledger, &sides);
        stages_only(&mut ledger, &sides);
        let seen = sides.seen.iter().map(|side| side.channel.clone()).collect();
        Judged::from_parts(seen, ledger.close(), sides.unseen)
    }
}

/// No words, no picture, no film.
fn missing(ledger: &mut Ledger<'_>, sides: &Sides<'_>) {
    let without = |side: &&Side<'_>| side.reading(FLOW).is_none() && media(side).next().is_none();
    let message = "没有办理流程：既没有文字说明，也没有流程图或视频。";
    enter(ledger, sides, Kind::Missing, Severity::Major, without, message, "补充办理流程，写明每一步由谁做、做什么、要多久。");
}

/// A picture or film that does not load.
fn dead_media(ledger: &mut Ledger<'_>, sides: &Sides<'_>) {
    let dead = |side: &&Side<'_>| media(side).any(|medium| medium.loaded == Some(false));
    let message = "办理流程的图片或视频打不开。";
    enter(ledger, sides, Kind::DeadMedia, Severity::Minor, dead, message, "重新上传流程图或视频，并在本渠道打开核对。");
}

/// Names of stages and nothing that explains them.
fn stages_only(ledger: &mut Ledger<'_>, sides: &Sides<'_>) {
    let bare = |side: &&Side<'_>| {
        let explained_by_picture = media(side).any(|medium| medium.loaded != Some(false));
        !explained_by_picture && side.reading(FLOW).is_some_and(|reading| only_names_stages(&reading.text))
    };
    let message = "办理流程只有环节名称，没有说明每一步要做什么。";
    enter(ledger, sides, Kind::StagesOnly, Severity::Minor, bare, message, "在每个环节后写明办理人、办理内容和时限。");
}

fn media<'a>(side: &Side<'a>) -> impl Iterator<Item = &'a Medium> {
    side.guide.media.iter().filter(|medium| medium.element == FLOW)
}

/// Whether nothing but stage names, numbers and arrows is left.
fn only_names_stages(text: &str) -> bool {
    let mut rest: String = text::plain(text).chars().filter(|character| character.is_alphanumeric()).collect();
    if rest.is_empty() {
        return false;
    }
    for word in STAGE_WORDS {
        rest = rest.replace(word, "");
    }
    rest.chars().all(|character| character.is_ascii_digit() || "一二三四五六七八九十".contains(character))
}

fn enter(
    ledger: &mut Ledger<'_>,
    sides: &Sides<'_>,
    kind: Kind,
    severity: Severity,
    concerned: impl Fn(&&Side<'_>) -> bool,
    message: &str,
    advice: &str,
) {
    let channels: Vec<_> = sides.seen.iter().filter(concerned).map(|side| side.channel.clone()).collect();
    if channels.is_empty() {
        return;
    }
    let message = format!("{}{message}", ledger.roll().names(&channels));
    ledger.enter(Draft {
        element: FLOW,
        kind,
        rule: None,
        severity,
        channels,
        message,
        advice: advice.to_owned(),
        sayings: sides.sayings(|side| side.saying(FLOW)),
    });
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    #[test]
    fn a_guide_with_words_and_a_picture_passes() {
        assert!(Trial::new().findings(ID).is_empty());
    }

    #[test]
    fn a_channel_without_any_process_is_found_and_only_that_one() {
        let trial = Trial::new().guide_on("app", |guide| {
            guide.elements.remove(FLOW);
            guide.media.clear();
        });
        let findings = trial.findings(ID);
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].kind, findings[0].channels.len()), (Kind::Missing, 1));
    }

    #[test]
    fn a_picture_that_does_not_load_is_found_even_beside_words() {
        let trial = Trial::new().guide_on("mini", |guide| {
            for medium in &mut guide.media {
                medium.loaded = Some(false);
            }
        });
        assert_eq!(trial.findings(ID)[0].kind, Kind::DeadMedia);
    }

    #[test]
    fn stage_names_alone_explain_nothing_and_sentences_do() {
        assert!(only_names_stages("1.收件 → 2.受理 → 3.审查与决定 → 4.送达"));
        assert!(!only_names_stages("1.受理：窗口人员当场核对材料，齐全的出具受理通知书"));
        assert!(!only_names_stages(""));
    }
}
