//! 现场录制: what a person did under our eyes, as a scenario.

use url::Url;

use super::ImportedScenario;
use super::names;
use super::secrets::Secrets;
use super::tree::{Map, Tree};
use super::yaml_text;
use crate::model::{Deed, Noticed};
use crate::scenario::HOME_PAGE;

/// A document that comes up so soon after something was done, in milliseconds, is what it led to.
const CONSEQUENCE: u64 = 15_000;

/// What is known beside what was done.
#[derive(Debug, Clone, Default)]
pub struct Watched<'a> {
    /// What the scenario is called; made from the first page's title when empty.
    pub title: &'a str,
    /// The channel that it was recorded on.
    pub channel: Option<&'a str>,
    /// The channel's home page.
    pub home: Option<&'a Url>,
    /// Scenario ids that must not be used again.
    pub taken: &'a [String],
}

/// Writes what was done as a scenario; also gives the names of the secrets to set. `None` when nothing was done.
#[must_use]
pub fn scenario_of_watch(
    about: &Watched<'_>,
    noticed: &[Noticed],
) -> Option<(ImportedScenario, Vec<String>)> {
    let mut writer = Writer {
        about,
        secrets: Secrets::default(),
        steps: Vec::new(),
        cause: None,
        window: None,
        seen: Vec::new(),
    };
    for (at, one) in noticed.iter().enumerate() {
        if one.deed == Deed::Finished {
            break;
        }
        writer.take(one, &noticed[at + 1..]);
    }
    if writer.steps.is_empty() {
        return None;
    }
    let title = title(about, noticed);
    let id = names::id(if about.title.is_empty() { "recording" } else { about.title }, about.taken);
    let count = writer.steps.len();
    let mut scenario = Map::default().with("scenario", id.as_str()).with("title", title.as_str());
    if writer.steps.iter().any(|written| written.map.get("read").is_some()) {
        scenario.set(
            "checks",
            Tree::List(["guide.consistency", "guide.readability", "guide.process"].map(Tree::from).to_vec()),
        );
    }
    scenario.set("steps", Tree::List(writer.steps.into_iter().map(Written::step).collect()));
    let head = match about.channel {
        Some(channel) => format!(
            "录制于渠道 {channel}。每一步写了几种找法，从左到右依次试；换到别的渠道时，先试第一种（看得到的字或词汇表里的名字）。"
        ),
        None => "每一步写了几种找法，从左到右依次试。".to_owned(),
    };
    let secrets = writer.secrets.names();
    let text = yaml_text::write(&[head], &scenario);
    Some((ImportedScenario { id, title, steps: count, text }, secrets))
}

fn title(about: &Watched<'_>, noticed: &[Noticed]) -> String {
    if !about.title.is_empty() {
        return about.title.to_owned();
    }
    let page = noticed.iter().find(|one| one.deed == Deed::Opened && one.top && !one.words.is_empty());
    page.map_or_else(|| "录制的场景".to_owned(), |page| format!("录制：{}", names::literal(&page.words)))
}

/// A step, and what it was written for.
struct Written {
    map: Map,
    deed: Deed,
    places: Vec<String>,
}

impl Written {
    /// A step without content is a bare word.
    fn step(self) -> Tree {
        match self.map.0.as_slice() {
            [(word, Tree::Null)] => Tree::from(word.as_str()),
            _ => Tree::Map(self.map),
        }
    }
}

struct Writer<'a> {
    about: &'a Watched<'a>,
    secrets: Secrets,
    steps: Vec<Written>,
    /// When something was last done that may lead to another page.
    cause: Option<u64>,
    /// The window in which things are done.
    window: Option<String>,
    /// Windows in the order in which they came up.
    seen: Vec<String>,
}

