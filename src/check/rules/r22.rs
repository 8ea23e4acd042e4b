//! R22: where one can book, the way to the booking leads somewhere.

use crate::model::Severity;
use crate::text;

use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R22",
    question: "支持预约的，预约入口是否打得开？",
    source: "广东省政务服务数据 online_book_addr",
    inputs: &["booking"],
    severity: Severity::Minor,
    advice: "请技术人员检查预约入口的地址；不能预约的，改为不支持预约。",
    judge,
};

/// Only an entry that was knocked at in vain is surely dead: where none is linked, people may find it elsewhere.
fn judge(page: &Page<'_>) -> Option<Breach> {
    let said = page.reading("booking")?;
    if text::yes_no(&said.text) == Some(false) {
        return None;
    }
    let why = page.dead_entry("booking")?;
    Some(Breach::new("booking", format!("写明支持预约，预约入口却打不开（{why}）。")))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::{Trial, reading};
    use crate::model::{Attachment, Download};

    fn booked(said: &str, answer: &Download) -> Vec<String> {
        let url = "https://pc.example/booking/1";
        let trial = Trial::new().guide_everywhere(|guide| {
            let mut booking = reading("booking", said);
            booking.links.push("/booking/1".to_owned());
            guide.elements.insert("booking".to_owned(), booking);
        });
        let asked = Attachment { url: url.to_owned(), download: answer.clone() };
        trial
            .visit_on("app", |witness| witness.visit.attachments = vec![asked.clone()])
            .found("guide.consistency")
    }

    #[test]
    fn an_entry_that_does_not_answer_breaks_it() {
        assert_eq!(booked("是 预约入口", &Download::Status(404)), ["app booking rule:R22"]);
        let dead = Download::Unreachable("15 秒内没有应答".to_owned());
        assert_eq!(booked("预约入口", &dead), ["app booking rule:R22"]);
    }

    #[test]
    fn an_entry_that_answers_asks_for_a_log_in_or_was_not_asked_holds() {
        for answer in
            [Download::Status(200), Download::Status(401), Download::NotAsked("没有列出".to_owned())]
        {
            assert!(booked("是", &answer).is_empty(), "{answer:?}");
        }
    }
}
