//! guide.process: whether the guide explains the process, in words or pictures, and whether these really load.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{
    Case, ChannelId, Download, FileKind, Kind, Medium, MediumKind, Severity, Sureness, Unseen,
};
use crate::text;

use super::attachments;
use super::ledger::{Draft, Ledger};
use super::quote::quote;
use super::registry::{Check, Judged};
use super::roll::Roll;
use super::sides::{Blind, Side, Sides};

/// Id of the checklist item.
pub(super) const ID: &str = "guide.process";

/// 是否提供办理流程说明或视频等.
pub(super) struct GuideProcess;

impl Check for GuideProcess {
    fn id(&self) -> &'static str {
        ID
    }

    fn why(&self) -> &'static str {
        "办理流程是八类关键要素之一；国办函〔2017〕115号抽查发现，25%的办事指南只有环节名称，没有说明（规则R19）。"
    }

    fn needs(&self) -> &'static str {
        "各渠道同一事项的办事指南页面，以及页面上的流程图、视频是否真的加载出来"
    }

    fn judge(&self, case: &Case, roll: &Roll) -> Judged {
        let sides = Sides::of(case, ID, roll);
        let mut ledger = Ledger::new(ID, case.item_name(), roll);
        judge_sides(&mut ledger, &sides);
        let seen = sides.seen.iter().map(|side| side.channel.clone()).collect();
        let unloaded = unloaded(&sides, case.item_name());
        Judged::from_parts(seen, ledger.close(), sides.unseen.into_iter().chain(unloaded).collect())
    }
}

/// One finding for each fault, over the channels that have it.
pub(super) fn judge_sides(ledger: &mut Ledger<'_>, sides: &Sides<'_>) {
    for fault in [Fault::Unexplained, Fault::DeadMedium, Fault::StagesOnly] {
        let at_fault: Vec<&Side<'_>> =
            sides.seen.iter().filter(|side| fault_of(side) == Some(fault)).collect();
        if !at_fault.is_empty() {
            enter(ledger, sides, fault, &at_fault);
        }
    }
}

/// Channels that explain the process by nothing but media of which nobody knows whether they load.
fn unloaded(sides: &Sides<'_>, item: &str) -> Vec<Unseen> {
    let blind = |side: &&Side<'_>| {
        !is_told(side)
            && flow_media(side).next().is_some()
            && flow_media(side).all(|medium| loads(side, medium).is_none())
    };
    let row = |side: &Side<'_>| {
        let why = "办理流程只有图片或者视频，没有在浏览器里打开，不知道能不能显示".to_owned();
        Blind { why, capture: side.evidence() }.into_row(ID, side.channel, item)
    };
    sides.seen.iter().filter(blind).map(row).collect()
}

/// What can be wrong with the process; one channel has at most one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Neither words nor media.
    Unexplained,
    /// A picture or film that does not load.
    DeadMedium,
    /// The names of the stages and nothing else.
    StagesOnly,
}

fn fault_of(side: &Side<'_>) -> Option<Fault> {
    let reading = side.reading("flow");
    if reading.is_some_and(|reading| reading.sure == Sureness::Doubtful) {
        return None;
    }
    let words = words(side);
    let is_told = is_told(side);
    let linked = reading.is_some_and(|reading| !reading.links.is_empty());
    let mut media = flow_media(side).peekable();
    if !is_told && !is_picture(words) && media.peek().is_none() && !linked {
        return Some(Fault::Unexplained);
    }
    if flow_media(side).any(|medium| loads(side, medium) == Some(false)) {
        return Some(Fault::DeadMedium);
    }
    (is_told && !linked && !flow_media(side).any(explains) && is_stage_names_only(words))
        .then_some(Fault::StagesOnly)
}

fn words<'a>(side: &Side<'a>) -> &'a str {
    side.reading("flow").map_or("", |reading| reading.text.trim())
}

