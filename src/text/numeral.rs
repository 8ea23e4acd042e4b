//! Numbers as people write them in Chinese.

/// The whole number that a text is: “一百二十三”, “两”, “廿”, “壹拾”, “3万”, “12”; `None` when it is anything else.
#[must_use]
pub fn numeral(text: &str) -> Option<u64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let mut characters = text.chars();
    let digit = "零一二三四五六七八九".chars().position(|known| Some(known) == characters.clone().next())?;
    characters.next();
    characters.next().is_none().then_some(digit as u64)
}
