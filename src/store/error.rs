//! What can go wrong on disk.

use std::io;
use std::path::{Path, PathBuf};

/// The disk did not do what we need. Each message says its own part; the reason is the source.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder could not be read.
    #[error("无法读取 {}", path.display())]
    Read {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file or folder could not be written.
    #[error("无法写入 {}", path.display())]
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file does not have the shape it should have.
    #[error("{} 的内容不是本程序的格式", path.display())]
    Shape {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A line in the middle of a journal is damaged.
    #[error("{} 第 {line} 行已损坏", path.display())]
    Journal {
        /// Which journal.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A name that may not become a file name.
    #[error("“{0}”不能用作文件名")]
    Name(String),
    /// A file name that leads out of the run's folder.
    #[error("{} 不在核查批次的文件夹里", .0.display())]
    Outside(PathBuf),
    /// The run's folder is there already.
    #[error("核查批次的文件夹 {} 已经存在", .0.display())]
    Exists(PathBuf),
    /// Another process writes the journal.
    #[error("另一个走通程序正在写 {}", .0.display())]
    Busy(PathBuf),
    /// The folder is not that of a run.
    #[error("{} 不是核查批次的文件夹（缺少 run.json）", .0.display())]
    NoRun(PathBuf),
    /// No run has this name.
    #[error("没有找到名为“{name}”的核查批次（在 {} 里）", path.display())]
    NotFound {
        /// The name that was asked for.
        name: String,
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Several runs begin with this name.
    #[error("有多个核查批次以“{name}”开头：{}", candidates.join("、"))]
    Ambiguous {
        /// The name that was asked for.
        name: String,
        /// Some of the runs.
        candidates: Vec<String>,
    },
    /// The history does not work.
    #[error("历史记录 {} 无法使用", path.display())]
    Index {
        /// The database.
        path: PathBuf,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
    /// The history was written by a newer program.
    #[error("历史记录 {} 由更新版本的走通写成（格式 {version}）", path.display())]
    NewerIndex {
        /// The database.
        path: PathBuf,
        /// Its version.
        version: i64,
    },
}

impl StoreError {
    /// What a person can do about it, in Chinese.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Read { .. } | Self::Write { .. } => {
                Some("请检查磁盘空间，以及当前用户对该文件夹的读写权限")
            }
            Self::Shape { .. } | Self::Journal { .. } => {
                Some("文件可能被改动过，或由其他版本写成；请从备份恢复，或重新核查")
            }
            Self::Exists(_) => Some("继续上次中断的核查请用 --resume"),
            Self::Busy(_) => Some("请等它结束，或先停掉它"),
            Self::NotFound { .. } | Self::Ambiguous { .. } => {
                Some("用 zoutong runs 查看所有批次，“最近”表示最近一次")
            }
            Self::Index { .. } => Some("历史记录可以删除，程序会用各批次的文件夹重建"),
            Self::NewerIndex { .. } => Some("请使用更新版本的走通"),
            Self::Name(_) | Self::Outside(_) | Self::NoRun(_) => None,
        }
    }

    pub(super) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Read { path, source }
    }

    pub(super) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }

    pub(super) fn index(path: &Path) -> impl FnOnce(rusqlite::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Index { path, source }
    }
}
