//! Keeps secrets and personal data out of everything that is written: secrets and test identities are known words,
//! other people's numbers are recognised by their shape.

use std::borrow::Cow;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use regex::{Captures, Regex, RegexBuilder};

use super::disguise;
use crate::model::{Account, Noise, Snapshot};
use crate::text;

/// What stands wherever a test account's own name stood.
pub const ACCOUNT_NAME: &str = "［测试账号姓名］";
const ACCOUNT_USER: &str = "［测试账号］";
const SECRET: &str = "［保密］";
/// What stands for Base64 that spells out a personal number.
const PERSONAL: &str = "［个人信息］";

/// Bytes that all known words in all their forms may come to once compiled; without limit a portal could make us run out of memory.
const LARGEST_PATTERN: usize = 64 << 20;

/// What may be Base64 of a text with a personal number in it.
static ENCODED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[A-Za-z0-9+/_-]{14,}={0,2}").ok());
/// Takes Base64 with and without padding and loose bits.
static DECODER: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Replaces known words, in whatever form they are written, and recognised numbers.
#[derive(Debug, Clone, Default)]
pub struct Masker {
    words: Vec<Word>,
    /// One group a word, in the order of `words`.
    forms: Option<Regex>,
}

/// A known word.
#[derive(Debug, Clone)]
struct Word {
    plain: String,
    /// What stands in its place.
    mark: &'static str,
    /// The forms in which it may be written, as a regular expression without groups.
    forms: String,
}

impl Masker {
    /// Masks what belongs to `account`.
    #[must_use]
    pub fn of(account: Option<&Account>) -> Self {
        let mut masker = Self::default();
        if let Some(account) = account {
            masker.add_account(account);
        }
        masker
    }

    /// From now on, masks what belongs to an account too.
    pub fn add_account(&mut self, account: &Account) {
        self.add(&account.shown_name, ACCOUNT_NAME);
        self.add(&account.user, ACCOUNT_USER);
    }

    /// From now on, masks a secret too.
    pub fn add_secret(&mut self, secret: &str) {
        self.add(secret, SECRET);
    }

    /// From now on, masks what portals know a visitor by: long random signs, which nobody writes in more than a few forms.
    pub fn add_tokens<'t>(&mut self, tokens: impl IntoIterator<Item = &'t str>) {
        let known = self.words.len();
        for token in tokens {
            self.put(token, SECRET, disguise::literals);
        }
        if self.words.len() != known {
            self.compile();
        }
    }

    fn add(&mut self, word: &str, mark: &'static str) {
        if self.put(word, mark, disguise::pattern) {
            self.compile();
        }
    }

    /// Says whether the word is a new one.
    fn put(&mut self, word: &str, mark: &'static str, forms: impl Fn(&str) -> String) -> bool {
        let fresh = word.chars().count() >= 2 && !self.words.iter().any(|known| known.plain == word);
        if fresh {
            self.words.push(Word { plain: word.to_owned(), mark, forms: forms(word) });
        }
        fresh
    }

    /// Longest words first, so that a word inside another one does not spoil it.
    fn compile(&mut self) {
        self.words.sort_by_key(|known| std::cmp::Reverse(known.plain.len()));
        let forms: Vec<String> = self.words.iter().map(|known| format!("({})", known.forms)).collect();
        self.forms = RegexBuilder::new(&forms.join("|")).size_limit(LARGEST_PATTERN).build().ok();
    }

    /// The text without secrets and personal data.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        // Before the words: a mark inside Base64 would tear it.
        let text = decoded(text);
        let mut masked = match &self.forms {
            Some(forms) => forms.replace_all(&text, |found: &Captures<'_>| self.mark(found)),
            None => Cow::Borrowed(text.as_ref()),
        };
        // A word that is too long for a pattern, or that replacing another one has put together.
        for Word { plain, mark, .. } in &self.words {
            if masked.contains(plain.as_str()) {
                masked = Cow::Owned(masked.replace(plain.as_str(), mark));
            }
        }
        text::mask(&masked)
    }

    fn mark(&self, found: &Captures<'_>) -> &'static str {
        let group = found.iter().skip(1).position(|group| group.is_some());
        group.and_then(|word| self.words.get(word)).map_or(SECRET, |known| known.mark)
    }

    /// What a browser told, without secrets and personal data.
    #[must_use]
    pub fn noise(&self, noise: &Noise) -> Noise {
        let url = noise.url.as_deref().map(|url| self.text(url));
        Noise { kind: noise.kind, said: self.text(&noise.said), url, status: noise.status }
    }

    /// Masks every text, attribute and address of a snapshot.
    pub fn snapshot(&self, snapshot: &mut Snapshot) {
        snapshot.url = self.text(&snapshot.url);
        snapshot.title = self.text(&snapshot.title);
        for data in snapshot.data.iter_mut().chain(&mut snapshot.notes) {
            *data = self.text(data);
        }
        for node in &mut snapshot.nodes {
            if !node.text.is_empty() {
                node.text = self.text(&node.text);
            }
            for value in node.attrs.values_mut() {
                *value = self.text(value).into();
            }
        }
    }
}

