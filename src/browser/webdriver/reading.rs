//! Unfolding a page, and listening to it.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::fault::Fault;
use super::script::{HEARD, LISTEN, UNFOLD, read};
use super::session::WebDriverSession;
use crate::browser::port::{BrowserError, Heard};
use crate::model::{Link, LinkProbe};

/// Most clicks and longest time that unfolding one page may take.
const UNFOLD_CLICKS: usize = 200;
const UNFOLD_LIMIT: Duration = Duration::from_secs(5);
/// One script listens no longer than this.
const SLICE: Duration = Duration::from_secs(8);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeardInPage {
    text: String,
    links: Vec<SeenLink>,
    first: Option<u64>,
    complete: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenLink {
    text: String,
    url: String,
}

/// What the unfolding script has to know.
pub(super) fn unfolding() -> Value {
    json!({ "clicks": UNFOLD_CLICKS, "patience": UNFOLD_LIMIT.as_millis() as u64 })
}

impl WebDriverSession {
    pub(super) async fn open_everything(&mut self) -> Result<usize, BrowserError> {
        self.follow_touch().await?;
        let opened = self.script(&UNFOLD, &unfolding()).await?;
        Ok(opened.as_u64().and_then(|opened| usize::try_from(opened).ok()).unwrap_or_default())
    }

    pub(super) async fn begin_listening(&mut self) -> Result<(), BrowserError> {
        self.follow().await?;
        self.noted = Some(self.script(&LISTEN, &json!({})).await?);
        Ok(())
    }

    pub(super) async fn new_text(
        &mut self,
        except: &str,
        quiet: Duration,
        patience: Duration,
    ) -> Result<Heard, BrowserError> {
        let until = Instant::now() + patience;
        loop {
            let left = until.saturating_duration_since(Instant::now()).min(SLICE);
            let input = json!({ "except": except, "quiet": quiet.as_millis() as u64, "patience": left.as_millis() as u64 });
            let answer: Option<HeardInPage> =
                read(self.script(&HEARD, &input).await?).map_err(Fault::lost)?;
            match answer {
                Some(heard) if heard.complete || Instant::now() >= until => return Ok(heard.into()),
                Some(_) => {}
                None => self.listen_again().await?,
            }
        }
    }

    /// The question led to another page: what is there and was not on the old one is the answer.
    async fn listen_again(&mut self) -> Result<(), BrowserError> {
        let before = self.noted.clone().unwrap_or(Value::Array(Vec::new()));
        self.script(&LISTEN, &json!({ "before": before })).await.map(drop)
    }
}

impl From<HeardInPage> for Heard {
    fn from(heard: HeardInPage) -> Self {
        let links = heard
            .links
            .into_iter()
            .map(|link| Link { text: link.text, url: link.url, probe: LinkProbe::NotAsked })
            .collect();
        Self { text: heard.text, links, first_after: heard.first.map(Duration::from_millis) }
    }
}
