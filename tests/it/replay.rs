//! Recordings of every kind, replayed in a real Chromium on pages of our own. What happens to the pages is told to the server
//! and must be what `NAME.log` beside the recording says. `ZOUTONG_REPLAY=NAME` replays one; `BLESS=1` rewrites the logs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path as Name, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use zoutong::audit::{self, Listener, Order, Selection};
use zoutong::model::{Ending, Event, StepRecord};
use zoutong::runner::{self, Watcher};
use zoutong::scenario::{Variables, rehearse};
use zoutong::settings::{BrowserChoice, Settings};

/// Where the recordings were made.
const RECORDED: &str = "localhost:8907";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replay")
}

/// What the pages told, with the time at which it happened.
type Told = Arc<Mutex<Vec<(f64, String)>>>;

/// The pages of the recordings on a free port.
struct Pages {
    host: String,
    told: Told,
}

#[derive(serde::Deserialize)]
struct Note {
    at: f64,
    line: String,
}

#[derive(Clone)]
struct Served {
    port: u16,
    told: Told,
}

impl Pages {
    async fn serve() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let served = Served { port, told: Told::default() };
        let app = Router::new()
            .route("/", get(|| async { "门" }))
            .route("/note", get(note))
            .route("/small", get(|| async { "好" }))
            .route("/slow/{name}", get(slow))
            .route("/{name}", get(page))
            .with_state(served.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { host: format!("127.0.0.1:{port}"), told: served.told }
    }

    fn log(&self) -> String {
        let mut told = self.told.lock().unwrap().clone();
        told.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        told.into_iter().map(|(_, line)| line + "\n").collect()
    }
}

async fn note(State(served): State<Served>, Query(note): Query<Note>) -> StatusCode {
    served.told.lock().unwrap().push((note.at, note.line));
    StatusCode::NO_CONTENT
}

async fn slow(served: State<Served>, name: Name<String>) -> Response {
    tokio::time::sleep(Duration::from_millis(700)).await;
    page(served, name).await
}

async fn page(State(served): State<Served>, Name(name): Name<String>) -> Response {
    let Ok(text) = tokio::fs::read_to_string(fixtures().join("pages").join(&name)).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = if name == "log.js" { "text/javascript" } else { "text/html; charset=utf-8" };
    let text = text
        .replace(RECORDED, &format!("localhost:{}", served.port))
        .replace("src=\"log.js\"", "src=\"/log.js\"");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// Keeps every step, and how the walks ended.
#[derive(Default)]
struct Kept {
    steps: Mutex<Vec<StepRecord>>,
    endings: Mutex<Vec<Ending>>,
}

impl Listener for Kept {
    fn heard(&self, event: &Event) {
        match event {
            Event::StepEnded { step, .. } => self.steps.lock().unwrap().push(step.clone()),
            Event::VisitEnded { ending, .. } => self.endings.lock().unwrap().push(ending.clone()),
            _ => {}
        }
    }
}

/// Counts how often a walk was held up.
#[derive(Default)]
struct Counting(Mutex<(usize, usize)>);

#[async_trait::async_trait]
impl Watcher for Counting {
    async fn before(&self, _line: usize, said: &str) {
        assert!(!said.is_empty());
        self.0.lock().unwrap().0 += 1;
    }

    async fn after(&self, _step: &StepRecord) {
        self.0.lock().unwrap().1 += 1;
    }
}

struct Replayed {
    log: String,
    kept: Arc<Kept>,
    watched: (usize, usize),
}

/// Replays a recording whose addresses are those of the pages.
async fn replay(file: &Path, scripts: bool) -> Replayed {
    let pages = Pages::serve().await;
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(file).unwrap().replace(RECORDED, &pages.host);
    let copy = folder.path().join(file.file_name().unwrap());
    std::fs::write(&copy, text).unwrap();
    let port = pages.host.rsplit(':').next().unwrap();
    let variables = Variables::new();
    let rehearsal = rehearse(&copy, None, &[format!("localhost:{port}")], &variables).unwrap();
    let choice = BrowserChoice::Local { driver: None, browser: None, headed: false };
    let order = Order {
        scenarios: copy,
        selection: Selection { scenarios: rehearsal.scenarios, ..Selection::default() },
        variables,
        scripts,
        people: Arc::new(runner::Nobody),
        settings: Settings {
            reports: folder.path().join("reports"),
            private: None,
            browser: choice.clone(),
            sessions: 1,
            pictures: zoutong::settings::Pictures::default(),
            patience: Duration::from_secs(5),
        },
        now: || chrono::Local::now().fixed_offset(),
    };
    let browser =
        audit::browser(&choice).expect("this test needs chromium and chromedriver: run `make setup`");
    let (_tell, stop) = tokio::sync::watch::channel(false);
    let (kept, counting) = (Arc::new(Kept::default()), Arc::new(Counting::default()));
    let (listener, watching) = (Arc::clone(&kept), Arc::clone(&counting));
    audit::run_library(&order, rehearsal.library, watching, browser, listener, stop).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let watched = *counting.0.lock().unwrap();
    Replayed { log: pages.log(), kept, watched }
}

fn recordings() -> Vec<PathBuf> {
    let only = std::env::var("ZOUTONG_REPLAY").ok();
    let mut files: Vec<PathBuf> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "log"))
        .filter(|path| only.as_deref().is_none_or(|only| path.file_stem().unwrap() == only))
        .collect();
    files.sort();
    files
}

