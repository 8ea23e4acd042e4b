//! R13: the process of a licence goes from 受理 to 送达.

use std::collections::BTreeSet;

use crate::model::Severity;

use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R13",
    question: "行政许可的办理流程是否写全五个环节（受理、审核、审批、办结、送达）？",
    source: "温州市政务服务事项检查规则（公开代码）",
    inputs: &["item_type", "project_type", "flow"],
    severity: Severity::Note,
    advice: "补全办理流程的环节：受理、审核、审批、办结、送达。",
    judge,
};

/// The words of one stage; a portal that splits a stage in two shows one more, never one less.
const STAGES: [&[&str]; 6] = [
    &["申请", "申报", "收件", "接件", "提交"],
    &["受理"],
    &["审查", "审核", "核查", "勘验", "初审", "复审", "评审", "评估"],
    &["决定", "审批", "批准", "核准", "签发"],
    &["办结", "制证", "制作", "打印", "归档"],
    &["送达", "颁证", "发证", "颁发", "发放", "领证", "取证", "领取", "取件", "寄送", "公告", "公示"],
];

fn judge(page: &Page<'_>) -> Option<Breach> {
    let flow = page.says("flow").filter(|said| !said.starts_with("[图片]"))?;
    let instant = page.says("project_type").is_some_and(|kind| kind.contains("即办"));
    let named: BTreeSet<usize> =
        (0..STAGES.len()).filter(|&stage| STAGES[stage].iter().any(|word| flow.contains(word))).collect();
    // Fewer than two stage names: the text tells the process in other words.
    let pictured = page.guide().media.iter().any(|medium| medium.element == "flow");
    if !page.is_licence() || instant || pictured || !(2..5).contains(&named.len()) {
        return None;
    }
    Some(Breach::new(
        "flow",
        format!("行政许可的办理流程只写了{}个环节，应当写全受理、审核、审批、办结、送达。", named.len()),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    fn licence(flow: &str) -> Vec<String> {
        let code = "3140100000001";
        let trial = Trial::new().set_all("item_type", "行政许可").set_all("base_code", &code[1..]);
        let organisation = trial.case().item.and_then(|item| item.code).unwrap()[..18].to_owned();
        let trial = trial.with_code(&format!("{organisation}{code}")).set_all("flow", flow);
        trial.guide_everywhere(|guide| guide.media.clear()).found("guide.consistency")
    }

    #[test]
    fn a_licence_with_two_stages_breaks_it() {
        let found = licence("受理：窗口核对材料。审查：核对身份。");
        assert_eq!(found, ["pc+app+mini+kiosk flow rule:R13"]);
    }

    #[test]
    fn all_five_stages_and_a_process_told_in_other_words_hold() {
        assert!(licence("受理、审核、审批、办结、送达五步，每步一天。").is_empty());
        assert!(licence("带齐证件到窗口，当天就能拿到。").is_empty());
    }
}
