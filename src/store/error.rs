//! What could not be kept or found again.

use std::path::PathBuf;

/// Reading or writing a run failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder could not be written.
    #[error("写不进 {path}")]
    Write {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file or folder could not be read.
    #[error("读不了 {path}")]
    Read {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{path} 的内容不完整或不是这个版本写的")]
    Content {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A name that could lead out of the run's folder.
    #[error("名称“{0}”不能用作文件名")]
    Name(String),
    /// No run has this name.
    #[error("没有找到走访“{name}”（在 {path} 里找过）")]
    NoRun {
        /// What was asked for.
        name: String,
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The beginning of a name fits several runs.
    #[error("“{name}”对应不止一次走访：{fitting}")]
    SeveralRuns {
        /// What was asked for.
        name: String,
        /// What it fits.
        fitting: String,
    },
    /// The index could not be used.
    #[error("历史索引 {path} 用不了")]
    Index {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
}
