//! 动作: what a step asks. Texts may hold `{{ }}` and are rendered when the step is walked.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::scenario::{RowTable, Step};
use super::target::{FrameRef, Target};

/// 动作: what a step asks. Texts may hold `{{ }}` and are rendered when the step is walked.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Open a named page of the channel (`首页`) or an address.
    Open(String),
    /// Press something visible.
    Tap(Tap),
    /// Enter text into a field.
    Type {
        /// The field.
        into: Target,
        /// What is entered.
        text: String,
        /// Whether it is added to what the field says.
        add: bool,
    },
    /// Set a form value with the meaning of `change` in `DevTools` recordings.
    Fill {
        /// The field.
        into: Target,
        /// Its value afterwards.
        value: String,
    },
    /// Choose an option of a field.
    Choose {
        /// The option.
        option: Choice,
        /// The field.
        from: Target,
        /// Of a field that takes several: whether the option is added or taken away.
        more: Option<bool>,
    },
    /// Tick a box, or take the tick away.
    Tick {
        /// The box.
        target: Target,
        /// Whether it is ticked afterwards.
        on: bool,
    },
    /// Hand a file to a file field.
    Upload {
        /// The field, or the button that opens it.
        into: Target,
        /// Path relative to the scenario file's folder, never outside it.
        file: String,
    },
    /// Choose a day in a date field or calendar.
    PickDate {
        /// The field.
        into: Target,
        /// `2026-11-25`.
        date: String,
    },
    /// Move a slider.
    Slide {
        /// The slider, or its handle.
        of: Target,
        /// Where to.
        to: Slide,
    },
    /// Drag something.
    Drag {
        /// What.
        from: Target,
        /// Where to.
        to: DragTo,
    },
    /// Move the pointer over something.
    Hover {
        /// What.
        target: Target,
        /// Point from its top left corner, in px.
        at: Option<(f64, f64)>,
    },
    /// Move the pointer away from something.
    Out(Target),
    /// Press a key.
    Press(Press),
    /// Scroll.
    Scroll(Scroll),
    /// Swipe with a finger.
    Swipe {
        /// Which way the finger goes.
        to: Way,
        /// Inside which panel.
        within: Option<Target>,
    },
    /// Enter words into the channel's 搜索框 and start the search.
    Search(String),
    /// Open every panel, tab and 查看更多 of the page.
    Unfold,
    /// Go back one page.
    Back,
    /// Keep a screenshot and snapshot as evidence without reading anything.
    Shot,
    /// Close the window in use.
    Close,
    /// Show pages the way another device would.
    Viewport(Viewport),
    /// Slow the network down, or cut it off.
    Network(Network),
    /// Go on in another window, frame or app context.
    Switch(Switch),
    /// Answer the dialogue box of the page.
    Alert(Answer),
    /// Press something that sends a file, and keep the file as evidence.
    Download {
        /// What is pressed.
        tap: Target,
        /// What the file is called in the evidence.
        name: Option<String>,
    },
    /// Wait.
    Wait(Wait),
    /// Something must be so, else the walk ends here.
    Expect(Expect),
    /// Keep values under names.
    Set(Vec<Keep>),
    /// Run code in the page; only when that was allowed.
    Script(String),
    /// Walk another scenario here.
    Call {
        /// Its id.
        scenario: String,
        /// Its parameters.
        with: BTreeMap<String, String>,
    },
    /// Steps under one heading.
    Group {
        /// The heading.
        title: String,
        /// The steps.
        steps: Vec<Step>,
    },
    /// Steps that are only walked when something is so.
    If {
        /// What.
        condition: Condition,
        /// When it is so.
        then: Vec<Step>,
        /// When it is not.
        otherwise: Vec<Step>,
    },
    /// Steps that are walked again and again.
    Repeat {
        /// How often.
        how: Repeat,
        /// However it is, not more often than this.
        at_most: u32,
        /// The steps.
        steps: Vec<Step>,
    },
    /// Steps that are walked once for each of several values.
    ForEach {
        /// The values.
        over: Over,
        /// The name that the value has in the steps.
        name: String,
        /// The steps.
        steps: Vec<Step>,
    },
    /// Sign in with a test account, once an account and channel.
    Login {
        /// The account's name.
        account: String,
        /// Whether the log-in is walked even where the account is signed in already: for scenarios that are about the log-in itself.
        fresh: bool,
    },
    /// Ask a person.
    Person {
        /// What.
        ask: String,
        /// The answers to choose from; free text when there are none.
        answers: Vec<String>,
        /// Name under which the answer is kept.
        keep: Option<String>,
    },
    /// Capture the page and read facts off it.
    Read(ReadWhat),
    /// Ask the chatbot a question and keep its answer.
    Ask(String),
    /// Fetch plain text over HTTP from a listed host and keep it as a variable (a test mailbox's SMS code).
    Fetch {
        /// Address.
        from: String,
        /// Variable that later steps use as `{{ NAME }}`.
        keep: String,
    },
    /// What an import did not understand; never done.
    Unknown {
        /// What it says.
        text: String,
        /// The original.
        raw: Value,
    },
}

