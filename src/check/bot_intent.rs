//! bot.intent: whether the chatbot understands what people ask about an item, and answers it rightly.

use std::collections::BTreeMap;

use crate::model::{
    Case, ChannelId, Ending, Finding, Kind, LinkProbe, Said, Saying, Severity, Turn, Unseen, Witness,
};

use super::bot_answer::{Form, is_fallback, other_item, tells_validity};
use super::bot_facts::Yardstick;
use super::guide_consistency;
use super::ledger::{Draft, Ledger};
use super::quote::quote;
use super::registry::{Check, Judged};
use super::roll::Roll;
use super::sides::{Blind, Sides, unseen_saying};

const ID: &str = "bot.intent";

/// 用户意图识别准确性.
pub(super) struct BotIntent;

impl Check for BotIntent {
    fn id(&self) -> &'static str {
        ID
    }

    fn why(&self) -> &'static str {
        "附件5要求智能客服对“怎么办理”“提交什么材料”“什么时候到期”三类问题给出正确、友好的答案；\
         答案与同一渠道办事指南不符，等于给了群众两种说法。"
    }

    fn needs(&self) -> &'static str {
        "各渠道智能客服对三类问题的回答和其中的链接，以及同一渠道的办事指南"
    }

    fn judge(&self, case: &Case, roll: &Roll) -> Judged {
        let Some(item) = &case.item else { return Judged::default() };
        if !case.channels.iter().any(|channel| case.on(channel, ID).next().is_some()) {
            return Judged::default();
        }
        let guides = Guides::of(case, roll);
        let mut ledger = Ledger::new(ID, &item.name, roll);
        let mut asked = Vec::new();
        let mut unseen = Vec::new();
        for channel in &case.channels {
            let witnesses: Vec<&Witness> = case.on(channel, ID).collect();
            let turns: Vec<&Turn> = witnesses.iter().flat_map(|witness| &witness.visit.dialogue).collect();
            if !turns.is_empty() {
                asked.push(channel.clone());
            }
            unseen.extend(witnesses.iter().filter_map(|witness| unasked(witness, case)));
            for fault in faults(case, channel, &turns, &guides, roll) {
                enter(&mut ledger, case, channel, &fault);
            }
        }
        Judged::from_parts(asked, ledger.close(), unseen)
    }
}

/// The guides of the same case, and the findings about them.
struct Guides<'a> {
    sides: Sides<'a>,
    findings: Vec<Finding>,
}

impl<'a> Guides<'a> {
    fn of(case: &'a Case, roll: &'a Roll) -> Self {
        let sides = Sides::of(case, guide_consistency::ID, roll);
        let mut ledger = Ledger::new(guide_consistency::ID, case.item_name(), roll);
        guide_consistency::judge_sides(&mut ledger, &sides);
        Self { findings: ledger.close(), sides }
    }

    fn is_disputed(&self, channel: &ChannelId, element: &str) -> bool {
        self.findings.iter().any(|finding| finding.element == element && finding.channels.contains(channel))
    }

    fn contradictions(&self, channel: &ChannelId, form: Form, answer: &str) -> Vec<String> {
        let Some(side) = self.sides.seen.iter().find(|side| side.channel == channel) else {
            return Vec::new();
        };
        let is_disputed = |element: &str| self.is_disputed(channel, element);
        Yardstick { side, is_disputed: &is_disputed }.contradictions(form, answer)
    }
}

/// A question that was planned and never asked.
fn unasked(witness: &Witness, case: &Case) -> Option<Unseen> {
    let visit = &witness.visit;
    if matches!(visit.ending, Ending::Completed) && !visit.dialogue.is_empty() {
        return None;
    }
    let blind = Blind::of_visit(visit, "走访中没有向智能客服提问");
    Some(blind.into_row(ID, &visit.channel, case.item_name()))
}

/// What is wrong with the answers to one form of question on one channel.
struct Fault<'a> {
    form: Form,
    kind: Kind,
    turn: &'a Turn,
    message: String,
}

