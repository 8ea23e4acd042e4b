//! A change of a text as a unified diff.

use similar::TextDiff;

/// Lines around a change that are shown with it.
const AROUND: usize = 3;

/// The change in the form that `patch` and `git apply` read; empty when nothing changed.
#[must_use]
pub fn unified_diff(name: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().context_radius(AROUND).header(name, name).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_has_its_file_its_place_and_both_lines() {
        let diff = unified_diff("a.yaml", "一\n二\n三\n", "一\n贰\n三\n");
        assert_eq!(diff, "--- a.yaml\n+++ a.yaml\n@@ -1,3 +1,3 @@\n 一\n-二\n+贰\n 三\n");
        assert_eq!(unified_diff("a.yaml", "一\n", "一\n"), "");
    }
}
