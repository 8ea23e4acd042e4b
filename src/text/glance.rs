//! What a glance at two texts tells: most pairs wear other clothes or plainly say something else, and neither takes a normal
//! form to see. A glance may say nothing; what it says is what the normal forms would say.

use std::str::Chars;

use super::listing::is_ornament;
use super::numeral::is_numeral;
use super::plain::{fold, is_ordinary};
use super::shared;
use super::variant::simplified;
use super::{Sort, is_han};

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glance {
    /// The same under the clothes.
    Alike,
    /// Not the same in any form.
    Unlike,
    /// Only the normal forms can tell.
    Unsure,
}

/// Looks at two texts that are not equal to the letter. Symmetric.
pub(super) fn glance(sort: Sort, left: &str, right: &str) -> Glance {
    if !(is_plainly_written(left) && is_plainly_written(right)) {
        return Glance::Unsure;
    }
    let apart = last_shared_word(left, right);
    let (left, right) = (&left[apart..], &right[apart..]);
    if are_alike(Undressed::behind(left, apart > 0), Undressed::behind(right, apart > 0)) {
        return Glance::Alike;
    }
    match loose_words(sort) {
        Some(loose) if !firm(left, loose).eq(firm(right, loose)) => Glance::Unlike,
        _ => Glance::Unsure,
    }
}

/// Whether every character stands for itself: no tags, no entities, nothing that compatibility forms would turn into
/// several.
fn is_plainly_written(text: &str) -> bool {
    text.chars().all(|character| is_ordinary(character) && !matches!(character, '&' | '<' | '＆' | '＜'))
}

/// Where the texts go on behind the last Chinese character that they begin with in common: what folding remembers of a text
/// is the same there.
fn last_shared_word(left: &str, right: &str) -> usize {
    left[..shared(left, right)]
        .char_indices()
        .rev()
        .find(|&(_, character)| is_han(character))
        .map_or(0, |(start, character)| start + character.len_utf8())
}

/// Whether two texts read the same without their clothes. What both go on with to the letter is not looked at one by one.
fn are_alike(mut left: Undressed<'_>, mut right: Undressed<'_>) -> bool {
    loop {
        if left.is_between_words() && right.is_between_words() && left.last == right.last {
            let same = last_shared_word(left.rest.as_str(), right.rest.as_str());
            left.skip_to(same);
            right.skip_to(same);
        }
        match (left.next(), right.next()) {
            (None, None) => return true,
            (one, other) if one != other => return false,
            _ => {}
        }
    }
}

/// The characters of the cleaned text ([`super::plain::clean`]), one by one and without copying it.
struct Undressed<'a> {
    rest: Chars<'a>,
    /// White space that counts only when something follows.
    gap: Option<char>,
    /// What comes after the gap.
    waiting: Option<char>,
    last: Option<char>,
}

impl<'a> Undressed<'a> {
    fn behind(text: &'a str, a_word: bool) -> Self {
        Self { rest: text.chars(), gap: None, waiting: None, last: a_word.then_some('字') }
    }

    /// Whether nothing is held back, and a Chinese character comes next.
    fn is_between_words(&self) -> bool {
        self.gap.is_none() && self.waiting.is_none() && self.rest.clone().next().is_some_and(is_han)
    }

    /// Goes on behind the Chinese character that ends there.
    fn skip_to(&mut self, end: usize) {
        if end > 0 {
            *self = Self::behind(&self.rest.as_str()[end..], true);
        }
    }

    /// A run of dots is one ellipsis; what nobody sees does not interrupt it.
    fn whole_run(&mut self, dot: char) -> char {
        let mut run = dot;
        let mut ahead = self.rest.clone();
        while let Some(next) = ahead.next() {
            match fold(next) {
                '\0' => {}
                '.' | '…' => {
                    run = '…';
                    self.rest = ahead.clone();
                }
                _ => break,
            }
        }
        run
    }
}

impl Iterator for Undressed<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(waiting) = self.waiting.take() {
            self.last = Some(waiting);
            return Some(waiting);
        }
        loop {
            let character = fold(self.rest.next()?);
            let shown = match character {
                '\0' => continue,
                ' ' | '\n' => {
                    if self.last.is_some() && self.gap != Some('\n') {
                        self.gap = Some(character);
                    }
                    continue;
                }
                '-' | '~' if self.gap.is_none() && self.last == Some(character) => continue,
                '.' | '…' => self.whole_run(character),
                _ => character.to_ascii_lowercase(),
            };
            if let Some(gap) = self.gap.take() {
                self.waiting = Some(shown);
                self.last = Some(gap);
                return Some(gap);
            }
            self.last = Some(shown);
            return Some(shown);
        }
    }
}

/// The Chinese characters that no normal form of a sort drops, adds, moves or writes differently, in their order: texts
/// with different ones have different forms.
fn firm<'a>(text: &'a str, loose: &'a [char]) -> impl Iterator<Item = char> + 'a {
    text.chars()
        .map(simplified)
        .filter(move |&character| is_han(character) && !is_numeral(character) && !is_ornament(character))
        .filter(move |character| loose.binary_search(character).is_err())
}

/// The characters of words that a normal form of the sort may rewrite, sorted; `None` for sorts that read meanings.
fn loose_words(sort: Sort) -> Option<&'static [char]> {
    match sort {
        Sort::Words | Sort::Name => Some(&LOOSE),
        Sort::Stages => Some(&LOOSE_IN_STAGES),
        Sort::Law => Some(&LOOSE_IN_LAWS),
        _ => None,
    }
}

