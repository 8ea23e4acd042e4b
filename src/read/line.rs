//! Labels in front of their values on one line: “承诺时限：5个工作日”, “【办理地点】凤台街88号”, “实施编码 1144…”.

use std::borrow::Cow;

use crate::text::is_solid;

use super::labels::{self, LONGEST, Label};
use super::noise::halve;
use super::page::{Page, is_blank};
use super::shape::{self, Fit};
use super::words::{Style, enumerator, is_pictograph};

/// A line written out, with where its runs begin.
pub(super) struct Written<'a> {
    pub(super) text: Cow<'a, str>,
    /// Byte offsets of the runs and their text nodes.
    runs: Vec<(usize, usize)>,
}

/// A label found on a line.
pub(super) struct Hit {
    /// Where its numbering or decoration begins.
    pub(super) from: usize,
    pub(super) label_start: usize,
    pub(super) value: usize,
    pub(super) label: Label,
}

impl<'a> Written<'a> {
    pub(super) fn new(page: &'a Page, texts: &[u32]) -> Self {
        if let [only] = texts {
            let text = page.words(*only as usize).trim_start_matches(is_blank);
            return Self { text: Cow::Borrowed(text), runs: vec![(0, *only as usize)] };
        }
        let mut text = String::new();
        let mut runs = Vec::with_capacity(texts.len());
        for &run in texts {
            let words = page.words(run as usize);
            let words = if text.is_empty() { words.trim_start_matches(is_blank) } else { words };
            runs.push((text.len(), run as usize));
            text.push_str(words);
        }
        Self { text: Cow::Owned(text), runs }
    }

    /// The text node that a byte of the line stands in.
    pub(super) fn position(&self, byte: usize) -> usize {
        let place = self.runs.partition_point(|run| run.0 <= byte).saturating_sub(1);
        self.runs[place].1
    }

    /// Known labels with a colon behind them, each at the start of the line, of a run, or after punctuation.
    pub(super) fn labels(&self) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (end, character) in self.signs() {
            let floor = hits.last().map_or(0, |hit| hit.value);
            let value = end + character.len_utf8();
            let hit = if character == '】' {
                self.label_in_brackets(end, floor, value)
            } else {
                self.label_before(end, floor, value)
            };
            hits.extend(hit);
        }
        if hits.first().is_none_or(|hit| hit.from > 0) {
            hits.splice(0..0, self.label_before_blank());
        }
        hits
    }

    /// The colons and closing brackets, found by their last bytes.
    fn signs(&self) -> impl Iterator<Item = (usize, char)> + '_ {
        let bytes = self.text.as_bytes();
        memchr::memchr3_iter(b':', 0x9a, 0x91, bytes).filter_map(|at| match bytes[at] {
            b':' => Some((at, ':')),
            0x9a if bytes[..at].ends_with(&[0xef, 0xbc]) => Some((at - 2, '：')),
            0x91 if bytes[..at].ends_with(&[0xe3, 0x80]) => Some((at - 2, '】')),
            _ => None,
        })
    }

    /// “【办理地点】凤台街88号”.
    fn label_in_brackets(&self, end: usize, floor: usize, value: usize) -> Option<Hit> {
        let open = floor + self.text.get(floor..end)?.rfind('【')?;
        let label_start = open + '【'.len_utf8();
        let label = labels::lookup(&self.text[label_start..end], true)?;
        let colon = self.text[value..].chars().next().filter(|next| matches!(next, ':' | '：'));
        Some(Hit { from: open, label_start, value: value + colon.map_or(0, char::len_utf8), label })
    }

    /// “实施编码 1144…”: a label at the start of a line, parted by a blank from a value that suits it.
    fn label_before_blank(&self) -> Option<Hit> {
        // Most lines have no blank where a label could end, which their bytes tell.
        if is_solid(&self.text[..self.text.floor_char_boundary(LONGEST * 4)]) {
            return None;
        }
        let (end, _) = self.text.char_indices().take(LONGEST).find(|(_, letter)| is_blank(*letter))?;
        let value = self.text[end..].trim_matches(is_blank);
        let label = labels::lookup(&self.text[..end], true)?;
        let suits = label
            .senses
            .iter()
            .any(|sense| shape::fit(&labels::element(sense.element).id, value) == Fit::Good);
        (suits && !label.compound && value.chars().count() <= 120).then_some(Hit {
            from: 0,
            label_start: 0,
            value: end,
            label,
        })
    }

    /// The longest known label that ends at a colon, and the numbering in front of it.
    fn label_before(&self, colon: usize, floor: usize, value: usize) -> Option<Hit> {
        let before = &self.text[floor..colon];
        let first = before.char_indices().rev().take(LONGEST).last().map_or(colon, |(at, _)| floor + at);
        if labels::ends_like_none(&self.text[first..colon]) {
            return None;
        }
        let starts = self.text[first..colon].char_indices().map(|(at, _)| first + at);
        let numbered = enumerator(&self.text[floor..]).map(|found| floor + found.width);
        for start in starts {
            if numbered != Some(start) && !self.is_boundary(start, floor) {
                continue;
            }
            let written = &self.text[start..colon];
            if written.starts_with(is_blank) {
                continue;
            }
            if let Some(label) = labels::lookup(written, true) {
                let start = start + numbered_prefix(written);
                let from = self.numbering_before(start, floor);
                return Some(Hit { from, label_start: start, value, label });
            }
        }
        None
    }

    fn is_boundary(&self, start: usize, floor: usize) -> bool {
        if start == floor || self.runs.binary_search_by_key(&start, |run| run.0).is_ok() {
            return true;
        }
        let before = self.text[..start].chars().next_back().map(halve);
        before.is_none_or(|before| {
            is_blank(before) || is_pictograph(before) || ";。.、)*★●■◆]】|/".contains(before)
        }) || enumerator(&self.text[start..]).is_some()
    }

    /// Where the numbering and decoration in front of a label begin.
    fn numbering_before(&self, start: usize, floor: usize) -> usize {
        let between = &self.text[floor..start];
        let bare = between.trim_end_matches(|letter: char| {
            is_blank(letter) || is_pictograph(letter) || "*★●■◆▪•·【[".contains(letter)
        });
        let numbered = bare
            .char_indices()
            .rev()
            .take(6)
            .filter(|&(at, _)| {
                enumerator(&bare[at..]).is_some_and(|found| {
                    found.width == bare.len() - at && (found.style != Style::Ordinal || at == 0)
                })
            })
            .map(|(at, _)| at)
            .last();
        let from = numbered.unwrap_or(bare.len());
        floor + if between[..from].trim_matches(is_blank).is_empty() { 0 } else { from }
    }
}

/// How many bytes of a written label are numbering (“第三十五条三、”).
fn numbered_prefix(written: &str) -> usize {
    let mut width = 0;
    while let Some(found) = enumerator(&written[width..]) {
        width += found.width;
    }
    width
}
