//! What the technician decides once for a run: places, browser, pace. The environment is read in `main` and handed in
//! here; nothing below ever looks at it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// The prefix of environment variables that hold secrets: `ZOUTONG_SECRET_NAME` is `{{ secret.NAME }}`.
const SECRET_PREFIX: &str = "ZOUTONG_SECRET_";
/// The prefix of environment variables that hold plain variables: `ZOUTONG_VAR_name` is `{{ var.name }}`.
const VARIABLE_PREFIX: &str = "ZOUTONG_VAR_";

/// Settings of one invocation.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder that holds `runs/` and the index.
    pub reports: PathBuf,
    /// The folder for what nobody else may see, log-in states that outlive a run among it; `None` to use and keep none.
    pub private: Option<PathBuf>,
    /// Which browser is driven.
    pub browser: BrowserChoice,
    /// Sessions side by side; one a core is best on Chromium's headless shell.
    pub sessions: usize,
    /// How long a step waits for its target when it does not say.
    pub patience: Duration,
    /// Which pictures are kept.
    pub pictures: Pictures,
}

/// 截图: which pictures of pages are kept. What a page says is kept whatever is chosen here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Pictures {
    /// None.
    None,
    /// Of pages that are read, and of what stood in the way.
    #[default]
    Problems,
    /// Also after every step that does something to the page; the picture before a step is the one after the step before.
    Steps,
}

/// Which browser is driven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrowserChoice {
    /// chromedriver and Chromium of this machine; found by themselves unless given.
    Local {
        /// Path of chromedriver.
        driver: Option<PathBuf>,
        /// Path of the browser.
        browser: Option<PathBuf>,
        /// With a visible window.
        headed: bool,
    },
    /// Any WebDriver address (Selenium Grid, Appium, a vendor's cloud).
    Remote(String),
}

/// Variables and secrets for scenario files.
#[derive(Clone, Default)]
pub struct Values {
    /// `{{ var.NAME }}`.
    pub variables: BTreeMap<String, String>,
    /// `{{ secret.NAME }}`.
    pub secrets: BTreeMap<String, String>,
}

impl Values {
    /// Takes what belongs to us out of the environment.
    #[must_use]
    pub fn of_environment(environment: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut values = Self::default();
        for (name, value) in environment {
            if let Some(secret) = name.strip_prefix(SECRET_PREFIX) {
                values.secrets.insert(secret.to_owned(), value);
            } else if let Some(variable) = name.strip_prefix(VARIABLE_PREFIX) {
                values.variables.insert(variable.to_owned(), value);
            }
        }
        values
    }
}

impl std::fmt::Debug for Values {
    /// Names only: a debug line must not give a secret away.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Values")
            .field("variables", &self.variables)
            .field("secrets", &self.secrets.keys().collect::<Vec<_>>())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_variables_are_told_apart_and_secrets_are_not_printed() {
        let environment = [
            ("ZOUTONG_SECRET_DEMO".to_owned(), "geheim".to_owned()),
            ("ZOUTONG_VAR_pc".to_owned(), "http://127.0.0.1:1/".to_owned()),
            ("HOME".to_owned(), "/root".to_owned()),
        ];
        let values = Values::of_environment(environment);
        assert_eq!(values.secrets["DEMO"], "geheim");
        assert_eq!(values.variables["pc"], "http://127.0.0.1:1/");
        assert!(!format!("{values:?}").contains("geheim"));
    }
}
