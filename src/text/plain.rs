//! The fold that every normal form begins with: it takes away what a person does not see or does not read.
//!
//! It has two halves. [`clean`] works on characters and keeps line breaks; [`settle`] works on lines, drops the numbers
//! and bullets of lists and then the line breaks themselves.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::listing::{is_ornament, marker};
use super::markup;
use super::variant::simplified;

/// The text without its clothes: full and half width, invisible characters, white space around Chinese, punctuation
/// forms, HTML leftovers, list numbers, traditional characters and case are folded. Idempotent.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut current = once(text);
    for _ in 0..PASSES {
        // Joined lines may show a number or an ornament where the text begins or ends now: look again.
        let next = once(&current);
        if next == current {
            break;
        }
        current = next;
    }
    current
}

/// More passes than this change nothing more in any text that was tried.
const PASSES: usize = 8;

/// One pass of [`plain`]: enough for those who look again themselves.
pub(super) fn once(text: &str) -> String {
    settle(&clean(text))
}

/// Folds character by character. White space is one blank, or one line break where the run had one.
pub(super) fn clean(text: &str) -> String {
    let readable = markup::without(text);
    let composed: Cow<'_, str> = if readable.chars().all(is_ordinary) {
        readable
    } else {
        Cow::Owned(spelled_out(&readable).nfkc().collect())
    };
    let mut folded = String::with_capacity(composed.len());
    for character in composed.chars() {
        push_folded(&mut folded, character);
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Characters that compatibility normalisation leaves alone or that [`fold`] knows itself.
pub(super) fn is_ordinary(character: char) -> bool {
    matches!(character, '\0'..='\u{7f}' | '\u{4e00}'..='\u{9fa5}' | '\u{3000}'..='\u{3002}' | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{3017}' | '\u{ff01}'..='\u{ff5e}' | '—' | '–' | '“' | '”' | '‘' | '’' | '…' | '·')
}

/// Writes ring and raised figures so that they cannot melt into the figure before them: `5①` is not 51, `10²` is not
/// 102.
fn spelled_out(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '①'..='⑳' | '⑴'..='⒇' | '❶'..='❿' | '➀'..='➉' | '➊'..='➓' => {
                spelled.push('(');
                spelled.push_str(&ring_number(character).to_string());
                spelled.push(')');
            }
            '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' if spelled.ends_with(|last: char| last.is_numeric()) =>
            {
                spelled.push('^');
                spelled.push(character);
            }
            '₀'..='₉' if spelled.ends_with(|last: char| last.is_numeric()) => {
                spelled.push('_');
                spelled.push(character);
            }
            _ => spelled.push(character),
        }
    }
    spelled
}

fn ring_number(character: char) -> u32 {
    let first = match character {
        '①'..='⑳' => '①',
        '⑴'..='⒇' => '⑴',
        '❶'..='❿' => '❶',
        '➀'..='➉' => '➀',
        _ => '➊',
    };
    u32::from(character) - u32::from(first) + 1
}

/// Adds one character in its folded form; runs of dashes, dots, waves and white space become one.
fn push_folded(folded: &mut String, character: char) {
    let character = fold(character);
    match character {
        '\0' => {}
        ' ' if folded.is_empty() || folded.ends_with([' ', '\n']) => {}
        '\n' if folded.is_empty() || folded.ends_with('\n') => {}
        '\n' => {
            if folded.ends_with(' ') {
                folded.pop();
            }
            folded.push('\n');
        }
        '-' | '~' if folded.ends_with(character) => {}
        '.' | '…' if folded.ends_with(['.', '…']) => {
            folded.pop();
            folded.push('…');
        }
        'A'..='Z' => folded.push(character.to_ascii_lowercase()),
        _ if character.is_ascii() || super::is_han(character) => folded.push(character),
        _ => folded.extend(character.to_lowercase()),
    }
}

/// One character for all that look or mean the same; `\0` for what nobody sees.
pub(super) fn fold(character: char) -> char {
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{2800}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => '\0',
        _ if character.is_whitespace() => ' ',
        _ if is_invisible(character) => '\0',
        '\u{4e00}'..='\u{9fff}' | '\u{2e80}'..='\u{2eff}' => simplified(character),
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).map_or(character, fold_punctuation)
        }
        _ => fold_punctuation(character),
    }
}

fn fold_punctuation(character: char) -> char {
    match character {
        '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '\'' | '「' | '」' | '『' | '』' | '〝' | '〞'
        | '`' | '´' => '"',
        '〈' | '«' | '‹' => '《',
        '〉' | '»' | '›' => '》',
        '[' | '【' | '〔' | '〖' | '〘' | '⟨' => '(',
        ']' | '】' | '〕' | '〗' | '〙' | '⟩' => ')',
        '—' | '–' | '―' | '─' | '━' | '‐' | '‑' | '‒' | '−' | '⁃' | '﹘' | '﹣' | 'ー' => {
            '-'
        }
        '～' | '〜' | '∼' | '˜' | '∽' => '~',
        '•' | '・' | '‧' | '∙' | '⋅' | '●' | '･' => '·',
        '×' | '✕' | '╳' | '✖' => 'x',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '︰' | '∶' | '︓' => ':',
        '⋯' => '…',
        '→' | '⇒' | '➔' | '➜' | '➝' | '➞' | '⟶' | '⟹' | '⇨' | '➡' => '→',
        '○' => '〇',
        _ => character,
    }
}

