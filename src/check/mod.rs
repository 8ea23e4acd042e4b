//! 核查: judges what was read. Pure functions from cases (every visit of one errand side by side) to findings, to what
//! could not be seen, and to the state of all 94 checklist items. Knows nothing of browsers, files or clocks.
//!
//! One file a check, in the checklist's order; [`CHECKS`] is the registry, [`survey`] goes through a whole run.

mod account_flow;
mod attachments;
mod blemish;
mod bot_answer;
mod bot_facts;
mod bot_intent;
mod compare;
#[cfg(test)]
mod comparing_tests;
mod completeness;
mod contradiction;
mod contrast;
mod coverage;
mod describe;
mod difference;
mod fingerprint;
mod guide_consistency;
mod guide_process;
mod guide_readability;
mod inspect;
mod ledger;
mod linkage;
mod material_faults;
mod material_name;
mod materials;
mod pairing;
mod quote;
mod registry;
mod roll;
mod rules;
mod sheet;
mod sides;
mod standing;
mod survey;
#[cfg(test)]
mod trial;
mod uscc;
mod volatile;

pub use account_flow::{LoginMeasure, login_measures};
pub use compare::{Comparison, Voice, compare};
pub use contrast::{Contrast, Difference, contrast};
pub use describe::{CheckDescription, RuleDescription, describe};
pub use fingerprint::fingerprint;
pub use inspect::inspect;
pub use linkage::{Clue, Entry, Linkage, Proposal, Seat, link};
pub use registry::{CHECKS, Check, Judged};
pub use roll::{Roll, is_filed};
pub use survey::{KeptSheets, Survey, Surveyor, survey};
pub use uscc::valid_uscc;
pub use volatile::{Volatile, seen_twice, volatile};
