//! YAML with positions: text to a tree, tree to the shapes of the grammar; every complaint in Chinese. Knows nothing of
//! portals or scenarios.

mod node;
mod reader;
mod syntax;
mod written;

pub(crate) use node::Node;
pub(crate) use reader::read;
pub(crate) use written::{Listed, Named, Nothing, Written};

/// `Later` is exported on its own: it is the one shape that may be left empty.
pub(crate) use written::Later;
