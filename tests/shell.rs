//! What shells and packages get from the program: completions, man pages, the version.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::path::Path;
use std::process::Command;

/// Returns the names of all commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = program::qingdan(Path::new("."), &["--help"], &[]).stdout;
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = lines.map_while(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_shell_completes_every_command() {
    let commands = commands();
    assert!(commands.len() > 20, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = program::qingdan(Path::new("."), &["completions", shell], &[]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{shell}");
        for command in commands.iter().filter(|name| *name != "help") {
            assert!(ran.stdout.contains(command.as_str()), "{shell} does not know {command}");
        }
    }
    assert_eq!(program::qingdan(Path::new("."), &["completions", "cmd"], &[]).code, 2);
}

#[test]
fn bash_completes_what_is_begun() {
    let script = program::qingdan(Path::new("."), &["completions", "bash"], &[]).stdout;
    let complete = format!(
        "{script}\nCOMP_WORDS=(qingdan cov); COMP_CWORD=1; _qingdan qingdan cov qingdan; echo \"${{COMPREPLY[@]}}\""
    );
    // Where there is no bash nobody completes with it.
    let Ok(ran) = Command::new("bash").args(["--norc", "-c", &complete]).output() else { return };
    assert_eq!(
        String::from_utf8_lossy(&ran.stdout).trim(),
        "coverage",
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn there_is_a_man_page_for_each_command() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let page = program::qingdan(temp.path(), &["man"], &[]).stdout;
    assert!(page.contains(".TH qingdan 1"), "{page:.300}");
    let ran = program::qingdan(temp.path(), &["man", "--out", "man"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let pages = files::tree(&temp.path().join("man"));
    for command in commands().iter().filter(|name| *name != "help") {
        let page =
            pages.get(&format!("qingdan-{command}.1")).unwrap_or_else(|| panic!("no page for {command}"));
        let page = String::from_utf8_lossy(page).replace("\\-", "-");
        assert!(page.contains(&format!("qingdan-{command}")) && page.contains(".SH SYNOPSIS"), "{command}");
    }
    let zh = program::qingdan(temp.path(), &["man", "--lang", "zh"], &[]).stdout;
    assert!(zh.contains("检查并编译成双语网站"), "{zh:.600}");
}

#[test]
fn the_version_says_what_it_was_built_from() {
    let said = program::qingdan(Path::new("."), &["--version"], &[]).stdout;
    let said =
        said.trim().strip_prefix(concat!("qingdan ", env!("CARGO_PKG_VERSION"), " (")).expect("the version");
    let build = said.strip_suffix(')').expect("what it was built from");
    if cfg!(debug_assertions) && std::env::var_os("QINGDAN_COMMIT").is_none() {
        assert_eq!(build, "development build");
    } else {
        assert!(!build.is_empty());
    }
}
