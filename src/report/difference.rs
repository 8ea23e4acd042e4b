//! Which channel's words the others are held against, and the marks that show where they part.

use std::collections::BTreeMap;

use crate::model::{ChannelId, Run, Said, Saying};
use crate::text::{Mark, MarkKind, marks};

use super::wording::{clean, clip};

/// Longer values are cut: nobody compares more by eye, and a page may send any amount.
const LONGEST: usize = 4000;

/// Up to here a replaced text is worth showing beside the one that replaces it.
const SHORT: usize = 24;

/// What one channel says, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown<'a> {
    /// The channel.
    pub(super) channel: &'a ChannelId,
    /// Whether it is one of the odd ones out.
    pub(super) odd: bool,
    /// Its words.
    pub(super) words: Words,
}

/// Words with their marks against the majority.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Words {
    /// 原文; one `Same` mark when there is nothing to hold it against.
    Text(Vec<Mark>),
    /// 未载明.
    Nothing,
    /// 未看到.
    Unseen,
}

/// The sayings in the portal's order of channels, those that the run does not know last.
pub(super) fn in_order<'a>(
    run: &'a Run,
    sayings: &'a BTreeMap<ChannelId, Saying>,
) -> impl Iterator<Item = (&'a ChannelId, &'a Saying)> {
    let known = run.channels.iter().filter_map(|(id, _)| sayings.get_key_value(id));
    let others = sayings.iter().filter(|(id, _)| run.channels.iter().all(|(known, _)| &known != id));
    known.chain(others)
}

/// All sayings side by side, each marked against the majority.
pub(super) fn side_by_side<'a>(
    run: &'a Run,
    sayings: &'a BTreeMap<ChannelId, Saying>,
    odd: &[ChannelId],
) -> Vec<Shown<'a>> {
    let reference = Reference::of(run, sayings, odd);
    in_order(run, sayings)
        .map(|(channel, saying)| Shown {
            channel,
            odd: odd.contains(channel),
            words: words(&saying.said, reference.as_ref()),
        })
        .collect()
}

/// What the others are held against.
struct Reference {
    text: String,
    /// Whether channels that are not odd say it; else all are odd, and it is only where the eye starts.
    settled: bool,
}

impl Reference {
    /// The most frequent words among the channels that are not odd, the earliest channel's on a tie. Where all are
    /// odd, the most frequent among all.
    fn of(run: &Run, sayings: &BTreeMap<ChannelId, Saying>, odd: &[ChannelId]) -> Option<Self> {
        let even = in_order(run, sayings).filter(|(id, _)| !odd.contains(id));
        let settled = most_frequent(even);
        let text = settled.or_else(|| most_frequent(in_order(run, sayings)))?;
        Some(Self { text: tidy(text), settled: settled.is_some() })
    }
}

fn most_frequent<'a>(sayings: impl Iterator<Item = (&'a ChannelId, &'a Saying)>) -> Option<&'a str> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for (_, saying) in sayings {
        let Said::Text(text) = &saying.said else { continue };
        if is_ours(text) {
            continue;
        }
        match counted.iter_mut().find(|(known, _)| known == text) {
            Some((_, count)) => *count += 1,
            None => counted.push((text, 1)),
        }
    }
    let most = counted.iter().map(|(_, count)| *count).max()?;
    counted.iter().find(|(_, count)| *count == most).map(|(text, _)| *text)
}

fn words(said: &Said, reference: Option<&Reference>) -> Words {
    match said {
        Said::Nothing => Words::Nothing,
        Said::Unseen => Words::Unseen,
        Said::Text(text) => {
            let text = tidy(text);
            Words::Text(match reference {
                Some(reference) if reference.text != text && !is_ours(&text) => telling(reference, text),
                _ => vec![Mark { kind: MarkKind::Same, text }],
            })
        }
    }
}

/// Whether the words are no page's but our own (“［登录成功］”): nobody's words are held against them.
fn is_ours(text: &str) -> bool {
    text.starts_with('［') && text.ends_with('］')
}

fn tidy(text: &str) -> String {
    clip(clean(text).trim(), LONGEST)
}

/// Marks that help: where two texts have little in common, crumbs of common characters only confuse, so the whole
/// text is marked as one, or not at all where nobody knows which of the two is right.
fn telling(reference: &Reference, text: String) -> Vec<Mark> {
    let found = marks(&reference.text, &text);
    let longer = reference.text.chars().count().max(text.chars().count());
    if count(&found, MarkKind::Same) * 3 >= longer {
        return found;
    }
    if !reference.settled {
        return vec![Mark { kind: MarkKind::Same, text }];
    }
    let gone = Mark { kind: MarkKind::Gone, text: reference.text.clone() };
    let new = Mark { kind: MarkKind::New, text };
    if longer > SHORT { vec![new] } else { vec![gone, new] }
}

