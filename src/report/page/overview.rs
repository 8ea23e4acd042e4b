//! 总览: who was looked at and when, the verdict, the key figures, and the stages by channel.

use minijinja::{Value, context};

use crate::model::{Checklist, CoverageState, Outcome, Severity};

use super::super::tally::{Stage, StageCell, StageState, Tally, in_state, stage_cell, stages};
use super::super::wording::{clean, run_duration};

/// The masthead.
pub(super) fn head(outcome: &Outcome, tally: &Tally) -> Value {
    let run = &outcome.run;
    let (planned, walked) = outcome.visits;
    let tone = match (tally.major, tally.problems() + tally.soft + tally.flaky, tally.blocked) {
        (1.., ..) => "bad",
        (0, 0, 0) => "good",
        _ => "fair",
    };
    context! {
        portal => clean(&run.portal),
        date => run.started.format("%Y年%-m月%-d日").to_string(),
        started => run.started.format("%Y-%m-%d %H:%M").to_string(),
        duration => run_duration(run),
        version => clean(&run.version),
        run => clean(&run.id.0),
        channels => run.channels.len(),
        items => run.items.len(),
        planned => planned,
        walked => walked,
        verdict => tally.verdict(),
        tone => tone,
    }
}

/// The figures under the verdict.
pub(super) fn figures(outcome: &Outcome, tally: &Tally) -> Value {
    let lines: Vec<_> = outcome.coverage.iter().collect();
    context! {
        problems => tally.problems(),
        major => tally.major,
        minor => tally.minor,
        note => tally.note,
        blocked => tally.blocked,
        flaky => tally.flaky,
        soft => tally.soft,
        new => tally.new,
        standing => tally.standing,
        fixed => tally.fixed,
        sheets => outcome.sheets.len(),
        points => lines.len(),
        passed => in_state(&lines, CoverageState::Pass),
        wrong => in_state(&lines, CoverageState::Problem),
        untold => in_state(&lines, CoverageState::CannotTell),
        unvisited => lines
            .iter()
            .filter(|line| line.state == CoverageState::CannotTell && line.channels.is_empty())
            .count(),
        waiting => in_state(&lines, CoverageState::AwaitingPeople),
    }
}

/// Channel x 体验环节, the online stages only: people record the others.
pub(super) fn matrix(outcome: &Outcome) -> Value {
    let channels: Vec<_> = outcome.run.channels.iter().map(|(_, name)| clean(name)).collect();
    let rows: Vec<_> =
        stages().iter().filter(|stage| stage.online).map(|stage| row(outcome, stage)).collect();
    let offline = Checklist::official().items.iter().filter(|item| !item.is_online()).count();
    context! { channels, rows, offline }
}

fn row(outcome: &Outcome, stage: &Stage) -> Value {
    let found: Vec<_> = outcome.run.channels.iter().map(|(id, _)| stage_cell(outcome, stage, id)).collect();
    let visited = found.iter().any(|cell| cell.state != StageState::NotVisited);
    let points = found.first().map_or(0, |cell| cell.points);
    let names = outcome.run.channels.iter().map(|(_, name)| name);
    let cells: Vec<_> = found.iter().zip(names).map(|(found, name)| cell(found, name)).collect();
    context! { stage => stage.name, visited, points, cells }
}

fn cell(cell: &StageCell, channel: &str) -> Value {
    let detail = match cell.state {
        StageState::NotVisited => format!("共 {} 项", cell.points),
        _ if cell.flaky > 0 => {
            format!("已判定 {}/{} 项 · 不稳定 {} 处", cell.judged, cell.points, cell.flaky)
        }
        _ => format!("已判定 {}/{} 项", cell.judged, cell.points),
    };
    let word = match cell.problems {
        0 => cell.state.name().to_owned(),
        problems => format!("{problems} 个问题"),
    };
    context! { channel => clean(channel), class => cell.state.class(), sign => cell.state.sign(), word, detail }
}

/// Problems by channel, stacked by severity; widths are shares of the longest bar in percent.
pub(super) fn chart(outcome: &Outcome) -> Value {
    let counts: Vec<[usize; 3]> =
        outcome.run.channels.iter().map(|(id, _)| by_severity(outcome, id)).collect();
    let longest = counts.iter().map(|count| count.iter().sum()).max().unwrap_or(0).max(1);
    let bar = |((_, name), count): (&(_, String), &[usize; 3])| {
        let named = [("major", "严重"), ("minor", "一般"), ("note", "提示")].into_iter().zip(count);
        let shown = named.filter(|(_, count)| **count > 0);
        let parts: Vec<_> = shown
            .map(|((class, word), count)| {
                let width = format!("{:.2}", *count as f64 * 100.0 / longest as f64);
                context! { class, word, count => *count, width }
            })
            .collect();
        context! { channel => clean(name), total => count.iter().sum::<usize>(), parts }
    };
    Value::from(outcome.run.channels.iter().zip(&counts).map(bar).collect::<Vec<_>>())
}

fn by_severity(outcome: &Outcome, channel: &crate::model::ChannelId) -> [usize; 3] {
    [Severity::Major, Severity::Minor, Severity::Note].map(|severity| {
        let is_here = |issue: &&crate::model::Issue| {
            issue.finding.severity == severity && issue.finding.channels.contains(channel)
        };
        outcome.issues.iter().filter(is_here).count()
    })
}
