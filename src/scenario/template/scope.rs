//! What a template can name at the moment when a step is walked, and the values of it.

use std::collections::{BTreeMap, HashSet};

use minijinja::Value;
use minijinja::value::Serde;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value as Json;

use super::error::TemplateError;
use super::names::Names;
use crate::model::{Account, Audience, Item};

/// What the program and the command line give to the files: `{{ var.NAME }}` and `{{ secret.NAME }}`.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    pub(super) plain: BTreeMap<String, String>,
    secrets: BTreeMap<String, SecretString>,
}

/// Everything that a template can name at the moment when a step is walked.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    variables: &'a Variables,
    item: Option<&'a Item>,
    account: Option<&'a Account>,
    row: Option<&'a BTreeMap<String, String>>,
    params: Option<&'a BTreeMap<String, String>>,
    /// Number of the round, from 1, where steps are repeated.
    round: Option<usize>,
    kept: Option<&'a BTreeMap<String, Json>>,
}

impl Variables {
    /// Nothing given.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With `{{ var.NAME }}`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.plain.insert(name.into(), value.into());
        self
    }

    /// With `{{ secret.NAME }}`.
    #[must_use]
    pub fn with_secret(mut self, name: impl Into<String>, value: SecretString) -> Self {
        self.secrets.insert(name.into(), value);
        self
    }

    /// Whether `{{ secret.NAME }}` is given.
    #[must_use]
    pub fn has_secret(&self, name: &str) -> bool {
        self.secrets.contains_key(name)
    }

    /// All secrets, for whoever has to mask them.
    pub fn secrets(&self) -> impl Iterator<Item = (&str, &SecretString)> {
        self.secrets.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl<'a> Scope<'a> {
    /// Only what the program gives.
    #[must_use]
    pub fn new(variables: &'a Variables) -> Self {
        Self { variables, item: None, account: None, row: None, params: None, round: None, kept: None }
    }

    /// With `{{ item.… }}`.
    #[must_use]
    pub fn with_item(self, item: &'a Item) -> Self {
        Self { item: Some(item), ..self }
    }

    /// With `{{ account.… }}`; `account.password` is looked up among the secrets.
    #[must_use]
    pub fn with_account(self, account: &'a Account) -> Self {
        Self { account: Some(account), ..self }
    }

    /// With `{{ row.… }}`.
    #[must_use]
    pub fn with_row(self, row: &'a BTreeMap<String, String>) -> Self {
        Self { row: Some(row), ..self }
    }

    /// With `{{ param.… }}`.
    #[must_use]
    pub fn with_params(self, params: &'a BTreeMap<String, String>) -> Self {
        Self { params: Some(params), ..self }
    }

    /// With `{{ loop.index }}`, from 1.
    #[must_use]
    pub fn with_round(self, round: usize) -> Self {
        Self { round: Some(round), ..self }
    }

    /// With what earlier steps kept.
    #[must_use]
    pub fn with_kept(self, kept: &'a BTreeMap<String, Json>) -> Self {
        Self { kept: Some(kept), ..self }
    }

    pub(super) fn names(&self) -> Names<'a> {
        let keys = |map: &BTreeMap<String, String>| map.keys().cloned().collect();
        Names {
            item: self.item.is_some(),
            account: self.account.is_some(),
            row: self.row.map(keys),
            params: self.params.map(keys).unwrap_or_default(),
            repeated: self.round.is_some(),
            variables: self.variables,
            kept: self.kept.into_iter().flat_map(BTreeMap::keys).cloned().collect(),
            open: false,
        }
    }

    /// The values of exactly the secrets that are used, so that no others come near a template.
    fn secret_values(&self, used: &HashSet<String>) -> Result<Value, TemplateError> {
        let names = used.iter().filter_map(|path| path.strip_prefix("secret."));
        let values = names.map(|name| Ok((name.to_owned(), self.secret(name)?)));
        Ok(Value::from_pairs(values.collect::<Result<Vec<_>, TemplateError>>()?))
    }

    fn secret(&self, name: &str) -> Result<Value, TemplateError> {
        match self.variables.secrets.get(name) {
            Some(secret) => Ok(Value::from(secret.expose_secret())),
            None => Err(TemplateError::NoSecret { name: name.to_owned() }),
        }
    }

    pub(super) fn value(&self, used: &HashSet<String>) -> Result<Value, TemplateError> {
        let text = |text: &String| Value::from(text.as_str());
        let mut root: BTreeMap<String, Value> = BTreeMap::new();
        for (name, kept) in self.kept.into_iter().flatten() {
            root.insert(name.clone(), Value::from(Serde(kept)));
        }
        let plain = self.variables.plain.iter().map(|(name, value)| (name.clone(), text(value)));
        root.insert("var".into(), Value::from_pairs(plain));
        root.insert("secret".into(), self.secret_values(used)?);
        let pairs = |map: &BTreeMap<String, String>| {
            Value::from_pairs(map.iter().map(|(name, value)| (name.clone(), text(value))))
        };
        root.insert("param".into(), self.params.map(pairs).unwrap_or_default());
        root.extend(self.row.map(|row| ("row".to_owned(), pairs(row))));
        root.extend(self.round.map(|round| {
            ("loop".to_owned(), Value::from_pairs([("index", round), ("index0", round.saturating_sub(1))]))
        }));
        if let Some(item) = self.item {
            root.insert("item".into(), item_value(item));
        }
        if let Some(account) = self.account {
            let password = used.contains("account.password");
            let password = password.then(|| self.secret(&account.password_secret)).transpose()?;
            root.insert("account".into(), account_value(account, password.unwrap_or_default()));
        }
        Ok(Value::from_pairs(root))
    }
}

fn item_value(item: &Item) -> Value {
    let optional = |text: &Option<String>| text.as_deref().map_or(Value::from(()), Value::from);
    Value::from_pairs([
        ("name", Value::from(item.name.as_str())),
        ("colloquial", item.colloquial.iter().map(String::as_str).collect::<Value>()),
        ("code", optional(&item.code)),
        ("audience", audience_value(item.audience)),
        ("certificate", optional(&item.certificate)),
    ])
}

fn account_value(account: &Account, password: Value) -> Value {
    Value::from_pairs([
        ("name", Value::from(account.name.as_str())),
        ("user", Value::from(account.user.as_str())),
        ("password", password),
        ("shown_name", Value::from(account.shown_name.as_str())),
        ("audience", audience_value(account.audience)),
    ])
}

fn audience_value(audience: Audience) -> Value {
    Value::from(match audience {
        Audience::Personal => "personal",
        Audience::Enterprise => "enterprise",
    })
}
