//! 不稳定 and 步骤未通过 in the words that every format shows.

use crate::model::{Hitch, HitchKind, Run};

use super::wording::clean;

/// Where it happened: channel, scenario, and whom the visit was for.
pub(super) fn place(run: &Run, hitch: &Hitch) -> String {
    let title = scenario_title(run, &hitch.scenario);
    let parts = [clean(run.channel_name(&hitch.channel)), title, clean(&hitch.whom)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The scenario's title; its id where the run does not know it (it was only called).
pub(super) fn scenario_title(run: &Run, id: &str) -> String {
    clean(run.scenarios.get(id).filter(|title| !title.is_empty()).map_or(id, String::as_str))
}

/// The step: its line and what it says.
pub(super) fn step(run: &Run, hitch: &Hitch) -> String {
    let line = hitch.line.map(|line| match &hitch.called {
        Some(called) => format!("场景“{}”第 {line} 行", scenario_title(run, called)),
        None => format!("第 {line} 行"),
    });
    let said = (!hitch.step.is_empty()).then(|| clean(&hitch.step));
    let step: Vec<String> = line.into_iter().chain(said).collect();
    match (hitch.kind, step.is_empty()) {
        (HitchKind::WalkedAgain, true) => "整次走访".to_owned(),
        (HitchKind::WalkedAgain, false) => format!("整次走访（第 1 次走到{}）", step.join(" ")),
        _ => step.join(" "),
    }
}

/// What failed first and what became of it, as a sentence.
pub(super) fn told(hitch: &Hitch) -> String {
    let why = match hitch.why.trim() {
        "" => "没有记下原因".to_owned(),
        why => clean(why),
    };
    let tries = hitch.tries;
    match hitch.kind {
        HitchKind::Flaky => format!("试到第 {tries} 次才做成；第 1 次没有做成：{why}。"),
        HitchKind::WalkedAgain => format!("第 {tries} 次才走完；第 1 次走访中断：{why}。"),
        HitchKind::SoftFailure if tries > 1 => {
            format!("试了 {tries} 次都没有通过，场景允许继续往下走：{why}。")
        }
        HitchKind::SoftFailure => format!("没有通过，场景允许继续往下走：{why}。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChannelId, VisitId};

    fn hitch(kind: HitchKind, tries: u32) -> Hitch {
        Hitch {
            kind,
            visit: VisitId("practice.pc.0001".into()),
            scenario: "practice".into(),
            channel: ChannelId::from("pc"),
            whom: String::new(),
            checks: Vec::new(),
            line: Some(4),
            called: None,
            step: "点按 查询".into(),
            why: "500 毫秒内没有找到“查询”".into(),
            tries,
            capture: None,
        }
    }

    fn run() -> Run {
        serde_json::from_value(serde_json::json!({
            "id": "x", "portal": "门户", "started": "2026-11-25T08:00:00+08:00", "ended": null, "version": "",
            "channels": [["pc", "PC端"]], "items": [], "scenarios": {"practice": "练习"}
        }))
        .unwrap()
    }

    #[test]
    fn the_words_say_what_failed_first_and_where() {
        let flaky = hitch(HitchKind::Flaky, 3);
        assert_eq!(place(&run(), &flaky), "PC端 · 练习");
        assert_eq!(step(&run(), &flaky), "第 4 行 点按 查询");
        assert_eq!(told(&flaky), "试到第 3 次才做成；第 1 次没有做成：500 毫秒内没有找到“查询”。");
        let called = Hitch { called: Some("login".into()), ..flaky };
        assert_eq!(step(&run(), &called), "场景“login”第 4 行 点按 查询");
    }

    #[test]
    fn a_visit_that_was_walked_again_names_no_step_when_none_was_done() {
        let again = Hitch { line: None, step: String::new(), ..hitch(HitchKind::WalkedAgain, 2) };
        assert_eq!(step(&run(), &again), "整次走访");
        let older = Hitch { why: String::new(), ..again };
        assert_eq!(told(&older), "第 2 次才走完；第 1 次走访中断：没有记下原因。");
    }
}
