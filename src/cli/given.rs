//! What the environment and the command line give to scenario files.

use secrecy::SecretString;

use crate::scenario::Variables;
use crate::settings::Values;

/// `{{ var.NAME }}` and `{{ secret.NAME }}` as the scenario room wants them; later names win.
pub(super) fn variables(values: &Values, more: &[(String, String)]) -> Variables {
    let plain = values.variables.iter().map(|(name, value)| (name.clone(), value.clone()));
    let given = plain
        .chain(more.iter().cloned())
        .fold(Variables::new(), |given, (name, value)| given.with(name, value));
    values.secrets.iter().fold(given, |given, (name, value)| {
        given.with_secret(name.clone(), SecretString::from(value.clone()))
    })
}
