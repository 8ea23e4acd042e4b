//! The differences between two texts, character by character, for people to read.

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::{shared, shared_end};

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

/// How long the search for the shortest difference may take; after that a longer one is good enough.
const PATIENCE: Duration = Duration::from_millis(200);
/// Texts of fewer characters together take no such time whatever they say, so that the search need not look at the clock.
const SHORT: usize = 2_000;

/// The differences between two texts. The texts of [`MarkKind::Same`] and [`MarkKind::Gone`] joined are the left text,
/// those of `Same` and [`MarkKind::New`] the right one.
#[must_use]
pub fn marks(left: &str, right: &str) -> Vec<Mark> {
    // Most texts differ in one place: what they begin and end with in common is not searched.
    let start = shared(left, right);
    let end = shared_end(&left[start..], &right[start..]);
    let mut chain = Chain::default();
    chain.same(&left[..start]);
    changes(&left[start..left.len() - end], &right[start..right.len() - end], &mut chain);
    chain.same(&left[left.len() - end..]);
    chain.finish()
}

/// The differences between two texts that neither begin nor end alike.
fn changes(left: &str, right: &str, chain: &mut Chain) {
    let (before, after): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let is_long = before.len() + after.len() > SHORT;
    let deadline = is_long.then(|| Instant::now().checked_add(PATIENCE)).flatten();
    let operations = capture_diff_slices_deadline(Algorithm::Histogram, &before, &after, deadline);
    for (index, operation) in operations.iter().enumerate() {
        let (old, new) = (&before[operation.old_range()], &after[operation.new_range()]);
        let is_same = matches!(operation, DiffOp::Equal { .. });
        let is_inside = index > 0 && index + 1 < operations.len();
        if is_same && !(is_inside && is_island(old, &operations[index - 1], &operations[index + 1])) {
            chain.same(&old.iter().collect::<String>());
        } else {
            chain.change(old, new);
        }
    }
}

/// A few equal characters between two changes only make the comparison hard to read.
fn is_island(same: &[char], before: &DiffOp, after: &DiffOp) -> bool {
    let changed = |operation: &DiffOp| operation.old_range().len().max(operation.new_range().len());
    same.len() <= 2 && same.len() < changed(before).min(changed(after))
        || same.len() == 1 && same[0].is_ascii_digit() && changed(before) + changed(after) > 1
}

/// The marks while they are being put together: one change collects all neighbours.
#[derive(Default)]
struct Chain {
    marks: Vec<Mark>,
    gone: String,
    new: String,
}

impl Chain {
    fn same(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.flush();
        match self.marks.last_mut() {
            Some(Mark { kind: MarkKind::Same, text: before }) => before.push_str(text),
            _ => self.marks.push(Mark { kind: MarkKind::Same, text: text.to_owned() }),
        }
    }

    fn change(&mut self, old: &[char], new: &[char]) {
        self.gone.extend(old);
        self.new.extend(new);
    }

    fn flush(&mut self) {
        for (kind, text) in
            [(MarkKind::Gone, std::mem::take(&mut self.gone)), (MarkKind::New, std::mem::take(&mut self.new))]
        {
            if !text.is_empty() {
                self.marks.push(Mark { kind, text });
            }
        }
    }

    fn finish(mut self) -> Vec<Mark> {
        self.flush();
        self.marks
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(left: &str, right: &str) -> String {
        marks(left, right)
            .into_iter()
            .map(|mark| match mark.kind {
                MarkKind::Same => mark.text,
                MarkKind::Gone => format!("[-{}]", mark.text),
                MarkKind::New => format!("[+{}]", mark.text),
            })
            .collect()
    }

    #[test]
    fn differences_read_like_corrections() {
        assert_eq!(shown("5个工作日", "15个工作日"), "[+1]5个工作日");
        assert_eq!(shown("泽州路1号", "泽州路2号"), "泽州路[-1][+2]号");
        assert_eq!(shown("", "新"), "[+新]");
        assert_eq!(shown("", ""), "");
        assert_eq!(shown("0356-2026101", "0356-3127856"), "0356-[-2026101][+3127856]");
    }

    #[test]
    fn texts_without_end_are_compared_in_bounded_time() {
        let left: String =
            (0..60_000_u32).filter_map(|index| char::from_u32(0x4e00 + index * 7 % 20_000)).collect();
        let right: String =
            (0..60_000_u32).filter_map(|index| char::from_u32(0x4e00 + index * 11 % 20_000)).collect();
        let started = Instant::now();
        assert!(!marks(&left, &right).is_empty());
        assert!(started.elapsed() < Duration::from_secs(5));
    }

    proptest! {
        #[test]
        fn what_the_texts_begin_with_in_common_stays_whole(
            start in "[一二三123ab，。 ]{1,40}", left in "[一二三123ab，。 ]{0,12}", right in "[一二三123ab，。 ]{0,12}",
        ) {
            let marks = marks(&format!("{start}{left}"), &format!("{start}{right}"));
            prop_assert!(marks[0].kind == MarkKind::Same && marks[0].text.starts_with(&start));
        }

        #[test]
        fn the_marks_give_both_texts_back(left in "[一二三123ab，。 ]{0,40}", right in "[一二三123ab，。 ]{0,40}") {
            let joined = |wanted: MarkKind| marks(&left, &right).into_iter()
                .filter(|mark| mark.kind == MarkKind::Same || mark.kind == wanted)
                .map(|mark| mark.text).collect::<String>();
            prop_assert_eq!(joined(MarkKind::Gone), left.clone());
            prop_assert_eq!(joined(MarkKind::New), right.clone());
        }
    }
}
