//! What does not go smoothly is shown: pages that fail once, a step that is allowed to fail and does, a repetition without end. The
//! program itself walks them, so that exit code, terminal, page, workbook and build server's file are what people get.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use assert_cmd::Command;
use axum::Router;
use axum::extract::{Path as Name, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use calamine::{Reader, Xlsx, open_workbook};
use zoutong::audit::{self, Listener, Order, Selection};
use zoutong::browser::fake::FakeBrowser;
use zoutong::browser::{Browser, BrowserError, Session};
use zoutong::model::{Device, Event, HitchKind, Outcome, Speed};
use zoutong::runner::Nobody;
use zoutong::scenario::Variables;
use zoutong::settings::{BrowserChoice, Pictures, Settings};

const SHAKY: &str = "scenario: shaky
title: 时好时坏
steps:
  - open: /once
    retry: 1
  - group:
      title: 再打开就有
      steps:
        - open: /second
        - { tap: 查询, timeout: 300ms }
    retry: 1
";
const SOFT: &str = "scenario: soft
title: 少一样
steps:
  - open: /second
  - expect: 查询结果：1 件
    soft: true
    timeout: 300ms
  - tap: 查询
";
const STUCK: &str = "scenario: stuck
title: 翻到没有为止
steps:
  - open: /second
  - set: { name: where, what: title }
  - repeat:
      while: where == '列表'
      at-most: 2
      steps:
        - tap: 查询
";

/// How often each page was asked for.
type Asked = Arc<Mutex<BTreeMap<String, usize>>>;

async fn serve() -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let app = Router::new()
        .route("/", get(|| async { Html("<title>门</title><p>门</p>") }))
        .route("/{name}", get(page))
        .with_state(Asked::default());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    port
}

