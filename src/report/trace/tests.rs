//! The shape of a trace, line by line.

use std::io::Read as _;

use chrono::DateTime;
use zip::ZipArchive;

use super::*;
use crate::model::{ChannelId, Noise, Obstacle, ObstacleKind, RunId, Snapshot, VisitId};

/// One picture, and nothing else.
struct Album;

impl Evidence for Album {
    fn capture(&self, _id: &str) -> Option<Capture> {
        None
    }

    fn screenshot(&self, _capture: &Capture) -> Option<Vec<u8>> {
        None
    }

    fn snapshot(&self, _capture: &Capture) -> Option<Snapshot> {
        None
    }

    fn picture(&self, name: &str) -> Option<Vec<u8>> {
        let size = [1_u32.to_be_bytes(), 2_u32.to_be_bytes()].concat();
        let head = [b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".as_slice(), &size, &[8, 6, 0, 0, 0, 0, 0, 0, 0]];
        (name == "login.pc/3.png").then(|| head.concat())
    }
}

fn noise(kind: NoiseKind, said: &str, url: &str, status: Option<u16>) -> Noise {
    Noise { kind, said: said.to_owned(), url: Some(url.to_owned()), status }
}

fn visit() -> Visit {
    let step = StepRecord {
        said: "点按 登录".to_owned(),
        at_ms: 100,
        took_ms: 50,
        picture: Some("login.pc/3.png".to_owned()),
        noise: vec![
            noise(NoiseKind::Console, "坏了 3", "http://a.cn/x.js", None),
            noise(NoiseKind::FailedRequest, "返回错误状态 404", "http://a.cn/x", Some(404)),
            noise(NoiseKind::FailedRequest, "请求失败：net::ERR_FAILED（Fetch）", "http://a.cn/y", None),
        ],
        ..StepRecord::default()
    };
    Visit {
        steps: vec![step],
        ..Visit::begun(
            VisitId("login.pc".to_owned()),
            "login".to_owned(),
            ChannelId("pc".to_owned()),
            DateTime::parse_from_rfc3339("2026-11-25T08:00:00+08:00").unwrap(),
        )
    }
}

/// The lines of one file of the trace, and the names of all files.
fn lines(name: &str) -> (Vec<Value>, Vec<String>) {
    lines_of(&visit(), name)
}

fn lines_of(visit: &Visit, name: &str) -> (Vec<Value>, Vec<String>) {
    let run = Run {
        id: RunId("1".to_owned()),
        portal: String::new(),
        started: visit.started,
        ended: None,
        version: String::new(),
        channels: Vec::new(),
        items: Vec::new(),
        scenarios: std::collections::BTreeMap::new(),
        files: std::collections::BTreeMap::new(),
        portal_file: None,
    };
    let mut zip = ZipArchive::new(Cursor::new(trace(&run, visit, &Album).unwrap())).unwrap();
    let names = zip.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), names)
}

#[test]
fn what_the_browser_told_is_on_the_console() {
    let (lines, _) = lines("trace.trace");
    let told: Vec<&Value> = lines.iter().filter(|line| line["type"] == "console").collect();
    let expected = json!({
        "type": "console", "time": 150, "pageId": "page@1", "messageType": "error", "text": "坏了 3",
        "location": { "url": "http://a.cn/x.js", "lineNumber": 0, "columnNumber": 0 },
    });
    assert_eq!(told, [&expected]);
}

#[test]
fn failed_requests_are_on_the_network() {
    let (lines, _) = lines("trace.network");
    assert!(lines.iter().all(|line| line["type"] == "resource-snapshot"));
    let seen: Vec<(&Value, &Value, &Value)> = lines
        .iter()
        .map(|line| &line["snapshot"])
        .map(|entry| (&entry["request"]["url"], &entry["response"]["status"], &entry["startedDateTime"]))
        .collect();
    let at = json!("2026-11-25T08:00:00.150+08:00");
    assert_eq!(
        seen,
        [(&json!("http://a.cn/x"), &json!(404), &at), (&json!("http://a.cn/y"), &json!(-1), &at)]
    );
    assert_eq!(lines[1]["snapshot"]["response"]["_failureText"], "请求失败：net::ERR_FAILED（Fetch）");
}

#[test]
fn the_picture_of_a_step_is_in_the_film() {
    let (lines, names) = lines("trace.trace");
    let frame = lines.iter().find(|line| line["type"] == "screencast-frame").unwrap();
    assert_eq!((&frame["timestamp"], &frame["width"], &frame["height"]), (&json!(150), &json!(1), &json!(2)));
    assert!(names.contains(&format!("resources/{}", frame["sha1"].as_str().unwrap())));
}

#[test]
fn a_step_that_was_stuck_says_why_even_inside_a_scenario_that_another_one_called() {
    let mut stuck = visit();
    stuck.steps[0].failed = Some("没有找到“登录”".to_owned());
    // The obstacle names the line of the step that called.
    let said = "登录：没有找到“登录”".to_owned();
    stuck.ending =
        Ending::Blocked(Obstacle { kind: ObstacleKind::NotFound, said, line: Some(99), capture: None });
    let (lines, _) = lines_of(&stuck, "trace.trace");
    let after = lines.iter().find(|line| line["type"] == "after").unwrap();
    assert_eq!(after["error"]["message"], "没有找到“登录”");
}
