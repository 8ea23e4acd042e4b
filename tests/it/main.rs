//! The integration tests, one binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its world should stop there")]

mod scenario_errors;
mod scenario_files;
