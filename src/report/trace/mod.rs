//! 走访回放: one visit as a trace that Playwright's viewer opens (`npx playwright show-trace FILE`): the steps on a time
//! line, the pictures, the pages as they were, what stood in the way. Version 8 of the format, which every viewer of today
//! reads; its shape was read off Playwright's own loader.

mod dom;
mod noise;
#[cfg(test)]
mod tests;

use std::io::{Cursor, Write};

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use self::dom::dom;
use super::error::ReportError;
use super::evidence::Evidence;
use super::picture::PictureKind;
use crate::model::{Capture, Ending, NoiseKind, Run, StepRecord, Visit};

/// The one window of a visit, as the viewer knows it.
const PAGE: &str = "page@1";
/// What the viewer shows of a page that no picture tells the size of.
const SIZE: (u32, u32) = (1280, 900);
/// How many pages and pictures of one visit are shown; a visit has a handful.
const MOST_CAPTURES: usize = 500;

/// The trace of one visit, a zip file.
///
/// # Errors
/// When it cannot be packed.
pub fn trace(run: &Run, visit: &Visit, evidence: &dyn Evidence) -> Result<Vec<u8>, ReportError> {
    let mut trace = Trace {
        lines: vec![header(run, visit)],
        requests: Vec::new(),
        pictures: Vec::new(),
        calls: 0,
        began: visit.started,
    };
    let captures: Vec<&Capture> = visit.captures.iter().take(MOST_CAPTURES).collect();
    for (number, step) in visit.steps.iter().enumerate() {
        let end = step.at_ms + step.took_ms;
        let until = visit.steps.get(number + 1).map_or(u64::MAX, |next| next.at_ms);
        // What was kept during a step, or by the walk when the step was stuck.
        let own = captures.iter().filter(|capture| (step.at_ms..until.max(end + 1)).contains(&capture.at_ms));
        let last = number + 1 == visit.steps.len();
        trace.step(step, &own.copied().collect::<Vec<_>>(), evidence, error(visit, step, last));
    }
    if visit.steps.is_empty() {
        let whole = StepRecord { said: "打开页面".to_owned(), took_ms: 1, ..StepRecord::default() };
        trace.step(&whole, &captures, evidence, error(visit, &whole, true));
    }
    trace.pack()
}

fn header(run: &Run, visit: &Visit) -> Value {
    let item = visit.item.as_ref().map(|item| item.name.as_str());
    let scenario = run.scenarios.get(&visit.scenario).map_or(visit.scenario.as_str(), String::as_str);
    let title: Vec<&str> =
        [Some(scenario), Some(run.channel_name(&visit.channel)), item].into_iter().flatten().collect();
    json!({
        "version": 8, "type": "context-options", "origin": "library", "browserName": "chromium", "platform": "linux",
        "wallTime": visit.started.timestamp_millis(), "monotonicTime": 0, "title": title.join(" · "),
        "options": { "viewport": { "width": SIZE.0, "height": SIZE.1 } },
    })
}

/// What was in the way of a step: its own word, or, of a visit whose journal is older than that, the visit's at its end.
fn error<'a>(visit: &'a Visit, step: &'a StepRecord, last: bool) -> Option<&'a str> {
    match &visit.ending {
        Ending::Blocked(obstacle) if last && step.failed.is_none() => Some(&obstacle.said),
        _ => step.failed.as_deref(),
    }
}

/// A trace in the making.
struct Trace {
    lines: Vec<Value>,
    /// Lines of `trace.network`.
    requests: Vec<Value>,
    /// Names below `resources/`, and bytes.
    pictures: Vec<(String, Vec<u8>)>,
    calls: usize,
    /// When the visit began.
    began: DateTime<FixedOffset>,
}