/// Second spellings, units, dates, amounts, and what stands between two figures.
const LOOSE: [char; 46] = sorted([
    '其', '它', '他', '登', '陆', '录', '身', '分', '份', '证', '公', '斤', '里', '克', '米', '平', '方',
    '立', '厘', '毫', '升', '吋', '寸', '级', '类', '年', '月', '日', '号', '时', '个', '工', '自', '小',
    '至', '到', '元', '圆', '块', '钱', '人', '民', '币', '之', '整', '正',
]);

/// The same, with 第一步, 步骤2 and 环节 in front of a stage.
const LOOSE_IN_STAGES: [char; 51] = sorted(with(LOOSE, ['第', '步', '骤', '环', '节']));

/// The same, with the words around titles, numbers and articles of laws.
const LOOSE_IN_LAWS: [char; 83] = sorted(with(
    LOOSE,
    [
        '中', '华', '共', '和', '国', '法', '律', '行', '政', '规', '地', '性', '部', '门', '章', '府', '范',
        '文', '件', '务', '院', '决', '定', '令', '主', '席', '总', '局', '署', '委', '员', '会', '条', '款',
        '项', '目', '第',
    ],
));

const fn with<const N: usize, const M: usize, const S: usize>(
    first: [char; N],
    second: [char; M],
) -> [char; S] {
    let mut all = ['\0'; S];
    let mut index = 0;
    while index < N {
        all[index] = first[index];
        index += 1;
    }
    while index < N + M {
        all[index] = second[index - N];
        index += 1;
    }
    all
}

const fn sorted<const N: usize>(mut list: [char; N]) -> [char; N] {
    let mut end = 1;
    while end < N {
        let mut at = end;
        while at > 0 && list[at - 1] as u32 > list[at] as u32 {
            (list[at - 1], list[at]) = (list[at], list[at - 1]);
            at -= 1;
        }
        end += 1;
    }
    list
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::normal;
    use super::super::plain::clean;
    use super::*;

    /// Pieces that normal forms rewrite, among some that they do not.
    fn rewritten_text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "其它",
            "登陆",
            "身分证",
            "公斤",
            "公里",
            "5",
            "平米",
            "m2",
            "m^3",
            "km",
            "吋",
            "iii级",
            "Ⅱ",
            "ii类",
            "百分之",
            "五",
            "十二",
            "两",
            "万",
            "3.5",
            "人民币",
            "¥",
            "1,000",
            "元",
            "块钱",
            "圆",
            "整",
            "正",
            "2024",
            "年",
            "01月",
            "5日",
            "号",
            "个",
            "工作日",
            "小时",
            "自然日",
            "至",
            "到",
            "~",
            "-",
            "*",
            "第",
            "步",
            "步骤",
            "环节",
            "→",
            ">",
            ":",
            "、",
            "，",
            "。",
            "；",
            "（一）",
            "1.",
            "(2)",
            "\n",
            " ",
            "中华人民共和国",
            "法律",
            "行政法规",
            "《",
            "》",
            "国务院",
            "主席",
            "部",
            "令",
            "委员会",
            "总局",
            "条",
            "款",
            "项",
            "(2020)",
            "申请",
            "受理",
            "审批",
            "窗口",
            "不",
            "无",
            "證",
            "等",
            "和",
            "及",
            "…",
            "\"",
            "A",
            "x",
            "|",
            "★",
            "〇",
            "没有",
            "收费",
        ]);
        prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn most_pairs_are_told_at_a_glance() {
        let glance = |left, right| glance(Sort::Words, left, right);
        assert_eq!(glance("申请，人；", "申请,人; "), Glance::Alike);
        assert_eq!(glance("年满１８周岁...", "年满18周岁……"), Glance::Alike);
        assert_eq!(glance("當場辦結", "当场办结"), Glance::Alike);
        assert_eq!(glance("申请人", "申领人"), Glance::Unlike);
        assert_eq!(glance("收取工本费", "不收取工本费"), Glance::Unlike);
        assert_eq!(glance("5个工作日", "五个工作日"), Glance::Unsure);
        assert_eq!(glance("申请&amp;受理", "申请受理"), Glance::Unsure);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn undressing_on_the_way_is_cleaning(text in "[申请ＡaZ，,.…。 \\-—~～\u{3000}\n１（年]{0,24}") {
            prop_assume!(is_plainly_written(&text));
            prop_assert_eq!(Undressed::behind(&text, false).collect::<String>(), clean(&text));
        }

        #[test]
        fn normal_forms_keep_what_is_firm(text in rewritten_text()) {
            prop_assume!(is_plainly_written(&text));
            for sort in [Sort::Words, Sort::Name, Sort::Stages, Sort::Law] {
                let loose = loose_words(sort).unwrap();
                let form = normal(sort, &text);
                prop_assert_eq!(
                    firm(&text, loose).collect::<String>(), firm(&form, loose).collect::<String>(), "{:?} {} {}", sort, text, form);
            }
        }

        #[test]
        fn a_glance_says_what_the_forms_say(left in rewritten_text(), right in rewritten_text(), shared in rewritten_text()) {
            let (left, right) = (format!("{shared}{left}"), format!("{shared}{right}"));
            for sort in [Sort::Words, Sort::Set, Sort::Limit, Sort::Phones, Sort::Hours, Sort::Address, Sort::Stages, Sort::Law] {
                let equal = normal(sort, &left) == normal(sort, &right);
                match glance(sort, &left, &right) {
                    Glance::Alike => prop_assert!(equal, "{:?}: {} and {}", sort, left, right),
                    Glance::Unlike => prop_assert!(!equal, "{:?}: {} and {}", sort, left, right),
                    Glance::Unsure => {}
                }
            }
        }
    }
}
