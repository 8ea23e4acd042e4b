//! Reading guides without any configuration: one page, a saved file, or the same item on several pages side by side.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use url::Url;

use super::again;
use super::error::AuditError;
use crate::browser::{Browser, Landing, Session, charset, html};
use crate::check::{self, Contrast, Survey, Volatile};
use crate::model::{
    Capture, Case, ChannelId, Device, Facts, Finding, Guide, Issue, Item, LoginFacts, Outcome, ReadWhat, Run,
    RunId, Snapshot, Speed, Standard, Trend, Visit, VisitId, Witness,
};
use crate::read;
use crate::runner::ReadOnly;
use crate::scenario::Baseline;

/// A page on which fewer elements were read is not a guide: a refusal, an empty shell, a log-in wall.
const FEWEST_ELEMENTS: usize = 3;
/// More bytes than a saved page or a kept snapshot has.
const LARGEST: u64 = 64 * 1024 * 1024;
/// What the browser inside `WeChat` says of itself; pages made for it refuse anyone else.
const WECHAT: &str = "Mozilla/5.0 (Linux; Android 14; zh-CN) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
    Chrome/120.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN miniProgram";

/// One page and the guide that was read off it.
#[derive(Debug, Clone)]
pub struct PageReading {
    /// The address or file.
    pub source: String,
    /// The page.
    pub snapshot: Snapshot,
    /// The guide.
    pub guide: Guide,
    /// As what kind of visitor it was opened (“电脑浏览器”, “微信”); empty for a file.
    pub seen_as: &'static str,
}

/// Several pages of one item, compared.
#[derive(Debug)]
pub struct SideBySide {
    /// Page number (as a channel) and what it is called.
    pub channels: Vec<(ChannelId, String)>,
    /// The pages in the order given.
    pub pages: Vec<PageReading>,
    /// What the checks found.
    pub survey: Survey,
    /// The same, sorted for those who compare.
    pub contrast: Contrast,
    /// 易变内容: page and element that changed between two visits, in whole or in part, and were not compared as far as
    /// they did.
    pub volatile: Vec<(ChannelId, String)>,
    /// What somebody should know (columns of the baseline that are not understood …), in Chinese.
    pub notes: Vec<String>,
}

/// What pages are measured against besides each other.
#[derive(Debug, Default)]
pub struct Measure {
    /// The page that is declared to be right, counted from 1.
    pub authority: Option<usize>,
    /// What the office's own database says, where it was given.
    pub baseline: Option<Baseline>,
    /// Whether every page is visited twice, not only those that differ.
    pub twice: bool,
}

/// Reads a saved page.
///
/// # Errors
/// When the file cannot be read.
pub fn read_file(path: &Path) -> Result<PageReading, AuditError> {
    let shown = path.display().to_string();
    let bytes = first_bytes(path).map_err(|source| AuditError::PageFile { path: shown.clone(), source })?;
    let kept = path.extension().is_some_and(|extension| extension == "json");
    // The evidence folder keeps snapshots as JSON; any other file is a saved page.
    let snapshot = match kept.then(|| serde_json::from_slice(&bytes)) {
        Some(Ok(snapshot)) => snapshot,
        _ => html::snapshot_of(&charset::decode(bytes, None), &shown),
    };
    Ok(PageReading { guide: read::guide(&snapshot), source: shown, snapshot, seen_as: "" })
}

/// As much of a file as is read; what the end of a larger one says is left out.
fn first_bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens an address as a desktop visitor and reads its guide; where that shows none, as a visitor in `WeChat`.
///
/// # Errors
/// When the address is none, nothing answers, or the browser is lost.
pub async fn read_address(browser: &Arc<dyn Browser>, address: &str) -> Result<PageReading, AuditError> {
    let url = Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
        .ok_or_else(|| AuditError::Address(address.to_owned()))?;
    let mut best: Option<PageReading> = None;
    for (seen_as, device) in visitors() {
        let reading = open_and_read(browser, &url, seen_as, &device).await?;
        let better = best.as_ref().is_none_or(|best| content(&reading.guide) > content(&best.guide));
        if better {
            best = Some(reading);
        }
        if best.as_ref().is_some_and(|best| shows_guide(&best.guide)) {
            break;
        }
    }
    best.ok_or_else(|| AuditError::Address(address.to_owned()))
}

