//! R18: no catch-all among the materials.

use crate::model::Severity;
use crate::text;

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R18",
    question: "材料和条件里是否没有“其他材料”“有关材料”等兜底条款？",
    source: "国办函〔2017〕115号：13%的事项材料表述含糊；国务院要求取消兜底条款",
    inputs: &["materials"],
    severity: Severity::Minor,
    advice: "删去兜底条款，把需要的材料逐项列明。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let names = page.guide().materials.iter().map(crate::model::Material::name);
    if let Some(name) = names.into_iter().find(|name| text::catch_all(name).is_some()) {
        return Some(Breach::new(
            "materials",
            format!("申请材料里有兜底条款{}，群众不知道到底要交什么。", quote(name)),
        ));
    }
    // In running text only “其他材料” surely means “whatever else we may ask for”.
    let said = page.says("condition")?;
    let words = text::catch_all(said).filter(|words| words.contains("其他"))?;
    Some(Breach::new(
        "condition",
        format!("受理条件里有兜底条款{}，群众不知道到底要满足什么。", quote(&words)),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::{Trial, material};

    #[test]
    fn a_catch_all_among_the_materials_breaks_it() {
        let trial =
            Trial::new().guide_everywhere(|guide| guide.materials.push(material("法律法规规定的其他材料")));
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk materials rule:R18"]);
    }

    #[test]
    fn a_material_named_by_its_name_holds() {
        let trial =
            Trial::new().guide_everywhere(|guide| guide.materials.push(material("其他家庭成员身份证")));
        assert!(trial.found("guide.consistency").is_empty());
    }
}
