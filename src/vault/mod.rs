//! 保管: what has to be kept and must not be seen: secrets, in a private file or in the keyring of this machine. Files that others can
//! read are refused, and no value is ever part of a message. Knows no scenario, no browser and no run.

mod error;
mod keyring;
mod logins;
mod private;
mod secrets_file;

pub use error::{KeyringTrouble, Misplaced, VaultError};
pub use keyring::Keyring;
pub use logins::{KeptLogin, LoginFolder};
pub use private::private_folder;
pub use secrets_file::{is_secret_name, keep_secret, read_secrets, remove_secret};
