//! Chinese text as portals print it: normal forms, numbers, units, likeness, differences, masking. Pure functions:
//! no I/O, no clock, and no knowledge of portals beyond the catalogue's element ids.

mod address;
mod answer;
mod compare;
mod date;
mod glance;
mod hours;
mod lapse;
mod law;
mod limit;
mod listing;
mod marks;
mod markup;
mod mask;
mod measure;
mod money;
mod numeral;
#[cfg(test)]
mod pairs;
mod patch;
mod phone;
mod plain;
mod readability;
mod set;
mod solid;
mod sort;
mod suspect;
mod terminal;
mod variant;
mod words;

pub use crate::model::Likeness;
pub use answer::{count, fee, yes_no};
pub use compare::{likeness, normal, similarity};
pub use lapse::lapse;
pub use limit::{Limit, LimitUnit, limit, no_longer_than};
pub use marks::{Mark, MarkKind, marks};
pub use mask::{PersonalNumber, mask, personal_numbers};
pub use numeral::numeral;
pub use patch::unified_diff;
pub use phone::{Phone, phones};
pub use plain::plain;
pub use readability::{HardSentence, Hurdle, LegalTerm, Readability, readability};
pub use solid::is_solid;
pub use sort::{Sort, sort_of};
pub use suspect::{Placeholder, catch_all, leak, placeholder};
pub use terminal::{fit, printable, width, wrap};
pub use variant::simplified;

/// A pattern of this room, compiled at first use.
#[expect(
    clippy::expect_used,
    reason = "the patterns are compiled in and every one of them is used by a test"
)]
fn pattern(source: &str) -> regex::Regex {
    regex::Regex::new(source).expect("a pattern of the text room is well formed")
}

/// How many bytes two texts begin with in common, in whole characters.
fn shared(left: &str, right: &str) -> usize {
    const STEP: usize = 32;
    let steps = left.as_bytes().chunks_exact(STEP).zip(right.as_bytes().chunks_exact(STEP));
    let start = STEP * steps.take_while(|(left, right)| left == right).count();
    let rest = left.as_bytes()[start..].iter().zip(&right.as_bytes()[start..]);
    left.floor_char_boundary(start + rest.take_while(|(left, right)| left == right).count())
}

/// How many bytes two texts end with in common, in whole characters.
fn shared_end(left: &str, right: &str) -> usize {
    const STEP: usize = 32;
    let steps = left.as_bytes().rchunks_exact(STEP).zip(right.as_bytes().rchunks_exact(STEP));
    let start = STEP * steps.take_while(|(left, right)| left == right).count();
    let rest = left.as_bytes()[..left.len() - start].iter().rev();
    let rest = rest.zip(right.as_bytes()[..right.len() - start].iter().rev());
    let same = start + rest.take_while(|(left, right)| left == right).count();
    left.len() - left.ceil_char_boundary(left.len() - same)
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}')
}
