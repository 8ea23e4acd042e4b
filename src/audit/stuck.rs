//! 没有走完: walks that did not come to their end and of which no check speaks. A scenario may serve no check at all, or only
//! get stuck after its checks have seen what they need: that nothing was found says nothing then.

use std::collections::BTreeSet;

use crate::check::Survey;
use crate::model::{Case, Ending, Obstacle, Run, Unseen, Visit};

/// One row for each channel and reason, in the order of the visits.
pub(super) fn rows(run: &Run, cases: &[Case], survey: &Survey) -> Vec<Unseen> {
    let spoken_of = Spoken::of(survey);
    let mut rows: Vec<Unseen> = Vec::new();
    for (case, visit) in
        cases.iter().flat_map(|case| case.witnesses.iter().map(move |one| (case, &one.visit)))
    {
        let Ending::Blocked(obstacle) = &visit.ending else { continue };
        if spoken_of.has(visit, case.item_name()) || spoken_of.says(visit, &obstacle.said) {
            continue;
        }
        let row = row(run, visit, obstacle);
        match rows.iter_mut().find(|known| known.channel == row.channel && known.why == row.why) {
            Some(known) => known.items.extend(row.items),
            None => rows.push(row),
        }
    }
    let rank = |row: &Unseen| run.channels.iter().position(|(id, _)| Some(id) == row.channel.as_ref());
    rows.sort_by_key(rank);
    rows
}

/// A run that was stopped before every planned visit was begun: what was never begun says nothing either.
pub(super) fn not_begun(run: &Run, planned: usize, begun: usize) -> Option<Unseen> {
    let left = planned.checked_sub(begun).filter(|left| *left > 0 && run.ended.is_none())?;
    Some(Unseen {
        checks: Vec::new(),
        channel: None,
        items: Vec::new(),
        why: format!("走访中途停止：计划的 {planned} 次走访里，还有 {left} 次没有开始"),
        incomplete: true,
        capture: None,
    })
}

/// What the checks have said, by check and channel (and item).
struct Spoken<'a> {
    problems: BTreeSet<(&'a str, &'a str, &'a str)>,
    gaps: Vec<&'a Unseen>,
}

impl<'a> Spoken<'a> {
    fn of(survey: &'a Survey) -> Self {
        let problems = survey.findings.iter().flat_map(|finding| {
            let of = |channel| (finding.check.as_str(), channel, finding.item.as_str());
            finding.channels.iter().map(move |channel| of(channel.0.as_str()))
        });
        let gaps = survey.unseen.iter().filter(|row| row.incomplete).collect();
        Self { problems: problems.collect(), gaps }
    }

    /// Whether the reason stands as a gap of the channel already: a channel that is down is one fact.
    fn says(&self, visit: &Visit, why: &str) -> bool {
        self.gaps.iter().any(|row| row.channel.as_ref() == Some(&visit.channel) && row.why == why)
    }

    /// Whether a check of the visit has a problem or a gap to tell of it.
    fn has(&self, visit: &Visit, item: &str) -> bool {
        visit.checks.iter().any(|check| {
            self.problems.contains(&(check.as_str(), visit.channel.0.as_str(), item))
                || self.gaps.iter().any(|row| {
                    row.checks.contains(check)
                        && row.channel.as_ref().is_none_or(|channel| *channel == visit.channel)
                        && (row.items.is_empty() || row.items.iter().any(|name| name == item))
                })
        })
    }
}

fn row(run: &Run, visit: &Visit, obstacle: &Obstacle) -> Unseen {
    let why = if visit.steps.is_empty() { obstacle.said.clone() } else { told(run, visit, obstacle) };
    Unseen {
        checks: Vec::new(),
        channel: Some(visit.channel.clone()),
        items: visit.item.iter().map(|item| item.name.clone()).collect(),
        why,
        incomplete: true,
        capture: obstacle.capture.clone(),
    }
}

