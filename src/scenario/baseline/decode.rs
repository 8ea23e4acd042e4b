//! Bytes as text: UTF-8 with or without a byte-order mark, UTF-16 with one, else GB18030, as spreadsheet programs write it.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::BaselineError;

/// The text of a file; nothing is replaced or lost.
pub(super) fn text(file: &str, bytes: &[u8]) -> Result<String, BaselineError> {
    let marked = [(&b"\xEF\xBB\xBF"[..], UTF_8), (b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)]
        .into_iter()
        .find(|(mark, _)| bytes.starts_with(mark));
    let candidates = match marked {
        Some((_, encoding)) => vec![encoding],
        None => vec![UTF_8, GB18030],
    };
    let bare = &bytes[marked.map_or(0, |(mark, _)| mark.len())..];
    candidates
        .iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bare))
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| BaselineError::Encoding { file: file.to_owned(), line: line_of_trouble(bare) })
}

/// The line of the first byte that is neither.
fn line_of_trouble(bytes: &[u8]) -> usize {
    let is_readable =
        |end: usize| GB18030.decode_without_bom_handling_and_without_replacement(&bytes[..end]).is_some();
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
    ends.take_while(|end| is_readable(*end)).count() + 1
}
