//! The use cases: walk a whole night, judge it (again), read one page, lay several side by side,
//! record a person. The only room that sees
//! the whole chain; it shows nothing itself, listeners do.

mod again;
mod doorstep;
mod drift;
mod error;
mod grouping;
mod guides;
mod judge;
mod login;
mod logins;
mod notebook;
mod order;
mod pages;
mod plan;
mod record;
mod score;
mod stuck;
mod tally;
mod templates;
mod truths;
mod walk_all;

pub use again::changed_since;
pub use drift::{Drift, DriftAdvice, DriftPatch, DriftReport, drift};
pub use error::AuditError;
pub use grouping::ToConfirm;
pub use guides::{GuidesOrder, guides, kept_wish};
pub use judge::{RunSummary, judge, report, trace};
pub use login::{LoginOrder, Signed, forget_logins, kept_logins, login};
pub use order::{Listener, Order, Selection, Stop, run, run_library};
pub use pages::{Measure, PageReading, SideBySide, compare, read_address, read_file};
pub use plan::{Plan, PlannedVisit};
pub use record::{RecordOrder, Recorded, record};
pub use score::{Count, Misread, PageScore, Score, Truth, score};
pub use tally::ChannelSummary;
pub use truths::score_folder;

use std::sync::Arc;

use crate::browser::webdriver::{LocalOptions, WebDriver};
use crate::browser::{Browser, BrowserError};
use crate::settings::BrowserChoice;

/// The browser that the settings ask for; no process is started before the first session is.
///
/// # Errors
/// When none can be found on this machine.
pub fn browser(choice: &BrowserChoice) -> Result<Arc<dyn Browser>, BrowserError> {
    Ok(match choice {
        BrowserChoice::Remote(address) => Arc::new(WebDriver::remote(address)),
        BrowserChoice::Local { driver, browser, headed } => Arc::new(WebDriver::local(&LocalOptions {
            driver: driver.clone(),
            browser: browser.clone(),
            headed: *headed,
        })?),
    })
}
