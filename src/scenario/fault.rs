//! Where something stands in a file, and what is wrong there, before it is known to which file it belongs.

/// A stretch of one line, counted in characters from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mark {
    /// Line, from 1; 0 when the whole file is meant.
    pub(crate) line: usize,
    /// Column of the first character, from 1.
    pub(crate) column: usize,
    /// How many characters are meant; a caret is drawn under each.
    pub(crate) length: usize,
}

impl Mark {
    /// The whole file rather than a place in it.
    pub(crate) const FILE: Self = Self { line: 0, column: 0, length: 0 };

    /// A place one character wide.
    pub(crate) fn point(line: usize, column: usize) -> Self {
        Self { line, column, length: 1 }
    }
}

/// Something wrong at a place, said for the person who wrote the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where.
    pub(crate) mark: Mark,
    /// What, in one Chinese clause.
    pub(crate) message: String,
    /// What to write instead.
    pub(crate) hint: Option<String>,
}

impl Fault {
    /// A fault whose message says it all.
    pub(crate) fn new(mark: Mark, message: impl Into<String>) -> Self {
        Self { mark, message: message.into(), hint: None }
    }

    /// The same fault with advice.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
