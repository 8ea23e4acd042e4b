//! 智能客服: answers by intent (怎么办理, 提交什么材料, 什么时候到期) and by bare keyword, the same on all channels
//! but for the planted faults.

use super::fault::{BotOutcome, Form};
use super::guide::Guide;
use super::item::Item;
use super::search::{find, plain};
use super::sheet::Dressing;
use serde::Serialize;

/// What the chatbot says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    pub(crate) lines: Vec<String>,
    /// The code of the guide that the answer links to; empty for none.
    pub(crate) guide: String,
    /// Item names offered to choose from.
    pub(crate) options: Vec<String>,
}

const FALLBACK: &str = "抱歉，我没有听懂您的问题，请换个说法试试，或者拨打0356-12345政务服务便民热线咨询。";
const EXPIRY_WORDS: [&str; 4] = ["到期", "过期", "失效", "期满"];
/// Only with one of these is a word like 到期 a question: “食品证到期” alone is the name of an errand.
const WHEN_WORDS: [&str; 5] = ["什么时候", "何时", "多久", "哪天", "几年"];
const MATERIAL_WORDS: [&str; 6] = ["材料", "带什么", "准备什么", "提交什么", "资料", "证件要"];
const HOW_WORDS: [&str; 7] = ["怎么", "如何", "怎样", "流程", "哪里办", "步骤", "在哪办"];
/// Words of a question that are no part of a name.
const QUESTION_WORDS: [&str; 20] = [
    "需要提交什么材料",
    "需要提交哪些材料",
    "需要什么材料",
    "要提交什么材料",
    "提交什么材料",
    "要带什么材料",
    "什么时候到期",
    "什么时候过期",
    "有效期是多久",
    "有效期多久",
    "有效期",
    "怎么办理",
    "如何办理",
    "怎样办理",
    "怎么办",
    "如何办",
    "请问",
    "我想",
    "我要",
    "办理流程",
];

/// The chatbot of one channel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bot<'a> {
    pub(crate) items: &'a [Item],
    pub(crate) dressing: Dressing<'a>,
    pub(crate) channel: &'a str,
}

impl Bot<'_> {
    /// Answers one question.
    pub(crate) fn answer(&self, question: &str) -> Answer {
        let question: String = question.chars().take(200).collect();
        let name = asked_name(&question);
        match asked_form(&question) {
            Some(Form::Expiry) => self.expiry(&name),
            Some(form) => self.about(form, &name),
            None => self.options(&name),
        }
    }

    fn outcome(&self, item: &Item, form: Form) -> Option<&BotOutcome> {
        let faults = &self.dressing.planting.bot;
        faults
            .iter()
            .find(|fault| fault.item == item.name && fault.channel == self.channel && fault.form == form)
            .map(|fault| &fault.outcome)
    }

    fn about(&self, form: Form, name: &str) -> Answer {
        let Some(item) = self.best(name) else { return fallback() };
        let outcome = self.outcome(item, form);
        let told = match outcome {
            Some(BotOutcome::NoAnswer) if plain(&item.name) != plain(name) => return fallback(),
            Some(BotOutcome::AnswerAbout(other)) => {
                self.items.iter().find(|item| item.name == *other).unwrap_or(item)
            }
            _ => item,
        };
        let guide = self.dressing.told_guide(told, self.channel);
        let mut answer = match form {
            Form::Materials => materials_answer(told, &guide, outcome),
            _ => how_answer(told, &guide, outcome),
        };
        if outcome == Some(&BotOutcome::DeadLink) {
            answer.guide.push('X');
        }
        answer
    }

    fn expiry(&self, name: &str) -> Answer {
        let asked = plain(name);
        let found = self
            .items
            .iter()
            .find(|item| {
                item.certificate.as_ref().is_some_and(|certificate| plain(&certificate.name) == asked)
            })
            .or_else(|| self.best(name));
        let Some(item) = found else { return fallback() };
        let Some(certificate) = &item.certificate else {
            let lines = vec![format!("“{}”的办理结果没有固定的有效期。", item.name)];
            return Answer { lines, guide: item.code.clone(), options: Vec::new() };
        };
        if self.outcome(item, Form::Expiry) == Some(&BotOutcome::NoAnswer) {
            return fallback();
        }
        let lines = vec![
            format!("关于{}的有效期：{}。", certificate.name, certificate.validity),
            "具体到期日期请以证件上载明的日期为准，建议在到期前提前办理。".to_owned(),
        ];
        Answer { lines, guide: item.code.clone(), options: Vec::new() }
    }

    fn options(&self, name: &str) -> Answer {
        let options: Vec<String> =
            find(self.items, name, 6).into_iter().map(|item| item.name.clone()).collect();
        if options.is_empty() {
            return fallback();
        }
        let lines = vec!["为您找到以下相关事项，请选择您要咨询的事项：".to_owned()];
        Answer { lines, guide: String::new(), options }
    }

    fn best(&self, name: &str) -> Option<&Item> {
        find(self.items, name, 1).into_iter().next()
    }
}

fn fallback() -> Answer {
    Answer { lines: vec![FALLBACK.to_owned()], ..Answer::default() }
}

fn asked_form(question: &str) -> Option<Form> {
    let says = |words: &[&str]| words.iter().any(|word| question.contains(word));
    if says(&MATERIAL_WORDS) {
        Some(Form::Materials)
    } else if question.contains("有效期") || (says(&EXPIRY_WORDS) && says(&WHEN_WORDS)) {
        Some(Form::Expiry)
    } else if says(&HOW_WORDS) {
        Some(Form::How)
    } else {
        None
    }
}

fn asked_name(question: &str) -> String {
    let stripped = QUESTION_WORDS.iter().fold(question.to_owned(), |text, word| text.replace(word, ""));
    stripped
        .trim_matches(|character: char| !character.is_alphanumeric() && !"《》（）".contains(character))
        .to_owned()
}

fn how_answer(item: &Item, guide: &Guide, outcome: Option<&BotOutcome>) -> Answer {
    let text = |element: &str| guide.get(element).map(|value| value.text.clone()).unwrap_or_default();
    let limit = match outcome {
        Some(BotOutcome::OtherLimit(limit)) => limit.clone(),
        _ => text("promise_limit"),
    };
    let stages: Vec<String> = guide.get("flow").map(|flow| flow.lines.clone()).unwrap_or_default();
    let mut lines = vec![format!("“{}”的办理步骤如下：", item.name)];
    lines.extend(stages.iter().enumerate().map(|(index, stage)| format!("{}. {stage}", index + 1)));
    lines.push(format!("办理地点：{}", text("place")));
    lines.push(format!("承诺办结时限：{limit}"));
    lines.push(format!("咨询电话：{}", text("consult")));
    Answer { lines, guide: item.code.clone(), options: Vec::new() }
}

fn materials_answer(item: &Item, guide: &Guide, outcome: Option<&BotOutcome>) -> Answer {
    let mut lines = vec![format!("办理“{}”需要提交以下材料：", item.name)];
    let materials = guide.get("materials").map(|value| value.materials.as_slice()).unwrap_or_default();
    let told = materials.iter().filter(
        |material| !matches!(outcome, Some(BotOutcome::OmitMaterial(omitted)) if *omitted == material.name),
    );
    lines.extend(told.enumerate().map(|(index, material)| format!("{}. {}", index + 1, material.name)));
    Answer { lines, guide: item.code.clone(), options: Vec::new() }
}
