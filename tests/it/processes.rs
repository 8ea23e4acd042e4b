//! However the program is ended, no browser stays behind and the journal can be read.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use zoutong::store::{RunFolder, find_run};

const BINARY: &str = env!("CARGO_BIN_EXE_zoutong");
/// A mark in the environment that every process started by one test inherits.
const MARK: &str = "ZOUTONG_TEST_MARK";

/// A walk of the demo portal, begun and under way.
fn demo_under_way(reports: &Path, mark: &str) -> Child {
    let child = Command::new(BINARY)
        .args(["demo", "--reports"])
        .arg(reports)
        .env(MARK, mark)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while !journal_has_steps(reports) {
        assert!(began.elapsed() < Duration::from_mins(1), "the walk did not begin");
        std::thread::sleep(Duration::from_millis(100));
    }
    child
}

fn journal_has_steps(reports: &Path) -> bool {
    let Ok(folder) = find_run(reports, "最近") else { return false };
    std::fs::read_to_string(folder.join("journal.jsonl")).is_ok_and(|journal| journal.contains("step-ended"))
}

/// Processes that carry the mark, apart from `own`.
fn marked(mark: &str, own: u32) -> Vec<u32> {
    let wanted = format!("{MARK}={mark}");
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| *pid != own)
        .filter(|pid| {
            let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|pair| pair == wanted.as_bytes())
        })
        .filter(|pid| !is_dead(*pid))
        .collect()
}

fn is_dead(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_none_or(|(_, rest)| rest.trim_start().starts_with('Z'))
}

fn assert_nothing_left(mark: &str, own: u32) {
    let began = Instant::now();
    loop {
        let left = marked(mark, own);
        if left.is_empty() {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "still running: {left:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn assert_journal_is_readable(reports: &Path) {
    let folder = RunFolder::open(&find_run(reports, "最近").unwrap()).unwrap();
    assert!(!folder.journal().unwrap().visits().is_empty());
}

fn ended_by(signal: Signal, code: Option<i32>) {
    let _alone = crate::ONE_WALK.blocking_lock();
    let reports = tempfile::tempdir().unwrap();
    let mark = format!("{signal}-{}", std::process::id());
    let mut child = demo_under_way(reports.path(), &mark);
    assert!(!marked(&mark, child.id()).is_empty(), "no browser was running");
    kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), code);
    assert_nothing_left(&mark, child.id());
    assert_journal_is_readable(reports.path());
}

#[test]
fn an_interrupted_walk_closes_its_browser_and_says_so() {
    ended_by(Signal::SIGINT, Some(130));
}

#[test]
fn a_terminated_walk_closes_its_browser_and_says_so() {
    ended_by(Signal::SIGTERM, Some(130));
}

#[test]
fn a_killed_walk_leaves_no_browser_either() {
    ended_by(Signal::SIGKILL, None);
}

#[test]
fn a_driver_that_dies_is_started_again_and_nothing_is_left() {
    let _alone = crate::ONE_WALK.blocking_lock();
    let reports = tempfile::tempdir().unwrap();
    let mark = format!("driver-{}", std::process::id());
    let mut child = demo_under_way(reports.path(), &mark);
    let drivers: Vec<u32> = marked(&mark, child.id()).into_iter().filter(|pid| is_driver(*pid)).collect();
    assert!(!drivers.is_empty(), "no chromedriver was running");
    for pid in drivers {
        kill(Pid::from_raw(pid.cast_signed()), Signal::SIGKILL).unwrap();
    }
    std::thread::sleep(Duration::from_secs(3));
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGTERM).unwrap();
    child.wait().unwrap();
    assert_nothing_left(&mark, child.id());
    assert_journal_is_readable(reports.path());
}

fn is_driver(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.trim() == "chromedriver")
}
