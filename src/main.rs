//! The `qingdan` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    qingdan::cli::main(std::env::args())
}
