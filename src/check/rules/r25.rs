//! R25: of the materials listed, at least one is necessary.

use crate::model::Severity;

use super::super::materials::{Need, need};
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R25",
    question: "材料清单里是否至少有一份必要材料，或者写明无需提交材料？",
    source: "国家政务服务平台数据规范（材料必要性必填）",
    inputs: &["materials"],
    severity: Severity::Note,
    advice: "核实材料必要性；都不是必须的，写明无需提交材料。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let rows = &page.guide().materials;
    if rows.is_empty() || !rows.iter().all(|row| need(row) == Some(Need::Optional)) {
        return None;
    }
    Some(Breach::new("materials", "列出的材料全部写为非必要，群众不知道到底要不要交。"))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use crate::model::Guide;

    #[test]
    fn nothing_but_optional_materials_break_it() {
        let mark = |said: &'static str| {
            move |guide: &mut Guide| {
                for row in &mut guide.materials {
                    row.fields.insert("need".to_owned(), said.to_owned());
                }
            }
        };
        let optional = Trial::new().guide_everywhere(mark("非必要"));
        assert_eq!(optional.found("guide.consistency"), ["pc+app+mini+kiosk materials rule:R25"]);
        assert!(Trial::new().guide_everywhere(mark("容缺后补")).found("guide.consistency").is_empty());
    }
}
