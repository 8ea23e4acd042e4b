//! 统一社会信用代码: its check digit (GB 32100-2015, ISO 7064 MOD 31).

/// The 31 characters of the code in the order of their values; I, O, S, V, Z are not used.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether an 18-character 统一社会信用代码 (upper case) ends in its own check digit.
#[must_use]
pub fn valid_uscc(code: &str) -> bool {
    let values: Option<Vec<usize>> =
        code.bytes().map(|byte| ALPHABET.iter().position(|&known| known == byte)).collect();
    match values.as_deref() {
        Some([body @ .., last]) if body.len() == 17 => check_digit(body) == *last,
        _ => false,
    }
}

/// The weight of the nth character is 3 to the power of n, modulo 31.
fn check_digit(body: &[usize]) -> usize {
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: usize = body.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    (31 - sum % 31) % 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_codes_of_departments_hold() {
        assert!(valid_uscc("11440000006939756B"));
        assert!(valid_uscc("11100000MB03271699"));
    }

    #[test]
    fn one_wrong_character_a_foreign_letter_or_a_wrong_length_breaks_it() {
        assert!(!valid_uscc("11440000006939757B"));
        assert!(!valid_uscc("13440000515356094L"), "an anomaly of the real data");
        assert!(!valid_uscc("TE440000GD030003VV"), "a temporary code");
        assert!(!valid_uscc("11440000006939756"));
        assert!(!valid_uscc(""));
        assert!(!valid_uscc("事项编码"));
    }
}
