//! 搜索: finds items by official and colloquial names, by whole words or by what a person half remembers.

use super::item::Item;
use std::collections::BTreeSet;

/// The items that a query finds, best first, at most `limit`.
pub(crate) fn find<'a>(items: &'a [Item], query: &str, limit: usize) -> Vec<&'a Item> {
    let query = plain(query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut scored: Vec<(u32, usize, &Item)> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| {
            let score = score(item, &query);
            (score > 0).then_some((score, index, item))
        })
        .collect();
    scored.sort_by_key(|&(score, index, _)| (std::cmp::Reverse(score), index));
    scored.into_iter().take(limit).map(|(_, _, item)| item).collect()
}

/// A name without spaces, punctuation and width differences, as names are compared here.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).take(200).collect::<String>().to_lowercase()
}

fn score(item: &Item, query: &str) -> u32 {
    let official = plain(&item.name);
    if official == query {
        return 1000;
    }
    let daily =
        item.daily.iter().map(|name| plain(name)).map(|name| name_score(&name, query, 900, 500)).max();
    name_score(&official, query, 1000, 600).max(daily.unwrap_or(0))
}

fn name_score(name: &str, query: &str, exact: u32, contained: u32) -> u32 {
    if name == query {
        exact
    } else if name.contains(query) || query.contains(name) {
        contained
    } else {
        let share = shared_pairs(name, query);
        if share >= 60 { share } else { 0 }
    }
}

/// How much of the query's neighbouring character pairs the name has, in percent.
fn shared_pairs(name: &str, query: &str) -> u32 {
    let (named, asked) = (pairs(name), pairs(query));
    let shared = asked.intersection(&named).count() as u32;
    shared * 100 / (asked.len() as u32).max(1)
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::item::read_items;

    #[test]
    fn every_official_and_colloquial_name_finds_its_item() {
        let items = read_items(60).unwrap();
        for item in &items {
            assert_eq!(find(&items, &item.name, 20).first().map(|found| &found.name), Some(&item.name));
            for daily in &item.daily {
                let found = find(&items, daily, 20);
                assert!(
                    found.iter().any(|other| other.name == item.name),
                    "{daily} does not find {}",
                    item.name
                );
            }
        }
    }

    #[test]
    fn nonsense_finds_nothing() {
        let items = read_items(40).unwrap();
        assert!(find(&items, "量子纠缠", 20).is_empty());
        assert!(find(&items, "《》", 20).is_empty());
    }
}
