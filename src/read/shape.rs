//! What a value looks like: a time limit, opening hours, a telephone, a code … Decides what an ambiguous label means.

use std::cell::OnceCell;

use super::words::plain_letter;

/// How well a value suits an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It looks like something else.
    Bad,
    /// It could be anything.
    Open,
    /// It looks right.
    Good,
}

/// How well `text` suits the element with this id.
pub(super) fn fit(id: &str, text: &str) -> Fit {
    Look::of(text).fit(id)
}

/// A text whose looks are asked about several times, or not at all.
pub(super) struct Look<'a> {
    text: &'a str,
    plain: OnceCell<String>,
}

impl<'a> Look<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, plain: OnceCell::new() }
    }

    /// How well the text suits the element with this id.
    pub(super) fn fit(&self, id: &str) -> Fit {
        let Some(fit) = fit_of(id) else { return Fit::Open };
        match self.plain.get_or_init(|| squeeze(self.text)).as_str() {
            "" => Fit::Open,
            plain => fit(plain),
        }
    }
}

/// How values of the element with this id are told, by their plain text; `None` when they may look like anything.
fn fit_of(id: &str) -> Option<fn(&str) -> Fit> {
    Some(match id {
        "base_code" => |plain| code(plain, &[12]),
        "impl_code" => {
            |plain| code(plain, &[31, 36, 33]).min(if plain.len() == 33 { Fit::Open } else { Fit::Good })
        }
        "handle_code" => |plain| code(plain, &[33]),
        "legal_limit" | "promise_limit" => {
            |plain| either(is_limit(plain), || is_hours(plain) || is_phone(plain))
        }
        "time" => |plain| either(is_hours(plain), || is_limit(plain) || is_phone(plain)),
        "consult" | "complain" => |plain| either(is_phone(plain), || is_hours(plain) || is_limit(plain)),
        "fee_flag" => |plain| either(says_fee(plain), || is_money(plain) || plain.chars().count() > 30),
        "fee" => |plain| either(is_money(plain), || says_fee(plain)),
        "place" => |plain| either(is_address(plain), || is_hours(plain) || is_phone(plain)),
        "online_flag" | "booking" | "express" | "pay_online" | "terminal" | "hall" | "commit" => {
            |plain| either(is_yes_no(plain), || plain.chars().count() > 120)
        }
        "online_url" => |plain| {
            either(
                plain.contains("http")
                    || plain.contains("www.")
                    || (plain.contains("入口") && plain.chars().count() <= 20),
                || {
                    plain != "无" && plain.chars().count() <= 3
                        || plain.contains('、')
                        || plain.chars().count() > 300
                },
            )
        },
        "item_type" => {
            |plain| either(is_power(plain), || plain.contains("即办件") || plain.contains("承诺件"))
        }
        "project_type" => {
            |plain| either(plain.contains("即办") || plain.contains("承诺"), || is_handle_form(plain))
        }
        "handle_form" => {
            |plain| either(is_handle_form(plain), || plain.contains("即办件") || plain.contains("承诺件"))
        }
        "cross_area" => |plain| either(is_area(plain), || is_person(plain)),
        "service_object" => |plain| either(is_person(plain), || is_area(plain) && !is_person(plain)),
        "visits" => |plain| {
            either(plain.chars().any(|c| c.is_ascii_digit() || "零一二三".contains(c)), || {
                plain.len() > 180
            })
        },
        "item_name" | "sub_item_name" => {
            |plain| either(false, || is_phone(plain) || is_hours(plain) || plain.chars().count() > 120)
        }
        "dept" => |plain| either(is_organisation(plain), || is_phone(plain) || is_hours(plain)),
        _ => return None,
    })
}

fn either(good: bool, is_bad: impl FnOnce() -> bool) -> Fit {
    if good {
        Fit::Good
    } else if is_bad() {
        Fit::Bad
    } else {
        Fit::Open
    }
}

/// Half width, without blanks.
fn squeeze(text: &str) -> String {
    let mut plain = String::with_capacity(text.len().min(1600));
    plain.extend(text.chars().take(400).filter_map(plain_letter));
    plain
}

fn code(plain: &str, lengths: &[usize]) -> Fit {
    let core = plain.trim_matches(|character: char| !character.is_ascii_alphanumeric());
    let coded = core.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match (coded, lengths.contains(&core.len())) {
        (true, true) => Fit::Good,
        (true, false) if matches!(core.len(), 12 | 31 | 33) => Fit::Bad,
        (true, false) => Fit::Open,
        _ => Fit::Bad,
    }
}

/// “5个工作日”, “即办”, “20(工作日)”, “1个月”.
pub(super) fn is_limit(plain: &str) -> bool {
    const AT_ONCE: &[&str] = &["即办", "当场", "即时", "立等可取", "随到随办", "马上办"];
    const UNITS: &[&str] = &["工作日", "自然日", "个月", "小时", "分钟", "天", "日内", "年", "日"];
    if plain.chars().count() > 160 {
        return false;
    }
    let counted = plain.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c));
    let timed = UNITS.iter().any(|unit| plain.contains(unit));
    AT_ONCE.iter().any(|word| plain.contains(word)) || counted && timed && !has_clock(plain)
}

/// “周一至周五 8:30-12:00”.
pub(super) fn is_hours(plain: &str) -> bool {
    has_clock(plain)
        || [
            "周一",
            "星期一",
            "上午",
            "下午",
            "节假日",
            "全天",
            "24小时服务",
            "24小时开放",
            "法定工作日",
            "7×24",
        ]
        .iter()
        .any(|word| plain.contains(word))
}

