//! 电话: area code, number, extension.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::plain::clean;
use super::{pattern, words};

/// One telephone number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    /// 区号 with its zero (`0356`), where it is stated for this number or for the one before it.
    pub area: Option<String>,
    /// The number itself, digits only.
    pub number: String,
    /// 分机号: what stands after 转 or a second dash (`9`, `9-3`).
    pub extension: Option<String>,
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        (?: (?:\+?|00)86[-\s]? )?
        (?: (?:\(\s*)?(?P<area> 010 | 02[0-9] | 0[3-9][0-9]{2} )\s*\)?[-\s_*·.]*
            (?P<local> [1-9][0-9]{6,7} | [1-9][0-9]{3}[-\s][0-9]{3,4} | [1-9][0-9]{2}[-\s][0-9]{4}
              | [1-9][0-9]\s[0-9]{2}\s[0-9]{3,4} | 1[0-9]{4} | 9[56][0-9]{3,4} )
          | \(?(?:\+?|00)86\)?[-\s]?\(?(?P<abroad> 10 | 2[0-9] | [3-9][0-9]{2} )\)?[-\s]*
            (?P<abroad_local> [1-9][0-9]{3}\s[0-9]{4} | [2-9][0-9]{6,7} )
          | (?P<toll> [48]00 (?:[-\s]?[0-9]){7} )
          | (?P<mobile> 1[3-9][0-9] )[-\s]?(?P<mobile_middle> [0-9]{4} )[-\s]?(?P<mobile_end> [0-9]{4} )
          | (?P<bare> [2-9][0-9]{6,7} | 1[0-9]{4} | 9[56][0-9]{3,4} | 110 | 119 | 120 | 122 | 114 )
        )",
    )
});

static EXTENSION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*(?:[-,(]?\s*(?:转|分机号?|ext\.?)\s*:?\s*|-)([0-9]{1,5}(?:-[0-9]{1,4})*)\)?")
});

static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^(?:咨询|联系|服务|办公室?|监督|投诉|举报|政务|政府|便民|受理|全国|统一|市[长民]|固定|座机|手机|移动|窗口|热线|电话|号码|方式|为|请?拨打|无区号|区号|tel|☎|☏|📞|\(?[1-9][.、)]|或者?|和|及|与|[-:,;、。./()|\s+"])*$"#,
    )
});

impl Phone {
    /// Whether it is written so that anybody can dial it (R09): a landline with its area code, a service number such as
    /// 12345 with or without one, a 400 number, a mobile number.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let is_service = self.number.len() <= 6 && self.number.starts_with(['1', '9']);
        let is_national = matches!(self.number.len(), 10 | 11) && self.area.is_none();
        is_service || is_national || (self.area.is_some() && matches!(self.number.len(), 7 | 8))
    }

    /// Whether both are the same line: an area code that only one of them states does not part them.
    #[must_use]
    pub fn is_same_line(&self, other: &Self) -> bool {
        let areas_agree = match (&self.area, &other.area) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        areas_agree && self.number == other.number && self.extension == other.extension
    }

    fn written(&self) -> String {
        let area = self.area.as_ref().map_or(String::new(), |area| format!("{area}-"));
        let extension = self.extension.as_ref().map_or(String::new(), |extension| format!("转{extension}"));
        format!("{area}{}{extension}", self.number)
    }
}

/// The telephone numbers in a text, in their order. A landline without area code takes that of the number before it.
#[must_use]
pub fn phones(text: &str) -> Vec<Phone> {
    told(&clean(text)).phones
}

/// The normal form of a value that consists of telephone numbers: each in one form, in ascending order.
pub(super) fn normal(text: &str) -> String {
    let Told { mut phones, between } = told(&clean(text));
    if phones.is_empty() {
        return words::words(text);
    }
    if are_only_numbers(&between) {
        phones.sort();
        phones.dedup();
        return phones.iter().map(Phone::written).collect::<Vec<_>>().join(" ");
    }
    // Words that say whose number it is stay beside it.
    let mut pieces = Vec::new();
    for (index, words) in between.iter().enumerate() {
        if duty(words).is_some() || !FILLER.is_match(words) {
            pieces.push(words::words(words));
        }
        pieces.extend(phones.get(index).map(Phone::written));
    }
    pieces.join(" ")
}

