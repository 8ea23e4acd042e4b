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
    if let Some(name) = names.into_iter().find(|name| leaves_open(name)) {
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

/// Whether a name does not say which material is meant. “其他材料（结婚证复印件）” says it.
fn leaves_open(name: &str) -> bool {
    text::catch_all(name).is_some_and(|words| !is_specified(name, &words))
}

/// Whether catch-all words are only the heading of what is named behind them.
fn is_specified(name: &str, words: &str) -> bool {
    let compact: String = name.chars().filter(|character| !character.is_whitespace()).collect();
    let Some((_, behind)) = compact.split_once(words) else { return false };
    let Some(named) = behind.strip_prefix(['：', ':', '（', '(', '—', '-']) else { return false };
    let named = named.trim_start_matches(['—', '-']);
    let open = text::catch_all(named).is_some() || OPEN_WORDS.iter().any(|word| named.contains(word));
    named.chars().filter(|character| character.is_alphabetic()).count() >= 3 && !open
}

/// What stands behind catch-all words without naming anything.
const OPEN_WORDS: &[&str] = &[
    "如有", "视情", "根据", "按照", "按需", "实际", "具体", "需要", "必要", "要求", "规定", "详见", "可选",
    "等",
];

#[cfg(test)]
mod tests {
    use super::super::super::trial::{Trial, material};
    use super::leaves_open;

    #[test]
    fn a_catch_all_among_the_materials_breaks_it() {
        let trial =
            Trial::new().guide_everywhere(|guide| guide.materials.push(material("法律法规规定的其他材料")));
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk materials rule:R18"]);
    }

    #[test]
    fn a_list_left_open_and_words_that_name_nothing_break_it() {
        for name in [
            "其他材料",
            "有关材料",
            "其他材料（如有）",
            "其他相关材料：根据实际情况提供",
            "社保清单、审计报告、验资报告、资产发票、合同等材料",
            "放弃国籍的有关材料",
        ] {
            assert!(leaves_open(name), "{name}");
        }
    }

    #[test]
    fn a_material_named_by_its_name_holds() {
        for name in [
            "其他家庭成员身份证",
            "变更其他登记事项的证明材料",
            "有效护照或者其他国际旅行证件",
            "其他材料（结婚证复印件）",
            "其他证明材料：村（居）民委员会出具的居住证明",
            "利益相关者处理协议或解决方案",
            "无医疗事故、违纪等证明",
        ] {
            assert!(!leaves_open(name), "{name}");
        }
    }
}
