//! `qingdan completions SHELL`: what a shell needs to complete commands and options.

use clap::{Arg, ArgMatches};
use clap_complete::Shell;

use super::{Command, Exit, terminal};
use crate::diagnostic::{Error, UiLang};
use crate::text;

/// `qingdan completions`.
pub(super) const COMMAND: Command = Command {
    name: "completions",
    about: || {
        text!(
            "按 Tab 补全命令和选项要用的脚本，写到标准输出",
            "the script by which a shell completes commands and options, to the standard output"
        )
    },
    arguments: |command, lang| {
        let shell = text!("哪一种命令行", "the shell");
        command.arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(clap::value_parser!(Shell))
                .help(shell.get(lang).to_owned()),
        )
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let shell = *arguments.get_one::<Shell>("shell").expect("the parser asks for one");
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut super::parser(lang), super::NAME, &mut script);
    terminal::bytes_out(&script);
    Ok(Exit::Clean)
}