/// Whether two values name the same lines and nothing else.
pub(super) fn are_same_lines(left: &str, right: &str) -> bool {
    let (left, right) = (told(&clean(left)), told(&clean(right)));
    let covers = |these: &[Phone], those: &[Phone]| {
        these.iter().all(|this| those.iter().any(|that| this.is_same_line(that)))
    };
    !left.phones.is_empty()
        && covers(&left.phones, &right.phones)
        && covers(&right.phones, &left.phones)
        && are_only_numbers(&left.between)
        && are_only_numbers(&right.between)
}

/// What the number is for that stands behind these words.
fn duty(words: &str) -> Option<&'static str> {
    match words {
        _ if words.contains(['投', '监', '举']) => Some("投诉"),
        _ if words.contains("咨询") => Some("咨询"),
        _ if words.contains("受理") => Some("受理"),
        _ => None,
    }
}

/// Whether the words around numbers say no more than that these are telephone numbers, and not which one is for what.
fn are_only_numbers(between: &[String]) -> bool {
    let mut duties: Vec<&str> = between.iter().filter_map(|words| duty(words)).collect();
    duties.dedup();
    duties.len() < 2 && between.iter().all(|words| FILLER.is_match(words))
}

/// A text with telephone numbers, taken apart.
struct Told {
    phones: Vec<Phone>,
    /// What stands before the first number, between two and behind the last one.
    between: Vec<String>,
}

/// `区号0356` said once for all that follow.
static SHARED_AREA: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[^0-9]*\(?区号\)?[为是:\s]*\(?(010|02[0-9]|0[3-9][0-9]{2})\)?[:,;、\s]+"));

/// `2026101/102`: only the end of a number that is like the one before.
static ENDING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:/\s*([0-9]{1,4})|、\s*([0-9]{2,4}))"));

fn told(text: &str) -> Told {
    let shared = SHARED_AREA.captures(text);
    let mut area = shared.as_ref().map(|found| found[1].to_owned());
    let mut at = shared.as_ref().map_or(0, |found| found[0].len());
    let mut phones: Vec<Phone> = Vec::new();
    let mut between = Vec::new();
    let mut rest = String::new();
    while let Some(found) = NUMBER.captures_at(text, at) {
        let Some(whole) = found.get(0) else { break };
        rest.push_str(&text[at..whole.start()]);
        if stands_alone(text, whole.start(), whole.end(), found.name("bare").is_some()) {
            let (extension, end) = extension(text, whole.end());
            let phone = Phone { extension, ..phone(&found, area.clone()) };
            area = phone.area.clone().or(area.filter(|_| shared.is_some()));
            between.push(std::mem::take(&mut rest));
            phones.push(phone);
            at = end;
            while let Some((phone, length)) = with_other_ending(phones.last(), &text[at..]) {
                between.push(String::new());
                phones.push(phone);
                at += length;
            }
        } else {
            at = end_of_figures(text, whole.start());
            rest.push_str(&text[whole.start()..at]);
        }
    }
    rest.push_str(&text[at..]);
    between.push(rest);
    Told { phones, between }
}

/// The number that an ending behind another number stands for, and how long the ending is.
fn with_other_ending(before: Option<&Phone>, rest: &str) -> Option<(Phone, usize)> {
    let before = before.filter(|phone| matches!(phone.number.len(), 7 | 8) && phone.extension.is_none())?;
    let ending = ENDING.captures(rest).and_then(|found| found.get(1).or(found.get(2)))?;
    let goes_on = rest[ending.end()..].trim_start().starts_with(|next: char| {
        next.is_ascii_alphanumeric() || matches!(next, '-' | '.' | ':' | '_' | '*')
    });
    let is_service = matches!(ending.as_str(), "110" | "119" | "120" | "122" | "114");
    let kept = before.number.len().checked_sub(ending.len()).filter(|_| !is_service && !goes_on)?;
    let number = format!("{}{}", &before.number[..kept], ending.as_str());
    (number != before.number).then(|| (Phone { number, ..before.clone() }, ending.end()))
}

