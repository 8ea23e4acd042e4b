//! 各渠道不一致: the channels state an element in words that do not mean the same.

use crate::model::{ChannelId, Element, Kind, Likeness, Requirement, Severity};
use crate::text;

use super::compare::{Comparison, Voice, compare_by, cut_off};
use super::ledger::{Draft, Ledger};
use super::quote::quote_apart;
use super::sides::Sides;
use super::standing::{Row, Standing, says_nothing};

/// Enters one finding for each element in which channels differ. The materials have their own comparison.
pub(super) fn judge<'r>(ledger: &mut Ledger<'_>, sides: &Sides<'_>, rows: impl Iterator<Item = &'r Row>) {
    for row in rows.filter(|row| row.element.id != "materials") {
        let voices = voices(sides, row);
        let comparison = measured(sides, &row.element.id, &voices);
        if comparison.likeness == Likeness::Differs && !comparison.odd.is_empty() {
            enter(ledger, sides, row.element, &voices, comparison);
        }
    }
}

/// Compares the voices on one element, and measures them against the channel that is declared to be right.
pub(super) fn measured(sides: &Sides<'_>, id: &str, voices: &[Voice<'_>]) -> Comparison {
    let comparison = compare_element(id, voices);
    match sides.authority {
        Some(authority) => comparison.against(voices, authority),
        None => comparison,
    }
}

/// The channels that make a statement, and a statement in words: what only a picture says is not compared.
pub(super) fn voices<'a>(sides: &Sides<'a>, row: &Row) -> Vec<Voice<'a>> {
    let stands = sides.seen.iter().zip(&row.standings);
    stands
        .filter(|(_, standing)| matches!(standing, Standing::Stated | Standing::Nothing))
        .filter_map(|(side, _)| {
            let text = side.reading(&row.element.id)?.text.trim();
            let in_words = !text.is_empty() && !text.starts_with("[图片]");
            in_words.then_some(Voice { channel: side.channel, text })
        })
        .collect()
}

