//! The words that every format shares: names of channels, aspects and stages, clean and clipped text, times.

use chrono::TimeDelta;

use crate::model::{Catalogue, ChannelId, Checklist, ChecklistItem, Finding, Run, Severity};

/// What stands for the portal where no service item is concerned.
pub(super) const PORTAL_ITSELF: &str = "（门户整体）";

/// The text without what a page could play tricks with: control characters, bidirectional overrides, and characters
/// that XML has no place for. Line breaks and tabs stay.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|&character| !is_trick(character)).collect()
}

fn is_trick(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fdd0}'..='\u{fdef}' => true,
        _ => character.is_control() || (character as u32) & 0xfffe == 0xfffe,
    }
}

/// At most so many characters, with `…` where something was left out.
pub(super) fn clip(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What people call these channels, joined.
pub(super) fn channel_names(run: &Run, channels: &[ChannelId]) -> String {
    let names: Vec<_> = channels.iter().map(|id| clean(run.channel_name(id))).collect();
    names.join("、")
}

/// 事项名称, or the words for the portal itself.
pub(super) fn item_name(item: &str) -> String {
    if item.is_empty() { PORTAL_ITSELF.to_owned() } else { clean(item) }
}

/// What of the item is wrong: the element's name, or the words for an aspect of the chatbot; possibly empty.
pub(super) fn aspect(finding: &Finding) -> String {
    match (finding.check.starts_with("bot."), finding.element.as_str()) {
        (true, "how") => "问“怎么办理”".to_owned(),
        (true, "materials") => "问“提交什么材料”".to_owned(),
        (true, "expiry") => "问“什么时候到期”".to_owned(),
        (_, element) => clean(Catalogue::embedded().name_of(element)),
    }
}

/// The official item behind a check id.
pub(super) fn point(check: &str) -> Option<&'static ChecklistItem> {
    Checklist::official().item(check)
}

/// The style class of a severity.
pub(super) fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Major => "major",
        Severity::Minor => "minor",
        Severity::Note => "note",
    }
}

/// 体验环节 of a check; the id itself when the checklist does not know it.
pub(super) fn stage_of(check: &str) -> String {
    point(check).map_or_else(|| clean(check), |item| item.stage.clone())
}

/// 体验要点 of a check, verbatim; the id itself when the checklist does not know it.
pub(super) fn point_text(check: &str) -> String {
    point(check).map_or_else(|| clean(check), |item| item.text.clone())
}

/// A length of time (“1 小时 5 分”, “12 分 30 秒”).
pub(super) fn duration(length: TimeDelta) -> String {
    let seconds = length.num_seconds().max(0);
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} 秒"),
        (0, minutes, seconds) => format!("{minutes} 分 {seconds} 秒"),
        (hours, minutes, _) => format!("{hours} 小时 {minutes} 分"),
    }
}

/// How long the run took, or that it never ended by itself.
pub(super) fn run_duration(run: &Run) -> String {
    run.ended
        .map_or_else(|| "未正常结束".to_owned(), |ended| format!("用时 {}", duration(ended - run.started)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_go_and_words_stay() {
        assert_eq!(clean("甲\u{202e}乙\u{0}\u{7f}\u{9b}\u{ffff}丙\n\t👩‍👩‍👧"), "甲乙丙\n\t👩‍👩‍👧");
    }

    #[test]
    fn a_clipped_text_says_so() {
        assert_eq!(clip("一二三四", 4), "一二三四");
        assert_eq!(clip("一二三四五", 4), "一二三四…");
    }

    #[test]
    fn lengths_of_time_read_like_speech() {
        assert_eq!(duration(TimeDelta::seconds(9)), "9 秒");
        assert_eq!(duration(TimeDelta::seconds(750)), "12 分 30 秒");
        assert_eq!(duration(TimeDelta::seconds(3900)), "1 小时 5 分");
        assert_eq!(duration(TimeDelta::seconds(-5)), "0 秒");
    }
}
