//! 实施编码: the 31 characters of an item, with the check digits that GB 11714 and GB 32100 ask for.

const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
const CREDIT_WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// The characters of a unified social credit code, in the order of their values (no I, O, S, V, Z).
const CREDIT_CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The unified social credit code of a government body (prefix 11) in Jincheng (140500).
pub(crate) fn social_credit_code(organisation: &str) -> String {
    let body = format!("11140500{organisation}{}", organisation_check(organisation));
    let check = credit_check(&body);
    format!("{body}{check}")
}

fn organisation_check(organisation: &str) -> char {
    let sum: u32 = organisation
        .chars()
        .zip(ORGANISATION_WEIGHTS)
        .map(|(character, weight)| character.to_digit(36).unwrap_or(0) * weight)
        .sum();
    match (11 - sum % 11) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

/// The check character that belongs to the first 17 characters of a unified social credit code.
pub(crate) fn credit_check(body: &str) -> char {
    let sum: u32 = body
        .chars()
        .zip(CREDIT_WEIGHTS)
        .map(|(character, weight)| CREDIT_CHARACTERS.find(character).map_or(0, |at| at as u32) * weight)
        .sum();
    CREDIT_CHARACTERS.chars().nth(((31 - sum % 31) % 31) as usize).unwrap_or('0')
}

/// The same code with the next check character in the row: one that cannot be right.
pub(crate) fn with_wrong_check(code: &str) -> String {
    code.chars()
        .enumerate()
        .map(|(index, character)| {
            let place = CREDIT_CHARACTERS.find(character).unwrap_or(0);
            let next = CREDIT_CHARACTERS.chars().nth((place + 1) % 31).unwrap_or('0');
            if index == 17 { next } else { character }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_credit_code_has_the_check_character_that_we_compute() {
        // Codes of two real departments, from public item lists.
        assert_eq!(credit_check("11440000006939756"), 'B');
        assert_eq!(credit_check("11440000006940116"), 'U');
    }

    #[test]
    fn a_wrong_check_character_differs_in_the_eighteenth_place_only() {
        let code = format!("{}3140701001000", social_credit_code("00900101"));
        let wrong = with_wrong_check(&code);
        let differing: Vec<usize> = code
            .chars()
            .zip(wrong.chars())
            .enumerate()
            .filter(|(_, (a, b))| a != b)
            .map(|(at, _)| at)
            .collect();
        assert_eq!(differing, [17]);
    }
}
