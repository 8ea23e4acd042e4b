//! The answer key of a seeded portal: what a person would report of each drawn fault. It knows the kinds of faults,
//! not how they are planted.

use super::answer_key::Expected;
use super::draw::{Draw, Recipe};
use super::item::Item;

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

fn report(recipe: Recipe) -> (&'static str, &'static str, &'static str, &'static str) {
    match recipe {
        Recipe::OtherPromise => (CONSISTENCY, "promise_limit", "differs", "承诺办结时限与其他三端不同"),
        Recipe::OtherPhone => (CONSISTENCY, "consult", "differs", "咨询电话与其他三端不同"),
        Recipe::OtherPlace => (CONSISTENCY, "place", "differs", "办理地点与其他三端不同"),
        Recipe::OtherCondition => (CONSISTENCY, "condition", "differs", "受理条件与其他三端不同"),
        Recipe::MaterialDropped => (CONSISTENCY, "materials", "differs", "申请材料比其他三端少一份"),
        Recipe::MaterialAdded => (CONSISTENCY, "materials", "differs", "申请材料比其他三端多一份"),
        Recipe::LawMissing => (CONSISTENCY, "law_basis", "missing", "没有设定依据"),
        Recipe::HoursEmpty => (CONSISTENCY, "time", "empty", "办理时间是空的"),
        Recipe::PlacePlaceholder => (CONSISTENCY, "place", "placeholder", "办理地点写“详见窗口”"),
        Recipe::PhoneLeak => (CONSISTENCY, "consult", "leak", "咨询电话显示null"),
        Recipe::PromiseTemplate => (CONSISTENCY, "promise_limit", "leak", "承诺办结时限露出模板变量"),
        Recipe::PromiseTooLong => (CONSISTENCY, "promise_limit", "rule:R01", "承诺时限比法定时限长"),
        Recipe::NotInstant => (CONSISTENCY, "project_type", "rule:R02", "写即办件，承诺时限却不是即办"),
        Recipe::NoVisitReason => (CONSISTENCY, "visit_reason", "rule:R03", "要到现场却没有写原因"),
        Recipe::NoFeeStandard => (CONSISTENCY, "fee", "rule:R06", "写收费却没有收费项目、标准和依据"),
        Recipe::SamePhones => (CONSISTENCY, "complain", "rule:R08", "投诉电话和咨询电话相同"),
        Recipe::NoAreaCode => (CONSISTENCY, "consult", "rule:R09", "咨询电话没有区号"),
        Recipe::WrongCheckDigit => (CONSISTENCY, "impl_code", "rule:R14", "实施编码的校验位不对"),
        Recipe::CatchAllMaterial => (CONSISTENCY, "materials", "rule:R18", "材料里有兜底条款"),
        Recipe::FlowMissing => (PROCESS, "flow", "missing", "没有办理流程"),
        Recipe::FlowImageDead => (PROCESS, "flow", "dead-media", "办理流程图打不开"),
        Recipe::StagesOnly => (PROCESS, "flow", "stages-only", "办理流程只有环节名称"),
    }
}
