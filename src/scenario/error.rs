//! What is wrong with a file, drawn the way a compiler draws it: the line, carets under the words, and advice.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use super::fault::{Fault, Mark};

/// How many columns of a line are shown; a longer line is shown around the place.
const SHOWN_COLUMNS: usize = 100;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path as the user gave it.
    pub file: String,
    /// Line from 1; 0 when the whole file is meant.
    pub line: usize,
    /// Column from 1, in characters; 0 when the whole file is meant.
    pub column: usize,
    /// The line with the characters before, in and after the place.
    excerpt: Box<Excerpt>,
}

/// The part of a line that is shown, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Excerpt {
    before: String,
    meant: String,
    after: String,
}

/// 场景文件错误: what is wrong at a place, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ScenarioError {
    /// Where.
    pub place: Place,
    /// What is wrong, in one Chinese clause.
    pub message: String,
    /// The allowed words, or what to write instead.
    pub hint: Option<String>,
}

/// Everything wrong with the files of a folder, in the order of files and lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("场景文件有 {} 处错误", .0.len())]
pub struct ScenarioErrors(
    /// At least one.
    pub Vec<ScenarioError>,
);

/// 提示: something that does not stop the audit but that somebody should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How it is meant.
    pub kind: NoteKind,
    /// Where.
    pub place: Place,
    /// What, in one Chinese clause.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// How a [`Note`] is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// 注意: probably not what was meant.
    Warning,
    /// 待填写: has to be filled in or confirmed before the real portal can be audited.
    Missing,
    /// 说明: nothing has to be done about it.
    Remark,
}

impl Place {
    pub(crate) fn new(file: &str, mark: Mark, line: &str) -> Self {
        Self {
            file: file.to_owned(),
            line: mark.line,
            column: mark.column,
            excerpt: Box::new(Excerpt::cut(line, mark)),
        }
    }

    fn draw(&self, out: &mut String, paint: &Paint) {
        let gutter = " ".repeat(self.line.to_string().len());
        let (dim, end) = (paint.dim, paint.end);
        if self.line == 0 {
            let _ = writeln!(out, "  {dim}-->{end} {}", plain(&self.file));
            return;
        }
        let _ = writeln!(out, "{gutter}{dim}-->{end} {}:{}:{}", plain(&self.file), self.line, self.column);
        let Excerpt { before, meant, after } = self.excerpt.as_ref();
        let carets = "^".repeat(width(meant).max(1));
        let _ = writeln!(out, "{gutter} {dim}|{end}");
        let _ = writeln!(out, "{dim}{} |{end} {before}{meant}{after}", self.line);
        let _ =
            writeln!(out, "{gutter} {dim}|{end} {}{}{carets}{end}", " ".repeat(width(before)), paint.strong);
    }
}

impl Excerpt {
    fn cut(line: &str, mark: Mark) -> Self {
        let letters: Vec<char> = line.chars().map(printable).collect();
        let start = mark.column.saturating_sub(1).min(letters.len());
        let stop = (start + mark.length).min(letters.len());
        let meant: String = letters[start..stop].iter().take(SHOWN_COLUMNS).collect();
        let room = SHOWN_COLUMNS.saturating_sub(width(&meant));
        let before = fitting(letters[..start].iter().rev(), room * 2 / 3).chars().rev().collect::<String>();
        let after = fitting(letters[stop..].iter(), room.saturating_sub(width(&before)));
        Self {
            before: if before.chars().count() < start { format!("…{before}") } else { before },
            after: if after.chars().count() < letters.len() - stop { format!("{after}…") } else { after },
            meant,
        }
    }
}

/// As many letters as fit into so many columns.
fn fitting<'a>(letters: impl Iterator<Item = &'a char>, columns: usize) -> String {
    let mut used = 0;
    letters
        .take_while(|letter| {
            used += letter.width().unwrap_or(0);
            used <= columns
        })
        .collect()
}

/// Tabs and control characters would move the carets or the terminal.
fn printable(letter: char) -> char {
    if letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    {
        ' '
    } else {
        letter
    }
}

