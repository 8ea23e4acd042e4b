//! Steps that touch a page with the mouse or a finger: press, hover, drag, scroll, swipe.

use super::duration::duration;
use super::said::{Context, aim, aim_around, pair, text, word};
use super::step::Found;
use super::{entry, said};
use crate::model::{Action, Button, DragTo, Scroll, Slide, Tap, Target, Way};
use crate::scenario::fault::{Fault, Mark};
use crate::scenario::file::step::StepFile;
use crate::scenario::file::target::Places;
use crate::scenario::file::touch::{DownloadFile, DragFile, ScrollFile, SlideFile, SwipeFile, TapFile};
use crate::scenario::margin::Margin;
use crate::scenario::vocabulary::is_submission;
use crate::scenario::yaml::Written;

const BUTTONS: [(&str, Button); 5] = [
    ("left", Button::Left),
    ("middle", Button::Middle),
    ("right", Button::Right),
    ("back", Button::Back),
    ("forward", Button::Forward),
];

const WAYS: [(&str, Way); 4] =
    [("up", Way::Up), ("down", Way::Down), ("left", Way::Left), ("right", Way::Right)];

/// How long a long press lasts when the step does not say.
const LONG_PRESS: std::time::Duration = std::time::Duration::from_millis(800);

pub(super) fn find(file: &StepFile, context: &Context<'_>, margin: &mut Margin<'_>, found: &mut Found) {
    entry::find(file, context, margin, found);
    if let Some(file) = &file.tap {
        found.add(file.key, tap(file, None, context, margin).map(Action::Tap));
    }
    if let Some(file) = &file.long_press {
        found.add(file.key, tap(file, Some(LONG_PRESS), context, margin).map(Action::Tap));
    }
    if let Some(file) = &file.download {
        found.add(file.key, download(&file.value, context, margin));
    }
    if let Some(file) = &file.slide {
        found.add(file.key, slide(file, context, margin));
    }
    if let Some(file) = &file.drag {
        found.add(file.key, drag(file, context, margin));
    }
    if let Some(hovered) = &file.hover {
        let at = hovered.value.at.as_ref().map(|at| pair(at, margin));
        let around = hovered.value.around();
        let target = aim_around(hovered.value.target.as_ref(), around, hovered.key, context, margin);
        found.add(hovered.key, target.map(|target| Action::Hover { target, at: at.flatten() }));
    }
    if let Some(places) = &file.out {
        found.add(places.key, aim(places, context, margin).map(Action::Out));
    }
    if let Some(file) = &file.scroll {
        found.add(file.key, scroll(file, context, margin).map(Action::Scroll));
    }
    if let Some(file) = &file.swipe {
        found.add(file.key, swipe(&file.value, context, margin));
    }
}

fn tap(
    file: &Written<TapFile>,
    hold: Option<std::time::Duration>,
    context: &Context<'_>,
    margin: &mut Margin<'_>,
) -> Option<Tap> {
    let shape = &file.value;
    warn_of_submission(shape.target.as_ref(), context, margin);
    let target = aim_around(shape.target.as_ref(), shape.around(), file.key, context, margin)?;
    let times = shape.times.as_ref().map_or(1, |times| times.value);
    if let Some(written) = shape.times.as_ref().filter(|times| !(1..=10).contains(&times.value)) {
        margin.wrong(Fault::new(written.mark, "连点的次数是 1 到 10"));
        return None;
    }
    let by_script = shape.by.as_ref().map(|by| word(by, "点法", &[("script", true)], margin));
    Some(Tap {
        target,
        times,
        button: shape
            .button
            .as_ref()
            .map_or(Some(Button::Left), |button| word(button, "鼠标键", &BUTTONS, margin))?,
        hold: shape.hold.as_ref().map_or(Some(hold), |hold| duration(hold, margin).map(Some))?,
        at: shape.at.as_ref().map_or(Some(None), |at| pair(at, margin).map(Some))?,
        by_script: by_script.map_or(Some(false), |by| by)?,
    })
}

