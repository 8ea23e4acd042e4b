//! An account signs in once a channel, in a real Chromium: what that left is put back for the walks after it, is noticed when the portal
//! has forgotten it, outlives a run only where somebody asked for it, and is in no byte of what a run leaves behind.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use assert_cmd::Command;
use async_trait::async_trait;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use secrecy::SecretString;
use zoutong::audit::{self, Listener, LoginOrder, Order, RunSummary, Selection};
use zoutong::browser::Browser;
use zoutong::browser::fake::{Deed, FakeBrowser};
use zoutong::demo::{self, Portal};
use zoutong::model::{Cookie, Ending, Event, LoginState, StepRecord};
use zoutong::runner::{Nobody, People, Question, Unwatched};
use zoutong::scenario::Variables;
use zoutong::settings::{BrowserChoice, Pictures, Settings};
use zoutong::store::RunFolder;

const BROWSER: BrowserChoice = BrowserChoice::Local { driver: None, browser: None, headed: false };
/// What a step that signs in says when it need not walk the log-in.
const REUSED: &str = "沿用已有的登录状态";
const EXPIRED: &str = "登录状态已经失效，重新登录";

#[derive(Debug, Default)]
struct Heard {
    steps: Mutex<Vec<StepRecord>>,
    endings: Mutex<Vec<Ending>>,
    /// Why visits that were begun anew had been given up: each of them may have signed in before its browser broke down.
    given_up: Mutex<Vec<String>>,
}

impl Listener for Heard {
    fn heard(&self, event: &Event) {
        match event {
            Event::StepEnded { step, .. } => self.steps.lock().unwrap().push(step.clone()),
            Event::GivenUp { why, .. } => self.given_up.lock().unwrap().push(why.clone()),
            Event::VisitEnded { ending, .. } => self.endings.lock().unwrap().push(ending.clone()),
            _ => {}
        }
    }
}

impl Heard {
    /// How many steps came to this.
    fn count(&self, what: &str) -> usize {
        let steps = self.steps.lock().unwrap();
        steps.iter().filter(|step| step.said.contains(what)).count()
    }

    fn assert_all_completed(&self, visits: usize) {
        let endings = self.endings.lock().unwrap();
        assert!(endings.iter().all(|ending| *ending == Ending::Completed), "{endings:#?}");
        assert_eq!(endings.len(), visits);
    }

    /// Each of the four channels was sent an account's log-in so many times, and once more at most for each visit begun anew.
    fn assert_signed_in(&self, counts: &BTreeMap<(String, String), usize>, account: &str, times: usize) {
        let given_up = self.given_up.lock().unwrap();
        let sent: Vec<usize> =
            counts.iter().filter(|((_, who), _)| who == account).map(|(_, count)| *count).collect();
        let few = sent.len() == 4 && sent.iter().all(|count| *count >= times);
        assert!(
            few && sent.iter().sum::<usize>() <= 4 * times + given_up.len(),
            "{counts:?}, {given_up:?}\n{self:#?}"
        );
    }
}

/// A folder with the demo portal's files, the scenario that signs in, and these ones.
fn scenarios(folder: &Path, more: &[(&str, &str)]) {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/demo");
    for name in ["portal.yaml", "items.yaml", "accounts.yaml", "login.yaml"] {
        std::fs::copy(demo.join(name), folder.join(name)).unwrap();
    }
    for (id, steps) in more {
        let text = format!("scenario: {id}\ntitle: {id}\nsteps:\n{steps}");
        std::fs::write(folder.join(format!("{id}.yaml")), text).unwrap();
    }
}

async fn clean_portal() -> Arc<Portal> {
    let settings = demo::Settings { clean: true, ..demo::Settings::default() };
    Arc::new(demo::serve(settings).await.unwrap())
}

fn variables(portal: &Portal) -> Variables {
    let password = SecretString::from(demo::TEST_ACCOUNTS[0].password.to_owned());
    let given = Variables::new().with_secret("DEMO_PASSWORD", password);
    portal.addresses().iter().fold(given, |given, (channel, address)| given.with(channel, address))
}

