//! Names that the scenario language takes, made from names that a recording has; and texts that must not become templates.

use std::fmt::Write as _;

/// What makes the engine read a template, written so that it stays what it is.
const BRACE: &str = "{{ '{' }}";

/// A scenario id: small letters, figures and dashes, beginning with a letter; never one that is taken.
pub(super) fn id(from: &str, taken: &[String]) -> String {
    let mut id = String::new();
    for character in from.chars() {
        match character.to_ascii_lowercase() {
            letter if letter.is_ascii_lowercase() || letter.is_ascii_digit() => id.push(letter),
            _ if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            _ => {}
        }
        if id.len() >= 50 {
            break;
        }
    }
    let id = id.trim_end_matches('-');
    let id = if id.is_empty() {
        "recording".to_owned()
    } else if id.starts_with(|first: char| first.is_ascii_digit()) {
        format!("r-{id}")
    } else {
        id.to_owned()
    };
    if !taken.contains(&id) {
        return id;
    }
    (2..=taken.len() + 2).map(|number| format!("{id}-{number}")).find(|id| !taken.contains(id)).unwrap_or(id)
}

/// A name for a kept value: small letters, figures and underscores, beginning with a letter, and no word of the language.
pub(super) fn variable(from: &str) -> String {
    let mut name = String::new();
    let mut was_small = false;
    for letter in from.trim().chars() {
        match letter {
            'a'..='z' | '0'..='9' | '_' => name.push(letter),
            'A'..='Z' => {
                if was_small {
                    name.push('_');
                }
                name.push(letter.to_ascii_lowercase());
            }
            _ if letter.is_ascii() => name.push('_'),
            _ => {
                let _ = write!(name, "u{:x}", u32::from(letter));
            }
        }
        was_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
    }
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        name.insert_str(0, "v_");
    }
    let reserved = [
        "item", "account", "row", "var", "secret", "param", "loop", "true", "false", "none", "and", "or",
        "not", "in", "is", "if", "else", "self",
    ];
    if reserved.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// A text that the language would read as a template, written so that it means itself: nobody reads a secret by recording
/// its name.
pub(super) fn literal(text: &str) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let opens = letter == '{' && letters.peek().is_some_and(|next| ['{', '%', '#'].contains(next));
        if opens { out.push_str(BRACE) } else { out.push(letter) }
    }
    out
}

/// What [`literal`] made, undone.
pub(super) fn unliteral(text: &str) -> String {
    text.replace(BRACE, "{")
}

#[cfg(test)]
mod tests {
    use super::{id, literal, unliteral, variable};

    #[test]
    fn ids_are_ids() {
        assert_eq!(id("Order Coffee (1).json", &[]), "order-coffee-1-json");
        assert_eq!(id("办事指南", &[]), "recording");
        assert_eq!(id("2 窗口", &["r-2".into()]), "r-2-2");
    }

    #[test]
    fn variables_are_identifiers() {
        assert_eq!(variable("my var"), "my_var");
        assert_eq!(variable("item"), "item_");
        assert_eq!(variable("1x"), "v_1x");
        assert_eq!(variable("myVar2Of"), "my_var2_of");
        assert_eq!(variable("runCMD"), "run_cmd");
        assert_eq!(variable("名"), "u540d");
    }

    #[test]
    fn texts_mean_themselves() {
        for text in ["a", "{{ x }}", "{% raw %}", "{{{#", "{", "${x}"] {
            assert_eq!(unliteral(&literal(text)), text);
        }
        assert_eq!(literal("{{ secret.A }}"), "{{ '{' }}{ secret.A }}");
    }
}
