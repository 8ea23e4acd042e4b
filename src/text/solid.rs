//! What of a text is settled by its bytes.

/// Whether a text surely holds neither white space nor a character of an icon font (the private use area): what most runs of a
/// Chinese page are, and what saves looking at their letters one by one.
#[must_use]
pub fn is_solid(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(lead) = bytes.get(at) {
        at += match lead {
            b'!'..=b'~' => 1,
            // Chinese letters.
            0xe4..=0xed => 3,
            // Chinese signs but the blank; full-width forms.
            0xe3 if bytes.get(at + 1..at + 3) != Some(&[0x80, 0x80]) => 3,
            0xef if bytes.get(at + 1) > Some(&0xa3) => 3,
            _ => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_page_says_is_solid() {
        for text in ["", "承诺办结时限：5个工作日（法定20日）", "https://a.cn/?x=1&y=2", "〇〔2024〕、。"]
        {
            assert!(is_solid(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_solid_holds_a_blank_or_an_icon(text in "[字a：　 \\u{a0}\\u{2003}\\u{e602}\\u{f8ff}\\u{f900}\\u{1680}\\n\\u{85}é😀〇]{0,6}") {
            let looks_blank = |letter: char| letter.is_whitespace() || ('\u{e000}'..='\u{f8ff}').contains(&letter);
            prop_assert!(!is_solid(&text) || !text.contains(looks_blank));
        }
    }
}