/// Whether words explain the process. What the reader writes for a picture are none.
fn is_told(side: &Side<'_>) -> bool {
    let words = words(side);
    !is_picture(words) && !text::plain(words).is_empty() && text::placeholder(words).is_none()
}

fn is_picture(words: &str) -> bool {
    words.starts_with("[图片]")
}

/// Whether a medium loads: as the page showed it, or as asking for its file did; `None` where nobody looked.
fn loads(side: &Side<'_>, medium: &Medium) -> Option<bool> {
    medium.loaded.or_else(|| {
        let url = side.guide.absolute(&medium.url)?;
        match attachments::download_of(side, url.as_str())? {
            Download::Unreachable(_) => Some(false),
            Download::Status(status) if attachments::is_dead(*status) => Some(false),
            Download::Status(status) => (200..400).contains(status).then_some(true),
            Download::File(file) if matches!(file.kind, FileKind::Image) => Some(file.opens != Some(false)),
            Download::File(file) => {
                matches!(file.kind, FileKind::WebPage | FileKind::ErrorPage).then_some(false)
            }
            Download::NotAsked(_) => None,
        }
    })
}

/// Whether a medium makes up for words that only name stages. A flow chart mostly repeats these names, and whoever
/// cannot see it has nothing but its alternative text.
fn explains(medium: &Medium) -> bool {
    medium.kind != MediumKind::Image || medium.text.contains(['，', '。', '；'])
}

fn flow_media<'a>(side: &Side<'a>) -> impl Iterator<Item = &'a Medium> {
    side.guide.media.iter().filter(|medium| medium.element == "flow")
}

static STAGE_WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "申请人?|申报|提出|提交|收件|接件|预审|受理|初审|复审|审查|审核|审批|核查|踏勘|勘验|评审|公示|公告|批准|核准|",
        "核发|签发|决定|作出|办理|办结|制证|制作|打印|归档|缴费|发证|颁证|颁发|发放|领证|取证|领取|取件|出件|送达|",
        "结果|结束|完成|开始|环节|流程|步骤|程序|证件|文书|与|和|及|或|并|的|第"
    ))
    .ok()
});

/// Whether a text says nothing but the names of stages (“受理→审核→办结→送达”), however they are joined and numbered.
fn is_stage_names_only(words: &str) -> bool {
    let Some(stage_words) = STAGE_WORDS.as_ref() else { return false };
    let mut named = 0;
    let rest = stage_words.replace_all(words, |_: &regex::Captures<'_>| {
        named += 1;
        ""
    });
    let leftover = |character: &char| {
        character.is_alphabetic() && !"一二三四五六七八九十".contains(*character) && !character.is_ascii()
    };
    named >= 2 && rest.chars().filter(leftover).count() == 0
}

