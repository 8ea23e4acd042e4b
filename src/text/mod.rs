//! Chinese text as portals print it: normal forms, numbers, units, likeness, differences, masking. Pure functions:
//! no I/O, no clock, and no knowledge of portals beyond the catalogue's element ids.

mod answer;
mod compare;
mod limit;
mod mask;
mod numeral;
mod phone;
mod plain;
mod sort;
mod suspect;
mod terminal;

pub use crate::model::Likeness;
pub use answer::{count, fee, yes_no};
pub use compare::{Mark, MarkKind, likeness, marks, normal, similarity};
pub use limit::{Limit, LimitUnit, limit, no_longer_than};
pub use mask::mask;
pub use numeral::numeral;
pub use phone::{Phone, phones};
pub use plain::plain;
pub use sort::{Sort, sort_of};
pub use suspect::{Placeholder, catch_all, leak, placeholder};
pub use terminal::{fit, printable, width};
