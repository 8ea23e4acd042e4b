//! Telephones, hours and places in other dress.

use super::Style;
use super::figures::{arabic_number, replaced};

/// The text in this style; `None` when the style is none of these.
pub(super) fn rewritten(text: &str, style: Style) -> Option<String> {
    phone(text, style).or_else(|| hours(text, style)).or_else(|| place(text, style))
}

fn phone(text: &str, style: Style) -> Option<String> {
    Some(match style {
        Style::DashPhone => text.replace('-', "—"),
        Style::ParenthesisedPhone => text.replace("0356-", "（0356）"),
        Style::HalfParenthesisedPhone => text.replace("0356-", "(0356) "),
        Style::SpacedPhone => text.replace("0356-", "0356 "),
        Style::JoinedPhone => text.replace("0356-", "0356"),
        // Short numbers are not dialled from abroad.
        Style::CountryCode => replaced(text, r"0356-(\d{7})", |found| format!("+86-356-{}", &found[1])),
        Style::LabelledPhone => format!("电话：{text}"),
        _ => return None,
    })
}

fn hours(text: &str, style: Style) -> Option<String> {
    Some(match style {
        Style::HalfPast => {
            let halves = replaced(text, r"(\d+):30", |found| format!("{}时30分", &found[1]));
            replaced(&halves, r"(\d+):00", |found| format!("{}时", &found[1]))
        }
        Style::PaddedHours => {
            replaced(text, r"(^|\D)(\d):(\d\d)", |found| format!("{}0{}:{}", &found[1], &found[2], &found[3]))
        }
        Style::FullWidthColon => text.replace(':', "："),
        Style::TwelveHours => replaced(text, r"(1[3-9]):(\d\d)", |found| {
            let hour: u32 = found[1].parse().unwrap_or(12);
            format!("{}:{}", hour - 12, &found[2])
        }),
        Style::WithoutHalves => text.replace("上午", "").replace("下午", ""),
        Style::StarWeek => text.replace('周', "星期"),
        Style::WorkingDays => text.replace("周一至周五", "工作日"),
        Style::EveryWeek => text.replace("周一至周五", "每周一到周五"),
        Style::WaveDash => text.replace('—', "～"),
        Style::WordDash => replaced(text, r"(\d)—(\d)", |found| format!("{}至{}", &found[1], &found[2])),
        _ => return None,
    })
}

fn place(text: &str, style: Style) -> Option<String> {
    Some(match style {
        Style::WithProvince => format!("山西省{text}"),
        Style::WithoutCity => text.strip_prefix("晋城市").unwrap_or(text).to_owned(),
        Style::ArabicFloor => replaced(text, "([一二三四五六七八九十]+)楼", |found| {
            arabic_number(&found[1]).map_or_else(|| found[0].to_owned(), |floor| format!("{floor}楼"))
        }),
        Style::PlainWindow => replaced(text, r"区0(\d)号", |found| format!("区{}号", &found[1])),
        Style::SpacedPlace => text.replace("号晋城市", "号 晋城市").replace("中心", "中心 "),
        Style::LabelledPlace => format!("地址：{text}"),
        _ => return None,
    })
}
