//! R11: the result's name and its type mean the same kind of paper.

use crate::model::Severity;

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R11",
    question: "审批结果类型（证照、批文）是否与结果名称相符？",
    source: "温州市政务服务事项检查规则（公开代码）",
    inputs: &["result_name", "result_type"],
    severity: Severity::Note,
    advice: "核实审批结果类型：证、照类选证照，批复、函、批文类选批文。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let (name, kind) = (page.says("result_name")?, page.says("result_type")?);
    let ends = |suffixes: &[&str]| {
        suffixes.iter().any(|suffix| name.trim_end_matches(['》', '。']).ends_with(suffix))
    };
    let (paper, letter) = (kind.contains("证照"), kind.contains("批文"));
    let wrong =
        (ends(&["证", "照"]) && letter && !paper) || (ends(&["批复", "函", "批文"]) && paper && !letter);
    if !wrong {
        return None;
    }
    Some(Breach::new("result_type", format!("审批结果是{}，结果类型却写{}。", quote(name), quote(kind))))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn a_certificate_called_a_letter_breaks_it() {
        let trial = Trial::new().set_all("result_type", "批文");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk result_type rule:R11"]);
    }

    #[test]
    fn a_letter_called_a_letter_and_an_unclear_name_hold() {
        let letter = Trial::new().set_all("result_name", "同意设立的批复").set_all("result_type", "批文");
        assert!(letter.found("guide.consistency").is_empty());
        let unclear = Trial::new().set_all("result_name", "备案回执").set_all("result_type", "其他");
        assert!(unclear.found("guide.consistency").is_empty());
    }
}
