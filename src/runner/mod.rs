//! Walks one scenario on one channel: renders each step, asks the guard, acts through the browser port, and hands
//! every event and every captured page to the recorder at once. It judges nothing and reads no facts.

mod dialogue;
mod guard;
mod mask;
mod places;
mod record;
mod speak;
mod walk;

pub use guard::Guard;
pub use mask::{ACCOUNT_NAME, Masker};
pub use record::{RecordError, Recorder};
pub use walk::{Errand, Tools, WalkError, walk};
