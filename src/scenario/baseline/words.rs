//! Dictionary codes of the national exchange schema as the words that pages show.

/// Flags: 1 是, 0 否.
const FLAGS: &[&str] =
    &["fee_flag", "online_flag", "booking", "express", "pay_online", "terminal", "hall", "commit"];

/// Element, code, word.
const CODES: &[(&str, &str, &str)] = &[
    ("project_type", "1", "即办件"),
    ("project_type", "2", "承诺件"),
    ("dept_type", "1", "法定机关"),
    ("dept_type", "2", "授权组织"),
    ("dept_type", "3", "受委托组织"),
    ("item_type", "01", "行政许可"),
    ("item_type", "05", "行政给付"),
    ("item_type", "07", "行政确认"),
    ("item_type", "08", "行政奖励"),
    ("item_type", "09", "行政裁决"),
    ("result_type", "10", "证照"),
    ("result_type", "20", "批文"),
    ("result_type", "30", "其他"),
];

/// Column of the materials, code, word.
const MATERIAL_CODES: &[(&str, &str, &str)] = &[
    ("need", "1", "必要"),
    ("need", "2", "非必要"),
    ("need", "3", "容缺后补"),
    ("form", "1", "纸质"),
    ("form", "2", "电子"),
    ("form", "3", "纸质和电子"),
    ("type", "1", "证件证书证明"),
    ("type", "2", "申请表格文书"),
    ("type", "3", "其他"),
    ("source", "10", "申请人自备"),
    ("source", "20", "政府部门核发"),
    ("source", "99", "其他"),
];

/// What a cell says of an element, in words.
pub(super) fn word(element: &str, cell: &str) -> String {
    if FLAGS.contains(&element) {
        match cell {
            "1" => return "是".to_owned(),
            "0" => return "否".to_owned(),
            _ => {}
        }
    }
    decoded(CODES, element, cell)
}

/// What a cell says of a material, in words.
pub(super) fn material_word(field: &str, cell: &str) -> String {
    decoded(MATERIAL_CODES, field, cell)
}

fn decoded(codes: &[(&str, &str, &str)], id: &str, cell: &str) -> String {
    let found = codes.iter().find(|(known, code, _)| *known == id && *code == cell);
    found.map_or(cell, |(.., word)| word).to_owned()
}

/// A limit with its unit, which stands in the cell, in a cell of its own, or in the heading; `None` for a bare number.
pub(super) fn limit(cell: &str, unit: &str) -> Option<String> {
    let bare = cell.chars().all(|character| character.is_ascii_digit() || character == '.');
    if !bare {
        return Some(cell.to_owned());
    }
    let units = ["工作日", "自然日", "小时", "个月", "月", "天"];
    let found = units.into_iter().find(|known| unit.contains(known))?;
    Some(format!("{cell}个{}", found.trim_start_matches('个')).replace("个天", "天"))
}