/// A time of day: “8:30”, “8时30分”, “8点”.
fn has_clock(plain: &str) -> bool {
    plain.match_indices([':', '时', '点']).any(|(at, sign)| {
        let before = plain[..at].ends_with(|letter: char| letter.is_ascii_digit());
        let after = plain[at + sign.len()..].chars().next();
        before
            && after.is_some_and(|after| {
                after.is_ascii_digit() || sign == "点" && matches!(after, '-' | '—' | '至' | '半' | '到')
            })
    })
}

/// A telephone number of five digits or more, anywhere.
pub(super) fn is_phone(plain: &str) -> bool {
    let mut run = 0;
    let mut longest = 0;
    for character in plain.chars() {
        match character {
            '0'..='9' => run += 1,
            '-' | '—' | '–' | ')' if run > 0 => {}
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    (5..=14).contains(&longest) && !plain.contains("http") || plain.contains("12345")
}

/// Whether a value says outright that nothing is to be paid, whatever its label asks.
pub(super) fn is_free(text: &str) -> bool {
    let plain = squeeze(text);
    says_fee(&plain) && (plain.contains('不') || plain.contains("免费"))
}

fn says_fee(plain: &str) -> bool {
    let short = plain.trim_end_matches(['。', ';', ',']);
    matches!(
        short,
        "是" | "否"
            | "收费"
            | "不收费"
            | "免费"
            | "不收取费用"
            | "不收取任何费用"
            | "无"
            | "0元"
            | "无收费"
            | "需要收费"
            | "有"
            | "不收"
            | "无需收费"
            | "不涉及收费"
            | "暂不收费"
            | "无费用"
            | "不需要"
            | "需要"
            | "本事项不收费"
            | "该事项不收费"
            | "0"
    )
}

/// “是”, “否”, “支持”, “不支持” and longer forms of them.
pub(super) fn is_yes_no(plain: &str) -> bool {
    plain.chars().count() <= 12
        && ["是", "否", "支持", "不", "可", "能", "有", "无", "已", "未", "网上", "在线"]
            .iter()
            .any(|word| plain.starts_with(word))
}

fn is_money(plain: &str) -> bool {
    plain.contains('元')
        && plain.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c))
        && plain != "0元"
        || plain.contains('¥')
        || plain.contains("收费项目")
        || plain.contains("工本费")
        || plain.contains("发改价格")
}

/// Words of a street address or of a window in a hall.
pub(super) fn is_address(plain: &str) -> bool {
    const WORDS: &[&str] = &[
        "路",
        "街",
        "号",
        "楼",
        "室",
        "窗口",
        "大厅",
        "中心",
        "服务站",
        "派出所",
        "镇",
        "乡",
        "线下",
        "地点",
        "广场",
        "社区",
    ];
    WORDS.iter().any(|word| plain.contains(word))
}

/// “行政许可” and the other sorts of items.
fn is_power(plain: &str) -> bool {
    plain.contains("行政") || plain.contains("公共服务") || plain.contains("其他权力")
}

fn is_handle_form(plain: &str) -> bool {
    ["窗口", "网上", "线上", "线下", "快递", "上门", "自助", "现场", "邮寄", "在线"]
        .iter()
        .any(|word| plain.contains(word))
}

fn is_area(plain: &str) -> bool {
    plain.chars().count() <= 30
        && [
            "全国", "全省", "全市", "全县", "全区", "跨", "本市", "本省", "省内", "市内", "无", "通办",
            "范围",
        ]
        .iter()
        .any(|word| plain.contains(word))
}

fn is_person(plain: &str) -> bool {
    ["自然人", "法人", "企业", "个人", "公民", "居民", "组织", "群众", "职工", "人员", "机关", "单位"]
        .iter()
        .any(|word| plain.contains(word))
}

fn is_organisation(plain: &str) -> bool {
    ["局", "委", "中心", "厅", "院", "府", "办", "会", "站", "所", "公司", "部", "队", "处"]
        .iter()
        .any(|word| plain.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_limits_are_told_apart() {
        assert_eq!(fit("time", "周一至周五 上午8:30-12:00"), Fit::Good);
        assert_eq!(fit("time", "5个工作日"), Fit::Bad);
        assert_eq!(fit("promise_limit", "5个工作日"), Fit::Good);
        assert_eq!(fit("promise_limit", "工作日 9:00—17:00"), Fit::Bad);
        assert_eq!(fit("legal_limit", "20(工作日)"), Fit::Good);
    }

    #[test]
    fn codes_are_told_apart_by_their_length() {
        assert_eq!(fit("base_code", "140101007000"), Fit::Good);
        assert_eq!(fit("impl_code", "11440000006939756B2440101007000"), Fit::Good);
        assert_eq!(fit("handle_code", "11440000006939756B244010100700001"), Fit::Good);
        assert_eq!(fit("base_code", "11440000006939756B2440101007000"), Fit::Bad);
    }

    #[test]
    fn a_fee_standard_that_says_no_is_the_fee_flag() {
        assert_eq!(fit("fee_flag", "不收费"), Fit::Good);
        assert_eq!(fit("fee_flag", "每证40元"), Fit::Bad);
        assert_eq!(fit("fee", "每证40元"), Fit::Good);
    }
}
