//! Frames, of whatever origin: the driver goes into them, scripts run inside, and points are found again in the window.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::acts::{Mode, done, missed};
use super::fault::Fault;
use super::script::Looked;
use super::session::WebDriverSession;
use crate::browser::act::{Acted, FrameAt, MissedWhy, Tried};
use crate::browser::port::BrowserError;

/// Where the inside of a frame begins in the document around it; brings it into view.
const BEGINS: &str = "const frame = arguments[0]; let box = frame.getBoundingClientRect(); \
    if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) { \
        frame.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' }); box = frame.getBoundingClientRect(); } \
    const style = getComputedStyle(frame); \
    return [box.left + frame.clientLeft + parseFloat(style.paddingLeft || 0), box.top + frame.clientTop + parseFloat(style.paddingTop || 0)];";
/// The child frame with a number, as the driver refers to it.
const CHILD: &str = "return [...document.querySelectorAll('iframe,frame')][arguments[0]] ?? null;";

impl WebDriverSession {
    /// Into a frame; scripts and the points that they find are the frame's own from then on.
    pub(super) async fn go_to_frame(
        &mut self,
        frame: &FrameAt,
        patience: Duration,
    ) -> Result<Tried, BrowserError> {
        match frame {
            FrameAt::Top => self.leave_frames().await,
            FrameAt::Parent => {
                self.frames.pop();
                self.enter_again().await?;
                Ok(Tried::Done(Acted::default()))
            }
            FrameAt::Path(path) => self.enter_path(path, patience).await,
            FrameAt::Element(target) => {
                let found = match self.look(target, Mode::There, patience).await? {
                    Looked::Found(found) => found,
                    Looked::Missed(miss) => return Ok(miss.into()),
                };
                let element = found.element.clone().unwrap_or_default();
                Ok(if self.enter(element).await? { done(found.locator) } else { missed(MissedWhy::NotFound) })
            }
        }
    }

    /// Out of all frames.
    async fn leave_frames(&mut self) -> Result<Tried, BrowserError> {
        self.frames.clear();
        self.switch_frame(Value::Null).await?;
        Ok(Tried::Done(Acted::default()))
    }

    /// By child numbers from the page down, until all of them are there.
    async fn enter_path(&mut self, path: &[usize], patience: Duration) -> Result<Tried, BrowserError> {
        let until = Instant::now() + patience;
        loop {
            self.leave_frames().await?;
            let mut entered = true;
            for index in path {
                let child = self.asked_here(CHILD, json!(index)).await?;
                entered = entered && self.enter(child).await?;
            }
            if entered {
                return Ok(Tried::Done(Acted::default()));
            }
            if Instant::now() >= until {
                self.leave_frames().await?;
                return Ok(missed(MissedWhy::NotFound));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn enter(&mut self, element: Value) -> Result<bool, BrowserError> {
        if element.is_null() || !self.switch_frame(element.clone()).await? {
            return Ok(false);
        }
        self.frames.push(element);
        Ok(true)
    }

    /// Where the frame in use begins in the window: pointers are moved in the window, whatever frame is in use.
    pub(super) async fn frame_offset(&mut self) -> Result<(f64, f64), BrowserError> {
        if self.frames.is_empty() {
            return Ok((0.0, 0.0));
        }
        self.enter_again().await
    }

    /// From the page down into the frames that were entered; gives where the last one begins.
    async fn enter_again(&mut self) -> Result<(f64, f64), BrowserError> {
        self.switch_frame(Value::Null).await?;
        let (mut across, mut down) = (0.0, 0.0);
        for element in self.frames.clone() {
            let begins = self.asked_here(BEGINS, element.clone()).await?;
            across += begins[0].as_f64().unwrap_or_default();
            down += begins[1].as_f64().unwrap_or_default();
            self.switch_frame(element).await?;
        }
        Ok((across, down))
    }

    async fn asked_here(&mut self, script: &str, argument: Value) -> Result<Value, BrowserError> {
        match self.wire.post("execute/sync", json!({ "script": script, "args": [argument] })).await {
            Ok(answer) => Ok(answer),
            Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
            Err(_) => Ok(Value::Null),
        }
    }

    async fn switch_frame(&mut self, id: Value) -> Result<bool, BrowserError> {
        match self.wire.post("frame", json!({ "id": id })).await {
            Ok(_) => Ok(true),
            Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
            Err(_) => Ok(false),
        }
    }
}
