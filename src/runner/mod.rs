//! Walks one scenario on one channel: renders each step, asks the guard, acts through the browser port, and hands
//! every event and every captured page to the recorder at once. It judges nothing; of a guide it only
//! reads which files it links, to ask for them while the page is there.

mod attachments;
mod dialogue;
mod disguise;
mod flow;
mod guard;
mod keeping;
mod logins;
mod looking;
mod mask;
mod people;
mod perform;
mod places;
mod press;
mod record;
mod requests;
mod signing_in;
mod speak;
mod stepping;
mod walk;
mod watcher;

pub use attachments::Fetcher;
pub use guard::{Guard, ReadOnly};
pub use logins::{Logins, NoLogins};
pub use mask::{ACCOUNT_NAME, Masker};
pub use people::{Nobody, People, Question};
pub use record::{RecordError, Recorder};
pub use signing_in::sign_in_by_hand;
pub use walk::{Errand, Tools, WalkError, walk};
pub use watcher::{Unwatched, Watcher};
