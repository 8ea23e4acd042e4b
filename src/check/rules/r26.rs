//! R26: the level in the code is the level that exercises the power.

use crate::model::Severity;

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R26",
    question: "行使层级是否与实施编码第19位（2省、3市、4县）一致？",
    source: "2262条真实事项的编码统计",
    inputs: &["use_level", "impl_code"],
    severity: Severity::Note,
    advice: "对照实施清单核实行使层级和实施编码。",
    judge,
};

const LEVELS: [(char, &str); 3] = [('2', "省级"), ('3', "市级"), ('4', "县级")];

fn judge(page: &Page<'_>) -> Option<Breach> {
    let (code, said) = (page.code("impl_code").filter(|code| code.len() >= 31)?, page.says("use_level")?);
    let digit = code.chars().nth(18)?;
    let (_, coded) = LEVELS.iter().find(|(known, _)| *known == digit)?;
    let named: Vec<&str> = LEVELS.iter().map(|(_, name)| *name).filter(|name| said.contains(name)).collect();
    // 分级管理 and lists of several levels are exercised by each of them.
    if named.len() != 1 || named[0] == *coded || said.contains(['、', '，', ',', '；', ' ']) {
        return None;
    }
    Some(Breach::new(
        "use_level",
        format!("行使层级写{}，实施编码第19位却是{digit}（{coded}）。", quote(said)),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn another_level_than_the_codes_breaks_it() {
        let trial = Trial::new().set_all("use_level", "县级");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk use_level rule:R26"]);
        for said in ["市级", "市级、县级", "分级管理"] {
            assert!(Trial::new().set_all("use_level", said).found("guide.consistency").is_empty(), "{said}");
        }
    }
}
