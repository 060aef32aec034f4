//! `qingdan handbook [--out DIR]`: the handbook for staff as web pages, without a catalogue.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use super::{Command, Exit, data, terminal};
use crate::diagnostic::{Error, UiLang};
use crate::handbook::Handbook;
use crate::output::{Sink, SiteFolder};
use crate::render::ToolPages;
use crate::text;

/// `qingdan handbook`.
pub(super) const COMMAND: Command = Command {
    name: "handbook",
    about: || {
        text!(
            "写出中英文手册：第一份清单、每个字段、每种问题、两年一轮",
            "write the handbook: the first list, each field, each finding, the two-year round"
        )
    },
    arguments: |command, lang| {
        let out = text!("手册写到哪里", "where to write it");
        command.arg(data::out_argument(&out, lang).default_value("handbook")).arg(data::keep_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let out = arguments.get_one::<PathBuf>("out").cloned().expect("there is a usual folder");
    let folder = SiteFolder::begin(&out, &[], arguments.get_flag("keep"))?;
    let files = Handbook::new(Arc::new(ToolPages::new())).files();
    files.iter().try_for_each(|(route, bytes)| folder.put(route, bytes))?;
    folder.commit()?;
    let code = match lang {
        UiLang::Zh => "zh",
        UiLang::En => "en",
    };
    let first = out.join(code).join("index.html");
    let first = first.display();
    let done =
        text!("手册写好了。用浏览器打开 {first}", "the handbook is written: open {first} in a browser");
    terminal::say(done.get(lang));
    Ok(Exit::Clean)
}
