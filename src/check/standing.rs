//! How an element stands on a channel: stated, left out, or stated in a way that is no statement.

use crate::model::{Catalogue, Element, MediumKind, Reading, Requirement, Sureness};
use crate::text::{self, Placeholder};

use super::materials;
use super::sides::{Side, Sides};

/// How one element stands on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// Neither label nor value.
    Absent,
    /// A reading that is a guess: it neither accuses nor excuses.
    Doubtful,
    /// A value.
    Stated,
    /// 无, or left blank, where that may be.
    Nothing,
    /// A label without a value.
    Empty,
    /// 暂无、详见… where content is needed.
    Placeholder,
    /// A piece of a template, quoted.
    Leak(String),
}

impl Standing {
    /// Whether the channel shows the label at all.
    pub(super) fn is_shown(&self) -> bool {
        *self != Self::Absent
    }

    /// Whether it is a fault of its own, whatever the others say.
    pub(super) fn is_blemish(&self) -> bool {
        matches!(self, Self::Empty | Self::Placeholder | Self::Leak(_))
    }
}

/// One element on all seen channels.
#[derive(Debug)]
pub(super) struct Row {
    /// The element.
    pub(super) element: &'static Element,
    /// One standing a seen channel, in the order of [`Sides::seen`].
    pub(super) standings: Vec<Standing>,
}

/// Every element of the catalogue on all seen channels, in catalogue order.
pub(super) fn rows(sides: &Sides<'_>) -> Vec<Row> {
    Catalogue::embedded().elements.iter().map(|element| row(sides, element)).collect()
}

fn row(sides: &Sides<'_>, element: &'static Element) -> Row {
    // Channels mostly say the same words: each wording is looked at once.
    let mut glance = None;
    let standings = sides.seen.iter().map(|side| standing(side, element, &mut glance)).collect();
    let mut row = Row { element, standings };
    row.excuse_blanks();
    row
}

/// What a value is by itself, whatever page it stands on.
#[derive(Debug, Clone)]
struct Glance<'a> {
    said: &'a str,
    blank: bool,
    leak: Option<String>,
    placeholder: Option<Placeholder>,
}

impl<'a> Glance<'a> {
    fn at(said: &'a str) -> Self {
        let blank = text::plain(said).is_empty();
        Self { said, blank, leak: text::leak(said), placeholder: text::placeholder(said) }
    }
}

impl Row {
    /// A blank behind the label of an element that not every guide needs is only a gap when another channel fills it.
    fn excuse_blanks(&mut self) {
        let filled = self.standings.contains(&Standing::Stated);
        if self.element.required == Requirement::Required || filled {
            return;
        }
        for standing in self.standings.iter_mut().filter(|standing| **standing == Standing::Empty) {
            *standing = Standing::Nothing;
        }
    }
}

fn standing<'a>(side: &Side<'a>, element: &Element, last: &mut Option<Glance<'a>>) -> Standing {
    if element.id == "materials" {
        return materials::standing(side);
    }
    let id = element.id.as_str();
    let Some(reading) = side.reading(id) else {
        return if has_medium(side, id) { Standing::Stated } else { Standing::Absent };
    };
    if reading.sure == Sureness::Doubtful {
        return Standing::Doubtful;
    }
    let glance = match last {
        Some(glance) if glance.said == reading.text => glance,
        _ => last.insert(Glance::at(&reading.text)),
    };
    if glance.blank {
        return blank(side, element, reading);
    }
    if let Some(piece) = &glance.leak {
        return Standing::Leak(piece.clone());
    }
    match glance.placeholder {
        Some(_) if !reading.links.is_empty() || has_medium(side, id) => Standing::Stated,
        Some(kind) if is_void(side, element, kind) => Standing::Nothing,
        Some(Placeholder::Elsewhere) if element.id == "item_name" || !is_short(&reading.text) => {
            Standing::Stated
        }
        Some(_) => Standing::Placeholder,
        None if element.required != Requirement::Required && is_not_involved(&reading.text) => {
            Standing::Nothing
        }
        None => Standing::Stated,
    }
}

fn blank(side: &Side<'_>, element: &Element, reading: &Reading) -> Standing {
    let id = element.id.as_str();
    let is_button = matches!(id, "online_url" | "booking" | "result_sample");
    if !reading.links.is_empty() || has_medium(side, id) {
        Standing::Stated
    } else if is_button || is_excused(side, id) {
        Standing::Nothing
    } else {
        Standing::Empty
    }
}

/// A long text that begins with 详见 goes on to say something, and an item may be called 咨询投诉.
fn is_short(said: &str) -> bool {
    text::plain(said).chars().count() <= 20
}

fn has_medium(side: &Side<'_>, id: &str) -> bool {
    side.guide.media.iter().any(|medium| medium.element == id && medium.kind != MediumKind::Audio)
}