/// Which scenario stopped, where, and why.
fn told(run: &Run, visit: &Visit, obstacle: &Obstacle) -> String {
    let title = run.scenarios.get(&visit.scenario).map_or(visit.scenario.as_str(), String::as_str);
    let failed = visit.steps.iter().rev().find(|step| step.failed.is_some() && !step.soft);
    let place = match (obstacle.line, failed) {
        (Some(line), Some(step)) if step.scenario.is_none() && step.line == line => {
            format!("，停在第 {line} 行“{}”", step.said)
        }
        (Some(line), _) => format!("，停在第 {line} 行"),
        (None, _) => String::new(),
    };
    format!("场景“{title}”没有走完{place}：{}", obstacle.said)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::model::{ChannelId, ObstacleKind, StepRecord, VisitId, Witness};

    fn visit(checks: &[&str]) -> Visit {
        let said = "500 毫秒内没有找到“查询”".to_owned();
        let step = |line: usize, failed: Option<String>| StepRecord {
            line,
            said: format!("点按 第{line}个"),
            failed,
            ..StepRecord::default()
        };
        Visit {
            checks: checks.iter().map(|check| (*check).to_owned()).collect(),
            steps: vec![step(4, None), step(5, Some(said.clone()))],
            ending: Ending::Blocked(Obstacle {
                kind: ObstacleKind::NotFound,
                said,
                line: Some(5),
                capture: Some("practice.pc.0001/1".into()),
            }),
            ..Visit::begun(
                VisitId("practice.pc.0001".into()),
                "practice".into(),
                ChannelId::from("pc"),
                DateTime::default(),
            )
        }
    }

    fn rows_of(visit: Visit, survey: &Survey) -> Vec<Unseen> {
        let run = serde_json::json!({
            "id": "x", "portal": "门户", "started": "2026-11-25T08:00:00+08:00", "ended": null, "version": "",
            "channels": [["pc", "PC端"]], "items": [], "scenarios": {"practice": "练习"}
        });
        let run: Run = serde_json::from_value(run).unwrap();
        let witnesses = vec![Witness { visit, facts: crate::model::Facts::default() }];
        let case = Case { item: None, channels: vec![ChannelId::from("pc")], witnesses };
        rows(&run, &[case], survey)
    }

    #[test]
    fn a_walk_without_checks_that_is_stuck_is_told_with_its_place_and_makes_the_run_incomplete() {
        let rows = rows_of(visit(&[]), &Survey::default());
        assert_eq!(rows.len(), 1);
        assert!(rows[0].incomplete);
        assert_eq!(rows[0].why, "场景“练习”没有走完，停在第 5 行“点按 第5个”：500 毫秒内没有找到“查询”");
        assert_eq!(rows[0].capture.as_deref(), Some("practice.pc.0001/1"));
    }

    #[test]
    fn what_a_check_speaks_of_is_not_told_twice() {
        let gap = |channel: &str| Unseen {
            checks: vec!["account.flow".into()],
            channel: Some(ChannelId::from(channel)),
            items: Vec::new(),
            why: "打不开".into(),
            incomplete: true,
            capture: None,
        };
        let survey = |row| Survey { unseen: vec![row], ..Survey::default() };
        assert!(rows_of(visit(&["account.flow"]), &survey(gap("pc"))).is_empty());
        assert_eq!(rows_of(visit(&["account.flow"]), &survey(gap("app"))).len(), 1, "another channel's gap");
        assert_eq!(
            rows_of(visit(&["account.flow"]), &Survey::default()).len(),
            1,
            "its checks see no trouble"
        );
        let open = Unseen { incomplete: false, ..gap("pc") };
        assert_eq!(rows_of(visit(&["account.flow"]), &survey(open)).len(), 1);
    }

    #[test]
    fn a_stopped_run_says_how_many_visits_were_never_begun_and_an_ended_one_does_not() {
        let mut run: Run = serde_json::from_value(serde_json::json!({
            "id": "x", "portal": "", "started": "2026-11-25T08:00:00+08:00", "ended": null, "version": "",
            "channels": [], "items": [], "scenarios": {}
        }))
        .unwrap();
        let row = not_begun(&run, 5, 2).unwrap();
        assert!(row.incomplete && row.why.contains("还有 3 次没有开始"), "{}", row.why);
        assert_eq!(not_begun(&run, 2, 2), None);
        run.ended = Some(run.started);
        assert_eq!(not_begun(&run, 5, 2), None);
    }

    #[test]
    fn a_channel_that_is_down_stays_one_fact() {
        let down = |checks: &[&str]| {
            let why = "渠道打不开".to_owned();
            let obstacle = Obstacle { kind: ObstacleKind::Unreachable, said: why, line: None, capture: None };
            Visit { steps: Vec::new(), ending: Ending::Blocked(obstacle), ..visit(checks) }
        };
        let known = Unseen {
            checks: vec!["account.flow".into()],
            channel: Some(ChannelId::from("pc")),
            items: Vec::new(),
            why: "渠道打不开".into(),
            incomplete: true,
            capture: None,
        };
        assert!(rows_of(down(&[]), &Survey { unseen: vec![known], ..Survey::default() }).is_empty());
        assert_eq!(rows_of(down(&[]), &Survey::default())[0].why, "渠道打不开");
    }

    #[test]
    fn one_reason_on_one_channel_is_one_row() {
        let of = |name: &str| Visit {
            item: Some(crate::model::Item { name: name.to_owned(), ..crate::model::Item::default() }),
            ..visit(&[])
        };
        let run: Run = serde_json::from_value(serde_json::json!({
            "id": "x", "portal": "", "started": "2026-11-25T08:00:00+08:00", "ended": null, "version": "",
            "channels": [], "items": [], "scenarios": {}
        }))
        .unwrap();
        let case = |name: &str| {
            let visit = of(name);
            let witnesses = vec![Witness { facts: crate::model::Facts::default(), visit: visit.clone() }];
            Case { item: visit.item, channels: Vec::new(), witnesses }
        };
        let rows = rows(&run, &[case("甲"), case("乙")], &Survey::default());
        assert_eq!(rows.iter().map(|row| row.items.clone()).collect::<Vec<_>>(), [["甲", "乙"]]);
    }
}
