//! R21: what can be done online says where.

use crate::model::Severity;

use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R21",
    question: "可以网办的事项，是否有在线办理地址？",
    source: "国家政务服务平台数据规范 link_addr、mobile_terminal_url",
    inputs: &["online_flag", "online_url"],
    severity: Severity::Minor,
    advice: "补充在线办理地址；不能网办的，是否网办填否。",
    judge,
};

/// Only a page that answers 无 is surely without an address: a button without a label element is not read as one.
fn judge(page: &Page<'_>) -> Option<Breach> {
    let url = page.reading("online_url")?;
    if page.yes("online_flag") != Some(true) || !url.links.is_empty() || !says_nothing(&url.text) {
        return None;
    }
    Some(Breach::new("online_url", "写明可以网办，在线办理地址却写“无”。"))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn online_without_an_address_breaks_it() {
        let trial = Trial::new().set_all("online_url", "无");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk online_url rule:R21"]);
        assert!(Trial::new().hide_all("online_url").found("guide.consistency").is_empty());
        assert!(Trial::new().set_all("online_url", "").found("guide.consistency").is_empty());
    }
}
