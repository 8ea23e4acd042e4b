//! The one door to the outside: pages are opened, touched and captured here, and nowhere else. It knows nothing of
//! guides, checks or scenarios; it is handed addresses and locators and gives back what happened and what was seen.

mod act;
pub mod charset;
mod devtools;
pub mod download;
mod driver;
pub mod fake;
mod feed;
pub mod fetch;
pub mod html;
pub mod http;
mod lexer;
mod markup;
pub mod pace;
pub mod pool;
mod port;
mod sniff;
pub mod webdriver;

pub use act::{Act, Acted, FrameAt, Missed, MissedWhy, Pull, Received, ScrollTo, Touch, Tried};
pub use driver::{find_browser, find_driver};
pub use port::{
    Browser, BrowserError, Heard, Landing, Leaving, Picture, Refusal, RequestGuard, Session, Visited,
};