/// What is wrong with a replay, for a person to read.
fn faults(file: &Path, replayed: &Replayed) -> Vec<String> {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let mut faults = Vec::new();
    for step in replayed.kept.steps.lock().unwrap().iter() {
        if let Some(failed) = &step.failed {
            faults.push(format!("{name}: {}: {failed}", step.said));
        }
    }
    for ending in replayed.kept.endings.lock().unwrap().iter() {
        if let Ending::Blocked(obstacle) = ending {
            faults.push(format!("{name} was not walked to its end: {}", obstacle.said));
        }
    }
    let expected = file.with_extension("log");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&expected, &replayed.log).unwrap();
    }
    let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
    if wanted != replayed.log {
        faults.push(format!("{name}: the pages saw\n{}but should have seen\n{wanted}", replayed.log));
    }
    faults
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_recording_does_to_its_pages_what_was_recorded() {
    let _alone = crate::ONE_WALK.lock().await;
    let mut wrong = Vec::new();
    for file in recordings() {
        let replayed = replay(&file, true).await;
        wrong.extend(faults(&file, &replayed));
        assert!(replayed.watched.0 > 0 && replayed.watched.0 == replayed.watched.1, "{:?}", replayed.watched);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The command as a person uses it; `typed` is what the person types.
async fn command(arguments: Vec<String>, typed: &'static str) -> (i32, String, String) {
    let run = move || {
        let mut command = assert_cmd::Command::cargo_bin("zoutong").unwrap();
        let output = command.arg("replay").args(arguments).write_stdin(typed).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_is_shown_as_it_goes_and_waits_for_the_person() {
    let _alone = crate::ONE_WALK.lock().await;
    let pages = Pages::serve().await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let scenario = "scenario: a\ntitle: 保存草稿\nsteps:\n  - open: /selectors.html\n  - tap: 保存草稿\n  - tap: 没有的\n    timeout: 300ms\n";
    std::fs::write(path("a.yaml"), scenario).unwrap();
    let given = |more: &[&str]| {
        let fixed = [path("a.yaml"), "--reports".to_owned(), path("reports")];
        fixed.into_iter().chain(more.iter().map(ToString::to_string)).collect::<Vec<_>>()
    };
    let (code, _, err) = command(given(&[]), "").await;
    assert!(code == 2 && err.contains("加上 --host"), "{err}");
    let (code, out, err) =
        command(given(&["--host", &pages.host, "--step", "--pause-on-error"]), "\n\n\n\n").await;
    assert_eq!(code, 4, "{out}{err}");
    for line in [
        "保存草稿（回放）",
        "✓  第 4 行  打开 /selectors.html",
        "✓  第 5 行  点按 保存草稿",
        "✗  第 6 行  点按 没有的：",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    assert!(err.contains("按回车做下一步：点按 保存草稿") && err.contains("停在这里"), "{err}");
    assert_eq!(pages.log(), "click save\n");
    assert_eq!(std::fs::read_dir(path("reports/runs")).unwrap().count(), 1, "the run is kept");
}
