//! R07: where nothing is charged there is neither a price nor online payment.

use crate::model::Severity;
use crate::text;

use super::super::quote::quote;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R07",
    question: "不收费的事项是否没有收费标准，也不要求网上支付？",
    source: "温州市政务服务事项检查规则（公开代码）",
    inputs: &["fee_flag", "fee", "pay_online"],
    severity: Severity::Note,
    advice: "核实是否收费；不收费的，删去收费标准，网上支付填否。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    if page.is_charged()? {
        return None;
    }
    if let Some(fee) = page.says("fee").filter(|said| names_price(said)) {
        return Some(Breach::new("fee", format!("写明不收费，却又写了收费标准{}。", quote(fee))));
    }
    let paid_online = page.yes("pay_online") == Some(true);
    paid_online.then(|| Breach::new("pay_online", "写明不收费，却又写支持网上支付。"))
}

/// A price above nothing, and no word that waives it.
fn names_price(said: &str) -> bool {
    let bare = text::plain(said);
    let waived = ["不收", "免", "停征", "停收", "取消"].iter().any(|word| bare.contains(word));
    !waived && bare.match_indices('元').any(|(at, _)| ends_in_amount(&bare[..at]))
}

/// Whether a text ends in a number above nought.
fn ends_in_amount(before: &str) -> bool {
    let digits = before.trim_end_matches(|character: char| character.is_ascii_digit() || character == '.');
    before[digits.len()..].contains(|character: char| ('1'..='9').contains(&character))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn a_price_or_online_payment_for_nothing_breaks_it() {
        for said in ["每证25元", "每证40元"] {
            let priced = Trial::new().set_all("fee", said);
            assert_eq!(priced.found("guide.consistency"), ["pc+app+mini+kiosk fee rule:R07"], "{said}");
        }
        let paid = Trial::new().set_all("pay_online", "是");
        assert_eq!(paid.found("guide.consistency"), ["pc+app+mini+kiosk pay_online rule:R07"]);
    }

    #[test]
    fn a_waived_price_holds() {
        for said in ["免收工本费（原每证20元）", "不收费", "0元"] {
            assert!(Trial::new().set_all("fee", said).found("guide.consistency").is_empty(), "{said}");
        }
    }
}
