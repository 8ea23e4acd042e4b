//! 空白、占位、模板残留: a label whose value is no value. A fault of its own, whatever the other channels say.

use crate::model::{ChannelId, Element, Kind, Severity};
use crate::text::{self, Placeholder};

use super::ledger::{Draft, Ledger, weight};
use super::quote::quote;
use super::sides::{Side, Sides};
use super::standing::{Row, Standing};

/// Enters one finding for each element and kind of blemish, over the channels that show it.
pub(super) fn judge(ledger: &mut Ledger<'_>, sides: &Sides<'_>, rows: &[Row]) {
    for row in rows.iter().filter(|row| row.standings.iter().any(Standing::is_blemish)) {
        let of_kind = |wanted: Kind| -> Vec<&Side<'_>> {
            let stands = sides.seen.iter().zip(&row.standings);
            stands.filter(|(_, standing)| kind_of(standing) == Some(wanted)).map(|(side, _)| side).collect()
        };
        for kind in [Kind::Empty, Kind::Placeholder, Kind::Leak] {
            let blemished = of_kind(kind);
            // Whether the process is explained at all is guide.process's question.
            if !blemished.is_empty() && (row.element.id != "flow" || kind == Kind::Leak) {
                enter(ledger, sides, row, kind, &blemished);
            }
        }
    }
}

fn kind_of(standing: &Standing) -> Option<Kind> {
    match standing {
        Standing::Empty => Some(Kind::Empty),
        Standing::Placeholder => Some(Kind::Placeholder),
        Standing::Leak(_) => Some(Kind::Leak),
        _ => None,
    }
}

fn enter(ledger: &mut Ledger<'_>, sides: &Sides<'_>, row: &Row, kind: Kind, blemished: &[&Side<'_>]) {
    let element = row.element;
    let channels: Vec<ChannelId> = blemished.iter().map(|side| side.channel.clone()).collect();
    let who = ledger.roll().names(&channels);
    let said = said_on(blemished[0], element);
    let name = &element.name;
    let (message, advice) = match kind {
        Kind::Empty => (
            format!("{who}的“{name}”只有标题，没有内容。"),
            format!("补充“{name}”的内容；确实没有的，写明“无”。"),
        ),
        Kind::Placeholder => (
            format!("{who}的“{name}”写的是{}，没有给出办事群众需要的内容。", quote(said)),
            format!("把“{name}”写具体，不要用“无”“暂无”“详见”等代替。"),
        ),
        _ => (
            format!(
                "{who}的“{name}”显示为{}，是页面模板或者程序残留，不是真实内容。",
                quote(&leaked(row, said))
            ),
            format!("请技术人员检查“{name}”的数据来源和页面模板。"),
        ),
    };
    ledger.enter(Draft {
        element: &element.id,
        kind,
        rule: rule_of(kind),
        severity: severity(element, kind, said),
        channels,
        message,
        advice,
        sayings: sides.sayings(|side| side.saying(&element.id)),
    });
}

/// The numbered rule that a blemish breaks.
fn rule_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Leak => Some("R23"),
        Kind::Placeholder => Some("R24"),
        _ => None,
    }
}

fn said_on<'a>(side: &Side<'a>, element: &Element) -> &'a str {
    side.reading(&element.id).map_or("", |reading| reading.text.as_str())
}

/// The whole value when it is short, otherwise the leaked piece.
fn leaked(row: &Row, said: &str) -> String {
    let piece = row.standings.iter().find_map(|standing| match standing {
        Standing::Leak(piece) => Some(piece.as_str()),
        _ => None,
    });
    if said.trim().is_empty() || said.chars().count() > 40 {
        piece.unwrap_or(said).to_owned()
    } else {
        said.to_owned()
    }
}

/// 无 is only suspicious where an item may really have none: 950 of 2,262 real guides say so of 受理条件.
fn severity(element: &Element, kind: Kind, said: &str) -> Severity {
    let suspicious = matches!(element.id.as_str(), "condition" | "consult" | "materials" | "complain");
    match kind {
        Kind::Leak => Severity::Major,
        Kind::Placeholder if suspicious && text::placeholder(said) == Some(Placeholder::Nothing) => {
            Severity::Minor
        }
        _ => weight(element),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use crate::model::Severity;

    #[test]
    fn a_blank_a_placeholder_and_a_leak_give_one_finding_each() {
        for (said, kind) in
            [("", "empty"), ("详见窗口", "placeholder"), ("暂无", "placeholder"), ("undefined", "leak")]
        {
            let found = Trial::new().set("mini", "law_basis", said).found("guide.consistency");
            assert_eq!(found, [format!("mini law_basis {kind}")], "{said:?}");
        }
    }

    #[test]
    fn the_same_blemish_on_all_channels_is_one_finding() {
        let found = Trial::new().set_all("place", "待定").found("guide.consistency");
        assert_eq!(found, ["pc+app+mini+kiosk place placeholder"]);
    }

    #[test]
    fn no_conditions_are_only_suspicious_but_no_legal_basis_is_severe() {
        let severity =
            |element| Trial::new().set("pc", element, "无").findings("guide.consistency")[0].severity;
        assert_eq!(severity("condition"), Severity::Minor);
        assert_eq!(severity("law_basis"), Severity::Major);
    }

    #[test]
    fn what_may_be_nothing_is_no_blemish() {
        let trial = Trial::new().set_all("agency", "无").set_all("quota", "无").set_all("co_dept", "暂无");
        assert_eq!(trial.found("guide.consistency"), Vec::<String>::new());
    }
}