impl Writer<'_> {
    fn take(&mut self, one: &Noticed, ahead: &[Noticed]) {
        if one.deed == Deed::Opened {
            return self.opened(one);
        }
        self.go_to_window(one);
        match one.deed {
            Deed::Focused if !opens_something(one, ahead) => return,
            Deed::Tapped | Deed::Focused => self.tapped(one),
            Deed::Typed => self.typed(one),
            Deed::Chosen => {
                let option = self.said(&one.value);
                self.add(
                    one,
                    "choose",
                    Map::default().with("option", option).with("from", place(&one.places)),
                );
            }
            Deed::Ticked => self.add(one, if one.on { "tick" } else { "untick" }, place(&one.places)),
            Deed::Uploaded => {
                let file = self.said(&one.value);
                self.add(one, "upload", Map::default().with("into", place(&one.places)).with("file", file));
            }
            Deed::Pressed => self.pressed(one),
            Deed::Seen => self.add(one, "expect", place(&one.places)),
            Deed::Guide => {
                self.add(one, "unfold", Tree::Null);
                self.add(one, "read", "guide");
            }
            Deed::Opened | Deed::Finished => {}
        }
        if !matches!(one.deed, Deed::Seen | Deed::Guide) {
            self.cause = Some(one.at);
        }
    }

    /// A page that nobody's doing led to was gone to by its address.
    fn opened(&mut self, one: &Noticed) {
        if !one.top {
            return;
        }
        let is_new = !self.seen.contains(&one.window);
        if is_new {
            self.seen.push(one.window.clone());
        }
        let led_to = self.cause.is_some_and(|cause| one.at.saturating_sub(cause) < CONSEQUENCE);
        if led_to {
            // The walk follows to a window that something pressed has opened.
            if is_new {
                self.window = Some(one.window.clone());
            }
            return;
        }
        let Some(url) = Url::parse(&one.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
        else {
            return;
        };
        self.window = Some(one.window.clone());
        let address =
            if self.about.home == Some(&url) { HOME_PAGE.to_owned() } else { self.said(url.as_str()) };
        if self.steps.last().is_some_and(|last| last.map.text("open") == Some(&address)) {
            return;
        }
        self.push(Map::default().with("open", address), one);
    }

    fn go_to_window(&mut self, one: &Noticed) {
        if self.window.as_ref() == Some(&one.window) {
            return;
        }
        let is_first = self.seen.first() == Some(&one.window);
        if self.window.replace(one.window.clone()).is_none() {
            return;
        }
        let which = if is_first { "main".to_owned() } else { self.said(&one.url) };
        let switch = Map::default().with("switch", Map::default().with("window", which));
        self.steps.push(Written { map: switch, deed: Deed::Opened, places: Vec::new() });
    }

    fn tapped(&mut self, one: &Noticed) {
        if self.searches(one) {
            return;
        }
        let again = one.times == 2
            && self.steps.last().is_some_and(|last| last.deed == Deed::Tapped && last.places == one.places);
        if again {
            self.steps.pop();
            self.add(one, "tap", Map::default().with("target", place(&one.places)).with("times", 2.0));
        } else {
            self.add(one, "tap", place(&one.places));
        }
    }

    fn typed(&mut self, one: &Noticed) {
        let text = if one.secret { self.secrets.unseen_password() } else { self.said(&one.value) };
        // Typed before, or pressed only to get there.
        while self
            .steps
            .last()
            .is_some_and(|last| last.places == one.places && matches!(last.deed, Deed::Typed | Deed::Focused))
        {
            self.steps.pop();
        }
        let into = Map::default().with("into", place(&one.places));
        match one.kind.as_str() {
            "date" => self.add(one, "pick-date", into.with("date", text)),
            "range" | "color" | "time" | "month" | "week" | "datetime-local" => {
                self.add(one, "fill", into.with("value", text));
            }
            _ => self.add(one, "type", into.with("text", text)),
        }
    }

    fn pressed(&mut self, one: &Noticed) {
        if one.value == "Enter" && self.searches(one) {
            return;
        }
        self.add(one, "press", one.value.as_str());
    }

    /// What was typed into a search field and sent is a search, whatever the field is called on another channel.
    fn searches(&mut self, one: &Noticed) -> bool {
        let sends = one.deed == Deed::Pressed
            || matches!(one.words.as_str(), "搜索" | "搜一搜" | "查询" | "搜" | "查找" | "" | "🔍");
        let Some(last) =
            self.steps.last().filter(|last| sends && last.deed == Deed::Typed && is_search(&last.places))
        else {
            return false;
        };
        let Some(text) = last.map.get("type").and_then(Tree::as_map).and_then(|typed| typed.text("text"))
        else {
            return false;
        };
        let map = Map::default().with("search", text);
        self.steps.pop();
        self.push(map, one);
        true
    }

    /// A text as the language writes it: no secret in it, no template that the page smuggled in.
    fn said(&mut self, text: &str) -> String {
        self.secrets.lift(&names::literal(text))
    }

    fn add(&mut self, one: &Noticed, word: &str, what: impl Into<Tree>) {
        if one.places.is_empty() && !matches!(one.deed, Deed::Guide | Deed::Pressed) {
            return;
        }
        let mut map = Map::default().with(word, what);
        if !one.frame.is_empty() {
            map.set(
                "frame",
                Tree::List(one.frame.iter().map(|index| Tree::Number(f64::from(*index))).collect()),
            );
        }
        self.push(map, one);
    }

    fn push(&mut self, map: Map, one: &Noticed) {
        self.steps.push(Written { map, deed: one.deed, places: one.places.clone() });
    }
}

/// A press on a field that typing follows only leads there.
fn opens_something(one: &Noticed, ahead: &[Noticed]) -> bool {
    let next = ahead.iter().find(|next| next.deed != Deed::Opened);
    next.is_none_or(|next| next.places != one.places)
}

/// The words of the fields in which things are looked for.
fn is_search(places: &[String]) -> bool {
    let words = ["搜", "查找", "关键", "search", "keyword", "[name=\"q\"]", "#q"];
    places.iter().any(|place| words.iter().any(|word| place.to_lowercase().contains(word)))
}