/// `/once` is out of order the first time; `/second` has its button only from the second time on.
async fn page(State(asked): State<Asked>, Name(name): Name<String>) -> Response {
    let times = {
        let mut asked = asked.lock().unwrap();
        let times = asked.entry(name.clone()).or_default();
        *times += 1;
        *times
    };
    let button = if times > 1 { "<button>查询</button>" } else { "<p>还在加载</p>" };
    let html = format!("<!doctype html><meta charset=utf-8><title>列表</title><h1>列表</h1>{button}");
    match (name.as_str(), times) {
        ("once", 1) => (StatusCode::SERVICE_UNAVAILABLE, Html("<h1>忙</h1>".to_owned())).into_response(),
        ("once" | "second", _) => Html(html).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Runs one scenario on a portal with one channel; gives the exit code, what was printed, and the run's folder.
pub(super) async fn run(scenario: &str) -> (i32, String, PathBuf, tempfile::TempDir) {
    let _alone = crate::ONE_WALK.lock().await;
    let port = serve().await;
    let folder = tempfile::tempdir().unwrap();
    let portal = format!(
        "portal: 试用门户\nhosts: [\"127.0.0.1:{port}\"]\nchannels:\n  pc: {{ name: PC端, home: \"http://127.0.0.1:{port}/\" }}\n"
    );
    std::fs::write(folder.path().join("portal.yaml"), portal).unwrap();
    std::fs::write(folder.path().join("a.yaml"), scenario).unwrap();
    let path = folder.path().to_owned();
    let output = tokio::task::spawn_blocking(move || {
        let reports = path.join("reports");
        let arguments = [Path::new("run"), &path, Path::new("--reports"), &reports];
        Command::cargo_bin("zoutong").unwrap().args(arguments).env("COLUMNS", "100").output().unwrap()
    })
    .await
    .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let runs = std::fs::read_dir(folder.path().join("reports/runs")).unwrap().flatten();
    let run = runs.into_iter().next().unwrap().path();
    (output.status.code().unwrap(), printed, run, folder)
}

fn outcome(run: &Path) -> Outcome {
    serde_json::from_slice(&std::fs::read(run.join("findings.json")).unwrap()).unwrap()
}

fn report(run: &Path, name: &str) -> String {
    std::fs::read_to_string(run.join("report").join(name)).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_passed_only_on_retry_is_unsteady_everywhere_and_its_first_failure_can_be_opened() {
    let (code, printed, run, _folder) = run(SHAKY).await;
    assert_eq!(code, 0, "{printed}");
    let outcome = outcome(&run);
    let told: Vec<_> = outcome.hitches.iter().map(|hitch| (hitch.kind, hitch.line, hitch.tries)).collect();
    assert_eq!(told, [(HitchKind::Flaky, Some(4), 2), (HitchKind::Flaky, Some(6), 2)]);
    assert!(outcome.hitches[0].why.contains("503"), "{:?}", outcome.hitches[0]);
    let inside = &outcome.hitches[1].why;
    assert!(inside.contains("第 10 行") && inside.contains("300 毫秒内没有找到“查询”"), "{inside}");
    // The page at the first failure, not the one on which it was done.
    let capture = outcome.hitches[1].capture.as_deref().unwrap();
    let snapshot = std::fs::read_to_string(run.join("evidence").join(format!("{capture}.json"))).unwrap();
    assert!(snapshot.contains("还在加载"), "{snapshot}");
    assert!(printed.contains("不稳定    2") && printed.contains("试到第 2 次才做成"), "{printed}");
    let page = report(&run, "index.html").replace("&#x2f;", "/");
    assert!(page.contains("有 2 处不稳定（重试后才做成）"));
    assert!(page.contains(&format!("../evidence/{capture}.")), "the page leads to the evidence");
    let junit = report(&run, "junit.xml");
    assert_eq!(junit.matches("<flakyFailure").count(), 2, "{junit}");
    let book: Xlsx<_> = open_workbook(run.join("report/问题清单.xlsx")).unwrap();
    assert!(book.sheet_names().contains(&"不稳定与未通过".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_that_may_fail_and_does_is_counted_and_told() {
    let (code, printed, run, _folder) = run(SOFT).await;
    // The page has no button the first time: the walk is stuck after the soft step, and both are told.
    assert_eq!(code, 4, "{printed}");
    let outcome = outcome(&run);
    let soft: Vec<_> = outcome.hitches.iter().map(|hitch| (hitch.kind, hitch.line)).collect();
    assert_eq!(soft, [(HitchKind::SoftFailure, Some(5))]);
    assert!(outcome.hitches[0].capture.is_some());
    assert!(
        printed.contains("步骤未通过 1") && printed.contains("没有通过，场景允许继续往下走"),
        "{printed}"
    );
    assert!(printed.contains("场景“少一样”没有走完，停在第 8 行“点按 查询”"), "{printed}");
    let junit = report(&run, "junit.xml");
    assert!(junit.contains("type=\"soft-failure\"") && junit.contains("type=\"stuck\""), "{junit}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repetition_that_never_gets_there_is_stuck_and_the_run_is_not_complete() {
    // The first opening has no button yet.
    let scenario = STUCK.replace("  - set", "  - open: /second\n  - set");
    let (code, printed, run, _folder) = run(&scenario).await;
    assert_eq!(code, 4, "{printed}");
    let unseen: Vec<_> = outcome(&run).unseen.into_iter().filter(|row| row.incomplete).collect();
    assert_eq!(unseen.len(), 1);
    let why = &unseen[0].why;
    assert!(why.contains("停在第 7 行“重复”") && why.contains("已经重复了 2 次"), "{why}");
    assert!(unseen[0].capture.is_some(), "the page on which it stopped is kept");
    let steps = std::fs::read_to_string(run.join("journal.jsonl")).unwrap();
    assert_eq!(steps.matches("点按 查询").count(), 2, "no third round");
}

/// A browser whose first session breaks down on the way.
struct BreaksOnce {
    breaking: FakeBrowser,
    sound: FakeBrowser,
    opened: AtomicUsize,
}

#[async_trait::async_trait]
impl Browser for BreaksOnce {
    async fn open(&self, device: &Device, speed: Speed) -> Result<Box<dyn Session>, BrowserError> {
        match self.opened.fetch_add(1, Ordering::SeqCst) {
            0 => self.breaking.open(device, speed).await,
            _ => self.sound.open(device, speed).await,
        }
    }

    async fn close(&self) {}
}

struct Deaf;

impl Listener for Deaf {
    fn heard(&self, _event: &Event) {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_that_passed_on_being_walked_again_is_unsteady_and_keeps_the_pages_of_the_first_walk() {
    let port = serve().await;
    let folder = tempfile::tempdir().unwrap();
    let home = format!("http://127.0.0.1:{port}/");
    let portal = format!(
        "portal: 试用门户\nhosts: [\"127.0.0.1:{port}\"]\nchannels:\n  pc: {{ name: PC端, home: \"{home}\" }}\n"
    );
    let scenario = "scenario: again\ntitle: 再走一遍\nsteps:\n  - open: /a\n  - shot\n  - open: /b\n";
    std::fs::write(folder.path().join("portal.yaml"), portal).unwrap();
    std::fs::write(folder.path().join("a.yaml"), scenario).unwrap();
    let (a, b) = (format!("{home}a"), format!("{home}b"));
    let browser = BreaksOnce {
        breaking: FakeBrowser::new().lines(&a, &["第一遍看到的"]).lost_at(&b),
        sound: FakeBrowser::new().lines(&a, &["第二遍看到的"]).lines(&b, &["到了"]),
        opened: AtomicUsize::new(0),
    };
    let order = Order {
        scenarios: folder.path().to_owned(),
        selection: Selection::default(),
        variables: Variables::new(),
        scripts: false,
        people: Arc::new(Nobody),
        settings: Settings {
            reports: folder.path().join("reports"),
            browser: BrowserChoice::Local { driver: None, browser: None, headed: false },
            sessions: 1,
            patience: Duration::from_secs(1),
            pictures: Pictures::default(),
            private: None,
        },
        now: || chrono::Local::now().fixed_offset(),
    };
    let (_tell, stop) = tokio::sync::watch::channel(false);
    let summary = audit::run(&order, Arc::new(browser), Arc::new(Deaf), stop).await.unwrap();
    assert_eq!(summary.outcome.visits, (1, 1));
    let [hitch] = summary.outcome.hitches.as_slice() else { panic!("{:?}", summary.outcome.hitches) };
    assert_eq!((hitch.kind, hitch.tries, hitch.line), (HitchKind::WalkedAgain, 2, Some(5)));
    let page = |capture: &str| {
        std::fs::read_to_string(summary.folder.join("evidence").join(format!("{capture}.json"))).unwrap()
    };
    assert!(page(hitch.capture.as_deref().unwrap()).contains("第一遍看到的"));
    assert!(page("again.pc.0001/10001").contains("第二遍看到的"));
    let html = report(&summary.folder, "index.html");
    assert!(html.contains("整次走访（第 1 次走到第 5 行") && html.contains("第 2 次才走完"), "{html}");
}
