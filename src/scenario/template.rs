//! `{{ … }}` in scenario files and the expressions of `when`: one engine, every unknown name told in Chinese.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value, filters};
use secrecy::{ExposeSecret, SecretString};

use super::nearest::nearest;
use crate::model::{Account, Audience, Item};

/// What the program and the command line give to the files: `{{ var.NAME }}` and `{{ secret.NAME }}`.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    plain: BTreeMap<String, String>,
    secrets: BTreeMap<String, SecretString>,
}

/// Everything that a template can name at the moment when a step is walked.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    variables: &'a Variables,
    item: Option<&'a Item>,
    account: Option<&'a Account>,
    kept: Option<&'a BTreeMap<String, String>>,
}

/// Why a template could not be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The text between `{{` and `}}`, or the expression, is not well formed.
    #[error("{{{{ }}}} 里的写法不对")]
    Syntax,
    /// `{% … %}` and `{# … #}` are not part of the language.
    #[error("这里不能用 {{% %}} 和 {{# #}}")]
    Block,
    /// `{{ }}` inside an expression.
    #[error("when 后面直接写名字，不用 {{{{ }}}}")]
    BracesInExpression,
    /// A name that nothing gives.
    #[error("不认识的名字“{name}”")]
    Unknown {
        /// The name as it was written.
        name: String,
        /// The names that exist.
        known: Vec<String>,
    },
    /// `item` or `account` in a scenario that is not repeated over them.
    #[error("这里没有“{name}”可用")]
    NotRepeated {
        /// `item` or `account`.
        name: String,
    },
    /// A secret that nobody has given.
    #[error("没有给出密钥“{name}”")]
    NoSecret {
        /// The secret's name.
        name: String,
    },
    /// A name that exists but has no value here (`item.certificate` of an item without one).
    #[error("这里要用的内容是空的")]
    Empty,
    /// A filter that does not exist.
    #[error("不认识的处理方法（“|”后面的词）")]
    UnknownFilter,
    /// The names are right but the calculation is not (a number added to a text …).
    #[error("{{{{ }}}} 里的内容算不出来")]
    Failed,
}

const ITEM_FIELDS: [&str; 5] = ["name", "colloquial", "code", "audience", "certificate"];
const ACCOUNT_FIELDS: [&str; 5] = ["name", "user", "password", "shown_name", "audience"];
const FILTERS: [&str; 7] = ["default", "first", "join", "length", "lower", "trim", "upper"];

