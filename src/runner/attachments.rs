//! The files and entries that a guide links: each is asked for once a run, on listed hosts only. What came is judged later.

use futures::StreamExt as _;
use futures::stream;
use url::Url;

use super::guard::Guard;
use super::walk::{Walk, WalkError};
use crate::browser::download::{Caller, Downloads};
use crate::browser::pace::Pace;
use crate::model::{Attachment, Event, Guide, ReadWhat};
use crate::read;

/// Addresses of one guide that are asked for; no item needs more forms.
const MOST: usize = 30;
/// Requests under way at once; the pace still holds for each host.
const AT_ONCE: usize = 4;

/// Who asks for what a guide links, and how politely.
#[derive(Clone, Copy)]
pub struct Fetcher<'a> {
    /// Which hosts may be visited.
    pub guard: &'a Guard,
    /// Politeness per host.
    pub pace: &'a Pace,
    /// What was asked for already.
    pub downloads: &'a Downloads,
    /// The channel's own User-Agent, where it insists on one.
    pub agent: Option<&'a str>,
}

impl Fetcher<'_> {
    /// Asks for the files and entries that a guide links, in the guide's order, each address once.
    pub async fn fetch(self, guide: &Guide) -> Vec<Attachment> {
        let page = Url::parse(&guide.url).ok();
        let mut wanted: Vec<(Url, bool)> = Vec::new();
        for linked in guide.linked() {
            if !wanted.iter().any(|(url, _)| *url == linked.url) {
                wanted.push((linked.url, linked.role.is_file()));
            }
        }
        wanted.truncate(MOST);
        let page = page.as_ref();
        let asking = wanted.into_iter().map(|(url, file)| async move { self.ask(url, file, page).await });
        stream::iter(asking).buffered(AT_ONCE).collect().await
    }

    async fn ask(self, url: Url, file: bool, page: Option<&Url>) -> Attachment {
        let allows = |url: &Url| self.guard.allows(url);
        let caller = Caller { agent: self.agent, page, allows: &allows, pace: self.pace };
        let download = if file {
            self.downloads.file(&url, &caller).await
        } else {
            self.downloads.entry(&url, &caller).await
        };
        Attachment { url: url.into(), download }
    }
}

impl Walk<'_> {
    /// Keeps the page of a `read` step; what a guide links is asked for, too.
    pub(super) async fn read_page(&mut self, what: ReadWhat) -> Result<(), WalkError> {
        let snapshot = self.session.snapshot().await?;
        // Before masking: a masked address leads nowhere.
        let guide = (what == ReadWhat::Guide).then(|| read::guide(&snapshot));
        let number = self.next_capture();
        self.keep_snapshot(what, number, snapshot).await?;
        if let Some(guide) = guide {
            for attachment in self.fetcher().fetch(&guide).await {
                self.note_attachment(attachment)?;
            }
        }
        Ok(())
    }

    fn fetcher(&self) -> Fetcher<'_> {
        let tools = self.tools;
        Fetcher { guard: tools.guard, pace: tools.pace, downloads: tools.downloads, agent: self.agent() }
    }

    fn note_attachment(&mut self, attachment: Attachment) -> Result<(), WalkError> {
        let attachment = Attachment { url: self.masker.text(&attachment.url), ..attachment };
        let event = Event::Asked { visit: self.visit.id.clone(), attachment: attachment.clone() };
        self.tools.recorder.note(&event)?;
        self.visit.attachments.push(attachment);
        Ok(())
    }
}
