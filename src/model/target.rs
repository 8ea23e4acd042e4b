//! 页面元素: what a step means, in words or explicitly, alone or by what lies around it.

use serde::{Deserialize, Serialize};

/// 页面元素: what a step means, in words or explicitly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Words (or a name of the channel's vocabulary); may hold `{{ }}`.
    Said(String),
    /// Explicit locators, tried in order; texts may hold `{{ }}`.
    Located(Vec<Locator>),
}

impl Target {
    /// Its alternatives, words as [`Locator::Seen`].
    #[must_use]
    pub fn alternatives(&self) -> Vec<Locator> {
        match self {
            Self::Said(words) => vec![Locator::Seen(words.clone())],
            Self::Located(locators) => locators.clone(),
        }
    }
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
    /// A field with this hint in it while it is empty.
    Placeholder(String),
    /// A picture with this alternative text.
    Alt(String),
    /// An element with this tooltip (`title`).
    Title(String),
    /// An element with this `data-testid`, `data-test-id`, `data-test` or `data-cy`.
    TestId(String),
    /// A CSS selector sought through every open shadow root (`pierce/` of recordings).
    Pierce(String),
    /// Exactly this accessible name, optionally with this role (`aria/` of recordings).
    Aria(String, Option<String>),
    /// Parts that are sought one inside the other: each in the shadow root of the element before it, or in the element itself.
    Chain(Vec<Locator>),
    /// Chosen among its matches by what lies around it.
    Related(Box<Related>),
}

/// 相对位置: one of several alike, told by what lies around it. Each list holds alternatives that are tried in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Related {
    /// What is meant.
    pub of: Vec<Locator>,
    /// The element or panel that it is inside.
    #[serde(rename = "in", skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<Locator>,
    /// What it is below.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub below: Vec<Locator>,
    /// What it is above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub above: Vec<Locator>,
    /// What it is to the left of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_of: Vec<Locator>,
    /// What it is to the right of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub right_of: Vec<Locator>,
    /// Which of those that are left, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<usize>,
}

impl Related {
    /// Every list of locators in it, what is meant first.
    #[must_use]
    pub fn lists(&self) -> [&Vec<Locator>; 6] {
        [&self.of, &self.within, &self.below, &self.above, &self.left_of, &self.right_of]
    }

    /// The same with every list replaced by what `replace` makes of it.
    ///
    /// # Errors
    /// Whatever `replace` gives first.
    pub fn try_map<E>(
        &self,
        mut replace: impl FnMut(&[Locator]) -> Result<Vec<Locator>, E>,
    ) -> Result<Self, E> {
        Ok(Self {
            of: replace(&self.of)?,
            within: replace(&self.within)?,
            below: replace(&self.below)?,
            above: replace(&self.above)?,
            left_of: replace(&self.left_of)?,
            right_of: replace(&self.right_of)?,
            nth: self.nth,
        })
    }
}

/// 框架: the frame that a step means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameRef {
    /// The page itself.
    Top,
    /// The frame around the current one.
    Parent,
    /// Child-frame indexes from the top page down, from 0.
    Path(Vec<usize>),
    /// The frame element.
    Element(Target),
}
