//! 通查办事指南: reads the guides of thousands of items on every channel and judges them. Where the addresses are not given
//! they are found: by following the portal's own lists, by what the addresses found so far have in common, by its search.
//! Everything goes to the run folder at once, so that a run that was cut off is taken up where it stopped.

mod address;
mod ask;
mod door;
mod frontier;
mod kept;
mod lead;
mod reader;
mod second;
mod trail;
mod trial;
mod wanted;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use futures::future::try_join_all;
use url::Url;

use self::frontier::{Hope, Step};
use self::kept::Kept;
use self::reader::Page;
use self::second::Eye;
use self::trail::{SAMPLES, Trail};
use self::wanted::Wanted;
use super::doorstep::{door, obstacle};
use super::error::AuditError;
use super::judge::{self, RunSummary};
use super::notebook::Notebook;
use super::order::{Listener, Selection, Stop, new_run_id};
use crate::browser::Browser;
use crate::browser::download::Downloads;
use crate::browser::http::PlainHttp;
use crate::browser::pace::Pace;
use crate::model::{
    Attachment, Capture, ChannelId, CrawlWish, Ending, Event, Item, Look, ObstacleKind, Portal, ReadWhat,
    Run, Speed, Visit, VisitId,
};
use crate::runner::Guard;
use crate::scenario::{self, Scope, Variables, template};
use crate::settings::Settings;
use crate::store::RunFolder;

/// What a visit of such a run is called in its journal.
pub(super) const SCENARIO: &str = "guides";
const TITLE: &str = "通查办事指南";
/// What is asked of every guide.
const CHECKS: [&str; 3] = ["guide.consistency", "guide.readability", "guide.process"];

/// An order to read a portal's guides.
pub struct GuidesOrder {
    /// The portal file, or its folder.
    pub portal: PathBuf,
    /// Which channels and items.
    pub selection: Selection,
    /// Most guides a channel.
    pub limit: Option<usize>,
    /// How pages are fetched; found out by trying when `None`.
    pub speed: Option<Speed>,
    /// Whether the files, pictures and entries that guides link are asked for, too.
    pub attachments: bool,
    /// The folder of a run that was cut off and is to go on.
    pub resume: Option<PathBuf>,
    /// Variables for the portal file.
    pub variables: Variables,
    /// Technical settings.
    pub settings: Settings,
    /// The clock.
    pub now: fn() -> DateTime<FixedOffset>,
}

/// What the crawls of all channels share.
struct Crawl {
    portal: Portal,
    guard: Guard,
    pace: Pace,
    http: PlainHttp,
    downloads: Downloads,
    attachments: bool,
    browser: Arc<dyn Browser>,
    notebook: Notebook,
    variables: Variables,
    kept: Kept,
    limit: Option<usize>,
    speed: Option<Speed>,
    /// Browser sessions of one channel. Channels do not share theirs: a session shows one kind of device, and would be
    /// closed and opened anew with every page.
    sessions: usize,
    patience: Duration,
    now: fn() -> DateTime<FixedOffset>,
}

/// Reads what was ordered, judges it and writes the report.
///
/// # Errors
/// When the files are wrong, no browser can be had, or nothing can be written.
pub async fn guides(
    order: &GuidesOrder,
    browser: Arc<dyn Browser>,
    listener: Arc<dyn Listener>,
    stop: Stop,
) -> Result<RunSummary, AuditError> {
    let library = scenario::load_portal(&order.portal, &order.variables)?;
    let mut portal = library.portal;
    if portal.items.is_empty() {
        portal.items = portal.standard.items();
    }
    order.selection.check_portal(&portal)?;
    let channels = order.selection.channel_numbers(&portal);
    let items: Vec<Item> =
        portal.items.iter().filter(|item| order.selection.wants_item(item)).cloned().collect();
    let wanted = if portal.items.is_empty() {
        Wanted::anything(order.selection.items.clone())
    } else {
        Wanted::catalogue(items.clone())
    };
    let (folder, run, kept) = open_folder(order, &portal, &channels, items)?;
    let crawl = Arc::new(Crawl::new(order, portal, folder.clone(), listener, kept, browser.clone())?);
    crawl.begin(order, &run)?;
    let crawled = tokio::select! {
        crawled = crawl_and_look_again(&crawl, &channels, &wanted) => Some(crawled),
        () = told_to_stop(stop) => None,
    };
    browser.close().await;
    if let Some(crawled) = crawled {
        crawled?;
        folder.write_run(&Run { ended: Some((order.now)()), ..run })?;
        crawl.tell(&Event::RunEnded)?;
    }
    tokio::task::block_in_place(|| judge::judge_and_seal(&folder, &order.settings.reports))
}

