//! PC端: pages rendered by the server, in GBK, with tables and tabs.

use super::super::form::field;
use super::super::listing::{Listed, Wanted, departments, themes};
use super::super::state::State as Portal;
use super::{CSS, Door, asset, desk, hot};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde_json::json;
use std::sync::Arc;

/// How many items stand on one page of a list.
const PAGE: usize = 20;

pub(super) fn router(state: Arc<Portal>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/search", get(search))
        .route("/list", get(list))
        .route("/guide/{code}", get(guide))
        .route("/login", get(login).post(log_in))
        .route("/chat", get(chat).post(ask))
        .route("/assets/portal.css", get(async || asset(CSS, include_str!("../assets/pc/portal.css"))))
        .merge(desk::routes())
        .with_state(Door { state, channel: "pc" })
}

async fn home(State(door): State<Door>, headers: HeaderMap) -> Response {
    let items = &door.state.items;
    let context = json!({
        "user": door.shown_name(&headers),
        "themes": themes(items),
        "departments": departments(items),
        "personal": Door::cards(&hot(items, "personal", 8)),
        "enterprise": Door::cards(&hot(items, "enterprise", 8)),
        "count": items.len(),
    });
    door.page("pc/home.html", &context)
}

async fn search(State(door): State<Door>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let listed = wanted.search(&door.state.items, "/search", PAGE);
    list_page(&door, &headers, &format!("“{}”的搜索结果", wanted.words), &wanted.words, &listed)
}

async fn list(State(door): State<Door>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let listed = wanted.list(&door.state.items, "/list", PAGE);
    list_page(&door, &headers, wanted.title(), "", &listed)
}

fn list_page(door: &Door, headers: &HeaderMap, title: &str, words: &str, listed: &Listed<'_>) -> Response {
    let context = json!({
        "user": door.shown_name(headers),
        "title": title,
        "query": words,
        "found": Door::cards(&listed.found),
        "turning": listed.turning,
        "themes": themes(&door.state.items),
        "departments": departments(&door.state.items),
    });
    door.page("pc/list.html", &context)
}

async fn guide(State(door): State<Door>, headers: HeaderMap, Path(code): Path<String>) -> Response {
    let Some(sheet) = door.state.sheet(&code, "pc") else {
        return door.notice(StatusCode::NOT_FOUND, "事项不存在", "没有找到这个事项的办事指南。");
    };
    let context = json!({"user": door.shown_name(&headers), "sheet": sheet, "bustle": door.state.bustle()});
    door.page("pc/guide.html", &context)
}

async fn login(State(door): State<Door>) -> Response {
    door.page("pc/login.html", &json!({"audience": "personal"}))
}

async fn log_in(State(door): State<Door>, body: String) -> Response {
    match door.log_in(&body) {
        Ok(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        Err(words) => {
            let context = json!({"words": words, "account": field(&body, "account"), "audience": field(&body, "audience")});
            door.page("pc/login.html", &context)
        }
    }
}

async fn chat(State(door): State<Door>, headers: HeaderMap) -> Response {
    door.page("pc/chat.html", &json!({"user": door.shown_name(&headers)}))
}

async fn ask(State(door): State<Door>, body: String) -> Response {
    axum::Json(door.state.ask("pc", &field(&body, "question"))).into_response()
}
