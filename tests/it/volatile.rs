//! Pages whose counters run: what they change by themselves is no difference, and the rest still is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::extract::Path;
use axum::response::Html;
use axum::routing::get;
use zoutong::audit::{self, Measure, SideBySide};
use zoutong::settings::BrowserChoice;

/// `/AGE`: a guide that asks for so many years, counts its visits, and recommends another question each time.
async fn serve() -> String {
    let visits = Arc::new(AtomicU32::new(1000));
    let page = move |Path(age): Path<u32>| async move {
        let visit = visits.fetch_add(7, Ordering::Relaxed);
        Html(format!(
            "<meta charset=utf-8><title>办事指南</title><table>\
             <tr><th>事项名称</th><td>居民身份证换领</td></tr>\
             <tr><th>承诺办结时限</th><td>20个工作日</td></tr>\
             <tr><th>受理条件</th><td>年满{age}周岁的本市居民。本月已办理{visit}件</td></tr>\
             <tr><th>常见问题</th><td>第{}个问题怎么办？</td></tr></table>",
            ["甲", "乙", "丙", "丁", "戊"][(visit / 7 % 5) as usize]
        ))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(
        async move { axum::serve(listener, Router::new().route("/{age}", get(page))).await.unwrap() },
    );
    format!("http://{address}/")
}

async fn compared(pages: &[&str], twice: bool) -> SideBySide {
    let base = serve().await;
    let sources: Vec<String> = pages.iter().map(|page| format!("{base}{page}")).collect();
    let browser = audit::browser(&BrowserChoice::Local { driver: None, browser: None, headed: false })
        .expect("this test needs chromium and chromedriver: run `make setup`");
    let measure = Measure { twice, ..Measure::default() };
    let compared =
        audit::compare(&browser, &sources, measure, chrono::Local::now().fixed_offset()).await.unwrap();
    browser.close().await;
    compared
}

fn differing(compared: &SideBySide) -> Vec<&str> {
    compared.contrast.differences.iter().map(|difference| difference.element.as_str()).collect()
}

fn changing(compared: &SideBySide) -> Vec<String> {
    compared.volatile.iter().map(|(channel, element)| format!("{channel} {element}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn counters_and_random_lists_are_no_difference_and_what_stands_is_one() {
    let _alone = crate::ONE_WALK.lock().await;
    let same = compared(&["16", "16"], false).await;
    assert_eq!(differing(&same), Vec::<&str>::new());
    assert_eq!(changing(&same), ["page1 condition", "page1 faq", "page2 condition", "page2 faq"]);
    let other = compared(&["16", "18"], true).await;
    assert_eq!(differing(&other), ["condition"]);
    let said = &other.contrast.differences[0].said[&"page2".into()];
    assert_eq!(said.as_deref(), Some("年满18周岁的本市居民。本月已办理…件"));
}
