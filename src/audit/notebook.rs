//! The recorder of a run: everything goes to the run folder first, then to whoever listens.

use std::sync::Arc;

use super::order::Listener;
use crate::browser::Picture;
use crate::model::{Event, Snapshot, VisitId};
use crate::runner::{RecordError, Recorder};
use crate::store::{RunFolder, StoreError};

/// Writes to the run folder and tells the listener.
pub(super) struct Notebook {
    pub(super) folder: Arc<RunFolder>,
    pub(super) listener: Arc<dyn Listener>,
}

impl Notebook {
    pub(super) fn event(&self, event: &Event) -> Result<(), RecordError> {
        self.events(std::slice::from_ref(event))
    }

    /// Several events that belong together, written in one stroke.
    pub(super) fn events(&self, events: &[Event]) -> Result<(), RecordError> {
        self.folder.append_all(events).map_err(unrecorded)?;
        for event in events {
            self.listener.heard(event);
        }
        Ok(())
    }
}

impl Recorder for Notebook {
    fn note(&self, event: &Event) -> Result<(), RecordError> {
        self.event(event)
    }

    fn snapshot(&self, visit: &VisitId, number: usize, snapshot: &Snapshot) -> Result<String, RecordError> {
        self.folder.keep_snapshot(visit, number, snapshot).map_err(unrecorded)
    }

    fn picture(&self, visit: &VisitId, number: usize, picture: &Picture) -> Result<String, RecordError> {
        self.folder.keep_screenshot(visit, number, picture.format, &picture.bytes).map_err(unrecorded)
    }

    fn file(
        &self,
        visit: &VisitId,
        number: usize,
        ending: &str,
        bytes: &[u8],
    ) -> Result<String, RecordError> {
        self.folder.keep_file(visit, number, ending, bytes).map_err(unrecorded)
    }
}

fn unrecorded(error: StoreError) -> RecordError {
    RecordError(Box::new(error))
}
