//! Watching a walk while it goes: whoever watches may hold it up before and after every step.

use async_trait::async_trait;

use crate::model::StepRecord;

/// Somebody who watches. Steps that only hold other steps (`group`, `repeat` …) are not announced.
#[async_trait]
pub trait Watcher: Send + Sync {
    /// A step is about to be done, on this line of the scenario file; the walk waits for the answer. `said` is what the step
    /// says in Chinese, secrets masked.
    async fn before(&self, line: usize, said: &str) {
        let _ = (line, said);
    }

    /// A step was done, or could not be; the walk waits for the answer.
    async fn after(&self, step: &StepRecord) {
        let _ = step;
    }
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

#[async_trait]
impl Watcher for Unwatched {}
