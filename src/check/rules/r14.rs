//! R14: 实施编码 is the organisation's code, a level digit and the base code.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::Severity;

use super::super::quote::quote;
use super::super::uscc::valid_uscc;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R14",
    question: "实施编码是否由18位统一社会信用代码（校验位正确）、1位层级码和12位基本编码组成？",
    source: "GB 32100-2015校验位；2262条真实事项全部符合此结构，2256条校验位正确",
    inputs: &["impl_code", "base_code"],
    severity: Severity::Minor,
    advice: "对照实施清单核实实施编码，前18位应当是实施主体的统一社会信用代码。",
    judge,
};

static SHAPE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([0-9A-Z]{18})[1-6]([0-9A-Z]{12})(?:[0-9]{2})?$").ok());

fn judge(page: &Page<'_>) -> Option<Breach> {
    let code = page.code("impl_code")?;
    // Codes with dashes follow a province's own scheme, a twelve-digit one is the base code under an ambiguous label.
    let own_scheme = !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) || code.len() <= 12;
    if own_scheme {
        return None;
    }
    let Some(parts) = SHAPE.as_ref()?.captures(&code) else {
        let message = format!("实施编码{}有{}位，结构不对（应当是31位）。", quote(&code), code.len());
        return Some(Breach::new("impl_code", message));
    };
    if !valid_uscc(&parts[1]) {
        let message = format!("实施编码前18位{}不是正确的统一社会信用代码，校验位不对。", quote(&parts[1]));
        return Some(Breach::new("impl_code", message));
    }
    let base = page.code("base_code").filter(|base| base.len() == 12 && *base != parts[2])?;
    let message = format!("实施编码的后12位{}与基本编码{}对不上。", quote(&parts[2]), quote(&base));
    Some(Breach::new("impl_code", message))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    const BREACH: [&str; 1] = ["pc+app+mini+kiosk impl_code rule:R14"];

    fn code() -> String {
        Trial::new().case().item.and_then(|item| item.code).unwrap()
    }

    #[test]
    fn a_wrong_check_digit_a_wrong_length_and_a_foreign_base_code_break_it_once() {
        let wrong = if code().as_bytes()[17] == b'0' { "1" } else { "0" };
        let digit = format!("{}{wrong}{}", &code()[..17], &code()[18..]);
        assert_eq!(Trial::new().with_code(&digit).found("guide.consistency"), BREACH);
        let short = &code()[..30];
        assert_eq!(Trial::new().with_code(short).found("guide.consistency"), BREACH);
        let foreign = Trial::new().set_all("base_code", "140700000009");
        assert_eq!(foreign.found("guide.consistency"), BREACH);
    }

    #[test]
    fn a_sound_code_in_any_case_and_a_provincial_scheme_hold() {
        assert!(Trial::new().with_code(&code().to_lowercase()).found("guide.consistency").is_empty());
        let own = "511A0138000000-511602000000-000-115113010833722043-1-00";
        let trial = Trial::new().set_all("impl_code", own).hide_all("handle_code");
        assert!(trial.found("guide.consistency").is_empty());
    }
}