/// Walks these scenarios of a folder in a real browser.
async fn walked(
    folder: &Path,
    variables: Variables,
    people: Arc<dyn People>,
    ids: &[&str],
) -> (Heard, RunSummary) {
    let browser =
        audit::browser(&BROWSER).expect("this test needs chromium and chromedriver: run `make setup`");
    walked_with(folder, variables, people, ids, browser).await
}

async fn walked_with(
    folder: &Path,
    variables: Variables,
    people: Arc<dyn People>,
    ids: &[&str],
    browser: Arc<dyn Browser>,
) -> (Heard, RunSummary) {
    let order = Order {
        scenarios: folder.to_owned(),
        selection: Selection {
            scenarios: ids.iter().map(ToString::to_string).collect(),
            ..Selection::default()
        },
        variables,
        scripts: false,
        people,
        settings: Settings {
            reports: folder.join("reports"),
            private: Some(folder.join("private")),
            browser: BROWSER,
            sessions: 2,
            patience: Duration::from_secs(10),
            pictures: Pictures::Steps,
        },
        now: || chrono::Local::now().fixed_offset(),
    };
    let (_tell, stop) = tokio::sync::watch::channel(false);
    let heard = Arc::new(Heard::default());
    let summary = audit::run(&order, browser, heard.clone(), stop).await.unwrap();
    (Arc::into_inner(heard).unwrap(), summary)
}

/// How often each account has sent its log-in on each channel.
fn log_ins(portal: &Portal) -> BTreeMap<(String, String), usize> {
    portal.log_ins().into_iter().fold(BTreeMap::new(), |mut counts, log_in| {
        *counts.entry(log_in).or_default() += 1;
        counts
    })
}

const ERRAND: &str = "  - login: 个人账号\n  - open: 首页\n  - expect: 张三\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_account_signs_in_once_a_channel_unless_the_log_in_itself_is_walked() {
    let _alone = crate::ONE_WALK.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let fresh = "  - login: { account: 个人账号, fresh: true }\n  - open: 首页\n  - expect: 张三\n";
    scenarios(
        folder.path(),
        &[
            ("errand-a", ERRAND),
            ("errand-b", ERRAND),
            ("errand-c", ERRAND),
            ("fresh", fresh),
            ("z-errand", ERRAND),
        ],
    );
    let portal = clean_portal().await;
    let ids = ["errand-a", "errand-b", "errand-c"];
    let (heard, _) = walked(folder.path(), variables(&portal), Arc::new(Nobody), &ids).await;
    heard.assert_all_completed(12);
    heard.assert_signed_in(&log_ins(&portal), "zhangsan", 1);
    assert_eq!((heard.count(REUSED), heard.count(EXPIRED)), (8, 0));
    assert!(!folder.path().join("private").exists(), "nobody asked to keep a log-in");
    assert!(heard.count("短信验证码 填写 ［保密］") >= 4, "{heard:#?}");
    // The scenarios about the log-in walk it, one account by `fresh`, both by `login`; that leaves something for the errand.
    let portal = clean_portal().await;
    let ids = ["fresh", "login", "z-errand"];
    let (heard, _) = walked(folder.path(), variables(&portal), Arc::new(Nobody), &ids).await;
    heard.assert_all_completed(16);
    assert_eq!(heard.count(REUSED), 4);
    let counts = log_ins(&portal);
    heard.assert_signed_in(&counts, "zhangsan", 2);
    heard.assert_signed_in(&counts, "jcxx001", 1);
}

/// Makes the portal forget everybody when it is asked anything.
struct Night(Arc<Portal>);

