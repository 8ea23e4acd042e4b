//! Turns what a step says into where that is on this channel: addresses of named pages, locators of named things.

use std::collections::BTreeMap;

use url::Url;

use crate::model::{Channel, Locator, Target};
use crate::scenario::template::{Scope, TemplateError, render};

/// The name every scenario uses for the first page of a channel.
const HOME: &str = "首页";

/// Things that steps need without naming them, with the words that find them where the channel's vocabulary is silent.
pub(super) const SEARCH_FIELD: &str = "搜索框";
pub(super) const SEARCH_BUTTON: &str = "搜索按钮";
pub(super) const QUESTION_FIELD: &str = "咨询输入框";
pub(super) const SEND_BUTTON: &str = "发送按钮";

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
    if name == HOME {
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
pub(super) fn locators(channel: &Channel, target: &Target, scope: &Scope<'_>) -> Result<Vec<Locator>, TemplateError> {
    match target {
        Target::Said(words) => said(&channel.words, &render(words, scope)?),
        Target::Located(given) => Ok(given.clone()),
    }
    .and_then(|found| found.iter().map(|locator| rendered(locator, scope)).collect())
}

/// The locators of one of the things that steps need without naming them.
pub(super) fn named(channel: &Channel, name: &str) -> Vec<Locator> {
    if let Some(known) = channel.words.get(name) {
        return known.clone();
    }
    match name {
        SEARCH_FIELD => vec![Locator::Css("input[type=search]".into()), Locator::Label("搜索".into())],
        SEARCH_BUTTON => vec![Locator::Seen("搜索".into())],
        SEND_BUTTON => vec![Locator::Seen("发送".into())],
        _ => vec![Locator::Css("textarea".into()), Locator::Css("input[type=text]".into())],
    }
}

fn said(words: &BTreeMap<String, Vec<Locator>>, name: &str) -> Result<Vec<Locator>, TemplateError> {
    Ok(words.get(name).cloned().unwrap_or_else(|| vec![Locator::Seen(name.to_owned())]))
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
