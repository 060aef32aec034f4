//! `qingdan check`: every finding at once.

use std::path::PathBuf;

use clap::{Arg, ArgMatches};

use super::{Command, Exit, catalogue, catalogue_argument, data, links, switch, terminal, writing};
use crate::diagnostic::{Error, UiLang};
use crate::pipeline::{self, Outcome, Request};
use crate::report::{self, Report};
use crate::{storage, text};

/// `qingdan check`.
pub(super) const COMMAND: Command = Command {
    name: "check",
    about: || text!("列出全部问题：在哪里、为什么、怎么改", "every problem at once: where, why, what to do"),
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let help = text!("输出格式", "how to print them");
    let only =
        text!("只列出这个地区（和它的下级）的问题", "only what is found in this place and those below it");
    let links = text!(
        "通向别的网站的网址，每个试着打开一次（要连网；用系统的 curl）",
        "open each address of another site once (needs the network; with the system's curl)"
    );
    let names: Vec<&str> = report::FORMATS.iter().map(|format| format.name).collect();
    command
        .arg(catalogue_argument(lang))
        .arg(data::today_argument(lang))
        .arg(
            Arg::new("format")
                .long("format")
                .default_value("human")
                .value_parser(names)
                .help(help.get(lang).to_owned()),
        )
        .arg(switch("links", &links, lang))
        .arg(data::output_argument(lang))
        .arg(data::force_argument(lang))
        .arg(Arg::new("only").long("only").value_name("PLACE").help(only.get(lang).to_owned()))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let request = Request::whole(data::today(arguments)?);
    let mut outcome = pipeline::check(&catalogue(arguments), &request)?;
    if arguments.get_flag("links") {
        links::try_all(&outcome.sources, &mut outcome.findings, lang)?;
        let levels = outcome.catalogue.as_ref().map(|content| content.site.levels.clone());
        outcome.findings.settle(&levels.unwrap_or_default());
    }
    let name = arguments.get_one::<String>("format").map_or("human", String::as_str);
    let format = report::format_named(name).expect("the parser knows these formats only");
    let Outcome { findings, sources, catalogue: content, .. } = &outcome;
    let only = match (arguments.get_one::<String>("only"), content) {
        (Some(word), Some(content)) => {
            let place = content.place_named(word).map_err(|reason| Error::Argument { reason })?;
            Some(format!("{}/", place.path))
        }
        (None, _) | (_, None) => None,
    };
    let wanted = |file| only.as_ref().is_none_or(|folder| sources.file(file).path.starts_with(folder));
    let findings = &findings.of_files(wanted);
    match arguments.get_one::<PathBuf>("output") {
        Some(path) => {
            let text = terminal::file_of_findings(format, findings, sources, lang);
            writing::save(path, &text, Some(sources.root()), arguments, lang)?;
            terminal::say(&path.display().to_string());
        }
        None => terminal::findings(format, findings, sources, lang),
    }
    if name == "github" {
        add_step_summary(&Report { findings, sources, lang, color: false })?;
    }
    if !format.to_stdout || arguments.contains_id("output") {
        terminal::say(&report::summary(findings, lang));
    }
    Ok(if findings.refuse() { Exit::Refused } else { Exit::Clean })
}

/// Adds the findings without an annotation to the summary of the step, where GitHub runs us.
fn add_step_summary(report: &Report<'_>) -> Result<(), Error> {
    let (Some(path), Some(text)) = (std::env::var_os("GITHUB_STEP_SUMMARY"), report::step_summary(report))
    else {
        return Ok(());
    };
    let path = PathBuf::from(path);
    storage::append(&path, text.as_bytes())
}
