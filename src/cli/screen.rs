//! The terminal: how wide it is, whether it takes colour, and a way to write that survives a closed pipe.

use std::io::{IsTerminal, Write};

use crate::text;

/// Standard output and standard error of this invocation.
#[derive(Debug, Clone)]
pub(super) struct Screen {
    /// Columns to fill.
    pub(super) width: usize,
    /// Whether colours are shown.
    pub(super) color: bool,
    /// Whether a person watches (progress bars make sense).
    pub(super) watched: bool,
}

const NARROWEST: usize = 60;
const WIDEST: usize = 160;
const USUAL: usize = 100;

impl Screen {
    pub(super) fn new(environment: &[(String, String)]) -> Self {
        let value =
            |name: &str| environment.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let terminal = std::io::stdout().is_terminal();
        let plain = value("NO_COLOR").is_some_and(|value| !value.is_empty()) || value("TERM") == Some("dumb");
        let columns = value("COLUMNS").and_then(|columns| columns.parse().ok());
        let measured = console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
        Self {
            width: columns.or(measured).unwrap_or(USUAL).clamp(NARROWEST, WIDEST),
            color: terminal && !plain,
            watched: std::io::stderr().is_terminal(),
        }
    }

    /// A line (or several) on standard output.
    #[expect(clippy::unused_self, reason = "whoever prints has a screen")]
    pub(super) fn line(&self, text: &str) {
        // A closed pipe (`| head`) is the reader's choice, not our failure.
        let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end_matches('\n'));
    }

    /// A line (or several) on standard error.
    #[expect(clippy::unused_self, reason = "whoever prints has a screen")]
    pub(super) fn error(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end_matches('\n'));
    }

    /// The text in bold where colours are shown.
    pub(super) fn strong(&self, text: &str) -> String {
        self.painted(text, "1")
    }

    /// The text in red where colours are shown.
    pub(super) fn red(&self, text: &str) -> String {
        self.painted(text, "31")
    }

    /// The text in green where colours are shown.
    pub(super) fn green(&self, text: &str) -> String {
        self.painted(text, "32")
    }

    /// The text in yellow where colours are shown.
    pub(super) fn yellow(&self, text: &str) -> String {
        self.painted(text, "33")
    }

    /// The text in grey where colours are shown.
    pub(super) fn faint(&self, text: &str) -> String {
        self.painted(text, "2")
    }

    fn painted(&self, text: &str, code: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A text in a column of exactly so many places: cut where it is longer, filled up where it is shorter.
pub(super) fn column(said: &str, places: usize) -> String {
    let cut = text::fit(said, places);
    let room = places.saturating_sub(text::width(&cut));
    format!("{cut}{}", " ".repeat(room))
}
