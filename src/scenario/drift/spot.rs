//! Where the alternatives of a step, or of a word, stand in a file.

use crate::scenario::fault::Mark;
use crate::scenario::vocabulary::{SEARCH_BUTTON_WORD, SEND_WORD};
use crate::scenario::yaml::{Content, Key, Node};

/// What a step aims at.
#[derive(Debug, Clone)]
pub enum Aim {
    /// Several places, tried in order.
    List(Alternatives),
    /// A text, which a channel's vocabulary may explain.
    Word(String),
}

/// A list of alternatives with its places in the file.
#[derive(Debug, Clone)]
pub struct Alternatives {
    /// Line of the list, from 1.
    pub line: usize,
    /// Column of the list, from 1, in characters.
    pub column: usize,
    pub(super) entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) said: String,
    pub(super) mark: Mark,
}

impl Alternatives {
    /// The entries as they read, in order.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        self.entries.iter().map(|entry| entry.said.clone()).collect()
    }

    /// Whether the other one is the same list of the file.
    pub(super) fn is_at(&self, other: &Self) -> bool {
        (self.line, self.column) == (other.line, other.column)
    }

    /// The entries with one of them put first.
    pub(super) fn promoted(&self, entry: usize) -> Vec<String> {
        let mut said = self.said();
        if entry < said.len() {
            said[..=entry].rotate_right(1);
        }
        said
    }
}

/// Steps whose value may be a list of places.
const AIMED: [&str; 9] = ["tap", "tick", "untick", "out", "hover", "long-press", "wait", "expect", "scroll"];
/// Steps with their place under a key of their own.
const INTO: [&str; 11] = [
    "type",
    "fill",
    "choose",
    "upload",
    "pick-date",
    "slide",
    "drag",
    "press",
    "download",
    "swipe",
    "scroll",
];
/// Steps that press a button of the vocabulary.
const SENT: [&str; 2] = ["search", "ask"];
/// Keys under which a place stands.
const PLACES: [&str; 8] = ["target", "into", "from", "of", "on", "for", "tap", "in"];
/// Keys by which something is told by what lies around it: which of the alternatives matched is not kept then.
const AROUND: [&str; 6] = ["in", "below", "above", "left-of", "right-of", "nth"];

/// What the step at this place aims at; of a search or a question, the button that sends it.
pub(super) fn step(root: &Node, line: usize, column: usize) -> Option<Aim> {
    let pairs = map_at(root, line, column)?;
    let (key, value) = pairs.iter().find_map(|pair| match (pair.0.text.as_deref(), &pair.1.content) {
        // What `maybe` holds is the step; it has the place of the whole.
        (Some("maybe"), Content::Map(inner)) => inner.iter().find_map(action),
        _ => action(pair),
    })?;
    match key {
        "search" => Some(Aim::Word(SEARCH_BUTTON_WORD.to_owned())),
        "ask" => Some(Aim::Word(SEND_WORD.to_owned())),
        _ => aim(key, value),
    }
}

fn action((key, value): &(Key, Node)) -> Option<(&str, &Node)> {
    let key = key.text.as_deref()?;
    (AIMED.contains(&key) || INTO.contains(&key) || SENT.contains(&key)).then_some((key, value))
}

fn aim(action: &str, value: &Node) -> Option<Aim> {
    let place = match &value.content {
        Content::Map(pairs) => {
            let scrolls = matches!(action, "scroll" | "swipe");
            let told_by_around = pairs
                .iter()
                .any(|(key, _)| key.text.as_deref().is_some_and(|key| AROUND.contains(&key)) && !scrolls);
            if told_by_around {
                return None;
            }
            let wanted = PLACES.iter().find_map(|name| value_of(pairs, name));
            wanted?
        }
        _ if AIMED.contains(&action) => value,
        _ => return None,
    };
    match &place.content {
        Content::Text(word) | Content::Typed(word) => Some(Aim::Word(word.trim().to_owned())),
        _ => alternatives(place).map(Aim::List),
    }
}

/// The places of a word of a channel.
pub(super) fn word(root: &Node, channel: &str, word: &str) -> Option<Alternatives> {
    alternatives(child(child(child(child(root, "channels")?, channel)?, "words")?, word)?)
}

fn child<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    match &node.content {
        Content::Map(pairs) => value_of(pairs, name),
        _ => None,
    }
}

/// The text under a key of a map.
pub(super) fn text_of<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    match &child(node, name)?.content {
        Content::Text(text) | Content::Typed(text) => Some(text.as_str()),
        _ => None,
    }
}

fn value_of<'n>(pairs: &'n [(Key, Node)], name: &str) -> Option<&'n Node> {
    pairs.iter().find(|(key, _)| key.text.as_deref() == Some(name)).map(|(_, value)| value)
}

/// Every list of texts, in the order of the file.
pub(super) fn lists(node: &Node) -> Vec<Alternatives> {
    let own = alternatives(node);
    own.into_iter().chain(inside(node).flat_map(lists)).collect()
}

fn map_at(node: &Node, line: usize, column: usize) -> Option<&[(Key, Node)]> {
    match &node.content {
        Content::Map(pairs) if (node.mark.line, node.mark.column) == (line, column) => Some(pairs),
        _ => inside(node).find_map(|inner| map_at(inner, line, column)),
    }
}

fn inside(node: &Node) -> Box<dyn Iterator<Item = &Node> + '_> {
    match &node.content {
        Content::List(entries) => Box::new(entries.iter()),
        Content::Map(pairs) => Box::new(pairs.iter().map(|(_, value)| value)),
        _ => Box::new(std::iter::empty()),
    }
}

/// At least two texts.
fn alternatives(node: &Node) -> Option<Alternatives> {
    let Content::List(entries) = &node.content else { return None };
    let entries: Option<Vec<Entry>> = entries
        .iter()
        .map(|entry| match &entry.content {
            Content::Text(said) | Content::Typed(said) => {
                Some(Entry { said: said.trim().to_owned(), mark: entry.mark })
            }
            _ => None,
        })
        .collect();
    let entries = entries.filter(|entries| entries.len() > 1)?;
    Some(Alternatives { line: node.mark.line, column: node.mark.column, entries })
}
