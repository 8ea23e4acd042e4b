//! 账号: sessions, text-message codes and the log-in itself, with its planted faults.

use super::fault::{LoginOutcome, Planting};
use super::settings::{TEST_ACCOUNTS, TestAccount};
use std::collections::HashMap;

/// More sessions than any audit opens; beyond it the oldest knowledge is dropped.
const MOST_SESSIONS: usize = 2000;
/// What the kiosk's captcha image shows.
pub(crate) const CAPTCHA: &str = "4827";
/// What test accounts may type instead.
const TEST_CAPTCHA: &str = "8888";

/// What a log-in form sends.
#[derive(Debug, Clone, Default)]
pub(crate) struct LoginForm {
    pub(crate) audience: String,
    pub(crate) account: String,
    pub(crate) password: String,
    pub(crate) code: String,
    pub(crate) captcha: String,
}

/// Why somebody is turned away; `words` is what the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) words: String,
}

impl Refusal {
    fn new(words: &str) -> Self {
        Self { words: words.to_owned() }
    }
}

/// The desk that all channels share: a code asked for on one channel lies in the same message box.
#[derive(Debug, Default)]
pub(crate) struct AccountDesk {
    sessions: HashMap<String, TestAccount>,
    messages: Vec<Message>,
    issued: u64,
    /// Channel and account of every log-in that was sent, whatever came of it.
    log_ins: Vec<(String, String)>,
}

/// A text message with a code.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) account: String,
    pub(crate) channel: String,
    pub(crate) code: String,
}

impl AccountDesk {
    /// Sends a code to the account's message box; an unknown account gets none.
    pub(crate) fn send_code(&mut self, channel: &str, account: &str) -> bool {
        let known = TEST_ACCOUNTS.iter().any(|test| test.account == account);
        if known {
            self.issued += 1;
            let code = format!("{:06}", self.issued.wrapping_mul(7_919).wrapping_add(104_729) % 1_000_000);
            self.messages.push(Message { account: account.to_owned(), channel: channel.to_owned(), code });
            let surplus = self.messages.len().saturating_sub(100);
            self.messages.drain(..surplus);
        }
        known
    }

    /// The messages, newest first.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().rev()
    }

    /// Who is logged in with this session.
    pub(crate) fn who(&self, session: &str) -> Option<TestAccount> {
        self.sessions.get(session).copied()
    }

    /// Channel and account of every log-in that was sent, oldest first.
    pub(crate) fn log_ins(&self) -> &[(String, String)] {
        &self.log_ins
    }

    /// Ends all sessions, as a portal does over night.
    pub(crate) fn forget_sessions(&mut self) {
        self.sessions.clear();
    }

    /// Ends a session.
    pub(crate) fn log_out(&mut self, session: &str) {
        self.sessions.remove(session);
    }

    /// Opens a session, or says why not.
    pub(crate) fn log_in(
        &mut self,
        channel: &str,
        form: &LoginForm,
        planting: &Planting,
    ) -> Result<String, Refusal> {
        self.log_ins.push((channel.to_owned(), form.account.clone()));
        let account = TEST_ACCOUNTS.iter().find(|test| {
            test.account == form.account && test.password == form.password && test.audience == form.audience
        });
        let Some(account) = account else { return Err(wrong_password(channel, planting)) };
        if channel == "kiosk" && ![CAPTCHA, TEST_CAPTCHA].contains(&form.captcha.as_str()) {
            return Err(Refusal::new("图形验证码不正确，请重新输入"));
        }
        let sent = self.messages().find(|message| message.account == form.account);
        if sent.is_none_or(|message| message.code != form.code) {
            return Err(Refusal::new("短信验证码不正确或已失效，请重新获取"));
        }
        let turned_away =
            |outcome: &LoginOutcome| *outcome == LoginOutcome::Refuse(account.audience.to_owned());
        if planting.of_login(channel).any(turned_away) {
            return Err(Refusal::new("系统繁忙，请稍后再试"));
        }
        Ok(self.open_session(channel, *account))
    }

    fn open_session(&mut self, channel: &str, account: TestAccount) -> String {
        if self.sessions.len() >= MOST_SESSIONS {
            self.sessions.clear();
        }
        self.issued += 1;
        let session = format!("{channel}{:016x}", self.issued.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        self.sessions.insert(session.clone(), account);
        session
    }
}

fn wrong_password(channel: &str, planting: &Planting) -> Refusal {
    let planted = |wanted: LoginOutcome| planting.of_login(channel).any(|outcome| *outcome == wanted);
    if planted(LoginOutcome::SilentError) {
        Refusal::new("")
    } else if planted(LoginOutcome::RawError) {
        Refusal::new(
            "java.lang.NullPointerException at com.jcdemo.sso.service.impl.LoginServiceImpl.checkPassword(LoginServiceImpl.java:87)",
        )
    } else {
        Refusal::new("账号或密码不正确，请核对后重试")
    }
}