/// What the walk will refuse is told now.
fn warn_of_submission(places: Option<&Written<Places>>, context: &Context<'_>, margin: &mut Margin<'_>) {
    let submit_words = context.portal.map_or(&[][..], |portal| &portal.submit_words);
    let Some(Written { value: Places::Listed(listed), .. }) = places else { return };
    for place in listed {
        let words = place.value.split_once('=').map_or(place.value.as_str(), |(_, words)| words);
        if is_submission(words, submit_words) {
            let fault = Fault::new(place.mark, format!("“{words}”看起来会真的提交，运行时不会去点"));
            margin.warn(fault.hint("核查只看不办；请到此为止，或改点别的按钮"));
        }
    }
}

fn download(file: &DownloadFile, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    warn_of_submission(Some(&file.tap), context, margin);
    let name = file.name.as_ref().map(|name| text(name, context, margin));
    Some(Action::Download { tap: aim(&file.tap, context, margin)?, name })
}

fn slide(file: &Written<SlideFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let of = aim(&file.value.of, context, margin);
    let to = match (&file.value.to, &file.value.by) {
        (Some(share), None) => percent(share, margin)?,
        (None, Some(by)) => pair(by, margin).map(|(across, down)| Slide::By(across, down))?,
        (Some(_), Some(second)) => return one_only(second.key, "to 和 by", margin),
        (None, None) => return neither(file.key, "slide: { of: 滑块, to: 60% }", margin),
    };
    Some(Action::Slide { of: of?, to })
}

fn percent(written: &Written<String>, margin: &mut Margin<'_>) -> Option<Slide> {
    let text = written.value.trim();
    let number = text.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    if let Some(number) = number.filter(|number| (0.0..=100.0).contains(number)) {
        return Some(Slide::Share(number / 100.0));
    }
    margin.wrong(Fault::new(written.mark, format!("“{text}”不是百分比")).hint("写成 0% 到 100%，例如：60%"));
    None
}

fn drag(file: &Written<DragFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let from = aim(&file.value.from, context, margin);
    let to = match (&file.value.to, &file.value.by) {
        (Some(onto), None) => DragTo::Onto(aim(onto, context, margin)?),
        (None, Some(by)) => pair(by, margin).map(|(across, down)| DragTo::By(across, down))?,
        (Some(_), Some(second)) => return one_only(second.key, "to 和 by", margin),
        (None, None) => return neither(file.key, "drag: { from: 滑块, by: [120, 0] }", margin),
    };
    Some(Action::Drag { from: from?, to })
}

fn scroll(file: &Written<ScrollFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Scroll> {
    let shape = &file.value;
    if let Some(to) = &shape.to {
        if let Some(target) = &shape.target {
            return one_only(target.key, "target 和 to", margin);
        }
        let within = shape.within.as_ref().map(|within| aim(within, context, margin));
        let (x, y) = pair(to, margin)?;
        return Some(Scroll::To { x, y, within: within.map_or(Some(None), |within| within.map(Some))? });
    }
    match sole_word(shape.target.as_ref()) {
        Some("down") => Some(Scroll::Down),
        Some("up") => Some(Scroll::Up),
        Some("end") => Some(Scroll::End),
        _ => aim_around(shape.target.as_ref(), shape.around(), file.key, context, margin).map(Scroll::Into),
    }
}

/// The text of a target that is one text and nothing else.
pub(super) fn sole_word(places: Option<&Written<Places>>) -> Option<&str> {
    match places.map(|places| &places.value) {
        Some(Places::Listed(listed)) => match listed.as_slice() {
            [only] => Some(only.value.trim()),
            _ => None,
        },
        _ => None,
    }
}

fn swipe(file: &SwipeFile, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Action> {
    let to = word(&file.to, "方向", &WAYS, margin);
    let within: Option<Option<Target>> =
        file.within.as_ref().map_or(Some(None), |within| said::aim(within, context, margin).map(Some));
    Some(Action::Swipe { to: to?, within: within? })
}

pub(super) fn one_only<T>(mark: Mark, what: &str, margin: &mut Margin<'_>) -> Option<T> {
    margin.wrong(Fault::new(mark, format!("{what} 一次只写一个")));
    None
}

pub(super) fn neither<T>(mark: Mark, example: &str, margin: &mut Margin<'_>) -> Option<T> {
    margin.wrong(Fault::new(mark, "这一步没有写完整").hint(format!("例如：{example}")));
    None
}
