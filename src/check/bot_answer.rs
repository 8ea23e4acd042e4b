//! What a chatbot's answer is about: a fallback, this item, or another one.

use crate::model::{Item, Likeness, Turn};
use crate::text::{self, Sort};

/// The form of a question, as its ending says.
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
    /// The form of a question; `None` for another question, which this check does not judge.
    pub(super) fn of(question: &str) -> Option<Self> {
        const FORMS: &[(Form, &[&str])] = &[
            (Form::Materials, &["材料", "资料", "带什么", "准备什么"]),
            (Form::Expiry, &["到期", "有效期", "过期"]),
            (Form::How, &["怎么办", "如何办", "怎样办", "怎么申请", "如何申请"]),
        ];
        // What is asked stands last; before it, an everyday name may say anything (“食品证到期怎么办理？”).
        let last = |words: &[&str]| words.iter().filter_map(|word| question.rfind(word)).max();
        FORMS.iter().filter_map(|(form, words)| Some((last(words)?, *form))).max().map(|(_, form)| form)
    }

    /// The aspect that findings and the answer key call it by.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::How => "how",
            Self::Materials => "materials",
            Self::Expiry => "expiry",
        }
    }
}

/// Words by which chatbots say that they do not know.
const FALLBACK: [&str; 25] = [
    "没有听懂",
    "没听懂",
    "听不懂",
    "没有理解",
    "没理解",
    "不理解您",
    "不明白",
    "没明白",
    "换个问法",
    "换个说法",
    "换种说法",
    "换一种",
    "无法回答",
    "不能回答",
    "无法识别",
    "未能识别",
    "无法理解",
    "没有找到",
    "未找到",
    "未查询到",
    "没有查询到",
    "暂无相关",
    "还在学习",
    "没学会",
    "重新输入",
];

/// An answer this short cannot say how something is done beside saying that it does not know.
const SHORT_ANSWER: usize = 80;

/// Whether the answer is none: nothing came, or only words of regret.
pub(super) fn is_fallback(turn: &Turn, item: &Item) -> bool {
    let said = without_echo(turn);
    if said.is_empty() {
        return true;
    }
    if !FALLBACK.iter().any(|words| said.contains(words)) {
        return false;
    }
    let about_item = said.contains(&folded(&item.name))
        || turn.links.iter().any(|link| folded(&link.text).contains(&folded(&item.name)));
    !about_item || (said.chars().count() <= SHORT_ANSWER && turn.links.is_empty())
}

/// Whether an answer about expiry says anything about time.
pub(super) fn tells_validity(turn: &Turn) -> bool {
    let said = without_echo(turn);
    ["有效", "到期", "期满", "期限", "长期", "年", "日期"].iter().any(|word| said.contains(word))
}

/// The other item that the answer is about; `None` when it is about this one, or about none by name.
pub(super) fn other_item<'a>(turn: &Turn, item: &Item, items: &'a [Item]) -> Option<&'a Item> {
    let mut said = without_echo(turn);
    for link in &turn.links {
        said.push('\n');
        said.push_str(&folded(&link.text));
    }
    let mut names: Vec<(String, &Item)> = items
        .iter()
        .flat_map(|known| names_of(known).map(move |name| (folded(name), known)))
        .filter(|(name, _)| name.chars().count() >= 2)
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    let mut other = None;
    // A longer name hides the shorter ones inside it: 居民身份证换领 is no mention of 居民身份证.
    for (name, known) in names {
        if !said.contains(&name) {
            continue;
        }
        if known.name == item.name || is_own_name(&name, item) {
            return None;
        }
        said = said.replace(&name, "\u{1}");
        // A colloquial name may be an everyday word of any answer; only an official one accuses.
        if folded(&known.name) == name {
            other.get_or_insert(known);
        }
    }
    other
}

fn names_of(item: &Item) -> impl Iterator<Item = &str> {
    std::iter::once(item.name.as_str()).chain(item.colloquial.iter().map(String::as_str))
}

fn is_own_name(name: &str, item: &Item) -> bool {
    names_of(item).any(|own| text::likeness(Sort::Name, own, name) != Likeness::Differs)
}

/// The answer without the question, which some chatbots repeat.
fn without_echo(turn: &Turn) -> String {
    folded(&turn.answer).replace(&folded(&turn.question), "")
}

/// Brackets and quotation marks around names are of no account.
pub(super) fn folded(said: &str) -> String {
    text::plain(said)
        .chars()
        .filter(|character| {
            !character.is_whitespace() && !"《》〈〉“”\"'「」『』【】[]<>".contains(*character)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, colloquial: &[&str]) -> Item {
        let colloquial = colloquial.iter().map(|&name| name.to_owned()).collect();
        Item { name: name.to_owned(), colloquial, ..Item::default() }
    }

    fn turn(question: &str, answer: &str) -> Turn {
        let (question, answer) = (question.to_owned(), answer.to_owned());
        Turn { question, answer, links: Vec::new(), latency_ms: None, capture: None }
    }

    #[test]
    fn the_form_is_told_by_the_words_of_the_question() {
        assert_eq!(Form::of("换身份证怎么办理？"), Some(Form::How));
        assert_eq!(Form::of("居民身份证换领需要提交什么材料？"), Some(Form::Materials));
        assert_eq!(Form::of("居民身份证什么时候到期？"), Some(Form::Expiry));
        assert_eq!(Form::of("食品证到期怎么办理？"), Some(Form::How));
        assert_eq!(Form::of("身份证"), None);
    }

    #[test]
    fn regret_is_a_fallback_even_if_it_repeats_the_question_or_the_name() {
        let own = item("居民身份证换领", &["换身份证"]);
        for answer in [
            "",
            "抱歉，我没有听懂您的问题，请换个说法试试。",
            "抱歉，没有理解“居民身份证换领怎么办理？”",
            "很抱歉，没有找到与“居民身份证换领”有关的内容",
        ] {
            assert!(is_fallback(&turn("居民身份证换领怎么办理？", answer), &own), "{answer}");
        }
    }

    #[test]
    fn a_polite_answer_is_no_fallback() {
        let own = item("居民身份证换领", &[]);
        let answer = "抱歉让您久等了。“居民身份证换领”的办理步骤如下：1. 带户口簿到窗口；2. 采集指纹。";
        assert!(!is_fallback(&turn("居民身份证换领怎么办理？", answer), &own));
        let long =
            format!("居民身份证换领{}如仍不明白，请拨打12345。", "请到窗口提交材料并采集指纹。".repeat(8));
        assert!(!is_fallback(&turn("怎么办理？", &long), &own));
    }

    #[test]
    fn an_answer_about_another_item_is_caught() {
        let items = [
            item("居民身份证换领", &["换身份证"]),
            item("居民身份证补领", &["补身份证"]),
            item("居民身份证", &[]),
        ];
        let asked = turn("换身份证怎么办理？", "“居民身份证补领”的办理步骤如下：…");
        assert_eq!(
            other_item(&asked, &items[0], &items).map(|item| item.name.as_str()),
            Some("居民身份证补领")
        );
    }

    #[test]
    fn an_answer_that_names_this_item_or_none_is_not() {
        let items = [item("居民身份证换领", &["换身份证"]), item("居民身份证补领", &["挂失"])];
        for answer in [
            "《居民身份证换领》的步骤如下，丢失的请看居民身份证补领",
            "请带户口簿到一楼窗口，先挂失",
            "换身份证请到一楼窗口",
        ] {
            assert!(other_item(&turn("怎么办理？", answer), &items[0], &items).is_none(), "{answer}");
        }
    }
}
