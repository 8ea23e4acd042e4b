//! JSON as pages write it: object literals with bare keys, single quotes, trailing commas, comments and expressions between
//! them. Nothing is executed; what cannot be read is nothing, and reading goes on behind it.

/// Deeper values are nothing.
const DEEPEST: usize = 40;

/// A value inside a page's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Datum {
    /// A string, number, `true` or `false`.
    Text(String),
    /// An array.
    List(Vec<Datum>),
    /// An object, in its order.
    Map(Vec<(String, Datum)>),
    /// `null`, `undefined`, or something that is no value.
    Nothing,
}

/// The objects and arrays inside a script: whole texts of JSON, values of assignments, and JSON inside strings of either.
/// Takes time in proportion to the text.
pub(super) fn values(script: &str) -> Vec<Datum> {
    let mut reader = Reader { rest: script };
    let mut found = Vec::new();
    reader.skip_blanks();
    let mut expected = true;
    while let Some(letter) = reader.rest.chars().next() {
        match letter {
            '{' | '[' if expected => {
                found.extend(Some(reader.value(0)).filter(|value| *value != Datum::Nothing));
            }
            '"' | '\'' | '`' => {
                let text = reader.quoted(letter);
                let inner = text.trim_start();
                if expected && inner.starts_with(['{', '[']) && inner.len() > 20 {
                    let mut inner = Reader { rest: inner };
                    found.push(inner.value(1));
                }
            }
            _ => reader.step(letter),
        }
        expected = matches!(letter, '=' | '(' | ':' | ',');
        reader.skip_blanks();
    }
    found
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn step(&mut self, letter: char) {
        self.rest = &self.rest[letter.len_utf8()..];
    }

    /// White space and comments.
    fn skip_blanks(&mut self) {
        loop {
            self.rest =
                self.rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
            let end = if self.rest.starts_with("/*") {
                self.rest.find("*/").map_or(self.rest.len(), |at| at + 2)
            } else if self.rest.starts_with("//") {
                self.rest.find('\n').unwrap_or(self.rest.len())
            } else {
                return;
            };
            self.rest = &self.rest[end..];
        }
    }

    fn value(&mut self, depth: usize) -> Datum {
        self.skip_blanks();
        match self.rest.chars().next() {
            Some('{') if depth < DEEPEST => self.map(depth),
            Some('[') if depth < DEEPEST => self.list(depth),
            Some(quote @ ('"' | '\'' | '`')) => {
                let text = self.quoted(quote);
                self.behind(Datum::Text(text))
            }
            _ => self.word(),
        }
    }

    fn map(&mut self, depth: usize) -> Datum {
        self.step('{');
        let mut pairs = Vec::new();
        loop {
            self.skip_blanks();
            match self.rest.chars().next() {
                None => break,
                Some('}') => {
                    self.step('}');
                    break;
                }
                Some(letter @ (',' | ']' | ')' | ';')) => self.step(letter),
                Some(_) => {
                    let key = self.key();
                    self.skip_blanks();
                    if self.rest.starts_with(':') {
                        self.step(':');
                        let value = self.value(depth + 1);
                        pairs.push((key, value));
                    } else {
                        self.word();
                    }
                }
            }
        }
        Datum::Map(pairs)
    }

    fn list(&mut self, depth: usize) -> Datum {
        self.step('[');
        let mut values = Vec::new();
        loop {
            self.skip_blanks();
            match self.rest.chars().next() {
                None => break,
                Some(']') => {
                    self.step(']');
                    break;
                }
                Some(letter @ (',' | '}' | ')' | ';')) => self.step(letter),
                Some(_) => values.push(self.value(depth + 1)),
            }
        }
        Datum::List(values)
    }

    fn key(&mut self) -> String {
        if let Some(quote @ ('"' | '\'' | '`')) = self.rest.chars().next() {
            return self.quoted(quote);
        }
        let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '-' | '.');
        let end = self.rest.find(|letter: char| !part(letter)).unwrap_or(self.rest.len());
        let key = self.rest[..end].to_owned();
        self.rest = &self.rest[end..];
        key
    }

    /// A string with its escapes resolved; an unclosed one goes to the end.
    fn quoted(&mut self, quote: char) -> String {
        self.step(quote);
        let mut text = String::new();
        while let Some(letter) = self.rest.chars().next() {
            self.step(letter);
            match letter {
                '\\' => self.escape(&mut text),
                letter if letter == quote => break,
                letter => text.push(letter),
            }
        }
        text
    }

    fn escape(&mut self, text: &mut String) {
        let Some(letter) = self.rest.chars().next() else { return };
        self.step(letter);
        match letter {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' | 'b' | 'f' | '\n' => {}
            'u' => text.extend(self.unicode()),
            'x' => text.extend(self.hex(2).and_then(char::from_u32)),
            other => text.push(other),
        }
    }

    /// A `\u` escape, two of them where they are halves of one character.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex(4)?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        self.rest = self.rest.strip_prefix("\\u")?;
        let second = self.hex(4)?;
        let low = second.checked_sub(0xdc00)?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + low)
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let number = u32::from_str_radix(self.rest.get(..digits)?, 16).ok()?;
        self.rest = &self.rest[digits..];
        Some(number)
    }

    /// A number, a constant, or an expression that is passed over up to the next comma or closing bracket.
    fn word(&mut self) -> Datum {
        let end = self.rest.find([',', '}', ']', '\n', ';']).unwrap_or(self.rest.len());
        let word = self.rest[..end].trim();
        let value = match word {
            "!0" | "true" => Datum::Text("true".to_owned()),
            "!1" | "false" => Datum::Text("false".to_owned()),
            _ if word.parse::<f64>().is_ok() => Datum::Text(word.to_owned()),
            _ => Datum::Nothing,
        };
        self.rest = &self.rest[end..];
        // Nothing was read at a bracket that closes nothing: without a step, reading would stand still.
        if end == 0
            && let Some(letter @ ('\n' | ';')) = self.rest.chars().next()
        {
            self.step(letter);
        }
        value
    }

    /// A string that is only the beginning of an expression (`"a" + b`) is still what is known of it.
    fn behind(&mut self, value: Datum) -> Datum {
        self.skip_blanks();
        if !self.rest.is_empty() && !self.rest.starts_with([',', '}', ']', ':', ')', ';']) {
            self.word();
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Datum {
        Datum::Text(text.to_owned())
    }

    #[test]
    fn literals_strings_and_expressions_are_told_apart() {
        let found = values(
            "var a = {taskName: '排水许可', \"day\": 5, ok: !0, f: function(){ return 1; }, b: x+1,}; b({});",
        );
        let Datum::Map(pairs) = &found[0] else { panic!("{found:?}") };
        assert_eq!(pairs[0], ("taskName".to_owned(), text("排水许可")));
        assert_eq!(pairs[1], ("day".to_owned(), text("5")));
        assert_eq!(pairs[2], ("ok".to_owned(), text("true")));
    }

    #[test]
    fn json_inside_a_string_is_read() {
        let found = values(r#"window.d = JSON.parse("{\"task_name\":\"\u6392\u6c34\u8bb8\u53ef\"}")"#);
        assert_eq!(found, [Datum::Map(vec![("task_name".to_owned(), text("排水许可"))])]);
    }

    #[test]
    fn whole_documents_are_values() {
        assert_eq!(values("[1, null]"), [Datum::List(vec![text("1"), Datum::Nothing])]);
    }

    proptest! {
        #[test]
        fn any_text_ends(script in "[\\[\\]{}:,;()'\"`a=\\\\u0\n/*]{0,200}") {
            values(&script);
        }
    }
}
