//! One channel's crawl: which page comes next, what a page that came means, and what is written down about it.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::task::JoinSet;
use url::Url;

use super::Crawl;
use super::address::{self, Pattern};
use super::frontier::{Frontier, Hope, Step};
use super::kept::KeptChannel;
use super::lead::{self, Found};
use super::reader::{Page, Reader, Seen};
use super::trial::{Verdict, disagreement, is_guide, try_speeds};
use super::wanted::{Wanted, item_of};
use crate::audit::error::AuditError;
use crate::model::{Attachment, Ending, Event, Item, Lead, Look, Obstacle, Snapshot, Speed, VisitId};

/// Pages in flight where no browser is needed.
pub(super) const HTTP_IN_FLIGHT: usize = 16;
/// So many guides are read at every speed before one is chosen.
pub(super) const SAMPLES: usize = 3;
/// After so many guides the chosen speed is tried again on one.
const RECHECK_EVERY: usize = 50;

/// The crawl of one channel.
pub(super) struct Trail {
    pub(super) crawl: Arc<Crawl>,
    pub(super) reader: Arc<Reader>,
    pub(super) wanted: Wanted,
    pub(super) frontier: Frontier,
    /// How guides are read, once that is known.
    pub(super) reading: Option<Speed>,
    /// How pages are looked at for where they lead.
    pub(super) looking: Speed,
    /// Wanted items that are done with, read or not.
    pub(super) done: BTreeSet<usize>,
    /// Guides that were read: address and code of the item.
    pub(super) found: Vec<(String, String)>,
    /// Families of addresses that turned out to be guides.
    guide_shapes: BTreeSet<String>,
    flying: JoinSet<Arrival>,
    /// Pages that are being opened.
    opening: usize,
    read: usize,
    number: usize,
    /// Guides of items that nobody asked for.
    pub(super) extras: usize,
}

/// What comes back from a task.
enum Arrival {
    /// A page was opened.
    Opened(Step, Speed, Result<Seen, AuditError>),
    /// What a guide links was asked for.
    Asked(Step, usize, Box<Page>, Vec<Attachment>),
}

/// Guides whose files are being asked for, besides the pages in flight.
const ASKING: usize = 32;

impl Trail {
    pub(super) fn new(crawl: Arc<Crawl>, channel: usize, wanted: Wanted) -> Result<Self, AuditError> {
        let reader = Arc::new(Reader::new(crawl.clone(), channel)?);
        let kept = crawl.kept.channel(&reader.channel.id);
        let fixed = crawl.speed;
        let mut trail = Self {
            crawl,
            reader,
            wanted,
            frontier: Frontier::default(),
            reading: fixed.or(kept.speed),
            looking: fixed.unwrap_or(Speed::Http),
            done: BTreeSet::new(),
            found: Vec::new(),
            guide_shapes: BTreeSet::new(),
            flying: JoinSet::new(),
            opening: 0,
            read: 0,
            number: kept.number,
            extras: 0,
        };
        trail.take_up(kept);
        Ok(trail)
    }

    /// Goes on where an earlier part of the run stopped.
    fn take_up(&mut self, kept: KeptChannel) {
        for (item, address) in kept.guides {
            if let Ok(url) = Url::parse(&address) {
                self.frontier.opened(&url);
                self.guide_shapes.insert(address::shape(&url));
            }
            self.read += 1;
            self.found.push((address, item.code.clone().unwrap_or_default()));
            let number =
                if self.wanted.is_catalogue { self.wanted.find(&item) } else { Some(self.wanted.add(item)) };
            self.done.extend(number);
        }
        let in_vain =
            self.wanted.items.iter().enumerate().filter(|(_, item)| kept.in_vain.contains(&item.name));
        self.done.extend(in_vain.map(|(number, _)| number).collect::<Vec<_>>());
        for look in &kept.looks {
            if let Ok(url) = Url::parse(&look.url) {
                self.frontier.opened(&url);
            }
        }
        for look in kept.looks {
            let found: Vec<Found> = look
                .leads
                .into_iter()
                .filter_map(|lead| Some(Found { url: Url::parse(&lead.url).ok()?, words: lead.words }))
                .collect();
            self.queue(&found, look.depth);
        }
    }

