//! 场景: one errand told once, in steps that a person would read aloud.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// 场景: what to do, for whom, and which checks its evidence serves.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Stable name (`guide-consistency`).
    pub id: String,
    /// 标题.
    pub title: String,
    /// Ids of the checks that the evidence is for.
    pub checks: Vec<String>,
    /// Channels it is limited to; empty means all.
    pub channels: Vec<String>,
    /// What it is repeated over.
    pub for_each: ForEach,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// The file it was read from, for messages.
    pub file: String,
}

/// What a scenario is repeated over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForEach {
    /// Walked once a channel.
    #[default]
    Once,
    /// Once for each service item (`{{ item.name }}` …).
    Items,
    /// Once for each test account (`{{ account.user }}` …).
    Accounts,
}

/// 步骤: one line of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// What the volunteer calls it, where the action alone does not say it.
    pub label: Option<String>,
    /// An expression; the step is passed over when it is false.
    pub when: Option<String>,
    /// Whether the walk goes on when the target is not there (`maybe`).
    pub maybe: bool,
    /// How long the target is waited for, when not the default.
    pub timeout: Option<Duration>,
    /// 1-based line in the scenario file.
    pub line: usize,
}

/// 动作: what a step asks. Texts may hold `{{ }}` and are rendered when the step is walked.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Open a named page of the channel (`首页`) or an address.
    Open(String),
    /// Press something visible.
    Tap(Target),
    /// Enter text into a field.
    Type {
        /// The field.
        into: Target,
        /// What is entered.
        text: String,
    },
    /// Choose an option of a field by its visible words.
    Choose {
        /// The option.
        option: String,
        /// The field.
        from: Target,
    },
    /// Press a key (`Enter`, `Escape`, `Tab`).
    Press(String),
    /// Enter words into the channel's 搜索框 and start the search.
    Search(String),
    /// Open every panel, tab and 查看更多 of the page.
    Unfold,
    /// Wait until something is visible.
    Wait(Target),
    /// Something must be visible (or, with `absent`, must not), else the walk ends here.
    Expect {
        /// What.
        target: Target,
        /// True when it must not be there.
        absent: bool,
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
    /// Go back one page.
    Back,
    /// Keep a screenshot and snapshot as evidence without reading anything.
    Shot,
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

/// 页面元素: what a step means, in words or explicitly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Words (or a name of the channel's vocabulary); may hold `{{ }}`.
    Said(String),
    /// Explicit locators, tried in order; texts may hold `{{ }}`.
    Located(Vec<Locator>),
}

/// 定位: one way to find an element.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Locator {
    /// What a person sees: visible text, label, placeholder, alternative text or accessible name.
    Seen(String),
    /// Exactly this visible text.
    Text(String),
    /// A form field with this label.
    Label(String),
    /// An ARIA role, optionally with an accessible name (`button`, `提交`).
    Role(String, Option<String>),
    /// A CSS selector; pierces open shadow roots and same-origin frames.
    Css(String),
    /// An `XPath` expression in the top document or any same-origin frame.
    XPath(String),
}
