//! Items that no list led to: their addresses are inferred from those of the guides that were found, else they are searched
//! for as a person would, in the channel's own search box.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use futures::stream::{self, StreamExt};
use url::Url;

use super::Crawl;
use super::frontier::{Hope, Step};
use super::reader::Reader;
use super::trail::{SAMPLES, Trail};
use crate::audit::doorstep::obstacle;
use crate::audit::error::AuditError;
use crate::browser::http::PlainHttp;
use crate::browser::pool::Pool;
use crate::browser::{Browser, BrowserError};
use crate::model::{
    Action, Ending, ForEach, Item, ObstacleKind, ReadWhat, Scenario, Snapshot, Speed, Step as Line, Tap,
    Target, Visit, VisitId,
};
use crate::runner::{Errand, NoLogins, Nobody, Tools, Unwatched, WalkError, walk};
use crate::scenario::HOME_PAGE;
use crate::settings::Pictures;

/// So many items are searched for before their addresses are learned from.
const LESSONS: usize = 3;
/// Searching takes a person's time; more items than this are not searched for one by one.
const MOST_SEARCHES: usize = 400;
/// How often a walk is begun before the browser's breakdowns count as an obstacle.
const TRIES: usize = 2;

impl Trail {
    /// Opens the guides of the items that are still open, wherever they must be.
    pub(super) async fn ask(&mut self) -> Result<(), AuditError> {
        self.infer().await?;
        let first: Vec<usize> = self.open_items().into_iter().take(LESSONS).collect();
        if first.is_empty() || self.is_full() {
            return Ok(());
        }
        self.search(first).await?;
        self.infer().await?;
        let rest = self.open_items();
        let (searched, left) = rest.split_at(rest.len().min(MOST_SEARCHES));
        if !self.is_full() {
            self.search(searched.to_vec()).await?;
        }
        let said = "在这个渠道的列表里没有找到，要逐个搜索的事项太多，没有再搜".to_owned();
        left.iter().try_for_each(|item| self.blocked(*item, obstacle(ObstacleKind::NotFound, said.clone())))
    }

    /// Opens the addresses that follow from the guides found so far.
    async fn infer(&mut self) -> Result<(), AuditError> {
        let Some(pattern) = self.pattern() else { return Ok(()) };
        let steps: Vec<Step> = self
            .open_items()
            .into_iter()
            .filter_map(|item| {
                let code = self.wanted.items[item].code.as_deref()?;
                Some(Step::guide(pattern.address(code)?, item, true))
            })
            .collect();
        if self.reading.is_none() {
            let samples: Vec<Url> =
                self.found.iter().rev().take(SAMPLES).filter_map(|(url, _)| Url::parse(url).ok()).collect();
            self.choose_speed(&samples, Speed::Http).await?;
        }
        for step in steps {
            self.frontier.add(step, Hope::Wanted);
        }
        self.work().await
    }

    /// Searches for items, several at once.
    async fn search(&mut self, items: Vec<usize>) -> Result<(), AuditError> {
        let errands: Vec<(usize, VisitId, Item)> =
            items.into_iter().map(|item| (item, self.next_id(), self.wanted.items[item].clone())).collect();
        let (crawl, reader) = (self.crawl.clone(), self.reader.clone());
        // A channel that can be read without a browser can mostly be searched without one, too.
        let plain = self.reading == Some(Speed::Http) && self.looking == Speed::Http;
        let mut walks = stream::iter(errands)
            .map(|(item, id, wanted)| {
                let (crawl, reader) = (crawl.clone(), reader.clone());
                async move { (item, search_for(&crawl, &reader, &id, &wanted, plain).await) }
            })
            .buffer_unordered(crawl.sessions);
        while let Some((item, walked)) = walks.next().await {
            self.done.insert(item);
            if let Some(snapshot) = walked? {
                self.read_by_walking(item, snapshot);
            }
        }
        Ok(())
    }
}

