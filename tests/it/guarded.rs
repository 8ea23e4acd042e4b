//! The guard inside a real browser: nothing that writes leaves it, whatever sets it off; and what the browser tells.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use url::Url;
use zoutong::audit;
use zoutong::browser::webdriver::{LocalOptions, WebDriver};
use zoutong::browser::{Act, Browser, Landing, Session};
use zoutong::demo;
use zoutong::model::{Device, Locator, Noise, NoiseKind, Speed};
use zoutong::runner::Guard;
use zoutong::scenario::{self, Variables};

const PATIENT: Duration = Duration::from_secs(5);

/// Ways to submit, each by the id of what is pressed.
const WAYS: [&str; 10] =
    ["fine", "fetch", "beacon", "keepalive", "method", "xhr", "window", "frame", "worker", "link"];

/// A page with every way to submit an application to `portal`.
fn page_of_ways(portal: &str) -> String {
    let form = |id: &str, target: &str| {
        format!(
            "<form action='{portal}submit' method=post target='{target}'><input name=applicant value=x id=in-{id}>\
             <button id={id}>好的</button></form>"
        )
    };
    let script = "
        const to = PORTAL + 'submit';
        const on = (id, act) => document.getElementById(id).addEventListener('click', act);
        const form = { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ applicant: 'x' }) };
        on('fetch', () => fetch(to, form).catch(() => {}));
        on('beacon', () => navigator.sendBeacon(to, new URLSearchParams({ applicant: 'x' })));
        on('keepalive', () => fetch(to, { ...form, keepalive: true }).catch(() => {}));
        on('method', () => document.forms[0].submit());
        on('xhr', () => { const ask = new XMLHttpRequest(); ask.open('POST', to); ask.send('applicant=x'); });
        on('worker', () => {
          const code = `fetch('${to}', { method: 'POST', mode: 'no-cors', body: 'applicant=x' }).catch(() => {})`;
          new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
        });
        on('link', (event) => { event.preventDefault(); document.forms[0].requestSubmit(); });";
    let buttons = ["fetch", "beacon", "keepalive", "method", "xhr", "worker"]
        .map(|id| format!("<p><button type=button id={id}>{id}</button></p>"))
        .concat();
    format!(
        "<!doctype html><meta charset=utf-8><title>各种办法</title>{}{}{}<iframe name=inner></iframe>{buttons}\
         <p><a id=link href='#'>下一步</a></p><script>{}</script>",
        form("fine", "_self"),
        form("window", "_blank"),
        form("frame", "inner"),
        script.replace("PORTAL", &format!("'{portal}'"))
    )
}

/// Serves one page on a free port of this machine.
async fn serve(app: Router) -> Url {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    base
}

/// The guard of the demo portal's own file.
fn guard_of(portal: &demo::Portal) -> Guard {
    let secret = secrecy::SecretString::from("x".to_owned());
    let given = Variables::new().with_secret("DEMO_PASSWORD", secret);
    let variables =
        portal.addresses().iter().fold(given, |given, (channel, address)| given.with(channel, address));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/demo");
    Guard::of(&scenario::load(&folder, &variables).unwrap().portal)
}

async fn session(browser: &WebDriver) -> Box<dyn Session> {
    browser.open(&Device::default(), Speed::Painted).await.unwrap()
}

/// Opens the page anew and presses one thing.
async fn press(session: &mut dyn Session, page: &Url, id: &str) {
    session.goto(page).await.unwrap();
    let target = vec![Locator::Css(format!("#{id}"))];
    let tried = session.act(&Act::Tap(target), PATIENT).await;
    assert!(tried.is_ok(), "{id}: {tried:?}");
}

/// What is told within a moment, until it is what is looked for.
async fn told(session: &mut dyn Session, wanted: impl Fn(&[Noise]) -> bool) -> Vec<Noise> {
    let begun = Instant::now();
    let mut all = Vec::new();
    while begun.elapsed() < PATIENT {
        all.extend(session.told().await.unwrap());
        if wanted(&all) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    all
}

fn held(told: &[Noise]) -> bool {
    told.iter().any(|noise| noise.kind == NoiseKind::HeldSubmission)
}

#[tokio::test]
async fn nothing_is_submitted_whatever_sets_it_off() {
    let portal = demo::serve(demo::Settings::default()).await.unwrap();
    let page = page_of_ways(&portal.addresses()["pc"]);
    let page = serve(Router::new().route("/", get(async move || Html(page)))).await;
    let browser = WebDriver::local(&LocalOptions::default()).unwrap();
    let mut session = session(&browser).await;
    assert!(session.guard(Arc::new(guard_of(&portal))).await.unwrap());
    for way in WAYS {
        press(session.as_mut(), &page, way).await;
        assert!(held(&told(session.as_mut(), held).await), "{way} was not held back");
        assert_eq!(portal.submissions(), 0, "{way} got through");
    }
    session.goto(&page).await.unwrap();
    session.act(&Act::Tap(vec![Locator::Css("#in-fine".to_owned())]), PATIENT).await.unwrap();
    session.act(&Act::Press("Enter".to_owned()), PATIENT).await.unwrap();
    assert!(held(&told(session.as_mut(), held).await), "Enter was not held back");
    assert_eq!(portal.submissions(), 0);
    session.close().await;
    browser.close().await;
    portal.close().await;
}

#[tokio::test]
async fn a_page_that_is_only_read_submits_nothing_by_itself() {
    let portal = demo::serve(demo::Settings::default()).await.unwrap();
    let to = &portal.addresses()["pc"];
    // What it sets off as it opens, and what its folded panel does when it is opened.
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>办事指南</title><h1>办事指南</h1><details><summary>更多</summary>办理时限</details>
         <form action='{to}submit' method=post><input name=applicant value=x></form><script>
         const send = () => fetch('{to}submit', {{ method: 'POST', mode: 'no-cors', body: 'applicant=x' }}).catch(() => {{}});
         send(); document.querySelector('details').addEventListener('toggle', () => {{ send(); document.forms[0].submit(); }});
         </script>"
    );
    let page = serve(Router::new().route("/", get(async move || Html(page)))).await;
    let browser: Arc<dyn Browser> = Arc::new(WebDriver::local(&LocalOptions::default()).unwrap());
    audit::read_address(&browser, page.as_str()).await.unwrap();
    assert_eq!(portal.submissions(), 0);
    browser.close().await;
    portal.close().await;
}

