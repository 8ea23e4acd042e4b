//! 演示门户: an invented portal of Jincheng with four really different channels, on which the auditor is tried.
//! It shares no code with the auditor (shared code is shared mistakes), and its answer key is not computed from the
//! planting. Everything in it is invented demonstration data.

mod account;
mod answer_key;
mod archive;
mod bot;
mod bustle;
mod catalogue;
mod channel;
mod code;
mod document;
#[cfg(test)]
mod door_tests;
mod draw;
mod drawn_faults;
mod drawn_key;
mod error;
mod fault;
mod flow_chart;
mod form;
mod guide;
mod item;
mod listing;
mod neighbour;
#[cfg(test)]
mod planting_tests;
mod recipe;
mod search;
mod server;
mod settings;
mod sheet;
mod state;
mod style;
mod template;
mod variation;
mod wardrobe;

pub use answer_key::{Expected, answer_key};
pub use channel::router;
pub use error::DemoError;
pub use server::{ItemCard, Portal, serve};
pub use settings::{CHANNELS, Settings, TEST_ACCOUNTS, TestAccount};
pub use state::State;
