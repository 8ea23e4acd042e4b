//! The hands: trusted pointers and keys, nothing else. Everything that presses, drags or types goes through here. Plain
//! presses take the short way to the browser where there is one; drags and keys are the driver's.

use std::time::Duration;

use serde_json::{Value, json};

use super::fault::Fault;
use super::pressing::{Say, presses};
use super::session::WebDriverSession;
use crate::browser::BrowserError;
use crate::model::Button;

/// One movement of a pointer, points in the viewport of the document in use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Motion {
    /// To a point, taking so long.
    To(f64, f64, Duration),
    /// A button goes down.
    Down(Button),
    /// A button comes up.
    Up(Button),
    /// Nothing for a while.
    Rest(Duration),
}

/// One movement of a key, by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    Down(char),
    Up(char),
}

impl WebDriverSession {
    /// Presses at points, one after the other, with the finger or mouse of the device.
    pub(super) async fn press_at(&mut self, points: &[(f64, f64)]) -> Result<(), BrowserError> {
        let motions: Vec<Motion> = points
            .iter()
            .flat_map(|(x, y)| {
                [Motion::To(*x, *y, Duration::ZERO), Motion::Down(Button::Left), Motion::Up(Button::Left)]
            })
            .collect();
        self.point(self.device.touch, &motions).await
    }

    /// Moves the pointer as one command.
    pub(super) async fn point(&mut self, finger: bool, motions: &[Motion]) -> Result<(), BrowserError> {
        // A finger's click comes some time after its touch, and only the driver's slower way is known to be slow enough.
        if !finger
            && self.held == 0
            && self.frames.is_empty()
            && let Some(said) = presses(motions)
            && self.say(&said).await?
        {
            return Ok(());
        }
        let kind = if finger { "touch" } else { "mouse" };
        let (across, down) = self.frame_offset().await?;
        let actions: Vec<Value> = motions.iter().map(|one| motion(&shifted(*one, across, down))).collect();
        let pointer = json!({ "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions });
        self.perform_actions(pointer).await
    }

    /// Says it all by the short way; false when there is none, and nothing has been done. What the presses led to (a
    /// dialogue box, another page, the end of the window) is the next step's matter.
    async fn say(&mut self, said: &[Say]) -> Result<bool, BrowserError> {
        let mut begun = false;
        for part in said.split_inclusive(|one| matches!(one, Say::Rest(_))) {
            let commands = part.iter().filter_map(|one| match one {
                Say::Command(method, params) => Some((*method, params.clone())),
                Say::Rest(_) => None,
            });
            match self.wire.input(commands.collect()).await {
                None if !begun => return Ok(false),
                Some(Err(fault @ Fault::Lost(_))) => return Err(fault.lost()),
                _ => begun = true,
            }
            if let Some(Say::Rest(time)) = part.last() {
                tokio::time::sleep(*time).await;
            }
        }
        Ok(true)
    }

    /// Moves keys as one command; what goes down stays down until it comes up.
    pub(super) async fn strike(&mut self, strokes: &[Stroke]) -> Result<(), BrowserError> {
        for stroke in strokes {
            match stroke {
                Stroke::Down(_) => self.held += 1,
                Stroke::Up(_) => self.held = self.held.saturating_sub(1),
            }
        }
        let actions: Vec<Value> = strokes
            .iter()
            .map(|stroke| match stroke {
                Stroke::Down(code) => json!({ "type": "keyDown", "value": code }),
                Stroke::Up(code) => json!({ "type": "keyUp", "value": code }),
            })
            .collect();
        self.perform_actions(json!({ "type": "key", "id": "keyboard", "actions": actions })).await
    }

    /// Trusted input events for the field that has the focus, in whatever frame or shadow root.
    pub(super) async fn insert(&mut self, text: &str) -> Result<(), BrowserError> {
        match self.wire.devtools("Input.insertText", json!({ "text": text })).await {
            Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
            Err(Fault::Refused(_)) => {
                let strokes: Vec<Stroke> =
                    text.chars().flat_map(|key| [Stroke::Down(key), Stroke::Up(key)]).collect();
                self.strike(&strokes).await
            }
            _ => Ok(()),
        }
    }

    /// Hands a file of this machine to a file field, by the driver's reference to the field.
    pub(super) async fn hand_file(
        &mut self,
        field: &str,
        file: &std::path::Path,
    ) -> Result<bool, BrowserError> {
        let path = format!("element/{field}/value");
        match self.wire.post(path, json!({ "text": file.display().to_string() })).await {
            Ok(_) | Err(Fault::Alert | Fault::Unloaded) => Ok(true),
            Err(Fault::Refused(_)) => Ok(false),
            Err(fault) => Err(fault.lost()),
        }
    }

    /// What the movement led to (a dialogue box, another page) is the next step's matter.
    async fn perform_actions(&mut self, source: Value) -> Result<(), BrowserError> {
        match self.wire.post("actions", json!({ "actions": [source] })).await {
            Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
            _ => Ok(()),
        }
    }
}

/// The same movement in a viewport that begins elsewhere.
fn shifted(motion: Motion, across: f64, down: f64) -> Motion {
    match motion {
        Motion::To(x, y, time) => Motion::To(x + across, y + down, time),
        other => other,
    }
}

fn motion(motion: &Motion) -> Value {
    match motion {
        // A point between two px is none for some drivers.
        Motion::To(x, y, time) => {
            json!({ "type": "pointerMove", "duration": time.as_millis() as u64, "x": x.round() as i64, "y": y.round() as i64, "origin": "viewport" })
        }
        Motion::Down(button) => json!({ "type": "pointerDown", "button": number(*button) }),
        Motion::Up(button) => json!({ "type": "pointerUp", "button": number(*button) }),
        Motion::Rest(time) => json!({ "type": "pause", "duration": time.as_millis() as u64 }),
    }
}

fn number(button: Button) -> u8 {
    match button {
        Button::Left => 0,
        Button::Middle => 1,
        Button::Right => 2,
        Button::Back => 3,
        Button::Forward => 4,
    }
}

/// The strokes of `Control+A`: what is held goes down first and comes up last.
pub(super) fn chord(name: &str) -> Option<Vec<Stroke>> {
    let codes: Option<Vec<char>> = match name.char_indices().rev().skip(1).find(|(_, letter)| *letter == '+')
    {
        Some((at, _)) => {
            let held = name.get(..at)?.split('+').map(|held| key_code(held.trim()));
            held.chain(std::iter::once(key_code(name.get(at + 1..)?))).collect()
        }
        None => key_code(name).map(|code| vec![code]),
    };
    let codes = codes?;
    let single = codes.len() > 1;
    // A held modifier makes a letter a command, whose key is the small one.
    let code = |code: &char| if single { code.to_ascii_lowercase() } else { *code };
    let down = codes.iter().map(|one| Stroke::Down(code(one)));
    Some(down.chain(codes.iter().rev().map(|one| Stroke::Up(code(one)))).collect())
}

/// The code points that WebDriver gives to named keys (W3C WebDriver, “Keyboard actions”).
pub(super) fn key_code(name: &str) -> Option<char> {
    const NAMED: [(&str, char); 23] = [
        ("Enter", '\u{E007}'),
        ("Escape", '\u{E00C}'),
        ("Tab", '\u{E004}'),
        ("Backspace", '\u{E003}'),
        ("Delete", '\u{E017}'),
        ("Space", ' '),
        ("ArrowUp", '\u{E013}'),
        ("ArrowDown", '\u{E015}'),
        ("ArrowLeft", '\u{E012}'),
        ("ArrowRight", '\u{E014}'),
        ("Home", '\u{E011}'),
        ("End", '\u{E010}'),
        ("PageUp", '\u{E00E}'),
        ("PageDown", '\u{E00F}'),
        ("Shift", '\u{E008}'),
        ("Control", '\u{E009}'),
        ("Alt", '\u{E00A}'),
        ("Meta", '\u{E03D}'),
        ("Insert", '\u{E016}'),
        ("Pause", '\u{E00B}'),
        ("Cancel", '\u{E001}'),
        ("Help", '\u{E002}'),
        ("Clear", '\u{E005}'),
    ];
    let named = NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, code)| *code);
    let function = name.strip_prefix('F').and_then(|number| number.parse::<u32>().ok());
    let function = function.filter(|number| (1..=12).contains(number));
    let function = function.and_then(|number| char::from_u32(0xE030 + number));
    let mut letters = name.chars();
    let letter = || letters.next().filter(|_| letters.next().is_none());
    named.or(function).or_else(letter).or_else(|| physical(name))
}

