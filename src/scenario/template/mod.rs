//! `{{ … }}` in scenario files and the expressions of `when`: one engine, every unknown name told in Chinese.

mod error;
mod names;
mod scope;

use std::collections::HashSet;
use std::sync::LazyLock;

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, filters};

pub use error::TemplateError;
use names::check_all;
pub(crate) use names::{Names, ROOTS};
pub use scope::{Scope, Variables};

/// What may stand behind `|`.
const FILTERS: [&str; 8] = ["default", "first", "join", "length", "lower", "tojson", "trim", "upper"];

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
    engine.add_filter("tojson", tojson);
    engine.add_filter("trim", filters::trim);
    engine.add_filter("upper", filters::upper);
    engine
});

/// A value as page code writes it; nothing in it can end a script or a string.
fn tojson(value: &minijinja::Value) -> Result<String, Error> {
    let text =
        serde_json::to_string(value).map_err(|_| Error::new(ErrorKind::InvalidOperation, "no JSON"))?;
    Ok(text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}

fn explain(error: &Error) -> TemplateError {
    match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape => TemplateError::Syntax,
        ErrorKind::NonPrimitive | ErrorKind::UndefinedError => TemplateError::Empty,
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownMethod
        | ErrorKind::UnknownTest => TemplateError::UnknownFilter,
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
        used.iter().any(|path| {
            path == "secret" || path.starts_with("secret.") || path == "account" || path == "account.password"
        })
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
    evaluate(expression, scope).map(|value| value.is_true())
}

/// The values of a list that an expression gives (`item.colloquial`); a single value is a list of one.
///
/// # Errors
/// When a name does not exist or the expression is not well formed.
pub fn list(expression: &str, scope: &Scope<'_>) -> Result<Vec<serde_json::Value>, TemplateError> {
    let value = evaluate(expression, scope)?;
    match serde_json::to_value(&value) {
        Ok(serde_json::Value::Array(values)) => Ok(values),
        Ok(serde_json::Value::Null) => Err(TemplateError::Empty),
        Ok(single) => Ok(vec![single]),
        Err(_) => Err(TemplateError::Failed),
    }
}

fn evaluate(expression: &str, scope: &Scope<'_>) -> Result<minijinja::Value, TemplateError> {
    let used = used_by_expression(expression)?;
    check_all(&used, &scope.names())?;
    let compiled = ENGINE.compile_expression(expression).map_err(|error| explain(&error))?;
    compiled.eval(scope.value(&used)?).map_err(|error| explain(&error))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Account, Audience, Item};

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
        let kept = BTreeMap::from([("code".to_owned(), serde_json::Value::from("123456"))]);
        let variables = Variables::new().with("sms", "http://127.0.0.1/").with_secret("DEMO", "口令".into());
        let scope = Scope::new(&variables).with_item(&item).with_account(&account).with_kept(&kept);
        let text = "{{ item.name }}{{ item.colloquial|first }} {{ account.shown_name }} {{ account.password }} {{ secret.DEMO }} {{ var.sms }}{{ code }}";
        assert_eq!(
            render(text, &scope).unwrap(),
            "身份证换领换身份证 张三 口令 口令 http://127.0.0.1/123456"
        );
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
        assert_eq!(
            render("{{ account.user }}", &scope),
            Err(TemplateError::NotRepeated { name: "account".into() })
        );
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
    fn a_value_becomes_page_code() {
        let kept = BTreeMap::from([("x".to_owned(), serde_json::json!("a\"b</script>\n"))]);
        let variables = Variables::new();
        let scope = Scope::new(&variables).with_kept(&kept);
        let code = render("return {{ x|tojson }} + {{ 1|tojson }};", &scope).unwrap();
        assert_eq!(code, r#"return "a\"b\u003c/script>\n" + 1;"#);
    }

    #[test]
    fn a_text_that_reveals_a_secret_is_known() {
        assert!(reveals_secret("{{ secret.DEMO }}") && reveals_secret("{{ account.password }}"));
        assert!(!reveals_secret("{{ account.user }}") && !reveals_secret("secret.DEMO"));
    }
}
