//! What a piece of text inside a material's row or card says: a labelled field, a property by its wording, or just words.

use crate::model::Material;
use crate::read::labels::field;
use crate::read::page::{Page, Span, is_blank};
use crate::read::words::{self, unnumbered};

/// What a piece of text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// “份数：1份”, “必要”, “原件1份”.
    Field(&'static str, String),
    /// “材料形式” or “材料形式：”, the value comes later.
    Label(&'static str),
    /// A row number, a star, or the words of a button.
    Nothing,
    /// Anything else.
    Words,
}

/// Words that are the whole value of a field and need no label.
const PROPERTIES: &[(&str, &[&str])] = &[
    (
        "need",
        &[
            "必要",
            "非必要",
            "必须",
            "必需",
            "必备",
            "非必须",
            "容缺后补",
            "可容缺",
            "容缺",
            "必要材料",
            "非必要材料",
            "必交",
            "选交",
            "可选",
            "容缺受理",
        ],
    ),
    (
        "form",
        &[
            "纸质",
            "电子",
            "电子化",
            "纸质/电子化",
            "纸质/电子",
            "纸质和电子",
            "纸质或电子",
            "原件",
            "复印件",
            "原件和复印件",
            "原件及复印件",
            "原件、复印件",
            "原件/复印件",
            "原件或复印件",
            "电子件",
            "电子版",
            "纸质版",
            "纸质件",
            "扫描件",
        ],
    ),
    ("source", &["申请人自备", "政府部门核发", "其他(中介机构)", "其他"]),
    ("type", &["证件证书证明", "申请表格文书"]),
    ("share", &["免提交", "可免提交"]),
];

/// Words of links and buttons that are no text of a row.
const CONTROLS: &[&str] = &[
    "下载",
    "点击下载",
    "立即下载",
    "预览",
    "查看",
    "查看详情",
    "详情",
    "点击查看",
    "空表",
    "空表下载",
    "样表",
    "样表下载",
    "空白表格",
    "空白表格下载",
    "示例样表",
    "示例样本",
    "样本",
    "样本下载",
    "示例",
    "空白表",
    "空白样表",
    "附件下载",
    "表格下载",
    "下载空表",
    "下载样表",
    "下载附件",
    "展开",
    "收起",
    "更多",
    "附件",
    "上传",
    "填表说明",
    "材料详情",
];

/// Longer texts that end in a number of copies are sentences.
const LONGEST_COUNT: usize = 20;

pub(super) fn said(text: &str) -> Said {
    let text =
        text.trim_matches(|letter: char| is_blank(letter) || matches!(letter, '；' | ';' | '，' | ','));
    if is_control(text) || !text.contains(char::is_alphanumeric) || is_number(text) {
        return Said::Nothing;
    }
    if let Some((label, value)) = text.split_once(['：', ':']) {
        let value = value.trim_matches(is_blank);
        let counted = matches!(&*words::bare(label), "原件" | "复印件" | "电子件" | "纸质件");
        return match (counted, field(label)) {
            (true, _) if !value.is_empty() => Said::Field("copies", text.to_owned()),
            (_, Some(field)) if value.is_empty() => Said::Label(field),
            (_, Some(field)) => Said::Field(field, value.to_owned()),
            _ => Said::Words,
        };
    }
    property(text).or_else(|| field(text).map(Said::Label)).unwrap_or(Said::Words)
}

/// What parts the properties of a material on one line.
const SEPARATORS: [char; 9] = ['；', ';', '，', ',', '|', '｜', ' ', '\u{3000}', '\u{a0}'];

/// “材料形式：纸质；材料必要性：必要” or “原件，1份” in its parts; anything else as it is.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let ends = |letter: char| SEPARATORS.contains(&letter);
    let begins = text
        .match_indices(SEPARATORS)
        .map(|(at, found)| at + found.len())
        .filter(|&at| is_labelled(&text[at..]));
    let begins: Vec<usize> = begins.collect();
    if begins.len() + usize::from(is_labelled(text)) >= 2 {
        let cuts = std::iter::once(0).chain(begins.iter().copied());
        let until = begins.iter().copied().chain([text.len()]);
        let parts = cuts.zip(until).map(|(from, to)| text[from..to].trim_matches(ends));
        return parts.filter(|part| !part.is_empty()).collect();
    }
    let parts: Vec<&str> = text.split(SEPARATORS).filter(|part| !part.is_empty()).collect();
    let fields: Option<Vec<&str>> = parts.iter().map(|part| property_field(part)).collect();
    match fields {
        Some(fields) if fields.iter().any(|field| *field != fields[0]) => parts,
        _ => vec![text],
    }
}

