//! People: who answers what only a person can see or judge.

use std::time::Duration;

use async_trait::async_trait;

/// A question for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub ask: String,
    /// The answers to choose from; any text when there are none.
    pub answers: Vec<String>,
}

/// Somebody who can be asked.
#[async_trait]
pub trait People: Send + Sync {
    /// The answer; `None` when nobody answers in time.
    async fn ask(&self, question: &Question, patience: Duration) -> Option<String>;
}

/// Nobody is there: at night, in tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nobody;

#[async_trait]
impl People for Nobody {
    async fn ask(&self, _question: &Question, _patience: Duration) -> Option<String> {
        None
    }
}
