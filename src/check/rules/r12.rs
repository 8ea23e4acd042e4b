//! R12: a licence comes with at least one frequent question.

use crate::model::Severity;

use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R12",
    question: "行政许可事项是否至少有一条常见问题？",
    source: "温州市政务服务事项检查规则（公开代码）",
    inputs: &["item_type", "faq"],
    severity: Severity::Note,
    advice: "整理群众咨询最多的问题，至少补充一条常见问题及解答。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let unasked = page.leaves_open("faq") || page.says("faq").is_some_and(says_nothing);
    if !page.is_licence() || !unasked {
        return None;
    }
    Some(Breach::new("faq", "行政许可事项没有常见问题及解答。"))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    fn licence() -> Trial {
        let code = "3140100000001";
        let trial = Trial::new().set_all("item_type", "行政许可").set_all("base_code", &code[1..]);
        let organisation = trial.case().item.and_then(|item| item.code).unwrap()[..18].to_owned();
        trial.with_code(&format!("{organisation}{code}"))
    }

    #[test]
    fn a_licence_without_questions_breaks_it() {
        let breach = ["pc+app+mini+kiosk faq rule:R12"];
        assert_eq!(licence().hide_all("faq").found("guide.consistency"), breach);
        assert_eq!(licence().set_all("faq", "暂无").found("guide.consistency"), breach);
    }

    #[test]
    fn a_licence_with_a_question_and_another_matter_without_one_hold() {
        assert!(licence().found("guide.consistency").is_empty());
        assert!(Trial::new().hide_all("faq").found("guide.consistency").is_empty());
    }
}
