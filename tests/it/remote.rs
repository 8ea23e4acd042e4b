//! Browsers behind a WebDriver address: a chromedriver that is not ours, and an app behind a server that speaks as Appium does.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Html;
use axum::routing::{any, get};
use serde_json::{Value, json};
use url::Url;
use zoutong::browser::webdriver::{LocalOptions, WebDriver};
use zoutong::browser::{Act, Browser, Landing, Missed, MissedWhy, Tried};
use zoutong::model::{Device, Locator, Speed, Typing};

const PATIENT: Duration = Duration::from_secs(5);

async fn serve(app: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

/// A chromedriver of somebody else; ends with the test.
struct Stranger(Child);

impl Stranger {
    fn start() -> (Self, String) {
        let mut child = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let started = lines.find(|line| line.contains("started successfully on port")).unwrap();
        let port: String = started.chars().filter(char::is_ascii_digit).collect();
        std::thread::spawn(move || lines.for_each(drop));
        (Self(child), format!("http://127.0.0.1:{port}/"))
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A grid with one node: it knows where its browser is, and hands everything on.
async fn grid(
    State(driver): State<String>,
    method: Method,
    Path(path): Path<String>,
    body: String,
) -> (StatusCode, axum::Json<Value>) {
    let mut body = body;
    if method == Method::POST && path == "session" {
        let mut wanted: Value = serde_json::from_str(&body).unwrap();
        let options = &mut wanted["capabilities"]["alwaysMatch"]["goog:chromeOptions"];
        options["binary"] = json!(WebDriver::local(&LocalOptions::default()).unwrap().program().unwrap());
        options["args"].as_array_mut().unwrap().retain(|one| one != "--headless=new");
        options["args"].as_array_mut().unwrap().push(json!("--no-sandbox"));
        body = wanted.to_string();
    }
    // A second one is refused: then there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let asked = reqwest::Client::new().request(method, format!("{driver}{path}")).body(body);
    let answer = asked.send().await.unwrap();
    (answer.status(), axum::Json(answer.json().await.unwrap()))
}

#[tokio::test]
async fn a_browser_behind_an_address_is_walked_like_our_own() {
    let page = "<!doctype html><meta charset=utf-8><title>查询</title><label>事项 <input></label>\
        <button onclick=\"document.querySelector('output').textContent = document.querySelector('input').value\">查询</button><output></output>";
    let pages = serve(Router::new().route("/", get(move || async move { Html(page) }))).await;
    let (_stranger, driver) = Stranger::start();
    let address = serve(Router::new().route("/{*path}", any(grid)).with_state(driver)).await;
    let browser = WebDriver::remote(&address);
    let mut session = browser.open(&Device::default(), Speed::Painted).await.unwrap();
    let landing = session.goto(&Url::parse(&pages).unwrap()).await.unwrap();
    assert!(matches!(landing, Landing::Page { status: Some(200), .. }), "{landing:?}");
    let typed = Act::Type {
        into: vec![Locator::Label("事项".to_owned())],
        text: "户外牌匾".to_owned(),
        typing: Typing::default(),
    };
    for act in [typed, Act::Tap(vec![Locator::Text("查询".to_owned())])] {
        assert!(matches!(session.act(&act, PATIENT).await.unwrap(), Tried::Done(_)), "{act:?}");
    }
    let snapshot = session.snapshot().await.unwrap();
    assert!(snapshot.nodes.iter().any(|node| node.text == "户外牌匾"), "{snapshot:?}");
    assert!(session.screenshot().await.unwrap().is_some());
    // A browser has no contexts, and says so.
    let tried = session.act(&Act::Context("WEBVIEW".to_owned()), PATIENT).await.unwrap();
    assert!(matches!(tried, Tried::Missed(Missed { why: MissedWhy::NotPossible, .. })), "{tried:?}");
    session.close().await;
    browser.close().await;
}

/// What the app was asked, and the context that it is in. Its web page opens with the third look.
#[derive(Default)]
struct App {
    asked: Vec<String>,
    context: String,
    looks: usize,
}

async fn app(
    State(app): State<Arc<Mutex<App>>>,
    method: Method,
    Path(path): Path<String>,
    body: String,
) -> (StatusCode, axum::Json<Value>) {
    let mut app = app.lock().unwrap();
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let command = path.splitn(3, '/').nth(2).unwrap_or_default().to_owned();
    app.asked
        .push(format!("{method} {command} {}", body["name"].as_str().unwrap_or_default()).trim().to_owned());
    let refused =
        (StatusCode::NOT_FOUND, json!({ "error": "unknown command", "message": "", "stacktrace": "" }));
    let (status, value) = match (method.as_str(), command.as_str()) {
        ("POST", "") => {
            (StatusCode::OK, json!({ "sessionId": "s", "capabilities": { "platformName": "Android" } }))
        }
        ("GET", "contexts") => {
            app.looks += 1;
            let there: &[&str] = if app.looks < 3 {
                &["NATIVE_APP"]
            } else {
                &["NATIVE_APP", "WEBVIEW_com.tencent.mm:appbrand0"]
            };
            (StatusCode::OK, json!(there))
        }
        ("POST", "context") => {
            body["name"].as_str().unwrap_or_default().clone_into(&mut app.context);
            (StatusCode::OK, Value::Null)
        }
        ("GET", "window/handles") if app.context.starts_with("WEBVIEW") => (StatusCode::OK, json!(["w"])),
        ("DELETE", "") => (StatusCode::OK, Value::Null),
        _ => refused,
    };
    (status, axum::Json(json!({ "value": value })))
}

#[tokio::test]
async fn the_web_page_in_an_app_is_waited_for_and_entered() {
    let state = Arc::new(Mutex::new(App::default()));
    let address = serve(Router::new().route("/{*path}", any(app)).with_state(state.clone())).await;
    let browser = WebDriver::remote(&address);
    let mut session = browser.open(&Device::default(), Speed::Painted).await.unwrap();
    let tried = session.act(&Act::Context("WEBVIEW".to_owned()), PATIENT).await.unwrap();
    assert!(matches!(tried, Tried::Done(_)), "{tried:?}");
    let missed = session.act(&Act::Context("小程序".to_owned()), Duration::ZERO).await.unwrap();
    let Tried::Missed(missed) = missed else { panic!("{missed:?}") };
    assert_eq!((missed.why, missed.nearby.len()), (MissedWhy::NotFound, 2), "what is there is told");
    session.close().await;
    let asked = state.lock().unwrap().asked.clone();
    let at = |wanted: &str| {
        asked.iter().position(|one| one == wanted).unwrap_or_else(|| panic!("{wanted}: {asked:?}"))
    };
    assert!(at("GET contexts") < at("POST context WEBVIEW_com.tencent.mm:appbrand0"), "{asked:?}");
    assert_eq!(asked.iter().filter(|one| *one == "GET contexts").count(), 4, "{asked:?}");
}