/// Comes back when somebody asks to stop, and never when nobody is left who could.
async fn told_to_stop(mut stop: Stop) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The folder of a new run, or of the one that goes on.
fn open_folder(
    order: &GuidesOrder,
    portal: &Portal,
    channels: &[usize],
    items: Vec<Item>,
) -> Result<(Arc<RunFolder>, Run, Kept), AuditError> {
    if let Some(path) = &order.resume {
        let folder = RunFolder::open(path)?;
        let (run, kept) = (folder.run()?, Kept::of(&folder.journal()?));
        return Ok((Arc::new(folder), run, kept));
    }
    let started = (order.now)();
    let run = Run {
        id: new_run_id(started),
        portal: portal.name.clone(),
        started,
        ended: None,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        channels: channels
            .iter()
            .map(|index| (portal.channels[*index].id.clone(), portal.channels[*index].name.clone()))
            .collect(),
        items,
        scenarios: [(SCENARIO.to_owned(), TITLE.to_owned())].into(),
        files: std::collections::BTreeMap::new(),
        portal_file: None,
    };
    let folder = RunFolder::create(&order.settings.reports, &run)?;
    folder.keep_standard(&portal.standard)?;
    Ok((Arc::new(folder), run, Kept::default()))
}

/// What was ordered when a run began that is now to go on.
///
/// # Errors
/// When the journal cannot be read, or the run is not one of guides.
pub fn kept_wish(folder: &RunFolder) -> Result<CrawlWish, AuditError> {
    let wish = Kept::of(&folder.journal()?).wish;
    wish.ok_or_else(|| AuditError::NothingToWalk("这一次不是 zoutong guides 的运行，没有可以接着做的".into()))
}

/// The crawl, and a second look at the pages that a problem names.
async fn crawl_and_look_again(
    crawl: &Arc<Crawl>,
    channels: &[usize],
    wanted: &Wanted,
) -> Result<(), AuditError> {
    let trails = crawl_channels(crawl, channels, wanted).await?;
    let eyes: Vec<Eye> = trails.iter().map(Eye::of).collect();
    second::look_again(crawl, &eyes).await?;
    for eye in eyes {
        eye.reader.pool.close().await;
    }
    Ok(())
}

/// All channels side by side; then each is asked for what only the others showed.
async fn crawl_channels(
    crawl: &Arc<Crawl>,
    channels: &[usize],
    wanted: &Wanted,
) -> Result<Vec<Trail>, AuditError> {
    let trails = channels.iter().map(|channel| find(crawl.clone(), *channel, wanted.clone()));
    let mut trails: Vec<Trail> = try_join_all(trails).await?.into_iter().flatten().collect();
    if !wanted.is_catalogue {
        let all: Vec<Item> = trails.iter().flat_map(Trail::items).collect();
        for trail in &mut trails {
            for item in all.iter().filter(|item| item.code.is_some()) {
                trail.wanted.add(item.clone());
            }
        }
    }
    try_join_all(trails.into_iter().map(finish)).await
}

/// Looks through one channel; `None` when its door is closed.
async fn find(crawl: Arc<Crawl>, channel: usize, wanted: Wanted) -> Result<Option<Trail>, AuditError> {
    let mut trail = Trail::new(crawl.clone(), channel, wanted)?;
    let entry = crawl.portal.channels[channel].clone();
    let is_given = entry.guide.is_some() && entry.home.is_none();
    if !is_given && let Some(closed) = door(&crawl.guard, &crawl.pace, &crawl.http, &entry).await {
        trail.give_up(&obstacle(ObstacleKind::Unreachable, closed.said))?;
        return Ok(None);
    }
    match entry.guide.as_deref().filter(|_| trail.wanted.is_catalogue) {
        Some(template) => trail.go_to_given(template).await?,
        None => trail.look_around().await?,
    }
    Ok(Some(trail))
}

async fn finish(mut trail: Trail) -> Result<Trail, AuditError> {
    if let Some(closed) = trail.reader.door.closed() {
        trail.give_up(&closed)?;
    } else if !trail.is_full() {
        trail.ask().await?;
    }
    for said in trail.remarks() {
        trail.crawl.tell(&Event::Remarked { channel: trail.id().clone(), said })?;
    }
    Ok(trail)
}

impl Trail {
    /// The guides whose addresses the portal file gives.
    async fn go_to_given(&mut self, given: &str) -> Result<(), AuditError> {
        let mut urls = Vec::new();
        for item in self.open_items() {
            let scope = Scope::new(&self.crawl.variables).with_item(&self.wanted.items[item]);
            let address = template::render(given, &scope).ok().and_then(|text| Url::parse(&text).ok());
            if let Some(url) = address {
                urls.push((item, url));
            } else {
                let said = "事项清单里没有写实施编码，拼不出办事指南的网址".to_owned();
                self.blocked(item, obstacle(ObstacleKind::NoAddress, said))?;
            }
        }
        let pages = urls.len();
        self.crawl.tell(&Event::GuidesAhead { channel: self.id().clone(), pages })?;
        if self.reading.is_none() && !urls.is_empty() {
            let samples: Vec<Url> =
                urls.iter().step_by(pages.div_ceil(SAMPLES)).map(|(_, url)| url.clone()).collect();
            self.choose_speed(&samples, Speed::Http).await?;
        }
        for (item, url) in urls {
            self.frontier.add(Step::guide(url, item, false), Hope::Wanted);
        }
        self.work().await
    }

