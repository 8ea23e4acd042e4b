//! Nearly faults: what looks like a planted fault and is right. They stand on items that carry no fault, on the clean
//! portal too, and an audit must not speak of them.

use super::draw::{Dice, Draw};
use super::drawn_faults::Spoiled;
use super::fault::{Change, GuideFault};
use super::guide::stages;
use super::item::{Item, ItemType};
use super::settings::CHANNELS;
use std::collections::BTreeSet;

/// A kind of nearly fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    /// R01: the promise is as long as the law allows.
    PromiseAsLegal,
    /// R08: the telephones differ in the last figure.
    NearlySamePhones,
    /// R09: an extension.
    Extension,
    /// R09: two numbers.
    TwoPhones,
    /// R09: a short number that everybody can dial.
    Hotline,
    /// R03: no visit and, beside it, 无 as its reason.
    NoVisitNoReason,
    /// R06, R07: 无 as the standard of no fee.
    FreeWithNothing,
    /// R11: a reply that is a letter.
    ReplyAsLetter,
    /// R18: a material that begins with 其他 and is a particular one.
    ParticularOther,
    /// R20: entrusted, and by whom.
    EntrustedBySomebody,
    /// R21: not online, and no address.
    OfflineWithoutAddress,
    /// R22, R29: no booking, and no way to it.
    NoBooking,
    /// R25: some materials are not necessary.
    SomeUnneeded,
    /// R28: no window, and nobody has to come.
    WindowlessOnline,
    /// R19: stages with how long they take.
    StagesWithDays,
    /// R24: 详见 within a real statement.
    DetailsBeside,
    /// A 无 that one channel leaves out.
    NothingLeftOut,
    /// A number that is a real limit, the same everywhere.
    RealQuota,
    /// Two materials of nearly the same name.
    TwinMaterials,
}

const NEIGHBOURS: [Neighbour; 19] = [
    Neighbour::PromiseAsLegal,
    Neighbour::NearlySamePhones,
    Neighbour::Extension,
    Neighbour::TwoPhones,
    Neighbour::Hotline,
    Neighbour::NoVisitNoReason,
    Neighbour::FreeWithNothing,
    Neighbour::ReplyAsLetter,
    Neighbour::ParticularOther,
    Neighbour::EntrustedBySomebody,
    Neighbour::OfflineWithoutAddress,
    Neighbour::NoBooking,
    Neighbour::SomeUnneeded,
    Neighbour::WindowlessOnline,
    Neighbour::StagesWithDays,
    Neighbour::DetailsBeside,
    Neighbour::NothingLeftOut,
    Neighbour::RealQuota,
    Neighbour::TwinMaterials,
];

impl Neighbour {
    fn suits(self, item: &Item) -> bool {
        match self {
            Neighbour::PromiseAsLegal => item.promise.is_some(),
            Neighbour::NoVisitNoReason => item.visits == 0,
            Neighbour::FreeWithNothing => item.fee.is_none(),
            Neighbour::OfflineWithoutAddress => item.visits > 0 && item.fee.is_none(),
            Neighbour::WindowlessOnline => item.visits == 0 && item.depth.is_some(),
            Neighbour::ReplyAsLetter => item.certificate.is_none() && item.kind != ItemType::Permit,
            Neighbour::SomeUnneeded => item.materials.len() >= 2,
            _ => true,
        }
    }

    /// Whether only one channel shows it.
    fn is_single(self) -> bool {
        matches!(self, Neighbour::NoVisitNoReason | Neighbour::FreeWithNothing | Neighbour::NothingLeftOut)
    }
}

/// A nearly fault for every item that carries no fault.
pub(crate) fn plant_neighbours(items: &[Item], draws: &[Draw], seed: u64) -> Vec<GuideFault> {
    let spoiled: BTreeSet<usize> = draws.iter().map(|draw| draw.item).collect();
    let sound = items.iter().enumerate().filter(|(index, _)| !spoiled.contains(index));
    sound.flat_map(|(_, item)| near_faults(item, seed)).collect()
}