    pub(super) fn id(&self) -> &crate::model::ChannelId {
        &self.reader.channel.id
    }

    /// Whether as many guides were read as were ordered.
    pub(super) fn is_full(&self) -> bool {
        self.crawl.limit.is_some_and(|limit| self.read >= limit)
    }

    /// The wanted items that nothing is known of yet.
    pub(super) fn open_items(&self) -> Vec<usize> {
        (0..self.wanted.items.len()).filter(|number| !self.done.contains(number)).collect()
    }

    /// Opens pages until none is left.
    pub(super) async fn work(&mut self) -> Result<(), AuditError> {
        loop {
            self.set_out();
            match self.flying.join_next().await {
                None => return Ok(()),
                Some(Ok(Arrival::Opened(step, speed, seen))) => {
                    self.opening -= 1;
                    self.arrived(step, speed, seen?).await?;
                }
                Some(Ok(Arrival::Asked(step, item, page, attachments))) => {
                    self.write(&step, item, &page, attachments)?;
                }
                // Panics inside a reading are caught there; a task that is gone was aborted with the run.
                Some(Err(_)) => {}
            }
        }
    }

    /// Whether the guide of every wanted item is known.
    fn has_all(&self) -> bool {
        self.wanted.is_catalogue && self.done.len() >= self.wanted.items.len()
    }

    /// Opens as many pages at once as is fitting.
    fn set_out(&mut self) {
        if self.has_all() {
            return;
        }
        let most = self.most_in_flight();
        while self.opening < most && self.flying.len() < most + ASKING && !self.is_full_with(self.opening) {
            let Some(step) = self.frontier.next() else { return };
            if step.item.is_some_and(|item| self.done.contains(&item)) {
                continue;
            }
            let (reader, speed) = (self.reader.clone(), self.speed_of(&step));
            self.opening += 1;
            self.flying.spawn(async move {
                let seen = reader.read(&step.url, speed).await;
                Arrival::Opened(step, speed, seen)
            });
        }
    }

    fn most_in_flight(&self) -> usize {
        let browser = self.reading.is_some_and(|speed| speed != Speed::Http) || self.looking != Speed::Http;
        if browser { self.crawl.sessions } else { HTTP_IN_FLIGHT }
    }

    fn is_full_with(&self, flying: usize) -> bool {
        self.crawl.limit.is_some_and(|limit| self.read + flying >= limit && flying > 0) || self.is_full()
    }

    fn speed_of(&self, step: &Step) -> Speed {
        let usual = if step.item.is_some() { self.reading.unwrap_or(self.looking) } else { self.looking };
        if step.needs_browser { usual.max(Speed::Light) } else { usual }
    }

    async fn arrived(&mut self, step: Step, speed: Speed, seen: Seen) -> Result<(), AuditError> {
        match (seen, step.item) {
            (Seen::Blocked(obstacle), Some(item)) if !step.guessed => self.blocked(item, obstacle),
            (Seen::Blocked(_), _) => {
                self.frontier.brought(&step.url, false);
                if self.reader.door.closed().is_none() { self.looked(&step, &[]) } else { Ok(()) }
            }
            (Seen::Page(page), Some(item)) => self.is_it(step, speed, item, page).await,
            (Seen::Page(page), None) => self.came_upon(step, speed, page).await,
        }
    }

    /// A page that should be the guide of an item.
    async fn is_it(
        &mut self,
        step: Step,
        speed: Speed,
        item: usize,
        page: Box<Page>,
    ) -> Result<(), AuditError> {
        let fits = is_guide(&page.guide) && self.wanted.fits(item, &item_of(&page.guide));
        if step.guessed && !fits { Ok(()) } else { self.keep(step, speed, item, page).await }
    }

