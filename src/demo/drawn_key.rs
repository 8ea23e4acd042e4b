//! The answer key of a seeded portal: what a person would report of each drawn fault. It knows the kinds of faults,
//! not how they are planted.

use super::answer_key::Expected;
use super::draw::Draw;
use super::item::Item;
use super::recipe::Recipe;

/// What an audit must find of the drawn faults.
pub(crate) fn key_of_draws(items: &[Item], draws: &[Draw]) -> Vec<Expected> {
    draws.iter().filter_map(|draw| items.get(draw.item).map(|item| expected(item, draw))).collect()
}

fn expected(item: &Item, draw: &Draw) -> Expected {
    let (check, element, kind, note) = report(draw.recipe);
    Expected {
        fault: draw.fault.clone(),
        check: check.to_owned(),
        item: item.name.clone(),
        channels: draw.channels.clone(),
        element: element.to_owned(),
        kind: kind.to_owned(),
        note: note.to_owned(),
    }
}

const CONSISTENCY: &str = "guide.consistency";
const PROCESS: &str = "guide.process";

/// Check, element, kind and what a person sees.
type Report = (&'static str, &'static str, &'static str, &'static str);

fn report(recipe: Recipe) -> Report {
    differing(recipe).or_else(|| lacking(recipe)).unwrap_or_else(|| breaking(recipe))
}

fn differing(recipe: Recipe) -> Option<Report> {
    let (element, note) = match recipe {
        Recipe::OtherPromise => ("promise_limit", "承诺办结时限与其他三端不同"),
        Recipe::OtherLegalLimit => ("legal_limit", "法定办结时限与其他三端不同"),
        Recipe::OtherLimitUnit => ("promise_limit", "承诺办结时限写自然日，其他三端写工作日"),
        Recipe::OtherPhone => ("consult", "咨询电话与其他三端不同"),
        Recipe::OtherComplaint => ("complain", "监督投诉电话与其他三端不同"),
        Recipe::OtherPlace => ("place", "办理地点与其他三端不同"),
        Recipe::OtherWindow => ("place", "窗口号与其他三端不同"),
        Recipe::OtherHours => ("time", "上午开门的时间与其他三端不同"),
        Recipe::SaturdayToo => ("time", "写周六也办理，其他三端只到周五"),
        Recipe::OtherCondition => ("condition", "受理条件里的数字与其他三端不同"),
        Recipe::ConditionDropped => ("condition", "受理条件比其他三端少一条"),
        Recipe::ConditionAdded => ("condition", "受理条件比其他三端多一条"),
        Recipe::OtherProhibition => ("prohibit", "禁止性要求与其他三端不同"),
        Recipe::OtherArticle => ("law_basis", "设定依据引用的条款与其他三端不同"),
        Recipe::OtherLaw => ("law_basis", "设定依据引用的法律与其他三端不同"),
        Recipe::OtherFee => ("fee", "收费标准与其他三端不同"),
        Recipe::FreeHere => ("fee_flag", "写不收费，其他三端写收费"),
        Recipe::OtherVisits => ("visits", "到现场次数与其他三端不同"),
        Recipe::OtherObject => ("service_object", "服务对象与其他三端不同"),
        Recipe::OtherScope => ("cross_area", "通办范围与其他三端不同"),
        Recipe::OtherForm => ("handle_form", "办理形式比其他三端少一种"),
        Recipe::OtherResult => ("result_name", "审批结果名称与其他三端不同"),
        Recipe::OtherQuota => ("quota", "写有数量限制，其他三端写没有"),
        Recipe::MaterialDropped => ("materials", "申请材料比其他三端少一份"),
        Recipe::MaterialAdded => ("materials", "申请材料比其他三端多一份"),
        Recipe::MaterialRenamed => ("materials", "一份申请材料换成了另一份"),
        Recipe::MaterialCopies => ("materials", "一份申请材料的份数与其他三端不同"),
        Recipe::MaterialNeed => ("materials", "一份申请材料的必要性与其他三端不同"),
        Recipe::MaterialForm => ("materials", "一份申请材料只收纸质，其他三端也收电子"),
        _ => return None,
    };
    Some((CONSISTENCY, element, "differs", note))
}

