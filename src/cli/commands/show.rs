//! `zoutong show`: prints what a kept run came to and where its report lies.

use super::super::arguments::RunNameArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use crate::report;
use crate::store::{self, RunFolder};

pub(in super::super) fn run(arguments: &RunNameArguments, screen: &Screen) -> Result<Code, Failure> {
    let folder = RunFolder::open(&store::find_run(&arguments.reports, &arguments.run)?)?;
    let outcome = folder.outcome()?;
    screen.line(&report::terminal(&outcome, screen.width, screen.color));
    let page = folder.path().join("report").join(report::PAGE);
    screen.line(&format!("\n核查报告：{}", page.display()));
    Ok(Code::Nothing)
}