fn phone(found: &Captures<'_>, area_before: Option<String>) -> Phone {
    let part = |name: &str| found.name(name).map_or("", |part| part.as_str());
    let bare = part("bare");
    let (area, number) = if !part("area").is_empty() {
        (Some(part("area").to_owned()), part("local").replace([' ', '-'], ""))
    } else if !part("abroad").is_empty() {
        (Some(format!("0{}", part("abroad"))), part("abroad_local").replace(' ', ""))
    } else if !bare.is_empty() {
        (area_before.filter(|_| bare.len() >= 7), bare.to_owned())
    } else {
        (None, part("toll").replace([' ', '-'], ""))
    };
    let mobile = format!("{}{}{}", part("mobile"), part("mobile_middle"), part("mobile_end"));
    Phone { area, number: if mobile.is_empty() { number } else { mobile }, extension: None }
}

/// Not part of a longer number or word, and, for a bare number, not an amount of something or a date.
fn stands_alone(text: &str, start: usize, end: usize, is_bare: bool) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let joined = |near: Option<char>| near.is_some_and(|near| near.is_ascii_alphanumeric());
    if joined(before) || joined(after) {
        return false;
    }
    let counts = after.is_some_and(|after| "元分时日天个人年月号万亿米名件次条岁%.:".contains(after));
    let is_decimal = matches!(before, Some('.' | '第' | '¥' | ':')) && end - start < 7 && before != Some(':');
    !is_bare || !(counts && !text[end..].starts_with(". ") || is_decimal || is_day(&text[start..end]))
}

/// `20240105` is a date rather than a number to dial.
fn is_day(figures: &str) -> bool {
    let in_range = |range: std::ops::Range<usize>, least: u32, most: u32| {
        figures
            .get(range)
            .and_then(|part| part.parse().ok())
            .is_some_and(|part| (least..=most).contains(&part))
    };
    figures.len() == 8 && in_range(0..4, 1950, 2099) && in_range(4..6, 1, 12) && in_range(6..8, 1, 31)
}

fn extension(text: &str, end: usize) -> (Option<String>, usize) {
    let Some(found) = EXTENSION.captures(&text[end..]) else { return (None, end) };
    let whole = end + found[0].len();
    if text[whole..].starts_with(|next: char| next.is_ascii_digit()) {
        return (None, end);
    }
    (Some(found[1].to_owned()), whole)
}

fn end_of_figures(text: &str, start: usize) -> usize {
    let first = text[start..].find(|character: char| character.is_ascii_digit()).unwrap_or(0);
    text[start + first..]
        .find(|character: char| !character.is_ascii_alphanumeric())
        .map_or(text.len(), |length| start + first + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        phones(text).iter().map(Phone::written).collect()
    }

    #[test]
    fn one_number_is_read_in_every_writing() {
        for text in [
            "0356-2026101",
            "（0356）2026101",
            "0356—2026101",
            "03562026101",
            "0356 2026101",
            "电话：０３５６－２０２６１０１",
            "+86-0356-2026101",
            "86 356 2026101",
            "(86356)2026101",
        ] {
            assert_eq!(read(text), ["0356-2026101"], "{text}");
        }
        assert_eq!(read("2026101（无区号）"), ["2026101"]);
        assert_eq!(read("020-12333-9-3"), ["020-12333转9-3"]);
        assert_eq!(read("020-38356454转1"), ["020-38356454转1"]);
        assert_eq!(read("02034121084"), ["020-34121084"]);
        assert_eq!(read("020-8923 2806"), ["020-89232806"]);
    }

    #[test]
    fn several_numbers_come_in_order_and_share_the_area_code() {
        assert_eq!(
            read("0356-2026101、2026102；12345/400-123-4567 13800138000"),
            ["0356-2026101", "0356-2026102", "12345", "4001234567", "13800138000"]
        );
        assert_eq!(read("0356-2026101-2026102"), ["0356-2026101", "0356-2026102"]);
    }

    #[test]
    fn what_is_no_number_to_dial_is_not_read() {
        for text in [
            "无",
            "10000元",
            "20240105",
            "8:30-12:00",
            "140502199001011234",
            "11440000006939756B2440101007000",
            "120个工作日",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_landline_without_area_code_is_not_well_formed() {
        let well = |text: &str| phones(text).iter().all(Phone::is_well_formed);
        assert!(
            ["0356-2026101", "12345", "0356-12345", "13800138000", "400-123-4567", "95598"]
                .into_iter()
                .all(well)
        );
        assert!(!well("2026101"));
    }
}
