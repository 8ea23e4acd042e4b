//! `zoutong run`: walks a portal and writes the lists and the report.

use std::sync::Arc;

use super::super::arguments::{FailOn, RunArguments};
use super::super::asking::people;
use super::super::exit::{Code, Failure};
use super::super::given::{variables, with_secrets};
use super::super::progress::Progress;
use super::super::screen::Screen;
use super::super::signals::stop_on_signal;
use super::{now, wait_for};
use crate::audit::{self, Order, RunSummary};
use crate::model::{Outcome, Severity};
use crate::report;
use crate::scenario::secrets_named;
use crate::settings::{Settings, Values};

pub(in super::super) fn run(
    arguments: &RunArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    let given = variables(values, &arguments.variables);
    let wanted = secrets_named(&arguments.folder);
    let order = Order {
        scenarios: arguments.folder.clone(),
        selection: arguments.selection.selection(),
        variables: with_secrets(given, &wanted, &arguments.private, screen)?,
        scripts: arguments.allow_scripts,
        people: people(),
        settings: Settings {
            pictures: arguments.evidence.pictures(),
            private: Some(arguments.private.private.clone()),
            ..arguments.technical.settings()
        },
        now,
    };
    let (summary, stopped) = wait_for(walk(&order, screen))?;
    show(&summary, screen);
    if stopped {
        screen.error("走访被中断：已经看到的都保存了，报告只含已走访的部分");
        return Ok(Code::Stopped);
    }
    Ok(code(&summary.outcome, arguments.fail_on))
}

/// Walks an order; also tells whether somebody stopped it.
pub(super) async fn walk(order: &Order, screen: &Screen) -> Result<(RunSummary, bool), Failure> {
    let stop = stop_on_signal().map_err(|source| Failure::System { what: "接收中断信号", source })?;
    let browser = audit::browser(&order.settings.browser).map_err(audit::AuditError::from)?;
    let summary = audit::run(order, browser, Arc::new(Progress::new(screen)), stop.clone()).await?;
    let stopped = *stop.borrow();
    Ok((summary, stopped))
}

/// Prints what a run came to.
pub(super) fn show(summary: &RunSummary, screen: &Screen) {
    screen.line(&report::terminal(&summary.outcome, screen.width, screen.color));
    for note in &summary.notes {
        screen.line(&format!("说明：{note}"));
    }
    screen.line(&format!("\n结果文件夹：{}", summary.folder.display()));
    for file in &summary.files {
        screen.line(&format!("  {}", file.display()));
    }
}

/// The exit code that an outcome deserves; not having seen everything weighs more than having found something.
pub(super) fn code(outcome: &Outcome, fail_on: FailOn) -> Code {
    if outcome.unseen.iter().any(|unseen| unseen.incomplete) {
        return Code::Incomplete;
    }
    // A step that failed although the walk went on was wanted by whoever wrote it: it weighs like an ordinary problem.
    let soft = outcome.hitches.iter().any(|hitch| !hitch.kind.is_flaky());
    if outcome.issues.iter().any(|issue| fail_on.fails(issue.finding.severity))
        || (soft && fail_on.fails(Severity::Minor))
    {
        return Code::Problems;
    }
    Code::Nothing
}
