//! Log-in states that outlive a run: one private file each, named so that nobody can guess from it whose it is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::VaultError;
use super::private;
use crate::model::{ChannelId, LoginState};

/// The folder of all states below the private one.
const LOGINS: &str = "logins";
/// Signs of a file's name, enough to tell all accounts of all portals apart.
const NAME_BYTES: usize = 12;

/// A log-in that was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptLogin {
    /// The portal's name.
    pub portal: String,
    /// On which channel.
    pub channel: ChannelId,
    /// The test account's name.
    pub account: String,
    /// Since when it is kept.
    pub since: DateTime<FixedOffset>,
    /// What it left.
    pub state: LoginState,
}

/// The folder of kept log-ins.
#[derive(Debug, Clone)]
pub struct LoginFolder {
    path: PathBuf,
}

impl LoginFolder {
    /// Those below this private folder; it need not be there.
    #[must_use]
    pub fn below(private: &Path) -> Self {
        Self { path: private.join(LOGINS) }
    }

    /// Every log-in that is kept, by portal, channel and account. What another version has written is passed over.
    ///
    /// # Errors
    /// When a file can be read by others, or not at all.
    pub fn all(&self) -> Result<Vec<KeptLogin>, VaultError> {
        let entries = match std::fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(VaultError::Read { path: self.path.clone(), source }),
        };
        let mut kept = Vec::new();
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.extension().is_some_and(|ending| ending == "json") {
                let bytes = private::read(&path)?.unwrap_or_default();
                kept.extend(serde_json::from_slice::<KeptLogin>(&bytes).ok());
            }
        }
        kept.sort_by(|a, b| (&a.portal, &a.channel, &a.account).cmp(&(&b.portal, &b.channel, &b.account)));
        Ok(kept)
    }

    /// Keeps a log-in in the place of an older one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, login: &KeptLogin) -> Result<(), VaultError> {
        let path = self.file(login);
        let bytes = serde_json::to_vec(login)
            .map_err(|error| VaultError::Write { path: path.clone(), source: error.into() })?;
        if let Some(private) = self.path.parent() {
            private::private_folder(private)?;
        }
        private::write(&path, &bytes)
    }

    /// Forgets a log-in.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn forget(&self, login: &KeptLogin) -> Result<(), VaultError> {
        let path = self.file(login);
        std::fs::remove_file(&path).map_err(|source| VaultError::Write { path, source })
    }

    fn file(&self, login: &KeptLogin) -> PathBuf {
        let whose = format!("{}\n{}\n{}", login.portal, login.channel, login.account);
        let digest = Sha256::digest(whose.as_bytes());
        let name = digest.iter().take(NAME_BYTES).fold(String::new(), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        });
        self.path.join(format!("{name}.json"))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::model::Cookie;

    fn login(account: &str, value: &str) -> KeptLogin {
        let cookie = Cookie { name: "sid".into(), value: value.into(), ..Cookie::default() };
        KeptLogin {
            portal: "门户".into(),
            channel: "pc".into(),
            account: account.into(),
            since: DateTime::parse_from_rfc3339("2026-11-25T10:00:00+08:00").unwrap(),
            state: LoginState { cookies: vec![cookie], ..LoginState::default() },
        }
    }

    #[test]
    fn a_log_in_is_kept_for_its_owner_alone_replaced_and_forgotten() {
        let world = tempfile::tempdir().unwrap();
        let folder = LoginFolder::below(&world.path().join("private"));
        assert!(folder.all().unwrap().is_empty());
        folder.keep(&login("个人", "old")).unwrap();
        folder.keep(&login("法人", "x")).unwrap();
        folder.keep(&login("个人", "new")).unwrap();
        assert_eq!(folder.all().unwrap(), [login("个人", "new"), login("法人", "x")]);
        for entry in std::fs::read_dir(world.path().join("private/logins")).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert!(name == ".gitignore" || mode == 0o600, "{name} {mode:o}");
        }
        folder.forget(&login("个人", "")).unwrap();
        assert_eq!(folder.all().unwrap(), [login("法人", "x")]);
    }

    #[test]
    fn one_that_others_can_read_is_refused() {
        let world = tempfile::tempdir().unwrap();
        let folder = LoginFolder::below(world.path());
        folder.keep(&login("个人", "x")).unwrap();
        let file = folder.file(&login("个人", "x"));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(folder.all(), Err(VaultError::OpenToOthers { mode: 0o644, .. })));
    }
}
