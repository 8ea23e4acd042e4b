//! The integration tests, one binary: linking once is quicker than linking often.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod baseline;
mod browser;
mod cli;
mod demo_portal;
mod drift;
mod guarded;
mod guides;
mod hitches;
mod hostile;
mod logins;
mod payloads;
mod practice;
mod private;
mod processes;
mod reading;
mod record;
mod recordings;
mod remote;
mod replay;
mod reports;
mod scenario_errors;
mod scenario_files;
mod secrets;
mod seeds;
mod volatile;

/// Whole walks fill every core; two at a time would only slow each other down until steps run out of patience.
static ONE_WALK: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
