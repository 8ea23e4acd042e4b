//! R15: 业务办理项编码 is the 实施编码 and two more digits.

use crate::model::Severity;

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R15",
    question: "业务办理项编码是否为实施编码加2位数字？",
    source: "2262条真实事项全部符合",
    inputs: &["impl_code", "handle_code"],
    severity: Severity::Minor,
    advice: "对照实施清单核实业务办理项编码，前31位应当与实施编码相同。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let (whole, code) = (page.code("handle_code")?, page.code("impl_code")?);
    let comparable =
        code.len() == 31 && whole.len() > 12 && whole.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Some portals show the same code under both labels.
    if !comparable || whole == code {
        return None;
    }
    let digits = whole.strip_prefix(code.as_str());
    if digits.is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    Some(Breach::new("handle_code", format!("业务办理项编码{}不是实施编码加2位数字。", quote(&whole))))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn a_code_that_begins_otherwise_breaks_it() {
        let code = Trial::new().case().item.and_then(|item| item.code).unwrap();
        let other = format!("{}9901", &code[..29]);
        let trial = Trial::new().set_all("handle_code", &other);
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk handle_code rule:R15"]);
        let same = Trial::new().set_all("handle_code", &code);
        assert!(same.found("guide.consistency").is_empty());
    }
}
