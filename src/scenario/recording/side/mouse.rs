//! The mouse in single movements: pressed, moved and let go is a drag.

use super::super::tree::{Map, Tree, is_whole, number_text, one};
use super::Command;
use super::locator;
use super::text::Words;

/// A drag that begins with the first of these commands, and how many commands it takes.
pub(super) fn drag(commands: &[&Command], words: &mut Words<'_>) -> Option<(Map, usize)> {
    let (first, rest) = commands.split_first()?;
    if !matches!(first.name.as_str(), "mouseDown" | "mouseDownAt") || first.skip {
        return None;
    }
    let is_move = |name: &str| matches!(name, "mouseMove" | "mouseMoveAt" | "mouseOver");
    let moves = rest.iter().take_while(|command| is_move(&command.name) && !command.skip).count();
    let up = rest.get(moves).filter(|up| matches!(up.name.as_str(), "mouseUp" | "mouseUpAt") && !up.skip)?;
    let from = locator::target(&first.target, &first.targets, words).ok()?;
    let to = locator::target(&up.target, &up.targets, words).ok()?;
    if from != to {
        return Some((one("drag", one("from", from).with("to", to)), moves + 2));
    }
    let by = locator::point(&first.value)
        .zip(locator::point(&up.value))
        .map(|((x, y), (to_x, to_y))| (to_x - x, to_y - y));
    let step = match by {
        Some((x, y)) if x != 0.0 || y != 0.0 => {
            one("drag", one("from", from).with("by", vec![Tree::Number(x), Tree::Number(y)]))
        }
        _ => one("tap", from),
    };
    Some((step, moves + 2))
}

/// A click with its place; `old` recorders measured from the corner, newer ones from the centre.
pub(super) fn tap(command: &Command, target: Tree, old: bool, notes: &mut super::super::notes::Notes) -> Map {
    let mut tap = one("target", target.clone());
    if command.name.starts_with("double") {
        tap.set("times", 2.0);
    }
    if command.name.ends_with("At") && place_into(&mut tap, command, old, notes).is_none() {
        notes.remark(format!("点的位置“{}”不是 x,y，改为点中间", command.value));
    }
    if tap.0.len() == 1 { one("tap", target) } else { one("tap", tap) }
}

/// Puts the place into a map with `target`; `None` when the command says none.
pub(super) fn place_into(
    map: &mut Map,
    command: &Command,
    old: bool,
    notes: &mut super::super::notes::Notes,
) -> Option<()> {
    let (x, y) = locator::point(&command.value)?;
    if old {
        map.set("at", vec![Tree::Number(x), Tree::Number(y)]);
    } else if x != 0.0 || y != 0.0 {
        notes.remark(format!("3.0 版的位置 {},{} 从元素中心算起，场景里改为中间", said(x), said(y)));
    }
    Some(())
}

fn said(number: f64) -> String {
    if is_whole(number) { number_text(number) } else { format!("{number:.1}") }
}
