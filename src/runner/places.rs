//! Turns what a step says into where that is on this channel: addresses of named pages, locators of named things.

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

/// The address of a named page, or of a literal address, relative ones resolved against the home page, else against `base`.
pub(super) fn page(channel: &Channel, name: &str, base: Option<&str>) -> Place {
    let address = |text: &str| Url::parse(text).ok();
    let home = channel.home.as_deref().and_then(address);
    if name == HOME_PAGE {
        return home.map_or(Place::NotFilledIn, Place::At);
    }
    let home = home.or_else(|| base.and_then(address));
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
    explained(channel, &target.alternatives(), scope)
}

/// Words that stand alone are looked up in the channel's vocabulary; everything is filled in.
fn explained(
    channel: &Channel,
    locators: &[Locator],
    scope: &Scope<'_>,
) -> Result<Vec<Locator>, TemplateError> {
    if let [Locator::Seen(words)] = locators {
        let words = render(words, scope)?;
        let known = channel.words.get(&words);
        return known.map_or_else(
            || Ok(vec![Locator::Seen(words)]),
            |known| known.iter().map(|locator| rendered(channel, locator, scope)).collect(),
        );
    }
    locators.iter().map(|locator| rendered(channel, locator, scope)).collect()
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

fn rendered(channel: &Channel, locator: &Locator, scope: &Scope<'_>) -> Result<Locator, TemplateError> {
    let text = |text: &String| render(text, scope);
    let name = |name: &Option<String>| name.as_deref().map(|name| render(name, scope)).transpose();
    Ok(match locator {
        Locator::Seen(said) => Locator::Seen(text(said)?),
        Locator::Text(said) => Locator::Text(text(said)?),
        Locator::Label(said) => Locator::Label(text(said)?),
        Locator::Role(role, called) => Locator::Role(role.clone(), name(called)?),
        Locator::Css(selector) => Locator::Css(text(selector)?),
        Locator::XPath(expression) => Locator::XPath(text(expression)?),
        Locator::Placeholder(said) => Locator::Placeholder(text(said)?),
        Locator::Alt(said) => Locator::Alt(text(said)?),
        Locator::Title(said) => Locator::Title(text(said)?),
        Locator::TestId(id) => Locator::TestId(text(id)?),
        Locator::Pierce(selector) => Locator::Pierce(text(selector)?),
        Locator::Aria(called, role) => Locator::Aria(text(called)?, role.clone()),
        Locator::Chain(parts) => {
            Locator::Chain(parts.iter().map(|part| rendered(channel, part, scope)).collect::<Result<_, _>>()?)
        }
        Locator::Related(related) => {
            Locator::Related(Box::new(related.try_map(|list| explained(channel, list, scope))?))
        }
    })
}
