//! The program. Everything is in the library; the environment is read here and nowhere else.

use std::process::ExitCode;

/// Reading a page is many small pieces for a short time: a sixth less work than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    zoutong::cli::main(std::env::args_os(), std::env::vars())
}
