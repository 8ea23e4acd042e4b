//! The keyring of this machine: the Secret Service on the session's D-Bus (that of GNOME, of KDE, of `KeePassXC`), spoken to without C libraries.
//! Whatever it does, nobody waits for it longer than a limit.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};
use secrecy::{ExposeSecret, SecretString};
use zbus_secret_service_keyring_store::Store;

use super::error::{KeyringTrouble, VaultError};

/// What our entries are filed under.
const SERVICE: &str = "zoutong";
/// The attribute that holds an entry's name.
const NAME: &str = "username";
/// The attribute that holds what an entry belongs to.
const OWNER: &str = "service";
/// How long a program that works by itself waits: at night nobody unlocks anything.
const READ_LIMIT: Duration = Duration::from_secs(15);
/// How long is waited while a person is there, who may have to type the keyring's own password first.
const WRITE_LIMIT: Duration = Duration::from_mins(2);

/// The keyring of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keyring;

impl Keyring {
    /// Those of the secrets with these names that it holds.
    ///
    /// # Errors
    /// When there is no keyring, it stays locked, or it does not answer in time.
    pub fn secrets(self, names: &BTreeSet<String>) -> Result<BTreeMap<String, SecretString>, VaultError> {
        let names = names.clone();
        within(READ_LIMIT, move |store| {
            let mut found = BTreeMap::new();
            for name in names {
                match entry(store, &name)?.get_password() {
                    Ok(value) => {
                        found.insert(name, SecretString::from(value));
                    }
                    Err(Error::NoEntry) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(found)
        })
    }

    /// The names of all secrets that it holds for us.
    ///
    /// # Errors
    /// As [`Keyring::secrets`].
    pub fn names(self) -> Result<Vec<String>, VaultError> {
        within(READ_LIMIT, |store| {
            let mut names = BTreeSet::new();
            for entry in store.search(&HashMap::from([(OWNER, SERVICE)]))? {
                names.extend(entry.get_attributes()?.remove(NAME));
            }
            Ok(names.into_iter().collect())
        })
    }

    /// Puts a secret in, in the place of an older one of the same name.
    ///
    /// # Errors
    /// As [`Keyring::secrets`].
    pub fn keep(self, name: &str, value: &SecretString) -> Result<(), VaultError> {
        let (name, value) = (name.to_owned(), value.clone());
        within(WRITE_LIMIT, move |store| entry(store, &name)?.set_password(value.expose_secret()))
    }

    /// Takes a secret out; says whether it was there.
    ///
    /// # Errors
    /// As [`Keyring::secrets`].
    pub fn remove(self, name: &str) -> Result<bool, VaultError> {
        let name = name.to_owned();
        within(WRITE_LIMIT, move |store| match entry(store, &name)?.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(error),
        })
    }
}

fn entry(store: &Arc<CredentialStore>, name: &str) -> Result<Entry, Error> {
    let label = format!("走通：{name}");
    let modifiers = HashMap::from([("label", label.as_str())]);
    Entry::new_in_store_with_modifiers(store, SERVICE, name, &modifiers)
}

/// Asks in a thread of its own: a keyring that waits for somebody to unlock it cannot be interrupted, only left.
fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce(&Arc<CredentialStore>) -> Result<T, Error> + Send + 'static,
) -> Result<T, VaultError> {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let answer = match Store::new() {
            Ok(store) => {
                let store: Arc<CredentialStore> = store;
                work(&store).map_err(|error| trouble(&error))
            }
            Err(_) => Err(KeyringTrouble::NoService),
        };
        // Nobody waits any more when the time was up.
        let _ = tell.send(answer);
    });
    told.recv_timeout(limit).unwrap_or(Err(KeyringTrouble::Silent)).map_err(VaultError::Keyring)
}

/// The library's own words are English and may hold what was read.
fn trouble(error: &Error) -> KeyringTrouble {
    match error {
        Error::NoStorageAccess(_) => KeyringTrouble::Locked,
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => KeyringTrouble::Unreadable,
        _ => KeyringTrouble::Refused,
    }
}