/// The four names at the beginning of a path; everything else was kept by a `fetch` step.
pub(crate) const ROOTS: [&str; 4] = ["item", "account", "var", "secret"];

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

    /// All secrets, for whoever has to mask them.
    pub fn secrets(&self) -> impl Iterator<Item = (&str, &SecretString)> {
        self.secrets.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl<'a> Scope<'a> {
    /// Only what the program gives.
    #[must_use]
    pub fn new(variables: &'a Variables) -> Self {
        Self { variables, item: None, account: None, kept: None }
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

    /// With what earlier `fetch` steps kept.
    #[must_use]
    pub fn with_kept(self, kept: &'a BTreeMap<String, String>) -> Self {
        Self { kept: Some(kept), ..self }
    }

    fn names(&self) -> Names<'a> {
        Names {
            item: self.item.is_some(),
            account: self.account.is_some(),
            variables: self.variables,
            kept: self.kept.into_iter().flat_map(BTreeMap::keys).map(String::as_str).collect(),
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

    fn value(&self, used: &HashSet<String>) -> Result<Value, TemplateError> {
        let text = |text: &String| Value::from(text.as_str());
        let mut root: BTreeMap<String, Value> = BTreeMap::new();
        for (name, kept) in self.kept.into_iter().flatten() {
            root.insert(name.clone(), text(kept));
        }
        let plain = self.variables.plain.iter().map(|(name, value)| (name.clone(), text(value)));
        root.insert("var".into(), Value::from_pairs(plain));
        root.insert("secret".into(), self.secret_values(used)?);
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

/// Which names exist, without their values: enough to check a file before anything is walked.
#[derive(Debug, Clone)]
pub(crate) struct Names<'a> {
    pub(crate) item: bool,
    pub(crate) account: bool,
    pub(crate) variables: &'a Variables,
    pub(crate) kept: BTreeSet<&'a str>,
}

impl Names<'_> {
    /// Whether a dotted path leads to something.
    fn check(&self, path: &str) -> Result<(), TemplateError> {
        let (root, field) = path.split_once('.').map_or((path, None), |(root, field)| (root, Some(field)));
        match (root, field) {
            ("item", Some(field)) if self.item => one_of(path, "item", field, ITEM_FIELDS),
            ("account", Some(field)) if self.account => one_of(path, "account", field, ACCOUNT_FIELDS),
            ("item", _) if !self.item => Err(TemplateError::NotRepeated { name: root.to_owned() }),
            ("account", _) if !self.account => Err(TemplateError::NotRepeated { name: root.to_owned() }),
            ("var", Some(field)) => {
                one_of(path, "var", field, self.variables.plain.keys().map(String::as_str))
            }
            ("secret", Some(_)) | ("item" | "account" | "var" | "secret", None) => Ok(()),
            _ if self.kept.contains(root) => Ok(()),
            _ => Err(TemplateError::Unknown { name: root.to_owned(), known: self.roots() }),
        }
    }

    fn roots(&self) -> Vec<String> {
        let mut roots = vec!["var".to_owned(), "secret".to_owned()];
        roots.extend(self.item.then(|| "item".to_owned()));
        roots.extend(self.account.then(|| "account".to_owned()));
        roots.extend(self.kept.iter().map(ToString::to_string));
        roots
    }
}

fn one_of<'a>(
    path: &str,
    root: &str,
    field: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Result<(), TemplateError> {
    let first = field.split('.').next().unwrap_or(field);
    let known: Vec<&str> = known.into_iter().collect();
    if known.contains(&first) {
        return Ok(());
    }
    let known = known.into_iter().map(|name| format!("{root}.{name}")).collect();
    Err(TemplateError::Unknown { name: path.to_owned(), known })
}

impl TemplateError {
    /// What to write instead.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Syntax => Some("写成 {{ 名字 }}，例如：{{ item.name }}".to_owned()),
            Self::Block => Some("只能用 {{ }} 取内容；要不要做这一步，请写 when:".to_owned()),
            Self::BracesInExpression => Some("例如：when: item.certificate".to_owned()),
            Self::Unknown { name, known } if known.is_empty() => {
                Some(format!("还没有给出任何变量；“{name}”要由程序或命令行给出"))
            }
            Self::Unknown { name, known } => {
                let list = format!("可用的名字：{}", known.join("、"));
                let near = nearest(name, known.iter().map(String::as_str));
                Some(near.map_or(list.clone(), |near| format!("{list}（是不是想写 {near}？）")))
            }
            Self::NotRepeated { name } => Some(format!("要用 {name}，请在文件开头写 for-each: {name}s")),
            Self::NoSecret { name } => Some(format!("请设置环境变量 ZOUTONG_SECRET_{name}")),
            Self::Empty => Some("请给这一步加上 when:，例如：when: item.certificate".to_owned()),
            Self::UnknownFilter => Some(format!("可用的有：{}", FILTERS.join("、"))),
            Self::Failed => None,
        }
    }

    /// The words of the file that it is about, to point at.
    pub(crate) fn subject(&self) -> Option<&str> {
        match self {
            Self::Unknown { name, .. } | Self::NotRepeated { name } | Self::NoSecret { name } => Some(name),
            Self::Block => Some("{%"),
            _ => None,
        }
    }
}

static ENGINE: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_recursion_limit(50);
    engine.set_formatter(|out, state, value| {
        if value.is_none() || value.is_undefined() {
            return Err(Error::new(ErrorKind::NonPrimitive, "empty"));
        }
        minijinja::escape_formatter(out, state, value)
    });
    engine.add_filter("default", filters::default);
    engine.add_filter("first", filters::first);
    engine.add_filter("join", filters::join);
    engine.add_filter("length", filters::length);
    engine.add_filter("lower", filters::lower);
    engine.add_filter("trim", filters::trim);
    engine.add_filter("upper", filters::upper);
    engine
});

fn explain(error: &Error) -> TemplateError {
    match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape => TemplateError::Syntax,
        ErrorKind::NonPrimitive | ErrorKind::UndefinedError => TemplateError::Empty,
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownMethod | ErrorKind::UnknownTest => {
            TemplateError::UnknownFilter
        }
        _ => TemplateError::Failed,
    }
}

/// Whether the text has anything to fill in.
pub(crate) fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%") || text.contains("{#")
}

/// The paths that a text names (`item.name`).
fn used_by_text(text: &str) -> Result<HashSet<String>, TemplateError> {
    if text.contains("{%") || text.contains("{#") {
        return Err(TemplateError::Block);
    }
    let template = ENGINE.template_from_str(text).map_err(|error| explain(&error))?;
    Ok(template.undeclared_variables(true))
}

fn used_by_expression(expression: &str) -> Result<HashSet<String>, TemplateError> {
    if expression.contains("{{") {
        return Err(TemplateError::BracesInExpression);
    }
    let compiled = ENGINE.compile_expression(expression).map_err(|error| explain(&error))?;
    Ok(compiled.undeclared_variables(true))
}

fn check_all(used: &HashSet<String>, names: &Names<'_>) -> Result<(), TemplateError> {
    let mut used: Vec<_> = used.iter().collect();
    used.sort();
    used.into_iter().try_for_each(|path| names.check(path))
}

/// Checks the names of a text before anything is walked.
pub(crate) fn check_text(text: &str, names: &Names<'_>) -> Result<(), TemplateError> {
    check_all(&used_by_text(text)?, names)
}

/// Checks the names of an expression before anything is walked.
pub(crate) fn check_expression(expression: &str, names: &Names<'_>) -> Result<(), TemplateError> {
    check_all(&used_by_expression(expression)?, names)
}