    /// A page that was opened to see what it is.
    async fn came_upon(&mut self, mut step: Step, speed: Speed, page: Box<Page>) -> Result<(), AuditError> {
        if !is_guide(&page.guide) {
            if speed == Speed::Http && page.is_thin() && self.crawl.speed.is_none() && !step.needs_browser {
                step.needs_browser = true;
                self.frontier.again(step);
                return Ok(());
            }
            return self.follow(&step, &page);
        }
        self.guide_shapes.insert(address::shape(&step.url));
        self.frontier.brought(&step.url, true);
        let about = item_of(&page.guide);
        let item = match self.wanted.find(&about) {
            Some(item) => item,
            None if self.wanted.welcomes(&about) => self.wanted.add(about),
            None => {
                self.extras += 1;
                return self.looked(&step, &[]);
            }
        };
        if self.done.contains(&item) {
            return self.looked(&step, &[]);
        }
        let url = page.own_address();
        let reading = self.settle_speed(&url).await?;
        step.item = Some(item);
        if speed < reading {
            self.frontier.again(step);
            return Ok(());
        }
        self.keep(step, speed, item, page).await
    }

    /// The speed at which guides are read here, found out on the first one that is met.
    pub(super) async fn settle_speed(&mut self, sample: &Url) -> Result<Speed, AuditError> {
        match self.reading {
            Some(speed) => Ok(speed),
            None => self.choose_speed(std::slice::from_ref(sample), Speed::Http).await,
        }
    }

    /// Tries the speeds on samples and writes down which one is taken.
    pub(super) async fn choose_speed(&mut self, samples: &[Url], from: Speed) -> Result<Speed, AuditError> {
        let Verdict { speed, why } = try_speeds(&self.reader, samples, from).await?;
        self.reading = Some(speed);
        self.crawl.tell(&Event::SpeedChosen { channel: self.id().clone(), speed, why })?;
        Ok(speed)
    }

    /// Keeps a guide; now and then it is read by the full browser too, to see whether the cheaper way still does.
    async fn keep(
        &mut self,
        step: Step,
        speed: Speed,
        item: usize,
        page: Box<Page>,
    ) -> Result<(), AuditError> {
        self.read += 1;
        self.done.insert(item);
        let due =
            self.read.is_multiple_of(RECHECK_EVERY) && speed != Speed::Painted && self.crawl.speed.is_none();
        let page = if due { self.recheck(speed, page).await? } else { page };
        let url = page.own_address();
        self.found.push((url.to_string(), self.wanted.items[item].code.clone().unwrap_or_default()));
        self.frontier.opened(&url);
        if !self.crawl.attachments || page.guide.linked().is_empty() {
            return self.write(&step, item, &page, Vec::new());
        }
        let reader = self.reader.clone();
        self.flying.spawn(async move {
            let attachments = reader.attachments(&page.guide).await;
            Arrival::Asked(step, item, page, attachments)
        });
        Ok(())
    }

    /// The better one of two readings; a slower speed is chosen when they disagree.
    async fn recheck(&mut self, speed: Speed, page: Box<Page>) -> Result<Box<Page>, AuditError> {
        let url = page.own_address();
        let Seen::Page(full) = self.reader.read(&url, Speed::Painted).await? else { return Ok(page) };
        let Some(reason) = disagreement(&page.guide, &full.guide) else { return Ok(page) };
        let said = format!("抽查发现{}已不够用（{reason}），改用更完整的方式", speed.name());
        self.crawl.tell(&Event::Remarked { channel: self.id().clone(), said })?;
        let slower = if speed == Speed::Http { Speed::Light } else { Speed::Painted };
        self.choose_speed(&[url], slower).await?;
        Ok(full)
    }

    fn write(
        &mut self,
        step: &Step,
        item: usize,
        page: &Page,
        attachments: Vec<Attachment>,
    ) -> Result<(), AuditError> {
        let (wanted, id) = (self.wanted.items[item].clone(), self.next_id());
        let look = self.look(step, &[]);
        self.crawl.keep_guide(self.id(), &id, wanted, page, attachments, look)
    }

    /// Writes down that an item could not be seen.
    pub(super) fn blocked(&mut self, item: usize, obstacle: Obstacle) -> Result<(), AuditError> {
        self.done.insert(item);
        let (wanted, id) = (self.wanted.items[item].clone(), self.next_id());
        self.crawl.keep_visit(self.id(), &id, Some(wanted), Ending::Blocked(obstacle))
    }

