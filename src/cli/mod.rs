//! The command line: words in, exit code out. It parses, calls a use case and shows what came of it; it decides nothing
//! about portals.

mod arguments;
mod asking;
mod commands;
mod crawl_progress;
mod exit;
mod given;
mod private;
mod progress;
mod replaying;
mod screen;
mod signals;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::Command;
use exit::{Code, Failure};
use screen::Screen;

use crate::settings::Values;

/// Runs the program with these arguments and this environment.
pub fn main(
    arguments: impl IntoIterator<Item = OsString>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> ExitCode {
    let environment: Vec<(String, String)> = environment.into_iter().collect();
    let screen = Screen::new(&environment);
    let code = match usage::parse(arguments) {
        Ok(command) => {
            let values = Values::of_environment(environment);
            dispatch(command, values, &screen).unwrap_or_else(|failure| exit::explain(&failure, &screen))
        }
        Err(usage::Stopped::Shown(text)) => {
            screen.line(&text);
            Code::Nothing
        }
        Err(usage::Stopped::Wrong(text)) => {
            screen.error(&text);
            Code::Usage
        }
    };
    ExitCode::from(code.number())
}

fn dispatch(command: Command, values: Values, screen: &Screen) -> Result<Code, Failure> {
    match command {
        Command::Run(arguments) => commands::run::run(&arguments, &values, screen),
        Command::Guides(arguments) => commands::guides::run(&arguments, &values, screen),
        Command::Demo(arguments) => commands::demo::run(&arguments, values, screen),
        Command::Portal(arguments) => commands::portal::run(&arguments, screen),
        Command::Read(arguments) => commands::read::run(&arguments, screen),
        Command::Compare(arguments) => commands::compare::run(&arguments, screen),
        Command::Score(arguments) => commands::score::run(&arguments, screen),
        Command::Replay(arguments) => commands::replay::run(&arguments, &values, screen),
        Command::Lint(arguments) => commands::lint::run(&arguments, &values, screen),
        Command::Import(arguments) => Ok(commands::import::run(&arguments, screen)),
        Command::Export(arguments) => commands::import::export(&arguments, screen),
        Command::Recheck(arguments) => commands::recheck::run(&arguments, screen),
        Command::Report(arguments) => commands::report::run(&arguments, screen),
        Command::Show(arguments) => commands::show::run(&arguments, screen),
        Command::Record(arguments) => commands::record::run(&arguments, &values, screen),
        Command::Login(arguments) => commands::login::run(&arguments, &values, screen),
        Command::Secret(arguments) => commands::secret::run(&arguments, &values, screen),
        Command::Trace(arguments) => commands::trace::run(&arguments, screen),
        Command::Verify(arguments) => commands::verify::run(&arguments, screen),
        Command::Checks(arguments) => Ok(commands::checks::run(&arguments, screen)),
        Command::Doctor(arguments) => commands::doctor::run(&arguments, &values, screen),
        Command::Init(arguments) => commands::init::run(&arguments, screen),
    }
}
