//! The one door to the outside: pages are opened, touched and captured here, and nowhere else. It knows nothing of
//! guides, checks or scenarios; it is handed addresses and locators and gives back what happened and what was seen.

pub mod charset;
mod devtools;
pub mod download;
mod driver;
pub mod fake;
mod feed;
pub mod fetch;
pub mod html;
pub mod http;
mod markup;
pub mod pace;
pub mod pool;
mod port;
mod sniff;
pub mod webdriver;

pub use driver::{find_browser, find_driver};
pub use port::{
    Act, Acted, Browser, BrowserError, Heard, Landing, Leaving, Missed, MissedWhy, Picture, Refusal,
    RequestGuard, Session, Tried,
};