/// Walks to one item's guide; gives the page where it was reached.
async fn search_for(
    crawl: &Arc<Crawl>,
    reader: &Reader,
    id: &VisitId,
    item: &Item,
    plain: bool,
) -> Result<Option<Snapshot>, AuditError> {
    let (scenario, channel) = (scenario(), &reader.channel);
    let errand = Errand {
        id: id.clone(),
        scenario: &scenario,
        channel,
        item: Some(item),
        account: None,
        row: None,
        given_up: 0,
    };
    if plain {
        let visit = walk_plainly(crawl, &errand).await?;
        // The same visit is begun again where a browser may do better; its last try is what counts.
        if visit.ending == Ending::Completed || crawl.speed.is_some() {
            return Ok(last_page(crawl, &visit));
        }
    }
    let mut why = String::new();
    for _ in 0..TRIES {
        let walked = walk_in_browser(crawl, &reader.pool, &errand).await;
        match walked {
            Ok(visit) => return Ok(last_page(crawl, &visit)),
            Err(WalkError::Browser(error @ (BrowserError::Session { .. } | BrowserError::Lost { .. }))) => {
                why = error.to_string();
            }
            Err(WalkError::Browser(error)) => return Err(error.into()),
            Err(WalkError::Record(error)) => return Err(error.into()),
        }
    }
    let blocked = Ending::Blocked(obstacle(ObstacleKind::BrowserLost, why));
    crawl.keep_visit(&channel.id, id, Some(item.clone()), blocked)?;
    Ok(None)
}

async fn walk_plainly(crawl: &Arc<Crawl>, errand: &Errand<'_>) -> Result<Visit, AuditError> {
    let mut session = PlainHttp::new()?.open(&errand.channel.device, Speed::Http).await?;
    Ok(walk(errand, session.as_mut(), &tools(crawl)).await?)
}

async fn walk_in_browser(crawl: &Arc<Crawl>, pool: &Pool, errand: &Errand<'_>) -> Result<Visit, WalkError> {
    let mut lease = pool.take(&errand.channel.device, Speed::Painted).await?;
    let tools = tools(crawl);
    let walked = match lease.session() {
        Ok(session) => AssertUnwindSafe(walk(errand, session, &tools)).catch_unwind().await,
        Err(error) => Ok(Err(error.into())),
    };
    match walked {
        Ok(Ok(visit)) => {
            lease.give_back().await;
            Ok(visit)
        }
        Ok(Err(error)) => {
            lease.broken().await;
            Err(error)
        }
        Err(_) => {
            lease.broken().await;
            Err(BrowserError::Lost { why: "程序内部错误".to_owned() }.into())
        }
    }
}

fn tools(crawl: &Crawl) -> Tools<'_> {
    Tools {
        guard: &crawl.guard,
        pace: &crawl.pace,
        http: &crawl.http,
        downloads: &crawl.downloads,
        recorder: &crawl.notebook,
        variables: &crawl.variables,
        scenarios: &[],
        accounts: &[],
        logins: &NoLogins,
        scripts: false,
        people: &Nobody,
        watcher: &Unwatched,
        patience: crawl.patience,
        pictures: Pictures::Problems,
        now: crawl.now,
    }
}

fn last_page(crawl: &Crawl, visit: &Visit) -> Option<Snapshot> {
    let capture = visit.captures.iter().rev().find(|capture| capture.what == ReadWhat::Guide)?;
    crawl.notebook.folder.snapshot(capture).ok()
}

/// What a person does who looks for an item: from the home page, by its name.
fn scenario() -> Scenario {
    let line = |action| Line::of(action, 0);
    let name = || "{{ item.name }}".to_owned();
    Scenario {
        id: super::SCENARIO.to_owned(),
        title: super::TITLE.to_owned(),
        checks: super::CHECKS.map(str::to_owned).to_vec(),
        for_each: ForEach::Items,
        steps: vec![
            line(Action::Open(HOME_PAGE.to_owned())),
            line(Action::Search(name())),
            line(Action::Tap(Tap::on(Target::Said(name())))),
            line(Action::Unfold),
            line(Action::Read(ReadWhat::Guide)),
        ],
        ..Scenario::default()
    }
}
