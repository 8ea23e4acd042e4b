//! The planting of a seeded portal: what a drawn fault does to a guide, and the further harmless variations.

use super::draw::{Dice, Draw, Recipe};
use super::fault::{Change, GuideFault, Planting, Swap};
use super::item::Item;
use super::settings::CHANNELS;
use super::style::Style;
use super::variation::Variation;

/// Turns drawn faults into changes of guides.
pub(crate) fn plant_draws(items: &[Item], draws: &[Draw]) -> Planting {
    let guide =
        draws.iter().filter_map(|draw| items.get(draw.item).map(|item| guide_fault(item, draw))).collect();
    Planting { guide, ..Planting::default() }
}

fn guide_fault(item: &Item, draw: &Draw) -> GuideFault {
    let (element, change) = spoil(item, draw.recipe);
    GuideFault {
        fault: draw.fault.clone(),
        item: item.name.clone(),
        channels: draw.channels.clone(),
        element: element.to_owned(),
        change,
    }
}

fn spoil(item: &Item, recipe: Recipe) -> (&'static str, Change) {
    let set = |text: &str| Change::Set(text.to_owned());
    let days = |days: u16| Change::Set(format!("{days}个工作日"));
    let (promise, office) = (item.promise.unwrap_or(1), item.office.as_ref());
    match recipe {
        Recipe::OtherPromise => ("promise_limit", days(promise - 1)),
        Recipe::OtherPhone => ("consult", set("0356-2026188")),
        Recipe::OtherPlace => ("place", set("晋城市文昌西街2026号晋城市政务服务中心五楼G区09号窗口")),
        Recipe::OtherCondition => ("condition", other_condition(item)),
        Recipe::MaterialDropped => {
            let last = item.materials.last().map(|material| material.name.clone());
            ("materials", Change::DropMaterial(last.unwrap_or_default()))
        }
        Recipe::MaterialAdded => ("materials", Change::AddMaterial("纳税信用等级评定结果告知书".to_owned())),
        Recipe::LawMissing => ("law_basis", Change::Hide),
        Recipe::HoursEmpty => ("time", Change::Blank),
        Recipe::PlacePlaceholder => ("place", set("详见窗口")),
        Recipe::PhoneLeak => ("consult", set("null")),
        Recipe::PromiseTemplate => ("promise_limit", set("{{lawTime}}")),
        Recipe::PromiseTooLong => ("promise_limit", days(item.legal + 5)),
        Recipe::NotInstant => ("project_type", set("即办件")),
        Recipe::NoVisitReason => ("visit_reason", Change::Hide),
        Recipe::NoFeeStandard => ("fee", Change::Hide),
        Recipe::SamePhones => ("complain", set(office.map_or("", |office| office.consult.as_str()))),
        Recipe::NoAreaCode => {
            let local = office
                .and_then(|office| office.consult.split_once('-'))
                .map_or("2026100", |(_, local)| local);
            ("consult", set(local))
        }
        Recipe::WrongCheckDigit => ("impl_code", Change::WrongCheckDigit),
        Recipe::CatchAllMaterial => ("materials", Change::AddMaterial("其他相关材料".to_owned())),
        Recipe::FlowMissing => ("flow", Change::Hide),
        Recipe::FlowImageDead => ("flow", Change::BreakImage),
        Recipe::StagesOnly => ("flow", Change::BareStages),
    }
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

/// Element and style pairs that may be laid on top of the written variations.
const HARMLESS: [(&str, Style); 14] = [
    ("law_basis", Style::ZeroWidth),
    ("law_basis", Style::FullWidthDigits),
    ("law_basis", Style::NonBreakingSpaces),
    ("prohibit", Style::TrailingStops),
    ("place", Style::FullWidthDigits),
    ("consult", Style::DashPhone),
    ("consult", Style::SpacedPhone),
    ("complain", Style::SpacedPhone),
    ("legal_limit", Style::FullWidthDigits),
    ("legal_limit", Style::SpacedNumbers),
    ("remedy", Style::HalfWidthPunctuation),
    ("service_object", Style::Reversed),
    ("materials", Style::Reversed),
    ("materials", Style::ChineseCopies),
];

/// One more harmless variation for every item.
pub(crate) fn drawn_variations(items: &[Item], seed: u64) -> Vec<Variation> {
    let mut dice = Dice::new(!seed);
    items
        .iter()
        .map(|item| {
            let (element, style) = HARMLESS[dice.below(HARMLESS.len())];
            Variation {
                channel: CHANNELS[dice.below(CHANNELS.len())].to_owned(),
                element: element.to_owned(),
                style,
                items: vec![item.name.clone()],
            }
        })
        .collect()
}
