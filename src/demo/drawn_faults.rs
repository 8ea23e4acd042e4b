//! The planting of a seeded portal: what a drawn fault does to a guide.

use super::draw::Draw;
use super::fault::{Change, GuideFault, MaterialEdit, Planting, Swap};
use super::item::{Item, MaterialKind};
use super::recipe::Recipe;

/// One element and what happens to it.
pub(crate) type Spoiled = (&'static str, Change);

/// Turns drawn faults into changes of guides.
pub(crate) fn plant_draws(items: &[Item], draws: &[Draw]) -> Planting {
    let guide = draws
        .iter()
        .filter_map(|draw| items.get(draw.item).map(|item| guide_faults(item, draw)))
        .flatten()
        .collect();
    Planting { guide, ..Planting::default() }
}

fn guide_faults(item: &Item, draw: &Draw) -> Vec<GuideFault> {
    let fault = |(element, change): Spoiled| GuideFault {
        fault: draw.fault.clone(),
        item: item.name.clone(),
        channels: draw.channels.clone(),
        element: element.to_owned(),
        change,
    };
    spoil(item, draw.recipe).into_iter().map(fault).collect()
}

fn set(text: impl Into<String>) -> Change {
    Change::Set(text.into())
}

fn days(days: u16) -> Change {
    set(format!("{days}个工作日"))
}

fn spoil(item: &Item, recipe: Recipe) -> Vec<Spoiled> {
    differing(item, recipe)
        .or_else(|| lacking(recipe))
        .or_else(|| broken_limits_and_fees(item, recipe))
        .unwrap_or_else(|| broken_rest(item, recipe))
}

/// What one channel says otherwise.
fn differing(item: &Item, recipe: Recipe) -> Option<Vec<Spoiled>> {
    let promise = item.promise.unwrap_or(1);
    let one = match recipe {
        Recipe::OtherPromise => ("promise_limit", days(promise - 1)),
        Recipe::OtherLegalLimit => ("legal_limit", days(item.legal + 5)),
        Recipe::OtherLimitUnit => ("promise_limit", set(format!("{promise}个自然日"))),
        Recipe::OtherPhone => ("consult", set("0356-2026188")),
        Recipe::OtherComplaint => ("complain", set("0356-2026988")),
        Recipe::OtherPlace => ("place", set("晋城市文昌西街2026号晋城市政务服务中心五楼G区09号窗口")),
        Recipe::OtherWindow => ("place", swap("号窗口", "1号窗口")),
        Recipe::OtherHours => ("time", swap("8:30", "9:00")),
        Recipe::SaturdayToo => ("time", swap("周一至周五", "周一至周六")),
        Recipe::OtherCondition => ("condition", other_condition(item)),
        Recipe::ConditionDropped => {
            ("condition", Change::Lines(item.conditions[..item.conditions.len() - 1].to_vec()))
        }
        Recipe::ConditionAdded => {
            let added = "申请人近三年内没有不良信用记录".to_owned();
            ("condition", Change::Lines(item.conditions.iter().cloned().chain([added]).collect()))
        }
        Recipe::OtherProhibition => ("prohibit", set("申请人尚有未履行完毕的行政处罚决定的，不予受理")),
        Recipe::OtherArticle => ("law_basis", swap(&format!("{}：", item.law.article), "第九十九条：")),
        Recipe::OtherLaw => ("law_basis", swap(&item.law.name, "《中华人民共和国行政许可法》")),
        Recipe::OtherVisits => ("visits", set(format!("{}次", item.visits + 1))),
        Recipe::OtherObject => ("service_object", set("个体工商户")),
        Recipe::OtherScope => ("cross_area", set("跨省通办")),
        Recipe::OtherForm => ("handle_form", set("窗口办理、快递申请")),
        Recipe::OtherResult => ("result_name", set("行政处理决定书")),
        Recipe::OtherQuota => ("quota", set("每年120个")),
        Recipe::FreeHere => ("fee_flag", set("否")),
        Recipe::OtherFee => ("fee", swap("元", "5元")),
        _ => ("materials", other_materials(item, recipe)?),
    };
    Some(vec![one])
}

fn swap(from: &str, to: &str) -> Change {
    Change::Replace(Swap::new(from, to))
}

fn other_materials(item: &Item, recipe: Recipe) -> Option<Change> {
    let named = |at: usize| item.materials.get(at).map(|material| material.name.clone()).unwrap_or_default();
    let edit = |name: String, need: &str, copies: &str, form: &str| {
        let edit = |to: &str| (!to.is_empty()).then(|| to.to_owned());
        Change::EditMaterial(MaterialEdit { name, need: edit(need), copies: edit(copies), form: edit(form) })
    };
    Some(match recipe {
        Recipe::MaterialDropped => Change::DropMaterial(named(item.materials.len() - 1)),
        Recipe::MaterialAdded => Change::AddMaterial("纳税信用等级评定结果告知书".to_owned()),
        Recipe::MaterialRenamed => Change::RenameMaterial(Swap::new(&named(1), "无犯罪记录公证文书")),
        Recipe::MaterialCopies => edit(named(1), "", "3份", ""),
        Recipe::MaterialNeed => edit(named(0), "非必要", "", ""),
        Recipe::MaterialForm => {
            let both = item.materials.iter().find(|material| material.kind != MaterialKind::Other)?;
            edit(both.name.clone(), "", "", "纸质")
        }
        _ => return None,
    })
}

/// What one channel leaves out, blank, or says by way of an excuse or an accident.
fn lacking(recipe: Recipe) -> Option<Vec<Spoiled>> {
    let one = match recipe {
        Recipe::LawMissing => ("law_basis", Change::Hide),
        Recipe::PlaceMissing => ("place", Change::Hide),
        Recipe::ConditionMissing => ("condition", Change::Hide),
        Recipe::ComplaintMissing => ("complain", Change::Hide),
        Recipe::LegalLimitMissing => ("legal_limit", Change::Hide),
        Recipe::MaterialsMissing => ("materials", Change::Hide),
        Recipe::FaqMissing => ("faq", Change::Hide),
        Recipe::FlowMissing => ("flow", Change::Hide),
        Recipe::HoursEmpty => ("time", Change::Blank),
        Recipe::PlaceEmpty => ("place", Change::Blank),
        Recipe::ConditionEmpty => ("condition", Change::Blank),
        Recipe::PlacePlaceholder => ("place", set("详见窗口")),
        Recipe::LawPlaceholder => ("law_basis", set("暂无")),
        Recipe::HoursPlaceholder => ("time", set("待定")),
        Recipe::MaterialsPlaceholder => ("materials", set("详见附件")),
        Recipe::PhoneLeak => ("consult", set("null")),
        Recipe::HoursLeak => ("time", set("undefined")),
        Recipe::PlaceLeak => ("place", set("[object Object]")),
        Recipe::PromiseTemplate => ("promise_limit", set("{{lawTime}}")),
        Recipe::PromiseUnitOnly => ("promise_limit", set(" (工作日)")),
        Recipe::VisitsLeak => ("visits", set("NaN次")),
        Recipe::FlowImageDead => ("flow", Change::BreakImage),
        Recipe::StagesOnly => ("flow", Change::BareStages),
        _ => return None,
    };
    Some(vec![one])
}

/// Limits, visits, ways to apply and fees that contradict each other.
fn broken_limits_and_fees(item: &Item, recipe: Recipe) -> Option<Vec<Spoiled>> {
    Some(match recipe {
        Recipe::PromiseTooLong => vec![("promise_limit", days(item.legal + 5))],
        Recipe::NotInstant => vec![("project_type", set("即办件"))],
        Recipe::InstantAsPromised => vec![("promise_limit", set("即办"))],
        Recipe::NoVisitReason => vec![("visit_reason", Change::Hide)],
        Recipe::NoWayToApply => vec![
            ("handle_form", set("窗口办理")),
            ("visits", set("0次")),
            ("visit_reason", Change::Hide),
            ("online_flag", set("否")),
            ("online_depth", Change::Hide),
            ("online_url", Change::Hide),
            ("express", set("否")),
        ],
        Recipe::OnlineButVisit => vec![("online_depth", set("Ⅳ级（全程网办）"))],
        Recipe::NoFeeStandard => vec![("fee", Change::Hide)],
        Recipe::FreeButPaid => vec![("pay_online", set("是"))],
        Recipe::OnlineNowhere => vec![("online_url", set("无"))],
        Recipe::VisitWithoutWindow => vec![("place", set("无线下办理窗口"))],
        _ => return None,
    })
}

/// Telephones, codes, materials and results that break a rule.
fn broken_rest(item: &Item, recipe: Recipe) -> Vec<Spoiled> {
    let consult = item.office.as_ref().map_or("", |office| office.consult.as_str());
    let one = match recipe {
        Recipe::SamePhones => ("complain", set(consult)),
        Recipe::NoAreaCode => ("consult", set(consult.split_once('-').map_or(consult, |(_, local)| local))),
        Recipe::NoResultSample => ("result_sample", set("无")),
        Recipe::LicenceAsLetter => ("result_type", set("批文")),
        Recipe::NoQuestions => ("faq", Change::Hide),
        Recipe::FewStages => ("flow", Change::FewStages),
        Recipe::WrongCheckDigit => ("impl_code", Change::WrongCheckDigit),
        Recipe::OtherItemsCode => ("handle_code", set(format!("{}901", &item.code[..30]))),
        Recipe::OtherTypeInCode => ("item_type", set("行政处罚")),
        Recipe::FormWithoutBlank => ("materials", Change::DropForm),
        Recipe::BlankGone => ("materials", spoil_blank("gone")),
        Recipe::BlankEmpty => ("materials", spoil_blank("empty")),
        Recipe::BlankIsPage => ("materials", spoil_blank("page")),
        Recipe::BlankBroken => ("materials", spoil_blank("broken")),
        Recipe::ResultSampleGone => ("result_sample", Change::Relink("/file/result/lost.pdf".to_owned())),
        Recipe::BookingNowhere => {
            ("booking", Change::Statements(vec!["是".to_owned(), "在线预约地址：无".to_owned()]))
        }
        Recipe::BookingDead => ("booking", Change::Relink("/booking/closed".to_owned())),
        Recipe::CatchAllMaterial => ("materials", Change::AddMaterial("其他相关材料".to_owned())),
        Recipe::EntrustedByNobody => ("power_source", set("上级委托")),
        Recipe::NothingNecessary => ("materials", Change::Unneeded),
        _ => ("use_level", set("省级")),
    };
    vec![one]
}

fn spoil_blank(how: &str) -> Change {
    Change::SpoilBlank(how.to_owned())
}

/// The first condition with another number, or, where it has none, with an age limit added.
fn other_condition(item: &Item) -> Change {
    let numbered = item.conditions.iter().find_map(|condition| {
        let digits: String = condition
            .chars()
            .skip_while(|sign| !sign.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        let number: u32 = digits.parse().ok()?;
        Some(Swap::new(condition, &condition.replacen(&digits, &(number + 5).to_string(), 1)))
    });
    let first = item.conditions.first().map_or("", String::as_str);
    Change::Replace(numbered.unwrap_or_else(|| Swap::new(first, &format!("{first}，且年满45周岁"))))
}
