//! A second visit of a page, which tells what the page changes by itself.

use std::sync::Arc;

use url::Url;

use super::error::AuditError;
use super::pages::{self, PageReading};
use crate::browser::Browser;
use crate::check::{self, Volatile};
use crate::model::ChannelId;

/// What second visits told.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// The pages that changed, and what changed.
    pub(super) volatile: Vec<(ChannelId, Volatile)>,
    /// The pages that could not be seen again, in Chinese.
    pub(super) notes: Vec<String>,
}

impl Again {
    /// What changed on any page.
    pub(super) fn whole(&self) -> Volatile {
        let mut whole = Volatile::default();
        self.volatile.iter().for_each(|(_, volatile)| whole.absorb(volatile));
        whole
    }
}

/// What a page changed since it was read, seen by the same kind of visitor; nothing for a saved page, `None` when it shows
/// no guide this time.
///
/// # Errors
/// When nothing answers, or the browser is lost.
pub async fn changed_since(
    browser: &Arc<dyn Browser>,
    page: &PageReading,
) -> Result<Option<Volatile>, AuditError> {
    let visitor = pages::visitors().into_iter().find(|(seen_as, _)| *seen_as == page.seen_as);
    let (Some((seen_as, device)), Ok(url)) = (visitor, Url::parse(&page.source)) else {
        return Ok(Some(Volatile::default()));
    };
    let again = pages::open_and_read(browser, &url, seen_as, &device).await?;
    Ok(pages::shows_guide(&again.guide).then(|| check::volatile(&page.guide, &again.guide)))
}

/// Visits these pages again; one that does not answer is noted, and its differences stand.
pub(super) async fn visit(browser: &Arc<dyn Browser>, pages: &[(&ChannelId, &str, &PageReading)]) -> Again {
    let mut again = Again::default();
    for (channel, name, page) in pages {
        match changed_since(browser, page).await {
            Ok(Some(volatile)) if volatile.is_empty() => {}
            Ok(Some(volatile)) => again.volatile.push(((*channel).clone(), volatile)),
            Ok(None) => again.notes.push(format!("{name}再打开一次没有看到办事指南，分不出哪些内容自己会变")),
            Err(error) => {
                again.notes.push(format!("{name}再打开一次没有成功（{error}），分不出哪些内容自己会变"));
            }
        }
    }
    again
}