    /// Writes down that nothing of the channel could be seen.
    pub(super) fn give_up(&mut self, obstacle: &Obstacle) -> Result<(), AuditError> {
        let open = self.open_items();
        if self.wanted.items.is_empty() {
            let id = self.next_id();
            return self.crawl.keep_visit(self.id(), &id, None, Ending::Blocked(obstacle.clone()));
        }
        open.into_iter().try_for_each(|item| self.blocked(item, obstacle.clone()))
    }

    /// Names a visit; only the channel and a number, so that an item of any name has one.
    pub(super) fn next_id(&mut self) -> VisitId {
        self.number += 1;
        VisitId(format!("{}.{}.{:05}", super::SCENARIO, self.id(), self.number))
    }

    /// Goes where a page leads.
    fn follow(&mut self, step: &Step, page: &Page) -> Result<(), AuditError> {
        let found = lead::leads(&page.snapshot, &self.crawl.guard);
        let own = address::shape(&step.url);
        let fresh: Vec<Found> = found.into_iter().filter(|lead| self.frontier.is_new(&lead.url)).collect();
        let news = fresh
            .iter()
            .any(|lead| address::shape(&lead.url) != own && self.frontier.is_promising(&lead.url));
        self.frontier.brought(&step.url, news);
        self.looked(step, &fresh)?;
        self.queue(&fresh, step.depth);
        Ok(())
    }

    fn queue(&mut self, leads: &[Found], depth: u32) {
        for Found { url, words } in leads {
            let turning = lead::turns_a_page(words);
            let hope = self.hope(url, words);
            let depth = if turning { depth } else { depth + 1 };
            self.frontier.add(Step::look(url.clone(), depth), hope);
        }
    }

    /// Pages of lists come in the order in which they are found, among what they lead to: a list without end would else
    /// keep everything else from being looked at.
    fn hope(&self, url: &Url, words: &str) -> Hope {
        if self.wanted.is_named(words) {
            return Hope::Wanted;
        }
        match self.guide_shapes.contains(&address::shape(url)) {
            true if self.wanted.is_catalogue => Hope::Little,
            true => Hope::Good,
            false => Hope::Some,
        }
    }

    fn looked(&mut self, step: &Step, leads: &[Found]) -> Result<(), AuditError> {
        let look = self.look(step, leads);
        self.crawl.tell(&Event::Looked { look })
    }

    fn look(&self, step: &Step, leads: &[Found]) -> Look {
        let lead = |found: &Found| Lead { url: found.url.to_string(), words: found.words.clone() };
        Look {
            channel: self.id().clone(),
            url: step.url.to_string(),
            depth: step.depth,
            leads: leads.iter().map(lead).collect(),
        }
    }

    /// What the addresses of this channel's guides have in common, as far as it has been seen.
    pub(super) fn pattern(&self) -> Option<Pattern> {
        Pattern::learn(self.found.iter().map(|(address, code)| (address.as_str(), code.as_str())))
    }

    /// A guide that was read in another way (by searching for it) is counted and learned from.
    pub(super) fn read_by_walking(&mut self, item: usize, snapshot: Snapshot) {
        let guide = crate::read::guide(&snapshot);
        let Ok(url) = Url::parse(&snapshot.url) else { return };
        let page = Page { url, snapshot, guide };
        if is_guide(&page.guide) {
            self.read += 1;
            let code = self.wanted.items[item].code.clone().unwrap_or_default();
            self.found.push((page.own_address().to_string(), code));
        }
    }

    /// The items that this channel offers.
    pub(super) fn items(&self) -> Vec<Item> {
        self.done.iter().map(|number| self.wanted.items[*number].clone()).collect()
    }

    /// What people should know when the channel has been looked through, in Chinese.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.extras > 0 {
            remarks.push(format!("遇到 {} 个事项清单以外的办事指南，没有计入", self.extras));
        }
        if self.frontier.bounded && !self.has_all() {
            remarks.push("同类页面太多、没有新内容或者层次太深的，没有再往下看".to_owned());
        }
        remarks
    }
}
