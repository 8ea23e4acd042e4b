//! Keeps secrets and personal data out of everything that is written: secrets and test identities are known words,
//! other people's numbers are recognised by their shape.

use crate::model::{Account, Snapshot};
use crate::text;

/// What stands wherever a test account's own name stood.
pub const ACCOUNT_NAME: &str = "［测试账号姓名］";
const ACCOUNT_USER: &str = "［测试账号］";
const SECRET: &str = "［保密］";

/// Replaces known words and recognised numbers.
#[derive(Debug, Clone, Default)]
pub struct Masker {
    words: Vec<(String, &'static str)>,
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

    /// Longest words first, so that a word inside another one does not spoil it.
    fn add(&mut self, word: &str, mark: &'static str) {
        if word.chars().count() >= 2 && !self.words.iter().any(|(known, _)| known == word) {
            self.words.push((word.to_owned(), mark));
            self.words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
    }

    /// The text without secrets and personal data.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut masked = text.to_owned();
        for (word, mark) in &self.words {
            if masked.contains(word.as_str()) {
                masked = masked.replace(word.as_str(), mark);
            }
        }
        text::mask(&masked)
    }

    /// Masks every text, attribute and address of a snapshot.
    pub fn snapshot(&self, snapshot: &mut Snapshot) {
        snapshot.url = self.text(&snapshot.url);
        snapshot.title = self.text(&snapshot.title);
        for data in &mut snapshot.data {
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

#[cfg(test)]
mod tests {
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
}
