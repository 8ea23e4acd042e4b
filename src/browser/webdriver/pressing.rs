//! A mouse's presses as the DevTools protocol has them: what `hands` does where there is a short way to the browser. Pure.

use std::time::Duration;

use serde_json::{Value, json};

use super::hands::Motion;
use crate::model::Button;

/// What is said to the browser, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Say {
    /// A command; the next one need not wait for its answer.
    Command(&'static str, Value),
    /// Nothing for a while; everything said before has been done by then.
    Rest(Duration),
}

/// Plain presses of a mouse, as commands. `None` for anything that moves while a button is down: a drag has its own rules
/// in every browser, which the driver knows.
pub(super) fn presses(motions: &[Motion]) -> Option<Vec<Say>> {
    let mut hand = Hand { x: 0.0, y: 0.0, down: None, clicks: 0 };
    motions.iter().map(|motion| hand.does(*motion)).collect::<Option<Vec<_>>>().map(|said| said.concat())
}

/// Where the pointer is and what it holds.
struct Hand {
    x: f64,
    y: f64,
    down: Option<Button>,
    /// Presses in a row at one place: two of them are a double click.
    clicks: u32,
}

impl Hand {
    fn does(&mut self, motion: Motion) -> Option<Vec<Say>> {
        match motion {
            Motion::To(..) if self.down.is_some() => None,
            Motion::To(x, y, time) => {
                (self.x, self.y, self.clicks) = (x.round(), y.round(), 0);
                let mut said = if time.is_zero() { Vec::new() } else { vec![Say::Rest(time)] };
                said.push(self.mouse("mouseMoved", "none", 0));
                Some(said)
            }
            Motion::Down(button) => {
                self.clicks += 1;
                self.down = Some(button);
                Some(vec![self.mouse("mousePressed", name(button), held(button))])
            }
            Motion::Up(button) => {
                self.down = None;
                Some(vec![self.mouse("mouseReleased", name(button), 0)])
            }
            Motion::Rest(time) => Some(vec![Say::Rest(time)]),
        }
    }

    fn mouse(&self, kind: &str, button: &str, buttons: u8) -> Say {
        let params = json!({
            "type": kind, "x": self.x, "y": self.y, "button": button, "buttons": buttons,
            "clickCount": self.clicks, "pointerType": "mouse",
        });
        Say::Command("Input.dispatchMouseEvent", params)
    }
}

fn name(button: Button) -> &'static str {
    match button {
        Button::Left => "left",
        Button::Middle => "middle",
        Button::Right => "right",
        Button::Back => "back",
        Button::Forward => "forward",
    }
}

/// The button's bit in `MouseEvent.buttons`.
fn held(button: Button) -> u8 {
    match button {
        Button::Left => 1,
        Button::Right => 2,
        Button::Middle => 4,
        Button::Back => 8,
        Button::Forward => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(said: &[Say]) -> Vec<String> {
        said.iter()
            .map(|one| match one {
                Say::Command(_, params) => {
                    format!(
                        "{}{}",
                        params["type"].as_str().unwrap(),
                        params["clickCount"].as_u64().map_or(String::new(), |clicks| format!(" {clicks}"))
                    )
                }
                Say::Rest(time) => format!("{} ms", time.as_millis()),
            })
            .collect()
    }

    const THERE: Motion = Motion::To(10.4, 20.6, Duration::ZERO);
    const DOWN: Motion = Motion::Down(Button::Left);
    const UP: Motion = Motion::Up(Button::Left);

    #[test]
    fn a_mouse_moves_and_counts_its_clicks_at_one_place() {
        let said = presses(&[THERE, DOWN, UP, DOWN, UP, THERE, DOWN, UP]).unwrap();
        let wanted = [
            "mouseMoved 0",
            "mousePressed 1",
            "mouseReleased 1",
            "mousePressed 2",
            "mouseReleased 2",
            "mouseMoved 0",
            "mousePressed 1",
            "mouseReleased 1",
        ];
        assert_eq!(kinds(&said), wanted);
        let Say::Command(_, pressed) = &said[1] else { panic!("{said:?}") };
        assert_eq!(
            (&pressed["x"], &pressed["y"], &pressed["button"], &pressed["buttons"]),
            (&json!(10.0), &json!(21.0), &json!("left"), &json!(1))
        );
    }

    #[test]
    fn a_long_press_rests_between_down_and_up() {
        let rest = Motion::Rest(Duration::from_millis(700));
        let said = presses(&[THERE, DOWN, rest, UP]).unwrap();
        assert_eq!(kinds(&said), ["mouseMoved 0", "mousePressed 1", "700 ms", "mouseReleased 1"]);
    }

    #[test]
    fn a_drag_is_left_to_the_driver() {
        assert_eq!(presses(&[THERE, DOWN, THERE, UP]), None);
    }
}
