//! guide.readability: whether people can understand the guide, or whether it speaks like a law.

use std::collections::BTreeSet;

use crate::model::{Case, Catalogue, ChannelId, CoverageState, Element, Kind, Severity, Sureness};
use crate::text::{self, Hurdle, LegalTerm, Readability, Sort};

use super::ledger::{Draft, Ledger};
use super::quote::quote;
use super::registry::{Check, Judged};
use super::roll::Roll;
use super::sides::{Side, Sides};

/// Id of the checklist item.
pub(super) const ID: &str = "guide.readability";

/// The elements that are told in free words. 设定依据 quotes laws and may sound like one.
const PROSE: &[&str] = &["condition", "prohibit", "visit_reason", "special", "flow", "faq"];
/// Sentences that a finding quotes.
const SENTENCES: usize = 3;
/// Words for which a finding suggests plain ones.
const WORDS: usize = 6;

/// 办事指引是否能看懂，是否法言法语.
pub(super) struct GuideReadability;

impl Check for GuideReadability {
    fn id(&self) -> &'static str {
        ID
    }

    fn why(&self) -> &'static str {
        "看不懂的指南等于没有指南。用231条真实受理条件和460条群众提问对比得出的四个标志判断：分句平均超过18字、\
         每百字法律用语超过1.5个、通篇不对办事人说话、有超过40字的分句；同时具备两个并且能指出难懂的句子，才算偏法言法语\
         （办理流程、常见问题等还要既有法律用语又有长句）。"
    }

    fn needs(&self) -> &'static str {
        "各渠道办事指南里用文字叙述的要素（受理条件、办理流程、特别程序、常见问题等），60字以上才判断"
    }

    fn judge(&self, case: &Case, roll: &Roll) -> Judged {
        let sides = Sides::of(case, ID, roll);
        let mut ledger = Ledger::new(ID, case.item_name(), roll);
        judge_sides(&mut ledger, &sides);
        let seen = sides.seen.iter().map(|side| side.channel.clone()).collect();
        let wordless: Vec<ChannelId> =
            sides.seen.iter().filter(|side| !is_measured(side)).map(|side| side.channel.clone()).collect();
        let mut judged = Judged::from_parts(seen, ledger.close(), sides.unseen);
        for channel in wordless {
            judged.channels.insert(channel, CoverageState::NotApplicable);
        }
        judged
    }
}

/// One finding for each hard text, over the channels that show it.
pub(super) fn judge_sides(ledger: &mut Ledger<'_>, sides: &Sides<'_>) {
    let elements = PROSE.iter().filter_map(|id| Catalogue::embedded().element(id));
    for element in elements {
        for (channels, said) in texts(sides, element) {
            if let Some(told) = text::readability(said).filter(|told| is_hard(&element.id, told)) {
                enter(ledger, sides, element, channels, &told);
            }
        }
    }
}

/// Whether a text is hard enough to say so, with sentences to show for it. The measures were calibrated on conditions of
/// acceptance; stages of a process, questions and reasons tell what an office does, so that they may do without 您 and name
/// 受理 and 审批: there it takes the words of law and long clauses, too.
fn is_hard(id: &str, told: &Readability) -> bool {
    let has = |hurdle: Hurdle| told.hurdles.contains(&hurdle);
    let calibrated = matches!(id, "condition" | "prohibit");
    let like_a_law = has(Hurdle::LegalWords) && (has(Hurdle::LongClauses) || has(Hurdle::OverlongClause));
    told.is_hard() && !told.sentences.is_empty() && (calibrated || like_a_law)
}

/// The different texts of an element, each with the channels that show it.
fn texts<'a>(sides: &Sides<'a>, element: &Element) -> Vec<(Vec<ChannelId>, &'a str)> {
    let mut known: Vec<(String, Vec<ChannelId>, &str)> = Vec::new();
    for side in &sides.seen {
        let Some(said) = prose(side, &element.id) else { continue };
        let normal = text::normal(Sort::Words, said);
        match known.iter_mut().find(|(other, ..)| *other == normal) {
            Some((_, channels, _)) => channels.push(side.channel.clone()),
            None => known.push((normal, vec![side.channel.clone()], said)),
        }
    }
    known.into_iter().map(|(_, channels, said)| (channels, said)).collect()
}

fn prose<'a>(side: &Side<'a>, id: &str) -> Option<&'a str> {
    let reading = side.reading(id).filter(|reading| reading.sure != Sureness::Doubtful)?;
    Some(reading.text.as_str())
}

fn is_measured(side: &Side<'_>) -> bool {
    PROSE.iter().any(|id| prose(side, id).and_then(text::readability).is_some())
}

fn enter(
    ledger: &mut Ledger<'_>,
    sides: &Sides<'_>,
    element: &Element,
    channels: Vec<ChannelId>,
    told: &Readability,
) {
    let quotes: Vec<String> =
        told.sentences.iter().take(SENTENCES).map(|sentence| quote(&sentence.text)).collect();
    ledger.enter(Draft {
        element: &element.id,
        kind: Kind::HardToRead,
        rule: None,
        severity: Severity::Note,
        message: format!(
            "{}的“{}”像法律条文，群众不容易看懂（{}）：{}。",
            ledger.roll().names(&channels),
            element.name,
            hurdles(told),
            quotes.join("")
        ),
        advice: advice(told),
        channels,
        sayings: sides.sayings(|side| side.saying(&element.id)),
    });
}

