//! A page that repeats everything that is typed, everywhere it can: nothing of it is in any byte of what a run leaves behind.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Query;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use url::Url;
use zoutong::audit::{self, Listener, Order, RunSummary, Selection};
use zoutong::model::{Event, NoiseKind};
use zoutong::runner;
use zoutong::scenario::Variables;
use zoutong::settings::{BrowserChoice, Pictures, Settings};
use zoutong::store::RunFolder;
use zoutong::vault;

const PASSWORD: &str = "Jin\"9&cheng+<2026>/密";
const USER: &str = "cenxiaotian";
const NAME: &str = "岑晓天";
/// Invented, with a right check digit.
const IDENTITY: &str = "11010519491231002X";
const PHONE: &str = "13812341234";
const CARD: &str = "6222021234567890128";
const PLANTED: [&str; 6] = [PASSWORD, USER, NAME, IDENTITY, PHONE, CARD];
const BROWSER: BrowserChoice = BrowserChoice::Local { driver: None, browser: None, headed: false };

struct Nobody;

impl Listener for Nobody {
    fn heard(&self, _event: &Event) {}
}

/// Says everything again: as text, title, address, attribute, message, request and data.
const PAGE: &str = r"<!doctype html><meta charset=utf-8><title>回声</title>
<p>账号 <input id=user> 密码 <input id=password type=password> 身份证 <input id=identity> 手机 <input id=phone> 银行卡 <input id=card></p>
<p><button type=button id=go>登录</button> <a id=again hidden>再看一遍</a></p><p id=said></p><div id=more></div>
<script>
document.getElementById('go').addEventListener('click', () => {
  const typed = [...document.querySelectorAll('input')].map((field) => field.value);
  const all = [...typed, '岑晓天'].join(' ');
  const url = encodeURIComponent(all), coded = (text) => btoa(unescape(encodeURIComponent(text)));
  const more = document.getElementById('more');
  document.title = '您好，' + all;
  document.getElementById('said').textContent = '已收到：' + all;
  document.body.className = all;
  const again = document.getElementById('again');
  again.hidden = false;
  again.href = '/again?' + new URLSearchParams({ all }) + '&base=' + coded(all);
  again.title = all;
  more.innerHTML = '<p>' + [url, escape(all), coded(all), coded('x' + all), coded('xy' + all), JSON.stringify(all)].map((text) =>
    '<span>' + text.replace(/[<&]/g, (sign) => `&#${sign.charCodeAt(0)};`) + '</span>').join('<br>') + '</p>';
  for (const text of typed) more.append(Object.assign(document.createElement('button'), { textContent: '查看 ' + text }));
  more.append(Object.assign(document.createElement('p'), { textContent: typed.map(coded).join(' ') }));
  const data = document.createElement('script');
  data.type = 'application/json';
  data.textContent = JSON.stringify({ taskName: all, typed, coded: coded(all) }).replace(/[\u0080-\uffff<]/g, (sign) =>
    '\\u' + sign.charCodeAt(0).toString(16).padStart(4, '0'));
  document.body.append(data);
  history.replaceState(null, '', '/?q=' + url + '&form=' + new URLSearchParams({ all }) + '&base=' + encodeURIComponent(coded(all)));
  console.error('登录失败 ' + all, { all });
  console.warn(url + ' ' + coded(all));
  fetch('/missing?all=' + url);
  fetch('http://127.0.0.1:1/closed?all=' + url).catch(() => {});
  setTimeout(() => { throw new Error('没有处理 ' + all); }, 0);
  alert('请核对 ' + all);
});
</script>";

async fn page(Query(asked): Query<HashMap<String, String>>) -> impl IntoResponse {
    let again = asked.get("all").map(String::as_str).unwrap_or_default();
    ([(header::CACHE_CONTROL, "no-store")], Html(format!("{PAGE}<!-- {} -->", again.len())))
}

