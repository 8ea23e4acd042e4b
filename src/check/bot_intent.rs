//! bot.intent: whether the chatbot understands what people ask about an item, by its official and its everyday name, and
//! answers what the guide says.

use std::collections::BTreeMap;

use crate::model::{Case, ChannelId, Ending, Item, Kind, LinkProbe, Said, Saying, Severity, Turn, Unseen, Witness};

use super::bot_answer::{self, Form};
use super::bot_facts;
use super::ledger::{Draft, Ledger};
use super::quote::quote;
use super::registry::{Check, Judged};
use super::roll::Roll;
use super::sides::{Blind, unseen_saying};

/// Id of the checklist item.
const ID: &str = "bot.intent";

/// 用户意图识别准确性及推荐友好性.
pub(super) struct BotIntent;

/// One fault of one answer.
struct Fault {
    kind: Kind,
    severity: Severity,
    message: String,
    advice: &'static str,
}

impl Check for BotIntent {
    fn id(&self) -> &'static str {
        ID
    }

    fn why(&self) -> &'static str {
        "群众习惯用口头语提问。检查点原文列出三种问法：怎么办理、提交什么材料、什么时候到期（晋市审管发〔2023〕36号附件5）。"
    }

    fn needs(&self) -> &'static str {
        "各渠道智能客服对三种问法的回答、回答里的链接能否打开，以及本渠道的办事指南"
    }

    fn judge(&self, case: &Case, roll: &Roll) -> Judged {
        let Some(item) = &case.item else { return Judged::default() };
        let mut ledger = Ledger::new(ID, case.item_name(), roll);
        let mut seen = Vec::new();
        let mut unseen = Vec::new();
        for channel in &case.channels {
            let witnesses: Vec<&Witness> = case.on(channel, ID).collect();
            unseen.extend(witnesses.iter().filter_map(|witness| blind(witness, channel, item)));
            if witnesses.iter().any(|witness| !witness.visit.dialogue.is_empty()) {
                seen.push(channel.clone());
            }
            for turn in witnesses.iter().flat_map(|witness| &witness.visit.dialogue) {
                judge_turn(&mut ledger, case, item, channel, turn);
            }
        }
        Judged::from_parts(seen, ledger.close(), unseen)
    }
}

/// A visit that was blocked, or that never asked anything.
fn blind(witness: &Witness, channel: &ChannelId, item: &Item) -> Option<Unseen> {
    let visit = &witness.visit;
    let blocked = matches!(visit.ending, Ending::Blocked(_));
    (blocked || visit.dialogue.is_empty())
        .then(|| Blind::of_visit(visit, "走访中没有向智能客服提问").into_row(ID, channel, &item.name))
}

fn judge_turn(ledger: &mut Ledger<'_>, case: &Case, item: &Item, channel: &ChannelId, turn: &Turn) {
    let Some(form) = Form::of(&turn.question) else { return };
    let faults = [fault_of_answer(ledger.roll(), case, item, channel, form, turn), dead_link(turn)];
    for fault in faults.into_iter().flatten() {
        // The same fault of the same form, asked by another name, is not a second one.
        if ledger.has(channel, form.aspect(), fault.kind) {
            continue;
        }
        ledger.enter(Draft {
            element: form.aspect(),
            kind: fault.kind,
            rule: None,
            severity: fault.severity,
            channels: vec![channel.clone()],
            message: format!("{}的智能客服：{}", ledger.roll().name(channel), fault.message),
            advice: fault.advice.to_owned(),
            sayings: sayings(case, &turn.question, form),
        });
    }
}