#[tokio::test]
async fn a_service_worker_is_held_back_too() {
    let portal = demo::serve(demo::Settings::default()).await.unwrap();
    let to = portal.addresses()["pc"].clone();
    let worker = format!(
        "fetch('{to}submit', {{ method: 'POST', mode: 'no-cors', body: 'applicant=x' }}).catch(() => {{}});"
    );
    let script = ([(header::CONTENT_TYPE, "text/javascript")], worker);
    let page = "<!doctype html><meta charset=utf-8><title>离线</title>\
        <script>navigator.serviceWorker.register('/worker.js')</script>";
    let app = Router::new()
        .route("/", get(async move || Html(page)))
        .route("/worker.js", get(async move || script.clone().into_response()));
    let page = serve(app).await;
    let browser = WebDriver::local(&LocalOptions::default()).unwrap();
    let mut session = session(&browser).await;
    session.guard(Arc::new(guard_of(&portal))).await.unwrap();
    session.goto(&page).await.unwrap();
    assert!(held(&told(session.as_mut(), held).await), "it has sent nothing, or nobody has seen it");
    assert_eq!(portal.submissions(), 0);
    session.close().await;
    browser.close().await;
    portal.close().await;
}

#[tokio::test]
async fn without_the_guard_each_way_submits() {
    let portal = demo::serve(demo::Settings::default()).await.unwrap();
    let page = page_of_ways(&portal.addresses()["pc"]);
    let page = serve(Router::new().route("/", get(async move || Html(page)))).await;
    let browser = WebDriver::local(&LocalOptions::default()).unwrap();
    let mut session = session(&browser).await;
    for (before, way) in WAYS.iter().enumerate() {
        press(session.as_mut(), &page, way).await;
        let begun = Instant::now();
        while portal.submissions() <= before as u64 && begun.elapsed() < PATIENT {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(portal.submissions(), before as u64 + 1, "{way} does not submit");
    }
    session.close().await;
    browser.close().await;
    portal.close().await;
}

#[tokio::test]
async fn a_page_of_an_unlisted_host_is_not_even_asked_for() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let elsewhere = serve(Router::new().route(
        "/",
        get(async || {
            ASKED.fetch_add(1, Ordering::Relaxed);
            "别处"
        }),
    ))
    .await;
    let elsewhere = format!("http://localhost:{}/", elsewhere.port().unwrap());
    let to = elsewhere.clone();
    let redirect = async move || -> Response {
        (axum::http::StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
    };
    let link = format!("<!doctype html><meta charset=utf-8><a id=out href='{elsewhere}'>出去</a>");
    let here =
        serve(Router::new().route("/", get(async move || Html(link))).route("/redirect", get(redirect)))
            .await;
    let portal = demo::serve(demo::Settings::default()).await.unwrap();
    let browser = WebDriver::local(&LocalOptions::default()).unwrap();
    let mut session = session(&browser).await;
    session.guard(Arc::new(guard_of(&portal))).await.unwrap();
    press(session.as_mut(), &here, "out").await;
    let left = |told: &[Noise]| told.iter().any(|noise| noise.kind == NoiseKind::HeldHost);
    assert!(left(&told(session.as_mut(), left).await));
    let landing = session.goto(&here.join("redirect").unwrap()).await.unwrap();
    assert!(matches!(landing, Landing::Unreachable(_)), "{landing:?}");
    assert_eq!(ASKED.load(Ordering::Relaxed), 0);
    session.close().await;
    browser.close().await;
    portal.close().await;
}

#[tokio::test]
async fn console_errors_and_failed_requests_are_told() {
    let page = "<!doctype html><meta charset=utf-8><p>有毛病</p><img src=/missing.png>\
                <script>console.error('取不到数据', 7); setTimeout(() => { throw new Error('坏了'); });</script>";
    let page = serve(Router::new().route("/", get(async move || Html(page)))).await;
    let browser = WebDriver::local(&LocalOptions::default()).unwrap();
    let mut session = session(&browser).await;
    assert!(session.told().await.unwrap().is_empty());
    session.goto(&page).await.unwrap();
    let kinds = [NoiseKind::Console, NoiseKind::Exception, NoiseKind::FailedRequest];
    let all = |told: &[Noise]| kinds.iter().all(|kind| told.iter().any(|noise| noise.kind == *kind));
    let told = told(session.as_mut(), all).await;
    assert!(all(&told), "{told:?}");
    assert!(told.iter().any(|noise| noise.said == "取不到数据 7"), "{told:?}");
    session.close().await;
    browser.close().await;
}
