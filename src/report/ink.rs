//! Colours of the terminal by what they mean, and columns that Chinese text fits.

use crate::model::Severity;
use crate::text::{fit, width};

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Bold,
    Bad,
    Warn,
    Good,
    Unsure,
    Quiet,
}

impl Ink {
    /// The colour of a severity.
    pub(super) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Major => Self::Bad,
            Severity::Minor => Self::Warn,
            Severity::Note => Self::Quiet,
        }
    }

    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bold => Some("1"),
            Self::Bad => Some("31"),
            Self::Warn => Some("33"),
            Self::Good => Some("32"),
            Self::Unsure => Some("35"),
            Self::Quiet => Some("2"),
        }
    }
}

/// How lines are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    /// Columns that a line may take.
    pub(super) columns: usize,
    /// Whether colours are shown.
    pub(super) color: bool,
}

impl Pen {
    /// The text in a colour, where colours are shown.
    pub(super) fn paint(self, text: &str, ink: Ink) -> String {
        match ink.code() {
            Some(code) if self.color && !text.is_empty() => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            _ => text.to_owned(),
        }
    }

    /// The text, cut to one line.
    pub(super) fn fit(self, text: &str) -> String {
        fit(text, self.columns)
    }

    /// A text in a column of exactly so many places: cut where it is longer, filled up where it is shorter.
    pub(super) fn column(self, text: &str, places: usize, ink: Ink) -> String {
        let cut = fit(text, places);
        let room = places.saturating_sub(width(&cut));
        format!("{}{}", self.paint(&cut, ink), " ".repeat(room))
    }
}
