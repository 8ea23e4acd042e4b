//! 要素缺失: an element that other channels show and this one does not, or that every guide owes and nobody shows.

use crate::model::{Element, Kind, Requirement};

use super::ledger::{Draft, Ledger, weight};
use super::sides::{Side, Sides};
use super::standing::{Row, Standing, is_called_for, is_excused};

/// Enters one finding for each element that channels lack.
pub(super) fn judge(ledger: &mut Ledger<'_>, sides: &Sides<'_>, rows: &[Row]) {
    // Whether the process is explained at all is guide.process's question; a way to apply online is each channel's own.
    for row in rows.iter().filter(|row| !matches!(row.element.id.as_str(), "flow" | "online_url")) {
        let lacking = lacking(sides, row);
        if !lacking.is_empty() {
            enter(ledger, sides, row.element, &lacking);
        }
    }
}

/// The channels that should show the element and do not.
fn lacking<'s, 'a>(sides: &'s Sides<'a>, row: &Row) -> Vec<&'s Side<'a>> {
    let id = row.element.id.as_str();
    let absent: Vec<&Side<'a>> = sides
        .seen
        .iter()
        .zip(&row.standings)
        .filter(|(side, standing)| !standing.is_shown() && !is_excused(side, id))
        .map(|(side, _)| side)
        .collect();
    let shown = row.standings.iter().filter(|standing| standing.is_shown()).count();
    let required = row.element.required == Requirement::Required;
    if shown == 0 {
        // Nobody shows it: with one channel read out of several, the others might.
        let can_tell = sides.seen.len() >= 2 || sides.is_single_channel();
        return if required && can_tell { absent } else { Vec::new() };
    }
    let owed_by_all = required && !is_all_nothing(row);
    let stated = row.standings.contains(&Standing::Stated);
    let only_one = absent.len() == 1 && shown + 1 == sides.seen.len();
    if !required && absent.iter().any(|side| Some(side.channel) == sides.authority) {
        // The channel that is declared to be right leaves it out.
        return Vec::new();
    }
    let owes = |side: &Side<'a>| owed_by_all || (stated && (only_one || is_called_for(side, id)));
    absent.into_iter().filter(|side| owes(side)).collect()
}

/// Leaving out what the others answer with 无 tells people the same.
fn is_all_nothing(row: &Row) -> bool {
    row.standings
        .iter()
        .all(|standing| matches!(standing, Standing::Nothing | Standing::Absent | Standing::Doubtful))
}

fn enter(ledger: &mut Ledger<'_>, sides: &Sides<'_>, element: &Element, lacking: &[&Side<'_>]) {
    let channels: Vec<_> = lacking.iter().map(|side| side.channel.clone()).collect();
    let name = &element.name;
    let everybody = lacking.len() == sides.seen.len();
    let key = if element.key { "（办事指南八类关键要素之一）" } else { "" };
    let message = if everybody {
        let who = if sides.is_single_channel() { "页面" } else { "看到的渠道都" };
        format!("{who}没有载明“{name}”{key}。")
    } else {
        let others = sides.seen.iter().map(|side| side.channel).filter(|channel| !channels.contains(channel));
        let who = ledger.roll().names(&channels);
        format!("{who}的办事指南没有“{name}”{key}，{}有。", ledger.roll().names(others))
    };
    ledger.enter(Draft {
        element: &element.id,
        kind: Kind::Missing,
        rule: None,
        severity: weight(element),
        channels,
        message,
        advice: format!("按照实施清单补充“{name}”，各渠道同步展示。"),
        sayings: sides.sayings(|side| side.saying(&element.id)),
    });
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use crate::model::Severity;

    #[test]
    fn an_element_that_all_others_show_is_missing() {
        let trial = Trial::new().hide("app", "law_basis");
        assert_eq!(trial.found("guide.consistency"), ["app law_basis missing"]);
        assert_eq!(trial.findings("guide.consistency")[0].severity, Severity::Major);
        assert_eq!(Trial::new().hide("app", "faq").found("guide.consistency"), ["app faq missing"]);
    }

    #[test]
    fn a_required_element_that_nobody_shows_is_missing_everywhere() {
        assert_eq!(
            Trial::new().hide_all("complain").found("guide.consistency"),
            ["pc+app+mini+kiosk complain missing"]
        );
        assert!(Trial::new().hide_all("daily_name").found("guide.consistency").is_empty());
    }

    #[test]
    fn an_optional_element_that_half_of_the_channels_show_is_not_missing() {
        assert!(Trial::new().hide("app", "faq").hide("pc", "faq").found("guide.consistency").is_empty());
        let required = Trial::new().hide("app", "time").hide("pc", "time");
        assert_eq!(required.found("guide.consistency"), ["pc+app time missing"]);
    }

    #[test]
    fn what_is_ruled_out_by_another_element_is_not_missing() {
        assert!(Trial::new().hide("app", "fee").set("pc", "fee", "无").found("guide.consistency").is_empty());
        assert!(
            Trial::new().hide("app", "agency").hide("app", "special").found("guide.consistency").is_empty()
        );
        assert!(Trial::new().hide("app", "entrust").found("guide.consistency").is_empty());
    }

    #[test]
    fn a_conditional_element_that_is_called_for_is_missing() {
        let trial = Trial::new().hide("app", "visit_reason").hide("pc", "visit_reason");
        assert_eq!(trial.found("guide.consistency"), ["pc+app visit_reason missing"]);
    }

    #[test]
    fn one_channel_read_out_of_four_cannot_say_what_is_missing_everywhere() {
        let trial = Trial::new()
            .blocked("app", "没有响应")
            .blocked("mini", "没有响应")
            .blocked("kiosk", "没有响应")
            .hide("pc", "complain");
        assert!(trial.found("guide.consistency").is_empty());
        assert_eq!(
            Trial::new().only("pc").hide("pc", "complain").found("guide.consistency"),
            ["pc complain missing"]
        );
    }
}
