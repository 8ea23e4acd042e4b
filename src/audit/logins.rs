//! The log-in states of a run: those that were kept before, those of its own log-ins, and whose turn it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, FixedOffset};

use crate::model::{Action, ChannelId, LoginState, Scenario};
use crate::runner::Logins;
use crate::scenario::Library;
use crate::vault::{KeptLogin, LoginFolder, VaultError};

/// What log-ins left, by account and channel. What `zoutong login` has kept is kept on when the account signs in again; nothing else
/// outlives the run.
pub(super) struct RunLogins {
    portal: String,
    folder: Option<LoginFolder>,
    now: fn() -> DateTime<FixedOffset>,
    states: Mutex<BTreeMap<(String, ChannelId), Held>>,
}

/// A state, and where else it is kept.
struct Held {
    /// `None` once the portal did not accept it any more.
    state: Option<LoginState>,
    outlives: bool,
}

impl RunLogins {
    /// Those that are kept for a portal below the private folder.
    ///
    /// # Errors
    /// When others can read what is kept, or nobody can.
    pub(super) fn of(
        portal: &str,
        private: Option<&Path>,
        now: fn() -> DateTime<FixedOffset>,
    ) -> Result<Self, VaultError> {
        let folder = private.map(LoginFolder::below);
        let kept = folder.as_ref().map_or(Ok(Vec::new()), LoginFolder::all)?;
        let states = kept
            .into_iter()
            .filter(|login| login.portal == portal)
            .map(|login| {
                let held = Held { state: Some(login.state), outlives: true };
                ((login.account, login.channel), held)
            })
            .collect();
        Ok(Self { portal: portal.to_owned(), folder, now, states: Mutex::new(states) })
    }

    fn states(&self) -> MutexGuard<'_, BTreeMap<(String, ChannelId), Held>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Logins for RunLogins {
    fn kept(&self, account: &str, channel: &ChannelId) -> Option<LoginState> {
        self.states().get(&(account.to_owned(), channel.clone()))?.state.clone()
    }

    fn keep(&self, account: &str, channel: &ChannelId, state: &LoginState) {
        let mut states = self.states();
        let held = states
            .entry((account.to_owned(), channel.clone()))
            .or_insert(Held { state: None, outlives: false });
        held.state = Some(state.clone());
        if let Some(folder) = self.folder.as_ref().filter(|_| held.outlives) {
            let login = KeptLogin {
                portal: self.portal.clone(),
                channel: channel.clone(),
                account: account.to_owned(),
                since: (self.now)(),
                state: state.clone(),
            };
            // The run goes on without: the next one will find the older state expired and sign in again.
            let _ = folder.keep(&login);
        }
    }

    fn expired(&self, account: &str, channel: &ChannelId) {
        if let Some(held) = self.states().get_mut(&(account.to_owned(), channel.clone())) {
            held.state = None;
        }
    }
}

/// An account is used by one walk at a time: a second log-in would take the first one's text message, or end its session.
pub(super) struct Turns {
    accounts: Vec<Arc<tokio::sync::Mutex<()>>>,
}

impl Turns {
    pub(super) fn of(library: &Library) -> Self {
        Self { accounts: library.portal.accounts.iter().map(|_| Arc::default()).collect() }
    }

    /// Waits until all of these accounts (indexes into the portal's) are free; they are until the result is dropped.
    pub(super) async fn take(&self, wanted: &BTreeSet<usize>) -> Vec<tokio::sync::OwnedMutexGuard<()>> {
        let mut taken = Vec::new();
        // Always in the same order, so that nobody waits for somebody who waits for him.
        for account in wanted.iter().filter_map(|account| self.accounts.get(*account)) {
            taken.push(Arc::clone(account).lock_owned().await);
        }
        taken
    }
}

/// The accounts that a walk may sign in with: its own, and those of the `login` steps in it and in what it calls. A step that says it
/// by a template may mean any.
pub(super) fn accounts_of(library: &Library, scenario: &Scenario, own: Option<usize>) -> BTreeSet<usize> {
    let mut accounts: BTreeSet<usize> = own.into_iter().collect();
    let mut seen = BTreeSet::new();
    collect(library, scenario, &mut seen, &mut accounts);
    accounts
}

fn collect<'l>(
    library: &'l Library,
    scenario: &'l Scenario,
    seen: &mut BTreeSet<&'l str>,
    accounts: &mut BTreeSet<usize>,
) {
    if !seen.insert(&scenario.id) {
        return;
    }
    let all = &library.portal.accounts;
    for step in scenario.every_step() {
        match &step.action {
            Action::Login { account, .. } if account.contains("{{") => accounts.extend(0..all.len()),
            Action::Login { account, .. } => {
                accounts.extend(all.iter().position(|known| known.name == account.trim()));
            }
            Action::Call { scenario, .. } => {
                if let Some(called) = library.scenarios.iter().find(|known| known.id == *scenario) {
                    collect(library, called, seen, accounts);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cookie;

    fn state(value: &str) -> LoginState {
        let cookie = Cookie { name: "sid".into(), value: value.into(), ..Cookie::default() };
        LoginState { cookies: vec![cookie], ..LoginState::default() }
    }

    fn now() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-25T10:00:00+08:00").unwrap()
    }

    #[test]
    fn only_what_was_kept_before_outlives_the_run() {
        let world = tempfile::tempdir().unwrap();
        let (pc, app) = (ChannelId::from("pc"), ChannelId::from("app"));
        let folder = LoginFolder::below(world.path());
        let before = KeptLogin {
            portal: "门户".into(),
            channel: pc.clone(),
            account: "个人".into(),
            since: now(),
            state: state("old"),
        };
        folder.keep(&before).unwrap();
        folder.keep(&KeptLogin { portal: "别的门户".into(), channel: app.clone(), ..before }).unwrap();
        let logins = RunLogins::of("门户", Some(world.path()), now).unwrap();
        assert_eq!(logins.kept("个人", &pc), Some(state("old")));
        assert_eq!(logins.kept("个人", &app), None, "another portal's");
        logins.expired("个人", &pc);
        assert_eq!(logins.kept("个人", &pc), None);
        logins.keep("个人", &pc, &state("new"));
        logins.keep("法人", &pc, &state("other"));
        assert_eq!(logins.kept("法人", &pc), Some(state("other")));
        let kept: Vec<_> = folder.all().unwrap().into_iter().map(|login| login.state).collect();
        assert_eq!(kept, [state("old"), state("new")]);
    }
}
