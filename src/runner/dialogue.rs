//! Asking the chatbot: type, send, listen, and see whether the links in the answer lead anywhere.

use std::time::{Duration, Instant};

use super::stepping::blocked_by_template;
use super::walk::{Walk, WalkError, Went, millis};
use crate::browser::Heard;
use crate::model::{Event, Link, LinkProbe, ReadWhat, Turn};
use crate::scenario::{QUESTION_WORD, SEND_WORD};

/// An answer is complete when nothing new came for so long.
const QUIET: Duration = Duration::from_millis(250);
/// Links of one answer that are asked for; an answer with more is a list, not an answer.
const LINKS_PROBED: usize = 5;

/// The dialogue under way; one picture at its end shows all of it.
#[derive(Debug, Default)]
pub(super) struct Dialogue {
    /// Number of the capture that will show it, reserved when the first question is asked.
    capture: Option<usize>,
}

impl Walk<'_> {
    /// Asks one question and keeps what came back.
    pub(super) async fn ask(&mut self, question: &str, patience: Duration) -> Result<Went, WalkError> {
        let question = match self.rendered(question) {
            Ok(question) => question,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        if let blocked @ Went::Blocked(..) =
            self.enter(self.field(QUESTION_WORD), question.clone(), patience).await?
        {
            return Ok(blocked);
        }
        self.session.listen().await?;
        let sent = Instant::now();
        if let blocked @ Went::Blocked(..) = self.send(SEND_WORD, patience).await? {
            return Ok(blocked);
        }
        let heard = self.session.heard(&question, QUIET, patience).await?;
        let number = match self.dialogue.capture {
            Some(number) => number,
            None => self.next_capture(),
        };
        self.dialogue.capture = Some(number);
        let turn = self.turn(question, heard, sent, number).await;
        self.tools.recorder.note(&Event::Answered { visit: self.visit.id.clone(), turn: turn.clone() })?;
        self.visit.dialogue.push(turn);
        Ok(Went::Done(None))
    }

    async fn turn(&mut self, question: String, heard: Heard, sent: Instant, number: usize) -> Turn {
        let answered = !heard.text.trim().is_empty();
        let latency = heard.first_after.unwrap_or_else(|| sent.elapsed());
        let mut links = Vec::with_capacity(heard.links.len());
        for (index, link) in heard.links.into_iter().enumerate() {
            let probe = if index < LINKS_PROBED { self.probe(&link.url).await } else { LinkProbe::NotAsked };
            links.push(Link { text: self.masker.text(&link.text), url: self.masker.text(&link.url), probe });
        }
        Turn {
            question: self.masker.text(&question),
            answer: self.masker.text(heard.text.trim()),
            links,
            latency_ms: answered.then(|| millis(latency)),
            capture: Some(self.capture_id(number)),
        }
    }

    async fn probe(&mut self, address: &str) -> LinkProbe {
        match url::Url::parse(address) {
            Ok(url) if self.tools.guard.allows(&url) => {
                self.tools.pace.wait(url.host_str().unwrap_or_default()).await;
                self.tools.http.probe(&url, self.agent()).await
            }
            _ => LinkProbe::NotAsked,
        }
    }

    /// Takes the picture that shows the dialogue, before the walk turns to something else.
    pub(super) async fn close_dialogue(&mut self) -> Result<(), WalkError> {
        if let Some(number) = self.dialogue.capture.take() {
            self.keep_page_as(ReadWhat::Evidence, number).await?;
        }
        Ok(())
    }
}