impl Trace {
    fn step(
        &mut self,
        step: &StepRecord,
        captures: &[&Capture],
        evidence: &dyn Evidence,
        error: Option<&str>,
    ) {
        self.calls += 1;
        let call = format!("call@{}", self.calls);
        let end = step.at_ms + step.took_ms.max(1);
        let shown = self.lines.len();
        let mut said = step.said.clone();
        if step.skipped {
            said.push_str("（跳过）");
        }
        self.lines.push(json!({
            "type": "before", "callId": call, "stepId": call, "startTime": step.at_ms, "class": "Page", "method": "step",
            "title": said, "params": params(step), "pageId": PAGE,
        }));
        for noise in &step.noise {
            match noise.kind {
                NoiseKind::FailedRequest => self.requests.push(noise::request(noise, end, self.began)),
                _ => self.lines.push(noise::console(noise, end)),
            }
        }
        let (mut snapshot, mut attached) = (None, Vec::new());
        let picture = step.picture.as_deref().and_then(|name| evidence.picture(name));
        attached.extend(picture.and_then(|bytes| self.picture(bytes, end)));
        for capture in captures {
            let picture = evidence.screenshot(capture);
            attached.extend(picture.and_then(|bytes| self.picture(bytes, capture.at_ms)));
            if let Some(name) = self.page(capture, &call, evidence) {
                snapshot = Some(name);
            }
        }
        if let (Some(name), Some(Value::Object(before))) = (&snapshot, self.lines.get_mut(shown)) {
            before.insert("beforeSnapshot".to_owned(), json!(name));
        }
        let mut after = json!({ "type": "after", "callId": call, "endTime": end, "attachments": attached });
        if let Value::Object(after) = &mut after {
            after.extend(snapshot.map(|name| ("afterSnapshot".to_owned(), json!(name))));
            after.extend(
                error.map(|said| ("error".to_owned(), json!({ "name": "未能继续", "message": said }))),
            );
        }
        self.lines.push(after);
    }

    /// Adds a picture to the film; gives it as an attachment.
    fn picture(&mut self, bytes: Vec<u8>, at_ms: u64) -> Option<Value> {
        let kind = PictureKind::of(&bytes)?;
        let ending = if kind.media == "image/png" { "png" } else { "jpeg" };
        let name = format!("{PAGE}-{:04}.{ending}", self.pictures.len() + 1);
        self.lines.push(json!({
            "type": "screencast-frame", "pageId": PAGE, "sha1": name, "width": kind.width, "height": kind.height,
            "timestamp": at_ms,
        }));
        self.pictures.push((name.clone(), bytes));
        Some(json!({ "name": "截图", "contentType": kind.media, "sha1": name }))
    }

    /// Adds a capture's page; gives the name by which a step shows it.
    fn page(&mut self, capture: &Capture, call: &str, evidence: &dyn Evidence) -> Option<String> {
        let page = evidence.snapshot(capture)?;
        let name = format!("after@{call}@{}", self.lines.len());
        self.lines.push(json!({
            "type": "frame-snapshot",
            "snapshot": {
                "callId": call, "snapshotName": name, "pageId": PAGE, "frameId": "frame@1", "frameUrl": capture.url,
                "doctype": "html", "html": dom(&page), "viewport": { "width": SIZE.0, "height": SIZE.1 },
                "timestamp": capture.at_ms, "collectionTime": 0, "resourceOverrides": [], "isMainFrame": true,
            },
        }));
        Some(name)
    }

    fn pack(self) -> Result<Vec<u8>, ReportError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut put = |name: &str, bytes: &[u8]| -> Result<(), zip::result::ZipError> {
            zip.start_file(name, stored)?;
            Ok(zip.write_all(bytes)?)
        };
        let text =
            |lines: &[Value]| lines.iter().fold(String::new(), |text, line| text + &line.to_string() + "\n");
        put("trace.trace", text(&self.lines).as_bytes()).map_err(ReportError::Trace)?;
        put("trace.network", text(&self.requests).as_bytes()).map_err(ReportError::Trace)?;
        for (name, bytes) in &self.pictures {
            put(&format!("resources/{name}"), bytes).map_err(ReportError::Trace)?;
        }
        Ok(zip.finish().map_err(ReportError::Trace)?.into_inner())
    }
}

fn params(step: &StepRecord) -> Value {
    let mut params = serde_json::Map::new();
    if step.line > 0 {
        params.insert("场景文件第几行".to_owned(), json!(step.line));
    }
    if let Some(locator) = &step.locator {
        params.insert("找到它的方法".to_owned(), json!(locator));
    }
    Value::Object(params)
}
