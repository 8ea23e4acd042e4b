//! The ways of writing the same thing: numbers, telephones, hours, lists, punctuation.

mod contact;
mod figures;
mod rows;
mod wording;

use super::guide::Value;
use serde::Deserialize;

pub(crate) use figures::chinese_number;

/// A way of writing that changes no meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Style {
    // Numbers, limits, money.
    WithoutClassifier,
    ChineseNumerals,
    SpacedNumbers,
    FullWidthDigits,
    Within,
    BracketedUnit,
    SinceAcceptance,
    AtOnce,
    YuanSign,
    Decimals,
    PerPiece,
    FeeWords,
    FreeOfCharge,
    ZeroYuan,
    NoCharge,
    BareNumber,
    // Telephones, hours, places.
    DashPhone,
    ParenthesisedPhone,
    HalfParenthesisedPhone,
    SpacedPhone,
    JoinedPhone,
    CountryCode,
    LabelledPhone,
    HalfPast,
    PaddedHours,
    FullWidthColon,
    TwelveHours,
    WithoutHalves,
    StarWeek,
    WorkingDays,
    EveryWeek,
    WaveDash,
    WordDash,
    WithProvince,
    WithoutCity,
    ArabicFloor,
    PlainWindow,
    SpacedPlace,
    LabelledPlace,
    // Lists and rows.
    Numbered,
    ParenthesisedNumbers,
    CircledNumbers,
    ChineseParenthesisedNumbers,
    ChineseNumbers,
    Paragraph,
    Semicolons,
    Reversed,
    Slashes,
    Commas,
    BookBrackets,
    ChineseCopies,
    BareCopies,
    NeedWords,
    FormWords,
    // Wording and marks.
    TrailingStops,
    NonBreakingSpaces,
    ZeroWidth,
    HalfWidthPunctuation,
    FullWidthBrackets,
    FullWidthLetters,
    LowerCase,
    WithoutBookBrackets,
    SquareBrackets,
    ArabicArticles,
    Traditional,
    Tags,
    CutOff,
    NotApplicable,
    Supported,
    ArabicDepth,
}

/// Dresses everything that an element says.
pub(crate) fn dress(value: &mut Value, style: Style) {
    if rows::is_of_rows(style) {
        rows::arrange(value, style);
        return;
    }
    rewrite(&mut value.text, style);
    value.lines.iter_mut().for_each(|line| rewrite(line, style));
    value.questions.iter_mut().for_each(|question| rewrite(&mut question.answer, style));
    value.materials.iter_mut().for_each(|material| rewrite(&mut material.name, style));
}

fn rewrite(text: &mut String, style: Style) {
    if !text.is_empty() {
        *text = figures::rewritten(text, style)
            .or_else(|| contact::rewritten(text, style))
            .unwrap_or_else(|| wording::rewritten(text, style));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(text: &str, style: Style) -> String {
        let mut value = Value::text(text);
        dress(&mut value, style);
        value.text
    }

    #[test]
    fn twenty_working_days_are_written_in_several_ways() {
        assert_eq!(dressed("20个工作日", Style::ChineseNumerals), "二十个工作日");
        assert_eq!(dressed("20个工作日", Style::WithoutClassifier), "20工作日");
        assert_eq!(dressed("12个工作日", Style::FullWidthDigits), "１２个工作日");
        assert_eq!(dressed("12个工作日", Style::BracketedUnit), "12(工作日)");
        assert_eq!(dressed("12个工作日", Style::Within), "12个工作日内");
    }

    #[test]
    fn hours_are_told_by_both_clocks() {
        let plain = "周一至周五 上午8:30—12:00，下午14:30—18:00（法定节假日除外）";
        let told = dressed(plain, Style::TwelveHours);
        assert_eq!(told, "周一至周五 上午8:30—12:00，下午2:30—6:00（法定节假日除外）");
        assert_eq!(
            dressed(plain, Style::PaddedHours),
            "周一至周五 上午08:30—12:00，下午14:30—18:00（法定节假日除外）"
        );
        assert_eq!(
            dressed(plain, Style::HalfPast),
            "周一至周五 上午8时30分—12时，下午14时30分—18时（法定节假日除外）"
        );
    }

    #[test]
    fn a_law_is_quoted_with_other_brackets_and_figures() {
        let law = "《居住证暂行条例》（国务院令第663号）第十一条：公民离开常住户口所在地";
        assert!(dressed(law, Style::ArabicArticles).contains("第11条"));
        assert!(dressed(law, Style::WithoutBookBrackets).starts_with("居住证暂行条例"));
        assert!(dressed(law, Style::CutOff).ends_with('…'));
    }

    #[test]
    fn an_empty_element_stays_empty() {
        assert_eq!(dressed("", Style::TrailingStops), "");
    }
}
