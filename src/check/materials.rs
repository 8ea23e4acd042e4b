//! 申请材料: whether the channels ask for the same ones, in the same number and form.

use std::collections::BTreeMap;

use crate::model::{ChannelId, Kind, Material, Said, Saying, Severity, Sureness};
use crate::text::{self, Placeholder};

use super::ledger::{Draft, Ledger};
use super::material_faults::material_faults;
use super::pairing::{Paired, listed, pair};
use super::quote::quote;
use super::sides::{Side, Sides};
use super::standing::{Row, Standing};

/// 必要、非必要、容缺后补.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// 必要.
    Must,
    /// 非必要.
    Optional,
    /// 容缺后补.
    Later,
}

/// What a row says about its necessity; `None` when it says nothing clear.
pub(super) fn need(material: &Material) -> Option<Need> {
    let said = text::plain(material.fields.get("need")?);
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&["容缺", "后补"]) {
        Some(Need::Later)
    } else if says(&["非必", "不必", "可选", "选填", "否"]) {
        Some(Need::Optional)
    } else if says(&["必", "是", "★"]) {
        Some(Need::Must)
    } else {
        None
    }
}

/// Whether a text says that no material has to be handed in.
pub(super) fn none_needed(said: &str) -> bool {
    let bare = text::plain(said);
    ["无需", "不需要", "不需提", "免提交", "零材料"].iter().any(|word| bare.contains(word))
}

/// How the list of materials stands on one channel.
pub(super) fn standing(side: &Side<'_>) -> Standing {
    let reading = side.reading("materials");
    if listed(side).next().is_some() {
        let fields = || side.guide.materials.iter().flat_map(|material| material.fields.values());
        return fields().find_map(|said| text::leak(said)).map_or(Standing::Stated, Standing::Leak);
    }
    let Some(reading) = reading else { return Standing::Absent };
    if reading.sure == Sureness::Doubtful {
        return Standing::Doubtful;
    }
    if text::plain(&reading.text).is_empty() {
        return if reading.links.is_empty() { Standing::Empty } else { Standing::Stated };
    }
    if none_needed(&reading.text) {
        return Standing::Stated;
    }
    if let Some(piece) = text::leak(&reading.text) {
        return Standing::Leak(piece);
    }
    match text::placeholder(&reading.text) {
        Some(Placeholder::Nothing | Placeholder::Later) => Standing::Placeholder,
        Some(Placeholder::Elsewhere) if reading.links.is_empty() => Standing::Placeholder,
        _ => Standing::Stated,
    }
}

/// Enters one finding for all that differs between the channels' lists.
pub(super) fn judge(ledger: &mut Ledger<'_>, sides: &Sides<'_>, rows: &[Row]) {
    let paired = pair(sides);
    let mut faults: BTreeMap<ChannelId, Vec<String>> = BTreeMap::new();
    let of_rows = material_faults(sides, rows, &paired).into_iter();
    let of_lists = unneeded(sides, &paired).into_iter();
    for (channel, words) in of_rows.map(|fault| (fault.channel, fault.words)).chain(of_lists) {
        faults.entry(channel.clone()).or_default().push(words);
    }
    if !faults.is_empty() {
        enter(ledger, sides, faults);
    }
}

/// The channels that say nothing is needed where others list materials.
fn unneeded<'a>(sides: &Sides<'a>, paired: &Paired<'a>) -> Vec<(&'a ChannelId, String)> {
    let others = sides.seen.iter().filter(|side| !paired.channels.contains(&side.channel));
    let says_so = |side: &Side<'a>| {
        let reading = side.reading("materials").filter(|reading| reading.sure != Sureness::Doubtful);
        let said = reading.map(|reading| reading.text.as_str()).filter(|said| none_needed(said))?;
        Some((side.channel, format!("写{}，其他渠道列有材料", quote(said))))
    };
    if paired.channels.is_empty() { Vec::new() } else { others.filter_map(says_so).collect() }
}

fn enter(ledger: &mut Ledger<'_>, sides: &Sides<'_>, faults: BTreeMap<ChannelId, Vec<String>>) {
    let mut in_order: Vec<_> = faults.iter().collect();
    in_order.sort_by_key(|(channel, _)| ledger.roll().rank(channel));
    let told: Vec<String> = in_order
        .into_iter()
        .map(|(channel, words)| format!("{}{}", ledger.roll().name(channel), shortened(words)))
        .collect();
    let against =
        sides.authority.map_or_else(String::new, |right| format!("与{}", ledger.roll().name(right)));
    ledger.enter(Draft {
        element: "materials",
        kind: if sides.has_truth() { Kind::Baseline } else { Kind::Differs },
        rule: Some("R27"),
        severity: Severity::Major,
        channels: faults.into_keys().collect(),
        message: format!("“申请材料”{against}不一致：{}。", told.join("；")),
        advice: "对照实施清单核实申请材料，把各渠道的材料清单改为同一内容。".to_owned(),
        sayings: sides.sayings(saying),
    });
}