/// One fault for each form and kind: several questions of one form that fail alike are one fault.
fn faults<'a>(
    case: &Case,
    channel: &ChannelId,
    turns: &[&'a Turn],
    guides: &Guides<'_>,
    roll: &Roll,
) -> Vec<Fault<'a>> {
    let mut faults: BTreeMap<(Form, Kind), Fault<'a>> = BTreeMap::new();
    let mut dead: Vec<&str> = Vec::new();
    for turn in turns {
        let Some(form) = Form::of(&turn.question) else { continue };
        if let Some((kind, message)) = wrong_answer(case, channel, form, turn, guides, roll) {
            faults.entry((form, kind)).or_insert(Fault { form, kind, turn, message });
        }
        for link in turn.links.iter().filter(|link| is_dead(&link.probe)) {
            if dead.contains(&link.url.as_str()) {
                continue;
            }
            dead.push(&link.url);
            let message = format!("回答{}时给出的链接{}打不开。", quote(&turn.question), quote(&link.text));
            let kind = Kind::DeadLink;
            faults.entry((form, kind)).or_insert(Fault { form, kind, turn, message });
        }
    }
    faults.into_values().collect()
}

fn wrong_answer(
    case: &Case,
    channel: &ChannelId,
    form: Form,
    turn: &Turn,
    guides: &Guides<'_>,
    roll: &Roll,
) -> Option<(Kind, String)> {
    let item = case.item.as_ref()?;
    let asked = quote(&turn.question);
    if is_fallback(turn, item) || (form == Form::Expiry && !tells_validity(turn)) {
        let message = match turn.answer.trim() {
            "" => format!("智能客服对{asked}没有任何回答。"),
            answer => format!("智能客服答不出{asked}，只回复{}。", quote(answer)),
        };
        return Some((Kind::NoAnswer, message));
    }
    // The expiry of a certificate is asked without the item's name.
    let other = other_item(turn, item, &roll.items).filter(|_| form != Form::Expiry);
    if let Some(other) = other {
        let message = format!("问{asked}，智能客服答的却是“{}”。", other.name);
        return Some((Kind::WrongItem, message));
    }
    let contradictions = guides.contradictions(channel, form, &turn.answer);
    if contradictions.is_empty() {
        return None;
    }
    Some((
        Kind::WrongFact,
        format!("问{asked}，智能客服的回答与办事指南不符：{}。", contradictions.join("；")),
    ))
}

fn is_dead(probe: &LinkProbe) -> bool {
    match probe {
        LinkProbe::NotAsked => false,
        LinkProbe::Status(status) => *status >= 400,
        LinkProbe::Unreachable(_) => true,
    }
}

fn enter(ledger: &mut Ledger<'_>, case: &Case, channel: &ChannelId, fault: &Fault<'_>) {
    let (severity, advice) = match fault.kind {
        Kind::NoAnswer => (Severity::Major, "在智能客服知识库里补充这个问法，包括事项的口头语。"),
        Kind::WrongItem => (Severity::Major, "检查智能客服的事项识别，让这个问法对应到正确的事项。"),
        Kind::WrongFact => (Severity::Major, "让智能客服的答案直接取自办事指南，与办事指南同步更新。"),
        _ => (Severity::Minor, "更新智能客服答案里的链接。"),
    };
    let message = format!("{}：{}", ledger.roll().name(channel), fault.message);
    ledger.enter(Draft {
        element: fault.form.id(),
        kind: fault.kind,
        rule: None,
        severity,
        channels: vec![channel.clone()],
        message,
        advice: advice.to_owned(),
        sayings: sayings(case, channel, fault),
    });
}

/// What every channel answered to the same question; the channel at fault shows the very answer.
fn sayings(case: &Case, channel: &ChannelId, fault: &Fault<'_>) -> BTreeMap<ChannelId, Saying> {
    let answer_on = |other: &ChannelId| -> Option<Saying> {
        let mut turns = case.on(other, ID).flat_map(|witness| &witness.visit.dialogue);
        turns.find(|turn| turn.question == fault.turn.question).map(saying)
    };
    case.channels
        .iter()
        .map(|other| {
            let said = if other == channel { Some(saying(fault.turn)) } else { answer_on(other) };
            (other.clone(), said.unwrap_or_else(unseen_saying))
        })
        .collect()
}

