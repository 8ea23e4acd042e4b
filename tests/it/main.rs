//! One binary for all integration tests: a room each.

mod browser;
