//! R29: whoever says that one can book does not say that there is no address for it.

use crate::model::Severity;
use crate::text;

use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R29",
    question: "支持预约的，在线预约地址是否不写“无”？",
    source: "2262条真实事项：2196条支持预约，其中1864条的在线预约地址写“无”",
    inputs: &["booking"],
    severity: Severity::Note,
    advice: "补充在线预约地址；不能预约的，改为不支持预约。",
    judge,
};

/// Both statements are the catalogue's one element: the page gives 是 in one place and 无 in the other.
fn judge(page: &Page<'_>) -> Option<Breach> {
    let said = page.reading("booking")?;
    let statements: Vec<&str> =
        said.text.lines().chain(page.rivals("booking").iter().flat_map(|rival| rival.lines())).collect();
    let can = statements.iter().any(|line| text::yes_no(line) == Some(true));
    let nowhere = statements.iter().any(|line| says_nothing(after_label(line)));
    if !can || !nowhere || !said.links.is_empty() {
        return None;
    }
    Some(Breach::new("booking", "写明支持预约，在线预约地址却写“无”。"))
}

/// “在线预约地址：无” says 无.
fn after_label(line: &str) -> &str {
    line.rsplit_once(['：', ':']).map_or(line, |(_, said)| said).trim()
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    const BREACH: [&str; 1] = ["pc+app+mini+kiosk booking rule:R29"];

    #[test]
    fn booking_at_no_address_breaks_it_in_one_place_or_two() {
        let one = Trial::new().set_all("booking", "是\n在线预约地址：无");
        assert_eq!(one.found("guide.consistency"), BREACH);
        let two = Trial::new().guide_everywhere(|guide| {
            guide.rivals.insert("booking".to_owned(), vec!["无".to_owned()]);
        });
        assert_eq!(two.found("guide.consistency"), BREACH);
    }

    #[test]
    fn no_booking_and_booking_with_an_address_hold() {
        for said in ["否", "无", "是", "是\n在线预约地址：https://pc.example/booking"] {
            let trial = Trial::new().set_all("booking", said);
            assert!(trial.found("guide.consistency").is_empty(), "{said}");
        }
    }
}
