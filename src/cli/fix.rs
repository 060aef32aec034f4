//! `qingdan fix`: makes the certain repairs that findings come with, and writes them, all or none.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Arg, ArgMatches};
use similar::TextDiff;

use super::writing::{native, say_where_kept, session, text_change};
use super::{Command, Exit, catalogue, catalogue_argument, data, switch, terminal};
use crate::diagnostic::{Error, Message, UiLang};
use crate::personal::masked;
use crate::pipeline::{Outcome, Request};
use crate::repair::Repair;
use crate::report;
use crate::source::{SourceFile, SourceTree};
use crate::span::FileId;
use crate::storage::{self, Session};
use crate::text;

/// `qingdan fix`.
pub(super) const COMMAND: Command = Command {
    name: "fix",
    about: || {
        text!("把有把握的问题直接改好，意思不变", "make every repair that is certain; what is said stays")
    },
    arguments,
    run,
};

/// So many repairs of one file are named; of the others, how many there are.
const NAMED: usize = 20;

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let dry = text!("只列出要改的地方，不写文件", "only show what would be changed");
    command
        .arg(catalogue_argument(lang))
        .arg(files_argument(lang))
        .arg(switch("dry-run", &dry, lang))
        .arg(data::today_argument(lang))
}

/// The argument `FILES`.
pub(super) fn files_argument(lang: UiLang) -> Arg {
    let help = text!("只处理这些文件", "only these files");
    Arg::new("files")
        .value_name("FILES")
        .num_args(0..)
        .value_parser(clap::value_parser!(PathBuf))
        .help(help.get(lang).to_owned())
}

/// Returns the files of `sources` that are asked for; all if none is named.
///
/// # Errors
/// A file that the catalogue does not have.
pub(super) fn chosen(arguments: &ArgMatches, sources: &SourceTree) -> Result<BTreeSet<FileId>, Error> {
    let Some(named) = arguments.get_many::<PathBuf>("files") else {
        return Ok(sources.iter().map(|(id, _)| id).collect());
    };
    named
        .map(|path| {
            let is_it = |file: &SourceFile| {
                let there = native(sources.root(), &file.path);
                there == *path
                    || path.to_string_lossy().replace('\\', "/") == file.path
                    || path.canonicalize().is_ok_and(|path| there.canonicalize().is_ok_and(|it| it == path))
            };
            sources.iter().find(|(_, file)| is_it(file)).map(|(id, _)| id).ok_or_else(|| Error::Argument {
                reason: text!(
                    "清单目录里没有“{path}”",
                    "the catalogue has no file `{path}`",
                    path = path.display()
                ),
            })
        })
        .collect()
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let root = catalogue(arguments);
    let request = Request::whole(data::today(arguments)?);
    let dry = arguments.get_flag("dry-run");
    let session = if dry { None } else { Some(session(&root)?) };
    let mut repair = Repair::of(&root, &request, |sources| chosen(arguments, sources))?;
    let (after, kept) = repair.make()?;
    match &session {
        None => repair.changes.keys().for_each(|id| terminal::data(&patch(&repair, *id))),
        Some(session) => write(&repair, session)?,
    }
    for (path, message) in &kept {
        let (path, Message { zh, en }) = (masked(path), message);
        terminal::say(text!("{path}：{zh}", "{path}: {en}").get(lang));
    }
    tell(&repair, &after, dry, lang);
    if !dry && !repair.changes.is_empty() {
        say_where_kept(&root, lang);
    }
    let to_do = if dry { !repair.changes.is_empty() } else { after.findings.refuse() };
    Ok(if to_do { Exit::Refused } else { Exit::Clean })
}

/// Returns the patch of one file, with stars over the numbers of persons.
fn patch(repair: &Repair<'_>, id: FileId) -> String {
    let (old, new) = (repair.start.file(id), repair.now.file(id));
    let (from, to) = (format!("a/{}", old.path), format!("b/{}", old.path));
    let diff = TextDiff::from_lines(&old.text, &new.text);
    masked(&diff.unified_diff().context_radius(1).header(&from, &to).to_string())
}

/// Writes every changed file, all or none; what they said is kept.
fn write(repair: &Repair<'_>, session: &Session) -> Result<(), Error> {
    let changes = repair.changes.iter().map(|(id, change)| {
        let file = repair.now.file(*id);
        match &change.recoded {
            Some(bytes) => {
                Ok(storage::Change::of_people(&file.path, Some(bytes.clone()), file.text.as_bytes()))
            }
            None => text_change(session, &file.path, &repair.start.file(*id).text, &file.text),
        }
    });
    session.change(&changes.collect::<Result<Vec<_>, Error>>()?)
}

/// Says what was mended, file by file, and what is left.
fn tell(repair: &Repair<'_>, after: &Outcome, dry: bool, lang: UiLang) {
    for (id, change) in &repair.changes {
        let path = masked(&repair.now.file(*id).path);
        let count = change.mended.len();
        let head = if dry {
            text!("{path}：可以改好 {count} 处", "{path}: {count} to repair")
        } else {
            text!("{path}：改好了 {count} 处", "{path}: {count} repaired")
        };
        terminal::say(head.get(lang));
        for (line, message) in change.mended.iter().take(NAMED) {
            let message = masked(message.get(lang));
            let said = text!("  第 {line} 行：{message}", "  line {line}: {message}");
            terminal::say(said.get(lang));
        }
        if let Some(rest) = count.checked_sub(NAMED).filter(|rest| *rest > 0) {
            terminal::say(text!("  还有 {rest} 处", "  and {rest} more").get(lang));
        }
    }
    terminal::say(left(after, repair.changes.is_empty(), lang).get(lang));
}

/// Says what is left for people to do.
fn left(after: &Outcome, nothing_done: bool, lang: UiLang) -> Message {
    match (after.findings.is_empty(), nothing_done) {
        (true, true) => text!("没有要改的", "there is nothing to repair"),
        (true, false) => text!("没有别的问题了", "nothing else is wrong"),
        (false, _) => {
            let left = report::summary(&after.findings, lang);
            text!("还要人来看：{left}（运行 qingdan check）", "left for people: {left} (run `qingdan check`)")
        }
    }
}
