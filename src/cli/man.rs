//! `qingdan man`: the manual as man pages, of the program and of each command.

use std::path::PathBuf;

use clap::ArgMatches;
use clap_mangen::Man;

use super::{Command, Exit, data, terminal, writing};
use crate::diagnostic::{Error, UiLang};
use crate::storage::{self, Rules};
use crate::text;

/// `qingdan man`.
pub(super) const COMMAND: Command = Command {
    name: "man",
    about: || {
        text!(
            "man 手册页：不写 --out，把总页写到标准输出；写了，每个命令一页",
            "man pages: that of the program to the standard output; with --out one for each command"
        )
    },
    arguments: |command, lang| {
        let out = text!("写到这个文件夹", "the folder to write to");
        command.arg(data::out_argument(&out, lang)).arg(data::force_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let mut program = super::parser(lang).disable_help_subcommand(true);
    // So that a page of a command says how it is typed.
    program.build();
    let Some(out) = arguments.get_one::<PathBuf>("out") else {
        terminal::bytes_out(&page(program));
        return Ok(Exit::Clean);
    };
    let name = |command: &str| format!("{}-{command}.1", super::NAME);
    let commands = program.get_subcommands().map(|command| (name(command.get_name()), page(command.clone())));
    let mut files: Vec<(String, Vec<u8>)> = commands.collect();
    files.push((format!("{}.1", super::NAME), page(program)));
    let rules = Rules { force: writing::is_forced(arguments), ..Rules::default() };
    let kept = storage::save_folder(out, &files, &rules)?;
    writing::say_kept(&kept, lang);
    let (shown, count) = (out.display(), files.len());
    terminal::say(text!("{shown}：{count} 个文件", "{shown}: {count} files").get(lang));
    Ok(Exit::Clean)
}

fn page(command: clap::Command) -> Vec<u8> {
    let mut page = Vec::new();
    let source = format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION"));
    Man::new(command).source(source).render(&mut page).expect("memory takes everything");
    page
}