/// Compares the voices on one element. Addresses of the channel's own pages differ rightly.
fn compare_element(id: &str, voices: &[Voice<'_>]) -> Comparison {
    let sort = text::sort_of(id);
    compare_by(voices, |left, right| match alike(id, sort, left, right) {
        Likeness::Differs if is_per_channel(id, left, right) => Likeness::Formal,
        Likeness::Differs if cut_off(sort, left, right) => Likeness::Formal,
        Likeness::Differs if id == "quota" && is_unlimited(left) && is_unlimited(right) => Likeness::Formal,
        Likeness::Differs if says_nothing(left) && says_nothing(right) => Likeness::Formal,
        likeness => likeness,
    })
}

/// 不限 and 无数量限制.
fn is_unlimited(said: &str) -> bool {
    says_nothing(said) || matches!(text::plain(said).as_str(), "不限" | "不限制" | "不限数量")
}

/// 问：and 答：before questions and answers are decoration.
fn alike(id: &str, sort: text::Sort, left: &str, right: &str) -> Likeness {
    let likeness = text::likeness(sort, left, right);
    if id != "faq" || likeness != Likeness::Differs {
        return likeness;
    }
    match text::likeness(sort, &without_markers(left), &without_markers(right)) {
        Likeness::Differs => Likeness::Differs,
        _ => Likeness::Formal,
    }
}

fn without_markers(said: &str) -> String {
    const MARKERS: &[&str] =
        &["问：", "答：", "问:", "答:", "Q：", "A：", "Q:", "A:", "问题：", "解答：", "答复："];
    let bare = |line: &str| {
        let line = line.trim();
        MARKERS.iter().find_map(|marker| line.strip_prefix(marker)).unwrap_or(line).to_owned()
    };
    said.lines().map(bare).collect::<Vec<_>>().join("\n")
}

fn is_per_channel(id: &str, left: &str, right: &str) -> bool {
    match id {
        "online_url" | "result_sample" => true,
        // A way to the booking page beside 是 is the channel's own.
        "booking" => match (text::yes_no(left), text::yes_no(right)) {
            (Some(left), Some(right)) => left == right,
            _ => true,
        },
        _ => false,
    }
}

fn enter(
    ledger: &mut Ledger<'_>,
    sides: &Sides<'_>,
    element: &Element,
    voices: &[Voice<'_>],
    comparison: Comparison,
) {
    let name = &element.name;
    let told = told(ledger, voices, &comparison);
    let judged_by =
        sides.authority.filter(|authority| voices.iter().any(|voice| voice.channel == *authority));
    let message = match judged_by {
        Some(right) => format!("“{name}”与{}不一致：{told}。", ledger.roll().name(right)),
        None if comparison.tied => format!("“{name}”各渠道说法不一，分不出多数：{told}。"),
        None => format!("“{name}”不一致：{told}。"),
    };
    let advice = if sides.has_truth() {
        format!("按照事项库核对“{name}”；事项库已经过时的，先更新事项库。")
    } else {
        format!("对照实施清单核实“{name}”，把各渠道改为同一内容。")
    };
    ledger.enter(Draft {
        element: &element.id,
        kind: if sides.has_truth() { Kind::Baseline } else { Kind::Differs },
        rule: Some("R27"),
        severity: severity(element),
        channels: comparison.odd,
        message,
        advice,
        sayings: sides.sayings(|side| side.saying(&element.id)),
    });
}

/// “晋来办APP写“15个工作日”，其余写“20个工作日””: the odd ones first.
fn told(ledger: &Ledger<'_>, voices: &[Voice<'_>], comparison: &Comparison) -> String {
    let mut groups: Vec<&Vec<usize>> = comparison.groups.iter().collect();
    if !comparison.tied {
        groups.rotate_left(1);
    }
    let texts: Vec<&str> = groups.iter().map(|group| voices[group[0]].text).collect();
    let who = |group: &Vec<usize>| -> String {
        let ids: Vec<&ChannelId> = group.iter().map(|&index| voices[index].channel).collect();
        ledger.roll().names(ids)
    };
    let told: Vec<String> = groups
        .iter()
        .zip(quote_apart(&texts))
        .map(|(group, quote)| format!("{}写{quote}", who(group)))
        .collect();
    told.join("，")
}

/// What sends people to the wrong place, at the wrong time, with the wrong money or in vain is severe.
fn severity(element: &Element) -> Severity {
    let costly = matches!(
        element.id.as_str(),
        "promise_limit" | "legal_limit" | "fee_flag" | "fee" | "visits" | "service_object" | "complain"
    );
    match element.required {
        _ if element.key || costly => Severity::Major,
        Requirement::Optional => Severity::Note,
        Requirement::Required | Requirement::Conditional => Severity::Minor,
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;

    #[test]
    fn one_changed_number_differs() {
        let cases = [
            ("promise_limit", "15个工作日"),
            ("consult", "0356-2026177"),
            ("visits", "2次"),
            ("fee_flag", "收费"),
            ("service_object", "企业法人"),
            ("time", "周一至周六 9:00-12:00，13:30-17:00"),
            ("condition", "1.具有晋城市常住户口；2.有效期满前30日内提出"),
        ];
        for (element, said) in cases {
            let found = Trial::new().set("app", element, said).found("guide.consistency");
            assert_eq!(found, [format!("app {element} differs")]);
        }
    }

    #[test]
    fn both_sides_are_quoted_with_the_odd_one_first() {
        let findings = Trial::new().set("app", "promise_limit", "15个工作日").findings("guide.consistency");
        assert_eq!(
            findings[0].message,
            "“承诺办结时限”不一致：APP写“15个工作日”，PC端、小程序、自助终端写“20个工作日”。"
        );
    }

    #[test]
    fn two_against_two_names_everybody() {
        let trial = Trial::new().set("app", "visits", "2次").set("pc", "visits", "2次");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk visits differs"]);
    }

    #[test]
    fn other_clothes_are_no_difference() {
        let trial = Trial::new()
            .set("app", "promise_limit", "20工作日")
            .set("mini", "promise_limit", "２０个工作日")
            .set("mini", "fee_flag", "否")
            .set("kiosk", "condition", "具有晋城市常住户口；\n有效期满前9…")
            .set("kiosk", "quota", "无")
            .set("app", "online_url", "https://app.example/apply/1")
            .set("app", "booking", "是 预约入口");
        assert_eq!(trial.found("guide.consistency"), Vec::<String>::new());
    }

    #[test]
    fn marks_before_questions_and_answers_are_decoration() {
        let trial = Trial::new().set_all("faq", "问：可以提前换吗？\n答：可以。");
        assert!(
            trial.clone().set("app", "faq", "可以提前换吗？\n可以。").found("guide.consistency").is_empty()
        );
        let other = trial.set("app", "faq", "可以提前换吗？\n不可以。");
        assert_eq!(other.found("guide.consistency"), ["app faq differs"]);
    }

    #[test]
    fn a_guess_does_not_differ_from_anything() {
        let trial = Trial::new().set("app", "visits", "2次").doubtful("app", "visits");
        assert!(trial.found("guide.consistency").is_empty());
    }

    #[test]
    fn a_picture_of_the_process_is_not_compared_with_words() {
        assert!(Trial::new().set("app", "flow", "[图片]办理流程图").found("guide.consistency").is_empty());
    }
}
