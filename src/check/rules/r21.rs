//! R21: what can be done online says where.

use crate::model::Severity;

use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R21",
    question: "可以网办的事项，是否有打得开的在线办理地址？",
    source: "国家政务服务平台数据规范 link_addr、mobile_terminal_url",
    inputs: &["online_flag", "online_url"],
    severity: Severity::Minor,
    advice: "补充在线办理地址；不能网办的，是否网办填否。",
    judge,
};

/// Only a page that answers 无 is surely without an address: a button without a label element is not read as one. An
/// address that was knocked at in vain is as good as none.
fn judge(page: &Page<'_>) -> Option<Breach> {
    let url = page.reading("online_url")?;
    if page.yes("online_flag") == Some(false) {
        return None;
    }
    if let Some(why) = page.dead_entry("online_url") {
        return Some(Breach::new("online_url", format!("在线办理入口打不开（{why}）。")));
    }
    if page.yes("online_flag") != Some(true) || !url.links.is_empty() || !says_nothing(&url.text) {
        return None;
    }
    Some(Breach::new("online_url", "写明可以网办，在线办理地址却写“无”。"))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use crate::model::{Attachment, Download};

    #[test]
    fn online_without_an_address_breaks_it() {
        let trial = Trial::new().set_all("online_url", "无");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk online_url rule:R21"]);
        assert!(Trial::new().hide_all("online_url").found("guide.consistency").is_empty());
        assert!(Trial::new().set_all("online_url", "").found("guide.consistency").is_empty());
    }

    #[test]
    fn an_entry_that_does_not_answer_breaks_it() {
        let url = "https://pc.example/apply/1";
        let with = |status: u16| {
            Trial::new().visit_on("app", |witness| {
                let (_, guide) = witness.facts.guide.as_mut().unwrap();
                guide.elements.get_mut("online_url").unwrap().links.push(url.to_owned());
                let download = Download::Status(status);
                witness.visit.attachments = vec![Attachment { url: url.to_owned(), download }];
            })
        };
        assert_eq!(with(404).found("guide.consistency"), ["app online_url rule:R21"]);
        for status in [200, 302, 401] {
            assert!(with(status).found("guide.consistency").is_empty(), "{status}");
        }
    }
}