/// A key by its place on the keyboard (`KeyA`, `Digit1`, `ShiftLeft`), as `KeyboardEvent.code` has it.
fn physical(code: &str) -> Option<char> {
    const MARKS: [(&str, char); 13] = [
        ("Minus", '-'),
        ("Equal", '='),
        ("BracketLeft", '['),
        ("BracketRight", ']'),
        ("Backslash", '\\'),
        ("Semicolon", ';'),
        ("Quote", '\''),
        ("Backquote", '`'),
        ("Comma", ','),
        ("Period", '.'),
        ("Slash", '/'),
        ("NumpadEnter", '\u{E007}'),
        ("NumpadDecimal", '\u{E028}'),
    ];
    if let Some((_, mark)) = MARKS.iter().find(|(known, _)| *known == code) {
        return Some(*mark);
    }
    let single = |rest: &str| rest.chars().next().filter(|_| rest.chars().count() == 1);
    if let Some(letter) = code.strip_prefix("Key").and_then(single) {
        return Some(letter.to_ascii_lowercase());
    }
    if let Some(digit) = code.strip_prefix("Digit").and_then(single) {
        return Some(digit);
    }
    if let Some(digit) = code.strip_prefix("Numpad").and_then(single).and_then(|digit| digit.to_digit(10)) {
        return char::from_u32(0xE01A + digit);
    }
    let side = code.strip_suffix("Left").or_else(|| code.strip_suffix("Right"))?;
    ["Shift", "Control", "Alt", "Meta"].contains(&side).then(|| key_code(side)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_or_single_characters() {
        assert_eq!(key_code("enter"), Some('\u{E007}'));
        assert_eq!(key_code("F5"), Some('\u{E035}'));
        assert_eq!(key_code("好"), Some('好'));
        assert_eq!(key_code("Hyper"), None);
        assert_eq!(key_code("KeyA"), Some('a'));
        assert_eq!(key_code("ShiftLeft"), Some('\u{E008}'));
        assert_eq!(key_code("Numpad3"), Some('\u{E01D}'));
        assert_eq!(key_code("HyperLeft"), None);
    }

    #[test]
    fn what_is_held_goes_down_first_and_comes_up_last() {
        use Stroke::{Down, Up};
        let control = '\u{E009}';
        assert_eq!(chord("Control+A"), Some(vec![Down(control), Down('a'), Up('a'), Up(control)]));
        assert_eq!(chord("+"), Some(vec![Down('+'), Up('+')]));
        assert_eq!(chord("A"), Some(vec![Down('A'), Up('A')]));
    }
}