fn place(places: &[String]) -> Tree {
    let written: Vec<Tree> = places.iter().map(|place| Tree::Text(names::literal(place))).collect();
    match <[Tree; 1]>::try_from(written) {
        Ok([only]) => only,
        Err(several) => Tree::List(several),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn did(deed: Deed, place: &str, value: &str, at: u64) -> Noticed {
        Noticed {
            deed,
            places: if place.is_empty() {
                Vec::new()
            } else {
                vec![place.to_owned(), format!("css=#{}", at)]
            },
            value: value.to_owned(),
            at,
            url: "http://portal.example/".to_owned(),
            window: "a".to_owned(),
            top: true,
            times: 1,
            ..Noticed::default()
        }
    }

    fn written(noticed: &[Noticed]) -> String {
        let home = Url::parse("http://portal.example/").unwrap();
        let about = Watched { title: "查一个事项", channel: Some("app"), home: Some(&home), taken: &[] };
        let (scenario, _) = scenario_of_watch(&about, noticed).unwrap();
        scenario.text.split_once("steps:\n").unwrap().1.to_owned()
    }

    #[test]
    fn a_search_and_a_guide_read_like_what_was_done() {
        let field = ["请输入要搜索的事项".to_owned(), "css=#q".to_owned()];
        let typed = |value: &str, at| Noticed { places: field.to_vec(), ..did(Deed::Typed, "x", value, at) };
        let focused = Noticed { places: field.to_vec(), ..did(Deed::Focused, "x", "", 90_000) };
        let done = [
            did(Deed::Opened, "", "", 1000),
            focused,
            typed("身份", 91_000),
            typed("身份证", 92_000),
            did(Deed::Pressed, "", "Enter", 93_000),
            did(Deed::Opened, "", "", 94_000),
            did(Deed::Tapped, "居民身份证换领", "", 95_000),
            did(Deed::Guide, "", "", 96_000),
            did(Deed::Finished, "", "", 97_000),
            did(Deed::Tapped, "不算", "", 98_000),
        ];
        assert_eq!(
            written(&done),
            "  - open: 首页\n  - search: 身份证\n  - tap: [居民身份证换领, \"css=#95000\"]\n  - unfold\n  - read: guide\n"
        );
    }

    #[test]
    fn passwords_and_personal_numbers_are_lifted_out() {
        let password = Noticed { secret: true, value: String::new(), ..did(Deed::Typed, "密码", "", 2) };
        let number = did(Deed::Typed, "证件号码", "11010519491231002X", 3);
        let text = written(&[did(Deed::Opened, "", "", 1), password, number]);
        assert!(text.contains("{{ secret.PASSWORD }}") && text.contains("{{ secret.ID_NUMBER }}"), "{text}");
        assert!(!text.contains("11010519491231002X"), "{text}");
    }

    #[test]
    fn going_back_to_the_first_window_is_a_step_and_following_to_a_new_one_is_none() {
        let elsewhere = |one: Noticed| Noticed { window: "b".to_owned(), ..one };
        let done = [
            did(Deed::Opened, "", "", 1),
            did(Deed::Tapped, "帮助", "", 2),
            elsewhere(did(Deed::Opened, "", "", 3)),
            elsewhere(did(Deed::Seen, "常见问题", "", 4)),
            did(Deed::Tapped, "返回首页", "", 5),
        ];
        let steps: Vec<String> = written(&done)
            .lines()
            .map(|line| line.trim_start_matches([' ', '-']).chars().take(12).collect())
            .collect();
        assert_eq!(
            steps,
            ["open: 首页", "tap: [帮助, \"c", "expect: [常见问", "switch: {win", "tap: [返回首页, "]
        );
    }

    fn anything() -> impl Strategy<Value = Noticed> {
        let deed = prop::sample::select(vec![
            Deed::Opened,
            Deed::Tapped,
            Deed::Focused,
            Deed::Typed,
            Deed::Chosen,
            Deed::Ticked,
            Deed::Uploaded,
            Deed::Pressed,
            Deed::Seen,
            Deed::Guide,
        ]);
        let texts =
            (prop::collection::vec(".{0,12}", 0..4), ".{0,12}", ".{0,12}", "(https?://[a-z]{1,5}/)?.{0,8}");
        (deed, texts, any::<bool>(), 0_u64..40_000, prop::collection::vec(0_u32..5, 0..3), 0_u8..3).prop_map(
            |(deed, (places, words, value, url), secret, at, frame, window)| Noticed {
                deed,
                places,
                words,
                value,
                secret,
                on: secret,
                times: u32::from(window),
                kind: "date".to_owned(),
                at,
                url,
                frame,
                window: window.to_string(),
                top: at % 2 == 0,
            },
        )
    }

    proptest! {
        #[test]
        fn any_pages_tale_is_taken(noticed in prop::collection::vec(anything(), 0..12)) {
            drop(scenario_of_watch(&Watched::default(), &noticed));
        }
    }
}
