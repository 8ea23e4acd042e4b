//! 登录状态: what makes a portal take a browser for somebody who has signed in. All of it is secret.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

/// Shortest value that is taken for a token, in characters: shorter ones (`zh-CN`, `true`) say nothing about anybody, and stand in any text.
const SHORTEST_TOKEN: usize = 12;
/// Longest one; beyond are documents, not tokens.
const LONGEST_TOKEN: usize = 8192;
/// A token without digits is at least so long.
const SHORTEST_WORD: usize = 24;
/// A token of nothing but digits is at least so long: moments and versions are shorter.
const SHORTEST_NUMBER: usize = 16;
/// Depth to which JSON in a stored value is looked into.
const DEEPEST: usize = 6;

/// 登录状态: cookies and what pages keep in the browser. Debug output tells only how much there is.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginState {
    /// The address of the page on which somebody was seen to be signed in.
    pub page: String,
    /// The cookies of all hosts.
    pub cookies: Vec<Cookie>,
    /// What pages keep besides, by origin.
    pub stores: Vec<WebStore>,
}

/// One cookie.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The host that it belongs to; with a dot before it, all hosts below, too.
    pub domain: String,
    /// The beginning of the paths that it is sent to.
    pub path: String,
    /// Whether it is only sent over TLS.
    pub secure: bool,
    /// Whether it is hidden from page code.
    pub http_only: bool,
    /// `Strict`, `Lax` or `None`, where the portal said.
    pub same_site: Option<String>,
    /// When it ends, in seconds since 1970; `None` where it ends with the browser.
    pub expires: Option<i64>,
}

/// What the pages of one origin keep in the browser.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebStore {
    /// `https://host:port`.
    pub origin: String,
    /// For good.
    pub local: BTreeMap<String, String>,
    /// As long as the window.
    pub session: BTreeMap<String, String>,
}

impl LoginState {
    /// Whether there is nothing in it that a portal could know anybody by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cookies.is_empty()
            && self.stores.iter().all(|store| store.local.is_empty() && store.session.is_empty())
    }

    /// When the first of its cookies ends, in seconds since 1970; `None` where the portal did not say.
    #[must_use]
    pub fn expires(&self) -> Option<i64> {
        self.cookies.iter().filter_map(|cookie| cookie.expires).min()
    }

    /// The values by which a portal may know somebody again, however they are wrapped up (percent signs, JSON).
    #[must_use]
    pub fn tokens(&self) -> BTreeSet<String> {
        let cookies = self.cookies.iter().map(|cookie| cookie.value.as_str());
        let stored = self.stores.iter().flat_map(|store| store.local.values().chain(store.session.values()));
        let mut tokens = BTreeSet::new();
        for value in cookies.chain(stored.map(String::as_str)) {
            collect(value, 0, &mut tokens);
        }
        tokens
    }
}

fn collect(value: &str, depth: usize, tokens: &mut BTreeSet<String>) {
    if depth > DEEPEST {
        return;
    }
    let value = value.trim();
    if is_token(value) {
        tokens.insert(value.to_owned());
    }
    if value.contains('%') {
        let plain = unescaped(value);
        if plain != value {
            collect(&plain, depth + 1, tokens);
        }
    }
    // `Bearer abc…`, `a=b&token=abc…`.
    for part in value.split([' ', '=', '&', ';', ',']).filter(|part| part.len() < value.len()) {
        if is_token(part) {
            tokens.insert(part.to_owned());
        }
    }
    if let Ok(
        json @ (serde_json::Value::Object(_) | serde_json::Value::Array(_) | serde_json::Value::String(_)),
    ) = serde_json::from_str(value)
    {
        leaves(&json, depth + 1, tokens);
    }
}

fn leaves(json: &serde_json::Value, depth: usize, tokens: &mut BTreeSet<String>) {
    match json {
        serde_json::Value::String(text) => collect(text, depth, tokens),
        _ if depth > DEEPEST => {}
        serde_json::Value::Array(list) => list.iter().for_each(|one| leaves(one, depth + 1, tokens)),
        serde_json::Value::Object(map) => map.values().for_each(|one| leaves(one, depth + 1, tokens)),
        _ => {}
    }
}

