//! R02: 即办件 are done at once, and what is done at once is 即办件.

use crate::model::Severity;
use crate::text::{self, LimitUnit};

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R02",
    question: "即办件的承诺时限是否为即办，承诺件是否有承诺天数？",
    source: "温州市政务服务事项检查规则（公开代码）",
    inputs: &["project_type", "promise_limit"],
    severity: Severity::Minor,
    advice: "核实办件类型和承诺办结时限：当场办结的为即办件，其余为承诺件。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let (kind, promise) = (page.says("project_type")?, page.says("promise_limit")?);
    let limit = text::limit(promise)?;
    let at_once = limit.unit == LimitUnit::Instant || limit.tenths == 0;
    // Some hours or minutes are the wait at the window.
    let while_waiting = at_once || matches!(limit.unit, LimitUnit::Minutes | LimitUnit::Hours);
    let (instant, promised) = (kind.contains("即办"), kind.contains("承诺"));
    if instant && !promised && !while_waiting {
        let message = format!("办件类型写的是即办件，承诺办结时限却是{}。", quote(promise));
        Some(Breach::new("project_type", message))
    } else if promised && !instant && at_once {
        let message = format!("办件类型写的是承诺件，承诺办结时限却是{}。", quote(promise));
        Some(Breach::new("project_type", message))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn an_instant_matter_with_days_and_a_promise_of_none_break_it() {
        let instant = Trial::new().set_all("project_type", "即办件");
        assert_eq!(instant.found("guide.consistency"), ["pc+app+mini+kiosk project_type rule:R02"]);
        let promised = Trial::new().set_all("promise_limit", "即办");
        assert_eq!(promised.found("guide.consistency"), ["pc+app+mini+kiosk project_type rule:R02"]);
    }

    #[test]
    fn an_instant_matter_done_at_once_or_while_people_wait_holds() {
        for promise in ["即办", "当场办结", "30分钟", "0个工作日"] {
            let trial = Trial::new().set_all("project_type", "即办件").set_all("promise_limit", promise);
            assert!(trial.found("guide.consistency").is_empty(), "{promise}");
        }
    }
}