/// Whether the placeholder is a statement here. 无 is legitimate for 中介服务、联办机构、特别程序、数量限制、收费 and for
/// whatever another element rules out (2,262 real guides of one province); content is owed by required elements.
fn is_void(side: &Side<'_>, element: &Element, kind: Placeholder) -> bool {
    let id = element.id.as_str();
    if element.required != Requirement::Required || matches!(id, "special") || is_excused(side, id) {
        return true;
    }
    let may_be_nothing = matches!(
        id,
        "legal_limit"
            | "result_type"
            | "fee_flag"
            | "online_flag"
            | "express"
            | "pay_online"
            | "hall"
            | "visits"
    );
    kind == Placeholder::Nothing && (may_be_nothing || (id == "place" && is_wholly_online(side)))
}

/// Nobody has to come, so there need not be a place.
fn is_wholly_online(side: &Side<'_>) -> bool {
    let says = |element: &str| side.reading(element).map(|reading| reading.text.as_str());
    says("visits").and_then(text::count) == Some(0)
        && says("online_flag").and_then(text::yes_no) == Some(true)
}

/// Whether another element of the same page says that there is nothing to state here.
pub(super) fn is_excused(side: &Side<'_>, id: &str) -> bool {
    let says = |element: &str| side.reading(element).map(|reading| reading.text.as_str());
    let no = |element: &str| says(element).and_then(text::yes_no) == Some(false);
    match id {
        "fee" | "pay_online" => says("fee_flag").and_then(text::fee) == Some(false),
        "visit_reason" => says("visits").and_then(text::count) == Some(0),
        "entrust" => says("power_source").is_some_and(|source| !source.contains("委托")),
        "online_url" | "online_depth" => no("online_flag"),
        _ => false,
    }
}

/// Whether another element of the same page calls for this conditional one.
pub(super) fn is_called_for(side: &Side<'_>, id: &str) -> bool {
    let says = |element: &str| side.reading(element).map(|reading| reading.text.as_str());
    match id {
        "fee" => says("fee_flag").and_then(text::fee) == Some(true),
        "visit_reason" => says("visits").and_then(text::count).is_some_and(|visits| visits > 0),
        "entrust" => says("power_source").is_some_and(|source| source.contains("委托")),
        _ => false,
    }
}

/// 不涉及 is another word for 无.
fn is_not_involved(said: &str) -> bool {
    matches!(text::plain(said).as_str(), "不涉及" | "无涉及")
}

/// Whether a value says that there is nothing (无、不涉及、无数量限制), so that one 无 is like the other.
pub(super) fn says_nothing(said: &str) -> bool {
    let bare = text::plain(said);
    text::placeholder(said) == Some(Placeholder::Nothing)
        || (bare.chars().count() <= 8
            && ["无", "不涉及", "没有", "不收"].iter().any(|word| bare.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    fn standing_of(trial: &Trial, element: &str) -> Standing {
        let (case, roll) = (trial.case(), trial.roll());
        let sides = Sides::of(&case, "guide.consistency", &roll);
        let row = rows(&sides).into_iter().find(|row| row.element.id == element).unwrap();
        let at = sides.seen.iter().position(|side| side.channel.0 == "app").unwrap();
        row.standings[at].clone()
    }

    #[test]
    fn nothing_is_a_statement_only_where_there_may_be_nothing() {
        for element in ["agency", "co_dept", "special", "quota", "entrust", "prohibit", "legal_limit", "fee"]
        {
            assert_eq!(
                standing_of(&Trial::new().set("app", element, "无"), element),
                Standing::Nothing,
                "{element}"
            );
        }
        for element in ["item_type", "law_basis", "place", "time", "condition", "consult", "complain"] {
            let trial = Trial::new().set("app", element, "无");
            assert_eq!(standing_of(&trial, element), Standing::Placeholder, "{element}");
        }
    }

    #[test]
    fn the_place_may_be_nothing_when_everything_is_done_online() {
        let trial = Trial::new().set("app", "place", "无").set("app", "visits", "0次");
        assert_eq!(standing_of(&trial, "place"), Standing::Nothing);
        for said in ["详见窗口", "暂无"] {
            assert_eq!(
                standing_of(&trial.clone().set("app", "place", said), "place"),
                Standing::Placeholder,
                "{said}"
            );
        }
    }

    #[test]
    fn a_blank_is_excused_by_another_element_of_the_page() {
        assert_eq!(standing_of(&Trial::new().set("app", "time", ""), "time"), Standing::Empty);
        assert_eq!(standing_of(&Trial::new().set("app", "fee", ""), "fee"), Standing::Nothing);
        assert_eq!(standing_of(&Trial::new().set("app", "agency", " "), "agency"), Standing::Nothing);
    }

    #[test]
    fn a_guess_neither_accuses_nor_excuses() {
        let trial = Trial::new().set("app", "time", "").doubtful("app", "time");
        assert_eq!(standing_of(&trial, "time"), Standing::Doubtful);
    }

    #[test]
    fn a_leaked_template_is_quoted() {
        assert_eq!(
            standing_of(&Trial::new().set("app", "consult", "undefined"), "consult"),
            Standing::Leak("undefined".to_owned())
        );
    }

    #[test]
    fn words_for_nothing() {
        assert!(["无", "无数量限制", "不涉及", "不收费"].iter().all(|said| says_nothing(said)));
        assert!(!says_nothing("无线下办理窗口，请到晋城市政务服务网办理"));
        assert!(!says_nothing("委托晋城市公安局"));
    }
}
