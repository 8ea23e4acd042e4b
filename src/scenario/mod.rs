//! 场景: the folder of YAML files that says what to walk, where, and for which service items, to the nouns of `model`;
//! and what is wrong with such files, said so that a volunteer can put it right. Opens no page and knows no browser.

mod address;
mod baseline;
mod calls;
mod convert;
pub mod drift;
mod error;
mod fault;
mod file;
mod folder;
mod lint;
mod margin;
mod mentioned;
mod nearest;
pub mod recording;
mod replay;
mod schema;
mod source;
mod starter;
pub mod template;
mod vocabulary;
mod yaml;

pub use address::host_is_listed;
pub use baseline::{Baseline, BaselineError, read_baseline};
pub use error::{Note, NoteKind, Place, ScenarioError, ScenarioErrors};
pub use folder::{Library, load, load_portal};
pub use lint::{LintReport, lint};
pub use mentioned::secrets_named;
pub use replay::{Rehearsal, RehearsalError, rehearse};
pub use schema::{portal_schema, schema};
pub use starter::{StarterError, new_project};
pub use template::{Scope, TemplateError, Variables};
pub use vocabulary::{
    HOME_PAGE, QUESTION_WORD, SEARCH_BUTTON_WORD, SEARCH_WORD, SEND_WORD, SUBMIT_WORDS, is_submission,
};
