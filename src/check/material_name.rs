//! Names of materials taken apart, so that 居民身份证, 身份证原件及复印件 and 申请人身份证明 are one, and 法定代表人身份证 is another.

use crate::text::{self, Sort};

use super::linkage::contradict;

/// From this similarity on, two names mean the same material.
const SAME_MATERIAL: f64 = 0.85;

/// What says in which form a material is handed in, and by the person who applies; longer words first.
const FORMS: &[&str] = &[
    "原件及复印件",
    "原件和复印件",
    "原件与复印件",
    "原件或复印件",
    "原件复印件",
    "正本及副本",
    "正副本",
    "正反面",
    "原件",
    "复印件",
    "影印件",
    "扫描件",
    "电子版",
    "电子件",
    "纸质版",
    "正本",
    "副本",
    "本人",
    "申请人",
    "办事人",
    "有效",
    "的",
];

/// One word for papers that everybody has, and what else they are called.
const PAPERS: &[(&str, &[&str])] = &[
    ("身份证", &["第二代居民身份证", "二代居民身份证", "2代身份证", "居民身份证", "公民身份证", "身份证件"]),
    ("户口簿", &["居民户口簿", "居民户口本", "户口本", "户口薄"]),
];

/// Whose or which paper it is: a name with one of these is never the same as one without or with another.
const ROLES: &[&str] = &[
    "法定代表人",
    "负责人",
    "经办人",
    "受委托人",
    "委托人",
    "代理人",
    "监护人",
    "被监护人",
    "身份证明书",
    "配偶",
    "子女",
    "父亲",
    "母亲",
    "父母",
    "男方",
    "女方",
    "甲方",
    "乙方",
    "买方",
    "卖方",
    "出让方",
    "受让方",
    "转让方",
    "股东",
    "变更前",
    "变更后",
    "死亡",
    "出生",
    "继承人",
    "担保人",
];

/// A name of a material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MaterialName {
    /// Without forms; equal ones are one material.
    pub(super) core: String,
    whole: String,
    roles: Vec<&'static str>,
}

impl MaterialName {
    /// Takes the form for a part of the name.
    pub(super) fn keep_whole(&mut self) {
        self.core.clone_from(&self.whole);
    }

    pub(super) fn of(said: &str) -> Self {
        let whole = text::normal(Sort::Name, said);
        let core = folded(&text::normal(Sort::Name, &without_form_remarks(&text::plain(said))));
        let roles = ROLES.iter().copied().filter(|role| whole.contains(role)).collect();
        Self { core: if core.is_empty() { whole.clone() } else { core }, whole, roles }
    }

    /// How surely two names mean the same material: 1 for equal cores, 0 for names that contradict each other.
    pub(super) fn closeness(&self, other: &Self) -> f64 {
        if self.core == other.core {
            1.0
        } else if self.roles != other.roles || contradict(&self.whole, &other.whole) {
            0.0
        } else {
            text::similarity(&self.core, &other.core)
        }
    }

    /// Whether a closeness is enough.
    pub(super) fn is_same(closeness: f64) -> bool {
        closeness >= SAME_MATERIAL
    }
}

/// The name without brackets that only speak of forms and numbers: (原件1份，复印件2份).
fn without_form_remarks(plain: &str) -> String {
    let mut kept = String::with_capacity(plain.len());
    for (at, piece) in plain.split('(').enumerate() {
        match piece.split_once(')') {
            Some((inner, after)) if at > 0 => {
                let speaks_of_form =
                    ["份", "原件", "复印件", "电子", "纸质"].iter().any(|word| inner.contains(word));
                if !speaks_of_form {
                    kept.push_str(inner);
                }
                kept.push_str(after);
            }
            _ => kept.push_str(piece),
        }
    }
    kept
}

fn folded(name: &str) -> String {
    let mut core = FORMS.iter().fold(name.to_owned(), |core, form| core.replace(form, ""));
    for (paper, others) in PAPERS {
        core = others.iter().fold(core, |core, other| core.replace(other, paper));
    }
    match core.as_str() {
        "身份证明" | "身份证明材料" | "身份证明文件" => "身份证".to_owned(),
        _ => core,
    }
}

/// The materials that one row names together (身份证、户口簿), if each of them is long enough to be one.
pub(super) fn parts(said: &str) -> Vec<MaterialName> {
    let plain = text::plain(said);
    let parts: Vec<MaterialName> = plain
        .split(['、', '和', '及', '与', ',', ';', '+'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(MaterialName::of)
        .collect();
    let is_material =
        |part: &MaterialName| part.core.chars().count() >= 3 && !FORMS.contains(&part.core.as_str());
    if parts.len() > 1 && !plain.contains('(') && parts.iter().all(is_material) { parts } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: &str, right: &str) -> bool {
        MaterialName::is_same(MaterialName::of(left).closeness(&MaterialName::of(right)))
    }

    #[test]
    fn names_of_one_material_are_the_same() {
        for (left, right) in [
            ("居民身份证", "身份证原件及复印件"),
            ("居民身份证", "申请人身份证明"),
            ("申请人有效身份证件", "1.居民身份证（原件1份，复印件1份）"),
            ("户口本", "居民户口簿复印件"),
            ("营业执照副本复印件", "营业执照"),
            ("居民身份证换领登记表", "居民身份证换领登记表格"),
            ("法定代表人身份证", "法定代表人居民身份证复印件"),
        ] {
            assert!(same(left, right), "{left} | {right}");
        }
    }

    #[test]
    fn names_of_two_materials_are_not() {
        for (left, right) in [
            ("居民身份证", "法定代表人身份证"),
            ("经办人身份证", "法定代表人身份证"),
            ("公司设立登记（备案）申请书", "公司变更登记（备案）申请书"),
            ("男方无配偶声明公证书原件", "女方无配偶声明公证书原件"),
            ("法定代表人身份证明书", "法定代表人身份证"),
            ("近期一寸免冠彩色照片", "近期二寸免冠彩色照片"),
            ("变更前的营业执照正本", "变更后的营业执照正本"),
        ] {
            assert!(!same(left, right), "{left} | {right}");
        }
    }

    #[test]
    fn rows_that_name_several_materials_are_known() {
        let cores = |said| parts(said).into_iter().map(|part| part.core).collect::<Vec<_>>();
        assert_eq!(cores("居民身份证、户口簿"), ["身份证", "户口簿"]);
        assert_eq!(cores("身份证原件及复印件"), Vec::<String>::new());
        assert_eq!(cores("收入、财产情况说明"), Vec::<String>::new());
    }
}
