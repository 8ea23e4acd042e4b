//! Reads query strings and form bodies in UTF-8 and GBK: a GBK page sends its fields in GBK.

use encoding_rs::GBK;

/// Longest value that a field may have, in bytes.
const LONGEST: usize = 600;

/// The field's value; empty when it is absent. Never fails: hostile input gives odd text, not an error.
pub(crate) fn field(raw: &str, name: &str) -> String {
    raw.split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| decode(value))
        .unwrap_or_default()
}

fn decode(value: &str) -> String {
    let bytes = percent_decode(value.as_bytes());
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => GBK.decode(error.as_bytes()).0.into_owned(),
    }
}

fn percent_decode(raw: &[u8]) -> Vec<u8> {
    let raw = raw.get(..LONGEST * 3).unwrap_or(raw);
    let hex = |at: usize| raw.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut bytes = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, hex(at + 1), hex(at + 2)) {
            bytes.push((high * 16 + low) as u8);
            at += 3;
        } else {
            bytes.push(if byte == b'+' { b' ' } else { byte });
            at += 1;
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_read_in_utf8_and_in_gbk() {
        assert_eq!(field("q=%E6%8A%A4%E7%85%A7&x=1", "q"), "护照");
        assert_eq!(field("x=1&q=%BB%A4%D5%D5", "q"), "护照");
    }

    proptest::proptest! {
        #[test]
        fn no_query_string_panics(raw in ".{0,80}") {
            field(&raw, "q");
            field(&format!("q={raw}"), "q");
        }
    }
}
