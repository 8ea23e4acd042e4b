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

/// What people write in Chinese, and the word that it is here.
const SPOKEN: [(&str, &str); 34] = [
    ("打开", "open"),
    ("点击", "tap"),
    ("点", "tap"),
    ("单击", "tap"),
    ("click", "tap"),
    ("输入", "type"),
    ("填写", "type"),
    ("input", "type"),
    ("选择", "choose"),
    ("select", "choose"),
    ("按键", "press"),
    ("搜索", "search"),
    ("展开", "unfold"),
    ("等待", "wait"),
    ("检查", "expect"),
    ("读取", "read"),
    ("提问", "ask"),
    ("返回", "back"),
    ("截图", "shot"),
    ("个人", "personal"),
    ("企业", "enterprise"),
    ("法人", "enterprise"),
    ("事项", "items"),
    ("账号", "accounts"),
    ("回车", "Enter"),
    ("回车键", "Enter"),
    ("退出", "Escape"),
    ("办事指南", "guide"),
    ("指南", "guide"),
    ("标题", "title"),
    ("步骤", "steps"),
    ("渠道", "channels"),
    ("名称", "name"),
    ("门户", "portal"),
];

fn spoken<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let (_, meant) = SPOKEN.iter().find(|(spoken, _)| *spoken == word)?;
    candidates.iter().find(|candidate| *candidate == meant).copied()
}

/// 可用的{kind}：a、b、c（是不是想写 a？）
pub(crate) fn allowed(kind: &str, word: &str, candidates: &[&str]) -> String {
    let list = candidates.join("、");
    match spoken(word, candidates).or_else(|| nearest(word, candidates.iter().copied())) {
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
    fn a_chinese_word_for_a_step_finds_the_step() {
        assert!(allowed("步骤", "点击", &["open", "tap"]).ends_with("（是不是想写 tap？）"));
        assert!(allowed("词", "点击", &["items"]).ends_with("items"));
    }

    #[test]
    fn a_word_like_none_of_them_finds_nothing() {
        assert_eq!(nearest("点击", ["open", "tap"]), None);
        assert_eq!(nearest("", ["open", "tap"]), None);
    }
}
