//! Where log-in states are kept while a run goes on.

use crate::model::{ChannelId, LoginState};

/// Keeps what a log-in left, by account and channel.
pub trait Logins: Send + Sync {
    /// The state that the account's last log-in on this channel left.
    fn kept(&self, account: &str, channel: &ChannelId) -> Option<LoginState>;

    /// Keeps the state of a log-in in the place of an older one.
    fn keep(&self, account: &str, channel: &ChannelId, state: &LoginState);

    /// Forgets a state that the portal does not accept any more.
    fn expired(&self, account: &str, channel: &ChannelId);
}

/// Keeps nothing: every log-in is walked.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLogins;

impl Logins for NoLogins {
    fn kept(&self, _account: &str, _channel: &ChannelId) -> Option<LoginState> {
        None
    }

    fn keep(&self, _account: &str, _channel: &ChannelId, _state: &LoginState) {}

    fn expired(&self, _account: &str, _channel: &ChannelId) {}
}
