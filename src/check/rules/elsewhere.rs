//! The numbered rules that are no relation between statements of one page: they are judged where their question belongs, and
//! their findings carry the number.

use crate::model::Severity;

use super::super::guide_process;

/// A rule that another part of the checks judges.
#[derive(Debug)]
pub(in super::super) struct Elsewhere {
    /// `R19` …
    pub(in super::super) id: &'static str,
    /// What must hold, as a question, in Chinese.
    pub(in super::super) question: &'static str,
    /// Where it comes from, in Chinese.
    pub(in super::super) source: &'static str,
    /// How bad a breach is at most.
    pub(in super::super) severity: Severity,
    /// 整改建议.
    pub(in super::super) advice: &'static str,
    /// Who judges it, in Chinese.
    pub(in super::super) judged_by: &'static str,
    /// Id of the check whose findings carry it.
    pub(in super::super) check: &'static str,
}

/// The rules judged elsewhere, in the order of their numbers.
pub(in super::super) static ELSEWHERE: &[Elsewhere] = &[
    Elsewhere {
        id: "R19",
        question: "办理流程是否不只是环节名称？",
        source: "国办函〔2017〕115号：25%的办事指南只有环节名称",
        severity: Severity::Minor,
        advice: "逐个环节写明做什么、由谁办、要多久。",
        judged_by: "由检查项 guide.process 判断，问题类型“只有环节名称”",
        check: guide_process::ID,
    },
    Elsewhere {
        id: "R23",
        question: "内容里是否没有undefined、{{…}}、光有单位等模板残留？",
        source: "真实门户的页面模板（数值为空时照样显示单位）",
        severity: Severity::Major,
        advice: "请技术人员检查数据来源和页面模板。",
        judged_by: "逐个要素判断，问题类型“模板残留”",
        check: super::super::guide_consistency::ID,
    },
    Elsewhere {
        id: "R24",
        question: "必须写明的要素是否不用“无”“暂无”“详见”代替？",
        source: "2262条真实事项中950条的受理条件写“无”",
        severity: Severity::Major,
        advice: "把内容写具体，不要用“无”“暂无”“详见”等代替。",
        judged_by: "逐个要素判断，问题类型“占位内容”",
        check: super::super::guide_consistency::ID,
    },
    Elsewhere {
        id: "R27",
        question: "同一事项的要素在各渠道是否一致？",
        source: "晋市审管发〔2023〕36号附件5",
        severity: Severity::Major,
        advice: "对照实施清单核实，把各渠道改为同一内容。",
        judged_by: "各渠道并排比较，问题类型“各渠道不一致”",
        check: super::super::guide_consistency::ID,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::RULES;
    use super::*;
    use crate::check::trial::Trial;

    #[test]
    fn with_these_the_rules_are_numbered_from_1_to_29_without_a_gap() {
        let ids: BTreeSet<&str> =
            RULES.iter().map(|rule| rule.id).chain(ELSEWHERE.iter().map(|rule| rule.id)).collect();
        let all: Vec<String> = (1..=29).map(|number| format!("R{number:02}")).collect();
        assert_eq!(ids.into_iter().collect::<Vec<_>>(), all);
    }

    #[test]
    fn their_findings_carry_the_number() {
        let trials = [
            ("R19", Trial::new().set_all("flow", "受理→审核→办结→送达")),
            ("R23", Trial::new().set("app", "place", "undefined")),
            ("R24", Trial::new().set("app", "place", "暂无")),
            ("R27", Trial::new().set("app", "visits", "2次")),
        ];
        for (rule, (id, trial)) in ELSEWHERE.iter().zip(trials) {
            let numbers: Vec<_> =
                trial.findings(rule.check).into_iter().map(|finding| finding.rule).collect();
            assert_eq!((rule.id, numbers), (id, vec![Some(id.to_owned())]));
        }
    }
}
