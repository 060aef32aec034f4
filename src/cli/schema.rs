//! `qingdan schema`: what an editor needs to help with the files of a catalogue.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};

use super::writing::{is_forced, say_kept, session};
use super::{Command, Exit, catalogue, catalogue_argument, data, terminal};
use crate::catalogue;
use crate::diagnostic::{Error, Findings, UiLang};
use crate::editor::{self, Keys};
use crate::render;
use crate::report;
use crate::source::SourceTree;
use crate::storage::{Rules, is_same_folder, save_folder};
use crate::text;

/// `qingdan schema`.
pub(super) const COMMAND: Command = Command {
    name: "schema",
    about: || {
        text!(
            "写出编辑器用的 JSON Schema：字段、说明、可选的词",
            "write JSON Schema for editors: fields, what they are for, words to choose from"
        )
    },
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let out = text!(
        "写到这个目录，不写则是清单目录里的 .qingdan/schema",
        "the folder to write to; .qingdan/schema of the catalogue if left out"
    );
    let document = text!(
        "只要一种文件的；没有 --out 时写到标准输出",
        "of one kind of file only; to the standard output without --out"
    );
    let keys = text!(
        "编辑器提示中文还是英文的字段（两种写法都接受）；不写则与目录里多数清单相同",
        "offer Chinese or English keys, while both are accepted; by default as most lists of the catalogue have them"
    );
    let names: Vec<&str> = editor::documents().map(|(name, _)| name).collect();
    command
        .arg(catalogue_argument(lang))
        .arg(data::out_argument(&out, lang))
        .arg(
            Arg::new("document")
                .long("document")
                .value_name("NAME")
                .value_parser(names)
                .help(document.get(lang).to_owned()),
        )
        .arg(Arg::new("keys").long("keys").value_parser(Keys::NAMES.to_vec()).help(keys.get(lang).to_owned()))
        .arg(data::force_argument(lang))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let root = catalogue(arguments);
    let mut findings = Findings::new();
    let mut sources = SourceTree::read(&root, render::default_theme(), &mut findings)?;
    catalogue::guard(&mut sources, data::now(), &mut findings);
    let Some(content) = catalogue::read(&sources, &mut findings) else {
        findings.settle(&std::collections::BTreeMap::new());
        terminal::findings(report::HUMAN, &findings, &sources, lang);
        return Ok(Exit::Refused);
    };
    let keys = arguments.get_one::<String>("keys").and_then(|name| Keys::named(name));
    let keys = keys.unwrap_or_else(|| Keys::of(&sources));
    let wanted = arguments.get_one::<String>("document");
    let mut schemas = editor::schemas(&content, keys);
    schemas.retain(|(name, _)| wanted.is_none_or(|wanted| name.strip_suffix(".json") == Some(wanted)));
    let out = arguments.get_one::<PathBuf>("out").cloned();
    if let (Some(_), None, [(_, text)]) = (wanted, &out, schemas.as_slice()) {
        terminal::data(text);
        return Ok(Exit::Clean);
    }
    let out = write(&root, out, &schemas, arguments, lang)?;
    let (count, shown) = (schemas.len(), out.display());
    terminal::say(text!("{shown}：写好 {count} 个", "{shown}: {count} written").get(lang));
    Ok(Exit::Clean)
}

/// Writes the schemas to the folder asked for, or to that of the catalogue; returns which.
fn write(
    root: &Path,
    out: Option<PathBuf>,
    schemas: &[(String, String)],
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<PathBuf, Error> {
    let own = root.join(editor::FOLDER);
    let files: Vec<(String, Vec<u8>)> =
        schemas.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
    let force = is_forced(arguments);
    let (kept, out) = match out.filter(|out| !is_same_folder(out, &own)) {
        None => (session(root)?.write_folder(editor::FOLDER, &files, force)?, own),
        Some(out) => {
            let rules = Rules { catalogue: Some(root), force, ..Rules::default() };
            (save_folder(&out, &files, &rules)?, out)
        }
    };
    say_kept(&kept, lang);
    Ok(out)
}
