//! 走通 zoutong walks the errands of a government-service portal the way a citizen would, on every channel, and
//! writes down what is wrong. `docs/ARCHITECTURE.md` shows the rooms and floors.

pub mod audit;
pub mod browser;
pub mod check;
pub mod model;
pub mod store;
pub mod text;