/// Whether filling in the text puts a secret into it, so that it has to be masked wherever it is written.
#[must_use]
pub fn reveals_secret(text: &str) -> bool {
    used_by_text(text).is_ok_and(|used| {
        used.iter().any(|path| path == "secret" || path.starts_with("secret.") || path == "account" || path == "account.password")
    })
}

/// Fills in the `{{ … }}` of a text.
///
/// # Errors
/// When a name does not exist, has no value, or the text is not well formed.
pub fn render(text: &str, scope: &Scope<'_>) -> Result<String, TemplateError> {
    if !is_template(text) {
        return Ok(text.to_owned());
    }
    let used = used_by_text(text)?;
    check_all(&used, &scope.names())?;
    ENGINE.render_str(text, scope.value(&used)?).map_err(|error| explain(&error))
}

/// Whether an expression (`when: item.certificate`) is true; a value that is absent is false.
///
/// # Errors
/// When a name does not exist or the expression is not well formed.
pub fn holds(expression: &str, scope: &Scope<'_>) -> Result<bool, TemplateError> {
    let used = used_by_expression(expression)?;
    check_all(&used, &scope.names())?;
    let compiled = ENGINE.compile_expression(expression).map_err(|error| explain(&error))?;
    let value = compiled.eval(scope.value(&used)?).map_err(|error| explain(&error))?;
    Ok(value.is_true())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Item {
        Item { name: "身份证换领".into(), colloquial: vec!["换身份证".into()], ..Item::default() }
    }

    fn account() -> Account {
        Account {
            name: "个人账号".into(),
            audience: Audience::Personal,
            user: "zhangsan".into(),
            password_secret: "DEMO".into(),
            shown_name: "张三".into(),
        }
    }

    #[test]
    fn names_are_filled_in_from_the_item_the_account_and_what_was_kept() {
        let (item, account) = (item(), account());
        let kept = BTreeMap::from([("code".to_owned(), "123456".to_owned())]);
        let variables = Variables::new().with("sms", "http://127.0.0.1/").with_secret("DEMO", "口令".into());
        let scope = Scope::new(&variables).with_item(&item).with_account(&account).with_kept(&kept);
        let text = "{{ item.name }}{{ item.colloquial|first }} {{ account.shown_name }} {{ account.password }} {{ secret.DEMO }} {{ var.sms }}{{ code }}";
        assert_eq!(render(text, &scope).unwrap(), "身份证换领换身份证 张三 口令 口令 http://127.0.0.1/123456");
        assert_eq!(render("没有要填的 <b>", &scope).unwrap(), "没有要填的 <b>");
    }

    #[test]
    fn an_absent_certificate_is_false_and_cannot_be_printed() {
        let item = item();
        let variables = Variables::new();
        let scope = Scope::new(&variables).with_item(&item);
        assert_eq!(holds("item.certificate", &scope), Ok(false));
        assert_eq!(holds("item.audience == 'personal' and not item.certificate", &scope), Ok(true));
        assert_eq!(render("{{ item.certificate }}", &scope), Err(TemplateError::Empty));
    }

    #[test]
    fn an_unknown_name_is_told_with_the_names_that_exist() {
        let item = item();
        let variables = Variables::new().with("pc", "http://127.0.0.1/");
        let scope = Scope::new(&variables).with_item(&item);
        let error = render("{{ item.nmae }}", &scope).unwrap_err();
        assert_eq!(error.to_string(), "不认识的名字“item.nmae”");
        assert!(error.hint().unwrap().ends_with("（是不是想写 item.name？）"));
        assert!(matches!(render("{{ var.cp }}", &scope), Err(TemplateError::Unknown { .. })));
        assert!(matches!(render("{{ code }}", &scope), Err(TemplateError::Unknown { .. })));
        assert_eq!(render("{{ account.user }}", &scope), Err(TemplateError::NotRepeated { name: "account".into() }));
        assert_eq!(render("{{ secret.X }}", &scope), Err(TemplateError::NoSecret { name: "X".into() }));
    }

    #[test]
    fn only_the_small_language_is_accepted() {
        let variables = Variables::new();
        let scope = Scope::new(&variables);
        assert_eq!(render("{% for a in b %}{% endfor %}", &scope), Err(TemplateError::Block));
        assert_eq!(render("{{ item.name", &scope), Err(TemplateError::Syntax));
        assert_eq!(holds("{{ item.name }}", &scope), Err(TemplateError::BracesInExpression));
        assert_eq!(holds("", &scope), Err(TemplateError::Syntax));
        assert_eq!(render("{{ 'a'|nothing }}", &scope), Err(TemplateError::UnknownFilter));
        assert_eq!(render("{{ 1 + 'a' }}", &scope), Err(TemplateError::Failed));
    }

    #[test]
    fn a_text_that_reveals_a_secret_is_known() {
        assert!(reveals_secret("{{ secret.DEMO }}") && reveals_secret("{{ account.password }}"));
        assert!(!reveals_secret("{{ account.user }}") && !reveals_secret("secret.DEMO"));
    }
}
