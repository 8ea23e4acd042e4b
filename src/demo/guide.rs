//! 办事指南: the elements of one item in their plain form, before a channel dresses them.

use super::item::{Audience, Fee, Item, ItemMaterial, ItemType, MaterialKind, MaterialNeed};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a guide says, by the element's id in the catalogue of guide elements.
pub(crate) type Guide = BTreeMap<String, Value>;

/// What one element says: any of these parts, shown one below the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) lines: Vec<String>,
    pub(crate) links: Vec<Link>,
    pub(crate) materials: Vec<Material>,
    pub(crate) image: Option<Image>,
    pub(crate) questions: Vec<Question>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) href: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Image {
    pub(crate) src: String,
    pub(crate) alt: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Question {
    pub(crate) ask: String,
    pub(crate) answer: String,
}

/// One row of 申请材料.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Material {
    pub(crate) name: String,
    pub(crate) need: String,
    pub(crate) kind: String,
    pub(crate) form: String,
    pub(crate) copies: String,
    pub(crate) page: String,
    pub(crate) source: String,
    pub(crate) issuer: String,
    pub(crate) standard: String,
    pub(crate) filling: String,
    pub(crate) blank: Option<Link>,
    pub(crate) sample: Option<Link>,
}

impl Value {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn linked(text: &str, link: &str, href: String) -> Self {
        let links = vec![Link { text: link.to_owned(), href }];
        Self { text: text.to_owned(), links, ..Self::default() }
    }
}

/// Writes the whole guide of an item.
pub(crate) fn write_guide(item: &Item) -> Guide {
    let mut guide = Guide::new();
    let sections =
        [identity(item), authority(item), limits(item), window(item), handling(item), outcome(item)];
    for (element, value) in sections.into_iter().flatten() {
        guide.insert(element.to_owned(), value);
    }
    guide
}

