//! A person records errands; the person is a second WebDriver client that takes hold of the same browser. What was
//! recorded on one channel is then walked on all four.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;
use zoutong::audit::{self, Listener, Order, RecordOrder, Recorded, Selection};
use zoutong::demo::{self, Portal};
use zoutong::model::{Device, Ending, Event};
use zoutong::scenario::Variables;
use zoutong::settings::{BrowserChoice, Settings};

const BROWSER: BrowserChoice = BrowserChoice::Local { driver: None, browser: None, headed: false };
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

struct Nobody;

impl Listener for Nobody {
    fn heard(&self, _event: &Event) {}
}

/// A chromedriver of the person's own, holding the browser that is being recorded.
struct Person {
    driver: Child,
    base: String,
    http: reqwest::Client,
}

impl Drop for Person {
    fn drop(&mut self) {
        let _ = self.driver.kill();
    }
}

/// The debugging ports of all browsers on this machine that a driver has started.
fn debugging_ports() -> Vec<u16> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|process| std::fs::read_to_string(process.path().join("cmdline")).ok())
        .filter(|command| !command.contains("--type="))
        .filter_map(|command| {
            let folder =
                command.split('\0').find_map(|word| word.strip_prefix("--user-data-dir="))?.to_owned();
            let said = std::fs::read_to_string(Path::new(&folder).join("DevToolsActivePort")).ok()?;
            said.lines().next()?.parse().ok()
        })
        .collect()
}

