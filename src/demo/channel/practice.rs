//! 演练页: one page a channel with everything that is hard to operate, for scenarios that show how it is done. Nothing on it is
//! kept or submitted.

use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;

/// The practice page and what hangs on it.
pub(super) fn router() -> Router {
    Router::new()
        .route("/practice", get(async || Html(include_str!("../assets/practice/page.html"))))
        .route("/practice/frame", get(async || Html(include_str!("../assets/practice/frame.html"))))
        .route("/practice/notice", get(async || Html(include_str!("../assets/practice/notice.html"))))
        .route("/practice/file", get(file))
}

/// A file that a browser keeps rather than shows.
async fn file() -> impl IntoResponse {
    let kind = (header::CONTENT_TYPE, "application/pdf");
    let name = (header::CONTENT_DISPOSITION, "attachment; filename=\"sample.pdf\"");
    (
        [kind, name],
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    )
}
