//! A file as it was written: decoded once, and kept so that a message can show the line it is about.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::{Note, NoteKind, Place, ScenarioError};
use super::fault::{Fault, Mark};

/// The largest file that is read; the longest hand-written one is far below a tenth of it.
const MOST_BYTES: usize = 1024 * 1024;

/// A text file and the name by which messages call it.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path as the user gave it.
    pub(crate) name: String,
    /// The text without byte-order mark.
    pub(crate) text: String,
}

impl Source {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self, ScenarioError> {
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        let reading =
            File::open(path).and_then(|file| file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes));
        match reading {
            Ok(_) => Self::decode(name, bytes),
            Err(error) => Err(ScenarioError::of_file(&name, &unreadable(&error))),
        }
    }

    /// Takes bytes as a text; only UTF-8 is understood, and what else it looks like is said.
    pub(crate) fn decode(name: String, mut bytes: Vec<u8>) -> Result<Self, ScenarioError> {
        if bytes.len() > MOST_BYTES {
            let fault = Fault::new(Mark::FILE, "文件太大，超过 1 MB").hint("请把内容分成几个文件");
            return Err(ScenarioError::of_file(&name, &fault));
        }
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        match String::from_utf8(bytes) {
            Ok(text) if text.contains('\0') => Err(ScenarioError::of_file(&name, &not_text())),
            Ok(text) => Ok(Self { name, text }),
            Err(error) => {
                let readable = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = readable.split(|byte| *byte == b'\n').count();
                Err(ScenarioError::of_file(&name, &undecodable(error.as_bytes(), line)))
            }
        }
    }

    /// What tells this text from another version of it, in hexadecimal digits.
    pub(crate) fn sha256(&self) -> String {
        use sha2::{Digest, Sha256};
        use std::fmt::Write as _;
        Sha256::digest(self.text.as_bytes()).iter().fold(String::new(), |mut digits, byte| {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        })
    }

    /// The line with this number (from 1), without its end.
    pub(crate) fn line(&self, number: usize) -> &str {
        let line = number.checked_sub(1).and_then(|index| self.text.split('\n').nth(index));
        line.unwrap_or_default().trim_end_matches('\r')
    }

    /// Where `needle` stands in the line of `mark`, at or after its beginning; `mark` itself when it is not there.
    pub(crate) fn within(&self, mark: Mark, needle: &str) -> Mark {
        let line = self.line(mark.line);
        let skipped = mark.column.saturating_sub(1);
        let Some((start, _)) = line.char_indices().nth(skipped) else { return mark };
        let Some(found) = line[start..].find(needle) else { return mark };
        let column = mark.column + line[start..start + found].chars().count();
        Mark { line: mark.line, column, length: needle.chars().count() }
    }

    /// The error that this fault is, in this file.
    pub(crate) fn error(&self, fault: Fault) -> ScenarioError {
        ScenarioError { place: self.place(fault.mark), message: fault.message, hint: fault.hint }
    }

    /// The remark that this fault is, in this file.
    pub(crate) fn note(&self, kind: NoteKind, fault: Fault) -> Note {
        Note { kind, place: self.place(fault.mark), message: fault.message, hint: fault.hint }
    }

    fn place(&self, mark: Mark) -> Place {
        Place::new(&self.name, mark, self.line(mark.line))
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => Fault::new(Mark::FILE, "找不到这个文件").hint("请检查文件夹和文件名"),
        ErrorKind::PermissionDenied => Fault::new(Mark::FILE, "没有权限读取这个文件"),
        ErrorKind::IsADirectory => Fault::new(Mark::FILE, "这是一个文件夹，不是文件"),
        _ => Fault::new(Mark::FILE, "读取这个文件失败").hint("请检查磁盘或网络盘是否正常"),
    }
}

fn not_text() -> Fault {
    Fault::new(Mark::FILE, "这不是文本文件")
        .hint("这里要放 YAML 文本文件，可以用记事本打开、看得到文字的那种")
}

fn undecodable(bytes: &[u8], line: usize) -> Fault {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Fault::new(Mark::FILE, "文件的编码是 UTF-16")
            .hint("请另存为 UTF-8：记事本的“另存为”里，“编码”选 UTF-8");
    }
    if bytes.contains(&0) {
        return not_text();
    }
    if looks_like_gbk(bytes) {
        return Fault::new(Mark::FILE, format!("从第 {line} 行起不是 UTF-8 编码，看起来是 GBK（ANSI）"))
            .hint("请另存为 UTF-8：记事本的“另存为”里，“编码”选 UTF-8");
    }
    not_text()
}

/// Whether every byte above ASCII is the first of a pair that GBK could have written.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [0x09 | 0x0A | 0x0D | 0x20..=0x7E, tail @ ..]
            | [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, tail @ ..] => tail,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_dropped_and_lines_end_without_carriage_return() {
        let source = Source::decode("a.yaml".into(), b"\xEF\xBB\xBFa: 1\r\nb: 2\r\n".to_vec()).unwrap();
        assert_eq!(source.line(1), "a: 1");
        assert_eq!(source.line(2), "b: 2");
        assert_eq!(source.line(9), "");
    }

    #[test]
    fn a_gbk_file_is_told_from_a_picture() {
        let gbk = b"title: \xB5\xC7\xC2\xBC\n".to_vec();
        let error = Source::decode("a.yaml".into(), gbk).unwrap_err();
        assert!(error.message.contains("GBK"), "{}", error.message);
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0".to_vec();
        assert_eq!(Source::decode("a.yaml".into(), picture).unwrap_err().message, "这不是文本文件");
    }
}
