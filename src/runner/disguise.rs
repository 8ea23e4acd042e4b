//! A known word in every form in which a page, an address or a browser's message may write it: as it is, escaped for JSON,
//! HTML or an address (UTF-8 and GBK), or anywhere inside Base64.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Words shorter than this are not looked for inside Base64: what is left of them there is too little to be theirs alone.
const SHORTEST_ENCODED: usize = 4;
/// Bits of a byte, and of a Base64 sign.
const BYTE: usize = 8;
const SIGN: usize = 6;

/// A regular expression for the word and its disguises; it has no groups that capture.
pub(super) fn pattern(word: &str) -> String {
    let mut pattern = String::from("(?:");
    for character in word.chars() {
        pattern.push_str(&forms(character));
    }
    if word.len() >= SHORTEST_ENCODED {
        for before in 0..3 {
            pattern.push('|');
            pattern.push_str(&encoded(word, before));
        }
    }
    pattern.push(')');
    pattern
}

/// The same for a long word without structure: as it is, escaped whole for JSON or an address, and inside Base64. Spelling every
/// sign in every way would make a pattern that nobody can afford.
pub(super) fn literals(word: &str) -> String {
    let json = serde_json::to_string(word).unwrap_or_default();
    let form: String = url::form_urlencoded::byte_serialize(word.as_bytes()).collect();
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
    let escaped = [escaped(word, |byte| !unreserved(byte)), escaped(word, |_| true), form];
    let mut forms = vec![word.to_owned(), json.trim_matches('"').to_owned()];
    for upper in escaped {
        let lower = lower_escapes(&upper);
        forms.extend([upper.replace('%', "%25"), lower.replace('%', "%25"), upper, lower]);
    }
    let mut pattern: Vec<String> = forms.iter().map(|form| regex::escape(form)).collect();
    pattern.extend((0..3).map(|before| encoded(word, before)));
    format!("(?:{})", pattern.join("|"))
}

/// With these bytes as percent escapes.
fn escaped(word: &str, wanted: impl Fn(u8) -> bool) -> String {
    word.bytes().fold(String::new(), |mut escaped, byte| {
        if wanted(byte) {
            let _ = write!(escaped, "%{byte:02X}");
        } else {
            escaped.push(char::from(byte));
        }
        escaped
    })
}

/// The same escapes in small letters.
fn lower_escapes(escaped: &str) -> String {
    let mut parts = escaped.split('%');
    let mut lower = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hex, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        lower.push('%');
        lower.push_str(&hex.to_ascii_lowercase());
        lower.push_str(rest);
    }
    lower
}

/// One character, however it is escaped.
fn forms(character: char) -> String {
    let mut utf8 = [0; 4];
    let bytes = percent(character.encode_utf8(&mut utf8).as_bytes());
    let mut utf16 = [0; 2];
    let units: String = character.encode_utf16(&mut utf16).iter().fold(String::new(), |mut units, unit| {
        let _ = write!(units, r"(?:\\+|%(?:25)*)u{}", any_case(&format!("{unit:04x}")));
        units
    });
    let code = u32::from(character);
    let hex = any_case(&format!("{code:x}"));
    let mut forms =
        format!("(?:{}|{bytes}|{units}|&#0*{code};|&#[xX]0*{hex};", regex::escape(&character.to_string()));
    let (gbk, _, unknown) = encoding_rs::GBK.encode(character.encode_utf8(&mut utf8));
    if !unknown && !character.is_ascii() {
        let _ = write!(forms, "|{}", percent(&gbk));
    }
    let named = match character {
        ' ' => r"|\+",
        '"' => r#"|\\+"|&quot;"#,
        '\\' => r"|\\+",
        '/' => r"|\\+/",
        '\'' => r"|\\+'|&apos;",
        '&' => "|&amp;",
        '<' => "|&lt;",
        '>' => "|&gt;",
        _ => "",
    };
    forms.push_str(named);
    forms.push(')');
    forms
}

/// `%5B`, escaped as often as an address inside an address is (`%255B`), in either case; second bytes of GBK that are letters
/// stay letters.
fn percent(bytes: &[u8]) -> String {
    bytes.iter().enumerate().fold(String::new(), |mut escaped, (at, byte)| {
        let hex = any_case(&format!("{byte:02x}"));
        let plain = char::from(*byte);
        if at > 0 && plain.is_ascii_alphanumeric() {
            let _ = write!(escaped, "(?:%(?:25)*{hex}|{plain})");
        } else {
            let _ = write!(escaped, "%(?:25)*{hex}");
        }
        escaped
    })
}

fn any_case(hex: &str) -> String {
    hex.chars().fold(String::new(), |mut pattern, digit| {
        if digit.is_ascii_alphabetic() {
            let _ = write!(pattern, "[{digit}{}]", digit.to_ascii_uppercase());
        } else {
            pattern.push(digit);
        }
        pattern
    })
}

/// The signs of Base64 that the word alone decides when so many bytes stand before it in its group of three, and the sign
/// after them that it shares.
fn encoded(word: &str, before: usize) -> String {
    let mut bytes = vec![0; before];
    bytes.extend(word.bytes());
    let first = (before * BYTE).div_ceil(SIGN);
    let whole = bytes.len() * BYTE / SIGN;
    let signs = STANDARD_NO_PAD.encode(&bytes);
    let mut pattern: String = signs.chars().take(whole).skip(first).map(sign).collect();
    if !(bytes.len() * BYTE).is_multiple_of(SIGN) {
        pattern.push_str("(?:[A-Za-z0-9+/_-]|%(?:25)*2[bBfF])?");
    }
    pattern.push_str("(?:=|%(?:25)*3[dD]){0,2}");
    pattern
}

fn sign(sign: char) -> String {
    match sign {
        '+' => "(?:[+ -]|%(?:25)*2[bB])".to_owned(),
        '/' => r"(?:\\*/|_|%(?:25)*2[fF])".to_owned(),
        other => other.to_string(),
    }
}
