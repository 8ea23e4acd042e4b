//! What every channel has behind its own look: files, flow charts, booking and declaration pages, the log-in code.

use super::super::archive::{text_document, workbook};
use super::super::document::{pdf, rich_text};
use super::super::flow_chart::draw;
use super::super::form::field;
use super::super::guide::stages;
use super::super::item::Item;
use super::Door;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;

/// The routes that all channels share.
pub(super) fn routes() -> Router<Door> {
    Router::new()
        .route("/file/{kind}/{name}", get(file))
        .route("/media/flow/{name}", get(flow_chart))
        .route("/booking/{code}", get(booking))
        .route("/apply/{code}", get(apply))
        .route("/submit", post(submit))
        .route("/code", post(send_code))
        .route("/logout", get(log_out))
        .fallback(lost)
}

async fn lost(State(door): State<Door>) -> Response {
    door.notice(StatusCode::NOT_FOUND, "页面不存在", "您访问的页面不存在或者已被删除。")
}

async fn file(State(door): State<Door>, Path((kind, name)): Path<(String, String)>) -> Response {
    let Some((stem, suffix)) = name.rsplit_once('.') else { return lost(State(door)).await };
    let (code, number) = stem.split_once('-').unwrap_or((stem, "0"));
    let title = door.state.item(code).and_then(|item| document_title(item, &kind, number));
    let Some(lines) = title else { return lost(State(door)).await };
    let (content_type, bytes) = document(suffix, &lines);
    match kind.as_str() {
        "empty" => ([(header::CONTENT_TYPE, content_type)], Vec::new()).into_response(),
        "page" => door.notice(StatusCode::OK, "请先登录", "登录后才能下载，请登录后重试。"),
        "broken" => {
            let half = bytes[..bytes.len() / 2].to_vec();
            ([(header::CONTENT_TYPE, content_type)], half).into_response()
        }
        _ => ([(header::CONTENT_TYPE, content_type)], bytes).into_response(),
    }
}

/// A document of the type that its name ends in.
fn document(suffix: &str, lines: &[String]) -> (&'static str, Vec<u8>) {
    match suffix {
        "pdf" => ("application/pdf", pdf(lines)),
        "docx" => {
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", text_document(lines))
        }
        "xlsx" => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook(lines)),
        _ => ("application/msword", rich_text(lines)),
    }
}

fn document_title(item: &Item, kind: &str, number: &str) -> Option<Vec<String>> {
    let material = |number: &str| {
        let index = number.parse::<usize>().ok()?.checked_sub(1)?;
        item.materials.get(index).map(|material| material.name.clone())
    };
    let (title, body) = match kind {
        "blank" | "empty" | "page" | "broken" => {
            (material(number)?, "申请人：____________    联系电话：____________")
        }
        "sample" => (format!("{}（示例样表）", material(number)?), "申请人：张三    联系电话：0356-2026000"),
        "result" => (format!("{}（样本）", item.result), "本件为样本，不具有法律效力。"),
        _ => return None,
    };
    Some(vec![title, format!("事项名称：{}", item.name), body.to_owned(), "演示数据".to_owned()])
}

async fn flow_chart(State(door): State<Door>, Path(name): Path<String>) -> Response {
    let item = name.strip_suffix(".svg").and_then(|code| door.state.item(code));
    let Some(item) = item else { return lost(State(door)).await };
    let names: Vec<&str> = stages(item).into_iter().map(|(name, _)| name).collect();
    ([(header::CONTENT_TYPE, "image/svg+xml")], draw(item, &names)).into_response()
}

async fn booking(State(door): State<Door>, Path(code): Path<String>) -> Response {
    let Some(item) = door.state.item(&code) else { return lost(State(door)).await };
    let words = format!("“{}”可预约未来5个工作日的上午和下午时段，请登录后选择办理大厅和时段。", item.name);
    door.notice(StatusCode::OK, "预约办理", &words)
}

async fn apply(State(door): State<Door>, headers: HeaderMap, Path(code): Path<String>) -> Response {
    let Some(item) = door.state.item(&code) else { return lost(State(door)).await };
    let context = json!({
        "channel": door.channel,
        "charset": door.charset(),
        "name": item.name,
        "code": item.code,
        "applicant": door.shown_name(&headers),
    });
    door.page("desk/form.html", &context)
}

async fn submit(State(door): State<Door>) -> Response {
    door.state.count_submission();
    door.notice(StatusCode::OK, "提交成功", "您的申请已经提交，请等待受理。")
}

async fn send_code(State(door): State<Door>, body: String) -> Response {
    let sent = door.state.desk().send_code(door.channel, field(&body, "account").trim());
    let words = if sent { "验证码已发送，请查收短信" } else { "请先填写正确的账号" };
    axum::Json(json!({"ok": sent, "words": words})).into_response()
}

async fn log_out(State(door): State<Door>, headers: HeaderMap) -> Response {
    door.log_out(&headers)
}
