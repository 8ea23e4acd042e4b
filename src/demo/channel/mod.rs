//! The doors: one router a channel, and what their handlers have in common at the HTTP level.

mod app;
mod desk;
mod kiosk;
mod mini;
mod pc;
mod practice;
mod sms;

use super::account::LoginForm;
use super::form::field;
use super::item::Item;
use super::settings::TestAccount;
use super::state::State;
use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};
use std::sync::Arc;

/// The web app behind one door: `pc`, `app`, `mini`, `kiosk`; any other name is the message box.
pub fn router(channel: &str, state: Arc<State>) -> Router {
    let own = match channel {
        "pc" => pc::router(state),
        "app" => app::router(state),
        "mini" => mini::router(state),
        "kiosk" => kiosk::router(state),
        _ => return sms::router(state),
    };
    own.merge(practice::router())
}

/// What a handler is given: the portal and the channel it stands in.
#[derive(Debug, Clone)]
struct Door {
    state: Arc<State>,
    channel: &'static str,
}

impl Door {
    /// An HTML page in the channel's encoding.
    fn html(&self, status: StatusCode, page: &str) -> Response {
        let (content_type, body) = if self.channel == "pc" {
            ("text/html; charset=gbk", encoding_rs::GBK.encode(page).0.into_owned())
        } else {
            ("text/html; charset=utf-8", page.as_bytes().to_vec())
        };
        (status, [(header::CONTENT_TYPE, content_type)], body).into_response()
    }

    fn page(&self, template: &str, context: &Value) -> Response {
        self.html(StatusCode::OK, &self.state.page(template, context))
    }

    /// A page that only says something.
    fn notice(&self, status: StatusCode, title: &str, words: &str) -> Response {
        let context =
            json!({"channel": self.channel, "charset": self.charset(), "title": title, "words": words});
        self.html(status, &self.state.page("desk/notice.html", &context))
    }

    fn charset(&self) -> &'static str {
        if self.channel == "pc" { "gbk" } else { "utf-8" }
    }

    fn cookie(&self) -> String {
        format!("jcdemo_{}", self.channel)
    }

    fn who(&self, headers: &HeaderMap) -> Option<TestAccount> {
        self.state.who(&session(headers, &self.cookie()))
    }

    fn shown_name(&self, headers: &HeaderMap) -> &'static str {
        self.who(headers).map_or("", |account| account.shown_name)
    }

    /// Tries a log-in: the session cookie, or the words of the refusal.
    fn log_in(&self, body: &str) -> Result<HeaderValue, String> {
        let form = LoginForm {
            audience: field(body, "audience"),
            account: field(body, "account").trim().to_owned(),
            password: field(body, "password"),
            code: field(body, "code").trim().to_owned(),
            captcha: field(body, "captcha").trim().to_owned(),
        };
        let session = self.state.log_in(self.channel, &form).map_err(|refusal| refusal.words)?;
        let cookie = format!("{}={session}; Path=/; HttpOnly; SameSite=Lax", self.cookie());
        HeaderValue::from_str(&cookie).map_err(|_| "系统繁忙，请稍后再试".to_owned())
    }

    /// A log-in by script: `{"ok": …, "words": …}`.
    fn log_in_json(&self, body: &str) -> Response {
        match self.log_in(body) {
            Ok(cookie) => {
                let answer = json!({"ok": true, "words": ""});
                ([(header::SET_COOKIE, cookie)], axum::Json(answer)).into_response()
            }
            Err(words) => axum::Json(json!({"ok": false, "words": words})).into_response(),
        }
    }

    fn log_out(&self, headers: &HeaderMap) -> Response {
        self.state.desk().log_out(&session(headers, &self.cookie()));
        Redirect::to("/").into_response()
    }

    fn cards(items: &[&Item]) -> Value {
        items.iter().map(|item| card(item)).collect()
    }
}

fn card(item: &Item) -> Value {
    json!({
        "name": item.name,
        "code": item.code,
        "department": item.office_name(),
        "audience": item.audience.word(),
        "kind": item.kind.label(),
    })
}

/// The items that a home page offers as 热门服务.
fn hot<'a>(items: &'a [Item], audience: &str, count: usize) -> Vec<&'a Item> {
    items.iter().filter(|item| item.audience.word() == audience).step_by(3).take(count).collect()
}

fn session(headers: &HeaderMap, cookie: &str) -> String {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == cookie)
        .map(|(_, value)| value.to_owned())
        .unwrap_or_default()
}

/// An embedded static file.
fn asset(content_type: &'static str, body: &'static str) -> Response {
    ([(header::CONTENT_TYPE, content_type)], body).into_response()
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
