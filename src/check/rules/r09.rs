//! R09: a telephone number that anybody can dial.

use crate::model::Severity;
use crate::text;

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R09",
    question: "咨询电话和监督投诉电话是否写法完整（固定电话带区号）？",
    source: "温州市政务服务事项检查规则（公开代码）；2262条真实事项的号码格式统计",
    inputs: &["consult", "complain"],
    severity: Severity::Minor,
    advice: "固定电话写成“区号-号码”，热线写全号码。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    [("consult", "咨询电话"), ("complain", "监督投诉电话")].into_iter().find_map(|(element, name)| {
        let said = page.says(element)?;
        let ill_formed = text::phones(said).into_iter().find(|phone| !phone.is_well_formed())?;
        let written = match &ill_formed.area {
            Some(area) => format!("{area}-{}", ill_formed.number),
            None => ill_formed.number,
        };
        Some(Breach::new(element, format!("{name}{}没有区号或者位数不对，外地群众打不通。", quote(&written))))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn a_number_without_its_area_code_breaks_it() {
        let trial = Trial::new().set_all("consult", "2026107");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk consult rule:R09"]);
    }

    #[test]
    fn landlines_hotlines_and_words_hold() {
        for said in ["0356-2026107", "12345", "0356-2026107、12345", "政务服务中心一楼咨询台"] {
            assert!(Trial::new().set_all("consult", said).found("guide.consistency").is_empty(), "{said}");
        }
    }
}
