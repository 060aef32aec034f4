//! `qingdan explain CODE`: the page of one kind of finding.

use clap::{Arg, ArgMatches};

use super::{Command, Exit, terminal};
use crate::check;
use crate::diagnostic::{Error, UiLang};
use crate::schema::nearest;
use crate::text;

/// `qingdan explain`.
pub(super) const COMMAND: Command = Command {
    name: "explain",
    about: || {
        text!(
            "解释一种问题；不写代码时列出全部",
            "explain one kind of problem; without a code, list them all"
        )
    },
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let help =
        text!("问题代码或名称，例如 QD2001 或 unknown-key", "a code or name, such as QD2001 or unknown-key");
    command.arg(Arg::new("code").value_name("CODE").help(help.get(lang).to_owned()))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let Some(wanted) = arguments.get_one::<String>("code") else {
        terminal::data(&all(lang));
        return Ok(Exit::Clean);
    };
    match check::page(wanted) {
        Some((_, page)) => {
            terminal::data(&page);
            Ok(Exit::Clean)
        }
        None => Err(unknown(wanted)),
    }
}

fn all(lang: UiLang) -> String {
    let line = |code: &&'static crate::diagnostic::Code| {
        let summary = if lang == UiLang::Zh { code.zh } else { code.en };
        format!("{}  {:<24}  {summary}\n", code.id, code.name)
    };
    check::CODES.iter().flat_map(|stage| stage.iter()).map(line).collect()
}

fn unknown(wanted: &str) -> Error {
    let names = check::CODES.iter().flat_map(|stage| stage.iter()).flat_map(|code| [code.name, code.id]);
    let reason = match nearest(wanted, names) {
        Some(near) => {
            text!("没有“{wanted}”这种问题，是不是 {near}？", "there is no `{wanted}`; did you mean {near}?")
        }
        None => text!(
            "没有“{wanted}”这种问题；qingdan explain 列出全部",
            "there is no `{wanted}`; `qingdan explain` lists them all"
        ),
    };
    Error::Argument { reason }
}
