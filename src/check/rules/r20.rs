//! R20: power that was entrusted names who entrusted it.

use crate::model::Severity;

use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R20",
    question: "权力来源为委托的，是否写明委托部门？",
    source: "江苏省权力事项必填项检查（公开代码）",
    inputs: &["power_source", "entrust"],
    severity: Severity::Minor,
    advice: "写明委托部门的名称。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let source =
        page.says("power_source").filter(|said| matches!(said.trim(), "上级委托" | "同级委托" | "委托"))?;
    if !page.leaves_open("entrust") && !page.says("entrust").is_some_and(says_nothing) {
        return None;
    }
    Some(Breach::new("entrust", format!("权力来源写的是“{source}”，却没有写委托部门。")))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn entrusted_power_without_a_name_breaks_it() {
        let trial = Trial::new().set_all("power_source", "上级委托");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk entrust rule:R20"]);
        assert!(trial.set_all("entrust", "山西省公安厅").found("guide.consistency").is_empty());
    }
}
