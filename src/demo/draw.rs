//! The dice of a seeded portal: which item gets which kind of fault on which channel.

use super::item::Item;
use super::recipe::{RECIPES, Recipe};
use super::settings::CHANNELS;

/// A small, fast, well-spread sequence of numbers (splitmix64); the same seed gives the same portal everywhere.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice of their own for something named by these words.
    pub(crate) fn of(seed: u64, words: &[&str]) -> Self {
        let bytes = words.iter().flat_map(|word| word.bytes().chain([0xff]));
        // FNV-1a: the same words give the same dice on every machine.
        let mixed = bytes
            .fold(0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self(mixed)
    }

    /// The cards in an order that is drawn.
    fn shuffled<T, const N: usize>(&mut self, mut cards: [T; N]) -> [T; N] {
        for last in (1..N).rev() {
            cards.swap(last, self.below(last + 1));
        }
        cards
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when there is nothing to choose from.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit as u64).max(1)).unwrap_or_default()
    }
}

/// One drawn fault.
#[derive(Debug, Clone)]
pub(crate) struct Draw {
    /// `S001` and so on.
    pub(crate) fault: String,
    /// The item's place in the list of items.
    pub(crate) item: usize,
    pub(crate) channels: Vec<String>,
    pub(crate) recipe: Recipe,
}

/// Draws a fault for about every second item, from a shuffled deck: each kind comes up before one comes up again, unless
/// no item suits it.
pub(crate) fn draw(items: &[Item], seed: u64) -> Vec<Draw> {
    let mut dice = Dice::new(seed);
    let mut deck: Vec<Recipe> = Vec::new();
    let mut draws = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let (hit, channel) = (dice.below(2) == 0, dice.below(CHANNELS.len()));
        if deck.len() < RECIPES.len() / 4 {
            deck.extend(dice.shuffled(RECIPES));
        }
        let Some(at) = deck.iter().position(|recipe| recipe.suits(item)).filter(|_| hit) else { continue };
        let recipe = deck.remove(at);
        let channels = if recipe.is_everywhere() { &CHANNELS[..] } else { &CHANNELS[channel..=channel] };
        draws.push(Draw {
            fault: format!("S{:03}", draws.len() + 1),
            item: index,
            channels: channels.iter().map(|&channel| channel.to_owned()).collect(),
            recipe,
        });
    }
    draws
}
