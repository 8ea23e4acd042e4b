//! Selenium IDE projects (`.side`, 1.0 to 3.0); the tests of the older HTML form come the same way.

mod assertion;
mod blocks;
mod columns;
mod command;
mod condition;
mod form;
mod import;
mod keys;
mod locator;
mod migrate;
mod mouse;
mod project;
mod reader;
mod store;
mod text;
mod window;

pub(super) use import::import;
pub(super) use project::{Command, Project, Suite, Test, project};