fn enter(ledger: &mut Ledger<'_>, sides: &Sides<'_>, fault: Fault, at_fault: &[&Side<'_>]) {
    let channels: Vec<ChannelId> = at_fault.iter().map(|side| side.channel.clone()).collect();
    let who = ledger.roll().names(&channels);
    let words = words(at_fault[0]);
    let (kind, severity, message, advice) = match fault {
        Fault::Unexplained => (
            Kind::Missing,
            Severity::Major,
            format!("{who}没有办理流程说明，也没有流程图或者视频。"),
            "补充办理流程的文字说明或者流程图。",
        ),
        Fault::DeadMedium => (
            Kind::DeadMedia,
            Severity::Minor,
            format!("{who}的办理流程{}打不开。", dead_name(at_fault[0])),
            "请技术人员检查流程图或者视频的地址，重新上传。",
        ),
        Fault::StagesOnly => (
            Kind::StagesOnly,
            Severity::Minor,
            format!("{who}的办理流程只有环节名称{}，文字没有说明每一步做什么、找谁、要多久。", quote(words)),
            "逐个环节写明做什么、由谁办、要多久（国办函〔2017〕115号）。",
        ),
    };
    ledger.enter(Draft {
        element: "flow",
        kind,
        rule: (fault == Fault::StagesOnly).then_some("R19"),
        severity,
        channels,
        message,
        advice: advice.to_owned(),
        sayings: sides.sayings(|side| side.saying("flow")),
    });
}

fn dead_name(side: &Side<'_>) -> &'static str {
    match flow_media(side).find(|medium| loads(side, medium) == Some(false)).map(|medium| medium.kind) {
        Some(MediumKind::Video) => "视频",
        Some(MediumKind::Audio) => "音频",
        _ => "图",
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::is_stage_names_only;
    use crate::model::{CoverageState, MediumKind};

    fn no_media(trial: Trial) -> Trial {
        trial.guide_everywhere(|guide| guide.media.clear())
    }

    #[test]
    fn no_words_and_no_picture_are_missing_whatever_the_label_says() {
        for said in ["", "暂无", "详见窗口"] {
            let trial = no_media(Trial::new()).set("kiosk", "flow", said);
            assert_eq!(trial.found("guide.process"), ["kiosk flow missing"], "{said}");
            assert_eq!(trial.found("guide.consistency"), Vec::<String>::new(), "{said}");
        }
        let trial = no_media(Trial::new()).hide("kiosk", "flow");
        assert_eq!(trial.found("guide.process"), ["kiosk flow missing"]);
        assert_eq!(trial.judged("guide.process").channels[&"kiosk".into()], CoverageState::Problem);
    }

    #[test]
    fn words_or_a_picture_alone_are_enough() {
        assert!(no_media(Trial::new()).found("guide.process").is_empty());
        assert!(Trial::new().hide_all("flow").found("guide.process").is_empty());
    }

    #[test]
    fn a_picture_that_does_not_load_is_dead_but_one_nobody_tried_is_not() {
        let dead = Trial::new().guide_on("app", |guide| guide.media[0].loaded = Some(false));
        assert_eq!(dead.found("guide.process"), ["app flow dead-media"]);
        assert!(
            Trial::new()
                .guide_on("app", |guide| guide.media[0].loaded = None)
                .found("guide.process")
                .is_empty()
        );
    }

    #[test]
    fn bare_stage_names_are_no_explanation_unless_a_film_or_an_alternative_text_explains_them() {
        let bare = no_media(Trial::new().set_all("flow", "1.受理\n2.审核\n3.审批\n4.办结\n5.送达"));
        assert_eq!(bare.found("guide.process"), ["pc+app+mini+kiosk flow stages-only"]);
        let with_chart = Trial::new().set_all("flow", "受理→审核→办结");
        assert_eq!(with_chart.found("guide.process"), ["pc+app+mini+kiosk flow stages-only"]);
        let film = with_chart.clone().guide_everywhere(|guide| guide.media[0].kind = MediumKind::Video);
        assert!(film.found("guide.process").is_empty());
        let told = "窗口当场受理，三天内审核，短信通知取件";
        let described = with_chart.guide_everywhere(|guide| told.clone_into(&mut guide.media[0].text));
        assert!(described.found("guide.process").is_empty());
    }

    #[test]
    fn stage_names_are_told_from_sentences() {
        for bare in
            ["受理→审查→决定→送达", "一、申请 二、受理 三、审核", "①收件；②办结；③发证", "申请-受理-审批"]
        {
            assert!(is_stage_names_only(bare), "{bare}");
        }
        for told in [
            "受理：窗口当场核对材料。审核：三天内。",
            "带材料到窗口",
            "受理",
            "受理（1个工作日）→审核（3个工作日）",
        ] {
            assert!(!is_stage_names_only(told), "{told}");
        }
    }

    #[test]
    fn a_blocked_channel_cannot_be_told() {
        let judged = Trial::new().blocked("app", "渠道没有响应").judged("guide.process");
        assert!(judged.findings.is_empty());
        assert_eq!(judged.channels[&"app".into()], CoverageState::CannotTell);
    }
}
