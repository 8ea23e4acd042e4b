//! Bytes into text. Portals mix encodings, declare none or the wrong one, and cut pages in the middle of a character; what
//! a person could read on the page should be read here too.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The byte order mark as a letter.
const MARK: char = '\u{feff}';
/// How far into a page its own word about the encoding is looked for.
const HEAD: usize = 2048;
/// Chinese letters that make a sure sign of UTF-8: other encodings do not form them by chance.
const SURE: usize = 8;

/// Turns bytes into text: byte order mark, then UTF-8 where most of the page is that, then the header's charset, then the
/// page's own word, else GB18030. What fits no encoding becomes `U+FFFD`.
#[must_use]
pub fn decode(bytes: impl AsRef<[u8]>, content_type: Option<&str>) -> String {
    let bytes = bytes.as_ref();
    match simdutf8::basic::from_utf8(bytes) {
        // Most pages, and these need not be looked at twice.
        Ok(text) if is_chinese(text) && !text.starts_with(MARK) => text.to_owned(),
        _ => decode_others(bytes, content_type),
    }
}

fn decode_others(bytes: &[u8], content_type: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let encoding = wide(bytes).unwrap_or_else(|| {
        if is_utf8(bytes) { UTF_8 } else { declared(bytes, content_type).unwrap_or(GB18030) }
    });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-16 without a mark: every other byte of the markup is empty.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, second, 0, ..] if *second != 0 => Some(UTF_16LE),
        [0, b'<', 0, second, ..] if *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether this is UTF-8, whatever it says of itself: servers and editors get the declaration wrong far more often than
/// another encoding looks like Chinese in UTF-8. A few foreign bytes or a cut end do not change what the rest is.
fn is_utf8(bytes: &[u8]) -> bool {
    if let Ok(sound) = std::str::from_utf8(bytes) {
        return is_chinese(sound) || bytes.is_ascii();
    }
    let (mut chinese, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        chinese += chunk.valid().chars().filter(|letter| *letter >= '\u{2e80}').count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    chinese >= SURE.max(broken) || bytes.is_ascii()
}

/// Whether a text holds so many Chinese letters that they are none by chance.
fn is_chinese(text: &str) -> bool {
    text.chars().filter(|letter| *letter >= '\u{2e80}').nth(SURE - 1).is_some()
}

/// What the header or the page says, where that can be true: no Chinese page is in a Western encoding, and one in UTF-8
/// or UTF-16 would have been known by its bytes.
fn declared(bytes: &[u8], content_type: Option<&str>) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let impossible = [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252];
    let short = std::str::from_utf8(bytes).is_ok().then_some(UTF_8);
    [content_type, Some(&head)]
        .into_iter()
        .flatten()
        .filter_map(|said| Encoding::for_label(charset(said)?.as_bytes()))
        .find(|encoding| !impossible.contains(encoding))
        .or(short)
}

/// The name after `charset=`, wherever it stands.
fn charset(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let after = &lower[lower.find("charset")? + "charset".len()..];
    let name = after.trim_start_matches([' ', '=', '"', '\'']);
    let name: String = name
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = "<title>办事指南</title><p>承诺办结时限：五个工作日，咨询电话见下表。</p>";

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    #[test]
    fn a_gbk_page_is_read_whatever_it_says_of_itself() {
        for declared in [
            None,
            Some("text/html; charset=gbk"),
            Some("text/html;charset=utf-8"),
            Some("text/html;charset=ISO-8859-1"),
        ] {
            assert_eq!(decode(gbk(PAGE), declared), PAGE, "{declared:?}");
            let liar = format!("<meta charset='utf-8'>{PAGE}");
            assert_eq!(decode(gbk(&liar), declared), liar, "{declared:?}");
        }
        assert_eq!(decode(gbk("联通"), None), "联通");
    }

    #[test]
    fn a_utf8_page_is_read_whatever_it_says_of_itself() {
        for declared in [None, Some("text/html; charset=gb2312"), Some("text/html; charset=big5")] {
            assert_eq!(decode(PAGE.as_bytes(), declared), PAGE);
        }
        assert_eq!(decode("短句".as_bytes(), None), "短句");
        assert_eq!(decode("<meta charset=utf-16>短句".as_bytes(), None), "<meta charset=utf-16>短句");
    }

    #[test]
    fn a_cut_or_mixed_page_stays_what_most_of_it_is() {
        let cut = &PAGE.as_bytes()[..PAGE.len() - "。</p>".len() - 1];
        assert!(decode(cut, None).contains("咨询电话"));
        let mixed = [PAGE.as_bytes(), &gbk("友情链接"), PAGE.as_bytes()].concat();
        assert_eq!(decode(&mixed, None).matches("咨询电话").count(), 2);
        let cut = gbk(PAGE);
        assert!(decode(&cut[..cut.len() - 8], None).contains("咨询电话"));
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_its_empty_bytes() {
        let little: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((decode(&little, None), decode(&big, None)), (PAGE.to_owned(), PAGE.to_owned()));
        assert_eq!(decode([&[0xfe, 0xff][..], &big].concat(), Some("text/html; charset=gbk")), PAGE);
    }

    proptest! {
        #[test]
        fn chinese_comes_back_from_both_encodings(text in "[一-龥，。：、]{8,60}", declared in proptest::option::of("charset=(gbk|utf-8|big5|utf-16)")) {
            let is_gbk = declared.as_deref() != Some("charset=big5");
            prop_assert_eq!(decode(text.as_bytes(), declared.as_deref()), text.clone());
            if is_gbk {
                prop_assert_eq!(decode(gbk(&text), declared.as_deref()), text);
            }
        }

        #[test]
        fn any_bytes_make_a_text(bytes in proptest::collection::vec(any::<u8>(), 0..400), declared in "\\PC{0,20}") {
            let _ = decode(&bytes, Some(&declared));
        }
    }
}