fn plain(text: &str) -> String {
    text.chars().map(printable).collect()
}

/// The columns that a text takes in a terminal, Chinese characters counting two.
fn width(text: &str) -> usize {
    text.chars().map(|letter| letter.width().unwrap_or(0)).sum()
}

/// The colours of one kind of message, all empty without colour.
struct Paint {
    strong: &'static str,
    dim: &'static str,
    end: &'static str,
}

impl Paint {
    fn new(color: bool, strong: &'static str) -> Self {
        if color {
            Self { strong, dim: "\u{1b}[34m", end: "\u{1b}[0m" }
        } else {
            Self { strong: "", dim: "", end: "" }
        }
    }
}

fn draw(kind: &str, place: &Place, message: &str, hint: Option<&str>, paint: &Paint) -> String {
    let mut out = String::new();
    let Paint { strong, dim, end } = paint;
    let line = if place.line == 0 { String::new() } else { format!("第 {} 行，", place.line) };
    let _ = writeln!(out, "{strong}{kind}：{end}{line}{}", plain(message));
    place.draw(&mut out, paint);
    let gutter = " ".repeat(if place.line == 0 { 1 } else { place.line.to_string().len() });
    for advice in hint.into_iter().flat_map(str::lines) {
        let _ = writeln!(out, "{gutter} {dim}={end} {}", plain(advice));
    }
    out
}

impl ScenarioError {
    /// The error of a file that could not even be taken as text.
    pub(crate) fn of_file(name: &str, fault: &Fault) -> Self {
        Self {
            place: Place::new(name, fault.mark, ""),
            message: fault.message.clone(),
            hint: fault.hint.clone(),
        }
    }

    /// The error as it is shown in a terminal: several lines, the last one ended.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let paint = Paint::new(color, "\u{1b}[1;31m");
        draw("错误", &self.place, &self.message, self.hint.as_deref(), &paint)
    }
}

impl ScenarioErrors {
    /// All errors as they are shown in a terminal, an empty line between them.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        self.0.iter().map(|error| error.render(color)).collect::<Vec<_>>().join("\n")
    }
}

impl Note {
    /// The note as it is shown in a terminal: several lines, the last one ended.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let (kind, paint) = match self.kind {
            NoteKind::Warning => ("注意", Paint::new(color, "\u{1b}[1;33m")),
            NoteKind::Missing => ("待填写", Paint::new(color, "\u{1b}[1;36m")),
            NoteKind::Remark => ("说明", Paint::new(color, "\u{1b}[1;34m")),
        };
        draw(kind, &self.place, &self.message, self.hint.as_deref(), &paint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(line: &str, mark: Mark) -> ScenarioError {
        ScenarioError { place: Place::new("a.yaml", mark, line), message: "不对".into(), hint: None }
    }

    #[test]
    fn carets_stand_under_chinese_words_which_are_two_columns_wide() {
        let drawn = error("- tap: 登录按钮", Mark { line: 3, column: 8, length: 2 }).render(false);
        assert_eq!(
            drawn,
            "错误：第 3 行，不对\n --> a.yaml:3:8\n  |\n3 | - tap: 登录按钮\n  |        ^^^^\n"
        );
    }

    #[test]
    fn a_place_past_the_end_of_the_line_gets_one_caret() {
        let drawn = error("tap:", Mark::point(1, 5)).render(false);
        assert!(drawn.ends_with("|     ^\n"), "{drawn}");
    }

    #[test]
    fn what_would_move_the_terminal_is_not_printed() {
        let drawn = error("a: \u{1b}[31m\u{202E}x", Mark::point(1, 4)).render(false);
        assert!(!drawn.contains('\u{1b}') && !drawn.contains('\u{202E}'));
    }

    #[test]
    fn a_very_long_line_is_shown_around_the_place() {
        let line = "字".repeat(5000);
        let drawn = error(&line, Mark { line: 1, column: 2500, length: 2 }).render(false);
        assert!(drawn.lines().all(|line| width(line) < 130), "{drawn}");
        assert!(drawn.contains('…') && drawn.contains("^^^^"));
    }
}
