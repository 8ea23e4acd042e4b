//! How a channel has answered lately: when it asks for patience everybody waits, and when it does not answer any more it is
//! left in peace.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::audit::doorstep::FAILURES_IN_A_ROW;
use crate::model::{Obstacle, ObstacleKind};

/// Longest time that a server's wish for patience is heeded.
const LONGEST_WAIT: Duration = Duration::from_mins(2);
/// The first pause where the server does not say how long; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// The door of one channel.
#[derive(Debug, Default)]
pub(super) struct Door {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: usize,
    closed: Option<Obstacle>,
    until: Option<Instant>,
}

impl Door {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why nothing more is asked of this channel.
    pub(super) fn closed(&self) -> Option<Obstacle> {
        self.state().closed.clone()
    }

    /// Waits as long as the channel asked for.
    pub(super) async fn wait(&self) {
        let until = self.state().until;
        if let Some(until) = until {
            tokio::time::sleep_until(until).await;
        }
    }

    /// The channel is busy: nobody asks anything until it has had its time.
    pub(super) fn back_off(&self, wish: Option<Duration>, attempt: u32) {
        let pause = wish.unwrap_or(FIRST_PAUSE * 2_u32.pow(attempt.min(8))).min(LONGEST_WAIT);
        let until = Instant::now() + pause;
        let mut state = self.state();
        state.until = Some(state.until.map_or(until, |known| known.max(until)));
    }

    /// A short pause after a failure, longer each time.
    pub(super) fn pause(&self, attempt: u32) {
        self.back_off(None, attempt);
    }

    /// It answered.
    pub(super) fn answered(&self) {
        self.state().failures = 0;
    }

    /// A page could not be had in spite of all tries; after several in a row the channel is closed.
    pub(super) fn failed(&self, obstacle: &Obstacle) {
        let mut state = self.state();
        state.failures += 1;
        if state.failures >= FAILURES_IN_A_ROW && state.closed.is_none() {
            let said =
                format!("渠道连续 {FAILURES_IN_A_ROW} 次打不开，余下的没有再访问（{}）", obstacle.said);
            state.closed =
                Some(Obstacle { kind: ObstacleKind::Unreachable, said, line: None, capture: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silent() -> Obstacle {
        let said = "没有应答".to_owned();
        Obstacle { kind: ObstacleKind::Unreachable, said, line: None, capture: None }
    }

    #[test]
    fn several_failures_in_a_row_close_a_channel_and_an_answer_in_between_does_not() {
        let door = Door::default();
        for _ in 0..FAILURES_IN_A_ROW * 2 {
            door.failed(&silent());
            door.answered();
        }
        assert_eq!(door.closed(), None);
        for _ in 0..FAILURES_IN_A_ROW {
            door.failed(&silent());
        }
        assert!(door.closed().unwrap().said.contains("没有应答"));
    }

    #[tokio::test]
    async fn everybody_waits_as_long_as_the_server_asks_but_not_for_ever() {
        let door = Door::default();
        let began = Instant::now();
        door.back_off(Some(Duration::from_millis(60)), 0);
        door.back_off(Some(Duration::from_millis(10)), 0);
        door.wait().await;
        assert!(began.elapsed() >= Duration::from_millis(60));
        door.back_off(Some(Duration::from_hours(5)), 0);
        let until = door.state().until.unwrap();
        assert!(until <= Instant::now() + LONGEST_WAIT);
    }
}
