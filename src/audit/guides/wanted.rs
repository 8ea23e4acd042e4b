//! The items whose guides are wanted: those of the catalogue, or whatever is found where there is none.

use std::collections::BTreeMap;

use crate::model::{Guide, Item, Sureness};
use crate::text::{self, Sort};

/// The wanted items, to be recognised by code or name.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    pub(super) items: Vec<Item>,
    codes: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
    /// Words that the name of an item must contain where there is no catalogue; empty means any item.
    pub(super) words: Vec<String>,
    /// Whether the items are given; otherwise every guide is welcome.
    pub(super) is_catalogue: bool,
}

impl Wanted {
    /// The items of a catalogue.
    pub(super) fn catalogue(items: Vec<Item>) -> Self {
        let mut wanted = Self { is_catalogue: true, ..Self::default() };
        for item in items {
            wanted.add(item);
        }
        wanted
    }

    /// Whatever is found, as long as its name contains one of these words (any name when there are none).
    pub(super) fn anything(words: Vec<String>) -> Self {
        Self { words, ..Self::default() }
    }

    /// One more item; gives its number.
    pub(super) fn add(&mut self, item: Item) -> usize {
        if let Some(known) = self.find(&item) {
            return known;
        }
        let number = self.items.len();
        if let Some(code) = item.code.as_deref().map(normal_code).filter(|code| !code.is_empty()) {
            self.codes.entry(code).or_insert(number);
        }
        self.names.entry(text::normal(Sort::Name, &item.name)).or_insert(number);
        self.items.push(item);
        number
    }

    /// The number of this item, by code where it has one that is known, else by name. Two items with different codes are two
    /// items, whatever they are called.
    pub(super) fn find(&self, item: &Item) -> Option<usize> {
        let code = item.code.as_deref().map(normal_code).filter(|code| !code.is_empty());
        if let Some(number) = code.as_ref().and_then(|code| self.codes.get(code)) {
            return Some(*number);
        }
        let number = *self.names.get(&text::normal(Sort::Name, &item.name))?;
        let other = self.items[number].code.as_deref().map(normal_code).filter(|code| !code.is_empty());
        let same = match (&code, &other) {
            (Some(code), Some(other)) => is_slip(code, other),
            _ => true,
        };
        same.then_some(number)
    }

    /// Whether a page that was opened for this item may be taken for its guide: it says so by code or by name.
    pub(super) fn fits(&self, number: usize, item: &Item) -> bool {
        let wanted = &self.items[number];
        let codes = (wanted.code.as_deref().map(normal_code), item.code.as_deref().map(normal_code));
        let same_code = matches!(&codes, (Some(left), Some(right)) if !left.is_empty() && left == right);
        same_code || text::normal(Sort::Name, &wanted.name) == text::normal(Sort::Name, &item.name)
    }

    /// Whether these words name a wanted item.
    pub(super) fn is_named(&self, words: &str) -> bool {
        self.names.contains_key(&text::normal(Sort::Name, words))
    }

    /// Whether this item is wanted although it is in no catalogue.
    pub(super) fn welcomes(&self, item: &Item) -> bool {
        !self.is_catalogue
            && (self.words.is_empty() || self.words.iter().any(|words| item.name.contains(words.as_str())))
    }
}

/// Codes of items of one name that differ in one place only: one of them is mistyped. Two places are already what sets a
/// neighbouring county's office apart, a digit of its region and the check digit.
fn is_slip(left: &str, right: &str) -> bool {
    let differing = left.bytes().zip(right.bytes()).filter(|(left, right)| left != right).count();
    left.len() > 12 && left.len().abs_diff(right.len()) + differing <= 1
}

fn normal_code(code: &str) -> String {
    text::normal(Sort::Code, code)
}

/// The item that a guide says it is about.
pub(super) fn item_of(guide: &Guide) -> Item {
    let said = |id: &str| {
        let reading = guide.elements.get(id).filter(|reading| reading.sure > Sureness::Doubtful)?;
        Some(reading.text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let name = said("item_name").unwrap_or_else(|| guide.title.trim().to_owned());
    // What nobody sees on the page is no part of the name.
    let seen = name
        .chars()
        .filter(|sign| !matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'));
    let name = text::printable(&seen.take(120).collect::<String>()).replace('\u{a0}', " ");
    Item { name, code: said("impl_code"), ..Item::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, code: Option<&str>) -> Item {
        Item { name: name.to_owned(), code: code.map(str::to_owned), ..Item::default() }
    }

    #[test]
    fn items_are_known_by_code_and_else_by_name() {
        let wanted = Wanted::catalogue(vec![item("身份证换领", Some("0001")), item("户口迁移登记", None)]);
        assert_eq!(wanted.find(&item("换身份证", Some("0001"))), Some(0));
        assert_eq!(wanted.find(&item("户口迁移登记", Some("0002"))), Some(1));
        assert_eq!(wanted.find(&item("身份证换领", Some("0003"))), None, "another code is another item");
        assert_eq!(wanted.find(&item("结婚登记", None)), None);
        let long = Wanted::catalogue(vec![item("身份证换领", Some("11140500009001018M3140700001000"))]);
        assert_eq!(long.find(&item("身份证换领", Some("11140500009001018M3140700001009"))), Some(0));
        assert_eq!(long.find(&item("身份证换领", Some("11140100009001011X3140700001000"))), None);
    }

    #[test]
    fn without_a_catalogue_everything_with_the_words_is_welcome() {
        let wanted = Wanted::anything(vec!["身份证".to_owned()]);
        assert!(wanted.welcomes(&item("身份证换领", None)) && !wanted.welcomes(&item("结婚登记", None)));
        assert!(!Wanted::catalogue(Vec::new()).welcomes(&item("结婚登记", None)));
    }
}
