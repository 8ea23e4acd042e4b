//! The integration tests, one binary: linking once is quicker than linking often.

mod architecture;
mod browser;
mod cli;
mod demo_portal;
mod processes;
mod reports;
mod scenario_errors;
mod scenario_files;
