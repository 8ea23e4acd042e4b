//! Events of a run: the runner emits them, the journal keeps them, the terminal shows them.

use serde::{Deserialize, Serialize};

use super::attachment::Attachment;
use super::channel::ChannelId;
use super::crawl::{CrawlWish, Look};
use super::dialogue::Turn;
use super::run::Run;
use super::snapshot::Speed;
use super::step_record::StepRecord;
use super::visit::{Capture, Ending, Visit, VisitId};

/// One line of `journal.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The run begins; so many visits are planned.
    RunStarted {
        /// The run.
        run: Run,
        /// Number of visits planned.
        planned: usize,
    },
    /// A visit begins; the visit is still empty.
    VisitStarted {
        /// Its header.
        visit: Box<Visit>,
    },
    /// A step was walked.
    StepEnded {
        /// Its visit.
        visit: VisitId,
        /// What it did.
        step: StepRecord,
    },
    /// A page was kept.
    Captured {
        /// Its visit.
        visit: VisitId,
        /// Where it lies.
        capture: Capture,
    },
    /// The chatbot was asked.
    Answered {
        /// Its visit.
        visit: VisitId,
        /// Question and answer.
        turn: Turn,
    },
    /// A file or entry that the guide links was asked for.
    Asked {
        /// Its visit.
        visit: VisitId,
        /// What came.
        attachment: Attachment,
    },
    /// The browser broke down; the visit is to be begun anew.
    GivenUp {
        /// Its visit.
        visit: VisitId,
        /// Why, in Chinese.
        why: String,
    },
    /// A visit ended.
    VisitEnded {
        /// Its name.
        visit: VisitId,
        /// How.
        ending: Ending,
    },
    /// Guides are to be found and read; what exactly was ordered.
    GuidesWanted {
        /// The order.
        wish: CrawlWish,
    },
    /// So many pages of a channel are known to be read.
    GuidesAhead {
        /// The channel.
        channel: ChannelId,
        /// How many.
        pages: usize,
    },
    /// A page was looked at for where it leads.
    Looked {
        /// What it led to.
        look: Look,
    },
    /// A channel's guides are read at this speed from now on.
    SpeedChosen {
        /// The channel.
        channel: ChannelId,
        /// The speed.
        speed: Speed,
        /// Why, in Chinese.
        why: String,
    },
    /// Something about a channel that people should know, in Chinese.
    Remarked {
        /// The channel.
        channel: ChannelId,
        /// What.
        said: String,
    },
    /// The run ended by itself (a killed run has no such line).
    RunEnded,
}
