//! What is known of the browser's targets from its events, and what each new one must be told. Pure: events in, commands out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::message::Command;
use super::{eye, fence, noise};
use crate::browser::port::RequestGuard;
use crate::model::{Noise, NoiseKind, Noticed};

/// What every new target is to be told.
#[derive(Debug, Clone, Default)]
pub(in crate::browser) struct Rules {
    /// Runs in every document before its own scripts.
    pub(in crate::browser) preload: String,
}

/// How far a window is with its document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// It has been parsed to its end.
    #[default]
    There,
    /// It is still being parsed.
    Coming,
    /// The window is on its way to another one.
    Leaving,
}

/// A window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Its DevTools session.
    pub(super) session: String,
    /// How many windows had been opened before it.
    pub(super) number: u64,
    /// The document that is shown.
    pub(super) loader: String,
    /// How many documents have been shown.
    pub(super) loads: u64,
    /// How far it is with it.
    pub(super) stage: Stage,
    /// Whether a dialogue box is open: until it is closed, no script of the page runs.
    pub(super) dialog: bool,
    /// Whether its process has crashed.
    pub(super) crashed: bool,
}

/// Everything that is known.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    rules: Rules,
    /// Windows by their target, which is their WebDriver handle as well.
    pub(super) pages: BTreeMap<String, Page>,
    /// How many windows have been opened.
    opened: u64,
    /// Every target's session: windows, frames of other sites, workers.
    sessions: BTreeSet<String>,
    /// Who says which requests may leave.
    guard: Option<Arc<dyn RequestGuard>>,
    /// Whether console lines and failed requests are noted.
    listening: bool,
    /// Which addresses were asked for lately, while listening.
    requests: noise::Requests,
    /// What was told and not yet fetched.
    told: Vec<Noise>,
    /// The script that watches what a person does.
    watching: Option<String>,
    /// What was noticed and not yet fetched.
    noticed: Vec<Noticed>,
    /// The window that each session's documents stand in.
    owners: BTreeMap<String, String>,
    /// Sessions that ended since the line last looked.
    pub(super) gone: Vec<String>,
    /// Whether the line is down.
    pub(super) broken: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attached {
    session_id: String,
    target_info: TargetInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TargetInfo {
    target_id: String,
    r#type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detached {
    session_id: String,
}

#[derive(Deserialize)]
struct Navigated {
    frame: Frame,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame {
    loader_id: String,
    parent_id: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InFrame {
    frame_id: String,
    disposition: Option<String>,
    url: Option<String>,
    /// Seconds until a scheduled navigation.
    delay: Option<f64>,
}

impl InFrame {
    /// Whether it leads to a page; a telephone number opens none.
    fn is_page(&self) -> bool {
        self.url.as_ref().is_none_or(|url| url.starts_with("http"))
    }
}

/// Most lines of noise between two calls; a page in a loop of errors says the same thing over and over.
const MOST_NOISE: usize = 200;
/// Most notes of what a person does between two calls.
const MOST_NOTICED: usize = 2000;
/// A page that goes on by itself later than this is not waited for.
const SOON: f64 = 1.0;

impl Ledger {
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Takes note of an event; gives what has to be said in return. Events that are not understood are nothing.
    pub(super) fn note(&mut self, method: &str, params: &str, session: Option<&str>) -> Vec<Command> {
        match method {
            "Target.attachedToTarget" => {
                return read(params).map_or_else(Vec::new, |it| self.attached(it, session));
            }
            "Target.detachedFromTarget" => {
                if let Some(Detached { session_id }) = read(params) {
                    self.sessions.remove(&session_id);
                    self.owners.remove(&session_id);
                    self.pages.retain(|_, page| page.session != session_id);
                    self.gone.push(session_id);
                }
            }
            "Fetch.requestPaused" => {
                return session.map_or_else(Vec::new, |session| self.paused(params, session));
            }
            _ => {
                if let Some(session) = session {
                    self.happened(method, params, session);
                    self.notice(method, params, session);
                    if self.listening {
                        let told = noise::heard(method, params, &mut self.requests);
                        self.tell(told);
                    }
                }
            }
        }
        Vec::new()
    }

    /// Asks this guard from now on; gives what the targets must be told.
    pub(super) fn obey(&mut self, guard: Arc<dyn RequestGuard>) -> Vec<Command> {
        let fenced = self.guard.replace(guard).is_some();
        if fenced { Vec::new() } else { self.sessions.iter().map(|session| fence_in(session)).collect() }
    }

    /// Notes console lines and failed requests from now on; gives what the targets must be told.
    pub(super) fn listen(&mut self) -> Vec<Command> {
        if std::mem::replace(&mut self.listening, true) {
            return Vec::new();
        }
        self.sessions.iter().flat_map(|session| noise::commands(session)).collect()
    }

    /// Watches what a person does from now on; gives what the targets must be told.
    pub(super) fn watch(&mut self, script: String) -> Vec<Command> {
        let said = self.sessions.iter().flat_map(|session| eye::commands(session, &script)).collect();
        self.watching = Some(script);
        said
    }

    /// What was noticed since the last call; `None` when no window is left.
    pub(super) fn noticed(&mut self) -> Option<Vec<Noticed>> {
        let noticed = std::mem::take(&mut self.noticed);
        (!noticed.is_empty() || !self.pages.is_empty()).then_some(noticed)
    }

    fn notice(&mut self, method: &str, params: &str, session: &str) {
        if self.watching.is_some()
            && self.noticed.len() < MOST_NOTICED
            && let Some(noticed) = eye::seen(method, params)
        {
            let window = self.owners.get(session).cloned().unwrap_or_default();
            self.noticed.push(Noticed { window, ..noticed });
        }
    }

    /// What was told since the last call.
    pub(super) fn told(&mut self) -> Vec<Noise> {
        std::mem::take(&mut self.told)
    }

    fn tell(&mut self, noise: Option<Noise>) {
        let Some(noise) = noise else { return };
        // What was held back always has its place.
        let held = matches!(noise.kind, NoiseKind::HeldSubmission | NoiseKind::HeldHost);
        if (held || self.told.len() < MOST_NOISE) && self.told.len() < 2 * MOST_NOISE {
            self.told.push(noise);
        }
    }

    fn paused(&mut self, params: &str, session: &str) -> Vec<Command> {
        let window = self.pages.iter().find(|(_, page)| page.session == session);
        let sender = fence::Sender {
            session,
            window: window.map(|(target, _)| target.as_str()),
            fresh: window.is_some_and(|(_, page)| page.loads == 0),
        };
        let (command, noise) = fence::decide(params, &sender, self.guard.as_deref());
        self.tell(noise);
        command.into_iter().collect()
    }

    fn attached(
        &mut self,
        Attached { session_id, target_info }: Attached,
        parent: Option<&str>,
    ) -> Vec<Command> {
        let to = |method, params: Value| Command::to(&session_id, method, params);
        let mut said = Vec::new();
        let window = target_info.r#type == "page";
        if window {
            said.push(to("Page.enable", json!({})));
        }
        if window || target_info.r#type == "iframe" {
            let preload = json!({ "source": self.rules.preload, "runImmediately": true });
            said.push(to("Page.addScriptToEvaluateOnNewDocument", preload));
            said.push(to("Target.setAutoAttach", auto_attach()));
        }
        if self.guard.is_some() {
            said.push(fence_in(&session_id));
        }
        if self.listening {
            said.extend(noise::commands(&session_id));
        }
        if let Some(script) = &self.watching {
            said.extend(eye::commands(&session_id, script));
        }
        said.push(to("Runtime.runIfWaitingForDebugger", json!({})));
        self.sessions.insert(session_id.clone());
        let owner = if window {
            Some(target_info.target_id.clone())
        } else {
            parent.and_then(|parent| self.owners.get(parent)).cloned()
        };
        self.owners.extend(owner.map(|owner| (session_id.clone(), owner)));
        if window {
            let page = Page { session: session_id, number: self.opened, ..Page::default() };
            self.opened += 1;
            self.pages.insert(target_info.target_id, page);
        }
        said
    }

    fn happened(&mut self, method: &str, params: &str, session: &str) {
        let Some((target, page)) = self.pages.iter_mut().find(|(_, page)| page.session == session) else {
            return;
        };
        let here = || read::<InFrame>(params).filter(|it| it.frame_id == *target);
        match method {
            "Page.frameNavigated" => {
                if let Some(Navigated { frame: Frame { loader_id, parent_id: None } }) = read(params) {
                    page.loader = loader_id;
                    page.loads += 1;
                    page.stage = Stage::Coming;
                }
            }
            "Page.domContentEventFired" if page.stage == Stage::Coming => page.stage = Stage::There,
            "Page.frameRequestedNavigation"
                if here()
                    .is_some_and(|it| it.disposition.as_deref() == Some("currentTab") && it.is_page()) =>
            {
                page.stage = Stage::Leaving;
            }
            "Page.frameScheduledNavigation"
                if here().is_some_and(|it| it.delay.is_none_or(|delay| delay < SOON)) =>
            {
                page.stage = Stage::Leaving;
            }
            "Page.frameClearedScheduledNavigation" | "Page.frameStoppedLoading" if here().is_some() => {
                page.stage = Stage::There;
            }
            "Page.javascriptDialogOpening" => page.dialog = true,
            "Page.javascriptDialogClosed" => page.dialog = false,
            "Inspector.targetCrashed" => {
                page.crashed = true;
                self.gone.push(page.session.clone());
            }
            _ => {}
        }
    }
}

fn fence_in(session: &str) -> Command {
    Command::to(session, "Fetch.enable", fence::patterns())
}

/// Every target of a target is attached to as well, and waits until it has been told what it must know.
pub(super) fn auto_attach() -> Value {
    json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true })
}

