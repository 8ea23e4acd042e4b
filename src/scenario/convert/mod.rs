//! The shapes of the files to the nouns of `model`, once. What is wrong is noted in the margin, and the conversion goes on.

pub(super) mod channel;
pub(super) mod duration;
mod entry;
mod flow;
pub(super) mod locator;
mod look;
mod page;
pub(super) mod people;
pub(super) mod portal;
mod rows;
mod said;
pub(super) mod scenario;
pub(super) mod standard;
pub(super) mod step;
mod touch;
mod window;

use super::fault::Fault;
use super::margin::Margin;
use super::yaml::Written;

/// Whether a word can be an id: small letters, digits and hyphens, a letter first.
fn is_id(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.len() <= 64
        && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

/// Chinese quotation marks do not quote in YAML: they would be looked for, or typed, on the page.
fn warn_of_chinese_quotes(written: &Written<String>, margin: &mut Margin<'_>) {
    let text = written.value.trim();
    if text.chars().count() > 1 && text.starts_with(['“', '‘', '”']) && text.ends_with(['”', '’', '“'])
    {
        let fault = Fault::new(written.mark, "两边的中文引号会当成文字的一部分");
        margin.warn(fault.hint("不用加引号；要加就用英文引号"));
    }
}

/// A text that must say something; noted when it does not.
fn filled(written: &Written<String>, what: &str, margin: &mut Margin<'_>) -> String {
    let text = written.value.trim();
    if text.is_empty() {
        margin.wrong(Fault::new(written.mark, format!("{what}是空的")));
    }
    text.to_owned()
}