/// Base64 that spells out a personal number is replaced whole.
fn decoded(text: &str) -> Cow<'_, str> {
    let Some(encoded) = ENCODED.as_ref() else { return Cow::Borrowed(text) };
    encoded.replace_all(text, |found: &Captures<'_>| {
        if spells_a_number(&found[0]) { PERSONAL.to_owned() } else { found[0].to_owned() }
    })
}

/// Whether Base64 spells out a personal number, wherever its first group of four begins: what stands before it (a path, a
/// name) looks the same.
fn spells_a_number(run: &str) -> bool {
    let standard = run.trim_end_matches('=').replace('-', "+").replace('_', "/");
    (0..4).filter_map(|skipped| standard.get(skipped..)).any(|rest| {
        // One sign alone is no byte.
        let whole = if rest.len() % 4 == 1 { rest.len() - 1 } else { rest.len() };
        let bytes = DECODER.decode(&rest[..whole]).unwrap_or_default();
        let plain = String::from_utf8_lossy(&bytes);
        text::mask(&plain) != plain
    })
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;
    use crate::model::Audience;

    #[test]
    fn a_test_account_and_its_secret_leave_no_trace() {
        let account = Account {
            name: "个人账号".into(),
            audience: Audience::Personal,
            user: "zhangsan".into(),
            password_secret: "DEMO_PASSWORD".into(),
            shown_name: "张三丰".into(),
        };
        let mut masker = Masker::of(Some(&account));
        masker.add_secret("Demo@2026");
        let written = masker.text("欢迎您，张三丰（zhangsan），密码 Demo@2026");
        assert_eq!(written, format!("欢迎您，{ACCOUNT_NAME}（{ACCOUNT_USER}），密码 {SECRET}"));
    }

    #[test]
    fn a_token_is_found_plain_escaped_and_in_base64() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0+/=".repeat(20);
        let mut masker = Masker::default();
        masker.add_secret("Demo@2026");
        masker.add_tokens([token.as_str()]);
        for trace in traces(&token) {
            let shown = masker.text(&format!("x={trace}&y"));
            assert!(!shown.contains(&trace), "{trace} is still in {shown}");
        }
        assert_eq!(masker.text("Demo%402026"), SECRET, "other words are still known");
    }

    fn percent(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
    }

    /// Everything that somebody would search for who suspects the word in a file.
    fn traces(word: &str) -> Vec<String> {
        let json = serde_json::to_string(word).unwrap();
        let urls = [
            percent(word.as_bytes()),
            url::form_urlencoded::byte_serialize(word.as_bytes()).collect(),
            percent(word.as_bytes()).to_lowercase(),
        ];
        let twice = urls[0].replace('%', "%25");
        let mut traces = vec![word.to_owned(), json[1..json.len() - 1].to_owned(), twice];
        traces.extend(urls);
        // Of each alignment the signs that the word alone decides.
        for before in 0..3_usize {
            let bytes = [vec![b'?'; before], word.as_bytes().to_vec()].concat();
            let signs = STANDARD.encode(&bytes);
            let whole: String =
                signs.chars().take(bytes.len() * 8 / 6).skip((before * 8).div_ceil(6)).collect();
            traces.push(whole.replace('+', "-").replace('/', "_"));
            traces.push(whole);
        }
        traces
    }

    #[test]
    fn addresses_messages_and_data_do_not_give_a_secret_away() {
        let mut masker = Masker::default();
        masker.add_secret("密码/9+");
        masker.add_secret("p\"w d");
        for text in [
            "?q=%E5%AF%86%E7%A0%81%2F9%2B",
            "?q=%e5%af%86%e7%a0%81%2f9%2b&x",
            "?back=%25E5%25AF%2586%25E7%25A0%2581%252F9%252B",
            "?q=%C3%DC%C2%EB/9%2B",
            "?q=%u5bc6%u7801/9+",
            r#"{"x":"\u5bc6\u7801\/9+"}"#,
            "<p title='&#x5BC6;&#30721;/9+'>",
        ] {
            let shown = masker.text(text);
            assert!(shown.contains(SECRET) && !shown.contains('9'), "{text}: {shown}");
        }
        assert_eq!(masker.text(r#"{"x":"p\"w d"}"#), format!(r#"{{"x":"{SECRET}"}}"#));
        assert_eq!(masker.text("x=p%22w+d"), format!("x={SECRET}"));
    }

    #[test]
    fn a_number_that_is_spelled_out_in_base64_is_replaced() {
        let encoded = STANDARD.encode(r#"{"tel":"13812341234"}"#);
        assert_eq!(Masker::default().text(&format!("token={encoded}&x=1")), format!("token={PERSONAL}&x=1"));
        for before in ["a", "b/", "/x/", "号码："] {
            let encoded = STANDARD.encode(format!("{before}13812341234，{before}"));
            let masked = Masker::default().text(&format!("{before}{encoded}"));
            assert!(masked.ends_with(PERSONAL), "{masked}");
        }
        for harmless in [STANDARD.encode("没有号码的一段话"), "11440000006939756B2440101007000".into()]
        {
            assert_eq!(Masker::default().text(&harmless), harmless);
        }
    }

    proptest! {
        #[test]
        fn no_trace_of_a_planted_secret_is_left(
            word in "[a-zA-Z0-9@!#_ \"/\\\\&+-]{4,14}|[一-龥]{2,4}|1[3-9][0-9]{9}",
            before in ".{0,9}",
            after in ".{0,9}",
        ) {
            let mut masker = Masker::default();
            masker.add_secret(&word);
            let whole = format!("{before}{word}{after}");
            let form: String = url::form_urlencoded::byte_serialize(whole.as_bytes()).collect();
            let texts = [
                whole.clone(),
                serde_json::to_string(&whole).unwrap(),
                form.clone(),
                percent(whole.as_bytes()),
                form.replace('%', "%25"),
                STANDARD.encode(&whole),
                URL_SAFE_NO_PAD.encode(&whole),
                url::form_urlencoded::byte_serialize(STANDARD.encode(&whole).as_bytes()).collect(),
            ];
            for text in &texts {
                let masked = masker.text(text);
                for trace in traces(&word) {
                    prop_assert!(!masked.contains(&trace), "{trace} is still in {masked}, which was {text}");
                }
            }
        }

        #[test]
        fn masking_gives_nothing_new_to_mask(text in ".{0,40}") {
            let mut masker = Masker::default();
            masker.add_secret("Demo@2026");
            let once = masker.text(&text);
            prop_assert_eq!(masker.text(&once), once.clone());
        }
    }
}
