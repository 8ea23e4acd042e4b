//! What can keep the demo portal from opening.

/// Why the demo portal could not be opened; what a visitor does wrong is an answer of the portal, never an error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DemoError {
    /// One of the embedded data files does not have the expected shape.
    #[error("演示门户的内置数据 {file} 无法读取")]
    Data {
        /// The embedded file, relative to `src/demo/`.
        file: &'static str,
        /// What the parser says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An item names a department that does not exist.
    #[error("演示事项“{item}”的部门“{department}”不存在")]
    Department {
        /// The item's official name.
        item: String,
        /// The department's key.
        department: String,
    },
    /// A template of the portal cannot be compiled.
    #[error("演示门户的页面模板有误")]
    Template(#[source] Box<minijinja::Error>),
    /// A port cannot be opened.
    #[error("演示门户无法在端口 {port} 上启动")]
    Port {
        /// The port asked for; 0 means any.
        port: u16,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}

/// Reads one embedded YAML file.
pub(crate) fn read_yaml<T: serde::de::DeserializeOwned>(
    file: &'static str,
    text: &str,
) -> Result<T, DemoError> {
    serde_saphyr::from_str(text).map_err(|source| DemoError::Data { file, source: Box::new(source) })
}