pub(super) fn visitors() -> [(&'static str, Device); 2] {
    let phone = Device {
        width: 390,
        height: 844,
        pixel_ratio: 2.0,
        mobile: true,
        touch: true,
        user_agent: Some(WECHAT.to_owned()),
    };
    [("电脑浏览器", Device::default()), ("微信", phone)]
}

pub(super) async fn open_and_read(
    browser: &Arc<dyn Browser>,
    url: &Url,
    seen_as: &'static str,
    device: &Device,
) -> Result<PageReading, AuditError> {
    let mut session = browser.open(device, Speed::Painted).await?;
    let snapshot = unfolded(session.as_mut(), url).await;
    session.close().await;
    let snapshot = snapshot?;
    Ok(PageReading { source: url.to_string(), guide: read::guide(&snapshot), snapshot, seen_as })
}

async fn unfolded(session: &mut dyn Session, url: &Url) -> Result<Snapshot, AuditError> {
    session.guard(Arc::new(ReadOnly::default())).await?;
    if let Landing::Unreachable(why) = session.goto(url).await? {
        return Err(AuditError::Unreachable { address: url.to_string(), why });
    }
    session.unfold().await?;
    Ok(session.snapshot().await?)
}

/// Whether a page shows a guide rather than a refusal, an empty shell or a log-in wall.
pub(super) fn shows_guide(guide: &Guide) -> bool {
    content(guide) >= FEWEST_ELEMENTS
}

/// How many elements have something to say.
fn content(guide: &Guide) -> usize {
    guide.elements.values().filter(|reading| !reading.text.trim().is_empty()).count()
}

/// Reads the same item on several pages and compares them element by element.
///
/// # Errors
/// When a page cannot be read.
pub async fn compare(
    browser: &Arc<dyn Browser>,
    sources: &[String],
    measure: Measure,
    now: DateTime<FixedOffset>,
) -> Result<SideBySide, AuditError> {
    let mut pages = Vec::with_capacity(sources.len());
    for source in sources {
        let file = Path::new(source);
        let page = if file.is_file() { read_file(file)? } else { read_address(browser, source).await? };
        pages.push(page);
    }
    let channels: Vec<(ChannelId, String)> = (1..=pages.len())
        .map(|number| (ChannelId(format!("page{number}")), format!("页面{number}")))
        .collect();
    let item = Item {
        name: most_shown(&pages, "item_name").unwrap_or_default(),
        code: most_shown(&pages, "impl_code"),
        ..Item::default()
    };
    let authority = measure.authority.and_then(|number| channels.get(number.checked_sub(1)?));
    let (baseline, mut notes) = measured(measure.baseline, &item);
    let standard = Standard { authority: authority.map(|(id, _)| id.clone()), baseline };
    let judge = |pages: &[PageReading]| {
        let case = case(pages, &channels, &item, now);
        check::survey(std::slice::from_ref(&case), &channels, &standard)
    };
    let mut survey = judge(&pages);
    let mut contrast = check::contrast(&survey.findings, survey.sheets.first());
    let differing: Vec<_> = channels
        .iter()
        .zip(&pages)
        .filter(|((id, _), _)| measure.twice || has_part(&contrast, id))
        .map(|((id, name), page)| (id, name.as_str(), page))
        .collect();
    let again = again::visit(browser, &differing).await;
    if !again.volatile.is_empty() {
        let changing = again.whole();
        let steady = |page: &PageReading| PageReading { guide: changing.steady(&page.guide), ..page.clone() };
        survey = judge(&pages.iter().map(steady).collect::<Vec<_>>());
        leave_out(&mut survey, &changing);
        contrast = check::contrast(&survey.findings, survey.sheets.first());
    }
    notes.extend(again.notes);
    let elements = |(id, changed): &(ChannelId, Volatile)| {
        changed.elements().map(|element| (id.clone(), element.to_owned())).collect::<Vec<_>>()
    };
    let volatile = again.volatile.iter().flat_map(elements).collect();
    Ok(SideBySide { channels, pages, survey, contrast, volatile, notes })
}

fn case(
    pages: &[PageReading],
    channels: &[(ChannelId, String)],
    item: &Item,
    now: DateTime<FixedOffset>,
) -> Case {
    let witnesses = pages.iter().zip(channels).map(|(page, (id, _))| witness(page, id, item, now));
    Case {
        item: Some(item.clone()),
        channels: channels.iter().map(|(id, _)| id.clone()).collect(),
        witnesses: witnesses.collect(),
    }
}

/// Whether a page has a part in any difference.
fn has_part(contrast: &Contrast, page: &ChannelId) -> bool {
    contrast.differences.iter().any(|difference| {
        difference.odd.contains(page) || difference.said.get(page).is_some_and(Option::is_some)
    })
}

/// What changes as a whole is neither a problem nor a line of the sheet.
fn leave_out(survey: &mut Survey, changing: &Volatile) {
    survey.findings.retain(|finding| !changing.covers(finding));
    for sheet in &mut survey.sheets {
        sheet.rows.retain(|row| !changing.is_whole(&row.element));
    }
}

/// What the database says, and what to know about it: a pair of pages that it does not list is not measured.
fn measured(baseline: Option<Baseline>, item: &Item) -> (Vec<Guide>, Vec<String>) {
    let Some(Baseline { items, mut notes }) = baseline else { return Default::default() };
    if !check::is_filed(&items, item) {
        let name = &item.name;
        notes.push(format!("事项库里找不到“{name}”（按编码和名称都没有），没有与它对照"));
    }
    (items, notes)
}

impl SideBySide {
    /// The comparison in the form that reports are made of; the item's name stands for the portal's.
    #[must_use]
    pub fn outcome(&self, now: DateTime<FixedOffset>) -> Outcome {
        let item = most_shown(&self.pages, "item_name").unwrap_or_default();
        let run = Run {
            id: RunId(now.format("%Y%m%d-%H%M%S").to_string()),
            portal: if item.is_empty() { "办事指南".to_owned() } else { item },
            started: now,
            ended: Some(now),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            channels: self.channels.clone(),
            items: Vec::new(),
            scenarios: BTreeMap::new(),
            files: BTreeMap::new(),
            portal_file: None,
        };
        let issue = |finding: &Finding| Issue { finding: finding.clone(), trend: Trend::New };
        Outcome {
            run,
            coverage: self.survey.coverage.clone(),
            issues: self.survey.findings.iter().map(issue).collect(),
            fixed: Vec::new(),
            unseen: self.survey.unseen.clone(),
            hitches: Vec::new(),
            sheets: self.survey.sheets.clone(),
            visits: (self.pages.len(), self.pages.len()),
        }
    }
}

/// What most pages show of an element; the first one's words when all differ.
fn most_shown(pages: &[PageReading], element: &str) -> Option<String> {
    let shown: Vec<&str> = pages
        .iter()
        .filter_map(|page| page.guide.elements.get(element))
        .map(|reading| reading.text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    let votes = |text: &str| shown.iter().filter(|other| **other == text).count();
    let mut best = *shown.first()?;
    for text in &shown {
        if votes(text) > votes(best) {
            best = text;
        }
    }
    Some(best.to_owned())
}

/// A page as if a scenario had brought it home.
fn witness(page: &PageReading, channel: &ChannelId, item: &Item, now: DateTime<FixedOffset>) -> Witness {
    let capture = Capture {
        id: format!("{channel}/1"),
        what: ReadWhat::Guide,
        url: page.source.clone(),
        at_ms: 0,
        snapshot: String::new(),
        screenshot: None,
    };
    let facts = Facts { guide: Some((capture.id.clone(), page.guide.clone())), login: LoginFacts::default() };
    let visit = Visit {
        item: Some(item.clone()),
        checks: vec!["guide.consistency".to_owned(), "guide.process".to_owned()],
        captures: vec![capture],
        ..Visit::begun(VisitId(channel.to_string()), "compare".to_owned(), channel.clone(), now)
    };
    Witness { visit, facts }
}
