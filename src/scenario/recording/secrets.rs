//! Secrets and personal numbers of a recording, lifted out of it: the scenario names them, the environment holds them.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::text::{PersonalNumber, personal_numbers};

/// Parts of addresses that let their holder in: before it, the part itself, after it.
static IN_ADDRESS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"(?i)([?&;#](?:password|passwd|pwd|token|access_token|id_token|ticket|session|sessionid|jsessionid|secret|api_?key)=)([^&#;\s/@]+)()",
        r"(?i)(https?://[^/\s:@]+:)([^/\s@]+)(@)",
    ];
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// A shorter password would be found in words that have nothing to do with it.
const SHORTEST: usize = 6;

/// How many passwords are looked for in other texts.
const MOST: usize = 50;

/// The secrets of one import: each value has one name.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    /// Names and values, in the order in which they came up.
    values: Vec<(String, String)>,
    /// Values and their names.
    names: HashMap<String, String>,
    /// How many there are of each kind.
    counts: HashMap<&'static str, usize>,
}

impl Secrets {
    /// The names to set, in the order in which they came up.
    pub(super) fn names(&self) -> Vec<String> {
        self.values.iter().map(|(name, _)| name.clone()).collect()
    }

    /// What stands in the scenario in place of a password that nobody saw.
    pub(super) fn unseen_password(&mut self) -> String {
        self.reference("PASSWORD", "")
    }

    /// What stands in the scenario in place of a password.
    pub(super) fn password(&mut self, value: &str) -> String {
        self.reference("PASSWORD", value)
    }

    /// The text with personal numbers, and the secret parts of addresses, lifted out.
    pub(super) fn lift(&mut self, text: &str) -> String {
        let text = self.lift_addresses(&self.lift_passwords(text));
        let mut out = String::new();
        let mut done = 0;
        for (range, kind) in personal_numbers(&text) {
            let (Some(before), Some(number)) = (text.get(done..range.start), text.get(range.clone())) else {
                continue;
            };
            out.push_str(before);
            out.push_str(&self.reference(name_of(kind), number));
            done = range.end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    /// A password that is already known, wherever else it stands.
    fn lift_passwords(&self, text: &str) -> String {
        let passwords = self
            .values
            .iter()
            .filter(|(name, value)| name.starts_with("PASSWORD") && value.len() >= SHORTEST)
            .take(MOST);
        passwords.fold(text.to_owned(), |text, (name, value)| {
            text.replace(&super::names::literal(value), &format!("{{{{ secret.{name} }}}}"))
        })
    }

    fn lift_addresses(&mut self, text: &str) -> String {
        IN_ADDRESS.iter().fold(text.to_owned(), |text, pattern| {
            let replaced = pattern.replace_all(&text, |found: &Captures<'_>| {
                if found[2].contains("${") || found[2].contains("{{") {
                    return found[0].to_owned();
                }
                format!("{}{}{}", &found[1], self.reference("TOKEN", &found[2]), &found[3])
            });
            replaced.into_owned()
        })
    }

    fn reference(&mut self, kind: &'static str, value: &str) -> String {
        if let Some(name) = self.names.get(value) {
            return format!("{{{{ secret.{name} }}}}");
        }
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let name = if *count == 1 { kind.to_owned() } else { format!("{kind}_{count}") };
        let reference = format!("{{{{ secret.{name} }}}}");
        self.names.insert(value.to_owned(), name.clone());
        self.values.push((name, value.to_owned()));
        reference
    }
}

fn name_of(kind: PersonalNumber) -> &'static str {
    match kind {
        PersonalNumber::Identity => "ID_NUMBER",
        PersonalNumber::Mobile => "PHONE",
        PersonalNumber::BankCard => "BANK_CARD",
    }
}

/// Whether words about a field say that a password goes into it.
pub(super) fn is_password_field(words: &str) -> bool {
    let words = words.to_lowercase();
    ["password", "passwd", "pwd", "密码", "口令"].iter().any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{Secrets, is_password_field};

    #[test]
    fn a_value_has_one_name_and_leaves_no_trace() {
        let mut secrets = Secrets::default();
        let text =
            secrets.lift("张三 11010519491231002X，13812341234 / 11010519491231002X，卡6222021234567890128");
        assert_eq!(
            text,
            "张三 {{ secret.ID_NUMBER }}，{{ secret.PHONE }} / {{ secret.ID_NUMBER }}，卡{{ secret.BANK_CARD }}"
        );
        assert_eq!(secrets.lift("13912341234"), "{{ secret.PHONE_2 }}");
        assert_eq!(secrets.names(), ["ID_NUMBER", "PHONE", "BANK_CARD", "PHONE_2"]);
    }

    #[test]
    fn addresses_let_nobody_in() {
        let mut secrets = Secrets::default();
        let lifted = secrets.lift("http://me:hunter2@a.test/x?page=1&token=abc&b=2");
        assert_eq!(lifted, "http://me:{{ secret.TOKEN_2 }}@a.test/x?page=1&token={{ secret.TOKEN }}&b=2");
        assert_eq!(secrets.lift("http://a.test:8080/x"), "http://a.test:8080/x");
    }

    #[test]
    fn fields_that_take_passwords() {
        assert!(
            is_password_field("aria/请输入密码")
                && is_password_field("#userPwd")
                && is_password_field("input[type=Password]")
        );
        assert!(!is_password_field("#name"));
    }
}
