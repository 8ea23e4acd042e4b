//! Text into fields: through the browser's input method, or key by key on a keyboard that the page draws.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::acts::{Mode, done, missed};
use super::fault::Fault;
use super::hands::chord;
use super::script::{FILLED, Found, KEYS, Looked, SELECT, VALUE, read};
use super::session::WebDriverSession;
use crate::browser::act::{MissedWhy, Tried};
use crate::browser::port::BrowserError;
use crate::model::{Locator, Typing};

/// How long a drawn keyboard may take to show.
const KEYBOARD_LIMIT: Duration = Duration::from_millis(250);
/// What the key that takes a character back is called.
const ERASERS: [&str; 6] = ["删除", "退格", "⌫", "←", "清除", "Backspace"];

/// A keyboard drawn on the page.
struct Drawn<'a> {
    place: &'a [Locator],
    capitals: Option<&'a str>,
    finish: Option<&'a str>,
}

/// Its keys: word to the middle of the key, and how many characters the field holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    keys: BTreeMap<String, (f64, f64)>,
    length: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Selected {
    hit: Option<bool>,
    #[serde(default)]
    gone: bool,
    #[serde(default)]
    readonly: bool,
    #[serde(default)]
    focused: bool,
}

impl WebDriverSession {
    pub(super) async fn type_text(
        &mut self,
        into: &[Locator],
        text: &str,
        typing: &Typing,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        const TIMES: usize = 3;
        let mut outcome = missed(MissedWhy::Moving);
        for _ in 0..TIMES {
            let found = match self.look(into, Mode::Field, patience).await? {
                Looked::Found(found) => found,
                Looked::Missed(miss) => return Ok(miss.into()),
            };
            if let Some(tried) = self.type_at(&found, text, typing).await? {
                if matches!(tried, Tried::Done(_)) {
                    return Ok(tried);
                }
                outcome = tried;
            }
        }
        Ok(outcome)
    }

    /// `None` when the field went away or the press missed it: look again.
    async fn type_at(
        &mut self,
        found: &Found,
        text: &str,
        typing: &Typing,
    ) -> Result<Option<Tried>, BrowserError> {
        self.press_at(&[(found.x, found.y)]).await?;
        if let Typing::OnScreen { keyboard, capitals, done: finish } = typing {
            let drawn = Drawn { place: keyboard, capitals: capitals.as_deref(), finish: finish.as_deref() };
            if self.type_on_drawn_keyboard(&drawn, text).await? {
                return Ok(Some(done(found.locator)));
            }
        }
        let selected: Selected =
            read(self.script(&SELECT, &json!({ "empty": text.is_empty() })).await?).map_err(Fault::lost)?;
        if selected.gone || selected.hit == Some(false) {
            return Ok(None);
        }
        if selected.readonly {
            return Ok(Some(missed(MissedWhy::Disabled)));
        }
        if selected.focused && !text.is_empty() {
            self.insert(text).await?;
        }
        // A field that is gone after its text came was sent off, which is what some fields do.
        match self.script(&FILLED, &json!({ "text": text })).await? {
            Value::Bool(false) => Ok(Some(missed(MissedWhy::Disabled))),
            _ => Ok(Some(done(found.locator))),
        }
    }

    /// Adds to what a field says, at its end.
    pub(super) async fn append(
        &mut self,
        into: &[Locator],
        text: &str,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        let found = match self.look(into, Mode::Field, patience).await? {
            Looked::Found(found) => found,
            Looked::Missed(miss) => return Ok(miss.into()),
        };
        self.touch(&found).await?;
        self.strike(&chord("End").unwrap_or_default()).await?;
        self.insert(text).await?;
        Ok(done(found.locator))
    }

    /// False when no keyboard shows, it lacks a key, or the field says something else in the end: then the text goes in
    /// directly.
    async fn type_on_drawn_keyboard(&mut self, drawn: &Drawn<'_>, text: &str) -> Result<bool, BrowserError> {
        let wanted = wanted_keys(drawn, text);
        let Some(mut keys) = self.keys(drawn.place, &wanted, KEYBOARD_LIMIT).await? else { return Ok(false) };
        if keys.length > 0 {
            let Some(eraser) = ERASERS.iter().find_map(|word| keys.keys.get(*word)) else { return Ok(false) };
            self.press_at(&vec![*eraser; keys.length.min(100)]).await?;
        }
        let characters: Vec<String> = text.chars().map(String::from).collect();
        let mut at = 0;
        // The key that turns the layer often says something else afterwards (大写, then 小写), but it stays where it is.
        let mut turning = None;
        while at < characters.len() {
            let run: Vec<(f64, f64)> =
                characters[at..].iter().map_while(|character| keys.keys.get(character).copied()).collect();
            self.press_at(&run).await?;
            at += run.len();
            if at >= characters.len() {
                break;
            }
            // The next key is not on this layer of the keyboard: turn it over once.
            turning = drawn.capitals.and_then(|word| keys.keys.get(word)).copied().or(turning);
            let Some(turn) = turning else { return Ok(false) };
            self.press_at(&[turn]).await?;
            match self.keys(drawn.place, &wanted, Duration::from_millis(200)).await? {
                Some(turned) if turned.keys.contains_key(&characters[at]) => keys = turned,
                _ => return Ok(false),
            }
        }
        let right = self.script(&VALUE, &json!({ "text": text })).await? == Value::Bool(true);
        if right && let Some(finish) = drawn.finish.and_then(|word| keys.keys.get(word)) {
            self.press_at(&[*finish]).await?;
        }
        Ok(right)
    }

    async fn keys(
        &mut self,
        keyboard: &[Locator],
        wanted: &BTreeSet<String>,
        patience: Duration,
    ) -> Result<Option<Keys>, BrowserError> {
        let input =
            json!({ "keyboard": keyboard, "wanted": wanted, "patience": patience.as_millis() as u64 });
        read(self.script(&KEYS, &input).await?).map_err(Fault::lost)
    }
}

fn wanted_keys(drawn: &Drawn<'_>, text: &str) -> BTreeSet<String> {
    text.chars()
        .map(String::from)
        .chain(ERASERS.map(str::to_owned))
        .chain(drawn.capitals.map(str::to_owned))
        .chain(drawn.finish.map(str::to_owned))
        .collect()
}