/// A list that shares nothing with the others would fill a page.
fn shortened(words: &[String]) -> String {
    const MOST: usize = 6;
    let shown = words[..words.len().min(MOST)].join("，");
    if words.len() > MOST { format!("{shown}等{}处", words.len()) } else { shown }
}

/// The names of one channel's materials, or its words where it lists none.
pub(super) fn saying(side: &Side<'_>) -> Saying {
    let names: Vec<&str> = listed(side).map(Material::name).collect();
    if names.is_empty() {
        return side.saying("materials");
    }
    let node =
        side.reading("materials").map(|reading| reading.node).or(listed(side).map(|row| row.node).next());
    Saying { said: Said::Text(names.join("；")), capture: side.evidence(), node }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, material};

    #[test]
    fn a_material_left_out_added_or_renamed_is_one_finding() {
        let dropped = Trial::new().guide_on("kiosk", |guide| drop(guide.materials.remove(1)));
        assert_eq!(dropped.found("guide.consistency"), ["kiosk materials differs"]);
        assert!(dropped.findings("guide.consistency")[0].message.contains("自助终端少了“原居民身份证”"));
        let added = Trial::new().guide_on("mini", |guide| guide.materials.push(material("近期彩色照片")));
        assert_eq!(added.found("guide.consistency"), ["mini materials differs"]);
        let renamed =
            Trial::new().guide_on("app", |guide| guide.materials[1] = material("劳动能力鉴定结论书"));
        let finding = &renamed.findings("guide.consistency")[0];
        assert!(
            finding.message.contains("少了“原居民身份证”")
                && finding.message.contains("多了“劳动能力鉴定结论书”")
        );
        assert_eq!(renamed.found("guide.consistency"), ["app materials differs"]);
    }

    #[test]
    fn order_brackets_and_small_slips_of_a_name_are_no_difference() {
        let trial = Trial::new()
            .guide_on("app", |guide| guide.materials.reverse())
            .guide_on("mini", |guide| guide.materials[2] = material("居民身份证换领登记表格"))
            .guide_on("kiosk", |guide| guide.materials[2] = material("居民身份证换领登…"));
        assert_eq!(trial.found("guide.consistency"), Vec::<String>::new());
    }

    #[test]
    fn a_column_that_says_something_else_is_part_of_the_finding() {
        for (field, said) in [("need", "非必要"), ("copies", "2份"), ("form", "纸质")] {
            let trial = Trial::new().guide_on("app", |guide| {
                guide.materials[0].fields.insert(field.to_owned(), said.to_owned());
            });
            assert_eq!(trial.found("guide.consistency"), ["app materials differs"], "{field}");
        }
        for (field, said) in
            [("need", "必须"), ("copies", "1"), ("form", "电子、纸质"), ("form", "原件"), ("need", "")]
        {
            let trial = Trial::new().guide_on("app", |guide| {
                guide.materials[0].fields.insert(field.to_owned(), said.to_owned());
            });
            assert_eq!(trial.found("guide.consistency"), Vec::<String>::new(), "{field} {said}");
        }
    }

    #[test]
    fn a_list_that_is_not_there_is_missing_or_empty_or_a_placeholder() {
        let hidden = Trial::new().guide_on("app", |guide| guide.materials.clear());
        assert_eq!(hidden.found("guide.consistency"), ["app materials missing"]);
        assert_eq!(
            hidden.clone().set("app", "materials", "").found("guide.consistency"),
            ["app materials empty"]
        );
        let elsewhere = hidden.clone().set("app", "materials", "详见附件");
        assert_eq!(elsewhere.found("guide.consistency"), ["app materials placeholder"]);
        let unneeded = hidden.set("app", "materials", "无需提交材料");
        assert_eq!(unneeded.found("guide.consistency"), ["app materials differs"]);
    }

    #[test]
    fn no_materials_anywhere_are_all_right_when_the_channels_say_so() {
        let trial = Trial::new()
            .guide_everywhere(|guide| guide.materials.clear())
            .set_all("materials", "无需提交材料");
        assert_eq!(trial.found("guide.consistency"), Vec::<String>::new());
    }

    #[test]
    fn two_channels_that_disagree_are_both_named() {
        let trial = Trial::new()
            .not_visited("mini")
            .not_visited("kiosk")
            .guide_on("app", |guide| drop(guide.materials.remove(0)));
        assert_eq!(trial.found("guide.consistency"), ["pc+app materials differs"]);
    }
}
