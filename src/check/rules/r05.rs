//! R05: what is done wholly online needs no visit.

use crate::model::Severity;

use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R05",
    question: "全程网办的事项，到办事现场次数是否为0？",
    source: "温州市政务服务事项检查规则（公开代码）",
    inputs: &["online_depth", "visits"],
    severity: Severity::Minor,
    advice: "核实网办深度和到办事现场次数，全程网办的到现场次数应当为0。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let depth = page.says("online_depth")?;
    let fully_online = ["Ⅳ", "IV", "四级", "4级", "全程网办"].iter().any(|word| depth.contains(word));
    let visits = page.visits()?;
    if !fully_online || visits == 0 || depth.contains('非') {
        return None;
    }
    Some(Breach::new("visits", format!("网办深度写的是全程网办，却要到现场{visits}次。")))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn wholly_online_with_a_visit_breaks_it() {
        let trial = Trial::new().set_all("online_depth", "Ⅳ级（全程网办）");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk visits rule:R05"]);
    }

    #[test]
    fn wholly_online_without_a_visit_holds() {
        let trial = Trial::new()
            .set_all("online_depth", "Ⅳ级（全程网办）")
            .set_all("visits", "0次")
            .set_all("visit_reason", "无");
        assert!(trial.found("guide.consistency").is_empty());
    }
}
