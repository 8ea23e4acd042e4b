//! `zoutong trace`: one visit of a kept run as a file for Playwright's trace viewer.

use std::path::PathBuf;

use super::super::arguments::TraceArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use crate::audit::{self, AuditError};
use crate::model::{Ending, Run, Visit, VisitId};
use crate::report;
use crate::store::{self, RunFolder};
use crate::text::printable;

/// So many visits are listed.
const LISTED: usize = 40;

pub(in super::super) fn run(arguments: &TraceArguments, screen: &Screen) -> Result<Code, Failure> {
    let named = &arguments.run;
    let folder = RunFolder::open(&store::find_run(&named.reports, &named.run)?)?;
    let Some(visit) = &arguments.visit else {
        screen.line(&visits(&folder.run()?, folder.journal()?.visits()));
        return Ok(Code::Nothing);
    };
    let bytes = audit::trace(&folder, &VisitId(visit.clone()))?;
    let file = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{visit}.zip")));
    report::write_file(&file, &bytes).map_err(AuditError::from)?;
    screen.line(&format!("走访回放：{}", file.display()));
    screen.line(&format!("打开它：npx playwright show-trace {}", file.display()));
    screen.line("　　或者：在浏览器里打开 https://trace.playwright.dev 把文件拖进去（文件只在本机读取）");
    Ok(Code::Nothing)
}

/// The visits that can be looked at; those that were stuck come first, then those that did not go smoothly.
fn visits(run: &Run, mut visits: Vec<Visit>) -> String {
    visits.sort_by_key(|visit| (visit.ending == Ending::Completed, visit.hitches().is_empty()));
    let mut lines = vec![format!("这次运行有 {} 次走访。用 --visit 编号 选一次：", visits.len())];
    for visit in visits.iter().take(LISTED) {
        let ending = match &visit.ending {
            Ending::Completed if visit.is_flaky() => "走完（不稳定）".to_owned(),
            Ending::Completed => "走完".to_owned(),
            Ending::Blocked(obstacle) => format!("没有走完：{}", obstacle.said),
        };
        let item = visit.item.as_ref().map_or("", |item| item.name.as_str());
        let told = [run.channel_name(&visit.channel), item, ending.as_str()]
            .into_iter()
            .filter(|word| !word.is_empty());
        lines.push(format!("  {}　{}", visit.id, printable(&told.collect::<Vec<_>>().join(" · "))));
    }
    if visits.len() > LISTED {
        lines.push(format!("  …… 还有 {} 次", visits.len() - LISTED));
    }
    lines.join("\n")
}
