//! What presses: looked at before it is done, for what submits is not pressed, with whatever hand.

use std::borrow::Cow;
use std::time::Duration;

use super::perform::{missed, said_first};
use super::stepping::blocked_by_template;
use super::walk::{Walk, WalkError, Went};
use crate::browser::{Act, Tried};
use crate::model::{Locator, ObstacleKind, Press, Target};

impl Walk<'_> {
    /// An act that may press something: what the words of its target submit is refused.
    pub(super) async fn act_guarded(
        &mut self,
        act: &Act,
        what: &str,
        patience: Duration,
    ) -> Result<Went, WalkError> {
        let presses = matches!(
            act,
            Act::Tap(_) | Act::Touch { .. } | Act::Drag { .. } | Act::Slide { .. } | Act::Download(_)
        );
        if !presses {
            return self.act(act, what, patience).await;
        }
        if let Some(target) = act.target()
            && let Some(refused) = self.refused(target, patience).await?
        {
            return Ok(refused);
        }
        let went = self.act(act, what, patience).await?;
        self.stay(went).await
    }

    /// Why pressing this is refused.
    async fn refused(&mut self, target: &[Locator], patience: Duration) -> Result<Option<Went>, WalkError> {
        let words = self.session.words_of(target, patience).await?;
        Ok(words.and_then(|words| self.submits(&words, "按下去")))
    }

    /// Why something with these words is not set off.
    fn submits(&self, words: &str, how: &str) -> Option<Went> {
        let item = self.errand.item.map(|item| item.name.as_str());
        let word = self.tools.guard.submission_word(words, item)?;
        let said = format!("“{words}”含有“{word}”，{how}会提交，已拒绝");
        Some(Went::Blocked(ObstacleKind::WouldSubmit, said))
    }

    /// Keys; the Enter key and the space bar press what has the focus, or the button of its form.
    pub(super) async fn press_keys(&mut self, press: &Press, patience: Duration) -> Result<Went, WalkError> {
        let on = match press.on.as_ref().map_or(Ok(Vec::new()), |on| self.located(on)) {
            Ok(on) => on,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        if matches!(press.key.as_str(), "Enter" | "Space" | " ")
            && let Some(words) = self.taken(&on, "pressed", patience).await?
            && let Some(refused) = words.as_str().and_then(|words| self.submits(words, "按这个键"))
        {
            return Ok(refused);
        }
        let act = if on.is_empty() && press.half.is_none() && press.times == 1 {
            Act::Press(press.key.clone())
        } else {
            Act::Keys { on, key: press.key.clone(), half: press.half, times: press.times }
        };
        let what = act.target().map_or(press.key.clone(), said_first);
        let went = self.act(&act, &what, patience).await?;
        self.stay(went).await
    }

    /// A value of the page; `None` where it could not be taken.
    pub(super) async fn taken(
        &mut self,
        target: &[Locator],
        what: &str,
        patience: Duration,
    ) -> Result<Option<serde_json::Value>, WalkError> {
        let act = Act::Take { target: target.to_vec(), what: what.to_owned() };
        Ok(match self.session.act(&act, patience).await? {
            Tried::Done(acted) => acted.said,
            Tried::Missed(_) => None,
        })
    }

    /// Presses, and keeps the file that comes.
    pub(super) async fn download(
        &mut self,
        tap: &Target,
        name: Option<&str>,
        patience: Duration,
    ) -> Result<Went, WalkError> {
        let target = match self.located(tap) {
            Ok(target) => target,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        if let Some(refused) = self.refused(&target, patience).await? {
            return Ok(refused);
        }
        let what = said_first(&target);
        let acted = match self.session.act(&Act::Download(target), patience).await? {
            Tried::Done(acted) => acted,
            Tried::Missed(miss) => return Ok(missed(&what, &miss, patience)),
        };
        let Some(file) = acted.file else { return Ok(Went::Done(None)) };
        let number = self.next_capture();
        // A list or a receipt may repeat what was typed.
        let bytes = match std::str::from_utf8(&file.bytes) {
            Ok(text) => Cow::Owned(self.masker.text(text).into_bytes()),
            Err(_) => Cow::Borrowed(file.bytes.as_slice()),
        };
        let kept = self.tools.recorder.file(&self.visit.id, number, file.ending, &bytes)?;
        let called = name.map_or(file.name.as_str(), |name| name);
        let said = format!("{called}（{} 字节）→ {kept}", file.bytes.len());
        Ok(Went::Done(Some(super::walk::Matched { said, index: acted.locator })))
    }

    /// Page code that reads as if it sent something off is not run either.
    pub(super) fn refused_code(&self, code: &str) -> Option<Went> {
        const SENDS: [&str; 5] = ["submit(", "requestSubmit", "sendBeacon", "fetch(", "XMLHttpRequest"];
        if !self.tools.scripts {
            let said = "这一步要在网页里运行代码，没有允许；确实要运行时加上 --allow-scripts";
            return Some(Went::Blocked(ObstacleKind::NotPossible, said.to_owned()));
        }
        match SENDS.iter().find(|word| code.contains(**word)) {
            Some(word) => {
                let said = format!("网页代码里有“{word}”，可能会提交，已拒绝运行");
                Some(Went::Blocked(ObstacleKind::WouldSubmit, said))
            }
            None => self.submits(code, "运行"),
        }
    }
}
