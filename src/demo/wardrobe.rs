//! 换装: which styles suit which element, and the dress that every channel of a seeded portal gives every item.

use super::draw::Dice;
use super::item::Item;
use super::style::Style;

/// Elements and the styles in which they say the same; those that are not listed stay plain.
const WARDROBE: [(&str, &[Style]); 37] = [
    ("item_name", &[Style::NonBreakingSpaces, Style::ZeroWidth, Style::HalfWidthPunctuation]),
    ("sub_item_name", &[Style::NonBreakingSpaces, Style::HalfWidthPunctuation]),
    ("daily_name", &[Style::Slashes, Style::Commas, Style::Reversed]),
    ("impl_code", &[Style::FullWidthLetters, Style::LowerCase, Style::ZeroWidth, Style::NonBreakingSpaces]),
    ("base_code", &[Style::FullWidthDigits, Style::NonBreakingSpaces]),
    ("handle_code", &[Style::FullWidthLetters, Style::LowerCase]),
    ("dept", &[Style::NonBreakingSpaces, Style::ZeroWidth, Style::TrailingStops]),
    ("entrust", &[Style::NotApplicable, Style::TrailingStops]),
    ("special", &[Style::NotApplicable, Style::TrailingStops]),
    ("agency", &[Style::NotApplicable, Style::TrailingStops]),
    ("co_dept", &[Style::NotApplicable]),
    ("quota", &[Style::NotApplicable, Style::TrailingStops]),
    ("law_basis", LONG_LAW),
    (
        "remedy",
        &[
            Style::HalfWidthPunctuation,
            Style::Traditional,
            Style::TrailingStops,
            Style::Tags,
            Style::CutOff,
            Style::ZeroWidth,
        ],
    ),
    ("legal_limit", LIMIT),
    ("promise_limit", LIMIT),
    ("service_object", &[Style::Slashes, Style::Commas, Style::Reversed]),
    ("handle_form", &[Style::Slashes, Style::Commas, Style::Reversed]),
    ("condition", LINES),
    (
        "prohibit",
        &[
            Style::TrailingStops,
            Style::Traditional,
            Style::HalfWidthPunctuation,
            Style::Tags,
            Style::ZeroWidth,
        ],
    ),
    ("materials", ROWS),
    ("place", PLACE),
    ("time", HOURS),
    ("consult", PHONE),
    ("complain", PHONE),
    ("visits", &[Style::BareNumber, Style::ChineseNumerals, Style::FullWidthDigits]),
    (
        "visit_reason",
        &[
            Style::TrailingStops,
            Style::ZeroWidth,
            Style::Traditional,
            Style::HalfWidthPunctuation,
            Style::Tags,
        ],
    ),
    ("fee_flag", &[Style::FeeWords, Style::FreeOfCharge, Style::ZeroYuan, Style::NoCharge]),
    (
        "fee",
        &[
            Style::YuanSign,
            Style::Decimals,
            Style::PerPiece,
            Style::FullWidthDigits,
            Style::SquareBrackets,
            Style::HalfWidthPunctuation,
        ],
    ),
    ("pay_online", &[Style::Supported, Style::TrailingStops]),
    ("express", &[Style::Supported, Style::TrailingStops]),
    ("terminal", &[Style::Supported]),
    ("booking", &[Style::Supported]),
    ("online_depth", &[Style::ArabicDepth, Style::HalfWidthPunctuation]),
    (
        "flow",
        &[
            Style::Numbered,
            Style::CircledNumbers,
            Style::ChineseNumbers,
            Style::HalfWidthPunctuation,
            Style::Semicolons,
        ],
    ),
    ("faq", &[Style::HalfWidthPunctuation, Style::TrailingStops, Style::ZeroWidth]),
    ("result_name", &[Style::ZeroWidth, Style::NonBreakingSpaces]),
];

const LIMIT: &[Style] = &[
    Style::WithoutClassifier,
    Style::ChineseNumerals,
    Style::SpacedNumbers,
    Style::FullWidthDigits,
    Style::Within,
    Style::BracketedUnit,
    Style::SinceAcceptance,
    Style::AtOnce,
];

const PHONE: &[Style] = &[
    Style::DashPhone,
    Style::ParenthesisedPhone,
    Style::HalfParenthesisedPhone,
    Style::SpacedPhone,
    Style::JoinedPhone,
    Style::CountryCode,
    Style::LabelledPhone,
    Style::FullWidthDigits,
];

const HOURS: &[Style] = &[
    Style::HalfPast,
    Style::PaddedHours,
    Style::FullWidthColon,
    Style::TwelveHours,
    Style::WithoutHalves,
    Style::StarWeek,
    Style::WorkingDays,
    Style::EveryWeek,
    Style::WaveDash,
    Style::WordDash,
    Style::FullWidthDigits,
];

const PLACE: &[Style] = &[
    Style::WithProvince,
    Style::WithoutCity,
    Style::FullWidthDigits,
    Style::ArabicFloor,
    Style::PlainWindow,
    Style::SpacedPlace,
    Style::LabelledPlace,
    Style::FullWidthLetters,
    Style::ZeroWidth,
];

const LINES: &[Style] = &[
    Style::Numbered,
    Style::ParenthesisedNumbers,
    Style::CircledNumbers,
    Style::ChineseParenthesisedNumbers,
    Style::ChineseNumbers,
    Style::Paragraph,
    Style::Semicolons,
    Style::TrailingStops,
    Style::FullWidthDigits,
    Style::Traditional,
];

const ROWS: &[Style] = &[
    Style::Reversed,
    Style::BookBrackets,
    Style::ChineseCopies,
    Style::BareCopies,
    Style::NeedWords,
    Style::FormWords,
    Style::Numbered,
    Style::ParenthesisedNumbers,
    Style::ZeroWidth,
    Style::Traditional,
];

const LONG_LAW: &[Style] = &[
    Style::ZeroWidth,
    Style::FullWidthDigits,
    Style::NonBreakingSpaces,
    Style::WithoutBookBrackets,
    Style::SquareBrackets,
    Style::ArabicArticles,
    Style::HalfWidthPunctuation,
    Style::Traditional,
    Style::Tags,
    Style::CutOff,
];

/// How one channel of a seeded portal dresses one item: two of three elements that can be dressed, each in one style.
pub(crate) fn dress_of(item: &Item, channel: &str, seed: u64) -> Vec<(&'static str, Style)> {
    let mut dice = Dice::of(seed, &[&item.code, channel]);
    WARDROBE
        .iter()
        .filter_map(|&(element, styles)| {
            let (worn, style) = (dice.below(3) > 0, styles[dice.below(styles.len())]);
            worn.then_some((element, style))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::item::read_items;
    use std::collections::BTreeSet;

    #[test]
    fn every_style_is_worn_somewhere_and_channels_are_dressed_differently() {
        let items = read_items(200).unwrap();
        let worn: BTreeSet<String> = items
            .iter()
            .flat_map(|item| ["pc", "app"].map(|channel| dress_of(item, channel, 1)))
            .flatten()
            .map(|(element, style)| format!("{element} {style:?}"))
            .collect();
        let wardrobe: usize = WARDROBE.iter().map(|(_, styles)| styles.len()).sum();
        assert_eq!(worn.len(), wardrobe);
        assert_ne!(dress_of(&items[0], "pc", 1), dress_of(&items[0], "app", 1));
        assert_eq!(dress_of(&items[0], "pc", 1), dress_of(&items[0], "pc", 1));
    }
}
