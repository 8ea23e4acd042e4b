//! `zoutong replay`: one scenario file or recording, walked before somebody's eyes.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::super::arguments::ReplayArguments;
use super::super::asking::people;
use super::super::exit::{Code, Failure};
use super::super::given::{variables, with_secrets};
use super::super::replaying::{AtHand, Steps};
use super::super::screen::Screen;
use super::super::signals::stop_on_signal;
use super::import::said;
use super::run::{code, show};
use super::{now, wait_for};
use crate::audit::{self, AuditError, Order, RunSummary};
use crate::scenario::{Rehearsal, RehearsalError, rehearse, secrets_named};
use crate::settings::{Settings, Values};

pub(in super::super) fn run(
    arguments: &ReplayArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    let variables = variables(values, &arguments.variables);
    let rehearsal = rehearse(&arguments.file, arguments.portal.as_deref(), &arguments.hosts, &variables)
        .map_err(|error| match error {
            RehearsalError::Recording(error) => Failure::from(error),
            RehearsalError::Scenario(errors) => Failure::from(errors),
        })?;
    if let Some(imported) = &rehearsal.imported {
        screen.line(&format!("{}，在内存里转成场景，不写文件", imported.format.name()));
        for note in &imported.notes {
            screen.line(&said(note, screen));
        }
    }
    let mut selection = arguments.selection.selection();
    if selection.scenarios.is_empty() {
        selection.scenarios.clone_from(&rehearsal.scenarios);
    }
    let variables = with_secrets(variables, &wanted(arguments, &rehearsal), &arguments.private, screen)?;
    let order = Order {
        scenarios: arguments.file.clone(),
        selection,
        variables,
        scripts: arguments.allow_scripts,
        people: people(),
        // Steps are shown as they are done: one walk at a time.
        settings: Settings {
            sessions: 1,
            pictures: arguments.evidence.pictures(),
            private: Some(arguments.private.private.clone()),
            ..arguments.technical.settings()
        },
        now,
    };
    let (summary, stuck, stopped) = wait_for(walk(&order, rehearsal, arguments, screen))?;
    show(&summary, screen);
    if stopped {
        screen.error("回放被中断：已经看到的都保存了");
        return Ok(Code::Stopped);
    }
    // What serves no check is no gap of a report, but a replay that stops half-way has not come to its end.
    Ok(match code(&summary.outcome, arguments.fail_on) {
        Code::Incomplete => Code::Incomplete,
        _ if stuck => Code::Incomplete,
        code => code,
    })
}

/// The secrets that the scenario may need: those that the files name, and those that the import has just lifted out.
fn wanted(arguments: &ReplayArguments, rehearsal: &Rehearsal) -> BTreeSet<String> {
    let mut wanted = secrets_named(&arguments.file);
    wanted.extend(arguments.portal.iter().flat_map(|portal| secrets_named(portal)));
    wanted.extend(rehearsal.imported.iter().flat_map(|imported| imported.secrets.iter().cloned()));
    wanted
}

async fn walk(
    order: &Order,
    rehearsal: Rehearsal,
    arguments: &ReplayArguments,
    screen: &Screen,
) -> Result<(RunSummary, bool, bool), Failure> {
    let stop = stop_on_signal().map_err(|source| Failure::System { what: "接收中断信号", source })?;
    let browser = audit::browser(&order.settings.browser).map_err(AuditError::from)?;
    let watcher = AtHand {
        screen: screen.clone(),
        step: arguments.step,
        pause_on_error: arguments.pause_on_error,
        slow_mo: Duration::from_millis(arguments.slow_mo.min(60_000)),
    };
    let steps = Steps::new(screen, rehearsal.imported.is_none());
    let library = rehearsal.library;
    let (watcher, steps) = (Arc::new(watcher), Arc::new(steps));
    let summary =
        audit::run_library(order, library, watcher, browser, Arc::clone(&steps) as _, stop.clone()).await?;
    let stopped = *stop.borrow();
    Ok((summary, steps.stuck(), stopped))
}