#[async_trait]
impl People for Night {
    async fn ask(&self, _question: &Question, _patience: Duration) -> Option<String> {
        self.0.forget_sessions();
        Some(String::new())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_the_portal_has_forgotten_is_noticed_and_walked_again() {
    let _alone = crate::ONE_WALK.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let night = "  - login: 个人账号\n  - person: { ask: 天黑了 }\n";
    scenarios(folder.path(), &[("a-night", night), ("b-errand", ERRAND), ("c-errand", ERRAND)]);
    let portal = clean_portal().await;
    let people = Arc::new(Night(portal.clone()));
    let (heard, _) =
        walked(folder.path(), variables(&portal), people, &["a-night", "b-errand", "c-errand"]).await;
    heard.assert_all_completed(12);
    assert!(heard.count(EXPIRED) >= 4, "{:#?}", heard.steps.lock().unwrap());
    assert!(heard.count(REUSED) >= 4, "{:#?}", heard.steps.lock().unwrap());
}

/// As a technician types it.
fn zoutong(folder: &Path, portal: &Portal, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("zoutong").unwrap();
    command.current_dir(folder).args(arguments);
    command.env("ZOUTONG_SECRET_DEMO_PASSWORD", demo::TEST_ACCOUNTS[0].password);
    command.envs(portal.addresses().iter().map(|(name, address)| (format!("ZOUTONG_VAR_{name}"), address)));
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_a_technician_keeps_serves_later_runs_until_it_is_forgotten() {
    let _alone = crate::ONE_WALK.lock().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("s")).unwrap();
    scenarios(&folder.path().join("s"), &[("errand", ERRAND)]);
    let portal = clean_portal().await;
    let call =
        |arguments: &[&str]| tokio::task::block_in_place(|| zoutong(folder.path(), &portal, arguments));
    let (code, said) = call(&["login", "s", "-c", "pc", "-c", "app", "-a", "个人账号"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("已登录  PC端（政务服务网）  个人账号"), "{said}");
    let kept = folder.path().join(".zoutong/logins");
    let files: Vec<_> = std::fs::read_dir(&kept).unwrap().flatten().map(|entry| entry.path()).collect();
    let files: Vec<_> = files.iter().filter(|path| path.extension().is_some()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(!folder.path().join("reports").exists(), "a log-in is no run");
    let (_, list) = call(&["login", "--list"]);
    assert!(list.contains("pc · 个人账号") && list.contains("app · 个人账号"), "{list}");
    // Two runs, and no log-in besides the two of before.
    for _ in 0..2 {
        let (code, said) = call(&["run", "s", "-s", "errand", "-c", "pc", "-c", "app"]);
        assert_eq!((code, portal.log_ins().len()), (0, 2), "{said}");
    }
    // Where the portal has forgotten it, the new log-in takes its place.
    portal.forget_sessions();
    for _ in 0..2 {
        let (code, said) = call(&["replay", "s/errand.yaml", "-c", "pc"]);
        assert_eq!((code, portal.log_ins().len()), (0, 3), "{said}");
    }
    let (_, said) = call(&["login", "--forget", "-c", "app"]);
    assert!(said.contains("app · 个人账号") && !said.contains("pc · 个人账号"), "{said}");
    let (_, list) = call(&["login", "s", "--list"]);
    assert!(list.contains("pc · 个人账号") && !list.contains("app · 个人账号"), "{list}");
}

/// What the echoing portal knows a visitor by.
const TOKENS: [&str; 4] = [
    "c00kie+Ab3/9zQ==q7w2",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjZW54aWFvdGlhbiIsImlhdCI6MTc2NDA5MTIzNH0.d3Jvbmctc2lnbmF0dXJlLTAx",
    "l0cal-5e5510n-9f8e7d6c",
    "w1ndow_0nly_4a3b2c1d",
];

/// A portal that needs all three (cookie, what is kept for good, what is kept for the window) and repeats them everywhere.
const ECHO: &str = r#"<!doctype html><meta charset=utf-8><title>回声</title><body></body>
<script>
const [cookie, jwt, local, inner] = TOKENS;
const kept = JSON.parse(localStorage.getItem('auth') ?? '{}');
const known = document.cookie.includes('sid=') && kept.jwt === jwt && sessionStorage.getItem('tab') === inner;
const show = (html) => document.body.insertAdjacentHTML('beforeend', html);
if (!known) {
  show('<p>账号 <input id=user> <button id=go>登录</button></p>');
  document.getElementById('go').addEventListener('click', async () => {
    localStorage.setItem('auth', JSON.stringify({ jwt, more: [{ id: local }] }));
    sessionStorage.setItem('tab', inner);
    await fetch('/login', { method: 'POST' });
    location.href = '/?from=' + encodeURIComponent(jwt);
  }, { once: true });
} else {
  const all = [cookie, jwt, local, inner].join(' ');
  const coded = (text) => btoa(text);
  document.title = '您好 ' + all;
  document.body.className = all;
  show('<p>岑晓天 <a href="/?q=' + encodeURIComponent(all) + '">退出</a></p>');
  for (const text of [all, encodeURIComponent(all), coded(all), coded('x' + all), coded('xy' + all), JSON.stringify({ all })])
    document.body.append(Object.assign(document.createElement('p'), { textContent: text }));
  const data = document.createElement('script');
  data.type = 'application/json';
  data.textContent = JSON.stringify({ taskName: all, token: jwt, coded: coded(jwt) });
  document.body.append(data);
  console.error('会话 ' + all, coded(all));
  fetch('/missing?token=' + encodeURIComponent(all));
  history.replaceState(null, '', '/?token=' + encodeURIComponent(jwt) + '&sid=' + encodeURIComponent(cookie));
  setTimeout(() => { throw new Error('没有处理 ' + all); }, 0);
}
</script>"#;

type Counter = Arc<Mutex<usize>>;

async fn echo() -> impl IntoResponse {
    let page = ECHO.replace("TOKENS", &serde_json::to_string(&TOKENS).unwrap());
    ([(header::CACHE_CONTROL, "no-store")], Html(page))
}

async fn take(State(counter): State<Counter>, _headers: HeaderMap) -> impl IntoResponse {
    *counter.lock().unwrap() += 1;
    let cookie = format!("sid={}; Path=/; Max-Age=3600", TOKENS[0]);
    ([(header::SET_COOKIE, cookie)], "好")
}

async fn echoing_portal() -> (String, Counter) {
    let counter = Counter::default();
    let app = Router::new().route("/", get(echo)).route("/login", post(take)).with_state(counter.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (address, counter)
}

fn echo_scenarios(folder: &Path) {
    let errand = "steps:\n  - login: 个人账号\n  - wait: 退出\n  - shot\n  - read: guide\n";
    let files = [
        (
            "portal.yaml",
            "portal: 回声门户\nhosts: [\"127.0.0.1:*\"]\naccounts: accounts.yaml\nchannels:\n  pc:\n    name: PC端\n    home: \"{{ var.pc }}\"\n".to_owned(),
        ),
        (
            "accounts.yaml",
            "- name: 个人账号\n  audience: personal\n  user: cenxiaotian\n  password: \"{{ secret.PASSWORD }}\"\n  shown-name: 岑晓天\n".to_owned(),
        ),
        (
            "login.yaml",
            "scenario: login\ntitle: 登录\nsteps:\n  - open: 首页\n  - type: { into: css=#user, text: x }\n  - tap: css=#go\n  - wait: 退出\n  - read: login-result\n".to_owned(),
        ),
        ("a.yaml", format!("scenario: a\ntitle: 甲\n{errand}")),
        ("b.yaml", format!("scenario: b\ntitle: 乙\n{errand}")),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_portal_knows_a_visitor_by_is_in_any_byte_of_a_run() {
    let _alone = crate::ONE_WALK.lock().await;
    let folder = tempfile::tempdir().unwrap();
    echo_scenarios(folder.path());
    let (address, counter) = echoing_portal().await;
    let given = Variables::new().with("pc", address);
    let (heard, summary) = walked(folder.path(), given, Arc::new(Nobody), &["a", "b"]).await;
    heard.assert_all_completed(2);
    // The second walk needed the cookie and both stores to be let in.
    let journal = std::fs::read_to_string(summary.folder.join("journal.jsonl")).unwrap();
    assert_eq!((*counter.lock().unwrap(), heard.count(REUSED)), (1, 1), "{journal}");
    let mut found = Vec::new();
    crate::secrets::search_folder(&folder.path().join("reports"), &TOKENS, &mut found);
    let run = RunFolder::open(&summary.folder).unwrap();
    for visit in run.journal().unwrap().visits() {
        crate::secrets::search("trace.zip", &audit::trace(&run, &visit.id).unwrap(), &TOKENS, &mut found);
    }
    assert!(found.is_empty(), "{} traces:\n{}", found.len(), found.join("\n"));
    // The page did repeat everything, and it was looked at.
    let page = run.snapshot(&run.journal().unwrap().visits()[1].captures[0]).unwrap();
    assert!(page.title.contains("［保密］"), "{}", page.title);
}

/// A cookie of a host.
fn cookie(domain: &str) -> Cookie {
    Cookie {
        name: "sid".into(),
        value: "x".into(),
        domain: domain.into(),
        path: "/".into(),
        ..Cookie::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_kept_for_the_listed_hosts_and_put_back_where_the_log_in_ended() {
    let folder = tempfile::tempdir().unwrap();
    echo_scenarios(folder.path());
    let login = "scenario: login\ntitle: 登录\nsteps:\n  - open: 首页\n  - tap: 登录\n";
    std::fs::write(folder.path().join("login.yaml"), login).unwrap();
    let errand = |id: &str| format!("scenario: {id}\ntitle: {id}\nsteps:\n  - login: 个人账号\n");
    for id in ["a", "b"] {
        std::fs::write(folder.path().join(format!("{id}.yaml")), errand(id)).unwrap();
    }
    // The door is looked at over plain HTTP; the browser itself is a fake one.
    let (home, _) = echoing_portal().await;
    let inside = format!("{home}inside");
    let state = LoginState { cookies: vec![cookie("127.0.0.1"), cookie(".ads.cn")], ..LoginState::default() };
    let browser = FakeBrowser::new()
        .lines(&home, &["首页", "登录"])
        .lines(&inside, &["您好", "退出"])
        .link(&home, "登录", &inside)
        .known_by(state);
    let given = Variables::new().with("pc", home);
    let (heard, _) =
        walked_with(folder.path(), given, Arc::new(Nobody), &["a", "b"], Arc::new(browser.clone())).await;
    heard.assert_all_completed(2);
    let put_back: Vec<LoginState> = browser
        .deeds()
        .into_iter()
        .filter_map(|deed| if let Deed::Restored(state) = deed { Some(state) } else { None })
        .collect();
    let kept = LoginState { page: inside, cookies: vec![cookie("127.0.0.1")], stores: Vec::new() };
    assert_eq!(put_back, [kept]);
}

/// Somebody who presses Enter at once.
struct Prompt;

#[async_trait]
impl People for Prompt {
    async fn ask(&self, question: &Question, _patience: Duration) -> Option<String> {
        assert!(question.ask.contains("PC端") && question.ask.contains("个人账号"), "{}", question.ask);
        Some(String::new())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_by_hand_and_the_page_says_whether_it_worked() {
    let folder = tempfile::tempdir().unwrap();
    echo_scenarios(folder.path());
    let home = "http://127.0.0.1:9/";
    let given = Variables::new().with("pc", home);
    for (words, signed_in) in [("退出", true), ("登录", false)] {
        let state = LoginState { cookies: vec![cookie("127.0.0.1")], ..LoginState::default() };
        let browser: Arc<dyn Browser> =
            Arc::new(FakeBrowser::new().lines(home, &["首页", words]).known_by(state));
        let order = LoginOrder {
            library: zoutong::scenario::load(folder.path(), &given).unwrap(),
            selection: Selection::default(),
            accounts: Vec::new(),
            by_hand: true,
            variables: given.clone(),
            scripts: false,
            people: Arc::new(Prompt),
            watcher: Arc::new(Unwatched),
            settings: Settings {
                reports: folder.path().join("reports"),
                private: Some(folder.path().join(words)),
                browser: BROWSER,
                sessions: 1,
                patience: Duration::from_secs(1),
                pictures: Pictures::None,
            },
            now: || chrono::Local::now().fixed_offset(),
        };
        let (_tell, stop) = tokio::sync::watch::channel(false);
        let signed = audit::login(&order, &browser, Arc::new(Heard::default()), &|_| {}, stop).await.unwrap();
        assert_eq!(signed.len(), 1);
        assert_eq!(signed[0].failed.is_none(), signed_in, "{signed:?}");
        let kept = audit::kept_logins(&order.settings).unwrap();
        assert_eq!(kept.len(), usize::from(signed_in));
        assert!(kept.iter().all(|login| login.state.page == home && login.portal == "回声门户"));
        assert!(!folder.path().join("reports").exists());
    }
}
