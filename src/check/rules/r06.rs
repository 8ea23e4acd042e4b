//! R06: a fee comes with its name, its amount and its legal basis.

use crate::model::Severity;
use crate::text;

use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R06",
    question: "收费的事项是否写明收费项目、标准和依据？",
    source: "国家政务服务平台数据规范（收费项目名称、收费标准必填）；温州市检查规则（公开代码）",
    inputs: &["fee_flag", "fee"],
    severity: Severity::Major,
    advice: "写明收费项目、收费标准和收费依据；不收费的改为不收费。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let flag = page.says("fee_flag")?;
    if text::fee(flag) != Some(true) || states_amount(flag) {
        return None;
    }
    if page.leaves_open("fee") || page.says("fee").is_some_and(says_nothing) {
        let message = "写明要收费，却没有收费项目、标准和依据。".to_owned();
        return Some(Breach::new("fee", message));
    }
    let reading = page.reading("fee").filter(|reading| reading.links.is_empty())?;
    if states_amount(&reading.text)
        || reading.text.contains(['《', '〔', '号'])
        || reading.text.contains("标准")
    {
        return None;
    }
    Some(Breach::new("fee", "写明要收费，却没有写收多少、依据是什么。"))
}

/// An amount is a number, in whatever script.
fn states_amount(said: &str) -> bool {
    let bare = text::plain(said);
    bare.contains(|character: char| character.is_ascii_digit()) || bare.find('元').is_some_and(|at| at > 0)
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    const BREACH: [&str; 1] = ["pc+app+mini+kiosk fee rule:R06"];

    #[test]
    fn a_fee_without_name_amount_and_basis_breaks_it() {
        let charged = Trial::new().set_all("fee_flag", "收费");
        assert_eq!(charged.found("guide.consistency"), BREACH);
        assert_eq!(charged.clone().set_all("fee", "无").found("guide.consistency"), BREACH);
        assert_eq!(charged.set_all("fee", "身份证工本费").found("guide.consistency"), BREACH);
    }

    #[test]
    fn a_fee_with_its_amount_and_no_fee_at_all_hold() {
        let trial =
            Trial::new().set_all("fee_flag", "是").set_all("fee", "工本费：每证40元，发改价格〔2003〕2322号");
        assert!(trial.found("guide.consistency").is_empty());
        assert!(Trial::new().set_all("fee_flag", "免费").found("guide.consistency").is_empty());
    }
}
