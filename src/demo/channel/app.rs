//! APP（晋来办）: an empty document, a script, and a JSON interface that takes its time.

use super::super::form::field;
use super::super::listing::{Listed, Wanted, departments, themes};
use super::super::state::State as Portal;
use super::{CSS, Door, SCRIPT, asset, desk, hot};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::sync::Arc;

/// How many items stand on one screen of a list.
const PAGE: usize = 15;

pub(super) fn router(state: Arc<Portal>) -> Router {
    Router::new()
        .route("/", get(async |State(door): State<Door>| door.page("app/index.html", &json!({}))))
        .route("/assets/app.css", get(async || asset(CSS, include_str!("../assets/app/app.css"))))
        .route("/assets/app.js", get(async || asset(SCRIPT, include_str!("../assets/app/app.js"))))
        .route("/api/home", get(home))
        .route("/api/search", get(search))
        .route("/api/items", get(items))
        .route("/api/categories", get(categories))
        .route("/api/guide/{code}", get(guide))
        .route("/api/guide/{code}/{panel}", get(panel))
        .route("/api/login", post(async |State(door): State<Door>, body: String| door.log_in_json(&body)))
        .route("/api/chat", post(ask))
        .merge(desk::routes())
        .with_state(Door { state, channel: "app" })
}

/// Answers after the settled latency, as an interface behind a gateway does.
async fn answer(door: &Door, status: StatusCode, data: Value) -> Response {
    tokio::time::sleep(door.state.latency).await;
    (status, axum::Json(json!({"code": status.as_u16(), "data": data}))).into_response()
}

async fn home(State(door): State<Door>, headers: HeaderMap) -> Response {
    let mut offered = hot(&door.state.items, "personal", 6);
    offered.extend(hot(&door.state.items, "enterprise", 4));
    let data = json!({"user": door.shown_name(&headers), "hot": Door::cards(&offered)});
    answer(&door, StatusCode::OK, data).await
}

async fn search(State(door): State<Door>, RawQuery(query): RawQuery) -> Response {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let listed = wanted.search(&door.state.items, "#/search", PAGE);
    answer(&door, StatusCode::OK, page_of(&listed)).await
}

async fn items(State(door): State<Door>, RawQuery(query): RawQuery) -> Response {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let listed = wanted.list(&door.state.items, "#/items", PAGE);
    answer(&door, StatusCode::OK, page_of(&listed)).await
}

fn page_of(listed: &Listed<'_>) -> Value {
    json!({"items": Door::cards(&listed.found), "turning": listed.turning})
}

async fn categories(State(door): State<Door>) -> Response {
    let items = &door.state.items;
    let data = json!({"themes": themes(items), "departments": departments(items), "count": items.len()});
    answer(&door, StatusCode::OK, data).await
}

async fn guide(State(door): State<Door>, Path(code): Path<String>) -> Response {
    let Some(sheet) = door.state.sheet(&code, "app") else {
        return answer(&door, StatusCode::NOT_FOUND, Value::Null).await;
    };
    let titles: Vec<&str> = sheet.panels.iter().map(|panel| panel.title.as_str()).collect();
    let data = json!({
        "name": sheet.name,
        "code": sheet.code,
        "department": sheet.department,
        "panels": titles,
        "bustle": door.state.bustle(),
    });
    answer(&door, StatusCode::OK, data).await
}

async fn panel(State(door): State<Door>, Path((code, panel)): Path<(String, usize)>) -> Response {
    let sheet = door.state.sheet(&code, "app");
    match sheet.as_ref().and_then(|sheet| sheet.panels.get(panel)) {
        Some(panel) => answer(&door, StatusCode::OK, json!(panel)).await,
        None => answer(&door, StatusCode::NOT_FOUND, Value::Null).await,
    }
}

async fn ask(State(door): State<Door>, body: String) -> Response {
    let data = json!(door.state.ask("app", &field(&body, "question")));
    answer(&door, StatusCode::OK, data).await
}
