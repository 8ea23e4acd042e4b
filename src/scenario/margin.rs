//! The margin of a file: where everything is noted while the file is read, errors and remarks apart.

use super::error::{Note, NoteKind, ScenarioError};
use super::fault::{Fault, Mark};
use super::source::Source;
use super::template::{self, Names, Scope, TemplateError};
use super::yaml::Written;

/// What has been noted about one file so far.
pub(crate) struct Margin<'s> {
    pub(crate) source: &'s Source,
    pub(crate) errors: Vec<Fault>,
    notes: Vec<(NoteKind, Fault)>,
    mentions: Vec<Mention>,
}

/// Another scenario that a step walks: whether there is one is asked once all files are read.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// Its id.
    pub(crate) scenario: String,
    /// Where the id stands.
    pub(crate) mark: Mark,
    /// The parameters that are given, and where they stand.
    pub(crate) params: Vec<(Mark, String)>,
}

impl<'s> Margin<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Self { source, errors: Vec::new(), notes: Vec::new(), mentions: Vec::new() }
    }

    /// Something that has to be put right before anything is walked.
    pub(crate) fn wrong(&mut self, fault: Fault) {
        self.errors.push(fault);
    }

    /// Something that was probably not meant.
    pub(crate) fn warn(&mut self, fault: Fault) {
        self.notes.push((NoteKind::Warning, fault));
    }

    /// Something that is still to be filled in.
    pub(crate) fn missing(&mut self, fault: Fault) {
        self.notes.push((NoteKind::Missing, fault));
    }

    /// Something to know; nothing has to be done about it.
    pub(crate) fn remark(&mut self, fault: Fault) {
        self.notes.push((NoteKind::Remark, fault));
    }

    /// Another scenario that has to be there.
    pub(crate) fn mention(&mut self, mention: Mention) {
        self.mentions.push(mention);
    }

    /// Every other scenario that was named so far.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        self.mentions.clone()
    }

    /// Fills in the `{{ var.… }}` of a portal file; `None` when that is not possible, which is then noted.
    pub(crate) fn render(&mut self, written: &Written<String>, scope: &Scope<'_>) -> Option<String> {
        match template::render(written.value.trim(), scope) {
            Ok(text) => Some(text),
            Err(error) => {
                self.template(written.mark, &error);
                None
            }
        }
    }

    /// Notes an error in a text whose names are only filled in later.
    pub(crate) fn check(&mut self, written: &Written<String>, names: &Names<'_>) {
        if let Err(error) = template::check_text(&written.value, names) {
            self.template(written.mark, &error);
        }
    }

    /// Notes an error of a template at the word that it is about.
    pub(crate) fn template(&mut self, mark: Mark, error: &TemplateError) {
        let mark = error.subject().map_or(mark, |subject| self.source.within(mark, subject));
        self.wrong(Fault { mark, message: error.to_string(), hint: error.hint() });
    }

    /// Everything noted, in the order of lines, the errors first.
    pub(crate) fn close(mut self) -> (Vec<ScenarioError>, Vec<Note>) {
        self.errors.sort_by_key(|fault| (fault.mark.line, fault.mark.column));
        self.errors.dedup();
        self.notes.sort_by_key(|(_, fault)| (fault.mark.line, fault.mark.column));
        let errors = self.errors.into_iter().map(|fault| self.source.error(fault)).collect();
        let notes = self.notes.into_iter().map(|(kind, fault)| self.source.note(kind, fault)).collect();
        (errors, notes)
    }
}
