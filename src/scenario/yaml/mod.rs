//! YAML with positions: text to a tree, tree to the shapes of the grammar; every complaint in Chinese. Knows nothing of
//! portals or scenarios.

mod access;
mod anything;
mod misread;
mod node;
mod reader;
mod syntax;
mod written;

pub(crate) use anything::{Anything, Extra};
pub(crate) use node::{Content, Key, Node};
pub(crate) use reader::names::PLACES;
pub(crate) use reader::read;
pub(crate) use written::{Later, Listed, Named, Nothing, Written};
