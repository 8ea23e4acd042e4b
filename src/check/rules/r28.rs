//! R28: without a window nobody can be asked to come.

use crate::model::Severity;

use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R28",
    question: "写明没有线下办理窗口的，是否可以网办且不用到现场？",
    source: "2262条真实事项：824条写“无线下办理窗口”，其中6条要到现场、4条不能网办",
    inputs: &["place", "visits", "online_flag"],
    severity: Severity::Minor,
    advice: "核实办理地点、到办事现场次数和是否网办，三者应当说得通。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let place = page.says("place")?;
    let windowless = place.contains("无线下") && place.contains("窗口") || place.contains("不设线下窗口");
    let wrong = match (page.visits(), page.yes("online_flag")) {
        _ if !windowless => return None,
        (Some(visits), _) if visits > 0 => format!("又要到现场{visits}次"),
        (_, Some(false)) => "又不能网上办理".to_owned(),
        _ => return None,
    };
    Some(Breach::new("place", format!("写明没有线下办理窗口，{wrong}。")))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn a_visit_to_no_window_breaks_it() {
        let trial = Trial::new().set_all("place", "无线下办理窗口");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk place rule:R28"]);
        let online = trial.set_all("visits", "0次").set_all("visit_reason", "无");
        assert!(online.found("guide.consistency").is_empty());
    }
}
