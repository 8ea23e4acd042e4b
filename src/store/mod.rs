//! What is kept: the folder of a run, which is the truth, and the index over all runs, which can be rebuilt from the
//! folders, and the seal that shows whether a folder is still what was kept. It judges nothing; it knows no browser.

mod error;
mod folder;
mod history;
mod journal;
mod seal;
mod whereabouts;

pub use error::StoreError;
pub use folder::RunFolder;
pub use history::{History, Previous};
pub use journal::Journal;
pub use seal::{SEAL, SealCheck};
pub use whereabouts::{LATEST, find_run};
