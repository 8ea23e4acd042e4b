//! Why a recording cannot be taken, or a scenario not given away.

/// 录制文件错误: the file as the user gave it, where in it, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}：{message}")]
pub struct RecordingError {
    /// `file:line:column`; only the file when the whole file is meant.
    pub place: String,
    /// What is wrong, in one Chinese clause; a format's own words are quoted.
    pub message: String,
    /// What to do.
    pub advice: &'static str,
}

impl RecordingError {
    pub(super) fn new(place: impl Into<String>, message: impl Into<String>, advice: &'static str) -> Self {
        let printable = |text: String| crate::text::printable(&text);
        Self { place: printable(place.into()), message: printable(message.into()), advice }
    }
}
