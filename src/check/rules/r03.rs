//! R03: whoever must come in person is told why.

use crate::model::Severity;

use super::super::quote::quote;
use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R03",
    question: "要到现场的是否说明必须现场办理的原因，不用到现场的是否没有原因？",
    source: "温州市政务服务事项检查规则、江苏省权力事项必填项检查（公开代码）",
    inputs: &["visits", "visit_reason"],
    severity: Severity::Minor,
    advice: "核实到办事现场次数；确需到现场的，写明必须现场办理的原因。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let visits = page.visits()?;
    let reason = page.says("visit_reason");
    let no_reason = page.leaves_open("visit_reason") || reason.is_some_and(says_nothing);
    if visits > 0 && no_reason {
        let message = format!("要到现场{visits}次，却没有写明必须现场办理的原因。");
        return Some(Breach::new("visit_reason", message));
    }
    let reason = reason.filter(|said| visits == 0 && !says_nothing(said))?;
    // “无需到现场” explains the zero.
    let explains_zero = ["无需", "不需", "不用", "网上", "全程"].iter().any(|word| reason.contains(word));
    if explains_zero {
        return None;
    }
    Some(Breach::new(
        "visit_reason",
        format!("写的是不用到现场，却又写了必须现场办理的原因{}。", quote(reason)),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn visits_without_a_reason_break_it_whether_the_label_is_there_or_not() {
        let breach = ["pc+app+mini+kiosk visit_reason rule:R03"];
        assert_eq!(Trial::new().hide_all("visit_reason").found("guide.consistency"), breach);
        assert_eq!(Trial::new().set_all("visit_reason", "无").found("guide.consistency"), breach);
        assert_eq!(Trial::new().set_all("visits", "0次").found("guide.consistency"), breach);
    }

    #[test]
    fn no_visit_and_no_reason_hold() {
        for reason in ["无", "", "无需到现场，可全程网办"] {
            let trial = Trial::new().set_all("visits", "0次").set_all("visit_reason", reason);
            assert!(trial.found("guide.consistency").is_empty(), "{reason}");
        }
        let trial = Trial::new().set_all("visits", "0次").hide_all("visit_reason");
        assert!(trial.found("guide.consistency").is_empty());
    }
}
