//! Chrome DevTools Recorder JSON, in and out.

mod export;
mod import;
mod keys;
mod selector;
mod step;
mod tidy;
mod verdict;

pub(super) use export::export;
pub(super) use import::import;
pub(super) use verdict::{Refusal, verdict};

/// The key under which a scenario keeps what only DevTools understands.
const KEPT: &str = "x-devtools";

/// The key under which a scenario names what the recording left out and an export would add.
const WITHOUT: &str = "x-devtools-without";

/// The step types of the format.
const KINDS: [&str; 14] = [
    "change",
    "click",
    "close",
    "customStep",
    "doubleClick",
    "emulateNetworkConditions",
    "hover",
    "keyDown",
    "keyUp",
    "navigate",
    "scroll",
    "setViewport",
    "waitForElement",
    "waitForExpression",
];
