//! 热闹: what a page shows differently at every visit: counters, queues, the items that others look at.

use super::draw::Dice;
use super::item::Item;
use serde::Serialize;

/// The restless parts of one visit's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Bustle {
    /// 浏览次数.
    pub(crate) views: u64,
    /// People in the queue right now.
    pub(crate) waiting: usize,
    /// Items that others look at: name and code.
    pub(crate) looked_at: Vec<(String, String)>,
}

/// The bustle of the visit with this number.
pub(crate) fn bustle(items: &[Item], visit: u64) -> Bustle {
    let mut dice = Dice::new(visit);
    let waiting = dice.below(40);
    let mut looked_at = Vec::new();
    while looked_at.len() < items.len().min(5) {
        let item = &items[dice.below(items.len())];
        let seen = (item.name.clone(), item.code.clone());
        if !looked_at.contains(&seen) {
            looked_at.push(seen);
        }
    }
    Bustle { views: 20_260 + visit, waiting, looked_at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::item::read_items;

    #[test]
    fn two_visits_are_not_alike() {
        let items = read_items(40).unwrap();
        let (first, second) = (bustle(&items, 1), bustle(&items, 2));
        assert_ne!(first, second);
        assert_eq!(first.looked_at.len(), 5);
    }
}