impl Person {
    /// Takes hold of the browser that shows `beginning` once there is one.
    async fn at(beginning: &str) -> Self {
        // Sets up what encrypted addresses need, for every client of this program.
        drop(zoutong::browser::http::PlainHttp::new());
        let http = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        for _ in 0..200 {
            for port in debugging_ports() {
                let Ok(answer) = http.get(format!("http://127.0.0.1:{port}/json/list")).send().await else {
                    continue;
                };
                let listed: Vec<Value> = answer.json().await.unwrap_or_default();
                if listed
                    .iter()
                    .any(|target| target["url"].as_str().is_some_and(|url| url.starts_with(beginning)))
                {
                    return Self::take(port, http).await;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no browser shows {beginning}");
    }

    async fn take(browser: u16, http: reqwest::Client) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("this test needs chromedriver: run `make setup`");
        let mut person = Self { driver, base: format!("http://127.0.0.1:{port}"), http };
        let wish = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": { "debuggerAddress": format!("127.0.0.1:{browser}") } } } });
        for _ in 0..100 {
            if let Some(session) =
                person.try_post("session", &wish).await.as_ref().and_then(|said| said["sessionId"].as_str())
            {
                person.base = format!("{}/session/{session}", person.base);
                return person;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the second client could not take hold of the browser");
    }

    async fn try_post(&self, path: &str, body: &Value) -> Option<Value> {
        let answer = self.http.post(format!("{}/{path}", self.base)).json(body).send().await.ok()?;
        let said: Value = answer.json().await.ok()?;
        said["value"]["error"].is_null().then(|| said["value"].clone())
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}/{path}", self.base)).send().await.unwrap();
        answer.json::<Value>().await.unwrap()["value"].clone()
    }

    async fn find(&self, css: &str) -> String {
        for _ in 0..100 {
            let by = json!({ "using": "css selector", "value": css });
            if let Some(found) = self.try_post("element", &by).await {
                return found[ELEMENT].as_str().unwrap().to_owned();
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{css} is not there");
    }

    async fn click(&self, css: &str) {
        let element = self.find(css).await;
        self.try_post(&format!("element/{element}/click"), &json!({})).await.unwrap();
    }

    async fn keys(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        self.try_post(&format!("element/{element}/value"), &json!({ "text": text })).await.unwrap();
    }

    /// Presses inside the recorder's own panel, so far from its right edge.
    async fn press_panel(&self, from_right: i64) {
        self.find("#zoutong-recorder").await;
        let script = "const box = document.getElementById('zoutong-recorder').getBoundingClientRect(); return [box.right, box.top + box.height / 2];";
        let spot = self.try_post("execute/sync", &json!({ "script": script, "args": [] })).await.unwrap();
        let (x, y) = (spot[0].as_f64().unwrap() as i64 - from_right, spot[1].as_f64().unwrap() as i64);
        let acts = json!([
            { "type": "pointerMove", "duration": 0, "x": x, "y": y }, { "type": "pointerDown", "button": 0 }, { "type": "pointerUp", "button": 0 },
        ]);
        let actions = json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": acts }] });
        self.try_post("actions", &actions).await.unwrap();
    }
}

async fn portal() -> Portal {
    demo::serve(demo::Settings {
        clean: true,
        latency: Duration::from_millis(2),
        ..demo::Settings::default()
    })
    .await
    .unwrap()
}

/// What the person does is recorded until they say that it is done.
async fn recorded(home: &Url, person: impl Future<Output = ()>) -> Recorded {
    let browser =
        audit::browser(&BROWSER).expect("this test needs chromium and chromedriver: run `make setup`");
    let order = RecordOrder {
        url: home.clone(),
        device: Device::default(),
        channel: Some("pc".to_owned()),
        home: Some(home.clone()),
        title: "查一个事项".to_owned(),
        taken: Vec::new(),
    };
    let (_tell, stop) = tokio::sync::watch::channel(false);
    let (recorded, ()) = tokio::join!(audit::record(&order, &browser, &|_| {}, stop), person);
    browser.close().await;
    recorded.unwrap()
}

fn project(folder: &Path, scenario: &str) -> PathBuf {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/demo");
    for file in ["portal.yaml", "items.yaml", "accounts.yaml"] {
        std::fs::copy(demo.join(file), folder.join(file)).unwrap();
    }
    std::fs::write(folder.join("recording.yaml"), scenario).unwrap();
    folder.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_does_on_one_channel_is_walked_on_all_four() {
    let _alone = crate::ONE_WALK.lock().await;
    let portal = portal().await;
    let addresses: BTreeMap<String, String> = portal.addresses().clone();
    let home = Url::parse(&addresses["pc"]).unwrap();
    let recorded = recorded(&home, async {
        let person = Person::at(home.as_str()).await;
        person.keys("#q", "居民身份证换领").await;
        person.keys("#q", "\u{e007}").await;
        person.click("a[href*='/guide/'], a[href*='guide']").await;
        tokio::time::sleep(Duration::from_millis(800)).await;
        // 读取办事指南 stands left of 结束录制.
        person.press_panel(150).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        person.press_panel(40).await;
    })
    .await;
    let scenario = recorded.scenario.unwrap();
    let (_, steps) = scenario.text.split_once("steps:\n").unwrap();
    let expected = "  - open: 首页\n  - search: 居民身份证换领\n  - tap:\n      - 居民身份证换领\n";
    assert!(steps.starts_with(expected) && steps.ends_with("  - unfold\n  - read: guide\n"), "{steps}");
    assert_eq!(steps.matches("\n  - ").count() + 1, 5, "{steps}");

    let folder = tempfile::tempdir().unwrap();
    let order = Order {
        scenarios: project(folder.path(), &scenario.text),
        selection: Selection::default(),
        variables: addresses.iter().fold(Variables::new(), |given, (name, value)| given.with(name, value)),
        scripts: false,
        people: Arc::new(zoutong::runner::Nobody),
        settings: Settings {
            reports: folder.path().join("reports"),
            private: None,
            browser: BROWSER,
            sessions: 2,
            pictures: zoutong::settings::Pictures::default(),
            patience: Duration::from_secs(10),
        },
        now: || chrono::Local::now().fixed_offset(),
    };
    let (_tell, stop) = tokio::sync::watch::channel(false);
    let browser = audit::browser(&BROWSER).unwrap();
    let summary = audit::run(&order, browser, Arc::new(Nobody), stop).await.unwrap();
    assert_eq!(summary.outcome.visits, (4, 4), "{:?}\n{}", summary.outcome.unseen, scenario.text);
    let folder = zoutong::store::RunFolder::open(&summary.folder).unwrap();
    for visit in folder.journal().unwrap().visits() {
        assert_eq!(visit.ending, Ending::Completed, "{}", visit.channel);
        assert_eq!(visit.captures.len(), 1, "{}", visit.channel);
    }
    portal.close().await;
}

/// A page with everything that is hard to record: a password, a choice, a box, a frame, a shadow root, another window.
async fn form() -> Url {
    use axum::response::Html;
    use axum::routing::get;
    let page = "<meta charset=utf-8><title>填表</title><h1>填写信息</h1>\
        <label>姓名 <input id=who></label> <label>密码 <input id=pw type=password></label>\
        <label>性别 <select id=sex><option>请选择<option>女<option>男</select></label>\
        <label><input type=checkbox id=yes> 我已阅读</label>\
        <my-card></my-card><iframe src=/inner width=300 height=80></iframe><a href=/help target=_blank>帮助</a>\
        <script>customElements.define('my-card', class extends HTMLElement { connectedCallback() {\
        this.attachShadow({ mode: 'open' }).innerHTML = '<button id=more>查看卡片</button>'; } });</script>";
    let inner = "<meta charset=utf-8><button id=in>框内按钮</button>";
    let help = "<meta charset=utf-8><title>帮助</title><p id=faq>常见问题</p>";
    let pages = axum::Router::new()
        .route("/", get(move || async move { Html(page) }))
        .route("/inner", get(move || async move { Html(inner) }))
        .route("/help", get(move || async move { Html(help) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, pages).await });
    Url::parse(&format!("http://{address}/")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_frames_shadow_roots_and_windows_are_recorded_and_passwords_are_not() {
    const PASSWORD: &str = "Geheim-2026";
    let _alone = crate::ONE_WALK.lock().await;
    let home = form().await;
    let recorded = recorded(&home, async {
        let person = Person::at(home.as_str()).await;
        person.click("#who").await;
        person.keys("#who", "张三").await;
        person.keys("#pw", PASSWORD).await;
        person.keys("#sex", "女").await;
        person.click("#yes").await;
        let host = person.find("my-card").await;
        let root = person.get(&format!("element/{host}/shadow")).await;
        let root = root["shadow-6066-11e4-a52e-4f735466cecf"].as_str().unwrap().to_owned();
        let by = json!({ "using": "css selector", "value": "#more" });
        let more = person.try_post(&format!("shadow/{root}/element"), &by).await.unwrap();
        person
            .try_post(&format!("element/{}/click", more[ELEMENT].as_str().unwrap()), &json!({}))
            .await
            .unwrap();
        let frame = person.find("iframe").await;
        person.try_post("frame", &json!({ "id": { ELEMENT: frame } })).await;
        person.click("#in").await;
        person.try_post("frame", &json!({ "id": null })).await;
        person.click("a[target]").await;
        tokio::time::sleep(Duration::from_millis(800)).await;
        let windows = person.get("window/handles").await;
        let other = windows.as_array().unwrap().last().unwrap().clone();
        person.try_post("window", &json!({ "handle": other })).await;
        // 这里必须看得到 stands at the left of the panel.
        person.press_panel(280).await;
        person.click("#faq").await;
        person.press_panel(40).await;
    })
    .await;
    let scenario = recorded.scenario.unwrap();
    let text = &scenario.text;
    assert!(!text.contains(PASSWORD), "{text}");
    assert_eq!(recorded.secrets, ["PASSWORD"]);
    let mut rest = text.as_str();
    for piece in [
        "open: 首页",
        "type:",
        "姓名",
        "张三",
        "type:",
        "密码",
        "{{ secret.PASSWORD }}",
        "choose:",
        "女",
        "tick:",
        "我已阅读",
        "查看卡片",
        "css=my-card >>> css=#more",
        "框内按钮",
        "frame: [0]",
        "帮助",
        "expect:",
        "常见问题",
    ] {
        let at = rest.find(piece).unwrap_or_else(|| panic!("{piece} is not in its place in\n{text}"));
        rest = &rest[at..];
    }
}
