//! Tells the program from which commit it is built, for `--version`, and gives it its icon on Windows.
//!
//! Only optimised builds name it: others are made after every change, and the name would have them made again. Who builds
//! from an archive without git says it by `QINGDAN_COMMIT`, such as `0123abc 2026-11-30`.

#[path = ".release/windows/resource.rs"]
mod resource;

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=QINGDAN_COMMIT");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=QINGDAN_BUILD={}", build());
    resource::add(".");
}

/// Returns the short name of the commit and its day, or what sort of build it is.
fn build() -> String {
    if let Some(named) = std::env::var("QINGDAN_COMMIT").ok().filter(|named| !named.is_empty()) {
        return named;
    }
    if std::env::var("PROFILE").is_ok_and(|profile| profile != "release") {
        return "development build".to_owned();
    }
    // The log of HEAD changes with every commit.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={log}");
    }
    let commit = git(&["log", "-1", "--format=%h %cs", "--abbrev=7"]);
    commit.unwrap_or_else(|| "unknown commit".to_owned())
}

fn git(arguments: &[&str]) -> Option<String> {
    let output =
        Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
