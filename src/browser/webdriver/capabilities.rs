//! What a new session is asked to be: the device, the speed, the limits, and a quiet, identifiable browser.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use super::wire::{LOAD_LIMIT, SCRIPT_LIMIT};
use crate::model::{Device, Speed};

/// Added to the User-Agent of every channel that does not insist on its own, so that an operator can tell who calls.
pub(super) const SUFFIX: &str = concat!(" zoutong/", env!("CARGO_PKG_VERSION"));

/// The browser that a session is to run in.
pub(super) struct Wanted<'a> {
    pub(super) device: &'a Device,
    pub(super) speed: Speed,
    /// The browser's program; the remote end's own when `None`.
    pub(super) program: Option<&'a Path>,
    /// Chromium's major version where it is known, to write an ordinary User-Agent.
    pub(super) version: Option<u32>,
    pub(super) headed: bool,
}

impl Wanted<'_> {
    /// The User-Agent that pages see, where we can tell: the channel's own, or an ordinary one with our suffix.
    pub(super) fn user_agent(&self) -> Option<String> {
        if let Some(own) = &self.device.user_agent {
            return Some(own.clone());
        }
        let version = self.version?;
        let (system, mobile) =
            if self.device.mobile { ("Linux; Android 10; K", " Mobile") } else { ("X11; Linux x86_64", "") };
        Some(format!(
            "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0{mobile} Safari/537.36{SUFFIX}"
        ))
    }

    pub(super) fn capabilities(&self) -> Capabilities {
        let mut options = json!({ "args": self.arguments(), "mobileEmulation": self.emulation() });
        if let Some(program) = self.program {
            options["binary"] = json!(program);
        }
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".to_owned(), json!("chrome"));
        capabilities.insert("pageLoadStrategy".to_owned(), json!("eager"));
        capabilities.insert("unhandledPromptBehavior".to_owned(), json!("dismiss and notify"));
        let limits = json!({ "script": SCRIPT_LIMIT.as_millis() as u64, "pageLoad": LOAD_LIMIT.as_millis() as u64, "implicit": 0 });
        capabilities.insert("timeouts".to_owned(), limits);
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        capabilities
    }

    fn arguments(&self) -> Vec<String> {
        let mut arguments: Vec<String> = [
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-sync",
            "--disable-quic",
            "--disable-breakpad",
            "--disable-crash-reporter",
            "--lang=zh-CN",
            // The next page of a site is shown in the frame of the last one: a new frame for each costs ten milliseconds.
            "--enable-features=RenderDocument:level/subframe",
        ]
        .map(str::to_owned)
        .to_vec();
        if self.program.is_some() && runs_as_root() {
            arguments.push("--no-sandbox".to_owned());
        }
        if !self.headed && !self.program.is_some_and(is_headless_shell) {
            arguments.push("--headless=new".to_owned());
        }
        if self.headed {
            arguments.push(format!("--window-size={},{}", self.device.width, self.device.height));
        }
        if self.speed == Speed::Light {
            arguments.push("--blink-settings=imagesEnabled=false".to_owned());
            arguments.push("--disable-remote-fonts".to_owned());
        }
        if let (false, Some(agent)) = (self.device.mobile, self.user_agent()) {
            arguments.push(format!("--user-agent={agent}"));
        }
        arguments
    }

    /// Device metrics hold for every window of the session, and give an exact page area even for a desktop.
    fn emulation(&self) -> Value {
        let Device { width, height, pixel_ratio, mobile, touch, .. } = *self.device;
        let metrics = json!({ "width": width, "height": height, "pixelRatio": pixel_ratio, "touch": touch, "mobile": mobile });
        match (mobile, self.user_agent()) {
            (true, Some(agent)) => json!({ "deviceMetrics": metrics, "userAgent": agent }),
            _ => json!({ "deviceMetrics": metrics }),
        }
    }
}

/// Chromium refuses to start as root with its sandbox on. The owner of our own process entry says who we are.
fn runs_as_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0)
}

fn is_headless_shell(program: &Path) -> bool {
    program.file_name().is_some_and(|name| name.to_string_lossy().contains("headless-shell"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_with_its_own_user_agent_keeps_it_untouched() {
        let device =
            Device { user_agent: Some("MicroMessenger".to_owned()), mobile: true, ..Device::default() };
        let wanted = Wanted {
            device: &device,
            speed: Speed::Painted,
            program: None,
            version: Some(156),
            headed: false,
        };
        assert_eq!(wanted.emulation()["userAgent"], "MicroMessenger");
    }

    #[test]
    fn others_say_who_calls() {
        let device = Device::default();
        let wanted = Wanted {
            device: &device,
            speed: Speed::Painted,
            program: None,
            version: Some(156),
            headed: false,
        };
        assert!(wanted.user_agent().unwrap().ends_with(SUFFIX));
    }
}
