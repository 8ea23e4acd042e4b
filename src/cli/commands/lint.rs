//! `zoutong lint`: says what is wrong or still missing in scenario files, without walking anything.

use super::super::arguments::LintArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use crate::scenario;
use crate::settings::Values;

pub(in super::super) fn run(arguments: &LintArguments, values: &Values, screen: &Screen) -> Result<Code, Failure> {
    let mut variables = values.variables.clone();
    variables.extend(arguments.variables.iter().cloned());
    let report = scenario::lint(&arguments.path, &variables);
    let text = report.render(screen.color);
    if report.has_errors() {
        screen.error(&text);
        return Ok(Code::Usage);
    }
    screen.line(&text);
    Ok(Code::Nothing)
}