fn count(found: &[Mark], kind: MarkKind) -> usize {
    found.iter().filter(|mark| mark.kind == kind).map(|mark| mark.text.chars().count()).sum()
}

/// Number of characters that the channel itself shows (what it lacks does not count).
pub(super) fn shown_length(marks: &[Mark]) -> usize {
    count(marks, MarkKind::Same) + count(marks, MarkKind::New)
}

/// The telling part of a long text: what is the same is shortened around the differences, and the whole is bounded.
pub(super) fn excerpt(marks: &[Mark], characters: usize) -> Vec<Mark> {
    let last = marks.len().saturating_sub(1);
    let mut left = characters;
    let mut short = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        if left == 0 {
            break;
        }
        let text = match mark.kind {
            MarkKind::Same if last > 0 => around(&mark.text, at > 0, at < last),
            _ => mark.text.clone(),
        };
        let text = clip(&text, left);
        left = left.saturating_sub(text.chars().count());
        short.push(Mark { kind: mark.kind, text });
    }
    short
}

/// The edges of a common run that touch a difference.
fn around(text: &str, after: bool, before: bool) -> String {
    const EDGE: usize = 14;
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= 3 * EDGE {
        return text.to_owned();
    }
    let head: String = if after { characters[..EDGE].iter().collect() } else { String::new() };
    let tail: String =
        if before { characters[characters.len() - EDGE..].iter().collect() } else { String::new() };
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(kind: MarkKind, text: &str) -> Mark {
        Mark { kind, text: text.to_owned() }
    }

    fn sayings(said: &[(&str, Said)]) -> BTreeMap<ChannelId, Saying> {
        let saying = |said: &Said| Saying { said: said.clone(), capture: None, node: None };
        said.iter().map(|(id, said)| (ChannelId::from(*id), saying(said))).collect()
    }

    fn run() -> Run {
        serde_json::from_value(serde_json::json!({
            "id": "r", "portal": "门户", "started": "2026-11-23T02:00:00+08:00", "ended": null, "version": "0",
            "channels": [["pc", "PC端"], ["app", "APP"], ["mini", "小程序"], ["kiosk", "自助终端"]],
            "items": [], "scenarios": {}
        }))
        .unwrap()
    }

    #[test]
    fn the_odd_channel_is_marked_against_the_majority_and_silence_is_not_blindness() {
        let text = |text: &str| Said::Text(text.to_owned());
        let said = sayings(&[
            ("pc", text("5个工作日")),
            ("app", text("20个工作日")),
            ("mini", Said::Unseen),
            ("kiosk", Said::Nothing),
        ]);
        let run = run();
        let shown = side_by_side(&run, &said, &[ChannelId::from("app")]);
        let order: Vec<_> = shown.iter().map(|shown| shown.channel.0.as_str()).collect();
        assert_eq!(order, ["pc", "app", "mini", "kiosk"]);
        assert_eq!(shown[0].words, Words::Text(vec![mark(MarkKind::Same, "5个工作日")]));
        assert!(shown[1].odd && matches!(&shown[1].words, Words::Text(marks) if marks.len() > 1));
        assert_eq!((&shown[2].words, &shown[3].words), (&Words::Unseen, &Words::Nothing));
    }

    #[test]
    fn words_that_are_ours_are_held_against_nobodys() {
        let said = sayings(&[
            ("pc", Said::Text("［登录成功］".to_owned())),
            ("app", Said::Text("［登录成功］".to_owned())),
            ("kiosk", Said::Text("系统繁忙".to_owned())),
        ]);
        let run = run();
        let words: Vec<_> = side_by_side(&run, &said, &[ChannelId::from("kiosk")])
            .into_iter()
            .map(|shown| shown.words)
            .collect();
        let same = |text: &str| Words::Text(vec![mark(MarkKind::Same, text)]);
        assert_eq!(words, [same("［登录成功］"), same("［登录成功］"), same("系统繁忙")]);
    }

    #[test]
    fn texts_with_little_in_common_are_marked_as_a_whole() {
        let other = "凭有效身份证件到窗口现场办理，不收取任何费用，也不需要预约";
        let reference = |settled| Reference { text: "网上全程办理".to_owned(), settled };
        assert_eq!(telling(&reference(true), other.to_owned()), [mark(MarkKind::New, other)]);
        assert_eq!(telling(&reference(false), other.to_owned()), [mark(MarkKind::Same, other)]);
    }

    #[test]
    fn an_excerpt_keeps_the_difference_and_what_touches_it() {
        let long = "甲".repeat(300);
        let marks = [mark(MarkKind::Same, &long), mark(MarkKind::New, "乙"), mark(MarkKind::Same, &long)];
        let shown: String = excerpt(&marks, 120).iter().map(|mark| mark.text.as_str()).collect();
        assert_eq!(shown, format!("…{0}乙{0}…", "甲".repeat(14)));
        assert_eq!(shown_length(&excerpt(&[mark(MarkKind::Same, &long)], 120)), 121);
    }
}
