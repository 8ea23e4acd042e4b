//! 密钥文件: one `NAME=value` a line, `#` before a remark. A value is taken as it stands, without the blanks around it; one that begins or
//! ends with a blank or a quotation mark stands in quotation marks.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use super::error::{Misplaced, VaultError};
use super::private;

/// What a new file begins with.
const HEAD: &str =
    "# 密钥：一行一个，写成 名字=密码。只有自己能看（权限 600），不要放进版本库，不要发给别人。\n";

/// The secrets of a file by name; none where there is no file.
///
/// # Errors
/// When others can read the file, or it is not written as it should be: all places where it is not.
pub fn read_secrets(path: &Path) -> Result<BTreeMap<String, SecretString>, VaultError> {
    parse(&text_of(path)?).map_err(|wrong| VaultError::SecretsFile { path: path.to_owned(), wrong })
}

/// Puts a secret into the file, in the place of an older one of the same name; remarks stay where they are.
///
/// # Errors
/// When the file is wrong or cannot be written, or the value has more than one line.
pub fn keep_secret(path: &Path, name: &str, value: &SecretString) -> Result<(), VaultError> {
    let value = value.expose_secret();
    if value.trim().is_empty() {
        return Err(VaultError::Value("它是空的"));
    }
    if value.contains(['\n', '\r']) {
        return Err(VaultError::Value("它不止一行"));
    }
    read_secrets(path)?;
    let text = text_of(path)?;
    let text = if text.is_empty() { HEAD.to_owned() } else { text };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = format!("{name}={}", quoted(value));
    match lines.iter().position(|line| named(line) == Some(name)) {
        Some(at) => lines[at] = line,
        None => lines.push(line),
    }
    private::write(path, (lines.join("\n") + "\n").as_bytes())
}

/// Takes a secret out of the file; says whether it was there.
///
/// # Errors
/// When the file is wrong or cannot be written.
pub fn remove_secret(path: &Path, name: &str) -> Result<bool, VaultError> {
    if !read_secrets(path)?.contains_key(name) {
        return Ok(false);
    }
    let text = text_of(path)?;
    let left: Vec<&str> = text.lines().filter(|line| named(line) != Some(name)).collect();
    private::write(path, (left.join("\n") + "\n").as_bytes())?;
    Ok(true)
}

/// Whether a secret may be called so: Latin letters, digits and `_`, no digit first.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(|first: char| first.is_ascii_digit()) && name.chars().all(of_name)
}

fn of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn text_of(path: &Path) -> Result<String, VaultError> {
    let bytes = private::read(path)?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        let what = "这里不是 UTF-8 文字，请另存为 UTF-8".to_owned();
        VaultError::SecretsFile { path: path.to_owned(), wrong: vec![Misplaced { line, column: 1, what }] }
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// The name in a line, where it has one.
fn named(line: &str) -> Option<&str> {
    if is_remark(line) { None } else { line.split_once('=').map(|(name, _)| name.trim()) }
}

fn is_remark(line: &str) -> bool {
    line.trim_start().starts_with('#') || line.trim().is_empty()
}

fn parse(text: &str) -> Result<BTreeMap<String, SecretString>, Vec<Misplaced>> {
    let mut secrets = BTreeMap::new();
    let mut first_lines: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !is_remark(line)) {
        let number = at + 1;
        let entry = entry(line).and_then(|(name, value)| match first_lines.insert(name, number) {
            None => Ok((name, value)),
            Some(first) => Err((1, format!("这个名字第 {first} 行已经写过"))),
        });
        match entry {
            Ok((name, value)) => {
                secrets.insert(name.to_owned(), SecretString::from(value.to_owned()));
            }
            Err((column, what)) => wrong.push(Misplaced { line: number, column, what }),
        }
    }
    if wrong.is_empty() { Ok(secrets) } else { Err(wrong) }
}

