//! The dice of a seeded portal: which item gets which kind of fault on which channel. What such a fault looks like
//! (`drawn_faults.rs`) and what an audit must say of it (`drawn_key.rs`) are written apart.

use super::item::Item;
use super::settings::CHANNELS;

/// A small, fast, well-spread sequence of numbers (splitmix64); the same seed gives the same portal everywhere.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
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

/// A kind of fault that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recipe {
    OtherPromise,
    OtherPhone,
    OtherPlace,
    OtherCondition,
    MaterialDropped,
    MaterialAdded,
    LawMissing,
    HoursEmpty,
    PlacePlaceholder,
    PhoneLeak,
    PromiseTemplate,
    PromiseTooLong,
    NotInstant,
    NoVisitReason,
    NoFeeStandard,
    SamePhones,
    NoAreaCode,
    WrongCheckDigit,
    CatchAllMaterial,
    FlowMissing,
    FlowImageDead,
    StagesOnly,
}

const RECIPES: [Recipe; 22] = [
    Recipe::OtherPromise,
    Recipe::OtherPhone,
    Recipe::OtherPlace,
    Recipe::OtherCondition,
    Recipe::MaterialDropped,
    Recipe::MaterialAdded,
    Recipe::LawMissing,
    Recipe::HoursEmpty,
    Recipe::PlacePlaceholder,
    Recipe::PhoneLeak,
    Recipe::PromiseTemplate,
    Recipe::PromiseTooLong,
    Recipe::NotInstant,
    Recipe::NoVisitReason,
    Recipe::NoFeeStandard,
    Recipe::SamePhones,
    Recipe::NoAreaCode,
    Recipe::WrongCheckDigit,
    Recipe::CatchAllMaterial,
    Recipe::FlowMissing,
    Recipe::FlowImageDead,
    Recipe::StagesOnly,
];

impl Recipe {
    /// Whether the item has what the fault would spoil.
    fn suits(self, item: &Item) -> bool {
        match self {
            Self::OtherPromise => item.promise.is_some_and(|days| days >= 2),
            Self::PromiseTemplate | Self::PromiseTooLong | Self::NotInstant => item.promise.is_some(),
            Self::MaterialDropped => item.materials.len() >= 2,
            Self::NoVisitReason => item.visits > 0,
            Self::NoFeeStandard => item.fee.is_some(),
            _ => true,
        }
    }

    /// Whether the data are wrong on all channels.
    fn is_everywhere(self) -> bool {
        matches!(
            self,
            Self::PromiseTooLong
                | Self::NotInstant
                | Self::NoVisitReason
                | Self::NoFeeStandard
                | Self::SamePhones
                | Self::NoAreaCode
                | Self::WrongCheckDigit
                | Self::CatchAllMaterial
                | Self::StagesOnly
        )
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

/// Draws about one fault for every three items.
pub(crate) fn draw(items: &[Item], seed: u64) -> Vec<Draw> {
    let mut dice = Dice::new(seed);
    let mut draws = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let (hit, first, channel) =
            (dice.below(3) == 0, dice.below(RECIPES.len()), dice.below(CHANNELS.len()));
        let recipe = RECIPES.iter().cycle().skip(first).take(RECIPES.len()).find(|recipe| recipe.suits(item));
        if let (true, Some(&recipe)) = (hit, recipe) {
            let channels = if recipe.is_everywhere() { &CHANNELS[..] } else { &CHANNELS[channel..=channel] };
            draws.push(Draw {
                fault: format!("S{:03}", draws.len() + 1),
                item: index,
                channels: channels.iter().map(|&channel| channel.to_owned()).collect(),
                recipe,
            });
        }
    }
    draws
}
