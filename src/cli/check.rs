//! `qingdan check`: every finding at once.

use clap::{Arg, ArgMatches};

use super::{Command, Exit, catalogue, catalogue_argument, data, terminal};
use crate::diagnostic::{Error, UiLang};
use crate::output::Discard;
use crate::pipeline::{self, Request};
use crate::report;
use crate::text;

/// `qingdan check`.
pub(super) const COMMAND: Command = Command {
    name: "check",
    about: || text!("列出全部问题：在哪里、为什么、怎么改", "every problem at once: where, why, what to do"),
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let help = text!("输出格式", "how to print them");
    let names: Vec<&str> = report::FORMATS.iter().map(|format| format.name).collect();
    command.arg(catalogue_argument(lang)).arg(data::today_argument(lang)).arg(
        Arg::new("format")
            .long("format")
            .default_value("human")
            .value_parser(names)
            .help(help.get(lang).to_owned()),
    )
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let request = Request::whole(data::today(arguments)?);
    let outcome = pipeline::run(&catalogue(arguments), &request, &Discard, &|_| {})?;
    let name = arguments.get_one::<String>("format").map_or("human", String::as_str);
    let format = report::format_named(name).expect("the parser knows these formats only");
    terminal::findings(format, &outcome.findings, &outcome.sources, lang);
    if !format.to_stdout {
        terminal::say(&report::summary(&outcome.findings, lang));
    }
    Ok(if outcome.findings.refuse() { Exit::Refused } else { Exit::Clean })
}
