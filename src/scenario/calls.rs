//! What scenarios walk of each other: every one that is called is there, takes what it is given, and never calls its caller.

use std::collections::BTreeSet;

use super::error::ScenarioError;
use super::fault::Fault;
use super::margin::Mention;
use super::nearest::allowed;
use super::source::Source;
use crate::model::{Action, Scenario};

/// What is wrong with the calls of all files.
pub(super) fn faults(
    mentions: &[(String, Mention)],
    scenarios: &[Scenario],
    sources: &[Source],
) -> Vec<ScenarioError> {
    let mut errors = Vec::new();
    for (file, mention) in mentions {
        let Some(source) = sources.iter().find(|source| source.name == *file) else { continue };
        errors.extend(faults_of(mention, file, scenarios).into_iter().map(|fault| source.error(fault)));
    }
    errors
}

fn faults_of(mention: &Mention, file: &str, scenarios: &[Scenario]) -> Vec<Fault> {
    let id = mention.scenario.as_str();
    let Some(called) = scenarios.iter().find(|scenario| scenario.id == id) else {
        let known: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
        let fault = Fault::new(mention.mark, format!("没有编号为“{id}”的场景"));
        return vec![fault.hint(allowed("场景", id, &known))];
    };
    let walking = scenarios.iter().find(|scenario| scenario.file == file);
    if walking.is_some_and(|walking| reaches(called, &walking.id, scenarios)) {
        let fault = Fault::new(mention.mark, format!("“{id}”又会走回这个场景，永远走不完"));
        return vec![fault.hint("请去掉其中一个 call")];
    }
    let known: Vec<&str> = called.params.keys().map(String::as_str).collect();
    let unknown = mention.params.iter().filter(|(_, name)| !known.contains(&name.as_str()));
    unknown
        .map(|(mark, name)| {
            let fault = Fault::new(*mark, format!("场景“{id}”没有参数“{name}”"));
            fault.hint(if known.is_empty() {
                format!("{} 里没有写 params", called.file)
            } else {
                allowed("参数", name, &known)
            })
        })
        .collect()
}

/// Whether walking a scenario comes to the one with this id.
fn reaches(from: &Scenario, id: &str, scenarios: &[Scenario]) -> bool {
    let mut seen = BTreeSet::new();
    let mut ahead = vec![from];
    while let Some(scenario) = ahead.pop() {
        if scenario.id == id {
            return true;
        }
        if !seen.insert(scenario.id.as_str()) {
            continue;
        }
        for step in scenario.every_step() {
            if let Action::Call { scenario: called, .. } = &step.action {
                ahead.extend(scenarios.iter().find(|other| other.id == *called));
            }
        }
    }
    false
}