pub(super) fn read<T: for<'de> Deserialize<'de>>(params: &str) -> Option<T> {
    serde_json::from_str(params).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Ledger {
        let mut ledger = Ledger::new(Rules { preload: "1".to_owned() });
        let said = ledger.note(
            "Target.attachedToTarget",
            r#"{"sessionId":"S","targetInfo":{"targetId":"T","type":"page"},"waitingForDebugger":true}"#,
            None,
        );
        let methods: Vec<_> = said.iter().map(|command| command.method).collect();
        assert_eq!(
            methods,
            [
                "Page.enable",
                "Page.addScriptToEvaluateOnNewDocument",
                "Target.setAutoAttach",
                "Runtime.runIfWaitingForDebugger"
            ]
        );
        ledger
    }

    #[test]
    fn a_new_document_is_not_parsed_until_it_says_so() {
        let mut ledger = ledger();
        let navigated = r#"{"frame":{"id":"T","loaderId":"L","url":"http://a/"}}"#;
        ledger.note("Page.frameNavigated", navigated, Some("S"));
        assert_eq!(ledger.pages["T"].loader, "L");
        assert_eq!(ledger.pages["T"].stage, Stage::Coming);
        ledger.note("Page.domContentEventFired", "{}", Some("S"));
        assert_eq!(ledger.pages["T"].stage, Stage::There);
    }

    #[test]
    fn a_frames_document_is_not_the_pages() {
        let mut ledger = ledger();
        let navigated = r#"{"frame":{"id":"F","parentId":"T","loaderId":"L","url":"http://a/"}}"#;
        ledger.note("Page.frameNavigated", navigated, Some("S"));
        assert_eq!(ledger.pages["T"].loads, 0);
    }

    #[test]
    fn a_window_that_goes_takes_its_session_with_it() {
        let mut ledger = ledger();
        ledger.note("Target.detachedFromTarget", r#"{"sessionId":"S","targetId":"T"}"#, None);
        assert!(ledger.pages.is_empty());
        assert_eq!(ledger.gone, ["S"]);
    }

    #[test]
    fn what_is_not_understood_is_nothing() {
        let mut ledger = ledger();
        assert!(ledger.note("Page.frameNavigated", "{]", Some("S")).is_empty());
        assert!(ledger.note("Strange.thing", "null", Some("nobody")).is_empty());
    }
}
