//! R08: complaints do not go to the telephone one complains about.

use crate::model::Severity;
use crate::text::{self, Phone};

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R08",
    question: "监督投诉电话是否不同于咨询电话？",
    source: "温州市政务服务事项检查规则（公开代码）；2262条真实事项中183条违反",
    inputs: &["consult", "complain"],
    severity: Severity::Minor,
    advice: "监督投诉电话应当由监督部门接听，改为与咨询电话不同的号码。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let (consult, complain) = (page.says("consult")?, page.says("complain")?);
    let (asked, blamed) = (text::phones(consult), text::phones(complain));
    let all_in =
        |some: &[Phone], others: &[Phone]| some.iter().all(|one| others.iter().any(|other| same(one, other)));
    if asked.is_empty() || blamed.is_empty() || !all_in(&asked, &blamed) || !all_in(&blamed, &asked) {
        return None;
    }
    Some(Breach::new("complain", format!("监督投诉电话和咨询电话是同一个号码{}。", quote(complain))))
}

/// An area code that only one of them states may be the other one's too.
fn same(one: &Phone, other: &Phone) -> bool {
    let one_area = one.area.is_none() || other.area.is_none() || one.area == other.area;
    one_area && one.number == other.number && one.extension == other.extension
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn one_number_for_both_breaks_it() {
        let trial = Trial::new().set_all("complain", "0356-2026101");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk complain rule:R08"]);
    }

    #[test]
    fn a_shared_hotline_beside_an_own_number_and_an_address_hold() {
        let trial = Trial::new().set_all("consult", "0356-2026101、12345").set_all("complain", "12345");
        assert!(trial.found("guide.consistency").is_empty());
        let cities = Trial::new().set_all("consult", "0356-12345").set_all("complain", "0355-12345");
        assert!(cities.found("guide.consistency").is_empty());
        let window = Trial::new().set_all("consult", "一楼咨询台").set_all("complain", "一楼咨询台");
        assert!(window.found("guide.consistency").is_empty());
    }
}
