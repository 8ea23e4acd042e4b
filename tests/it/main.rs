//! The integration tests, one binary.

mod scenario_errors;
mod scenario_files;
