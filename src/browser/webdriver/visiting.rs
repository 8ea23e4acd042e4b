//! A whole visit by one script that the page is given while it is still coming: it walks the page as soon as its load ends, mostly
//! before the browser draws the first picture, for which every later question would have to wait.

use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::capture::capturing;
use super::fault::Fault;
use super::reading::unfolding;
use super::script::{VISIT, read};
use super::session::{Opened, WebDriverSession};
use super::wire::{LOAD_LIMIT, SCRIPT_LIMIT};
use crate::browser::devtools::First;
use crate::browser::port::{BrowserError, Landing, Session, Visited};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    landed: Value,
    shown: Value,
}

impl WebDriverSession {
    pub(super) async fn see(&mut self, url: &Url) -> Result<Visited, BrowserError> {
        let first = First { expression: VISIT.expression(&self.visiting()), patience: SCRIPT_LIMIT };
        let (landing, shown) = match self.opened(url, &first).await? {
            Opened::Said(said) => {
                let Seen { landed, shown } = read(said).map_err(Fault::lost)?;
                (self.landing(url, Some(landed)).await?, Some(shown))
            }
            Opened::Silent => (self.landing(url, None).await?, None),
            Opened::Not(why) => (Landing::Unreachable(why), None),
        };
        let snapshot = match (&landing, shown) {
            (Landing::Unreachable(_), _) => None,
            (Landing::Page { .. }, Some(shown)) => Some(self.read_capture(&shown)?),
            (Landing::Page { status, .. }, None) => Some(self.look_around(*status).await?),
        };
        Ok(Visited { landing, snapshot })
    }

    /// All that the three scripts have to know.
    fn visiting(&self) -> Value {
        let mut known = json!({ "within": LOAD_LIMIT.as_millis() as u64 });
        for more in [unfolding(), capturing(self.speed)] {
            if let (Value::Object(known), Value::Object(more)) = (&mut known, more) {
                known.extend(more);
            }
        }
        known
    }
}
