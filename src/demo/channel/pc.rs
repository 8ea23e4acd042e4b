//! PC端: pages rendered by the server, in GBK, with tables and tabs.

use super::super::form::field;
use super::super::item::Item;
use super::super::search::find;
use super::super::state::State as Portal;
use super::{CSS, Door, asset, desk, hot};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The longest list on one page.
const LONGEST_LIST: usize = 100;

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
        "themes": counted(items, |item| item.theme.clone()),
        "departments": counted(items, |item| {
            item.office.as_ref().map(|office| office.name.clone()).unwrap_or_default()
        }),
        "personal": Door::cards(&hot(items, "personal", 8)),
        "enterprise": Door::cards(&hot(items, "enterprise", 8)),
        "count": items.len(),
    });
    door.page("pc/home.html", &context)
}

fn counted(items: &[Item], key: impl Fn(&Item) -> String) -> Value {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(key(item)).or_default() += 1;
    }
    counts.into_iter().map(|(name, count)| json!({"name": name, "count": count})).collect()
}

async fn search(State(door): State<Door>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let words = field(query.as_deref().unwrap_or_default(), "q");
    let found = find(&door.state.items, &words, LONGEST_LIST);
    let title = format!("“{words}”的搜索结果");
    list_page(&door, &headers, &title, &words, &found)
}

async fn list(State(door): State<Door>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let raw = query.unwrap_or_default();
    let (audience, theme, department) =
        (field(&raw, "audience"), field(&raw, "theme"), field(&raw, "department"));
    let chosen = |item: &&Item| {
        (audience.is_empty() || item.audience.word() == audience)
            && (theme.is_empty() || item.theme == theme)
            && (department.is_empty() || item.office.as_ref().is_some_and(|office| office.name == department))
    };
    let found: Vec<&Item> = door.state.items.iter().filter(chosen).take(LONGEST_LIST).collect();
    let title = match audience.as_str() {
        "personal" => "个人办事",
        "enterprise" => "法人办事",
        _ if !theme.is_empty() => theme.as_str(),
        _ if !department.is_empty() => department.as_str(),
        _ => "全部事项",
    };
    list_page(&door, &headers, title, "", &found)
}

fn list_page(door: &Door, headers: &HeaderMap, title: &str, words: &str, found: &[&Item]) -> Response {
    let context = json!({
        "user": door.shown_name(headers),
        "title": title,
        "query": words,
        "found": Door::cards(found),
        "count": found.len(),
    });
    door.page("pc/list.html", &context)
}

async fn guide(State(door): State<Door>, headers: HeaderMap, Path(code): Path<String>) -> Response {
    let Some(sheet) = door.state.sheet(&code, "pc") else {
        return door.notice(StatusCode::NOT_FOUND, "事项不存在", "没有找到这个事项的办事指南。");
    };
    door.page("pc/guide.html", &json!({"user": door.shown_name(&headers), "sheet": sheet}))
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
