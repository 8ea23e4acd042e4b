//! 检查场景文件: everything wrong in every file, and what is right but probably not meant.

use std::collections::BTreeSet;
use std::path::Path;

use super::error::{Note, NoteKind, ScenarioError};
use super::fault::{Fault, Mark};
use super::folder::Survey;
use super::source::Source;
use super::template::Variables;
use super::vocabulary::IMPLIED_WORDS;
use crate::model::{Locator, Portal, Scenario};

/// What a look through the files found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LintReport {
    /// What has to be put right before anything is walked.
    pub errors: Vec<ScenarioError>,
    /// What was probably not meant, and what is still to be filled in.
    pub notes: Vec<Note>,
}

impl LintReport {
    /// Whether there is nothing to put right and nothing that was probably not meant; gaps to be filled are allowed.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.errors.is_empty() && self.notes.iter().all(|note| note.kind != NoteKind::Warning)
    }

    /// Everything found as it is shown in a terminal, an empty line between two messages.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let errors = self.errors.iter().map(|error| error.render(color));
        errors.chain(self.notes.iter().map(|note| note.render(color))).collect::<Vec<_>>().join("\n")
    }
}

/// Looks through a folder, or through one file of a folder with the others as its background.
#[must_use]
pub fn lint(path: &Path, variables: &Variables) -> LintReport {
    let (folder, only) = if path.is_dir() {
        (path, None)
    } else {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        (parent.unwrap_or(Path::new(".")), Some(path))
    };
    let mut survey = Survey::of(folder, variables);
    if let Some(portal) = &survey.portal {
        survey.notes.extend(unused_words(portal, &survey.scenarios, &survey.sources));
    }
    survey.notes.extend(survey.sources.iter().flat_map(personal_data));
    let mut report = LintReport { errors: survey.errors, notes: survey.notes };
    if let Some(only) = only {
        let name = folder.join(only.file_name().unwrap_or_default()).display().to_string();
        report.errors.retain(|error| error.place.file == name || survey_failed(error, folder));
        report.notes.retain(|note| note.place.file == name);
    }
    report
}

/// Whether the error is about the folder itself, which is then the file's error too.
fn survey_failed(error: &ScenarioError, folder: &Path) -> bool {
    error.place.file == folder.display().to_string()
}

/// Words of a vocabulary that no step says.
fn unused_words(portal: &Portal, scenarios: &[Scenario], sources: &[Source]) -> Vec<Note> {
    let said = said_words(scenarios);
    // A word filled in at run time might be any of them.
    if said.iter().any(|word| word.contains("{{") && !word.contains("item.") && !word.contains("account.")) {
        return Vec::new();
    }
    let Some(source) = sources.iter().find(|source| source.name.ends_with("portal.yaml")) else {
        return Vec::new();
    };
    let mut unused: BTreeSet<&str> =
        portal.channels.iter().flat_map(|channel| channel.words.keys()).map(String::as_str).collect();
    unused.retain(|word| !said.contains(*word) && !IMPLIED_WORDS.contains(word));
    unused.into_iter().map(|word| unused_word(word, source)).collect()
}

fn unused_word(word: &str, source: &Source) -> Note {
    let line = source.text.lines().position(|line| is_key(line, word)).unwrap_or_default();
    let mark = source.within(Mark { line: line + 1, column: 1, length: 1 }, word);
    let fault = Fault::new(mark, format!("词汇表里的“{word}”没有哪个步骤用到"));
    source.note(NoteKind::Warning, fault.hint("如果是写错了字，请改成步骤里的写法；不用了可以删掉"))
}

/// Whether the line begins with this key, quoted or not.
fn is_key(line: &str, word: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['"', '\'']);
    line.strip_prefix(word)
        .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
}

fn said_words(scenarios: &[Scenario]) -> BTreeSet<String> {
    let steps = scenarios.iter().flat_map(Scenario::every_step);
    let targets = steps.flat_map(|step| step.targets());
    targets.flat_map(|target| target.alternatives().iter().flat_map(words_of).collect::<Vec<_>>()).collect()
}

/// The words of a locator that the vocabulary could explain.
fn words_of(locator: &Locator) -> Vec<String> {
    match locator {
        Locator::Seen(words) => vec![words.clone()],
        Locator::Related(related) => related.lists().into_iter().flatten().flat_map(words_of).collect(),
        _ => Vec::new(),
    }
}

/// Identity and mobile numbers in a file; such data belongs to a person and must not lie about in one.
fn personal_data(source: &Source) -> Vec<Note> {
    let mut notes = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        for (column, word) in latin_words(line) {
            let Some(what) = personal_number(word) else { continue };
            let mark = Mark { line: index + 1, column, length: word.chars().count() };
            let fault = Fault::new(mark, format!("这里像是{what}"));
            notes.push(source.note(
                NoteKind::Warning,
                fault.hint("个人信息不要写在文件里：写成 \"{{ secret.名字 }}\"，内容放在环境变量里"),
            ));
        }
    }
    notes
}

/// Runs of letters and digits with their columns from 1.
fn latin_words(line: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    for word in line.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        words.push((line[..start].chars().count() + 1, word));
    }
    words
}

fn personal_number(word: &str) -> Option<&'static str> {
    let bytes = word.as_bytes();
    let digits = |range: &[u8]| range.iter().all(u8::is_ascii_digit);
    match bytes.len() {
        18 if digits(&bytes[..17])
            && matches!(bytes[17], b'0'..=b'9' | b'X' | b'x')
            && matches!(&bytes[6..8], b"18" | b"19" | b"20") =>
        {
            Some("公民身份号码")
        }
        11 if digits(bytes) && bytes[0] == b'1' && bytes[1] >= b'3' => Some("手机号码"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_told_from_codes_and_telephones_of_offices() {
        assert_eq!(personal_number("140502199001011234"), Some("公民身份号码"));
        assert_eq!(personal_number("14050219900101123X"), Some("公民身份号码"));
        assert_eq!(personal_number("13800000000"), Some("手机号码"));
        for word in ["11140500MB1234567X", "0356", "2026101", "10000000000", "123456789012345678"] {
            assert_eq!(personal_number(word), None, "{word}");
        }
    }

    #[test]
    fn words_know_their_columns_in_chinese_lines() {
        assert_eq!(latin_words("电话 13800000000，a"), [(4, "13800000000"), (16, "a")]);
    }
}
