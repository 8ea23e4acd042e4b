//! The whole strand on real Chromium: every planted fault is found, nothing is invented, a closed channel is not silence.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use zoutong::audit::{self, Listener, Order, RunSummary, Selection};
use zoutong::browser::{Act, Browser, BrowserError, Heard, Landing, Picture, Session, Tried};
use zoutong::demo::{self, Expected, Portal};
use zoutong::model::{Device, Event, Finding, Kind, Locator, Snapshot, Speed};
use zoutong::scenario::Variables;
use zoutong::settings::{BrowserChoice, Pictures, Settings};

/// Check, item, channels, element and kind: what makes a planted fault and a finding the same.
type Mark = (String, String, BTreeSet<String>, String, String);

struct Nobody;

impl Listener for Nobody {
    fn heard(&self, _event: &Event) {}
}

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/demo")
}

fn order(portal: &Portal, reports: &Path, selection: Selection) -> Order {
    let password = SecretString::from(demo::TEST_ACCOUNTS[0].password.to_owned());
    let given = Variables::new().with_secret("DEMO_PASSWORD", password);
    let variables =
        portal.addresses().iter().fold(given, |given, (channel, address)| given.with(channel, address));
    Order {
        scenarios: scenarios(),
        selection,
        variables,
        scripts: false,
        people: Arc::new(zoutong::runner::Nobody),
        settings: Settings {
            reports: reports.to_owned(),
            private: None,
            browser: BrowserChoice::Local { driver: None, browser: None, headed: false },
            sessions: 4,
            patience: Duration::from_secs(10),
            pictures: Pictures::default(),
        },
        now: || chrono::Local::now().fixed_offset(),
    }
}

fn real_browser() -> Arc<dyn Browser> {
    audit::browser(&BrowserChoice::Local { driver: None, browser: None, headed: false })
        .expect("this test needs chromium and chromedriver: run `make setup`")
}

async fn walked(settings: &demo::Settings, selection: Selection, browser: Arc<dyn Browser>) -> RunSummary {
    let _alone = crate::ONE_WALK.lock().await;
    let reports = tempfile::tempdir().unwrap();
    let portal = demo::serve(settings.clone()).await.unwrap();
    let (_tell, stop) = tokio::sync::watch::channel(false);
    let order = order(&portal, reports.path(), selection);
    let summary = audit::run(&order, browser, Arc::new(Nobody), stop).await.unwrap();
    assert_eq!(portal.submissions(), 0, "something was submitted");
    assert_nothing_given_away(&summary.folder);
    portal.close().await;
    summary
}

/// The password and the accounts' names are in no file of the run.
fn assert_nothing_given_away(folder: &Path) {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            for account in demo::TEST_ACCOUNTS {
                assert!(!text.contains(account.password), "{} holds a password", path.display());
            }
        }
    }
}

fn expected_mark(expected: &Expected) -> Mark {
    let rule = expected.kind.starts_with("rule:");
    let element = if rule { String::new() } else { expected.element.clone() };
    let channels = expected.channels.iter().cloned().collect();
    (expected.check.clone(), expected.item.clone(), channels, element, expected.kind.clone())
}

fn found_mark(finding: &Finding) -> Mark {
    let channels = finding.channels.iter().map(|channel| channel.0.clone()).collect();
    let (element, kind) = match (&finding.rule, finding.kind) {
        (Some(rule), Kind::Rule) => (String::new(), format!("rule:{rule}")),
        _ => (finding.element.clone(), finding.kind.slug().to_owned()),
    };
    (finding.check.clone(), finding.item.clone(), channels, element, kind)
}