/// White space and what nobody sees.
pub(super) fn is_unseen(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffc}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Takes list numbers, bullets and closing punctuation off every line, then joins the lines.
pub(super) fn settle(cleaned: &str) -> String {
    let mut settled = Settled { text: String::with_capacity(cleaned.len()), gap: false, last_number: None };
    for line in cleaned.split('\n') {
        settled.add_line(trimmed_end(line));
    }
    settled.text
}

/// The line without closing punctuation, unless nothing else is there.
fn trimmed_end(line: &str) -> &str {
    let mut rest = line.trim_end_matches([' ', '。', '.', ';', ',', '、', ':', '…', '!', '?']);
    if rest.ends_with('*') && !rest.ends_with("**") {
        rest = rest.trim_end_matches(['*', ' ']);
    }
    if rest.is_empty() { line } else { rest }
}

struct Settled {
    text: String,
    /// White space stood here; it matters only between two Latin words or figures.
    gap: bool,
    /// Number of the list item before, so that `2.` in the middle of a line is known for a list number.
    last_number: Option<u64>,
}

impl Settled {
    fn add_line(&mut self, line: &str) {
        self.gap = true;
        let mut rest = self.without_lead(line);
        let mut characters = rest.chars();
        while let Some(character) = characters.next() {
            rest = characters.as_str();
            if character == ' ' {
                self.gap = true;
                rest = self.without_next_number(rest);
            } else if let Some(after) = self.without_next_bracket(character, rest) {
                rest = after;
            } else {
                self.push(character);
                if matches!(character, ';' | '。' | ':') {
                    rest = self.without_listed_number(rest);
                }
            }
            characters = rest.chars();
        }
    }

    fn push(&mut self, character: char) {
        let is_word = |character: char| character.is_ascii_alphanumeric();
        if self.gap && is_word(character) && self.text.ends_with(is_word) {
            self.text.push(' ');
        }
        self.gap = false;
        self.text.push(character);
    }

    /// The line without the bullets and numbers that it begins with.
    fn without_lead<'a>(&mut self, line: &'a str) -> &'a str {
        let mut rest = line.trim_start();
        loop {
            let bare = self.without_number(rest.trim_start_matches(is_ornament).trim_start());
            let bare = match bare.strip_prefix('-') {
                Some(after)
                    if !after.is_empty() && !after.starts_with(|next: char| next.is_ascii_digit()) =>
                {
                    after
                }
                _ => bare,
            };
            if bare.is_empty() || bare.len() == rest.len() {
                return if bare.is_empty() { rest } else { bare };
            }
            rest = bare;
        }
    }

    fn without_number<'a>(&mut self, rest: &'a str) -> &'a str {
        let Some((number, after)) = marker(rest.trim_start()) else { return rest };
        self.last_number = Some(number);
        after
    }

    fn is_due(&self, number: u64) -> bool {
        self.last_number.is_some_and(|last| last.checked_add(1) == Some(number))
    }

    /// `受理(2)审查`: a number in brackets needs no blank before it.
    fn without_next_bracket<'a>(&mut self, character: char, rest: &'a str) -> Option<&'a str> {
        if character != '(' {
            return None;
        }
        // Only so many bytes are looked at: a text may be long, and this is asked at every bracket.
        let closing = rest.bytes().take(10).position(|byte| byte == b')')?;
        let (figures, after) = (&rest[..closing], &rest[closing + 1..]);
        let number = super::numeral::numeral(figures)?;
        (self.is_due(number) && !after.is_empty()).then(|| {
            self.last_number = Some(number);
            after.trim_start()
        })
    }

    /// After `;`, `。` and `:` a list may begin or go on; any other figure says something (`评分：5.优秀`, `8:30)`).
    fn without_listed_number<'a>(&mut self, rest: &'a str) -> &'a str {
        let is_clock = self.text.trim_end_matches(':').ends_with(|last: char| last.is_ascii_digit());
        match marker(rest.trim_start()) {
            Some((number, after)) if (number == 1 || self.is_due(number)) && !is_clock => {
                self.last_number = Some(number);
                after
            }
            _ => rest,
        }
    }

    /// In the middle of a line only the number that is due counts as a list number.
    fn without_next_number<'a>(&mut self, rest: &'a str) -> &'a str {
        match marker(rest) {
            Some((number, after)) if self.is_due(number) => {
                self.last_number = Some(number);
                after
            }
            _ => rest,
        }
    }
}
