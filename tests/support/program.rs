//! Runs the built program.
#![allow(dead_code, reason = "not every test reads every stream")]

use std::path::Path;
use std::process::{Command, Output};

/// What a run left: exit code, standard output, standard error.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `qingdan` with `arguments` in the folder `folder`, speaking English unless told otherwise, with
/// nothing else of the environment that could matter.
pub fn qingdan(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env_remove("NO_COLOR")
        .env_remove("RAYON_NUM_THREADS")
        .env("LANG", "en_GB.UTF-8")
        .env_remove("QINGDAN_LANG")
        .envs(environment.iter().copied())
        .output()
        .expect("cargo built the program");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    Ran { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}