fn found(summary: &RunSummary) -> BTreeMap<Mark, String> {
    summary
        .outcome
        .issues
        .iter()
        .map(|issue| (found_mark(&issue.finding), issue.finding.message.clone()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_planted_fault_is_found_and_nothing_else() {
    let settings = demo::Settings::default();
    let summary = walked(&settings, Selection::default(), real_browser()).await;
    let key: BTreeSet<Mark> = demo::answer_key(&settings).iter().map(expected_mark).collect();
    let found = found(&summary);
    let missed: Vec<_> = key.iter().filter(|mark| !found.contains_key(*mark)).collect();
    let invented: Vec<_> = found.iter().filter(|(mark, _)| !key.contains(*mark)).collect();
    assert!(missed.is_empty() && invented.is_empty(), "missed: {missed:#?}\ninvented: {invented:#?}");
    assert!(key.len() >= 30, "the answer key has only {} entries", key.len());
    let incomplete: Vec<_> = summary.outcome.unseen.iter().filter(|unseen| unseen.incomplete).collect();
    assert!(incomplete.is_empty(), "{incomplete:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clean_portal_has_no_problems() {
    let settings = demo::Settings { clean: true, ..demo::Settings::default() };
    let summary = walked(&settings, Selection::default(), real_browser()).await;
    assert!(summary.outcome.issues.is_empty(), "{:#?}", found(&summary));
    assert_eq!(summary.outcome.visits.0, summary.outcome.visits.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_down_is_one_row_and_nothing_is_missing_on_it() {
    let settings =
        demo::Settings { clean: true, down: BTreeSet::from(["app".to_owned()]), ..demo::Settings::default() };
    let selection = Selection { items: vec!["身份证".to_owned()], ..Selection::default() };
    let summary = walked(&settings, selection, real_browser()).await;
    let incomplete: Vec<_> = summary.outcome.unseen.iter().filter(|unseen| unseen.incomplete).collect();
    assert_eq!(incomplete.len(), 1, "{incomplete:#?}");
    assert_eq!(incomplete[0].channel.as_ref().unwrap().0, "app");
    assert!(summary.outcome.issues.is_empty(), "{:#?}", found(&summary));
}

/// A browser whose sessions panic in the middle of a step.
struct Panicking(Arc<dyn Browser>);
struct PanickingSession(Box<dyn Session>);

#[async_trait::async_trait]
impl Browser for Panicking {
    async fn open(&self, device: &Device, speed: Speed) -> Result<Box<dyn Session>, BrowserError> {
        Ok(Box::new(PanickingSession(self.0.open(device, speed).await?)))
    }

    async fn close(&self) {
        self.0.close().await;
    }
}

#[async_trait::async_trait]
impl Session for PanickingSession {
    async fn goto(&mut self, url: &url::Url) -> Result<Landing, BrowserError> {
        self.0.goto(url).await
    }
    async fn url(&mut self) -> Result<url::Url, BrowserError> {
        self.0.url().await
    }
    async fn act(&mut self, _act: &Act, _patience: Duration) -> Result<Tried, BrowserError> {
        panic!("planted")
    }
    async fn words_of(
        &mut self,
        target: &[Locator],
        patience: Duration,
    ) -> Result<Option<String>, BrowserError> {
        self.0.words_of(target, patience).await
    }
    async fn unfold(&mut self) -> Result<usize, BrowserError> {
        self.0.unfold().await
    }
    async fn listen(&mut self) -> Result<(), BrowserError> {
        self.0.listen().await
    }
    async fn heard(
        &mut self,
        except: &str,
        quiet: Duration,
        patience: Duration,
    ) -> Result<Heard, BrowserError> {
        self.0.heard(except, quiet, patience).await
    }
    async fn snapshot(&mut self) -> Result<Snapshot, BrowserError> {
        self.0.snapshot().await
    }
    async fn screenshot(&mut self) -> Result<Option<Picture>, BrowserError> {
        self.0.screenshot().await
    }
    async fn forget(&mut self) -> Result<(), BrowserError> {
        self.0.forget().await
    }
    async fn close(self: Box<Self>) {
        self.0.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_a_step_ends_that_visit_and_not_the_run() {
    let settings = demo::Settings { clean: true, ..demo::Settings::default() };
    let selection = Selection {
        items: vec!["居民身份证换领".to_owned()],
        scenarios: vec!["guide-consistency".to_owned()],
        channels: vec!["pc".to_owned()],
    };
    let summary = walked(&settings, selection, Arc::new(Panicking(real_browser()))).await;
    let rows: Vec<_> = summary.outcome.unseen.iter().filter(|unseen| unseen.incomplete).collect();
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert!(rows[0].why.contains("程序内部错误"), "{}", rows[0].why);
}

#[tokio::test(flavor = "multi_thread")]
async fn compare_finds_by_addresses_alone_what_the_audit_finds() {
    let _alone = crate::ONE_WALK.lock().await;
    let settings = demo::Settings::default();
    let portal = demo::serve(settings.clone()).await.unwrap();
    let guide_faults: Vec<Expected> =
        demo::answer_key(&settings).into_iter().filter(|entry| entry.check.starts_with("guide.")).collect();
    let item = &guide_faults[0].item;
    let code = portal.items().into_iter().find(|card| &card.name == item).unwrap().code;
    let addresses: Vec<String> = demo::CHANNELS
        .iter()
        .map(|channel| guide_address(channel, &portal.addresses()[*channel], &code))
        .collect();
    let browser = real_browser();
    let compared =
        audit::compare(&browser, &addresses, audit::Measure::default(), chrono::Local::now().fixed_offset())
            .await
            .unwrap();
    browser.close().await;
    portal.close().await;
    let pages: BTreeMap<String, &str> = compared
        .channels
        .iter()
        .zip(demo::CHANNELS)
        .map(|((page, _), channel)| (page.0.clone(), channel))
        .collect();
    let found: BTreeSet<Mark> = compared
        .survey
        .findings
        .iter()
        .map(|finding| {
            let (check, _, channels, element, kind) = found_mark(finding);
            let channels = channels.iter().map(|page| pages[page].to_owned()).collect();
            (check, item.clone(), channels, element, kind)
        })
        .collect();
    let expected: BTreeSet<Mark> =
        guide_faults.iter().filter(|entry| &entry.item == item).map(expected_mark).collect();
    assert_eq!(found, expected);
}

fn guide_address(channel: &str, base: &str, code: &str) -> String {
    match channel {
        "app" => format!("{base}#/guide/{code}"),
        "kiosk" => format!("{base}frame/guide/{code}"),
        _ => format!("{base}guide/{code}"),
    }
}
