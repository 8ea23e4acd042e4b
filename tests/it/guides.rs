//! Reading all guides of a portal, against small servers that behave as badly as real ones do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path as UrlPath, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use zoutong::audit::{self, GuidesOrder, Listener, RunSummary, Selection};
use zoutong::browser::http::PlainHttp;
use zoutong::model::{Ending, Event, Item, Kind, Speed};
use zoutong::scenario::Variables;
use zoutong::settings::{BrowserChoice, Pictures, Settings};
use zoutong::store::{RunFolder, find_run};

struct Nobody;

impl Listener for Nobody {
    fn heard(&self, _event: &Event) {}
}

/// A server and how often each of its addresses was asked for.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<BTreeMap<String, usize>>>);

impl Asked {
    fn of(&self, beginning: &str) -> usize {
        let asked = self.0.lock().unwrap();
        asked.iter().filter(|(address, _)| address.starts_with(beginning)).map(|(_, times)| times).sum()
    }

    fn most(&self, beginning: &str) -> usize {
        let asked = self.0.lock().unwrap();
        asked
            .iter()
            .filter(|(address, _)| address.starts_with(beginning))
            .map(|(_, times)| *times)
            .max()
            .unwrap()
    }
}

async fn count(State(asked): State<Asked>, request: Request, next: Next) -> Response {
    *asked.0.lock().unwrap().entry(request.uri().to_string()).or_default() += 1;
    next.run(request).await
}

/// Serves the pages on this machine; gives where, and what is asked of them.
async fn serve(pages: Router) -> (String, Asked) {
    let asked = Asked::default();
    let pages = pages.layer(from_fn_with_state(asked.clone(), count));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, pages).await });
    (format!("http://{address}/"), asked)
}

fn code(number: usize) -> String {
    format!("11140500009001018M314070{number:04}000")
}

fn guide_text(code: &str) -> String {
    let rows = [
        ("事项名称", format!("第{code}号事项许可")),
        ("实施编码", code.to_owned()),
        ("承诺办结时限", "5个工作日".to_owned()),
        ("法定办结时限", "20个工作日".to_owned()),
        ("受理条件", "在本市有固定的经营场所".to_owned()),
        ("办理地点", "晋城市文昌西街2026号市政务服务中心一楼".to_owned()),
        ("办理时间", "周一至周五 上午8:30—12:00".to_owned()),
        ("咨询方式", "0356-2026101".to_owned()),
    ];
    let rows: Vec<String> =
        rows.iter().map(|(label, value)| format!("<tr><th>{label}</th><td>{value}</td></tr>")).collect();
    let rows = rows.concat();
    format!("<html><head><title>办事指南</title></head><body><table>{rows}</table></body></html>")
}

fn gbk(text: &str) -> Response {
    let bytes = encoding_rs::GBK.encode(text).0.into_owned();
    ([(header::CONTENT_TYPE, "text/html")], bytes).into_response()
}

async fn guide(UrlPath(code): UrlPath<String>) -> Html<String> {
    Html(guide_text(&code))
}

/// A portal file for one channel; `more` is added to the channel, `items` become the catalogue.
fn portal(folder: &Path, home: &str, more: &str, items: usize) -> PathBuf {
    let host = home.trim_start_matches("http://").trim_end_matches('/');
    let catalogue = if items > 0 { "items: items.yaml\n" } else { "" };
    let text = format!(
        "portal: 测试门户\nhosts: [\"{host}\"]\npace: {{ per-second: 1000 }}\n{catalogue}channels:\n  pc:\n    name: PC端\n    home: {home}\n{more}"
    );
    std::fs::write(folder.join("portal.yaml"), text).unwrap();
    let items: Vec<Item> = (0..items)
        .map(|number| Item {
            name: format!("第{}号事项许可", code(number)),
            code: Some(code(number)),
            ..Item::default()
        })
        .collect();
    std::fs::write(folder.join("items.yaml"), serde_json::to_string(&items).unwrap()).unwrap();
    folder.to_owned()
}

fn order(portal: PathBuf, reports: &Path, speed: Option<Speed>) -> GuidesOrder {
    GuidesOrder {
        portal,
        selection: Selection::default(),
        limit: None,
        speed,
        attachments: true,
        resume: None,
        variables: Variables::new(),
        settings: Settings {
            reports: reports.to_owned(),
            private: None,
            browser: BrowserChoice::Remote("http://127.0.0.1:1".to_owned()),
            sessions: 2,
            patience: Duration::from_secs(2),
            pictures: Pictures::default(),
        },
        now: || chrono::Local::now().fixed_offset(),
    }
}

/// Plain HTTP stands in for a browser: these pages need none.
async fn read(order: &GuidesOrder) -> RunSummary {
    let (_tell, stop) = tokio::sync::watch::channel(false);
    audit::guides(order, Arc::new(PlainHttp::new().unwrap()), Arc::new(Nobody), stop).await.unwrap()
}