fn lacking(recipe: Recipe) -> Option<Report> {
    let (element, kind, note) = match recipe {
        Recipe::LawMissing => ("law_basis", "missing", "没有设定依据"),
        Recipe::PlaceMissing => ("place", "missing", "没有办理地点"),
        Recipe::ConditionMissing => ("condition", "missing", "没有受理条件"),
        Recipe::ComplaintMissing => ("complain", "missing", "没有监督投诉电话"),
        Recipe::LegalLimitMissing => ("legal_limit", "missing", "没有法定办结时限"),
        Recipe::MaterialsMissing => ("materials", "missing", "没有申请材料"),
        Recipe::FaqMissing => ("faq", "missing", "没有常见问题"),
        Recipe::HoursEmpty => ("time", "empty", "办理时间是空的"),
        Recipe::PlaceEmpty => ("place", "empty", "办理地点是空的"),
        Recipe::ConditionEmpty => ("condition", "empty", "受理条件是空的"),
        Recipe::PlacePlaceholder => ("place", "placeholder", "办理地点写“详见窗口”"),
        Recipe::LawPlaceholder => ("law_basis", "placeholder", "设定依据写“暂无”"),
        Recipe::HoursPlaceholder => ("time", "placeholder", "办理时间写“待定”"),
        Recipe::MaterialsPlaceholder => ("materials", "placeholder", "申请材料写“详见附件”"),
        Recipe::PhoneLeak => ("consult", "leak", "咨询电话显示null"),
        Recipe::HoursLeak => ("time", "leak", "办理时间显示undefined"),
        Recipe::PlaceLeak => ("place", "leak", "办理地点显示[object Object]"),
        Recipe::PromiseTemplate => ("promise_limit", "leak", "承诺办结时限露出模板变量"),
        Recipe::PromiseUnitOnly => ("promise_limit", "leak", "承诺办结时限只有单位"),
        Recipe::VisitsLeak => ("visits", "leak", "到现场次数显示NaN"),
        Recipe::BlankGone => ("materials", "dead-file", "空白表格打不开"),
        Recipe::BlankEmpty => ("materials", "bad-file", "空白表格是空文件"),
        Recipe::BlankIsPage => ("materials", "bad-file", "空白表格下载到的是网页"),
        Recipe::BlankBroken => ("materials", "bad-file", "空白表格下载到一半，打不开"),
        Recipe::ResultSampleGone => ("result_sample", "dead-file", "结果样本打不开"),
        Recipe::FlowMissing => return Some((PROCESS, "flow", "missing", "没有办理流程")),
        Recipe::FlowImageDead => return Some((PROCESS, "flow", "dead-media", "办理流程图打不开")),
        Recipe::StagesOnly => return Some((PROCESS, "flow", "stages-only", "办理流程只有环节名称")),
        _ => return None,
    };
    Some((CONSISTENCY, element, kind, note))
}

fn breaking(recipe: Recipe) -> Report {
    let (element, rule, note) = match recipe {
        Recipe::PromiseTooLong => ("promise_limit", "rule:R01", "承诺时限比法定时限长"),
        Recipe::NotInstant => ("project_type", "rule:R02", "写即办件，承诺时限却不是即办"),
        Recipe::InstantAsPromised => ("project_type", "rule:R02", "承诺即办，办件类型却写承诺件"),
        Recipe::NoVisitReason => ("visit_reason", "rule:R03", "要到现场却没有写原因"),
        Recipe::NoWayToApply => ("handle_form", "rule:R04", "不用到现场，又不能网办，也不能邮寄"),
        Recipe::OnlineButVisit => ("visits", "rule:R05", "写全程网办，却要到现场"),
        Recipe::NoFeeStandard => ("fee", "rule:R06", "写收费却没有收费项目、标准和依据"),
        Recipe::FreeButPaid => ("pay_online", "rule:R07", "写不收费，却支持网上支付"),
        Recipe::SamePhones => ("complain", "rule:R08", "投诉电话和咨询电话相同"),
        Recipe::NoAreaCode => ("consult", "rule:R09", "咨询电话没有区号"),
        Recipe::NoResultSample => ("result_sample", "rule:R10", "有结果名称，没有结果样本"),
        Recipe::LicenceAsLetter => ("result_type", "rule:R11", "结果是证照，类型写批文"),
        Recipe::NoQuestions => ("faq", "rule:R12", "行政许可没有常见问题"),
        Recipe::FewStages => ("flow", "rule:R13", "行政许可的流程环节不全"),
        Recipe::WrongCheckDigit => ("impl_code", "rule:R14", "实施编码的校验位不对"),
        Recipe::OtherItemsCode => ("handle_code", "rule:R15", "业务办理项编码与实施编码不符"),
        Recipe::OtherTypeInCode => ("base_code", "rule:R16", "编码里的事项类型与写的不符"),
        Recipe::FormWithoutBlank => ("materials", "rule:R17", "申请表没有空白表格和示例样表"),
        Recipe::CatchAllMaterial => ("materials", "rule:R18", "材料里有兜底条款"),
        Recipe::EntrustedByNobody => ("entrust", "rule:R20", "权力来源是委托，没有委托部门"),
        Recipe::OnlineNowhere => ("online_url", "rule:R21", "可以网办，没有网办地址"),
        Recipe::BookingDead => ("booking", "rule:R22", "支持预约，预约入口打不开"),
        Recipe::BookingNowhere => ("booking", "rule:R29", "支持预约，预约地址却写无"),
        Recipe::NothingNecessary => ("materials", "rule:R25", "没有一份材料是必要的"),
        Recipe::OtherLevelInCode => ("use_level", "rule:R26", "编码里的层级与行使层级不符"),
        _ => ("place", "rule:R28", "没有线下窗口，却要到现场"),
    };
    (CONSISTENCY, element, rule, note)
}
