//! R10: whoever names the result shows a sample of it.

use crate::model::Severity;

use super::super::standing::says_nothing;
use super::{Breach, Page, Rule};

pub(super) const RULE: Rule = Rule {
    id: "R10",
    question: "写明审批结果名称的，是否提供结果样本？",
    source: "温州市政务服务事项检查规则（公开代码）；国家政务服务平台数据规范 result_guid",
    inputs: &["result_name", "result_sample"],
    severity: Severity::Note,
    advice: "上传审批结果的样本，方便群众知道最后拿到的是什么。",
    judge,
};

/// Only a page that says 无 of the sample is surely without one: where the label is not shown at all, the sample may
/// lie behind the result's name.
fn judge(page: &Page<'_>) -> Option<Breach> {
    let name = page.reading("result_name").filter(|reading| !says_nothing(&reading.text))?;
    let sample = page.reading("result_sample")?;
    let linked = !name.links.is_empty() || !sample.links.is_empty();
    let pictured = page.guide().media.iter().any(|medium| medium.element.starts_with("result_"));
    if linked || pictured || name.text.trim().is_empty() || !says_nothing(&sample.text) {
        return None;
    }
    Some(Breach::new("result_sample", "写明了审批结果名称，却没有结果样本。"))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;

    #[test]
    fn a_result_whose_sample_is_said_not_to_exist_breaks_it() {
        let trial = Trial::new().set_all("result_sample", "无");
        assert_eq!(trial.found("guide.consistency"), ["pc+app+mini+kiosk result_sample rule:R10"]);
    }

    #[test]
    fn no_result_and_no_word_about_samples_hold() {
        let none = Trial::new().set_all("result_sample", "无").set_all("result_name", "无");
        assert!(none.found("guide.consistency").is_empty());
        assert!(Trial::new().hide_all("result_sample").found("guide.consistency").is_empty());
    }
}
