//! `zoutong lint`: says what is wrong or still missing in scenario files, without walking anything.

use super::super::arguments::LintArguments;
use super::super::exit::{Code, Failure};
use super::super::given::variables;
use super::super::screen::Screen;
use super::drift;
use crate::scenario::{self, LintReport};
use crate::settings::Values;

pub(in super::super) fn run(
    arguments: &LintArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    if let Some(named) = &arguments.drift {
        return drift::run(named, arguments, values, screen);
    }
    if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
        return Err(Failure::Usage(format!("没有这个文件或文件夹：{}", missing.display())));
    }
    let variables = variables(values, &arguments.variables);
    let reports: Vec<LintReport> =
        arguments.paths.iter().map(|path| scenario::lint(path, &variables)).collect();
    let texts = reports.iter().map(|report| report.render(screen.color));
    let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    if reports.iter().any(|report| !report.errors.is_empty()) {
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