type Elements = Vec<(&'static str, Value)>;

fn identity(item: &Item) -> Elements {
    let base = item.code.get(19..).unwrap_or_default();
    let situation = match item.audience {
        Audience::Personal => "个人申请",
        Audience::Enterprise => "单位申请",
    };
    vec![
        ("item_name", Value::text(&item.name)),
        ("sub_item_name", Value::text(format!("{}（{situation}）", item.name))),
        ("daily_name", Value::text(item.daily.join("、"))),
        ("item_type", Value::text(item.kind.label())),
        ("base_code", Value::text(base)),
        ("impl_code", Value::text(&item.code)),
        ("handle_code", Value::text(format!("{}01", item.code))),
        ("theme", Value::text(&item.theme)),
    ]
}

fn authority(item: &Item) -> Elements {
    let authorised = item.office.as_ref().is_some_and(|office| office.authorised);
    let law = &item.law;
    let basis = format!("{}（{}）{}：{}", law.name, law.number, law.article, law.text);
    let remedy = "申请人对办理结果不服的，可以自收到决定之日起六十日内依法申请行政复议，\
                  或者自收到决定之日起六个月内依法提起行政诉讼";
    vec![
        ("dept", Value::text(item.office.as_ref().map_or("", |office| office.name.as_str()))),
        ("dept_type", Value::text(if authorised { "授权组织" } else { "法定机关" })),
        ("entrust", Value::text("无")),
        ("power_source", Value::text("法定本级行使")),
        ("use_level", Value::text("市级")),
        ("law_basis", Value::text(basis)),
        ("remedy", Value::text(remedy)),
    ]
}

fn limits(item: &Item) -> Elements {
    let promise = item.promise.map_or_else(|| "即办".to_owned(), |days| format!("{days}个工作日"));
    let objects = match item.audience {
        Audience::Personal => "自然人",
        Audience::Enterprise => "企业法人、事业法人、社会组织法人、非法人企业",
    };
    vec![
        ("project_type", Value::text(if item.promise.is_some() { "承诺件" } else { "即办件" })),
        ("legal_limit", Value::text(format!("{}个工作日", item.legal))),
        ("promise_limit", Value::text(promise)),
        ("service_object", Value::text(objects)),
        ("condition", Value { lines: item.conditions.clone(), ..Value::default() }),
        ("prohibit", Value::text(&item.prohibit)),
        ("quota", Value::text("无数量限制")),
        ("materials", Value { materials: materials(item), ..Value::default() }),
        ("special", Value::text("无")),
        ("agency", Value::text("无")),
        ("co_dept", Value::text("无")),
    ]
}

fn window(item: &Item) -> Elements {
    let office = item.office.as_ref();
    let place = format!("晋城市文昌西街2026号晋城市政务服务中心{}", item.window);
    let mut elements = vec![
        ("place", Value::text(place)),
        ("time", Value::text("周一至周五 上午8:30—12:00，下午14:30—18:00（法定节假日除外）")),
        ("consult", Value::text(office.map_or("", |office| office.consult.as_str()))),
        ("complain", Value::text(office.map_or("", |office| office.complaint.as_str()))),
        ("hall", Value::text("是")),
        ("visits", Value::text(format!("{}次", item.visits))),
        ("fee_flag", Value::text(yes_no(item.fee.is_some()))),
        ("pay_online", Value::text(yes_no(item.fee.is_some() && item.pay))),
    ];
    if let Some(Fee { name, standard, basis }) = &item.fee {
        let lines =
            vec![format!("收费项目：{name}"), format!("收费标准：{standard}"), format!("收费依据：{basis}")];
        elements.push(("fee", Value { lines, ..Value::default() }));
    }
    if item.visits > 0 {
        let reason = item.reason.as_deref().unwrap_or("须由申请人本人到场核验身份并核对证件原件");
        elements.push(("visit_reason", Value::text(reason)));
    }
    elements
}

fn handling(item: &Item) -> Elements {
    let mut forms = vec!["窗口办理"];
    if item.depth.is_some() {
        forms.push("网上办理");
    }
    if item.express {
        forms.push("快递申请");
    }
    let mut elements = vec![
        ("flow", flow(item)),
        ("handle_form", Value::text(forms.join("、"))),
        ("online_flag", Value::text(yes_no(item.depth.is_some()))),
        ("booking", Value::linked("是", "预约入口", format!("/booking/{}", item.code))),
        ("express", Value::text(yes_no(item.express))),
        ("terminal", Value::text(yes_no(item.terminal))),
        ("cross_area", Value::text(&item.cross)),
        ("commit", Value::text(yes_no(item.kind == ItemType::Permit && item.visits == 0))),
    ];
    if let Some(depth) = item.depth {
        let depth = if depth >= 4 { "Ⅳ级（全程网办）" } else { "Ⅲ级（网上受理）" };
        elements.push(("online_depth", Value::text(depth)));
        elements.push(("online_url", Value::linked("", "在线办理入口", format!("/apply/{}", item.code))));
    }
    elements
}

fn outcome(item: &Item) -> Elements {
    let result_type = match item.result.chars().last() {
        Some('证' | '照' | '簿' | '卡') => "证照",
        Some('复' | '函' | '文') => "批文",
        _ => "其他",
    };
    let sample = format!("/file/result/{}.pdf", item.code);
    let questions = item
        .faq
        .iter()
        .map(|asked| Question { ask: asked.ask.clone(), answer: asked.answer.clone() })
        .collect();
    vec![
        ("result_type", Value::text(result_type)),
        ("result_name", Value::text(&item.result)),
        ("result_sample", Value::linked("", &format!("{}样本", item.result), sample)),
        ("faq", Value { questions, ..Value::default() }),
    ]
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

fn materials(item: &Item) -> Vec<Material> {
    item.materials
        .iter()
        .enumerate()
        .map(|(index, material)| written_material(&item.code, index + 1, material))
        .collect()
}

fn written_material(code: &str, number: usize, material: &ItemMaterial) -> Material {
    let is_form = material.kind == MaterialKind::Form;
    let blank_type = ["doc", "docx", "xlsx", "pdf"][code.bytes().map(usize::from).sum::<usize>() % 4];
    let link = |kind: &str, text: &str, suffix: &str| {
        is_form
            .then(|| Link { text: text.to_owned(), href: format!("/file/{kind}/{code}-{number}.{suffix}") })
    };
    let (kind, form, standard, filling) = match material.kind {
        MaterialKind::Certificate => ("证件证书证明", "纸质和电子", "原件真实有效、字迹清晰", "无需填写"),
        MaterialKind::Form => ("申请表格文书", "纸质和电子", "填写完整、签字或者盖章", "请参照示例样表填写"),
        MaterialKind::Other => ("其他", "纸质", "内容真实、与申请事项一致", "无需填写"),
    };
    Material {
        name: material.name.clone(),
        need: match material.need {
            MaterialNeed::Must => "必要",
            MaterialNeed::Optional => "非必要",
            MaterialNeed::Later => "容缺后补",
        }
        .to_owned(),
        kind: kind.to_owned(),
        form: form.to_owned(),
        copies: format!("{}份", material.copies),
        page: material.page.clone().unwrap_or_else(|| "A4".to_owned()),
        source: source_channel(material).to_owned(),
        issuer: material.source.clone().unwrap_or_else(|| "申请人".to_owned()),
        standard: standard.to_owned(),
        filling: filling.to_owned(),
        blank: link("blank", "空白表格", blank_type),
        sample: link("sample", "示例样表", "pdf"),
    }
}

/// 来源渠道 by who hands the material out: 申请人自备, 政府部门核发, 其他.
fn source_channel(material: &ItemMaterial) -> &'static str {
    const AUTHORITIES: [&str; 3] = ["机关", "部门", "登记机构"];
    match material.source.as_deref() {
        None | Some("申请人") => "申请人自备",
        Some(issuer) if AUTHORITIES.iter().any(|word| issuer.contains(word)) => "政府部门核发",
        Some(_) => "其他",
    }
}

fn flow(item: &Item) -> Value {
    let lines = stages(item).into_iter().map(|(name, text)| format!("{name}：{text}")).collect();
    let image =
        Image { src: format!("/media/flow/{}.svg", item.code), alt: format!("{}办理流程图", item.name) };
    Value { lines, image: Some(image), ..Value::default() }
}

/// The stages of an item's process, each with what happens in it.
pub(crate) fn stages(item: &Item) -> Vec<(&'static str, String)> {
    let office = item.office.as_ref().map_or("", |office| office.name.as_str());
    let result = &item.result;
    let accept = (
        "受理",
        "申请人通过窗口或者网上提出申请，工作人员核对材料是否齐全、是否符合法定形式，当场作出是否受理的答复"
            .to_owned(),
    );
    let examine = ("审核", format!("{office}业务科室对申请内容的真实性和合法性进行审核，提出审核意见"));
    let deliver = ("送达", format!("申请人到窗口领取或者由邮政快递免费寄送{result}"));
    let close = ("办结", format!("{office}制作{result}，登记归档并短信通知申请人"));
    let decide = ("审批", format!("{office}负责人根据审核意见作出决定，不予通过的书面说明理由"));
    if item.promise.is_none() {
        return vec![accept, close, deliver];
    }
    match item.kind {
        ItemType::Public => vec![accept, examine, close, deliver],
        _ => vec![accept, examine, decide, close, deliver],
    }
}