fn saying(turn: &Turn) -> Saying {
    let said = match turn.answer.trim() {
        "" => Said::Nothing,
        answer => Said::Text(answer.to_owned()),
    };
    Saying { said, capture: turn.capture.clone(), node: None }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, visit};
    use super::*;
    use crate::model::CoverageState;

    const HOW: &str = "居民身份证换领怎么办理？";
    const RIGHT: &str =
        "“居民身份证换领”的办理步骤如下：到窗口提交材料。\n承诺办结时限：20个工作日\n咨询电话：0356-2026101";
    const MATERIALS: &str = "居民身份证换领需要提交什么材料？";
    const ALL: &str = "办理“居民身份证换领”需要：1. 居民户口簿\n2. 原居民身份证\n3. 居民身份证换领登记表";

    #[test]
    fn right_answers_pass() {
        let trial = Trial::new().asked("app", HOW, RIGHT).asked("app", MATERIALS, ALL).asked(
            "app",
            "居民身份证什么时候到期？",
            "居民身份证的有效期：十年。",
        );
        let judged = trial.judged(ID);
        assert_eq!(judged.findings, []);
        assert_eq!(judged.channels[&"app".into()], CoverageState::Pass);
    }

    #[test]
    fn every_kind_of_wrong_answer_is_named() {
        let cases = [
            ("换身份证怎么办理？", "抱歉，我没有听懂您的问题，请换个说法试试。", "app how no-answer"),
            (HOW, "", "app how no-answer"),
            (HOW, "“结婚登记”的办理步骤如下：双方到场。", "app how wrong-item"),
            (HOW, "“居民身份证换领”的承诺办结时限：7个工作日", "app how wrong-fact"),
            (
                MATERIALS,
                "办理“居民身份证换领”需要：居民户口簿、居民身份证换领登记表",
                "app materials wrong-fact",
            ),
            ("居民身份证什么时候到期？", "请选择您要咨询的事项", "app expiry no-answer"),
        ];
        for (question, answer, expected) in cases {
            let found = Trial::new().also("结婚登记").asked("app", question, answer).found(ID);
            assert_eq!(found, [expected], "{question} {answer}");
        }
    }

    #[test]
    fn a_dead_link_is_one_finding_beside_a_right_answer() {
        for (probe, dead) in [
            (LinkProbe::Status(404), true),
            (LinkProbe::Unreachable("连接被拒绝".to_owned()), true),
            (LinkProbe::Status(200), false),
            (LinkProbe::NotAsked, false),
        ] {
            let trial = Trial::new()
                .asked_with_link("pc", HOW, RIGHT, probe.clone())
                .asked_with_link("pc", MATERIALS, ALL, probe);
            let expected: &[&str] = if dead { &["pc how dead-link"] } else { &[] };
            assert_eq!(trial.found(ID), expected);
        }
    }

    #[test]
    fn two_questions_of_one_form_that_fail_alike_are_one_finding() {
        let trial = Trial::new().asked("app", HOW, "").asked("app", "换身份证怎么办理？", "");
        assert_eq!(trial.found(ID), ["app how no-answer"]);
    }

    #[test]
    fn a_guide_that_is_itself_in_dispute_is_no_yardstick() {
        let trial = Trial::new().set("app", "promise_limit", "15个工作日").asked("app", HOW, RIGHT);
        assert_eq!(trial.found(ID), Vec::<String>::new());
    }

    #[test]
    fn a_chatbot_that_could_not_be_asked_is_unseen() {
        let trial = Trial::new().asked("app", HOW, RIGHT).visit_on("app", |witness| {
            witness.visit.dialogue.clear();
            visit::block(witness, "没有找到“智能客服”");
        });
        let judged = trial.judged(ID);
        assert_eq!(judged.findings, []);
        assert_eq!(judged.channels[&"app".into()], CoverageState::CannotTell);
        assert_eq!(judged.unseen[0].why, "没有找到“智能客服”");
    }

    #[test]
    fn a_case_without_questions_says_nothing() {
        assert_eq!(Trial::new().judged(ID), Judged::default());
    }
}
