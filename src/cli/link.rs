//! `qingdan link`: puts the parts of a site together that several machines made.

use std::path::PathBuf;
use std::time::Instant;

use clap::{Arg, ArgMatches};

use super::{Command, Exit, build, data, terminal};
use crate::diagnostic::{Error, UiLang};
use crate::link;
use crate::output::SiteFolder;
use crate::text;

/// `qingdan link`.
pub(super) const COMMAND: Command = Command {
    name: "link",
    about: || {
        text!(
            "把几台机器分别做的各部分（build --shard）合成一个网站",
            "put the parts of a site together that several machines made (build --shard)"
        )
    },
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let parts = text!("各部分所在的文件夹，先后不限", "the folders that the parts are in, in any order");
    let out = text!("网站写到哪里", "where to write the site");
    command
        .arg(
            Arg::new("parts")
                .value_name("DIR")
                .required(true)
                .num_args(1..)
                .value_parser(clap::value_parser!(PathBuf))
                .help(parts.get(lang).to_owned()),
        )
        .arg(data::out_argument(&out, lang).default_value("public"))
        .arg(data::keep_argument(lang))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let started = Instant::now();
    let out = data::out_folder(arguments);
    let parts: Vec<PathBuf> = arguments.get_many::<PathBuf>("parts").into_iter().flatten().cloned().collect();
    let protected: Vec<_> = parts.iter().map(PathBuf::as_path).collect();
    let folder = SiteFolder::begin(&out, &protected, arguments.get_flag("keep"))?;
    let linked = link::link(&parts, &folder)?;
    let written = folder.commit()?;
    terminal::say(&build::summary(build::Made::Parts(linked.parts), &written, started, &out, lang));
    Ok(Exit::Clean)
}
