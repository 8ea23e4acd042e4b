//! What an audit could not do. Obstacles on the portal are not among it.

use crate::browser::BrowserError;
use crate::report::ReportError;
use crate::runner::{RecordError, WalkError};
use crate::scenario::ScenarioErrors;
use crate::store::StoreError;
use crate::vault::VaultError;

/// The house could not work, or was asked wrongly.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The scenario files are wrong; nothing was walked.
    #[error("场景文件有错误，没有开始走访")]
    Scenario(#[from] ScenarioErrors),
    /// The selection fits nothing.
    #[error("没有可走访的内容：{0}")]
    NothingToWalk(String),
    /// No browser.
    #[error("浏览器用不了")]
    Browser(#[from] BrowserError),
    /// A walk had to be given up for a reason of ours.
    #[error("走访无法继续")]
    Walk(#[from] WalkError),
    /// Evidence could not be kept.
    #[error("走访记录保存不了")]
    Record(#[from] RecordError),
    /// The run folder or the index could not be read or written.
    #[error("核查批次的文件夹读写失败")]
    Store(#[from] StoreError),
    /// What is private could not be read or written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The report could not be written.
    #[error("核查报告写不出来")]
    Report(#[from] ReportError),
    /// A file that was to be read as a page could not be.
    #[error("读不了文件 {path}")]
    PageFile {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A truth beside a page is not one.
    #[error("{path} 不是标准答案：要写成 {{\"elements\": {{要素: 文字}}, \"materials\": [{{子项: 文字}}]}}")]
    TruthFile {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A truth without its page.
    #[error("{0} 旁边没有同名的网页文件")]
    NoPage(String),
    /// A folder without truths.
    #[error("{0} 里没有标准答案（网页旁边的 名称.truth.json）")]
    NoTruth(String),
    /// An address is not one.
    #[error("“{0}”不是可以打开的网址（要以 http:// 或 https:// 开头）")]
    Address(String),
    /// A page did not answer.
    #[error("打不开 {address}：{why}")]
    Unreachable {
        /// The address.
        address: String,
        /// Why, in Chinese.
        why: String,
    },
}
