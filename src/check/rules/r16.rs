//! R16: the base code says what type of matter it is.

use crate::model::Severity;

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R16",
    question: "基本编码第3、4位是否与事项类型相符？",
    source: "2262条真实事项全部符合；其他行政权力、公共服务各省编号不同，两种都算对",
    inputs: &["base_code", "item_type"],
    severity: Severity::Minor,
    advice: "对照实施清单核实事项类型和基本编码。",
    judge,
};

/// 事项类型 and the codes that provinces use for it.
const TYPES: [(&str, &[&str]); 11] = [
    ("行政许可", &["01"]),
    ("行政处罚", &["02"]),
    ("行政强制", &["03"]),
    ("行政征收", &["04"]),
    ("行政给付", &["05"]),
    ("行政检查", &["06"]),
    ("行政确认", &["07"]),
    ("行政奖励", &["08"]),
    ("行政裁决", &["09"]),
    ("其他行政权力", &["10", "20"]),
    ("公共服务", &["20", "21"]),
];

fn judge(page: &Page<'_>) -> Option<Breach> {
    let (code, kind) = (page.code("base_code")?, page.says("item_type")?);
    let mut named = TYPES.iter().filter(|(name, _)| kind.contains(name));
    let (name, codes) = named.next()?;
    // Two types at once (a list of all types) say nothing.
    if named.next().is_some() || code.len() != 12 || !code.is_ascii() {
        return None;
    }
    let digits = &code[2..4];
    if codes.contains(&digits) {
        return None;
    }
    Some(Breach::new(
        "base_code",
        format!("基本编码{}的第3、4位是{digits}，与事项类型“{name}”不符。", quote(&code)),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn a_type_that_the_code_does_not_say_breaks_it() {
        let trial = Trial::new().set_all("item_type", "行政奖励");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk base_code rule:R16"]);
        assert!(Trial::new().set_all("item_type", "07 行政确认").found("guide.consistency").is_empty());
    }
}