/// Name and value of a line; where it is wrong (in characters, from 1), and why. What stands there may be a password written in the wrong
/// place, so it is not told.
fn entry(line: &str) -> Result<(&str, &str), (usize, String)> {
    let begin = line.chars().take_while(|letter| letter.is_whitespace()).count() + 1;
    let Some((name, value)) = line.split_once('=') else {
        let what = if line.contains('＝') { "等号要用英文的" } else { "这一行没有等号" };
        return Err((begin, what.to_owned()));
    };
    let odd = name.trim().chars().position(|letter| !of_name(letter));
    if let Some(at) = odd {
        return Err((begin + at, "名字只能用英文字母、数字和下划线".to_owned()));
    }
    if !is_secret_name(name.trim()) {
        let what =
            if name.trim().is_empty() { "等号前面少了名字" } else { "名字不能用数字开头" };
        return Err((begin, what.to_owned()));
    }
    let value = unquoted(value.trim());
    if value.is_empty() {
        return Err((name.chars().count() + 2, "等号后面少了密码".to_owned()));
    }
    Ok((name.trim(), value))
}

fn unquoted(value: &str) -> &str {
    let inside = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.unwrap_or(value)
}

fn quoted(value: &str) -> String {
    let plain = value.trim() == value && unquoted(value) == value;
    if plain { value.to_owned() } else { format!("\"{value}\"") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value<'a>(secrets: &'a BTreeMap<String, SecretString>, name: &str) -> &'a str {
        secrets[name].expose_secret()
    }

    #[test]
    fn a_line_is_a_name_and_a_value_as_it_stands() {
        let text = "# 说明\n\nA=b=c # d\n  B_2 =  密 码  \r\nC=\" x\"\nD=\"\n";
        let secrets = parse(text).unwrap();
        assert_eq!(secrets.len(), 4);
        assert_eq!(value(&secrets, "A"), "b=c # d");
        assert_eq!(value(&secrets, "B_2"), "密 码");
        assert_eq!(value(&secrets, "C"), " x");
        assert_eq!(value(&secrets, "D"), "\"");
    }

    #[test]
    fn every_wrong_line_is_told_by_its_place_and_never_by_its_words() {
        let text =
            "A=1\nhunter2\n密码=hunter2\n  9A=hunter2\nA=hunter2\nB=\nC＝hunter2\n=hunter2\nhun-ter2=x\n";
        let wrong = parse(text).unwrap_err();
        let places: Vec<_> = wrong.iter().map(|one| (one.line, one.column)).collect();
        assert_eq!(places, [(2, 1), (3, 1), (4, 3), (5, 1), (6, 3), (7, 1), (8, 1), (9, 4)]);
        let error = VaultError::SecretsFile { path: "x/secrets".into(), wrong };
        let said = format!("{error} {error:?} {}", error.advice());
        assert!(said.contains("x/secrets:4:3  名字不能用数字开头") && !said.contains("hunter2"), "{said}");
    }

    #[test]
    fn a_secret_is_replaced_in_its_place_and_taken_out() {
        let world = tempfile::tempdir().unwrap();
        let path = world.path().join("secrets");
        let secret = |value: &str| SecretString::from(value.to_owned());
        keep_secret(&path, "A", &secret("1")).unwrap();
        keep_secret(&path, "B", &secret("2")).unwrap();
        keep_secret(&path, "A", &secret("\"3\"")).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("{HEAD}A=\"\"3\"\"\nB=2\n"));
        assert_eq!(value(&read_secrets(&path).unwrap(), "A"), "\"3\"");
        assert!(remove_secret(&path, "A").unwrap() && !remove_secret(&path, "A").unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("{HEAD}B=2\n"));
        assert!(keep_secret(&path, "C", &secret("a\nb")).is_err());
    }

    #[test]
    fn a_file_that_is_no_text_is_told_by_its_line() {
        let world = tempfile::tempdir().unwrap();
        let path = world.path().join("secrets");
        private::write(&path, b"A=1\nB=\xc3\xdc\xc2\xeb\n").unwrap();
        let error = read_secrets(&path).unwrap_err();
        assert!(error.to_string().contains("secrets:2:1  这里不是 UTF-8"), "{error}");
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(value in "[^\r\n\u{feff}]{1,30}") {
            prop_assume!(!value.trim().is_empty());
            let world = tempfile::tempdir().unwrap();
            let path = world.path().join("secrets");
            keep_secret(&path, "A", &SecretString::from(value.clone())).unwrap();
            let kept = read_secrets(&path).unwrap();
            prop_assert_eq!(kept["A"].expose_secret(), value.as_str());
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
            let _ = parse(&text);
        }
    }
}
