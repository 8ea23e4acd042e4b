//! One command a file: what it prints and which exit code it gives.

pub(super) mod checks;
pub(super) mod compare;
mod compare_json;
pub(super) mod demo;
pub(super) mod doctor;
mod drift;
pub(super) mod guides;
pub(super) mod import;
pub(super) mod init;
pub(super) mod lint;
pub(super) mod login;
pub(super) mod portal;
pub(super) mod read;
pub(super) mod recheck;
pub(super) mod record;
pub(super) mod replay;
pub(super) mod report;
pub(super) mod run;
pub(super) mod score;
pub(super) mod secret;
pub(super) mod show;
pub(super) mod trace;
pub(super) mod verify;

use std::future::Future;

use chrono::{DateTime, FixedOffset, Local};

use super::exit::Failure;

/// Runs a command that waits for things.
fn wait_for<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|source| Failure::System { what: "启动多任务环境", source })?
        .block_on(work)
}

/// The clock of this machine.
fn now() -> DateTime<FixedOffset> {
    Local::now().fixed_offset()
}
