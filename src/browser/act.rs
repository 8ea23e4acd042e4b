//! What can be done to a page, and how it went.

use std::path::PathBuf;

use serde_json::Value;

use crate::model::{Answer, Button, Choice, FrameRef, Half, Locator, Network, Slide, Typing, Viewport, Way};

/// One thing done to a page. Lists of locators are alternatives, tried in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Press the target with trusted events.
    Tap(Vec<Locator>),
    /// Press the target in another way than usual.
    Touch {
        /// What.
        target: Vec<Locator>,
        /// How.
        how: Touch,
    },
    /// Replace the text of a field.
    Type {
        /// The field.
        into: Vec<Locator>,
        /// What it should say afterwards.
        text: String,
        /// How this channel takes text.
        typing: Typing,
    },
    /// Add to the text of a field.
    Append {
        /// The field.
        into: Vec<Locator>,
        /// What is added.
        text: String,
    },
    /// Set a form value with the meaning of `change` in recordings.
    Fill {
        /// The field.
        into: Vec<Locator>,
        /// Its value afterwards.
        value: String,
    },
    /// Choose an option of a select by its visible words.
    Choose {
        /// The field.
        from: Vec<Locator>,
        /// The option.
        option: String,
    },
    /// Choose an option of a select in another way, or one of several.
    Pick {
        /// The field.
        from: Vec<Locator>,
        /// The option.
        option: Choice,
        /// Of a field that takes several: added, or taken away.
        more: Option<bool>,
    },
    /// Tick a box, or take the tick away.
    Tick {
        /// The box.
        target: Vec<Locator>,
        /// Whether it is ticked afterwards.
        on: bool,
    },
    /// Hand a file of this machine to a file field.
    Upload {
        /// The field, or what stands for it.
        into: Vec<Locator>,
        /// The file.
        file: PathBuf,
    },
    /// Choose a day (`2026-11-25`) in a date field or calendar.
    PickDate {
        /// The field.
        into: Vec<Locator>,
        /// The day.
        date: String,
    },
    /// Move a slider.
    Slide {
        /// The slider, or its handle.
        of: Vec<Locator>,
        /// Where to.
        to: Slide,
    },
    /// Drag something.
    Drag {
        /// What.
        from: Vec<Locator>,
        /// Where to.
        to: Pull,
    },
    /// Move the pointer over something.
    Hover {
        /// What.
        target: Vec<Locator>,
        /// Point from its top left corner.
        at: Option<(f64, f64)>,
    },
    /// Move the pointer away.
    Out(Vec<Locator>),
    /// Press a named key (`Enter`, `Escape`, `Tab`) in the field that has the focus.
    Press(String),
    /// Press keys in another way.
    Keys {
        /// The field that gets the focus first; none when empty.
        on: Vec<Locator>,
        /// `Enter`, `Control+A` …
        key: String,
        /// Only half of the press.
        half: Option<Half>,
        /// How often.
        times: u32,
    },
    /// Scroll.
    Scroll(ScrollTo),
    /// Swipe with a finger.
    Swipe {
        /// Which way the finger goes.
        to: Way,
        /// Inside which panel; the page when empty.
        within: Vec<Locator>,
    },
    /// Wait until the target is visible.
    Await(Vec<Locator>),
    /// Wait until the target is no longer visible.
    AwaitGone(Vec<Locator>),
    /// Wait until elements are in a state; the keys of `wanted` are those of `expect` in scenario files.
    Check {
        /// The elements.
        target: Vec<Locator>,
        /// The state.
        wanted: Value,
    },
    /// Take a value of the page: `title`, `text`, `value`, `count`, `attribute=NAME`; given back in [`Acted::said`].
    Take {
        /// The element; none when empty.
        target: Vec<Locator>,
        /// What.
        what: String,
    },
    /// Run page code; its value is given back in [`Acted::said`].
    Run(String),
    /// Go back one page.
    Back,
    /// Close the window in use and go on in the one before.
    Close,
    /// Show pages the way another device would.
    Viewport(Viewport),
    /// Slow the network down, or cut it off.
    Network(Network),
    /// Go on in another window: `main`, `new`, its address, title or handle.
    Window(String),
    /// Go on in another context of an app: its name, or how that begins (`WEBVIEW`).
    Context(String),
    /// Go on in a frame.
    Frame(FrameAt),
    /// Decide how the next dialogue box is answered.
    Foresee(Answer),
    /// Take what the dialogue box said, waiting for one.
    Heed,
    /// Press the target and keep the file that comes in [`Acted::file`].
    Download(Vec<Locator>),
}

