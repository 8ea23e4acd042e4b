//! 小程序: H5 pages of a `WeChat` web-view, made of custom elements with open shadow roots; other browsers are refused.

use super::super::form::field;
use super::super::listing::{Listed, Wanted, departments, themes};
use super::super::state::State as Portal;
use super::super::template::script_json;
use super::{CSS, Door, SCRIPT, asset, desk, hot};
use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many items stand on one page of a list.
const PAGE: usize = 12;

pub(super) fn router(state: Arc<Portal>) -> Router {
    let door = Door { state, channel: "mini" };
    Router::new()
        .route("/", get(home))
        .route("/search", get(search))
        .route("/list", get(list))
        .route("/categories", get(categories))
        .route("/guide/{code}", get(guide))
        .route(
            "/login",
            get(login).post(async |State(door): State<Door>, body: String| door.log_in_json(&body)),
        )
        .route("/chat", get(chat).post(ask))
        .route("/assets/mini.css", get(async || asset(CSS, include_str!("../assets/mini/mini.css"))))
        .route("/assets/elements.js", get(async || asset(SCRIPT, include_str!("../assets/mini/elements.js"))))
        .merge(desk::routes())
        .layer(from_fn_with_state(door.clone(), only_in_wechat))
        .with_state(door)
}

async fn only_in_wechat(State(door): State<Door>, request: Request, next: Next) -> Response {
    let agent =
        request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    if agent.contains("MicroMessenger") {
        next.run(request).await
    } else {
        door.html(StatusCode::FORBIDDEN, &door.state.page("mini/refused.html", &json!({})))
    }
}

/// A page: the data that its elements draw, and the words of the title.
fn draw(door: &Door, title: &str, data: &Value) -> Response {
    door.page("mini/page.html", &json!({"title": title, "data": script_json(data)}))
}

async fn home(State(door): State<Door>, headers: HeaderMap) -> Response {
    let mut offered = hot(&door.state.items, "personal", 5);
    offered.extend(hot(&door.state.items, "enterprise", 3));
    let data = json!({"kind": "home", "user": door.shown_name(&headers), "items": Door::cards(&offered)});
    draw(&door, "晋城政务服务", &data)
}

async fn search(State(door): State<Door>, RawQuery(query): RawQuery) -> Response {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let listed = wanted.search(&door.state.items, "/search", PAGE);
    let heading = format!("共{}个事项", listed.turning.count);
    draw(&door, "搜索", &list_data(&heading, &wanted.words, &listed))
}

async fn list(State(door): State<Door>, RawQuery(query): RawQuery) -> Response {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let listed = wanted.list(&door.state.items, "/list", PAGE);
    let heading = format!("{}（{}）", wanted.title(), listed.turning.count);
    draw(&door, wanted.title(), &list_data(&heading, "", &listed))
}

fn list_data(heading: &str, words: &str, listed: &Listed<'_>) -> Value {
    json!({
        "kind": "list",
        "heading": heading,
        "query": words,
        "items": Door::cards(&listed.found),
        "turning": listed.turning,
    })
}

async fn categories(State(door): State<Door>) -> Response {
    let items = &door.state.items;
    let data = json!({"kind": "categories", "themes": themes(items), "departments": departments(items)});
    draw(&door, "全部分类", &data)
}

async fn guide(State(door): State<Door>, Path(code): Path<String>) -> Response {
    let Some(sheet) = door.state.sheet(&code, "mini") else {
        return door.notice(StatusCode::NOT_FOUND, "事项不存在", "没有找到这个事项的办事指南。");
    };
    draw(&door, "办事指南", &json!({"kind": "guide", "sheet": sheet, "bustle": door.state.bustle()}))
}

async fn login(State(door): State<Door>) -> Response {
    draw(&door, "登录", &json!({"kind": "login"}))
}

async fn chat(State(door): State<Door>) -> Response {
    draw(&door, "智能客服", &json!({"kind": "chat"}))
}

async fn ask(State(door): State<Door>, body: String) -> Response {
    axum::Json(door.state.ask("mini", &field(&body, "question"))).into_response()
}
