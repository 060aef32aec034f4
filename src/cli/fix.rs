//! `qingdan fix`: makes the certain repairs that findings come with.
//!
//! All of it happens in memory first: repairs are made, what came of it is read again, and so on until nothing is
//! left to repair. Then each changed file must say what was understood of it before, and nothing new may be wrong
//! with how it is written; only then are they written, all or none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::{Arg, ArgMatches};
use similar::TextDiff;

use super::writing::{native, say_where_kept, session, text_change};
use super::{Command, Exit, catalogue, catalogue_argument, data, switch, terminal};
use crate::catalogue::{self, Catalogue, EDITIONS_FILE, TRANSLATIONS_FILE};
use crate::diagnostic::{Error, Finding, Findings, Fix, Level, Message, UiLang};
use crate::personal::masked;
use crate::pipeline::{self, Outcome, Request};
use crate::render;
use crate::report;
use crate::source::{SourceFile, SourceTree, codes, recode};
use crate::span::FileId;
use crate::storage::{self, Session};
use crate::text;
use crate::tidy::{agrees, repaired};

/// `qingdan fix`.
pub(super) const COMMAND: Command = Command {
    name: "fix",
    about: || {
        text!("把有把握的问题直接改好，意思不变", "make every repair that is certain; what is said stays")
    },
    arguments,
    run,
};

/// Repairs come in at most so many rounds.
const ROUNDS: usize = 12;
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

/// What is done to one file.
#[derive(Default)]
struct Change {
    /// The number of the line and what was said of it, for each repair.
    mended: Vec<(usize, Message)>,
    /// What the file said on the disk, if it was in another encoding.
    recoded: Option<Vec<u8>>,
}

/// A catalogue while it is repaired, in memory.
struct Repair<'r> {
    request: &'r Request,
    /// What was found in reading the files of the disk.
    read: Findings,
    start: SourceTree,
    now: SourceTree,
    files: BTreeSet<FileId>,
    changes: BTreeMap<FileId, Change>,
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let root = catalogue(arguments);
    let request = Request::whole(data::today(arguments)?);
    let dry = arguments.get_flag("dry-run");
    let session = if dry { None } else { Some(session(&root)?) };
    let mut read = Findings::new();
    let sources = SourceTree::read(&root, render::default_theme(), &mut read)?;
    let files = chosen(arguments, &sources)?;
    let (start, now) = (sources.clone(), sources);
    let mut repair = Repair { request: &request, read, start, now, files, changes: BTreeMap::new() };
    repair.recode()?;
    let before = repair.examined()?;
    let kept = repair.leave_alone(&before);
    let last = repair.rounds(before.clone())?;
    let doubtful = repair.take_back(&before, &last);
    let after = if doubtful.is_empty() { last } else { repair.examined()? };
    match &session {
        None => repair.changes.keys().for_each(|id| terminal::data(&repair.patch(*id))),
        Some(session) => repair.write(session)?,
    }
    for (path, message) in kept.iter().chain(&doubtful) {
        let (path, Message { zh, en }) = (masked(path), message);
        terminal::say(text!("{path}：{zh}", "{path}: {en}").get(lang));
    }
    repair.tell(&after, dry, lang);
    if !dry && !repair.changes.is_empty() {
        say_where_kept(&root, lang);
    }
    let to_do = if dry { !repair.changes.is_empty() } else { after.findings.refuse() };
    Ok(if to_do { Exit::Refused } else { Exit::Clean })
}

