//! What the environment, the command line, the secrets file and the keyring give to scenario files.

use std::collections::BTreeSet;

use secrecy::SecretString;

use super::exit::Failure;
use super::private::PrivateArguments;
use super::screen::Screen;
use crate::scenario::Variables;
use crate::settings::Values;
use crate::vault::{self, Keyring};

/// `{{ var.NAME }}` and `{{ secret.NAME }}` of the environment as the scenario room wants them; later names win.
pub(super) fn variables(values: &Values, more: &[(String, String)]) -> Variables {
    let plain = values.variables.iter().map(|(name, value)| (name.clone(), value.clone()));
    let given = plain
        .chain(more.iter().cloned())
        .fold(Variables::new(), |given, (name, value)| given.with(name, value));
    values.secrets.iter().fold(given, |given, (name, value)| {
        given.with_secret(name.clone(), SecretString::from(value.clone()))
    })
}

/// The same, and those of the `wanted` secrets that the environment does not give: from the secrets file, else from the keyring. The
/// keyring is asked only for what is still missing; when it is of no use, that is told.
///
/// # Errors
/// When the secrets file is wrong or open to others.
pub(super) fn with_secrets(
    given: Variables,
    wanted: &BTreeSet<String>,
    arguments: &PrivateArguments,
    screen: &Screen,
) -> Result<Variables, Failure> {
    let of_file = vault::read_secrets(&arguments.secrets_file())?;
    let mut given = of_file.into_iter().fold(given, without_replacing);
    let missing: BTreeSet<String> = wanted.iter().filter(|name| !given.has_secret(name)).cloned().collect();
    if missing.is_empty() {
        return Ok(given);
    }
    match Keyring.secrets(&missing) {
        Ok(found) => given = found.into_iter().fold(given, without_replacing),
        Err(error) => {
            let names = missing.into_iter().collect::<Vec<_>>().join("、");
            let note = format!("{}环境变量和密钥文件里没有密钥 {names}；{error}", screen.yellow("说明："));
            screen.error(&note);
        }
    }
    Ok(given)
}

/// What was given before wins.
fn without_replacing(given: Variables, (name, value): (String, SecretString)) -> Variables {
    if given.has_secret(&name) { given } else { given.with_secret(name, value) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser;
    use secrecy::ExposeSecret;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        private: PrivateArguments,
    }

    fn arguments(folder: &Path) -> PrivateArguments {
        Line::parse_from(["x".as_ref(), "--private".as_ref(), folder.as_os_str()]).private
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let world = tempfile::tempdir().unwrap();
        let arguments = arguments(world.path());
        for name in ["A", "B"] {
            let value = SecretString::from(format!("{name} of the file"));
            vault::keep_secret(&arguments.secrets_file(), name, &value).unwrap();
        }
        let values = Values {
            secrets: [("A".to_owned(), "A of the environment".to_owned())].into(),
            ..Values::default()
        };
        let wanted = BTreeSet::from(["A".to_owned()]);
        let given = with_secrets(variables(&values, &[]), &wanted, &arguments, &Screen::new(&[])).unwrap();
        let all: Vec<_> = given.secrets().map(|(name, value)| (name, value.expose_secret())).collect();
        // What nobody has asked for is masked, too, should a page show it.
        assert_eq!(all, [("A", "A of the environment"), ("B", "B of the file")]);
    }
}
