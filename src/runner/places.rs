//! Turns what a step says into where that is on this channel: addresses of named pages, locators of named things.

use std::collections::BTreeMap;

use url::Url;

use crate::model::{Channel, Locator, Target};
use crate::scenario::template::{Scope, TemplateError, render};
use crate::scenario::{HOME_PAGE, QUESTION_WORD, SEARCH_BUTTON_WORD, SEARCH_WORD, SEND_WORD};

/// Where a page is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At this address.
    At(Url),
    /// The portal file does not say yet.
    NotFilledIn,
    /// It is neither a page of this channel nor an address.
    Unknown(String),
}

/// The address of a named page, or of a literal address, relative ones resolved against the home page.
pub(super) fn page(channel: &Channel, name: &str) -> Place {
    let home = channel.home.as_deref().and_then(|home| Url::parse(home).ok());
    if name == HOME_PAGE {
        return home.map_or(Place::NotFilledIn, Place::At);
    }
    let address = channel.pages.get(name).map_or(name, String::as_str);
    let resolved = match (&home, channel.pages.contains_key(name) || address.contains('/')) {
        (Some(home), true) => home.join(address).ok(),
        (None, true) => Url::parse(address).ok(),
        (_, false) => None,
    };
    resolved.map_or_else(|| Place::Unknown(name.to_owned()), Place::At)
}

/// The locators of a target on this channel, in the order in which they are tried.
pub(super) fn locators(
    channel: &Channel,
    target: &Target,
    scope: &Scope<'_>,
) -> Result<Vec<Locator>, TemplateError> {
    let found = match target {
        Target::Said(words) => said(&channel.words, &render(words, scope)?),
        Target::Located(given) => given.clone(),
    };
    found.iter().map(|locator| rendered(locator, scope)).collect()
}

/// The field that `search` or `ask` types into; common places where the channel's vocabulary is silent.
pub(super) fn field(channel: &Channel, word: &str) -> Vec<Locator> {
    let usual = match word {
        SEARCH_WORD => vec![Locator::Css("input[type=search]".into()), Locator::Label("搜索".into())],
        QUESTION_WORD => vec![Locator::Css("textarea".into()), Locator::Css("input[type=text]".into())],
        other => vec![Locator::Seen(other.to_owned())],
    };
    channel.words.get(word).cloned().unwrap_or(usual)
}

/// The button after [`field`]; `None` where the channel's vocabulary has none, then the Enter key does it.
pub(super) fn button(channel: &Channel, word: &str) -> Option<Vec<Locator>> {
    debug_assert!([SEARCH_BUTTON_WORD, SEND_WORD].contains(&word));
    channel.words.get(word).cloned()
}

fn said(words: &BTreeMap<String, Vec<Locator>>, name: &str) -> Vec<Locator> {
    words.get(name).cloned().unwrap_or_else(|| vec![Locator::Seen(name.to_owned())])
}

fn rendered(locator: &Locator, scope: &Scope<'_>) -> Result<Locator, TemplateError> {
    Ok(match locator {
        Locator::Seen(text) => Locator::Seen(render(text, scope)?),
        Locator::Text(text) => Locator::Text(render(text, scope)?),
        Locator::Label(text) => Locator::Label(render(text, scope)?),
        Locator::Role(role, name) => {
            Locator::Role(role.clone(), name.as_deref().map(|name| render(name, scope)).transpose()?)
        }
        Locator::Css(selector) => Locator::Css(render(selector, scope)?),
        Locator::XPath(expression) => Locator::XPath(render(expression, scope)?),
    })
}
