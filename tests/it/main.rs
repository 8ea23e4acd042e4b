//! The integration tests, one binary: linking once is quicker than linking often.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod browser;
mod cli;
mod demo_portal;
mod processes;
mod reports;
mod scenario_errors;
mod scenario_files;
