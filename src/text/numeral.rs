//! Numbers as people write them in Chinese: 十二、两、廿、壹佰、二〇二四、3万.

/// The whole number that a text is: “一百二十三”, “两”, “廿”, “壹拾”, “二〇二四”, “3万”, “1.5万”, “12”; `None` when it is
/// anything else, not whole, or too large.
#[must_use]
pub fn numeral(text: &str) -> Option<u64> {
    let characters: Vec<char> = text
        .chars()
        .filter(|character| !matches!(character, ',' | '，' | ' ' | '\u{3000}'))
        .map(|character| match character {
            '０'..='９' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
            _ => super::variant::simplified(character),
        })
        .collect();
    if characters.is_empty() || characters.len() > 40 {
        return None;
    }
    if characters.iter().any(char::is_ascii_digit) { mixed(&characters) } else { written(&characters) }
}

/// The value of a Chinese figure.
pub(super) fn digit_value(character: char) -> Option<u64> {
    Some(match character {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn unit_value(character: char) -> Option<u64> {
    Some(match character {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}

fn large_value(character: char) -> Option<u64> {
    match character {
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

pub(super) fn is_numeral(character: char) -> bool {
    digit_value(character).is_some()
        || unit_value(character).is_some()
        || large_value(character).is_some()
        || matches!(character, '廿' | '卅')
}

/// Figures with or without a Chinese multiplier: `12`, `3万`, `1.5亿`, `20万`.
fn mixed(characters: &[char]) -> Option<u64> {
    let end = characters
        .iter()
        .position(|character| !character.is_ascii_digit() && *character != '.')
        .unwrap_or(characters.len());
    let figures: String = characters[..end].iter().collect();
    let (whole, fraction) = figures.split_once('.').unwrap_or((&figures, ""));
    let multiplier = characters[end..].iter().try_fold(1_u64, |product, character| {
        product.checked_mul(unit_value(*character).or_else(|| large_value(*character))?)
    })?;
    let scale = 10_u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let value = format!("{whole}{fraction}").parse::<u64>().ok()?.checked_mul(multiplier)?;
    value.is_multiple_of(scale).then_some(value / scale)
}

/// Chinese figures, by place (二〇二四) or with units (二千零二十四).
fn written(characters: &[char]) -> Option<u64> {
    if characters.iter().all(|character| digit_value(*character).is_some()) {
        return characters.iter().try_fold(0_u64, |value, character| {
            value.checked_mul(10)?.checked_add(digit_value(*character)?)
        });
    }
    let mut sum = Sum::default();
    for character in characters {
        sum.add(*character)?;
    }
    sum.finish()
}

/// A number with units while it is being read.
#[derive(Default)]
struct Sum {
    /// What stands before the last 万 or 亿.
    done: u64,
    /// The section of four places that is being read.
    section: u64,
    /// A figure that waits for its unit.
    waiting: Option<u64>,
    /// The unit before: the next one of the section must be smaller; 0 at its beginning.
    last_unit: u64,
    /// The unit that a last figure without unit stands for: “一百二” is 120, “一百零二” is 102.
    implied: u64,
}

impl Sum {
    fn add(&mut self, character: char) -> Option<()> {
        if let Some(digit) = digit_value(character) {
            if self.waiting.is_some() {
                return None;
            }
            if digit == 0 {
                self.implied = 1;
            } else {
                self.waiting = Some(digit);
            }
        } else if let Some(unit) = unit_value(character) {
            self.add_unit(unit, 1)?;
        } else if let Some(large) = large_value(character) {
            self.add_large(large)?;
        } else {
            self.waiting = Some(if character == '廿' { 2 } else { 3 });
            matches!(character, '廿' | '卅').then_some(())?;
            self.add_unit(10, 1)?;
        }
        Some(())
    }

    fn add_unit(&mut self, unit: u64, default: u64) -> Option<()> {
        if self.last_unit != 0 && unit >= self.last_unit {
            return None;
        }
        let figure = match self.waiting.take() {
            Some(figure) => figure,
            None if unit == 10 => default,
            None => return None,
        };
        self.section = self.section.checked_add(figure.checked_mul(unit)?)?;
        self.last_unit = unit;
        self.implied = unit / 10;
        Some(())
    }

    fn add_large(&mut self, large: u64) -> Option<()> {
        let section = self.section.checked_add(self.waiting.take().unwrap_or(0))?;
        let whole = if large == 100_000_000 || self.done == 0 {
            (self.done.checked_add(section)?).checked_mul(large)?
        } else {
            self.done.checked_add(section.checked_mul(large)?)?
        };
        if section == 0 {
            return None;
        }
        (self.done, self.section, self.last_unit, self.implied) = (whole, 0, 0, large / 10);
        Some(())
    }

    fn finish(self) -> Option<u64> {
        let rest = self.waiting.unwrap_or(0).checked_mul(self.implied.max(1))?;
        self.done.checked_add(self.section)?.checked_add(rest)
    }
}

/// The text with its Chinese numbers in figures (`五个` → `5个`, `3万` → `30000`, `百分之五` → `5%`). Numbers that would
/// touch other figures, begin with a bare unit (万一, 千山) or list guesses (三五年) stay as they are.
pub(super) fn with_figures(text: &str) -> String {
    if !text.chars().any(is_numeral) {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let mut written = String::with_capacity(text.len());
    let mut index = 0;
    while index < characters.len() {
        let character = characters[index];
        if character == '分' && written.ends_with('百') && characters.get(index + 1) == Some(&'之') {
            index = percent(&characters, index, &mut written);
        } else if is_numeral(character) || character.is_ascii_digit() {
            index = figures(&characters, index, &mut written);
        } else {
            written.push(character);
            index += 1;
        }
    }
    written
}

/// Writes `5%` for 百分之五, whose 百 has been written already; gives the index behind it.
fn percent(characters: &[char], index: usize, written: &mut String) -> usize {
    let start = index + 2;
    let end = run_end(characters, start);
    let run: String = characters[start..end].iter().collect();
    let next_is_figure = characters.get(end).is_some_and(|next| matches!(next, '.' | '点'));
    match numeral(&run) {
        Some(number) if !next_is_figure => {
            written.pop();
            if written.ends_with(|last: char| last.is_ascii_digit()) {
                written.push('|');
            }
            written.push_str(&number.to_string());
            written.push('%');
            end
        }
        _ => {
            written.push('分');
            index + 1
        }
    }
}

fn run_end(characters: &[char], start: usize) -> usize {
    (start..characters.len())
        .find(|index| !(is_numeral(characters[*index]) || characters[*index].is_ascii_digit()))
        .unwrap_or(characters.len())
}

/// Writes one run of figures, Chinese or not; gives the index behind it.
fn figures(characters: &[char], start: usize, written: &mut String) -> usize {
    let end = run_end(characters, start);
    let run = &characters[start..end];
    let touches = |index: Option<usize>| {
        index.and_then(|index| characters.get(index)).is_some_and(|near| matches!(near, '.' | ':' | '-'))
    };
    let in_figure = touches(start.checked_sub(1)) && run[0].is_ascii_digit();
    match run_value(run) {
        Some(number) if !in_figure => written.push_str(&number.to_string()),
        _ => written.extend(run),
    }
    end
}

fn run_value(run: &[char]) -> Option<u64> {
    let chinese = run.iter().position(|character| !character.is_ascii_digit())?;
    let tail = &run[chinese..];
    if chinese > 0 {
        let is_multiplier =
            tail.len() <= 2 && tail.iter().all(|character| matches!(character, '百' | '千' | '万' | '亿'));
        return (is_multiplier && chinese < 12).then(|| mixed(run)).flatten();
    }
    if run.iter().any(char::is_ascii_digit) {
        return None;
    }
    let only_digits = run.iter().all(|character| digit_value(*character).is_some());
    let is_year = run.len() == 4;
    let begins = digit_value(run[0]).is_some_and(|digit| digit > 0 || run.len() == 1)
        || matches!(run[0], '十' | '拾' | '廿' | '卅');
    ((!only_digits || run.len() == 1 || is_year) && begins).then(|| written(run)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_writing() {
        for (text, number) in [
            ("12", 12),
            ("０", 0),
            ("十", 10),
            ("十二", 12),
            ("两", 2),
            ("廿", 20),
            ("廿三", 23),
            ("卅", 30),
            ("一百二十三", 123),
            ("一百二", 120),
            ("一百零二", 102),
            ("一百一十", 110),
            ("二〇二四", 2024),
            ("壹佰贰拾叁", 123),
            ("壹拾", 10),
            ("貳", 2),
            ("3万", 30_000),
            ("1.5万", 15_000),
            ("两万五", 25_000),
            ("二十万零三百", 200_300),
            ("一亿二千万", 120_000_000),
            ("1,000", 1000),
            ("零", 0),
        ] {
            assert_eq!(numeral(text), Some(number), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "",
            "二三十",
            "百货",
            "万",
            "十百",
            "一个",
            "1.5",
            "3千克",
            "99999999999999999999999",
            "12a",
            ".",
        ] {
            assert_eq!(numeral(text), None, "{text}");
        }
    }

    #[test]
    fn figures_replace_numbers_only_where_none_is_lost() {
        for (text, expected) in [
            ("五个工作日", "5个工作日"),
            ("三五年", "三五年"),
            ("附件1一式", "附件1一式"),
            ("一九九八年", "1998年"),
            ("3万元", "30000元"),
            ("万一", "万一"),
            ("百分之五", "5%"),
            ("二十三条", "23条"),
            ("1.5万元", "1.5万元"),
        ] {
            assert_eq!(with_figures(text), expected);
        }
    }
}
