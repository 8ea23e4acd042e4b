//! 录制: a person does an errand in a visible browser, and what is done becomes a scenario.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::error::AuditError;
use super::order::Stop;
use crate::browser::{Browser, BrowserError, Landing};
use crate::model::{Deed, Device, Noticed, Speed};
use crate::scenario::recording::{ImportedScenario, Watched, scenario_of_watch};

/// How often the browser is asked what was done.
const GLANCE: Duration = Duration::from_millis(150);
/// More than this is no errand; what comes later is not kept.
const MOST: usize = 5000;

/// An order to record.
#[derive(Debug, Clone)]
pub struct RecordOrder {
    /// Where the person begins.
    pub url: Url,
    /// The screen that pages believe in.
    pub device: Device,
    /// The channel's id, where it is known.
    pub channel: Option<String>,
    /// The channel's home page, where it is known.
    pub home: Option<Url>,
    /// What the scenario is to be called; empty to take the first page's title.
    pub title: String,
    /// Scenario ids that are taken.
    pub taken: Vec<String>,
}

/// What came of it.
#[derive(Debug)]
pub struct Recorded {
    /// The scenario; `None` when nothing was done.
    pub scenario: Option<ImportedScenario>,
    /// Names of the secrets to set.
    pub secrets: Vec<String>,
}

/// Opens the page and writes down what the person does, until they say that it is done, close the window, or stop the program.
///
/// # Errors
/// When no browser can be had, it cannot be watched, or the page does not open.
pub async fn record(
    order: &RecordOrder,
    browser: &Arc<dyn Browser>,
    heard: &(dyn Fn(&Noticed) + Send + Sync),
    mut stop: Stop,
) -> Result<Recorded, AuditError> {
    let mut session = browser.open(&order.device, Speed::Painted).await?;
    if !session.watch().await? {
        session.close().await;
        let said = "录制要用本机的 Chromium 和 chromedriver，这个浏览器看不到人做了什么";
        return Err(AuditError::NothingToWalk(said.to_owned()));
    }
    if let Landing::Unreachable(why) = session.goto(&order.url).await? {
        session.close().await;
        return Err(AuditError::NothingToWalk(format!("打不开 {}：{why}", order.url)));
    }
    let mut noticed: Vec<Noticed> = Vec::new();
    let mut done = false;
    while !done {
        tokio::select! {
            () = tokio::time::sleep(GLANCE) => {}
            Ok(_) = stop.wait_for(|stop| *stop) => done = true,
        }
        match session.noticed().await {
            Ok(fresh) => {
                fresh.iter().for_each(heard);
                done |= fresh.iter().any(|one| one.deed == Deed::Finished);
                noticed.extend(fresh);
                noticed.truncate(MOST);
            }
            Err(BrowserError::Lost { .. }) => done = true,
            Err(error) => return Err(error.into()),
        }
    }
    session.close().await;
    let about = Watched {
        title: &order.title,
        channel: order.channel.as_deref(),
        home: order.home.as_ref(),
        taken: &order.taken,
    };
    let (scenario, secrets) = scenario_of_watch(&about, &noticed).unzip();
    Ok(Recorded { scenario, secrets: secrets.unwrap_or_default() })
}
