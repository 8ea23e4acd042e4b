//! `zoutong lint`: says what is wrong or still missing in scenario files, without walking anything.

use super::super::arguments::LintArguments;
use super::super::exit::{Code, Failure};
use super::super::given::variables;
use super::super::screen::Screen;
use crate::scenario;
use crate::settings::Values;

pub(in super::super) fn run(
    arguments: &LintArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    if !arguments.path.exists() {
        return Err(Failure::Usage(format!("没有这个文件或文件夹：{}", arguments.path.display())));
    }
    let report = scenario::lint(&arguments.path, &variables(values, &arguments.variables));
    let text = report.render(screen.color);
    if !report.errors.is_empty() {
        screen.error(&text);
        return Ok(Code::Usage);
    }
    if text.is_empty() {
        screen.line(&screen.green("没有发现问题"));
    } else {
        screen.line(&text);
    }
    Ok(Code::Nothing)
}
