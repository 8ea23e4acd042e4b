//! 录制到的动作: what a person did in a browser while zoutong watched, as the page told it.

use serde::Deserialize;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// A document came up.
    #[default]
    Opened,
    /// Something was pressed.
    Tapped,
    /// A field was pressed.
    Focused,
    /// A field has another text now.
    Typed,
    /// An option of a select was chosen.
    Chosen,
    /// A box was ticked, or its tick taken away.
    Ticked,
    /// A file was chosen.
    Uploaded,
    /// A key was pressed.
    Pressed,
    /// The person says: this must be visible.
    Seen,
    /// The person says: read the guide on this page.
    Guide,
    /// The person says: that was all.
    Finished,
}

/// One thing that was done. It comes from a page and is not to be trusted: texts of any content, bounded in length by whoever
/// listens.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Noticed {
    /// What.
    pub deed: Deed,
    /// How its target is found again, in the scenario language, the best way first.
    pub places: Vec<String>,
    /// The target's visible words; for a document its title.
    pub words: String,
    /// What was typed, the option's words, the file's name, or the key.
    pub value: String,
    /// Whether it was typed into a field for passwords; `value` is empty then.
    pub secret: bool,
    /// Whether a box is ticked now.
    pub on: bool,
    /// How often it was pressed in a row.
    pub times: u32,
    /// The kind of field (`text`, `date`, `range`, `textarea` …).
    pub kind: String,
    /// Milliseconds of the page's clock.
    pub at: u64,
    /// The document's address.
    pub url: String,
    /// Child-frame indexes from the window's own document down to this one.
    pub frame: Vec<u32>,
    /// The window, by the name that the browser gives it; set by whoever listens.
    #[serde(skip)]
    pub window: String,
    /// Whether the document is the window's own.
    pub top: bool,
}
