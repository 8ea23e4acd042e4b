//! R01: a promise is no longer than what the law allows.

use crate::model::Severity;
use crate::text;

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R01",
    question: "承诺办结时限是否不超过法定办结时限？",
    source: "实施清单数据规范；1513条真实事项无一违反",
    inputs: &["promise_limit", "legal_limit"],
    severity: Severity::Major,
    advice: "核实法定办结时限和承诺办结时限，承诺时限应当不超过法定时限。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let (promise, legal) = (page.says("promise_limit")?, page.says("legal_limit")?);
    match text::no_longer_than(&text::limit(promise)?, &text::limit(legal)?) {
        Some(false) => Some(Breach::new(
            "promise_limit",
            format!("承诺办结时限{}比法定办结时限{}还长。", quote(promise), quote(legal)),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn a_promise_longer_than_the_law_allows_breaks_it_once_for_all_channels() {
        let found = Trial::new().set_all("promise_limit", "65个工作日").found("guide.consistency");
        assert_eq!(found, ["pc+app+mini+kiosk promise_limit rule:R01"]);
    }

    #[test]
    fn an_equal_promise_and_one_that_cannot_be_compared_hold() {
        assert!(Trial::new().set_all("promise_limit", "60个工作日").found("guide.consistency").is_empty());
        assert!(Trial::new().set_all("legal_limit", "无").found("guide.consistency").is_empty());
    }
}
