//! Where the steps of a recording stand in its file.

/// Line and column, from 1, of the entry with this number in the list behind the first `key` of the outermost object;
/// `None` when the text is not what it seems.
pub(super) fn of_entry(json: &str, key: &str, number: usize) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let mut is_there = false;
    let mut entries = 0;
    let mut expects_entry = false;
    let mut before_colon = String::new();
    let mut letters = json.char_indices();
    while let Some((at, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        if is_there && depth == 2 && expects_entry && letter != ']' {
            if entries == number {
                return Some(line_and_column(json, at));
            }
            entries += 1;
            expects_entry = false;
        }
        match letter {
            '"' => {
                let inner = text(&mut letters);
                if depth == 1 {
                    before_colon = inner;
                }
            }
            '{' | '[' => {
                depth += 1;
                if depth == 2 && letter == '[' && before_colon == key {
                    (is_there, expects_entry) = (true, true);
                }
            }
            '}' | ']' => {
                if is_there && depth == 2 {
                    return None;
                }
                depth = depth.checked_sub(1)?;
            }
            ',' if is_there && depth == 2 => expects_entry = true,
            _ => {}
        }
    }
    None
}

/// The rest of a text in quotes, escapes left as they are.
fn text(letters: &mut std::str::CharIndices<'_>) -> String {
    let mut inner = String::new();
    while let Some((_, letter)) = letters.next() {
        match letter {
            '"' => break,
            '\\' => {
                letters.next();
            }
            _ => inner.push(letter),
        }
    }
    inner
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::of_entry;

    #[test]
    fn the_place_of_a_step() {
        let json = "{\"a\":[1,{\"steps\":[9]}],\n \"steps\": [\n  {\"x\": \"],\\\"\"},\n  {}, 3]}";
        assert_eq!(of_entry(json, "steps", 0), Some((3, 3)));
        assert_eq!(of_entry(json, "steps", 1), Some((4, 3)));
        assert_eq!(of_entry(json, "steps", 2), Some((4, 7)));
        assert_eq!(of_entry(json, "steps", 3), None);
        assert_eq!(of_entry("[", "steps", 3), None);
    }
}