/// How something is pressed.
#[derive(Debug, Clone, PartialEq)]
pub struct Tap {
    /// What.
    pub target: Target,
    /// How often in quick succession; 2 is a double click.
    pub times: u32,
    /// With which button.
    pub button: Button,
    /// How long it is held down.
    pub hold: Option<Duration>,
    /// Point from its top left corner, in px; the middle when absent or outside.
    pub at: Option<(f64, f64)>,
    /// Whether the page's own `click()` is called instead of a trusted press.
    pub by_script: bool,
}

impl Tap {
    /// An ordinary press.
    #[must_use]
    pub fn on(target: Target) -> Self {
        Self { target, times: 1, button: Button::Left, hold: None, at: None, by_script: false }
    }
}

/// A button of the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Button {
    /// The one that presses.
    #[default]
    Left,
    /// The wheel.
    Middle,
    /// The one that opens menus.
    Right,
    /// The one that goes back.
    Back,
    /// The one that goes forward.
    Forward,
}

/// Which option of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// By its visible words.
    Words(String),
    /// By its `value`.
    Value(String),
    /// By its place, from 1.
    Index(usize),
    /// By its `id`.
    Id(String),
}

/// Where a slider is moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slide {
    /// So far along its track, 0 to 1.
    Share(f64),
    /// So many px across and down.
    By(f64, f64),
}

/// Where something is dragged.
#[derive(Debug, Clone, PartialEq)]
pub enum DragTo {
    /// Onto this.
    Onto(Target),
    /// So many px across and down.
    By(f64, f64),
}

/// How a key is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// `Enter`, `Control+A`, any key name of the DOM.
    pub key: String,
    /// The field that gets the focus first.
    pub on: Option<Target>,
    /// Only half of the press.
    pub half: Option<Half>,
    /// How often.
    pub times: u32,
}

/// Half of a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The key goes down and stays there.
    Down,
    /// The key comes up again.
    Up,
}

/// How it is scrolled.
#[derive(Debug, Clone, PartialEq)]
pub enum Scroll {
    /// Until this is in view.
    Into(Target),
    /// To a place, in px, of the page or of a panel.
    To {
        /// Across.
        x: f64,
        /// Down.
        y: f64,
        /// The panel.
        within: Option<Target>,
    },
    /// One screen down.
    Down,
    /// One screen up.
    Up,
    /// To the end of the page, until nothing more is loaded.
    End,
}

/// A way on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// 上.
    Up,
    /// 下.
    Down,
    /// 左.
    Left,
    /// 右.
    Right,
}

/// How pages are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Width in CSS px.
    pub width: u32,
    /// Height in CSS px.
    pub height: u32,
    /// Device px a CSS px.
    pub scale: f64,
    /// As a mobile device.
    pub mobile: bool,
    /// With a touch screen.
    pub touch: bool,
    /// Held across.
    pub landscape: bool,
}

/// What the network is made to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Network {
    /// Cut off.
    Offline,
    /// Ordinary again.
    Online,
    /// Slow.
    Slow {
        /// Bytes a second.
        download: f64,
        /// Bytes a second.
        upload: f64,
        /// Milliseconds.
        latency: f64,
    },
}

