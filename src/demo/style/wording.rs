//! Marks, brackets, invisible signs, traditional forms, leftovers of HTML, and other words for the same answer.

use super::Style;
use super::figures::{arabic_number, replaced};

/// The text in this style.
pub(super) fn rewritten(text: &str, style: Style) -> String {
    match style {
        Style::TrailingStops => format!("{}。", text.trim_end_matches('。')),
        Style::NonBreakingSpaces => format!("\u{a0}{}\u{a0}", text.replace('，', "，\u{a0}")),
        Style::ZeroWidth => zero_width(text),
        Style::HalfWidthPunctuation => exchanged(text, &HALF_WIDTH),
        Style::FullWidthBrackets => text.replace('(', "（").replace(')', "）"),
        Style::FullWidthLetters => text.chars().map(full_width).collect(),
        Style::LowerCase => text.to_ascii_lowercase(),
        Style::WithoutBookBrackets => text.replacen(['《', '》'], "", 2),
        Style::SquareBrackets => {
            text.replace('〔', "[").replace('〕', "]").replace('（', "(").replace('）', ")")
        }
        Style::ArabicArticles => {
            replaced(text, "第([一二三四五六七八九十]+)(条|款|号)", |found| {
                arabic_number(&found[1])
                    .map_or_else(|| found[0].to_owned(), |number| format!("第{number}{}", &found[2]))
            })
        }
        Style::Traditional => exchanged(text, &TRADITIONAL),
        Style::Tags => format!("<p>{text}</p>"),
        Style::CutOff => cut_off(text),
        Style::NotApplicable => match text {
            "无" => "不涉及",
            "无数量限制" => "无",
            other => other,
        }
        .to_owned(),
        Style::Supported => match text {
            "是" => "支持",
            "否" => "不支持",
            other => other,
        }
        .to_owned(),
        Style::ArabicDepth => text.replace('Ⅳ', "4").replace('Ⅲ', "3"),
        _ => text.to_owned(),
    }
}

const HALF_WIDTH: [(char, char); 5] = [('，', ','), ('；', ';'), ('：', ':'), ('（', '('), ('）', ')')];

/// Characters whose traditional form stands for nothing else.
const TRADITIONAL: [(char, char); 39] = [
    ('请', '請'),
    ('办', '辦'),
    ('证', '證'),
    ('书', '書'),
    ('机', '機'),
    ('关', '關'),
    ('务', '務'),
    ('业', '業'),
    ('员', '員'),
    ('经', '經'),
    ('营', '營'),
    ('许', '許'),
    ('场', '場'),
    ('类', '類'),
    ('规', '規'),
    ('条', '條'),
    ('应', '應'),
    ('当', '當'),
    ('国', '國'),
    ('华', '華'),
    ('发', '發'),
    ('来', '來'),
    ('个', '個'),
    ('为', '為'),
    ('时', '時'),
    ('间', '間'),
    ('动', '動'),
    ('对', '對'),
    ('资', '資'),
    ('质', '質'),
    ('专', '專'),
    ('岁', '歲'),
    ('满', '滿'),
    ('单', '單'),
    ('门', '門'),
    ('诉', '訴'),
    ('讼', '訟'),
    ('决', '決'),
    ('议', '議'),
];

fn exchanged(text: &str, table: &[(char, char)]) -> String {
    let exchange = |sign: char| table.iter().find(|(from, _)| *from == sign).map_or(sign, |(_, to)| *to);
    text.chars().map(exchange).collect()
}

fn full_width(sign: char) -> char {
    if sign.is_ascii_graphic() { char::from_u32(sign as u32 + 0xfee0).unwrap_or(sign) } else { sign }
}

fn zero_width(text: &str) -> String {
    text.chars()
        .enumerate()
        .flat_map(|(index, character)| (index % 9 == 8).then_some('\u{200b}').into_iter().chain([character]))
        .collect()
}

/// The beginning of a long text, as a page with too little room shows it.
fn cut_off(text: &str) -> String {
    let length = text.chars().count();
    if length < 30 { text.to_owned() } else { text.chars().take(length * 2 / 3).chain(['…']).collect() }
}
