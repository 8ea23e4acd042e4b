//! Units and words that have two spellings: 平方米 and ㎡, 公斤 and kg, Ⅱ级 and 二级, 其它 and 其他.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{money, pattern};

/// Words with a second spelling, and the one that stays.
const SPELLINGS: [(&str, &str); 5] =
    [("其它", "其他"), ("登陆", "登录"), ("身分证", "身份证"), ("公斤", "千克"), ("公里", "千米")];

/// Units behind a figure, and their Chinese word.
const UNITS: [(&str, &str); 11] = [
    ("平米", "平方米"),
    ("m2", "平方米"),
    ("m^2", "平方米"),
    ("m3", "立方米"),
    ("m^3", "立方米"),
    ("km", "千米"),
    ("kg", "千克"),
    ("cm", "厘米"),
    ("mm", "毫米"),
    ("ml", "毫升"),
    ("吋", "寸"),
];

static UNIT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\d+(?:\.\d+)?)(平米|m\^?2|m\^?3|km|kg|cm|mm|ml|吋)([0-9a-z^.]?)"));

static GRADE: LazyLock<Regex> = LazyLock::new(|| pattern("(^|[^0-9a-z])(iii|iv|ii|i|vi|v)([级类])"));

const GRADES: [&str; 7] = ["", "i", "ii", "iii", "iv", "v", "vi"];

/// A plain text with one spelling of each word; to be called before numbers are written in figures.
pub(super) fn one_word(text: &str) -> Cow<'_, str> {
    let mut current = Cow::Borrowed(text);
    for (other, word) in SPELLINGS {
        if current.contains(other) {
            current = Cow::Owned(current.replace(other, word));
        }
    }
    current
}

/// A plain text in figures with one form of each unit, grade and amount of money.
pub(super) fn in_one_form(text: &str) -> Cow<'_, str> {
    let mut current = Cow::Borrowed(text);
    if current.contains(['m', 'g', '吋']) || current.contains("平米") {
        current = Cow::Owned(UNIT.replace_all(&current, unit).into_owned());
    }
    if current.contains(['i', 'v']) {
        current = Cow::Owned(GRADE.replace_all(&current, grade).into_owned());
    }
    if current.contains(['元', '圆', '¥']) {
        current = Cow::Owned(money::in_one_form(&current));
    }
    current
}

/// A unit that another letter or figure follows is none.
fn unit(found: &Captures<'_>) -> String {
    let name = UNITS.iter().find(|(written, _)| *written == &found[2]).filter(|_| found[3].is_empty());
    match name {
        // 5千克 reads 5000克 in figures; 1.5千克 stays.
        Some((_, name)) if !found[1].contains('.') => format!("{}{}", &found[1], name.replace('千', "000")),
        Some((_, name)) => format!("{}{name}", &found[1]),
        None => found[0].to_owned(),
    }
}

fn grade(found: &Captures<'_>) -> String {
    let number = GRADES.iter().position(|roman| *roman == &found[2]).unwrap_or(0);
    format!("{}{number}{}", &found[1], &found[3])
}