/// Whether a text begins with a field's label and a colon.
fn is_labelled(text: &str) -> bool {
    let label = text.split_once(['：', ':']).map(|(label, _)| label);
    label.is_some_and(|label| label.len() <= 48 && field(label).is_some())
}

/// A value that says by itself of what it is one.
fn property(text: &str) -> Option<Said> {
    Some(Said::Field(property_field(text)?, text.to_owned()))
}

fn property_field(text: &str) -> Option<&'static str> {
    let bare = words::bare(text);
    let known = PROPERTIES.iter().find(|(_, values)| values.contains(&&*bare));
    known.map(|(field, _)| *field).or_else(|| is_count(text).then_some("copies"))
}

/// “原件1份、复印件2份”, “一式两份”, “1份”.
pub(super) fn is_count(text: &str) -> bool {
    text.chars().count() <= LONGEST_COUNT
        && text.contains(['份', '张', '套'])
        && text.chars().all(|letter| {
            is_blank(letter)
                || letter.is_ascii_digit()
                || "原件复印电子纸质份张套一二两三四五六七八九十各共式正副本各和及与、，,；;：:（）()"
                    .contains(letter)
        })
        && text.contains(|letter: char| letter.is_ascii_digit() || "一二两三四五六七八九十".contains(letter))
}

/// A row number.
fn is_number(text: &str) -> bool {
    text.chars().count() <= 4
        && text.chars().all(|letter| letter.is_ascii_digit() || "()（）.、．".contains(letter))
}

/// Whether a text consists of the words of controls.
pub(super) fn is_control(text: &str) -> bool {
    let mut pieces = text.split(|letter: char| {
        is_blank(letter) || matches!(letter, '/' | '|' | '｜' | '、' | '[' | ']' | '【' | '】')
    });
    let worded: Vec<&str> = pieces.by_ref().filter(|piece| !piece.is_empty()).collect();
    !worded.is_empty() && worded.iter().all(|piece| CONTROLS.contains(piece))
}

/// Adds what is said of a field: the first word counts, numbers of originals and copies are put together.
pub(super) fn put(material: &mut Material, field: &str, text: &str) {
    let text = text.trim_matches(is_blank);
    let control = matches!(field, "blank" | "sample") && is_control(text);
    if text.is_empty() || control {
        return;
    }
    match material.fields.get_mut(field) {
        None => {
            material.fields.insert(field.to_owned(), text.to_owned());
        }
        Some(known) if field == "copies" && !known.contains(text) => {
            known.push('，');
            known.push_str(text);
        }
        Some(_) => {}
    }
}

/// Adds the addresses of a span's links to the fields that they serve.
pub(super) fn put_links(page: &Page<'_>, material: &mut Material, span: Span, column: Option<&str>) {
    for at in span.start..span.end.min(span.start + 2000) {
        let Some(href) = page.target(at) else { continue };
        let field = served(&page.brief(page.span(at)), column);
        let links = material.links.entry(field.to_owned()).or_default();
        if links.len() < 20 && !links.contains(&href) {
            links.push(href);
        }
    }
}

