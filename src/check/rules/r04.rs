//! R04: what is not online and needs no visit must be possible by post.

use crate::model::Severity;

use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R04",
    question: "不用到现场又不能网上办的，是否可以邮寄办理？",
    source: "温州市政务服务事项检查规则（公开代码）",
    inputs: &["visits", "online_flag", "handle_form"],
    severity: Severity::Minor,
    advice: "核实到办事现场次数、是否网办和办理形式，三者应当说得通。",
    judge,
};

fn judge(page: &Page<'_>) -> Option<Breach> {
    let form = page.says("handle_form")?;
    let stuck = page.visits()? == 0 && page.yes("online_flag") == Some(false);
    let remote =
        ["快递", "邮寄", "寄递", "邮政", "上门", "网上", "在线"].iter().any(|word| form.contains(word));
    if !stuck || remote {
        return None;
    }
    let message = "不用到现场，又不能网上办理，办理形式里也没有邮寄，群众没有办法提交申请。".to_owned();
    Some(Breach::new("handle_form", message))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    fn offline(form: &str) -> Vec<String> {
        Trial::new()
            .set_all("visits", "0次")
            .set_all("visit_reason", "无")
            .set_all("online_flag", "否")
            .set_all("online_depth", "无")
            .set_all("handle_form", form)
            .found("guide.consistency")
    }

    #[test]
    fn no_visit_no_network_and_no_post_break_it_but_post_holds() {
        assert_eq!(offline("窗口办理"), ["pc+app+mini+kiosk handle_form rule:R04"]);
        assert!(offline("窗口办理、快递申请").is_empty());
    }
}