    /// The guides that the channel's own lists lead to, from the home page.
    async fn look_around(&mut self) -> Result<(), AuditError> {
        let Some(home) = self.reader.channel.home.as_deref().and_then(|home| Url::parse(home).ok()) else {
            return Ok(());
        };
        self.frontier.add(Step::look(home, 0), Hope::Good);
        self.work().await?;
        self.frontier.clear();
        Ok(())
    }
}

impl Crawl {
    fn new(
        order: &GuidesOrder,
        portal: Portal,
        folder: Arc<RunFolder>,
        listener: Arc<dyn Listener>,
        kept: Kept,
        browser: Arc<dyn Browser>,
    ) -> Result<Self, AuditError> {
        let channels = order.selection.channel_numbers(&portal).len();
        Ok(Self {
            guard: Guard::of(&portal),
            pace: Pace::new(portal.pace.per_second),
            http: PlainHttp::new()?,
            downloads: Downloads::new()?,
            attachments: order.attachments,
            browser,
            notebook: Notebook { folder, listener },
            variables: order.variables.clone(),
            kept,
            limit: order.limit,
            speed: order.speed,
            sessions: (order.settings.sessions / channels.max(1)).max(1),
            patience: order.settings.patience,
            now: order.now,
            portal,
        })
    }

    /// The first lines of the journal; a run that goes on tells them to the listener only.
    fn begin(&self, order: &GuidesOrder, run: &Run) -> Result<(), AuditError> {
        let started = Event::RunStarted { run: run.clone(), planned: 0 };
        if order.resume.is_some() {
            self.notebook.listener.heard(&started);
            return Ok(());
        }
        self.tell(&started)?;
        let wish = CrawlWish {
            portal: order.portal.display().to_string(),
            channels: order.selection.channels.clone(),
            items: order.selection.items.clone(),
            limit: order.limit,
            speed: order.speed,
        };
        self.tell(&Event::GuidesWanted { wish })
    }

    fn tell(&self, event: &Event) -> Result<(), AuditError> {
        Ok(self.notebook.event(event)?)
    }

    /// Keeps a guide's page and writes its visit down, both before anybody hears of it.
    fn keep_guide(
        &self,
        channel: &ChannelId,
        id: &VisitId,
        item: Item,
        page: &Page,
        attachments: Vec<Attachment>,
        look: Look,
    ) -> Result<(), AuditError> {
        let capture = Capture {
            id: format!("{id}/1"),
            what: ReadWhat::Guide,
            url: page.own_address().to_string(),
            at_ms: 0,
            snapshot: self.notebook.folder.keep_snapshot(id, 1, &page.snapshot)?,
            screenshot: None,
        };
        let visit = Box::new(self.visit(channel, id, Some(item)));
        let mut events = vec![Event::VisitStarted { visit }, Event::Captured { visit: id.clone(), capture }];
        let asked = attachments.into_iter().map(|attachment| Event::Asked { visit: id.clone(), attachment });
        events.extend(asked);
        events.push(Event::VisitEnded { visit: id.clone(), ending: Ending::Completed });
        events.push(Event::Looked { look });
        Ok(self.notebook.events(&events)?)
    }

    /// Keeps a guide's page as it was seen the second time.
    fn keep_again(&self, visit: &Visit, page: &Page) -> Result<(), AuditError> {
        let number = visit.captures.len() + 1;
        let capture = Capture {
            id: format!("{}/{number}", visit.id),
            what: ReadWhat::GuideAgain,
            url: page.own_address().to_string(),
            at_ms: 0,
            snapshot: self.notebook.folder.keep_snapshot(&visit.id, number, &page.snapshot)?,
            screenshot: None,
        };
        self.tell(&Event::Captured { visit: visit.id.clone(), capture })
    }

    fn keep_visit(
        &self,
        channel: &ChannelId,
        id: &VisitId,
        item: Option<Item>,
        ending: Ending,
    ) -> Result<(), AuditError> {
        let visit = Box::new(self.visit(channel, id, item));
        let ended = Event::VisitEnded { visit: id.clone(), ending };
        Ok(self.notebook.events(&[Event::VisitStarted { visit }, ended])?)
    }

    fn visit(&self, channel: &ChannelId, id: &VisitId, item: Option<Item>) -> Visit {
        Visit {
            item,
            checks: CHECKS.map(str::to_owned).to_vec(),
            ..Visit::begun(id.clone(), SCENARIO.to_owned(), channel.clone(), (self.now)())
        }
    }
}
