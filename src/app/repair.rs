//! Makes the certain repairs that findings come with.
//!
//! All of it happens in memory first: repairs are made, what came of it is read again, and so on until nothing is
//! left to repair. Then each changed file must say what was understood of it before, and nothing new may be wrong
//! with how it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::catalogue;
pub use crate::closed::untouchable;
use crate::diagnostic::{Error, Finding, Findings, Fix, Level, Message};
use crate::pipeline::{self, Outcome, Request};
use crate::render;
use crate::source::{SourceTree, codes, recode};
use crate::span::FileId;
use crate::text;
use qingdan_document::tidy::{agrees, repaired};
use qingdan_storage as storage;

/// Repairs come in at most so many rounds.
const ROUNDS: usize = 12;

/// What is done to one file.
#[derive(Debug, Default)]
pub struct FileRepair {
    /// The number of the line and what was said of it, for each repair.
    pub mended: Vec<(usize, Message)>,
    /// What the file said on the disk, if it was in another encoding.
    pub recoded: Option<Vec<u8>>,
}

/// Which findings are repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// The kind of finding.
    pub code: String,
    /// Where the one finding starts that is meant, if it is one; what it was to be is done in the first round.
    pub start: Option<u32>,
}

impl Only {
    fn means(&self, finding: &Finding) -> bool {
        self.code == finding.code.id && self.start.is_none_or(|start| start == finding.at.start)
    }
}

/// A catalogue while it is repaired, in memory.
pub struct Repair<'r> {
    request: &'r Request,
    /// What was found in reading the files of the disk.
    read: Findings,
    /// The files as they were.
    pub start: SourceTree,
    /// The files as they are now.
    pub now: SourceTree,
    files: BTreeSet<FileId>,
    /// What was done, by file.
    pub changes: BTreeMap<FileId, FileRepair>,
    /// The findings that are repaired; all if there is none.
    pub only: Option<Only>,
}

impl<'r> Repair<'r> {
    /// Reads the catalogue at `root` to repair the files that `chosen` chooses.
    ///
    /// # Errors
    /// The disk; those of `chosen`.
    pub fn of(
        root: &Path,
        request: &'r Request,
        chosen: impl FnOnce(&SourceTree) -> Result<BTreeSet<FileId>, Error>,
    ) -> Result<Self, Error> {
        let mut read = Findings::new();
        let sources = SourceTree::read(root, render::default_theme(), &mut read)?;
        let files = chosen(&sources)?;
        let (start, now) = (sources.clone(), sources);
        Ok(Self { request, read, start, now, files, changes: BTreeMap::new(), only: None })
    }

    /// Makes the repairs; returns what is wrong then, and the files that were left as they are, with why.
    ///
    /// # Errors
    /// The disk.
    pub fn make(&mut self) -> Result<(Outcome, Vec<(String, Message)>), Error> {
        self.recode()?;
        let before = self.examined()?;
        let kept = self.leave_alone(&before);
        let last = self.rounds(before.clone())?;
        let doubtful = self.take_back(&before, &last);
        let after = if doubtful.is_empty() { last } else { self.examined()? };
        Ok((after, [kept, doubtful].concat()))
    }

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
            let parts = self.now.file(*id).path.split('/');
            let path = parts.fold(self.now.root().to_owned(), |folder, part| folder.join(part));
            let bytes = storage::read(&path)?;
            let Some((encoding, text)) = recode(&bytes) else { continue };
            let name = encoding.name();
            let said = text!("编码是 {name}，改存为 UTF-8", "was encoded in {name}, is UTF-8 now");
            self.now.put(*id, text.clone());
            self.start.put(*id, text);
            self.changes.insert(*id, FileRepair { mended: vec![(1, said)], recoded: Some(bytes) });
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
            let Some(why) = untouchable(file, before.catalogue.as_deref()) else { continue };
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
        let is_one = self.only.as_ref().is_some_and(|only| only.start.is_some());
        for _ in 0..if is_one { 1 } else { ROUNDS } {
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
            if self.only.as_ref().is_some_and(|only| !only.means(finding)) {
                continue;
            }
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
}

/// Returns the kinds of errors in how a file is written.
pub fn written_wrong(findings: &Findings, file: FileId) -> impl Iterator<Item = &'static str> {
    let of_writing = |id: &str| id.starts_with("QD1") || id.starts_with("QD2");
    let errors =
        findings.iter().filter(move |finding| finding.at.file == file && finding.level == Level::Error);
    errors.map(|finding| finding.code.id).filter(move |id| of_writing(id))
}