async fn serve() -> Url {
    let app = Router::new().route("/", get(page));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    base
}

fn write_scenarios(folder: &Path) {
    let files = [
        (
            "portal.yaml",
            "portal: 回声门户\nhosts: [\"127.0.0.1:*\"]\naccounts: accounts.yaml\nchannels:\n  pc:\n    name: PC端\n    home: \"{{ var.pc }}\"\n",
        ),
        (
            "accounts.yaml",
            "- name: 个人账号\n  audience: personal\n  user: cenxiaotian\n  password: \"{{ secret.PASSWORD }}\"\n  shown-name: 岑晓天\n",
        ),
        (
            "echo.yaml",
            r#"scenario: echo
title: 回声
checks: [account.flow]
for-each: accounts
steps:
  - open: 首页
  - read: login-form
  - type: { into: css=#user, text: "{{ account.user }}" }
  - type: { into: css=#password, text: "{{ account.password }}" }
  - type: { into: css=#identity, text: "{{ var.identity }}" }
  - type: { into: css=#phone, text: "{{ var.phone }}" }
  - type: { into: css=#card, text: "{{ var.card }}" }
  - tap: css=#go
  - wait: 已收到
  - wait: 500ms
  - read: login-result
  - read: guide
  - expect: "没有 {{ account.password }} {{ var.phone }}"
    timeout: 1s
"#,
        ),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// The password comes out of a secrets file, as a technician keeps it.
fn password(folder: &Path) -> SecretString {
    let file = folder.join("private/secrets");
    vault::keep_secret(&file, "PASSWORD", &SecretString::from(PASSWORD.to_owned())).unwrap();
    vault::read_secrets(&file).unwrap().remove("PASSWORD").unwrap()
}

async fn walked(folder: &Path) -> RunSummary {
    let scenarios = folder.join("scenarios");
    std::fs::create_dir(&scenarios).unwrap();
    write_scenarios(&scenarios);
    let variables = Variables::new()
        .with("pc", serve().await.as_str())
        .with("identity", IDENTITY)
        .with("phone", PHONE)
        .with("card", CARD)
        .with_secret("PASSWORD", password(folder));
    let order = Order {
        scenarios,
        selection: Selection::default(),
        variables,
        scripts: false,
        people: Arc::new(runner::Nobody),
        settings: Settings {
            reports: folder.join("reports"),
            private: None,
            browser: BROWSER,
            sessions: 1,
            patience: Duration::from_secs(10),
            pictures: Pictures::Steps,
        },
        now: || chrono::Local::now().fixed_offset(),
    };
    let (_tell, stop) = tokio::sync::watch::channel(false);
    let browser =
        audit::browser(&BROWSER).expect("this test needs chromium and chromedriver: run `make setup`");
    audit::run(&order, browser, Arc::new(Nobody), stop).await.unwrap()
}

/// Everything by which a planted secret could be found: plain, as JSON, HTML and addresses write it, and inside Base64.
fn traces(secret: &str) -> Vec<Vec<u8>> {
    let json = serde_json::to_string(secret).unwrap();
    let ascii = |escape: &dyn Fn(char) -> String| -> String {
        json[1..json.len() - 1]
            .chars()
            .map(|one| if one.is_ascii() { one.to_string() } else { escape(one) })
            .collect()
    };
    let percent = |text: &str| -> String {
        text.bytes().fold(String::new(), |said, byte| said + &format!("%{byte:02X}"))
    };
    let component: String = secret
        .chars()
        .map(|one| if one.is_ascii_alphanumeric() { one.to_string() } else { percent(&one.to_string()) })
        .collect();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut traces = vec![
        secret.to_owned(),
        json[1..json.len() - 1].to_owned(),
        ascii(&|one| format!("\\u{:04x}", u32::from(one))),
        ascii(&|one| format!("\\\\u{:04x}", u32::from(one))),
        percent(secret),
        component.to_lowercase(),
        component.replace('%', "%25"),
        component,
        form,
        html,
    ];
    // Inside Base64, the signs that the secret alone decides, for each place in a group of three.
    for before in 0..3_usize {
        let bytes = [vec![0; before], secret.as_bytes().to_vec()].concat();
        let signs = STANDARD.encode(&bytes);
        let own: String = signs.chars().take(bytes.len() * 8 / 6).skip((before * 8).div_ceil(6)).collect();
        traces.push(own.replace('+', "-").replace('/', "_"));
        traces.push(own.replace('+', "%2B").replace('/', "%2F"));
        traces.push(own);
    }
    traces.into_iter().map(String::into_bytes).collect()
}

/// The places where one of these secrets stands; archives are looked into.
pub(crate) fn search(name: &str, bytes: &[u8], secrets: &[&str], found: &mut Vec<String>) {
    for secret in secrets {
        for trace in traces(secret) {
            if let Some(at) = bytes.windows(trace.len()).position(|window| window == trace) {
                let around = &bytes[at.saturating_sub(60)..(at + trace.len() + 20).min(bytes.len())];
                found.push(format!("{name}: {secret} in {}", String::from_utf8_lossy(around)));
            }
        }
    }
    if !bytes.starts_with(b"PK") {
        return;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for member in 0..archive.len() {
        let mut file = archive.by_index(member).unwrap();
        let mut inner = Vec::new();
        file.read_to_end(&mut inner).unwrap();
        search(&format!("{name}, member {member}"), &inner, secrets, found);
    }
}

/// The same in the names and the bytes of all files of a folder.
pub(crate) fn search_folder(folder: &Path, secrets: &[&str], found: &mut Vec<String>) {
    for file in files(folder) {
        let name = file.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        search(&name, name.as_bytes(), secrets, found);
        search(&name, &std::fs::read(&file).unwrap(), secrets, found);
    }
}

/// Every file of a folder, by name.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_typed_is_in_any_byte_of_a_run() {
    let _alone = crate::ONE_WALK.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let summary = walked(folder.path()).await;
    let run = RunFolder::open(&summary.folder).unwrap();
    let visits = run.journal().unwrap().visits();
    let mut found = Vec::new();
    search_folder(&folder.path().join("reports"), &PLANTED, &mut found);
    for visit in &visits {
        search("trace.zip", &audit::trace(&run, &visit.id).unwrap(), &PLANTED, &mut found);
    }
    let terminal = zoutong::report::terminal(&summary.outcome, 100, false);
    search("terminal", terminal.as_bytes(), &PLANTED, &mut found);
    assert!(found.is_empty(), "{} traces:\n{}", found.len(), found.join("\n"));
    // The page did repeat everything, and it was looked at.
    let steps = &visits[0].steps;
    let kinds: Vec<NoiseKind> = steps.iter().flat_map(|step| &step.noise).map(|noise| noise.kind).collect();
    for kind in [NoiseKind::Console, NoiseKind::Exception, NoiseKind::FailedRequest] {
        assert!(kinds.contains(&kind), "{kind:?} is not in {kinds:?}");
    }
    assert!(steps.iter().filter(|step| step.picture.is_some()).count() >= 7, "{steps:#?}");
    let page = run.snapshot(&visits[0].captures[1]).unwrap();
    assert!(page.title.starts_with("您好，［测试账号］ ［保密］ 110****2X 138****1234"), "{}", page.title);
    assert!(!page.data.is_empty() && page.notes.iter().any(|note| note.contains("请核对")), "{page:#?}");
}

#[test]
fn what_is_planted_would_be_found() {
    let mut found = Vec::new();
    for secret in PLANTED {
        for trace in traces(secret) {
            search("here", &[b"x".as_slice(), &trace].concat(), &PLANTED, &mut found);
        }
    }
    assert!(found.len() >= PLANTED.len() * 12);
}