fn is_token(value: &str) -> bool {
    let length = value.len();
    if !(SHORTEST_TOKEN..=LONGEST_TOKEN).contains(&length)
        || value.contains("://")
        || !value.chars().all(|letter| letter.is_ascii_graphic() && !"{}[]\"<>".contains(letter))
    {
        return false;
    }
    if is_public_code(value) {
        return false;
    }
    let digits = value.chars().any(|letter| letter.is_ascii_digit());
    let letters = value.chars().any(|letter| letter.is_ascii_alphabetic());
    match (letters, digits) {
        (true, true) => true,
        (true, false) => length >= SHORTEST_WORD,
        (false, _) => length >= SHORTEST_NUMBER,
    }
}

/// 统一社会信用代码 (18 characters), 实施编码 (31) and 业务办理项编码 (33): pages keep the last ones looked at, and guides show them.
fn is_public_code(value: &str) -> bool {
    matches!(value.len(), 18 | 31 | 33)
        && value.starts_with(|first: char| first.is_ascii_digit())
        && value.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase())
}

fn unescaped(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = bytes[at] == b'%';
        let byte = value.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let (byte, read) = byte.filter(|_| escaped).map_or((bytes[at], 1), |byte| (byte, 3));
        plain.push(byte);
        at += read;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

impl fmt::Debug for LoginState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stored: usize = self.stores.iter().map(|store| store.local.len() + store.session.len()).sum();
        formatter
            .debug_struct("LoginState")
            .field("cookies", &self.cookies.len())
            .field("stored", &stored)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Cookie {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cookie").field("name", &self.name).finish_non_exhaustive()
    }
}

impl fmt::Debug for WebStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WebStore").field("origin", &self.origin).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(values: &[&str]) -> LoginState {
        let local = values.iter().enumerate().map(|(at, value)| (at.to_string(), (*value).to_owned()));
        let store = WebStore { origin: "https://a.cn".into(), local: local.collect(), ..WebStore::default() };
        LoginState { stores: vec![store], ..LoginState::default() }
    }

    #[test]
    fn tokens_are_found_however_they_are_wrapped_up() {
        let state = state(&[
            r#"{"user":{"token":"abc123def456"},"roles":["guest","0011223344556677"]}"#,
            "%22q1w2e3r4t5y6%22",
            "Bearer zz99yy88xx77ww",
        ]);
        let tokens = state.tokens();
        for token in ["abc123def456", "0011223344556677", "q1w2e3r4t5y6", "zz99yy88xx77ww"] {
            assert!(tokens.contains(token), "{token} is not in {tokens:?}");
        }
    }

    #[test]
    fn what_stands_in_any_text_is_no_token() {
        let tokens = state(&[
            "zh-CN",
            "true",
            "1764091234567",
            "https://a.cn/b1",
            "办事指南办事指南12",
            "application/json",
        ])
        .tokens();
        let codes = state(&[
            "11140500009001013X",
            r#"{"seen":["11140500009001013X3140701001000","11140500009001013X314070100100001"]}"#,
        ])
        .tokens();
        assert!(codes.is_empty(), "{codes:?}");
        assert!(tokens.is_empty(), "{tokens:?}");
    }

    #[test]
    fn nothing_of_it_is_printed_and_the_first_end_counts() {
        let cookie = |expires| Cookie {
            name: "sid".into(),
            value: "abc123def456".into(),
            expires,
            ..Cookie::default()
        };
        let mut state = state(&["abc123def456"]);
        state.cookies = vec![cookie(None), cookie(Some(30)), cookie(Some(20))];
        assert_eq!(state.expires(), Some(20));
        assert!(!format!("{state:?} {:?} {:?}", state.cookies, state.stores).contains("abc"));
    }
}
