//! How alike two values are: normal forms, a score, and the differences character by character.

use crate::model::Likeness;

use super::{Sort, plain};

/// The normal form of a value: equal forms say the same thing in other clothes. Idempotent.
#[must_use]
pub fn normal(_sort: Sort, text: &str) -> String {
    plain(text)
}

/// Compares two values: equal bytes are [`Likeness::Same`], equal normal forms [`Likeness::Formal`], everything else
/// [`Likeness::Differs`]. Never [`Likeness::Missing`] or [`Likeness::Alone`].
#[must_use]
pub fn likeness(sort: Sort, left: &str, right: &str) -> Likeness {
    if left == right {
        Likeness::Same
    } else if normal(sort, left) == normal(sort, right) {
        Likeness::Formal
    } else {
        Likeness::Differs
    }
}

/// How alike the plain forms of two texts are, from 0 (nothing in common) to 1 (equal).
#[must_use]
pub fn similarity(left: &str, right: &str) -> f64 {
    rapidfuzz::fuzz::ratio(plain(left).chars(), plain(right).chars())
}

/// A run of characters in a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands.
    pub kind: MarkKind,
    /// The characters.
    pub text: String,
}

/// Where a run of characters stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// On both sides.
    Same,
    /// Only on the left.
    Gone,
    /// Only on the right.
    New,
}

/// The differences between two texts, for people to read. The texts of `Same` and `Gone` joined are the left text,
/// those of `Same` and `New` the right one.
#[must_use]
pub fn marks(left: &str, right: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    if left == right {
        if !left.is_empty() {
            marks.push(Mark { kind: MarkKind::Same, text: left.to_owned() });
        }
        return marks;
    }
    for (kind, text) in [(MarkKind::Gone, left), (MarkKind::New, right)] {
        if !text.is_empty() {
            marks.push(Mark { kind, text: text.to_owned() });
        }
    }
    marks
}