/// How something is pressed.
#[derive(Debug, Clone, PartialEq)]
pub struct Touch {
    /// How often in quick succession.
    pub times: u32,
    /// With which button.
    pub button: Button,
    /// How long it is held down, in ms.
    pub hold: u64,
    /// Point from the top left corner; the middle when absent or outside.
    pub at: Option<(f64, f64)>,
    /// Whether the page's own `click()` is called.
    pub by_script: bool,
}

/// Where something is dragged.
#[derive(Debug, Clone, PartialEq)]
pub enum Pull {
    /// Onto this.
    Onto(Vec<Locator>),
    /// So many px across and down.
    By(f64, f64),
}

/// How it is scrolled.
#[derive(Debug, Clone, PartialEq)]
pub enum ScrollTo {
    /// Until this is in view.
    Into(Vec<Locator>),
    /// To a place of the page, or of a panel when `within` is not empty.
    At {
        /// Across.
        x: f64,
        /// Down.
        y: f64,
        /// The panel.
        within: Vec<Locator>,
    },
    /// One screen down.
    Down,
    /// One screen up.
    Up,
    /// To the end, until nothing more comes.
    End,
}

/// Which frame.
#[derive(Debug, Clone, PartialEq)]
pub enum FrameAt {
    /// The page itself.
    Top,
    /// The frame around the current one.
    Parent,
    /// Child indexes from the page down.
    Path(Vec<usize>),
    /// The frame element.
    Element(Vec<Locator>),
}

impl FrameAt {
    /// The frame of a step, its element already located.
    #[must_use]
    pub fn of(frame: &FrameRef, element: Vec<Locator>) -> Self {
        match frame {
            FrameRef::Top => Self::Top,
            FrameRef::Parent => Self::Parent,
            FrameRef::Path(path) => Self::Path(path.clone()),
            FrameRef::Element(_) => Self::Element(element),
        }
    }
}

impl Act {
    /// What it aims at first, where it aims at anything.
    #[must_use]
    pub fn target(&self) -> Option<&[Locator]> {
        match self {
            Self::Tap(target)
            | Self::Touch { target, .. }
            | Self::Type { into: target, .. }
            | Self::Append { into: target, .. }
            | Self::Fill { into: target, .. }
            | Self::Choose { from: target, .. }
            | Self::Pick { from: target, .. }
            | Self::Tick { target, .. }
            | Self::Upload { into: target, .. }
            | Self::PickDate { into: target, .. }
            | Self::Slide { of: target, .. }
            | Self::Drag { from: target, .. }
            | Self::Hover { target, .. }
            | Self::Out(target)
            | Self::Scroll(ScrollTo::Into(target))
            | Self::Await(target)
            | Self::AwaitGone(target)
            | Self::Check { target, .. }
            | Self::Frame(FrameAt::Element(target))
            | Self::Download(target) => Some(target),
            Self::Keys { on: target, .. }
            | Self::Take { target, .. }
            | Self::Swipe { within: target, .. }
            | Self::Scroll(ScrollTo::At { within: target, .. }) => {
                (!target.is_empty()).then_some(target.as_slice())
            }
            _ => None,
        }
    }
}

/// How an act went.
#[derive(Debug, Clone, PartialEq)]
pub enum Tried {
    /// Done.
    Done(Acted),
    /// Not done, nothing was touched.
    Missed(Missed),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Acted {
    /// Which of the alternatives matched (index into the act's locators), where it had any.
    pub locator: Option<usize>,
    /// What the page said, where it was asked.
    pub said: Option<Value>,
    /// The file that came.
    pub file: Option<Received>,
}

/// A file that the page sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The name that the page gave it; never to be trusted.
    pub name: String,
    /// What it is by its bytes, as an ending (`pdf`).
    pub ending: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why an act was not done.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    /// The reason.
    pub why: MissedWhy,
    /// Up to eight visible texts of things on the page that could have been meant, nearest first.
    pub nearby: Vec<String>,
}

/// The reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissedWhy {
    /// Nothing matched in time.
    NotFound,
    /// It matched but was never visible.
    Hidden,
    /// It was visible but something else covered it.
    Covered,
    /// It was visible but disabled.
    Disabled,
    /// It kept moving.
    Moving,
    /// The select has no such option.
    NoSuchOption,
    /// The elements never were in the state; what they were in is in `nearby`.
    Otherwise,
    /// This kind of browser cannot do it (plain HTTP cannot press a button).
    NotPossible,
}
