//! Puts one entry of a list first, in the text itself: entries on lines of their own move with their remarks, entries in
//! brackets change places and leave everything between them where it is.

use std::ops::Range;

use super::spot::Alternatives;

/// The text with this entry first; `None` when the list is written in a way that this does not understand.
pub(super) fn promote(text: &str, list: &Alternatives, entry: usize) -> Option<String> {
    if entry == 0 || entry >= list.entries.len() {
        return None;
    }
    if in_brackets(text, list) { in_line(text, list, entry) } else { in_lines(text, list, entry) }
}

fn in_brackets(text: &str, list: &Alternatives) -> bool {
    offset(text, list.line, list.column).is_some_and(|at| text[at..].starts_with('['))
}

/// Entries in brackets on one line.
fn in_line(text: &str, list: &Alternatives, entry: usize) -> Option<String> {
    let places: Vec<Range<usize>> = list
        .entries
        .iter()
        .map(|entry| {
            let start = offset(text, entry.mark.line, entry.mark.column)?;
            let end = offset(text, entry.mark.line, entry.mark.column + entry.mark.length)?;
            let written = text[start..end].trim_end();
            (entry.mark.line == list.line && reads_as(written, &entry.said))
                .then(|| start..start + written.len())
        })
        .collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..places.len()).collect();
    order[..=entry].rotate_right(1);
    let mut changed = text.to_owned();
    for (place, from) in places.iter().zip(order).rev() {
        changed.replace_range(place.clone(), &text[places[from].clone()]);
    }
    Some(changed)
}

/// Whether what is written is this text, quoted or not.
fn reads_as(written: &str, said: &str) -> bool {
    let quoted = |quote: char| written.len() > 1 && written.starts_with(quote) && written.ends_with(quote);
    written == said || quoted('"') || quoted('\'')
}

/// Entries on lines of their own; remarks and empty lines before an entry belong to it, but for those before the first.
fn in_lines(text: &str, list: &Alternatives, entry: usize) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let begins: Vec<usize> =
        list.entries.iter().map(|entry| entry.mark.line.checked_sub(1)).collect::<Option<_>>()?;
    let is_alone = |line: usize| lines.get(line).is_some_and(|line| line.trim_start().starts_with("- "));
    if !begins.iter().all(|line| is_alone(*line)) || !begins.windows(2).all(|pair| pair[0] < pair[1]) {
        return None;
    }
    // Between two entries there may be remarks, but nothing that belongs to the entry before.
    let between = begins.windows(2).flat_map(|pair| lines[pair[0] + 1..pair[1]].iter());
    let is_remark = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let (first, end) = (*begins.first()?, *begins.last()?);
    if !between.clone().all(is_remark) || lines.get(end).is_some_and(|line| opens_block(line)) {
        return None;
    }
    let blocks: Vec<&[&str]> = (0..begins.len())
        .map(|at| {
            let start = if at == 0 { first } else { begins[at - 1] + 1 };
            &lines[start..=begins[at]]
        })
        .collect();
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order[..=entry].rotate_right(1);
    let line_end = if lines[end].ends_with("\r\n") || lines[first].ends_with("\r\n") { "\r\n" } else { "\n" };
    let mut moved: String = order
        .into_iter()
        .flat_map(|at| blocks[at].iter())
        .map(|line| if line.ends_with('\n') { (*line).to_owned() } else { format!("{line}{line_end}") })
        .collect();
    if !lines[end].ends_with('\n') {
        moved.truncate(moved.len() - line_end.len());
    }
    Some([lines[..first].concat(), moved, lines[end + 1..].concat()].concat())
}

/// Whether the value goes on in the lines below (`- >-`, `- |`).
fn opens_block(line: &str) -> bool {
    let value = line.trim().trim_start_matches("- ").trim_start();
    value.starts_with(['>', '|'])
}

/// The byte at which a character of a line stands; also the place behind the line's last one.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(before..)?.split('\n').next()?;
    let skipped = column.checked_sub(1)?;
    let within = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(skipped)?;
    Some(before + within)
}
