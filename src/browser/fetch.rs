//! Pages over plain HTTP, many at once: one client for a channel, which never follows a redirect away from the hosts it was
//! given, and says when a server asks for patience.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::redirect::Policy;
use url::Url;

use super::html::snapshot_of;
use super::http::{body, client_with, why};
use super::port::BrowserError;
use crate::model::{Snapshot, Speed};

/// Most redirects in a row.
const MOST_REDIRECTS: usize = 8;

/// Whether an address may be asked for.
pub type Allows = Arc<dyn Fn(&Url) -> bool + Send + Sync>;

/// Fetches the pages of one channel; cookies are kept, as a visitor's browser does.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: reqwest::Client,
}

/// What came.
#[derive(Debug, Clone, PartialEq)]
pub struct Fetched {
    /// The address after redirects.
    pub url: Url,
    /// The HTTP status.
    pub status: u16,
    /// How long the server asks to be left in peace.
    pub retry_after: Option<Duration>,
    /// The page; without nodes when it was no page.
    pub snapshot: Snapshot,
    /// Where the server wanted to send the visitor, when that is not allowed.
    pub refused: Option<Url>,
}

impl Fetcher {
    /// A client that says it is `agent` and goes only where `allows` lets it.
    ///
    /// # Errors
    /// When the network client cannot be set up.
    pub fn new(agent: Option<&str>, allows: Allows) -> Result<Self, BrowserError> {
        let policy = Policy::custom(move |attempt| {
            if attempt.previous().len() > MOST_REDIRECTS {
                attempt.error("too many redirects")
            } else if allows(attempt.url()) {
                attempt.follow()
            } else {
                attempt.stop()
            }
        });
        Ok(Self { client: client_with(agent, policy)? })
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// Why nothing came, in Chinese.
    pub async fn page(&self, url: &Url) -> Result<Fetched, String> {
        let answer = self.client.get(url.clone()).send().await.map_err(|error| why(&error))?;
        let (landed, status) = (answer.url().clone(), answer.status().as_u16());
        let retry_after = retry_after(answer.headers());
        let refused = (300..400).contains(&status).then(|| header(answer.headers(), LOCATION.as_str()));
        let refused = refused.flatten().and_then(|target| landed.join(&target).ok());
        let is_page = header(answer.headers(), CONTENT_TYPE.as_str()).is_none_or(|kind| is_readable(&kind));
        let mut snapshot = Snapshot { url: landed.to_string(), speed: Speed::Http, ..Snapshot::default() };
        if is_page {
            let (text, cut) = body(answer).await?;
            snapshot = snapshot_of(&text, landed.as_str());
            if cut {
                snapshot.notes.push("页面超过 10 MB，只读取了前面的部分".to_owned());
            }
        } else {
            snapshot.notes.push("打开的不是网页".to_owned());
        }
        Ok(Fetched { url: landed, status, retry_after, snapshot, refused })
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Anything that may hold a page; pictures, films, archives and office files are not even fetched.
fn is_readable(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.starts_with("text/") || kind.contains("html") || kind.contains("xml") || kind.trim().is_empty()
}

/// Seconds, as nearly all servers write it; a date is answered with a minute.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let said = header(headers, RETRY_AFTER.as_str())?;
    Some(said.trim().parse().map_or(Duration::from_mins(1), Duration::from_secs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_files_and_pictures_are_no_pages() {
        assert!(is_readable("text/html; charset=GBK") && is_readable("application/xhtml+xml"));
        assert!(!is_readable("application/pdf") && !is_readable("image/png"));
    }

    #[test]
    fn a_server_may_ask_for_patience_in_seconds_or_with_a_date() {
        let said = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, reqwest::header::HeaderValue::from_static(value));
            retry_after(&headers)
        };
        assert_eq!(said("7"), Some(Duration::from_secs(7)));
        assert_eq!(said("Wed, 21 Oct 2026 07:28:00 GMT"), Some(Duration::from_mins(1)));
    }
}