fn near_faults(item: &Item, seed: u64) -> Vec<GuideFault> {
    let mut dice = Dice::of(seed, &["near", &item.code]);
    let first = dice.below(NEIGHBOURS.len());
    let turned = NEIGHBOURS.iter().cycle().skip(first).take(NEIGHBOURS.len());
    let Some(&neighbour) = turned.into_iter().find(|neighbour| neighbour.suits(item)) else {
        return Vec::new();
    };
    let at = dice.below(CHANNELS.len());
    let channels = if neighbour.is_single() { &CHANNELS[at..=at] } else { &CHANNELS[..] };
    changes(item, neighbour)
        .into_iter()
        .map(|(element, change)| GuideFault {
            fault: format!("{neighbour:?}"),
            item: item.name.clone(),
            channels: channels.iter().map(|&channel| channel.to_owned()).collect(),
            element: element.to_owned(),
            change,
        })
        .collect()
}

fn set(text: impl Into<String>) -> Change {
    Change::Set(text.into())
}

fn changes(item: &Item, neighbour: Neighbour) -> Vec<Spoiled> {
    let consult = item.office.as_ref().map_or("", |office| office.consult.as_str());
    match neighbour {
        Neighbour::PromiseAsLegal => vec![("promise_limit", set(format!("{}个工作日", item.legal)))],
        Neighbour::NearlySamePhones => vec![("complain", set(nearly(consult)))],
        Neighbour::Extension => vec![("consult", set(format!("{consult}转801")))],
        Neighbour::TwoPhones => vec![("consult", set(format!("{consult}、0356-2026199")))],
        Neighbour::Hotline => vec![("complain", set("0356-12345"))],
        Neighbour::NoVisitNoReason => vec![("visit_reason", set("无"))],
        Neighbour::FreeWithNothing => vec![("fee", set("无"))],
        Neighbour::ReplyAsLetter => {
            vec![("result_name", set("关于准予办理的批复")), ("result_type", set("批文"))]
        }
        Neighbour::ParticularOther => {
            vec![("materials", Change::AddMaterial("其他股东的居民身份证".to_owned()))]
        }
        Neighbour::TwinMaterials => vec![("materials", twin(item))],
        Neighbour::SomeUnneeded => {
            vec![("materials", Change::AddMaterial("授权委托书（委托他人办理时提交）".to_owned()))]
        }
        Neighbour::EntrustedBySomebody => {
            vec![("power_source", set("上级委托")), ("entrust", set("山西省人民政府"))]
        }
        Neighbour::OfflineWithoutAddress => vec![
            ("online_flag", set("否")),
            ("online_depth", Change::Hide),
            ("online_url", Change::Hide),
            ("handle_form", set("窗口办理")),
        ],
        Neighbour::NoBooking => vec![("booking", set("否"))],
        Neighbour::WindowlessOnline => vec![
            ("place", set("无线下办理窗口")),
            ("handle_form", set("网上办理、快递申请")),
            ("hall", set("否")),
        ],
        Neighbour::StagesWithDays => vec![("flow", Change::Lines(timed_stages(item)))],
        Neighbour::DetailsBeside => vec![("remedy", remedy_with_details())],
        Neighbour::NothingLeftOut => vec![("agency", Change::Hide)],
        Neighbour::RealQuota => vec![("quota", set("每年不超过30家"))],
    }
}

/// The same telephone with the next last figure.
fn nearly(phone: &str) -> String {
    let last = phone.chars().last().and_then(|last| last.to_digit(10)).unwrap_or(0);
    format!("{}{}", &phone[..phone.len().saturating_sub(1)], (last + 1) % 10)
}

fn twin(item: &Item) -> Change {
    let first = item.materials.first().map_or("", |material| material.name.as_str());
    Change::AddMaterial(format!("{first}复印件"))
}

fn timed_stages(item: &Item) -> Vec<String> {
    stages(item).iter().enumerate().map(|(at, (name, _))| format!("{name}（{}个工作日内）", at + 1)).collect()
}

fn remedy_with_details() -> Change {
    set("申请人对办理结果不服的，可以自收到决定之日起六十日内申请行政复议（受理机关详见决定书），\
         也可以在六个月内提起行政诉讼")
}
