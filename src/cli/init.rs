//! `qingdan init [--demo] DIR`: a catalogue to start from, or the demonstration.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};

use super::{Command, Exit, switch, terminal};
use crate::catalogue;
use crate::demo::Demo;
use crate::diagnostic::{Error, Findings, UiLang};
use crate::editor::{self, Keys};
use crate::render;
use crate::source::SourceTree;
use crate::text;

/// The words lists are written with, which a new catalogue starts with too.
const STARTING_WITH: &str = "vocabulary/";

/// `qingdan init`.
pub(super) const COMMAND: Command = Command {
    name: "init",
    about: || {
        text!(
            "新建一个清单目录；--demo 写出虚构的示范省",
            "start a catalogue; --demo writes that of an invented province"
        )
    },
    arguments: |command, lang| {
        let demo = text!(
            "写出虚构的示范省，看看各种结论和变化",
            "write the invented province, with every verdict and kind of change"
        );
        let folder = text!("新目录", "the new folder");
        command.arg(switch("demo", &demo, lang)).arg(
            Arg::new("folder")
                .value_name("DIR")
                .required(true)
                .value_parser(clap::value_parser!(PathBuf))
                .help(folder.get(lang).to_owned()),
        )
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let folder = arguments.get_one::<PathBuf>("folder").cloned().expect("the parser asks for a folder");
    if std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let shown = folder.display();
        return Err(Error::Argument {
            reason: text!("{shown} 不是空的，请换一个目录", "{shown} is not empty; choose another folder"),
        });
    }
    let demo = arguments.get_flag("demo");
    let is_own = |name: &str| start().any(|(own, _)| own == name);
    let starts = |name: &str| name.starts_with(STARTING_WITH) && !is_own(name);
    let embedded = Demo::iter().filter(|name| demo || starts(name));
    let mut files: Vec<(String, Vec<u8>)> =
        embedded.filter_map(|name| Some((name.to_string(), Demo::get(&name)?.data.into_owned()))).collect();
    if !demo {
        files.extend(start().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    }
    for (name, bytes) in &files {
        let modeline = editor::modeline(name).unwrap_or_default();
        write(&folder, name, &[modeline.as_bytes(), bytes].concat())?;
    }
    prepare_editors(&folder)?;
    let (count, shown) = (files.len(), folder.display());
    let next = text!(
        "{shown}：{count} 个文件。接着运行：qingdan serve {shown}",
        "{shown}: {count} files. Next: qingdan serve {shown}"
    );
    terminal::say(next.get(lang));
    Ok(Exit::Clean)
}

/// Writes what editors and git need, beside the files of a catalogue.
fn prepare_editors(folder: &Path) -> Result<(), Error> {
    for (name, text) in editor::settings() {
        write(folder, &name, text.as_bytes())?;
    }
    let mut findings = Findings::new();
    let sources = SourceTree::read(folder, render::default_theme(), &mut findings)?;
    let content = catalogue::read(&sources, &mut findings).expect("what `init` writes is right");
    for (name, text) in editor::schemas(&content, Keys::of(&sources)) {
        write(folder, &format!("{}/{name}", editor::FOLDER), text.as_bytes())?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = name.split('/').fold(folder.to_owned(), |folder, part| folder.join(part));
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(Error::writing(parent))?;
    }
    std::fs::write(&path, bytes).map_err(Error::writing(&path))
}

/// The files of a new catalogue besides those of its vocabulary that the demonstration has as well: departments by
/// their usual names, one place with one draft, to be filled in.
fn start() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        ("site.yaml", include_str!("init/site.yaml")),
        ("vocabulary/departments.yaml", include_str!("init/departments.yaml")),
        ("province/place.yaml", include_str!("init/place.yaml")),
        ("province/migrant-children/2027.yaml", include_str!("init/edition.yaml")),
    ]
    .into_iter()
}
