//! 自助终端: a large touch screen; a shell with a frame in it, buttons without role or address, no title.

use super::super::account::CAPTCHA;
use super::super::fault::LoginOutcome;
use super::super::form::field;
use super::super::listing::{Listed, Turning, Wanted, departments, themes};
use super::super::state::State as Portal;
use super::super::style::chinese_number;
use super::{CSS, Door, SCRIPT, asset, desk, hot};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use std::fmt::Write as _;
use std::sync::Arc;

/// How many items stand on one screen of a list.
const PAGE: usize = 9;

pub(super) fn router(state: Arc<Portal>) -> Router {
    Router::new()
        .route("/", get(shell))
        .route("/frame/home", get(home))
        .route("/frame/search", get(search))
        .route("/frame/list", get(list))
        .route("/frame/categories", get(categories))
        .route("/frame/guide/{code}", get(guide))
        .route("/frame/chat", get(async |State(door): State<Door>| door.page("kiosk/chat.html", &json!({}))))
        .route("/chat", axum::routing::post(ask))
        .route(
            "/login",
            get(login).post(async |State(door): State<Door>, body: String| door.log_in_json(&body)),
        )
        .route("/captcha.svg", get(captcha))
        .route("/assets/kiosk.css", get(async || asset(CSS, include_str!("../assets/kiosk/kiosk.css"))))
        .route("/assets/kiosk.js", get(async || asset(SCRIPT, include_str!("../assets/kiosk/kiosk.js"))))
        .merge(desk::routes())
        .with_state(Door { state, channel: "kiosk" })
}

async fn shell(State(door): State<Door>, headers: HeaderMap) -> Response {
    door.page("kiosk/shell.html", &json!({"user": door.shown_name(&headers)}))
}

async fn home(State(door): State<Door>) -> Response {
    let mut offered = hot(&door.state.items, "personal", 6);
    offered.extend(hot(&door.state.items, "enterprise", 4));
    let turning = Turning { page: 1, pages: 1, ..Turning::default() };
    list_page(&door, "热门服务", &Listed { found: offered, turning })
}

async fn search(State(door): State<Door>, RawQuery(query): RawQuery) -> Response {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let listed = wanted.search(&door.state.items, "/frame/search", PAGE);
    list_page(&door, &format!("“{}”共找到{}个事项", wanted.words, listed.turning.count), &listed)
}

async fn list(State(door): State<Door>, RawQuery(query): RawQuery) -> Response {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let listed = wanted.list(&door.state.items, "/frame/list", PAGE);
    list_page(&door, &format!("{}（{}项）", wanted.title(), listed.turning.count), &listed)
}

fn list_page(door: &Door, heading: &str, listed: &Listed<'_>) -> Response {
    let context = json!({"heading": heading, "found": Door::cards(&listed.found), "turning": listed.turning});
    door.page("kiosk/frame.html", &context)
}

async fn categories(State(door): State<Door>) -> Response {
    let items = &door.state.items;
    let context = json!({"themes": themes(items), "departments": departments(items)});
    door.page("kiosk/categories.html", &context)
}

async fn guide(State(door): State<Door>, Path(code): Path<String>) -> Response {
    let Some(sheet) = door.state.sheet(&code, "kiosk") else {
        return door.notice(StatusCode::NOT_FOUND, "事项不存在", "没有找到这个事项的办事指南。");
    };
    let rows = sheet.panels.iter().flat_map(|panel| &panel.rows).enumerate();
    let numbered: Vec<_> = rows
        .map(|(index, row)| json!({"number": chinese_number(index + 1), "label": row.label, "value": row.value}))
        .collect();
    let context =
        json!({"name": sheet.name, "code": sheet.code, "rows": numbered, "bustle": door.state.bustle()});
    door.page("kiosk/guide.html", &context)
}

async fn ask(State(door): State<Door>, body: String) -> Response {
    axum::Json(door.state.ask("kiosk", &field(&body, "question"))).into_response()
}

async fn login(State(door): State<Door>) -> Response {
    let accessible =
        !door.state.planting.of_login("kiosk").any(|fault| *fault == LoginOutcome::CaptchaWithoutAlternative);
    let spoken: Vec<String> = CAPTCHA.chars().map(String::from).collect();
    door.page("kiosk/login.html", &json!({"accessible": accessible, "spoken": spoken.join(" ")}))
}

async fn captcha() -> Response {
    let digits = CAPTCHA.chars().enumerate().fold(String::new(), |mut drawn, (index, digit)| {
        let (x, turn) = (22 + index * 46, [-14, 9, -6, 15][index % 4]);
        let _ = write!(drawn, "<text x=\"{x}\" y=\"54\" transform=\"rotate({turn} {x} 44)\">{digit}</text>");
        drawn
    });
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210\" height=\"76\"><rect width=\"210\" height=\"76\" \
         fill=\"#eef3fa\"/><path d=\"M4 60C60 10 120 80 206 20M0 24C80 70 140 0 210 56\" stroke=\"#9db6d8\" \
         fill=\"none\" stroke-width=\"3\"/><g font-family=\"serif\" font-size=\"50\" fill=\"#25539a\">{digits}</g></svg>"
    );
    ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response()
}
