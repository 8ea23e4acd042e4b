//! The HTML templates, compiled once, and the bridge from JSON contexts to them.

use super::error::DemoError;
use minijinja::{Environment, Value};
use std::collections::BTreeMap;

/// Every template by name; names end in `.html`, so all values are escaped.
const TEMPLATES: [(&str, &str); 18] = [
    ("pc/base.html", include_str!("assets/pc/base.html")),
    ("pc/home.html", include_str!("assets/pc/home.html")),
    ("pc/list.html", include_str!("assets/pc/list.html")),
    ("pc/guide.html", include_str!("assets/pc/guide.html")),
    ("pc/login.html", include_str!("assets/pc/login.html")),
    ("pc/chat.html", include_str!("assets/pc/chat.html")),
    ("app/index.html", include_str!("assets/app/index.html")),
    ("mini/page.html", include_str!("assets/mini/page.html")),
    ("mini/refused.html", include_str!("assets/mini/refused.html")),
    ("kiosk/shell.html", include_str!("assets/kiosk/shell.html")),
    ("kiosk/frame.html", include_str!("assets/kiosk/frame.html")),
    ("kiosk/categories.html", include_str!("assets/kiosk/categories.html")),
    ("kiosk/guide.html", include_str!("assets/kiosk/guide.html")),
    ("kiosk/chat.html", include_str!("assets/kiosk/chat.html")),
    ("kiosk/login.html", include_str!("assets/kiosk/login.html")),
    ("desk/form.html", include_str!("assets/desk/form.html")),
    ("desk/notice.html", include_str!("assets/desk/notice.html")),
    ("sms/box.html", include_str!("assets/sms/box.html")),
];

/// Compiles all templates.
pub(crate) fn compile() -> Result<Environment<'static>, DemoError> {
    let mut environment = Environment::new();
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).map_err(|error| DemoError::Template(Box::new(error)))?;
    }
    Ok(environment)
}

/// Renders a template; a failure shows as a polite page, for a portal never answers with nothing.
pub(crate) fn render(environment: &Environment<'_>, name: &str, context: &serde_json::Value) -> String {
    environment
        .get_template(name)
        .and_then(|template| template.render(to_template_value(context)))
        .unwrap_or_else(|_| "<!DOCTYPE html><title>提示</title><p>页面暂时无法显示。演示数据</p>".to_owned())
}

fn to_template_value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(truth) => Value::from(*truth),
        serde_json::Value::Number(number) => {
            number.as_i64().map_or_else(|| Value::from(number.as_f64().unwrap_or_default()), Value::from)
        }
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(values) => {
            Value::from(values.iter().map(to_template_value).collect::<Vec<_>>())
        }
        serde_json::Value::Object(fields) => Value::from(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), to_template_value(value)))
                .collect::<BTreeMap<_, _>>(),
        ),
    }
}

/// JSON that can stand inside a `<script>` element: no `<` can close it.
pub(crate) fn script_json(json: &serde_json::Value) -> String {
    json.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
