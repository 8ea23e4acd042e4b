//! The one comparator: what several channels say about one thing, sorted into groups that say the same, with the odd
//! ones named. It serves every kind of fact.

use std::cmp::Reverse;

use crate::model::{ChannelId, Likeness};
use crate::text::{self, Sort};

/// What one channel says.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    /// The channel.
    pub channel: &'a ChannelId,
    /// Its words.
    pub text: &'a str,
}

/// How the voices compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// [`Likeness::Same`], [`Likeness::Formal`], [`Likeness::Differs`], or [`Likeness::Alone`] below two voices.
    pub likeness: Likeness,
    /// Indexes of the voices that say the same, the largest group first, otherwise in the voices' order.
    pub groups: Vec<Vec<usize>>,
    /// The channels to name: the minority, or everybody when there is no majority; empty when all agree.
    pub odd: Vec<ChannelId>,
    /// Whether no group is larger than every other one.
    pub tied: bool,
}

impl Comparison {
    /// The same where one channel is declared to be right: its group comes first, and everybody else is odd. Unchanged when
    /// that channel is silent.
    #[must_use]
    pub fn against(mut self, voices: &[Voice<'_>], authority: &ChannelId) -> Self {
        let is_right = |group: &Vec<usize>| group.iter().any(|&index| voices[index].channel == authority);
        let Some(at) = self.groups.iter().position(is_right) else { return self };
        self.groups[..=at].rotate_right(1);
        let mut odd: Vec<usize> = self.groups[1..].iter().flatten().copied().collect();
        odd.sort_unstable();
        self.odd = odd.into_iter().map(|index| voices[index].channel.clone()).collect();
        self.tied = false;
        self
    }
}

/// Sorts voices into groups of one normal form. A text that its page cut off (“…”) and that another one begins with
/// belongs to that one's group.
#[must_use]
pub fn compare(sort: Sort, voices: &[Voice<'_>]) -> Comparison {
    // Most values are the same to the letter.
    if voices.windows(2).all(|pair| pair[0].text == pair[1].text) {
        let everybody = (0..voices.len()).collect();
        return conclude(voices, if voices.is_empty() { Vec::new() } else { vec![everybody] }, false);
    }
    compare_by(voices, |left, right| {
        let likeness = text::likeness(sort, left, right);
        if likeness == Likeness::Differs && cut_off(sort, left, right) { Likeness::Formal } else { likeness }
    })
}

/// The same with another judgement of two texts; it must be symmetric.
pub(super) fn compare_by(voices: &[Voice<'_>], alike: impl Fn(&str, &str) -> Likeness) -> Comparison {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut formal = false;
    for index in whole_texts_first(voices) {
        let found = groups.iter_mut().find_map(|group| {
            let likeness = alike(voices[group[0]].text, voices[index].text);
            (likeness != Likeness::Differs).then_some((group, likeness))
        });
        match found {
            Some((group, likeness)) => {
                formal |= likeness != Likeness::Same;
                group.push(index);
            }
            None => groups.push(vec![index]),
        }
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_by_key(|group| (Reverse(group.len()), group[0]));
    conclude(voices, groups, formal)
}

fn conclude(voices: &[Voice<'_>], groups: Vec<Vec<usize>>, formal: bool) -> Comparison {
    let tied = groups.len() > 1 && groups[0].len() == groups[1].len();
    let named: &[Vec<usize>] = match groups.len() {
        0 | 1 => &[],
        _ if tied => &groups,
        _ => &groups[1..],
    };
    let mut odd: Vec<usize> = named.iter().flatten().copied().collect();
    odd.sort_unstable();
    let odd = odd.into_iter().map(|index| voices[index].channel.clone()).collect();
    let likeness = match groups.len() {
        _ if voices.len() < 2 => Likeness::Alone,
        1 if formal => Likeness::Formal,
        1 => Likeness::Same,
        _ => Likeness::Differs,
    };
    Comparison { likeness, groups, odd, tied }
}

/// Cut-off texts come last, so that they find the whole text's group.
fn whole_texts_first(voices: &[Voice<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..voices.len()).collect();
    order.sort_by_key(|&index| without_ellipsis(voices[index].text).is_some());
    order
}

/// Whether one text is the beginning of the other one, cut off by its page with an ellipsis.
pub(super) fn cut_off(sort: Sort, left: &str, right: &str) -> bool {
    let begins = |cut: &str, whole: &str| {
        without_ellipsis(cut).is_some_and(|start| {
            let start = text::normal(sort, start);
            !start.is_empty() && text::normal(sort, whole).starts_with(&start)
        })
    };
    begins(left, right) || begins(right, left)
}

fn without_ellipsis(said: &str) -> Option<&str> {
    let said = said.trim_end();
    ["...", "…", "。。。", "．．．"]
        .iter()
        .find_map(|ellipsis| said.strip_suffix(ellipsis))
        .map(str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(texts: &[&str]) -> (Likeness, Vec<String>, bool) {
        let ids: Vec<ChannelId> =
            ["pc", "app", "mini", "kiosk"].iter().take(texts.len()).map(|&id| id.into()).collect();
        let voices: Vec<Voice<'_>> =
            ids.iter().zip(texts).map(|(channel, &text)| Voice { channel, text }).collect();
        let comparison = compare(Sort::Words, &voices);
        (comparison.likeness, comparison.odd.into_iter().map(|id| id.0).collect(), comparison.tied)
    }

    #[test]
    fn the_minority_is_odd() {
        assert_eq!(compared(&["甲", "乙", "甲", "甲"]), (Likeness::Differs, vec!["app".to_owned()], false));
        assert_eq!(compared(&["甲", "乙", "乙"]), (Likeness::Differs, vec!["pc".to_owned()], false));
        let two = vec!["mini".to_owned(), "kiosk".to_owned()];
        assert_eq!(compared(&["甲", "甲", "乙", "丙"]), (Likeness::Differs, two, false));
    }

    #[test]
    fn without_a_majority_everybody_is_named() {
        assert_eq!(compared(&["甲", "乙"]).1, ["pc", "app"]);
        let (_, odd, tied) = compared(&["甲", "乙", "甲", "乙"]);
        assert_eq!((odd.len(), tied), (4, true));
    }

    #[test]
    fn what_the_authority_says_is_right_even_against_the_majority() {
        let ids: Vec<ChannelId> = ["pc", "app", "mini"].map(ChannelId::from).to_vec();
        let voices: Vec<Voice<'_>> =
            ids.iter().zip(["甲", "乙", "乙"]).map(|(channel, text)| Voice { channel, text }).collect();
        let measured = compare(Sort::Words, &voices).against(&voices, &"pc".into());
        assert_eq!((measured.odd, measured.tied), (vec!["app".into(), "mini".into()], false));
        let silent = compare(Sort::Words, &voices).against(&voices, &"kiosk".into());
        assert_eq!(silent.odd, ["pc".into()]);
    }

    #[test]
    fn agreement_in_other_clothes_is_formal_and_one_voice_is_alone() {
        assert_eq!(compared(&["甲。", "甲"]).0, Likeness::Formal);
        assert_eq!(compared(&["甲", "甲"]).0, Likeness::Same);
        assert_eq!(compared(&["甲"]).0, Likeness::Alone);
        assert_eq!(compared(&[]).0, Likeness::Alone);
    }

    #[test]
    fn a_text_that_its_page_cut_off_does_not_differ() {
        assert_eq!(
            compared(&["申请人年满十八…", "申请人年满十八周岁", "申请人年满十八周岁"]).0,
            Likeness::Formal
        );
        assert_eq!(compared(&["申请人年满二十…", "申请人年满十八周岁"]).0, Likeness::Differs);
        assert_eq!(compared(&["…", "申请人年满十八周岁"]).0, Likeness::Differs);
    }
}
