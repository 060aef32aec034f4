//! The `qingdan` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    // An argument that is no Unicode names nothing we could read; it is reported, with the rest of it legible.
    qingdan::cli::main(std::env::args_os().map(|word| word.to_string_lossy().into_owned()))
}
