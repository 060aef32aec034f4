//! `qingdan verify PACK [CATALOGUE]`: whether a filing pack holds by itself, and whether a catalogue still holds what was
//! filed.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};
use serde_json::json;

use super::{Command, Exit, data, terminal};
use crate::diagnostic::{Error, Message, UiLang};
use crate::export::{Comparison, DIGESTS, Difference, Pack};
use crate::pipeline::{self, Request};
use crate::{storage, text};

/// The largest pack that is read, in bytes.
const LARGEST_PACK: u64 = 256 * 1024 * 1024;
/// Files that systems leave in folders.
const OF_SYSTEMS: &[&str] = &["Thumbs.db", "desktop.ini"];

/// `qingdan verify`.
pub(super) const COMMAND: Command = Command {
    name: "verify",
    about: || {
        text!(
            "核验备案材料：文件、封印、结论都对得上；写上清单目录，再看目录里是不是还是备案的样子",
            "verify a filing pack: files, seals and verdicts; with a catalogue, whether it still holds what was filed"
        )
    },
    arguments: |command, lang| {
        let pack = text!("备案材料的文件夹，或它的 zip", "the folder of the pack, or a zip of it");
        let catalogue = text!(
            "清单目录；不写就只看材料本身",
            "the catalogue; without it only the pack itself is looked at"
        );
        let format = text!("输出格式", "how to write it");
        let path = |name: &'static str, value: &'static str, help: &Message| {
            Arg::new(name)
                .value_name(value)
                .value_parser(clap::value_parser!(PathBuf))
                .help(help.get(lang).to_owned())
        };
        command
            .arg(path("pack", "PACK", &pack).required(true))
            .arg(path("catalogue", "CATALOGUE", &catalogue))
            .arg(
                Arg::new("format")
                    .long("format")
                    .default_value("text")
                    .value_parser(["text", "json"])
                    .help(format.get(lang).to_owned()),
            )
            .arg(data::today_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let path = arguments.get_one::<PathBuf>("pack").expect("the parser asks for it");
    let pack = Pack::read(&files(path)?).ok_or_else(|| {
        let shown = path.display();
        Error::Argument {
            reason: text!(
                "{shown} 不是这个工具导出的备案材料：里面没有完整的 {DIGESTS}",
                "{shown} is no filing pack of this tool: it has no complete {DIGESTS}"
            ),
        }
    })?;
    let comparison = match arguments.get_one::<PathBuf>("catalogue") {
        None => None,
        Some(root) => {
            let outcome = pipeline::prepare(root, &Request::whole(data::today(arguments)?), &|_| {})?;
            let Some(catalogue) = &outcome.catalogue else {
                terminal::findings(crate::report::HUMAN, &outcome.findings, &outcome.sources, lang);
                return Ok(Exit::Refused);
            };
            Some(pack.compare(catalogue))
        }
    };
    let holds = pack.differences.is_empty()
        && comparison.as_ref().is_none_or(|comparison| comparison.differences.is_empty());
    match arguments.get_one::<String>("format").map(String::as_str) {
        Some("json") => write_json(&pack, comparison.as_ref(), holds),
        Some(_) | None => write_text(&pack, comparison.as_ref(), holds, lang),
    }
    Ok(if holds { Exit::Clean } else { Exit::Refused })
}

fn write_json(pack: &Pack, comparison: Option<&Comparison>, holds: bool) {
    let value = json!({
        "edition": pack.edition,
        "seal": pack.seal,
        "verdicts": pack.verdicts,
        "holds": holds,
        "pack": pack.differences,
        "catalogue": comparison.map(|known| json!({
            "differences": known.differences,
            "corrected": known.corrected,
        })),
    });
    terminal::data(&format!("{value:#}\n"));
}

fn write_text(pack: &Pack, comparison: Option<&Comparison>, holds: bool, lang: UiLang) {
    let tell = |head: &Message, differences: &[Difference]| {
        if !differences.is_empty() {
            terminal::data(&format!("{}\n", head.get(lang)));
            differences.iter().for_each(|known| terminal::data(&format!("- {}\n", known.message.get(lang))));
        }
    };
    let edition = &pack.edition;
    tell(&text!("材料本身对不上：", "the pack itself does not hold:"), &pack.differences);
    if let Some(comparison) = comparison {
        tell(
            &text!("清单目录里和备案的不同：", "the catalogue does not hold what was filed:"),
            &comparison.differences,
        );
        if !comparison.corrected.is_empty() {
            let head =
                text!("备案以后更正过（可以更正的内容）：", "corrected since it was filed, of what may be:");
            terminal::data(&format!("{}\n", head.get(lang)));
            comparison.corrected.iter().for_each(|known| terminal::data(&format!("- {}\n", known.get(lang))));
        }
    }
    let (verdicts, seal) = (pack.verdicts, pack.seal.as_deref().unwrap_or_default());
    let seal = &seal[..seal.len().min(12)];
    let last = match (holds, comparison.is_some()) {
        (true, false) => text!(
            "{edition}：材料完整，封印 {seal}…，{verdicts} 条结论重新算过，都一致",
            "{edition}: the pack holds, seal {seal}…; {verdicts} verdicts worked out again, all the same"
        ),
        (true, true) => text!(
            "{edition}：材料完整，清单目录里还是备案的样子，封印 {seal}…，{verdicts} 条结论都一致",
            "{edition}: the pack holds and the catalogue holds what was filed, seal {seal}…; {verdicts} verdicts, all the same"
        ),
        (false, _) => text!("{edition}：对不上", "{edition}: it does not hold"),
    };
    terminal::data(&format!("{}\n", last.get(lang)));
}

/// Reads the files of a pack, by path: a folder, or a zip of one.
///
/// # Errors
/// The disk; something else than a folder or a zip; a pack that is too large.
fn files(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let mut files = BTreeMap::new();
    if path.is_dir() {
        let mut room = LARGEST_PACK;
        of_folder(path, "", &mut files, &mut room)?;
    } else {
        files = of_zip(path)?;
    }
    Ok(files)
}

fn of_folder(
    path: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
    room: &mut u64,
) -> Result<(), Error> {
    for entry in std::fs::read_dir(path).map_err(Error::reading(path))? {
        let entry = entry.map_err(Error::reading(path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(Error::reading(&entry.path()))?;
        if is_of_system(&name) || !(kind.is_file() || kind.is_dir()) {
            continue;
        }
        if kind.is_dir() {
            of_folder(&entry.path(), &format!("{prefix}{name}/"), files, room)?;
        } else {
            let file = storage::open(&entry.path())?;
            files.insert(format!("{prefix}{name}"), bytes(file, &entry.path(), room)?);
        }
    }
    Ok(())
}

fn of_zip(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let shown = path.display();
    let no_zip = |_| Error::Argument {
        reason: text!("{shown} 既不是文件夹，也不是 zip", "{shown} is neither a folder nor a zip"),
    };
    let mut archive = zip::ZipArchive::new(storage::open(path)?).map_err(no_zip)?;
    let (mut files, mut room) = (BTreeMap::new(), LARGEST_PACK);
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(no_zip)?;
        let name = entry.name().map_err(no_zip)?.replace('\\', "/");
        if entry.is_file() && !name.split('/').any(is_of_system) {
            files.insert(name, bytes(entry, path, &mut room)?);
        }
    }
    // Most programs put the folder itself into the zip.
    let folder = files.keys().find_map(|name| name.strip_suffix(DIGESTS)).map(str::to_owned);
    let folder = folder.filter(|folder| files.keys().all(|name| name.starts_with(folder.as_str())));
    let folder = folder.unwrap_or_default();
    Ok(files.into_iter().map(|(name, bytes)| (name[folder.len()..].to_owned(), bytes)).collect())
}

/// Tells whether a name is that of a file which systems leave behind, in one of its parts.
fn is_of_system(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX" || OF_SYSTEMS.contains(&name)
}

fn bytes(file: impl std::io::Read, path: &Path, room: &mut u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = file.take(*room + 1).read_to_end(&mut bytes).map_err(Error::reading(path))?;
    let read = u64::try_from(read).unwrap_or(u64::MAX);
    if read > *room {
        let shown = path.display();
        return Err(Error::Argument {
            reason: text!("{shown} 太大，不像备案材料", "{shown} is too large for a filing pack"),
        });
    }
    *room -= read;
    Ok(bytes)
}
