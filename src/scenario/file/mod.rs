//! The shapes of the files, exactly as people write them. Converted once, in `convert`; nothing else knows them.

pub(crate) mod flow;
pub(crate) mod look;
pub(crate) mod people;
pub(crate) mod portal;
pub(crate) mod scenario;
pub(crate) mod step;
pub(crate) mod target;
pub(crate) mod touch;
