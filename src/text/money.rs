//! 金额: one form for `¥10`, `10.00元`, `十元整`, `人民币10元`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::numeral::with_figures;
use super::plain::once;
use super::{answer, pattern, words};

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:人民币|rmb ?|cny ?)?¥?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,4}))?(万)?(?:(?:元|圆|块钱?|rmb)(?:人民币)?(?:整|正)?)",
    )
});

static MARKED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:人民币|rmb ?|cny ?|¥)+:?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,4}))?(万)?"));

/// The normal form of a value that is an amount of money.
pub(super) fn normal(text: &str) -> String {
    let bare = in_one_form(&with_figures(&once(text)));
    if answer::is_free(&bare) {
        return "不收费".to_owned();
    }
    let bare = LABEL.replace(&bare, "$1");
    words::of_plain(&EACH.replace_all(&bare, "$2$3/$1$4"))
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^收费(?:标准|金额)?:?(\d)"));

/// `每证10元` and `10元每证`, which are `10元/证`.
static EACH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"每个?([证本人件份次户套张枚科门台辆亩年月天])(?:收费|收取|收)?(\d+(?:\.\d+)?元)|(\d元)/?每个?([证本人件份次户套张枚科门台辆亩年月天])",
    )
});

/// Writes every amount as figures and 元, without separators and useless zeros.
pub(super) fn in_one_form(text: &str) -> String {
    let with_unit = AMOUNT.replace_all(text, amount);
    MARKED.replace_all(&with_unit, amount).into_owned()
}

fn amount(found: &Captures<'_>) -> String {
    let whole = found[1].replace(',', "");
    let fraction = found.get(2).map_or("", |fraction| fraction.as_str());
    let shifted = if found.get(3).is_some() {
        let places = format!("{fraction:0<4}");
        (format!("{whole}{}", &places[..4]), "")
    } else {
        (whole, fraction.trim_end_matches('0'))
    };
    let digits = shifted.0.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    if shifted.1.is_empty() { format!("{digits}元") } else { format!("{digits}.{}元", shifted.1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_one_form() {
        for text in [
            "¥10",
            "10元",
            "十元",
            "人民币10元整",
            "10.00元",
            "￥10.0",
            "RMB 10",
            "10 元",
            "壹拾元整",
            "10块",
        ] {
            assert_eq!(normal(text), "10元", "{text}");
        }
        assert_eq!(normal("1.5万元"), "15000元");
        assert_eq!(normal("1,000元"), "1000元");
        assert_eq!(normal("10.50元/证"), "10.5元/证");
    }
}
