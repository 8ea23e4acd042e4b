//! “是不是想写 …？”: the allowed word that a misspelt one was probably meant to be.

/// The candidate that `word` most probably was meant to be, when one is near enough.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).take(64).collect();
    let limit = 1 + word.len() / 4;
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &candidate.chars().collect::<Vec<_>>()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// 可用的{kind}：a、b、c（是不是想写 a？）
pub(crate) fn allowed(kind: &str, word: &str, candidates: &[&str]) -> String {
    let list = candidates.join("、");
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("可用的{kind}：{list}（是不是想写 {near}？）"),
        None => format!("可用的{kind}：{list}"),
    }
}

/// How many letters must be added, dropped, exchanged, or swapped with their neighbour.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let exchanged = last[column] + usize::from(letter != other);
            let mut best = exchanged.min(last[column + 1] + 1).min(now[column] + 1);
            if row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other {
                best = best.min(before[column - 1] + 1);
            }
            now.push(best);
        }
        before = std::mem::replace(&mut last, now);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_word_that_was_meant() {
        let words = ["open", "tap", "type", "choose", "guide.consistency"];
        assert_eq!(nearest("tpa", words), Some("tap"));
        assert_eq!(nearest("Tap", words), Some("tap"));
        assert_eq!(nearest("chose", words), Some("choose"));
        assert_eq!(nearest("guide.consistancy", words), Some("guide.consistency"));
    }

    #[test]
    fn a_word_like_none_of_them_finds_nothing() {
        assert_eq!(nearest("点击", ["open", "tap"]), None);
        assert_eq!(nearest("", ["open", "tap"]), None);
    }
}
