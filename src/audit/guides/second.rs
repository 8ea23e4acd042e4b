//! A second look at the guides that a problem names: what a page changes by itself, or had not shown yet, is no problem.

use std::sync::Arc;

use futures::StreamExt;
use futures::stream;
use url::Url;

use super::reader::{Reader, Seen};
use super::trail::{HTTP_IN_FLIGHT, Trail};
use super::{Crawl, judge};
use crate::audit::error::AuditError;
use crate::model::{ChannelId, Event, Speed, Visit};

/// So many pages of one channel are looked at again: a portal that differs everywhere does not change everywhere.
const MOST: usize = 300;

/// How one channel's guides are read.
pub(super) struct Eye {
    pub(super) reader: Arc<Reader>,
    speed: Speed,
}

impl Eye {
    pub(super) fn of(trail: &Trail) -> Self {
        Self { reader: trail.reader.clone(), speed: trail.reading.unwrap_or(Speed::Painted) }
    }

    fn channel(&self) -> &ChannelId {
        &self.reader.channel.id
    }
}

/// Opens every doubtful guide once more and keeps what it shows. A page that does not come is left as it was seen.
pub(super) async fn look_again(crawl: &Arc<Crawl>, eyes: &[Eye]) -> Result<(), AuditError> {
    let visits = tokio::task::block_in_place(|| judge::doubtful(&crawl.notebook.folder))?;
    let looks = eyes.iter().map(|eye| {
        let own = visits.iter().filter(|visit| visit.channel == *eye.channel());
        look_again_at(crawl, eye, own.take(MOST).collect())
    });
    futures::future::try_join_all(looks).await?;
    Ok(())
}

async fn look_again_at(crawl: &Crawl, eye: &Eye, visits: Vec<&Visit>) -> Result<(), AuditError> {
    if visits.is_empty() || eye.reader.door.closed().is_some() {
        return Ok(());
    }
    let said = format!("再看一遍有问题的 {} 个指南，分辨页面自己会变的内容", visits.len());
    crawl.tell(&Event::Remarked { channel: eye.channel().clone(), said })?;
    let at_once = if eye.speed == Speed::Http { HTTP_IN_FLIGHT } else { crawl.sessions };
    let looks = stream::iter(visits.into_iter().filter_map(|visit| Some((visit, address(visit)?))))
        .map(|(visit, url)| async move { (visit, eye.reader.read(&url, eye.speed).await) })
        .buffer_unordered(at_once);
    tokio::pin!(looks);
    while let Some((visit, seen)) = looks.next().await {
        if let Seen::Page(page) = seen? {
            crawl.keep_again(visit, &page)?;
        }
    }
    Ok(())
}

fn address(visit: &Visit) -> Option<Url> {
    Url::parse(&visit.captures.first()?.url).ok()
}
