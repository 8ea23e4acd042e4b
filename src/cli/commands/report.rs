//! `zoutong report`: writes the report of a kept run again.

use super::super::arguments::RunNameArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use crate::audit;
use crate::store::{self, RunFolder};

pub(in super::super) fn run(arguments: &RunNameArguments, screen: &Screen) -> Result<Code, Failure> {
    let folder = RunFolder::open(&store::find_run(&arguments.reports, &arguments.run)?)?;
    let outcome = folder.outcome()?;
    let files = audit::report(&folder, &outcome)?;
    folder.seal_judgement()?;
    screen.line("已重新生成：");
    for file in files {
        screen.line(&format!("  {}", file.display()));
    }
    Ok(Code::Nothing)
}
