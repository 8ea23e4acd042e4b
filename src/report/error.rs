//! What keeps a report from being written.

use std::path::PathBuf;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The report folder cannot be made.
    #[error("无法建立报告文件夹 {}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error("无法写入报告文件 {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The page's template failed, which is our mistake.
    #[error("网页报告生成失败")]
    Page(#[source] Box<minijinja::Error>),
    /// The workbook could not be made.
    #[error("问题清单表格生成失败")]
    Workbook(#[source] Box<rust_xlsxwriter::XlsxError>),
    /// The JUnit file could not be made.
    #[error("JUnit 结果文件生成失败")]
    Junit(#[source] quick_junit::SerializeError),
    /// The trace could not be packed.
    #[error("走访回放文件生成失败")]
    Trace(#[source] zip::result::ZipError),
}

impl From<minijinja::Error> for ReportError {
    fn from(source: minijinja::Error) -> Self {
        Self::Page(Box::new(source))
    }
}

impl From<rust_xlsxwriter::XlsxError> for ReportError {
    fn from(source: rust_xlsxwriter::XlsxError) -> Self {
        Self::Workbook(Box::new(source))
    }
}
