//! Where a walk leaves what it saw. The run folder implements it; tests collect in memory.

use crate::model::{Event, Snapshot, VisitId};

use crate::browser::Picture;

/// Keeps events and evidence, at once and for good.
pub trait Recorder: Send + Sync {
    /// Keeps one event.
    ///
    /// # Errors
    /// When it could not be written; the run then stops, for unrecorded work is lost work.
    fn note(&self, event: &Event) -> Result<(), RecordError>;

    /// Keeps a snapshot; gives its file name relative to the evidence folder.
    ///
    /// # Errors
    /// When it could not be written.
    fn snapshot(&self, visit: &VisitId, number: usize, snapshot: &Snapshot) -> Result<String, RecordError>;

    /// Keeps a picture; gives its file name relative to the evidence folder.
    ///
    /// # Errors
    /// When it could not be written.
    fn picture(&self, visit: &VisitId, number: usize, picture: &Picture) -> Result<String, RecordError>;

    /// Keeps a file that a page sent; gives its file name relative to the evidence folder.
    ///
    /// # Errors
    /// When it could not be written.
    fn file(&self, visit: &VisitId, number: usize, ending: &str, bytes: &[u8])
    -> Result<String, RecordError>;
}

/// Evidence could not be written.
#[derive(Debug, thiserror::Error)]
#[error("证据写不进去")]
pub struct RecordError(#[source] pub Box<dyn std::error::Error + Send + Sync>);
