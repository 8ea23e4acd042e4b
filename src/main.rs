//! The program. Everything is in the library; the environment is read here and nowhere else.

use std::process::ExitCode;

fn main() -> ExitCode {
    zoutong::cli::main(std::env::args_os(), std::env::vars())
}