fn hurdles(told: &Readability) -> String {
    let named = told.hurdles.iter().map(|hurdle| match hurdle {
        Hurdle::LongClauses => format!("分句平均{:.0}字", told.clause_length),
        Hurdle::LegalWords => format!("每百字有{:.1}个法律用语", told.legal_per_hundred),
        Hurdle::NoReader => "通篇没有对办事人说话".to_owned(),
        Hurdle::OverlongClause => format!("最长的一句{}字没有停顿", told.longest_clause),
    });
    named.collect::<Vec<_>>().join("，")
}

/// Plain words for those of the quoted sentences, and what else makes a text easier.
fn advice(told: &Readability) -> String {
    let mut known = BTreeSet::new();
    let terms: Vec<&LegalTerm> = told
        .sentences
        .iter()
        .take(SENTENCES)
        .flat_map(|sentence| &sentence.terms)
        .filter(|term| known.insert(term.word.as_str()))
        .take(WORDS)
        .collect();
    let mut advice = String::from("用大白话改写");
    if !terms.is_empty() {
        let words: Vec<String> = terms.iter().map(|term| suggestion(term)).collect();
        advice = format!("{advice}：{}", words.join("，"));
    }
    if told.hurdles.iter().any(|hurdle| matches!(hurdle, Hurdle::LongClauses | Hurdle::OverlongClause)) {
        advice.push_str("；长句拆成短句");
    }
    if told.hurdles.contains(&Hurdle::NoReader) {
        advice.push_str("；用“您”对办事人说话");
    }
    advice.push('。');
    advice
}

fn suggestion(term: &LegalTerm) -> String {
    if term.plain.starts_with('（') {
        format!("“{}”{}", term.word, term.plain)
    } else {
        format!("“{}”改为“{}”", term.word, term.plain)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    const LAW: &str = "申请人应当具备下列条件之一，方可依照本办法的有关规定向所在地县级以上人民政府市场监督管理主管部门提出申请；\
        逾期未提交的，不予受理。申请人取得许可证后，其有效期届满前三十日内须依法申请延续。";
    const PLAIN: &str = "您年满18周岁，住在本市，就可以来办。带上身份证和户口本，到家门口的大厅就行。不想跑腿，也可以在手机上办，\
        三天就能办好。证丢了不用登报，直接来补一张就可以，当天就能拿走。";

    #[test]
    fn the_language_of_laws_is_one_note_that_quotes_it_and_suggests_plain_words() {
        let findings = Trial::new().set_all("condition", LAW).findings(ID);
        assert_eq!(findings.len(), 1);
        let finding = &findings[0];
        assert_eq!(
            (finding.kind, finding.severity, finding.channels.len()),
            (Kind::HardToRead, Severity::Note, 4)
        );
        assert!(finding.message.contains("“申请人应当具备下列条件之一"), "{}", finding.message);
        assert!(finding.advice.contains("“应当”改为“要”"), "{}", finding.advice);
    }

    #[test]
    fn another_text_on_another_channel_is_judged_by_itself() {
        let trial = Trial::new().set_all("condition", LAW).set("app", "condition", PLAIN);
        assert_eq!(trial.found(ID), ["pc+mini+kiosk condition hard-to-read"]);
        let judged = trial.judged(ID);
        assert_eq!(judged.channels[&"app".into()], CoverageState::Pass);
        assert_eq!(judged.channels[&"pc".into()], CoverageState::Problem);
    }

    #[test]
    fn short_texts_citations_and_other_elements_are_left_alone() {
        let citation = "《中华人民共和国行政许可法》第十二条第一款第三项；《国务院对确需保留的行政审批项目设定行政许可的决定》\
            （国务院令第412号）附件第五十二项";
        for said in ["申请人应当依法提出申请。", citation] {
            let trial = Trial::new().set_all("condition", said).set_all("flow", "受理、审核、办结");
            assert!(trial.found(ID).is_empty(), "{said}");
            let judged = trial.judged(ID);
            assert!(judged.channels.values().all(|state| *state == CoverageState::NotApplicable), "{said}");
        }
        assert!(Trial::new().set_all("law_basis", LAW).found(ID).is_empty());
    }

    #[test]
    fn stages_that_are_told_in_order_may_do_without_the_reader() {
        let flow = "受理：申请人通过窗口或者网上提出申请，工作人员核对材料是否齐全、是否符合法定形式，当场作出是否受理的答复\n\
            审核：市公安局业务科室对申请内容的真实性和合法性进行审核，提出审核意见\n\
            审批：市公安局负责人根据审核意见作出决定，不予通过的书面说明理由";
        assert!(Trial::new().set_all("flow", flow).found(ID).is_empty());
        let law = "申请人应当自收到不予受理决定书之日起六十日内向作出该具体行政行为的本级人民政府或者上一级主管部门依法提出复议申请；\
            逾期未提出申请的由具有管辖权的行政机关依照本办法第十二条之规定予以审查并作出是否准予行政许可的书面决定。";
        assert_eq!(Trial::new().set_all("flow", law).found(ID), ["pc+app+mini+kiosk flow hard-to-read"]);
    }

    #[test]
    fn a_blocked_channel_cannot_be_told() {
        let judged = Trial::new().blocked("app", "渠道没有响应").judged(ID);
        assert_eq!(judged.channels[&"app".into()], CoverageState::CannotTell);
    }
}