/// Where the walk goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Switch {
    /// In this window: `main`, `new`, its address, its title, or a kept handle.
    Window(String),
    /// In this frame.
    Frame(FrameRef),
    /// In this context of an app.
    Context(String),
}

/// What is done with the dialogue box of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 确定.
    Accept,
    /// 取消.
    Dismiss,
    /// This is typed, then 确定.
    Text(String),
    /// It must say this, then 确定.
    Says(String),
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wait {
    /// Something is visible, or gone.
    For {
        /// What.
        target: Target,
        /// True when it must be gone.
        gone: bool,
    },
    /// So long.
    Time(Duration),
    /// Page code is true.
    Script(String),
}

/// What must be so.
#[derive(Debug, Clone, PartialEq)]
pub enum Expect {
    /// Something is visible (or, with `absent`, is not).
    Seen {
        /// What.
        target: Target,
        /// True when it must not be there.
        absent: bool,
    },
    /// An element is in this state.
    Element(Box<ElementState>),
    /// The page has this title.
    Title(String),
    /// The page has this address.
    Address(String),
    /// An expression is true.
    That(String),
}

/// The state that an element must be in; what is `None` may be anything.
#[derive(Debug, Clone, PartialEq)]
pub struct ElementState {
    /// The element.
    pub target: Target,
    /// How many there are; at least one when absent.
    pub count: Option<Count>,
    /// Whether it is visible.
    pub visible: Option<bool>,
    /// Its text, white space aside.
    pub text: Option<String>,
    /// What stands in its text.
    pub contains: Option<String>,
    /// Its value.
    pub value: Option<String>,
    /// Whether it is ticked.
    pub checked: Option<bool>,
    /// Whether it can be used.
    pub enabled: Option<bool>,
    /// The words of the option that is chosen.
    pub selected: Option<String>,
    /// Its attributes.
    pub attributes: BTreeMap<String, String>,
    /// Its properties, deep and partial.
    pub properties: BTreeMap<String, Value>,
    /// Whether all of this must not be so.
    pub not: bool,
}

impl ElementState {
    /// Nothing is asked of the element yet.
    #[must_use]
    pub fn of(target: Target) -> Self {
        Self {
            target,
            count: None,
            visible: None,
            text: None,
            contains: None,
            value: None,
            checked: None,
            enabled: None,
            selected: None,
            attributes: BTreeMap::new(),
            properties: BTreeMap::new(),
            not: false,
        }
    }
}

/// How many there must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How the number is meant.
    pub compare: Compare,
    /// The number.
    pub number: usize,
}

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compare {
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// Exactly.
    #[serde(rename = "==")]
    Exactly,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
}

/// A value that is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// `{{ NAME }}`.
    pub name: String,
    /// Where it comes from.
    pub from: KeepFrom,
}

/// Where a kept value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeepFrom {
    /// A text with `{{ }}`.
    Template(String),
    /// An element.
    Element(Target, ElementPart),
    /// The title of the page.
    Title,
    /// The address of the page.
    Address,
    /// The window in use, for `switch`.
    Window,
    /// Page code.
    Script(String),
}

/// What is taken of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementPart {
    /// Its visible text.
    Text,
    /// Its value.
    Value,
    /// How many there are.
    Count,
    /// An attribute.
    Attribute(String),
}

/// What has to be so for steps to be walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// An expression.
    When(String),
    /// Page code.
    Script(String),
}

/// How often steps are walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// So often.
    Times(String),
    /// While an expression is true, asked before each time.
    While(String),
    /// While page code is true, asked before each time.
    WhileScript(String),
    /// Until page code is true, asked after each time.
    UntilScript(String),
}

/// What steps are repeated over.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// The list that an expression gives.
    List(String),
    /// The rows of a table.
    Rows(RowTable),
}

/// What a `read` step takes off a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadWhat {
    /// 办事指南.
    Guide,
    /// The same page seen a second time, to tell what it changes by itself.
    GuideAgain,
    /// The log-in form before anything is typed.
    LoginForm,
    /// The page after logging in.
    LoginResult,
    /// The page after a wrong password.
    LoginError,
    /// Nothing is read; kept as evidence (`shot`).
    Evidence,
}
