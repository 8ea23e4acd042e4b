//! 短信箱: the text messages with log-in codes, as a page and as plain text for a script.

use super::super::form::field;
use super::super::state::State as Portal;
use super::Door;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use std::sync::Arc;

pub(super) fn router(state: Arc<Portal>) -> Router {
    Router::new()
        .route("/", get(messages))
        .route("/latest", get(latest))
        .with_state(Door { state, channel: "sms" })
}

async fn messages(State(door): State<Door>) -> Response {
    let messages: Vec<_> = door
        .state
        .desk()
        .messages()
        .map(|message| json!({"account": message.account, "channel": message.channel, "code": message.code}))
        .collect();
    door.page("sms/box.html", &json!({"messages": messages}))
}

async fn latest(State(door): State<Door>, RawQuery(query): RawQuery) -> Response {
    let account = field(query.as_deref().unwrap_or_default(), "account");
    let code = door
        .state
        .desk()
        .messages()
        .find(|message| message.account == account)
        .map(|message| message.code.clone());
    code.map_or_else(|| (StatusCode::NOT_FOUND, "").into_response(), IntoResponse::into_response)
}
