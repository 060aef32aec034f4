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
use crate::storage::{self, Session};
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
    let demo = arguments.get_flag("demo");
    let is_own = |name: &str| start().any(|(own, _)| own == name);
    let starts = |name: &str| name.starts_with(STARTING_WITH) && !is_own(name);
    let embedded = Demo::iter().filter(|name| demo || starts(name));
    let mut files: Vec<(String, Vec<u8>)> =
        embedded.filter_map(|name| Some((name.to_string(), Demo::get(&name)?.data.into_owned()))).collect();
    if !demo {
        files.extend(start().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    }
    let count = files.len();
    for (name, bytes) in &mut files {
        let modeline = editor::modeline(name).unwrap_or_default();
        bytes.splice(0..0, modeline.bytes());
    }
    files.extend(editor::settings().into_iter().map(|(name, text)| (name, text.into_bytes())));
    // What makes a folder a catalogue comes last: one that was begun only is none.
    files.sort_by_key(|(name, _)| name == "site.yaml");
    if storage::is_left(&folder) {
        drop(Session::open(&folder)?);
    }
    if !is_begun(&folder, &files)? {
        let shown = folder.display();
        return Err(Error::Argument {
            reason: text!("{shown} 不是空的，请换一个目录", "{shown} is not empty; choose another folder"),
        });
    }
    storage::sys::create_folders(&folder).map_err(Error::writing(&folder))?;
    let session = Session::open(&folder)?;
    files.iter().try_for_each(|(name, bytes)| session.write_own(name, bytes))?;
    write_schemas(&folder, &session)?;
    let shown = folder.display();
    let next = text!(
        "{shown}：{count} 个文件。接着运行：qingdan serve {shown}",
        "{shown}: {count} files. Next: qingdan serve {shown}"
    );
    terminal::say(next.get(lang));
    Ok(Exit::Clean)
}

/// The folder of a catalogue that is ours.
const OWN: &str = ".qingdan/";

/// Tells whether a folder is empty, or holds a part of these files and nothing else, as a killed command leaves it.
fn is_begun(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<bool, Error> {
    let (mut open, mut known) = (vec![(folder.to_owned(), String::new())], 0);
    while let Some((folder, prefix)) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.filter_map(Result::ok) {
            let (path, name) = (entry.path(), format!("{prefix}{}", entry.file_name().to_string_lossy()));
            if path.is_dir() {
                open.push((path, format!("{name}/")));
                continue;
            }
            let is_ours = |bytes: &[u8]| storage::read(&path).is_ok_and(|known| known == bytes);
            match files.iter().find(|(known, _)| *known == name) {
                Some((_, bytes)) if is_ours(bytes) => known += 1,
                Some(_) => return Ok(false),
                None if storage::is_own_trace(&name) || name.starts_with(OWN) => {}
                None => return Ok(false),
            }
        }
    }
    let schemas = folder.join(editor::FOLDER);
    let has_schemas = editor::documents().all(|(name, _)| schemas.join(format!("{name}.json")).is_file());
    Ok(known < files.len() || !has_schemas)
}

/// Writes what editors need to know of the catalogue.
fn write_schemas(folder: &Path, session: &Session) -> Result<(), Error> {
    let mut findings = Findings::new();
    let sources = SourceTree::read(folder, render::default_theme(), &mut findings)?;
    let content = catalogue::read(&sources, &mut findings).expect("what `init` writes is right");
    let schemas = editor::schemas(&content, Keys::of(&sources)).into_iter();
    let files: Vec<(String, Vec<u8>)> = schemas.map(|(name, text)| (name, text.into_bytes())).collect();
    session.write_folder(editor::FOLDER, &files, false).map(drop)
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
