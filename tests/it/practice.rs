//! The practice scenario of the demo portal: everything that is hard to operate, on every channel. `ZOUTONG_PRACTICE_TIMES`
//! says how often it is walked.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use zoutong::audit::{self, Listener, Order, Selection};
use zoutong::demo;
use zoutong::model::{Event, StepRecord};
use zoutong::runner;
use zoutong::scenario::Variables;
use zoutong::settings::{BrowserChoice, Pictures, Settings};

/// Keeps every step that failed or was only done when it was tried again.
#[derive(Default)]
struct Shaky(std::sync::Mutex<Vec<String>>);

impl Listener for Shaky {
    fn heard(&self, event: &Event) {
        if let Event::StepEnded { visit, step: StepRecord { tries, failed, said, .. } } = event
            && (*tries > 1 || failed.is_some())
        {
            let failed = failed.as_deref().unwrap_or_default();
            self.0.lock().unwrap().push(format!("{visit}: {said}: {failed}"));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_on_the_practice_page_is_done_at_the_first_try() {
    let times = std::env::var("ZOUTONG_PRACTICE_TIMES").ok().and_then(|times| times.parse().ok());
    let _alone = crate::ONE_WALK.lock().await;
    for _ in 0..times.unwrap_or(1) {
        walk_once().await;
    }
}

async fn walk_once() {
    let reports = tempfile::tempdir().unwrap();
    let portal = demo::serve(demo::Settings::default()).await.unwrap();
    let password = SecretString::from(demo::TEST_ACCOUNTS[0].password.to_owned());
    let given = Variables::new().with_secret("DEMO_PASSWORD", password);
    let variables =
        portal.addresses().iter().fold(given, |given, (channel, address)| given.with(channel, address));
    let browser = BrowserChoice::Local { driver: None, browser: None, headed: false };
    let order = Order {
        scenarios: std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/demo"),
        selection: Selection { scenarios: vec!["practice".to_owned()], ..Selection::default() },
        variables,
        scripts: false,
        people: Arc::new(runner::Nobody),
        settings: Settings {
            reports: reports.path().to_owned(),
            private: None,
            browser: browser.clone(),
            sessions: 2,
            patience: Duration::from_secs(10),
            pictures: Pictures::default(),
        },
        now: || chrono::Local::now().fixed_offset(),
    };
    let (_tell, stop) = tokio::sync::watch::channel(false);
    let shaky = Arc::new(Shaky::default());
    let browser =
        audit::browser(&browser).expect("this test needs chromium and chromedriver: run `make setup`");
    let summary = audit::run(&order, browser, Arc::clone(&shaky) as Arc<dyn Listener>, stop).await.unwrap();
    let shaky = shaky.0.lock().unwrap().clone();
    assert!(shaky.is_empty(), "{}", shaky.join("\n"));
    let stuck: Vec<_> = summary.outcome.unseen.iter().filter(|unseen| unseen.incomplete).collect();
    assert!(stuck.is_empty(), "{stuck:?}");
    assert_eq!(portal.submissions(), 0, "something was submitted");
    let kept = summary.folder.join("evidence");
    let received = std::fs::read_dir(&kept).unwrap().flatten().filter(|visit| {
        let files = std::fs::read_dir(visit.path()).into_iter().flatten().flatten();
        files.into_iter().any(|file| file.file_name().to_string_lossy().ends_with(".received.pdf"))
    });
    assert_eq!(received.count(), 4, "the file of every channel is kept");
    portal.close().await;
}
