//! What a run leaves on disk: its folder, which is the truth, and the history, an index that can be rebuilt from the
//! folders. It judges nothing and knows no browser.
//!
//! ```text
//! <root>/zoutong.db                        the history
//! <root>/runs/<run-id>/run.json            what the run is about
//!                      journal.jsonl       what happened, one event a line, written at once
//!                      evidence/<visit>/   snapshots and screenshots
//!                      findings.json       what it came to
//!                      report/             what people read
//! ```

mod error;
mod file;
mod find;
mod folder;
mod history;
mod journal;

pub use error::StoreError;
pub use find::{find_run, run_folders};
pub use folder::RunFolder;
pub use history::{History, Previous, RunLine};
pub use journal::Journal;