/// At most one fault an answer: none at all before a wrong one, a wrong item before a wrong fact.
fn fault_of_answer(
    roll: &Roll,
    case: &Case,
    item: &Item,
    channel: &ChannelId,
    form: Form,
    turn: &Turn,
) -> Option<Fault> {
    let asked = quote(&turn.question);
    if bot_answer::is_none(turn, item) {
        let answer = if turn.answer.trim().is_empty() { "没有任何应答".to_owned() } else { format!("只回答{}", quote(&turn.answer)) };
        return Some(Fault {
            kind: Kind::NoAnswer,
            severity: Severity::Major,
            message: format!("问{asked}，{answer}。"),
            advice: "在智能客服知识库里补充这个事项的口头语和问法。",
        });
    }
    if let Some(other) = bot_answer::about_other(turn, item, &roll.items) {
        return Some(Fault {
            kind: Kind::WrongItem,
            severity: Severity::Major,
            message: format!("问{asked}，答的却是“{}”。", other.name),
            advice: "核对智能客服的意图与事项的对应关系。",
        });
    }
    bot_facts::contradiction(case, channel, form, turn).map(|contradiction| Fault {
        kind: Kind::WrongFact,
        severity: Severity::Major,
        message: format!("问{asked}，{contradiction}。"),
        advice: "以办事指南为准，更新智能客服的答案。",
    })
}

fn dead_link(turn: &Turn) -> Option<Fault> {
    let (link, why) = turn.links.iter().find_map(|link| match &link.probe {
        LinkProbe::Status(status) if *status >= 400 => Some((link, format!("返回错误状态 {status}"))),
        LinkProbe::Unreachable(why) => Some((link, why.clone())),
        LinkProbe::Status(_) | LinkProbe::NotAsked => None,
    })?;
    Some(Fault {
        kind: Kind::DeadLink,
        severity: Severity::Minor,
        message: format!("问{}，答案里的链接{}打不开（{why}）。", quote(&turn.question), quote(&link.text)),
        advice: "更正智能客服答案里的链接。",
    })
}

/// What every channel answered to the same question, or at least to the same form of it.
fn sayings(case: &Case, question: &str, form: Form) -> BTreeMap<ChannelId, Saying> {
    let mut sayings = BTreeMap::new();
    for channel in &case.channels {
        let turns: Vec<&Turn> = case.on(channel, ID).flat_map(|witness| &witness.visit.dialogue).collect();
        let same = turns.iter().find(|turn| turn.question == question);
        let turn = same.or_else(|| turns.iter().find(|turn| Form::of(&turn.question) == Some(form)));
        let saying = turn.map_or_else(unseen_saying, |turn| {
            let answer = turn.answer.trim();
            let said = if answer.is_empty() { Said::Nothing } else { Said::Text(answer.to_owned()) };
            Saying { said, capture: turn.capture.clone(), node: None }
        });
        sayings.insert(channel.clone(), saying);
    }
    sayings
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    const HOW: &str = "居民身份证换领怎么办理？";
    const WHICH: &str = "居民身份证换领提交什么材料？";

    fn kinds(trial: &Trial) -> Vec<Kind> {
        trial.findings(ID).iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn a_right_answer_passes() {
        let answer = "居民身份证换领需要：居民户口簿、原居民身份证、《居民身份证换领登记表》。";
        assert!(kinds(&Trial::new().asked("pc", WHICH, answer)).is_empty());
    }

    #[test]
    fn a_fallback_is_no_answer() {
        assert_eq!(kinds(&Trial::new().asked("app", HOW, "抱歉，我没有听懂您的问题")), [Kind::NoAnswer]);
    }

    #[test]
    fn a_material_left_out_is_a_wrong_fact() {
        let answer = "居民身份证换领需要：居民户口簿、居民身份证换领登记表。";
        assert_eq!(kinds(&Trial::new().asked("pc", WHICH, answer)), [Kind::WrongFact]);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found_beside_a_right_answer() {
        let answer = "居民身份证换领请看办事指南。";
        let trial = Trial::new().asked_with_link("pc", HOW, answer, LinkProbe::Status(404));
        assert_eq!(kinds(&trial), [Kind::DeadLink]);
    }
}