#[derive(serde::Deserialize)]
struct Page {
    page: Option<usize>,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_list_is_turned_and_every_guide_is_read_once() {
    let list = async |Query(Page { page }): Query<Page>| {
        let page = page.unwrap_or(1);
        let entries: Vec<String> = (page * 4 - 4..page * 4)
            .map(|number| format!("<li><a href='/guide/{}?_t={page}'>事项{number}</a></li>", code(number)))
            .collect();
        let next =
            if page < 5 { format!("<a href='/list?page={}'>下一页</a>", page + 1) } else { String::new() };
        gbk(&format!(
            "<meta charset='gbk'><body><a href='/'>首页</a><a href='/list;jsessionid=A{page}?page={page}'>本页</a>{}{next}",
            entries.concat()
        ))
    };
    let calendar = async |Query(Page { page }): Query<Page>| {
        Html(format!("<body>政务日历<a href='/calendar?page={}'>下个月</a>", page.unwrap_or(0) + 1))
    };
    let home = "<body><a href='/list?page=1'>个人办事</a><a href='/calendar'>日历</a><a href='/logout'>退出</a><a href='/list?page=1#top'>又是</a>";
    let pages = Router::new()
        .route("/", get(async move || Html(home)))
        .route("/list", get(list))
        .route("/list;jsessionid={id}", get(async || StatusCode::NOT_FOUND))
        .route("/calendar", get(calendar))
        .route("/guide/{code}", get(async |UrlPath(code): UrlPath<String>| gbk(&guide_text(&code))));
    let (address, asked) = serve(pages).await;
    let folder = tempfile::tempdir().unwrap();
    let summary = read(&order(portal(folder.path(), &address, "", 0), folder.path(), None)).await;
    let channel = &summary.channels[0];
    assert_eq!((channel.guides, channel.speed.as_ref().unwrap().0), (20, Speed::Http), "{channel:?}");
    assert!((channel.elements - 8.0).abs() < 0.01, "read in GBK: {}", channel.elements);
    assert_eq!(asked.of("/logout"), 0);
    assert!(asked.of("/calendar") <= 25, "{} months", asked.of("/calendar"));
    assert!(asked.of("/guide") <= 20 + 3, "each once, but for the samples: {}", asked.of("/guide"));
    assert!(summary.outcome.issues.iter().all(|issue| !issue.finding.message.contains('\u{fffd}')));
}

/// The app's guides: one shows half of itself the first time, one draws lots for its hours, one promises another limit.
async fn whimsical(UrlPath(code): UrlPath<String>, State(visits): State<Arc<AtomicU32>>) -> Html<String> {
    let visit = visits.fetch_add(1, Ordering::Relaxed);
    let text = guide_text(&code);
    Html(match code.as_bytes()[27] {
        b'0' if visit < 3 => text.split("<tr><th>办理地点").next().unwrap_or_default().to_owned(),
        b'1' => text.replace("上午8:30", if visit < 3 { "上午9:00" } else { "上午9:30" }),
        _ => text.replace("5个工作日", "8个工作日"),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_second_look_does_not_find_is_no_problem() {
    let pages = Router::new()
        .route("/pc/{code}", get(guide))
        .route("/app/{code}", get(whimsical).with_state(Arc::new(AtomicU32::new(0))));
    let (home, asked) = serve(pages).await;
    let folder = tempfile::tempdir().unwrap();
    let more = format!(
        "    guide: \"{home}pc/{{{{ item.code }}}}\"\n  app:\n    name: APP\n    guide: \"{home}app/{{{{ item.code }}}}\"\n"
    );
    let order = order(portal(folder.path(), &home, &more, 3), folder.path(), Some(Speed::Http));
    let summary = read(&order).await;
    let found: Vec<(&str, &str)> = summary
        .outcome
        .issues
        .iter()
        .filter(|issue| issue.finding.channels.len() == 1 || issue.finding.kind == Kind::Differs)
        .map(|issue| (issue.finding.item.as_str(), issue.finding.element.as_str()))
        .collect();
    let third = format!("第{}号事项许可", code(2));
    assert_eq!(found, [(third.as_str(), "promise_limit")]);
    assert_eq!(asked.most("/app/"), 2, "every doubtful page is seen twice, and no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_end_has_an_end_here() {
    let list = async |Query(Page { page }): Query<Page>| {
        let page = page.unwrap_or(1);
        Html(format!(
            "<body><a href='/guide/{}'>事项</a><a href='/news/{page}'>新闻{page}</a><a href='/list?page={}'>下一页</a>",
            code(1),
            page + 1
        ))
    };
    let pages = Router::new()
        .route("/", get(async || Html("<body><a href='/list'>全部事项</a>")))
        .route("/list", get(list))
        .route("/news/{number}", get(async || Html("<body>一条新闻")))
        .route("/guide/{code}", get(guide));
    let (address, asked) = serve(pages).await;
    let folder = tempfile::tempdir().unwrap();
    let summary =
        read(&order(portal(folder.path(), &address, "", 0), folder.path(), Some(Speed::Http))).await;
    assert_eq!(summary.channels[0].guides, 1);
    assert!(asked.of("/") < 200, "{} pages", asked.of("/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_server_is_given_the_time_that_it_asks_for() {
    let refusals = Arc::new(AtomicUsize::new(0));
    let counted = refusals.clone();
    let moody = async move |UrlPath(code): UrlPath<String>| {
        if counted.fetch_add(1, Ordering::SeqCst) == 2 {
            return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "1")]).into_response();
        }
        Html(guide_text(&code)).into_response()
    };
    let pages = Router::new().route("/", get(async || Html("<body>首页"))).route("/guide/{code}", get(moody));
    let (address, _) = serve(pages).await;
    let folder = tempfile::tempdir().unwrap();
    let template = format!("    guide: \"{address}guide/{{{{ item.code }}}}\"\n");
    let began = Instant::now();
    let order = order(portal(folder.path(), &address, &template, 6), folder.path(), Some(Speed::Http));
    assert_eq!(read(&order).await.channels[0].guides, 6);
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert_eq!(refusals.load(Ordering::SeqCst), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_off_the_listed_hosts_is_never_followed() {
    let (foreign, elsewhere) = serve(Router::new().fallback(async || Html("<body>外站"))).await;
    let pages = Router::new().route("/", get(async || Html("<body>首页"))).route(
        "/guide/{code}",
        get(async move |UrlPath(number): UrlPath<String>| {
            if number == code(1) {
                Redirect::to(&foreign).into_response()
            } else {
                Html(guide_text(&number)).into_response()
            }
        }),
    );
    let (address, _) = serve(pages).await;
    let folder = tempfile::tempdir().unwrap();
    let template = format!("    guide: \"{address}guide/{{{{ item.code }}}}\"\n");
    let summary = read(&order(portal(folder.path(), &address, &template, 3), folder.path(), None)).await;
    assert_eq!(summary.channels[0].guides, 2);
    let reasons: Vec<&String> = summary.channels[0].unread.keys().collect();
    assert!(reasons.len() == 1 && reasons[0].contains("hosts"), "{reasons:?}");
    assert_eq!(elsewhere.of("/"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_breaks_down_is_left_in_peace_and_is_one_row() {
    let pages = Router::new()
        .route("/", get(async || Html("<body>首页")))
        .route("/guide/{code}", get(async || StatusCode::INTERNAL_SERVER_ERROR));
    let (address, asked) = serve(pages).await;
    let folder = tempfile::tempdir().unwrap();
    let template = format!("    guide: \"{address}guide/{{{{ item.code }}}}\"\n");
    let order = order(portal(folder.path(), &address, &template, 200), folder.path(), Some(Speed::Http));
    let summary = read(&order).await;
    assert!(asked.of("/guide") <= 100, "{} requests", asked.of("/guide"));
    assert_eq!(summary.channels[0].guides, 0);
    assert!(summary.outcome.unseen.iter().any(|unseen| unseen.incomplete));
    assert!(summary.outcome.issues.is_empty());
}

/// A crawl in a process of its own.
fn crawl(arguments: &[&str], reports: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_zoutong"))
        .args(["guides", "--speed", "http", "--reports"])
        .arg(reports)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn read_so_far(reports: &Path) -> usize {
    let Ok(folder) = find_run(reports, "最近") else { return 0 };
    std::fs::read_to_string(folder.join("journal.jsonl"))
        .map_or(0, |journal| journal.matches("visit-ended").count())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_crawl_is_taken_up_where_it_stopped() {
    const ITEMS: usize = 60;
    let slow = async |UrlPath(code): UrlPath<String>| {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Html(guide_text(&code))
    };
    let list: Vec<String> =
        (0..ITEMS).map(|number| format!("<a href='/guide/{}'>事项{number}</a>", code(number))).collect();
    let list = list.concat();
    let pages = Router::new()
        .route("/", get(async || Html("<body><a href='/list'>全部事项</a>")))
        .route("/list", get(async move || Html(format!("<body>{list}"))))
        .route("/guide/{code}", get(slow));
    let (address, asked) = serve(pages).await;
    let folder = tempfile::tempdir().unwrap();
    let file = portal(folder.path(), &address, "", 0).join("portal.yaml");
    let mut child = crawl(&["--portal", file.to_str().unwrap()], folder.path());
    let began = Instant::now();
    while read_so_far(folder.path()) < 16 {
        assert!(began.elapsed() < Duration::from_mins(1), "nothing was read");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = read_so_far(folder.path());
    assert!(before < ITEMS, "killed too late");
    let code = crawl(&["--resume"], folder.path()).wait().unwrap().code();
    assert!(matches!(code, Some(0 | 1)), "{code:?}");
    let run = RunFolder::open(&find_run(folder.path(), "最近").unwrap()).unwrap();
    let visits = run.journal().unwrap().visits();
    assert_eq!(visits.iter().filter(|visit| visit.ending == Ending::Completed).count(), ITEMS);
    assert!(run.run().unwrap().ended.is_some());
    assert_eq!(asked.of("/list"), 1, "what was looked at is not looked at again");
    assert!(asked.most("/guide") <= 2 && asked.of("/guide") <= ITEMS + 16, "{} requests", asked.of("/guide"));
}
