//! `zoutong recheck`: judges a kept run by today's rules.

use super::super::arguments::{FailOn, RunNameArguments};
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use super::run::{code, show};
use crate::audit;
use crate::store::{self, RunFolder};

pub(in super::super) fn run(arguments: &RunNameArguments, screen: &Screen) -> Result<Code, Failure> {
    let folder = RunFolder::open(&store::find_run(&arguments.reports, &arguments.run)?)?;
    let summary = audit::judge(&folder, &arguments.reports)?;
    show(&summary, screen);
    Ok(code(&summary.outcome, FailOn::Minor))
}
