//! What kind of question was put to the chatbot, and what kind of answer came back.

use crate::model::{Item, Turn};
use crate::text;

/// The question forms of the checklist item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// “…怎么办理？”
    How,
    /// “…提交什么材料？”
    Materials,
    /// “…什么时候到期？”
    Expiry,
}

impl Form {
    /// The form of a question, told by its own words and not by the item's name in it.
    pub(super) fn of(question: &str) -> Option<Self> {
        let has = |words: &[&str]| words.iter().any(|word| question.contains(word));
        if has(&["到期", "有效期", "过期"]) {
            Some(Self::Expiry)
        } else if has(&["什么材料", "哪些材料", "提交材料", "准备材料", "带什么"]) {
            Some(Self::Materials)
        } else if has(&["怎么办", "如何办", "怎样办"]) {
            Some(Self::How)
        } else {
            None
        }
    }

    /// The aspect under which findings are filed.
    pub(super) fn aspect(self) -> &'static str {
        match self {
            Self::How => "how",
            Self::Materials => "materials",
            Self::Expiry => "expiry",
        }
    }
}

/// Words of an answer that is none.
const FALLBACK: &[&str] = &[
    "没有听懂", "没听懂", "没有理解", "没理解", "不明白", "不太明白", "换个问法", "换一种问法", "换种说法", "换个说法", "暂时无法回答", "无法回答",
    "不知道您", "未找到相关", "没有找到相关", "没有找到您", "暂无相关", "未能识别", "无法识别", "还在学习", "听不懂",
];

/// Letters and digits only, in normal form: names are found whatever brackets stand around them.
pub(super) fn letters(said: &str) -> String {
    text::plain(said).chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Whether a turn brought no usable answer: silence, or a fallback that does not name the item.
pub(super) fn is_none(turn: &Turn, item: &Item) -> bool {
    let answer = turn.answer.trim();
    if letters(answer).is_empty() {
        return true;
    }
    FALLBACK.iter().any(|words| answer.contains(words)) && !names(item, &letters(answer))
}

/// Whether the letters of an answer name the item, officially or colloquially.
pub(super) fn names(item: &Item, answer: &str) -> bool {
    std::iter::once(&item.name).chain(&item.colloquial).map(|name| letters(name)).any(|name| answer.contains(&name))
}

/// Another item that the answer is about: it names that one and does not name this one.
pub(super) fn about_other<'a>(turn: &Turn, item: &Item, items: &'a [Item]) -> Option<&'a Item> {
    let mut said = letters(&turn.answer);
    for link in &turn.links {
        said.push_str(&letters(&link.text));
    }
    if names(item, &said) {
        return None;
    }
    items
        .iter()
        .filter(|other| other.name != item.name && said.contains(&letters(&other.name)))
        .max_by_key(|other| other.name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(answer: &str) -> Turn {
        Turn {
            question: "居民身份证换领怎么办理？".into(),
            answer: answer.into(),
            links: Vec::new(),
            latency_ms: Some(100),
            capture: None,
        }
    }

    fn item(name: &str) -> Item {
        Item { name: name.into(), ..Item::default() }
    }

    #[test]
    fn questions_are_told_apart_by_their_own_words() {
        assert_eq!(Form::of("居民身份证什么时候到期？"), Some(Form::Expiry));
        assert_eq!(Form::of("营业执照提交什么材料？"), Some(Form::Materials));
        assert_eq!(Form::of("落户怎么办理？"), Some(Form::How));
        assert_eq!(Form::of("你好"), None);
    }

    #[test]
    fn silence_and_fallbacks_are_no_answers_but_a_careful_answer_is_one() {
        let own = item("居民身份证换领");
        assert!(is_none(&turn(""), &own));
        assert!(is_none(&turn("抱歉，我没有听懂您的问题，请换个问法。"), &own));
        assert!(!is_none(&turn("居民身份证换领请带户口簿；如仍不明白可拨打12345。"), &own));
    }

    #[test]
    fn an_answer_about_another_item_is_noticed_and_one_that_names_both_is_not() {
        let items = [item("居民身份证换领"), item("居民身份证补领")];
        assert_eq!(about_other(&turn("《居民身份证补领》请到三楼窗口办理"), &items[0], &items), Some(&items[1]));
        assert_eq!(about_other(&turn("居民身份证换领与居民身份证补领不同"), &items[0], &items), None);
        assert_eq!(about_other(&turn("请到三楼窗口办理"), &items[0], &items), None);
    }
}