impl Repair<'_> {
    /// Returns what is wrong with the catalogue as it is now.
    fn examined(&self) -> Result<Outcome, Error> {
        let mut read = Findings::new();
        let recoded = |finding: &&Finding| {
            self.changes.get(&finding.at.file).is_none_or(|change| change.recoded.is_none())
        };
        self.read.iter().filter(recoded).for_each(|finding| read.push(finding.clone()));
        pipeline::examine(self.now.clone(), read, self.request, &|_| {})
    }

    /// Turns files in other encodings into UTF-8.
    fn recode(&mut self) -> Result<(), Error> {
        let wrong = self.read.iter().filter(|finding| finding.code.id == codes::WRONG_ENCODING.id);
        let wrong: BTreeSet<FileId> = wrong.map(|finding| finding.at.file).collect();
        for id in wrong.intersection(&self.files) {
            let path = native(self.now.root(), &self.now.file(*id).path);
            let bytes = storage::read(&path)?;
            let Some((encoding, text)) = recode(&bytes) else { continue };
            let name = encoding.name();
            let said = text!("编码是 {name}，改存为 UTF-8", "was encoded in {name}, is UTF-8 now");
            self.now.put(*id, text.clone());
            self.start.put(*id, text);
            self.changes.insert(*id, Change { mended: vec![(1, said)], recoded: Some(bytes) });
        }
        Ok(())
    }

    /// Leaves out files that are not to be touched; returns those in which there was something to do, and why not.
    fn leave_alone(&mut self, before: &Outcome) -> Vec<(String, Message)> {
        let mut kept = Vec::new();
        let has_fix: BTreeSet<FileId> = before
            .findings
            .iter()
            .filter_map(|finding| Some(finding.fix.as_ref()?.edits.first()?.at.file))
            .collect();
        for id in self.files.clone() {
            let file = before.sources.file(id);
            let Some(why) = untouchable(file, before.catalogue.as_ref()) else { continue };
            self.files.remove(&id);
            if self.changes.remove(&id).is_some() || has_fix.contains(&id) {
                kept.push((file.path.clone(), why));
            }
        }
        kept
    }

    /// Makes repairs until there are none left; returns what is wrong then.
    fn rounds(&mut self, first: Outcome) -> Result<Outcome, Error> {
        let mut outcome = first;
        for _ in 0..ROUNDS {
            if !self.round(&outcome) {
                break;
            }
            outcome = self.examined()?;
        }
        Ok(outcome)
    }

    /// Makes the repairs of one round; tells whether there were any.
    fn round(&mut self, outcome: &Outcome) -> bool {
        let mut by_file: BTreeMap<FileId, Vec<(&Finding, &Fix)>> = BTreeMap::new();
        for finding in outcome.findings.iter() {
            let Some(fix) = &finding.fix else { continue };
            let file = fix.edits[0].at.file;
            if self.files.contains(&file) && fix.edits.iter().all(|edit| edit.at.file == file) {
                by_file.entry(file).or_default().push((finding, fix));
            }
        }
        let mut any = false;
        for (id, fixes) in by_file {
            let file = self.now.file(id);
            let edits: Vec<&Fix> = fixes.iter().map(|(_, fix)| *fix).collect();
            let done = repaired(&file.text, id, &edits);
            if done.made.is_empty() {
                continue;
            }
            any = true;
            let said = done.made.iter().map(|number| {
                let finding = fixes[*number].0;
                (file.position(finding.at.start).line, finding.message.clone())
            });
            let said: Vec<_> = said.collect();
            self.changes.entry(id).or_default().mended.extend(said);
            self.now.put(id, done.text);
        }
        any
    }

    /// Takes back the repairs of files that would say something else than was understood before, or be written
    /// wrong in a new way; returns them.
    fn take_back(&mut self, before: &Outcome, after: &Outcome) -> Vec<(String, Message)> {
        let trees = |outcome: &Outcome| {
            outcome
                .catalogue
                .as_ref()
                .map(|known| catalogue::trees(&outcome.sources, known))
                .unwrap_or_default()
        };
        let (old, new) = (trees(before), trees(after));
        let is_same = |id: &FileId| match (old.get(id), new.get(id)) {
            (Some(old), Some(new)) => agrees(old, new),
            (None, _) => true,
            (Some(_), None) => false,
        };
        let doubtful: Vec<FileId> = self
            .changes
            .keys()
            .filter(|id| {
                !is_same(id)
                    || written_wrong(&after.findings, **id)
                        .any(|code| !written_wrong(&before.findings, **id).any(|old| old == code))
            })
            .copied()
            .collect();
        let take_back = |id: FileId| {
            self.changes.remove(&id);
            let file = self.start.file(id);
            let path = file.path.clone();
            self.now.put(id, file.text.clone());
            let why = text!(
                "改了以后意思可能不同，没有改，请按提示自己改",
                "the repairs might change what it says, so it was left as it is; mend it by hand"
            );
            (path, why)
        };
        doubtful.into_iter().map(take_back).collect()
    }

    /// Returns the patch of one file, with stars over the numbers of persons.
    fn patch(&self, id: FileId) -> String {
        let (old, new) = (self.start.file(id), self.now.file(id));
        let (from, to) = (format!("a/{}", old.path), format!("b/{}", old.path));
        let diff = TextDiff::from_lines(&old.text, &new.text);
        masked(&diff.unified_diff().context_radius(1).header(&from, &to).to_string())
    }

    /// Writes every changed file, all or none; what they said is kept.
    fn write(&self, session: &Session) -> Result<(), Error> {
        let changes = self.changes.iter().map(|(id, change)| {
            let file = self.now.file(*id);
            match &change.recoded {
                Some(bytes) => {
                    Ok(storage::Change::of_people(&file.path, Some(bytes.clone()), file.text.as_bytes()))
                }
                None => text_change(session, &file.path, &self.start.file(*id).text, &file.text),
            }
        });
        session.change(&changes.collect::<Result<Vec<_>, Error>>()?)
    }

    /// Says what was mended, file by file, and what is left.
    fn tell(&self, after: &Outcome, dry: bool, lang: UiLang) {
        for (id, change) in &self.changes {
            let path = masked(&self.now.file(*id).path);
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
        terminal::say(left(after, self.changes.is_empty(), lang).get(lang));
    }
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

/// Says why a file is not to be touched by a command, if it is not.
pub(super) fn untouchable(file: &SourceFile, known: Option<&Catalogue>) -> Option<Message> {
    if [EDITIONS_FILE, TRANSLATIONS_FILE].contains(&file.path.as_str()) {
        return Some(text!("由工具自己写，不改", "is written by the tool itself and left as it is"));
    }
    if file.withheld {
        return Some(text!("里面有个人的号码，先删去号码", "holds a number of a person; take it out first"));
    }
    let address = catalogue::file_kind(&file.path)?.edition?;
    let is_frozen = known.is_some_and(|known| known.frozen.get(&address).is_some());
    let says_so = file.text.lines().any(|line| {
        ["frozen", "冻结"]
            .iter()
            .any(|key| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '：'])))
    });
    (is_frozen || says_so).then(|| {
        text!(
            "已经发布并冻结，不改；要改原文就起草新的一版，其余的写更正（qingdan edition correct）",
            "is issued and frozen, and left as it is; to change what was issued, start a new edition; for the rest, `qingdan edition correct`"
        )
    })
}

/// Returns the kinds of errors in how a file is written.
pub(super) fn written_wrong(findings: &Findings, file: FileId) -> impl Iterator<Item = &'static str> {
    let of_writing = |id: &str| id.starts_with("QD1") || id.starts_with("QD2");
    let errors =
        findings.iter().filter(move |finding| finding.at.file == file && finding.level == Level::Error);
    errors.map(|finding| finding.code.id).filter(move |id| of_writing(id))
}
