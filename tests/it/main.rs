//! The integration tests, one binary: linking once is quicker than linking often.

mod browser;
