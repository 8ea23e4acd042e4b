//! The differences between two texts, character by character, for people to read.

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

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

/// The differences between two texts. The texts of [`MarkKind::Same`] and [`MarkKind::Gone`] joined are the left text,
/// those of `Same` and [`MarkKind::New`] the right one.
#[must_use]
pub fn marks(left: &str, right: &str) -> Vec<Mark> {
    let (before, after): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let deadline = Instant::now().checked_add(PATIENCE);
    let operations = capture_diff_slices_deadline(Algorithm::Histogram, &before, &after, deadline);
    let mut chain = Chain::default();
    for (index, operation) in operations.iter().enumerate() {
        let (old, new) = (&before[operation.old_range()], &after[operation.new_range()]);
        let is_same = matches!(operation, DiffOp::Equal { .. });
        let is_inside = index > 0 && index + 1 < operations.len();
        if is_same && !(is_inside && is_island(old, &operations[index - 1], &operations[index + 1])) {
            chain.same(old);
        } else {
            chain.change(old, new);
        }
    }
    chain.finish()
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
    fn same(&mut self, characters: &[char]) {
        self.flush();
        let text: String = characters.iter().collect();
        match self.marks.last_mut() {
            Some(Mark { kind: MarkKind::Same, text: before }) => before.push_str(&text),
            _ => self.marks.push(Mark { kind: MarkKind::Same, text }),
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
        fn the_marks_give_both_texts_back(left in "[一二三123ab，。 ]{0,40}", right in "[一二三123ab，。 ]{0,40}") {
            let joined = |wanted: MarkKind| marks(&left, &right).into_iter()
                .filter(|mark| mark.kind == MarkKind::Same || mark.kind == wanted)
                .map(|mark| mark.text).collect::<String>();
            prop_assert_eq!(joined(MarkKind::Gone), left.clone());
            prop_assert_eq!(joined(MarkKind::New), right.clone());
        }
    }
}
