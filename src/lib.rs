//! 走通 zoutong walks the errands of a government-service portal the way a citizen would, on every channel, and
//! writes down what is wrong. `docs/ARCHITECTURE.md` shows the rooms and floors.

pub mod audit;
pub mod browser;
pub mod check;
pub mod cli;
pub mod demo;
pub mod model;
pub mod read;
pub mod report;
pub mod runner;
pub mod scenario;
pub mod settings;
pub mod store;
pub mod text;
pub mod vault;
