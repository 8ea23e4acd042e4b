//! What is wrong with an export of the office's database, and what to do.

/// The export cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// There is no such file.
    #[error("没有事项库文件 {file}")]
    Absent {
        /// The file.
        file: String,
    },
    /// The file cannot be opened or read.
    #[error("打不开事项库文件 {file}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// More than anybody exports.
    #[error("事项库文件 {file} 超过 200 MB")]
    TooLarge {
        /// The file.
        file: String,
    },
    /// Neither UTF-8 nor GBK.
    #[error("事项库文件 {file} 第 {line} 行的文字编码认不出来")]
    Encoding {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
    },
    /// The file is damaged or not what its beginning says.
    #[error("事项库文件 {file} 已损坏或格式不对：{why}")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong where, in Chinese.
        why: String,
    },
    /// Nothing in it.
    #[error("事项库文件 {file} 里没有内容")]
    Empty {
        /// The file.
        file: String,
    },
    /// No row that looks like headings.
    #[error("事项库文件 {file} 里找不到表头")]
    NoHeadings {
        /// The file.
        file: String,
    },
    /// Headings without a single item below.
    #[error("事项库文件 {file} 里有表头，但一个事项也没有")]
    NoItems {
        /// The file.
        file: String,
    },
}

impl BaselineError {
    /// What to do about it, in one Chinese clause.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Absent { .. } => "检查文件名和它在哪个文件夹里",
            Self::Unreadable { .. } => "检查这个文件的权限；正被别的程序打开时先关掉",
            Self::TooLarge { .. } => "只导出要核查的事项，或者分成几个文件",
            Self::Encoding { .. } => "用表格软件打开，另存为 UTF-8 的 CSV 或 XLSX",
            Self::Damaged { .. } => "用表格软件打开看看，另存为 XLSX 再试",
            Self::Empty { .. } => "重新导出一次，确认文件里有事项",
            Self::NoHeadings { .. } => {
                "前 10 行里要有一行表头，写着“事项名称”或“实施编码”，以及“承诺办结时限”等要素名称"
            }
            Self::NoItems { .. } => "表头下面每行写一个事项，至少要有事项名称或编码",
        }
    }
}