/// What a link is for: by its words, then by its column.
fn served<'a>(words: &str, column: Option<&'a str>) -> &'a str {
    if words.contains('样') && !words.contains("空白样表") || words.contains("示例") || words.contains("范本")
    {
        return "sample";
    }
    match column {
        Some("blank" | "sample" | "name") => column.unwrap_or_default(),
        _ => "blank",
    }
}

/// A row with a name, its number and its properties in brackets taken off.
pub(super) fn finished(mut material: Material) -> Option<Material> {
    let shown = material.fields.get("name")?.clone();
    let mut name = unnumbered(&shown).trim_end_matches(is_end).to_owned();
    let mut properties = Vec::new();
    while let Some((shorter, said)) = bracketed(&name) {
        properties.extend(said.into_iter().rev());
        name = shorter;
    }
    let name = name.trim_matches(|letter: char| is_end(letter) || is_blank(letter)).to_owned();
    if !name.contains(char::is_alphabetic) {
        return None;
    }
    for (field, text) in properties.into_iter().rev() {
        put(&mut material, field, &text);
    }
    material.fields.insert("name".to_owned(), name);
    Some(material)
}

fn is_end(letter: char) -> bool {
    matches!(letter, '；' | ';' | '。' | '，' | ',' | '、' | '：' | ':') || is_blank(letter)
}

/// “居民身份证（原件1份，复印件1份）”: the name, and what the brackets at its end say of form, number or need.
fn bracketed(name: &str) -> Option<(String, Vec<(&'static str, String)>)> {
    let inner = name.trim_end().strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    let width = inner[open..].chars().next().map_or(0, char::len_utf8);
    let property = |part: &str| match said(part) {
        Said::Field(field, _) if matches!(field, "need" | "form" | "copies" | "share") => {
            Some((field, part.to_owned()))
        }
        _ => None,
    };
    let properties: Option<Vec<_>> = parts(&inner[open + width..]).into_iter().map(property).collect();
    (open > 0).then_some(())?;
    Some((name[..open].trim_end().to_owned(), properties?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_card_say_what_they_are() {
        assert_eq!(said("份数：1份"), Said::Field("copies", "1份".to_owned()));
        assert_eq!(said("原件：1"), Said::Field("copies", "原件：1".to_owned()));
        assert_eq!(said("容缺后补"), Said::Field("need", "容缺后补".to_owned()));
        assert_eq!(said("材料形式"), Said::Label("form"));
        assert_eq!(said("空表下载"), Said::Nothing);
        assert_eq!(said("3."), Said::Nothing);
        assert_eq!(said("居民身份证"), Said::Words);
    }

    #[test]
    fn labelled_properties_on_one_line_are_parted_before_each_label() {
        assert_eq!(
            parts("类型：其他\u{3000}份数：原件1份，复印件2份"),
            ["类型：其他", "份数：原件1份，复印件2份"]
        );
        assert_eq!(parts("身份证；材料形式：纸质；份数：1"), ["身份证", "材料形式：纸质", "份数：1"]);
        assert_eq!(parts("身份证、户口簿 原件"), ["身份证、户口簿 原件"]);
    }

    #[test]
    fn only_brackets_about_form_number_and_need_leave_the_name() {
        let row = |name: &str| {
            let mut material = Material::default();
            put(&mut material, "name", name);
            finished(material).unwrap_or_default()
        };
        let plain = row("1. 居民身份证（正反面）（原件1份）；");
        assert_eq!(plain.name(), "居民身份证（正反面）");
        assert_eq!(plain.fields["copies"], "原件1份");
        let two = row("居民户口簿（原件，1份）");
        assert_eq!((two.fields["form"].as_str(), two.fields["copies"].as_str()), ("原件", "1份"));
        assert_eq!(row("照片（原件1份，复印件2份）").fields["copies"], "原件1份，复印件2份");
        assert_eq!(row("资产证明（可承诺）").name(), "资产证明（可承诺）");
        assert!(row("3").name().is_empty());
    }
}
