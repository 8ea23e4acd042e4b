//! R17: a form that people must fill in can be had as a blank and as a sample.

use crate::model::{Material, Severity};
use crate::text;

use super::super::quote::quote;
use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R17",
    question: "申请表格类材料是否提供空白表格和示例样表？",
    source: "国办函〔2017〕115号：约四成平台未提供表格下载",
    inputs: &["materials"],
    severity: Severity::Minor,
    advice: "为申请表格上传空白表格和填写样表，供群众下载。",
    judge,
};

/// Whether files are linked at all on a page is only known from its other rows: a page none of whose rows links a
/// blank form may keep them elsewhere.
fn judge(page: &Page<'_>) -> Option<Breach> {
    let rows = &page.guide().materials;
    let forms: Vec<&Material> = rows.iter().filter(|row| is_form(row)).collect();
    [("blank", "空白表格"), ("sample", "示例样表")].into_iter().find_map(|(field, name)| {
        let linked = |row: &Material| row.links.get(field).is_some_and(|links| !links.is_empty());
        if !rows.iter().any(linked) {
            return None;
        }
        let bare = forms.iter().find(|row| !linked(row) && is_open(row, field))?;
        Some(Breach::new(
            "materials",
            format!("材料{}是申请表格，却没有{name}可以下载。", quote(bare.name())),
        ))
    })
}

fn is_form(row: &Material) -> bool {
    row.fields.get("type").is_some_and(|kind| kind.contains("表格"))
}

fn is_open(row: &Material, field: &str) -> bool {
    row.fields.get(field).is_none_or(|said| text::plain(said).is_empty() || says_nothing(said))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::{Trial, material};
    use crate::model::{Guide, Material};

    fn form(name: &str, linked: bool) -> Material {
        let mut row = material(name);
        row.fields.insert("type".to_owned(), "申请表格文书".to_owned());
        if linked {
            for field in ["blank", "sample"] {
                row.links.insert(field.to_owned(), vec!["https://pc.example/file.doc".to_owned()]);
            }
        }
        row
    }

    #[test]
    fn a_form_without_its_blank_breaks_it_where_other_forms_have_theirs() {
        let add = |rows: [Material; 2]| move |guide: &mut Guide| guide.materials.extend(rows.clone());
        let breach = Trial::new().guide_everywhere(add([form("申请表", true), form("承诺书", false)]));
        assert_eq!(breach.found("guide.consistency"), ["pc+app+mini+kiosk materials rule:R17"]);
        let whole = Trial::new().guide_everywhere(add([form("申请表", true), form("承诺书", true)]));
        assert!(whole.found("guide.consistency").is_empty());
        let unknown = Trial::new().guide_everywhere(add([form("申请表", false), form("承诺书", false)]));
        assert!(unknown.found("guide.consistency").is_empty());
    }
}
