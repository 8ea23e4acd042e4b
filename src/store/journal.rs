//! The journal, read back: events in order, folded into visits.

use std::collections::BTreeMap;

use crate::model::{Capture, Event, Visit, VisitId};

/// What a journal holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// The events, in order.
    pub events: Vec<Event>,
    /// Whether the last line was cut off, or some line could not be read; it is left out.
    pub torn: bool,
}

impl Journal {
    /// Reads lines until they make no sense.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let mut journal = Self::default();
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            match serde_json::from_slice(line) {
                Ok(event) => journal.events.push(event),
                Err(_) => journal.torn = true,
            }
        }
        journal
    }

    /// How many visits were planned, where the run's first line is there.
    #[must_use]
    pub fn planned(&self) -> Option<usize> {
        self.events.iter().find_map(|event| match event {
            Event::RunStarted { planned, .. } => Some(*planned),
            _ => None,
        })
    }

    /// Every page that was kept, those of walks that were given up included.
    pub fn captures(&self) -> impl Iterator<Item = &Capture> {
        self.events.iter().filter_map(|event| match event {
            Event::Captured { capture, .. } => Some(capture),
            _ => None,
        })
    }

    /// The visits in the order of their names. A visit that began twice (its browser broke down) counts as its last try.
    #[must_use]
    pub fn visits(&self) -> Vec<Visit> {
        let mut visits: BTreeMap<&VisitId, Visit> = BTreeMap::new();
        for event in &self.events {
            match event {
                Event::VisitStarted { visit } => {
                    let before = visits.remove(&visit.id).map(|known| known.given_up).unwrap_or_default();
                    visits.insert(&visit.id, Visit { given_up: before, ..(**visit).clone() });
                }
                Event::GivenUp { visit, why } => {
                    visits.entry(visit).and_modify(|known| known.give_up(why));
                }
                Event::StepEnded { visit, step } => {
                    visits.entry(visit).and_modify(|known| known.steps.push(step.clone()));
                }
                Event::Captured { visit, capture } => {
                    visits.entry(visit).and_modify(|known| known.captures.push(capture.clone()));
                }
                Event::Answered { visit, turn } => {
                    visits.entry(visit).and_modify(|known| known.dialogue.push(turn.clone()));
                }
                Event::Asked { visit, attachment } => {
                    visits.entry(visit).and_modify(|known| known.attachments.push(attachment.clone()));
                }
                Event::VisitEnded { visit, ending } => {
                    visits.entry(visit).and_modify(|known| known.ending = ending.clone());
                }
                Event::RunStarted { .. }
                | Event::RunEnded
                | Event::GuidesWanted { .. }
                | Event::GuidesAhead { .. }
                | Event::Looked { .. }
                | Event::SpeedChosen { .. }
                | Event::Remarked { .. } => {}
            }
        }
        visits.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Attachment, ChannelId, Download, Ending, HitchKind, Obstacle, ObstacleKind, StepRecord,
    };

    fn visit(id: &str) -> Visit {
        let said = "没有走完".to_owned();
        Visit {
            checks: vec!["account.flow".into()],
            ending: Ending::Blocked(Obstacle {
                kind: ObstacleKind::Interrupted,
                said,
                line: None,
                capture: None,
            }),
            ..Visit::begun(
                VisitId(id.into()),
                "login".into(),
                ChannelId("pc".into()),
                chrono::DateTime::default(),
            )
        }
    }

    fn events() -> Vec<Event> {
        let step = StepRecord { line: 3, said: "点按 登录".into(), ..StepRecord::default() };
        vec![
            Event::VisitStarted { visit: Box::new(visit("a")) },
            Event::StepEnded { visit: VisitId("a".into()), step },
            Event::VisitEnded { visit: VisitId("a".into()), ending: Ending::Completed },
            Event::VisitStarted { visit: Box::new(visit("b")) },
        ]
    }

    fn bytes() -> Vec<u8> {
        events().iter().flat_map(|event| [serde_json::to_vec(event).unwrap(), vec![b'\n']].concat()).collect()
    }

    #[test]
    fn files_of_a_guide_are_kept_with_their_visit_and_a_journal_from_before_they_were_loads() {
        let attachment =
            Attachment { url: "https://pc.example/form.doc".into(), download: Download::Status(404) };
        let asked = Event::Asked { visit: VisitId("b".into()), attachment: attachment.clone() };
        let journal = [bytes(), serde_json::to_vec(&asked).unwrap()].concat();
        assert_eq!(Journal::parse(&journal).visits()[1].attachments, [attachment]);
        assert!(!String::from_utf8(bytes()).unwrap().contains("attachments"));
        assert!(!Journal::parse(&bytes()).torn);
    }

    #[test]
    fn a_visit_that_was_never_ended_reads_as_interrupted() {
        let visits = Journal::parse(&bytes()).visits();
        assert_eq!(visits[0].ending, Ending::Completed);
        assert_eq!(visits[0].steps.len(), 1);
        assert!(
            matches!(&visits[1].ending, Ending::Blocked(obstacle) if obstacle.kind == ObstacleKind::Interrupted)
        );
    }

    #[test]
    fn a_visit_that_was_walked_again_says_how_far_it_came_the_first_time() {
        let done = |line, said: &str| Event::StepEnded {
            visit: VisitId("a".into()),
            step: StepRecord { line, said: said.into(), ..StepRecord::default() },
        };
        let why = "浏览器没有了".to_owned();
        let events = [
            Event::VisitStarted { visit: Box::new(visit("a")) },
            done(3, "打开 首页"),
            done(4, "点按 登录"),
            Event::GivenUp { visit: VisitId("a".into()), why: why.clone() },
            Event::VisitStarted { visit: Box::new(visit("a")) },
            done(3, "打开 首页"),
            Event::VisitEnded { visit: VisitId("a".into()), ending: Ending::Completed },
        ];
        let visits = Journal { events: events.into(), torn: false }.visits();
        assert_eq!(visits[0].steps.len(), 1, "only the last walk counts");
        let hitches = visits[0].hitches();
        assert_eq!(hitches.len(), 1);
        let hitch = &hitches[0];
        assert_eq!((hitch.kind, hitch.tries, hitch.line), (HitchKind::WalkedAgain, 2, Some(4)));
        assert_eq!((hitch.step.as_str(), &hitch.why), ("点按 登录", &why));
    }

    #[test]
    fn a_visit_that_was_walked_again_and_stuck_all_the_same_is_not_called_unsteady() {
        let id = || VisitId("a".into());
        let events = [
            Event::VisitStarted { visit: Box::new(visit("a")) },
            Event::GivenUp { visit: id(), why: "浏览器没有了".into() },
            Event::VisitStarted { visit: Box::new(visit("a")) },
        ];
        assert!(!Journal { events: events.into(), torn: false }.visits()[0].is_flaky());
    }

    #[test]
    fn a_journal_cut_off_anywhere_keeps_every_whole_line() {
        let bytes = bytes();
        for cut in 0..=bytes.len() {
            let journal = Journal::parse(&bytes[..cut]);
            let whole = bytes[..cut].split(|byte| *byte == b'\n').count() - 1;
            assert!(journal.events.len() == whole || journal.events.len() == whole + 1, "cut at {cut}");
            assert_eq!(journal.events[..whole], events()[..whole]);
        }
    }
}
