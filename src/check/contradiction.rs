//! 自相矛盾: one page that states one fact twice, differently. Which of the two holds nobody can tell; people cannot, either.

use crate::model::{Catalogue, ChannelId, Element, Kind};
use crate::text::{self, Sort};

use super::ledger::{Draft, Ledger, weight};
use super::quote::quote;
use super::sides::{Side, Sides};

/// Enters one finding for each element that pages contradict themselves in.
pub(super) fn judge(ledger: &mut Ledger<'_>, sides: &Sides<'_>) {
    for element in &Catalogue::embedded().elements {
        let torn: Vec<(&Side<'_>, &str)> = sides
            .seen
            .iter()
            .filter(|side| !ledger.speaks_of(side.channel, &element.id))
            .filter_map(|side| Some((side, other_fact(side, &element.id)?)))
            .collect();
        if !torn.is_empty() {
            enter(ledger, sides, element, &torn);
        }
    }
}

/// A rival value that means something else than the chosen one; both must be understood.
fn other_fact<'a>(side: &Side<'a>, id: &str) -> Option<&'a str> {
    let rivals = side.guide.rivals.get(id)?;
    let chosen = fact(id, &side.reading(id)?.text)?;
    rivals.iter().map(String::as_str).find(|rival| fact(id, rival).is_some_and(|fact| fact != chosen))
}

/// What a value says, in one form; `None` where that is not surely understood. What is written of 预约 beside 是 is its
/// address (R29).
fn fact(id: &str, said: &str) -> Option<String> {
    match id {
        "legal_limit" | "promise_limit" => text::limit(said).map(|_| text::normal(text::sort_of(id), said)),
        "visits" => text::count(said).map(|count| count.to_string()),
        "fee_flag" => text::fee(said).map(|charged| charged.to_string()),
        "project_type" => match (said.contains("即办"), said.contains("承诺")) {
            (true, false) => Some("即办件".to_owned()),
            (false, true) => Some("承诺件".to_owned()),
            _ => None,
        },
        "base_code" | "impl_code" => {
            let code = text::normal(Sort::Code, said);
            (code.len() >= 12).then(|| code.to_ascii_uppercase())
        }
        "express" | "hall" | "online_flag" | "pay_online" | "terminal" | "commit" => {
            text::yes_no(said).map(|yes| yes.to_string())
        }
        _ => None,
    }
}

fn enter(ledger: &mut Ledger<'_>, sides: &Sides<'_>, element: &Element, torn: &[(&Side<'_>, &str)]) {
    let channels: Vec<ChannelId> = torn.iter().map(|(side, _)| side.channel.clone()).collect();
    let (side, rival) = torn[0];
    let chosen = side.reading(&element.id).map_or("", |reading| reading.text.as_str());
    let name = &element.name;
    let message = format!(
        "{}的同一个页面上，“{name}”一处写{}，另一处写{}。",
        ledger.roll().names(&channels),
        quote(chosen),
        quote(rival)
    );
    ledger.enter(Draft {
        element: &element.id,
        kind: Kind::Contradictory,
        rule: None,
        severity: weight(element),
        channels,
        message,
        advice: format!("对照实施清单核实“{name}”，页面上每一处都改为同一内容。"),
        sayings: sides.sayings(|side| side.saying(&element.id)),
    });
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;

    fn found(element: &str, rival: &str) -> Vec<String> {
        Trial::new()
            .guide_on("app", |guide| {
                guide.rivals.insert(element.to_owned(), vec![rival.to_owned()]);
            })
            .found("guide.consistency")
    }

    #[test]
    fn a_second_value_that_means_something_else_is_a_contradiction() {
        for (element, rival) in [
            ("promise_limit", "15个工作日"),
            ("visits", "2次"),
            ("fee_flag", "收费"),
            ("project_type", "即办件"),
            ("online_flag", "否"),
        ] {
            assert_eq!(found(element, rival), [format!("app {element} contradictory")]);
        }
    }

    #[test]
    fn the_same_in_other_words_and_what_is_not_understood_hold() {
        for (element, rival) in [
            ("promise_limit", "２０工作日"),
            ("promise_limit", "详见说明"),
            ("visits", "最多跑一次"),
            ("fee_flag", "免费"),
            ("online_flag", "支持"),
            ("impl_code", "无"),
        ] {
            assert_eq!(found(element, rival), Vec::<String>::new(), "{element} {rival}");
        }
    }

    #[test]
    fn what_already_differs_between_the_channels_is_one_finding() {
        let trial = Trial::new().set("app", "visits", "2次").guide_on("app", |guide| {
            guide.rivals.insert("visits".to_owned(), vec!["1次".to_owned()]);
        });
        assert_eq!(trial.found("guide.consistency"), ["app visits differs"]);
    }
}
