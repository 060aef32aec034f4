//! The folder around what a person asked for by name, while one command writes there, and what we know of its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::Error;
use crate::digest::digest;
use crate::file::{self, folder_of};
use crate::kept::keep_beside;
use crate::lock::Lock;
use crate::read::bytes_of;
use crate::tree::below;
use crate::{aside, personal, sys, text};

/// The list in the folder around what was written.
pub(crate) const NAME: &str = ".qingdan-outputs";
/// Held while that list and what it names are written.
const LOCK: &str = ".qingdan-outputs.qingdan-lock";
const FIRST_LINE: &str = "qingdan-outputs 1";
/// How long another command that writes to the same folder is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where may be written, and over what.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules<'a> {
    /// The catalogue, which no report is written into.
    pub catalogue: Option<&'a Path>,
    /// Whether what we did not write may be replaced; it is kept beside then.
    pub force: bool,
    /// Whether not even what we wrote is replaced, as a letter that may have been sent.
    pub once: bool,
}

/// Digests, by the names of the files in the list.
pub(crate) type Known = BTreeMap<String, BTreeSet<String>>;

/// A file that is to be written.
pub(crate) struct Wanted<'b> {
    /// Its name in the list, with `/`.
    pub name: String,
    pub path: PathBuf,
    pub bytes: &'b [u8],
}

/// What stands where files are to be written.
pub(crate) struct Ground {
    /// For each file that is wanted, what stands in its place.
    pub stood: Vec<Option<Vec<u8>>>,
    /// The numbers of those in whose place something stands that is not ours.
    pub foreign: Vec<usize>,
    /// The list as it is to be before anything is written.
    pub next: Known,
}

/// The folder around what is written, with its list, while one command writes there.
pub(crate) struct Desk {
    pub folder: PathBuf,
    /// What was asked for: as a person wrote it, and where it is.
    asked: (PathBuf, PathBuf),
    known: Known,
    _lock: Lock,
}

impl Desk {
    /// Takes the folder for writing `shown`, and clears what a killed run left in it.
    ///
    /// # Errors
    /// Another command writes there; the disk.
    pub fn open(real: &Path, shown: &Path) -> Result<Self, Error> {
        let (folder, asked) = (folder_of(real), (shown.to_owned(), real.to_owned()));
        let lock = Lock::take(&folder.join(LOCK), PATIENCE).map_err(Error::writing(shown))?;
        let lock = lock.ok_or_else(|| {
            let shown = shown.display();
            Error::Argument {
                reason: text!(
                    "另一个 qingdan 正在写 {shown}，请等它结束后再试",
                    "another qingdan is writing {shown}; try again when it has finished"
                ),
            }
        })?;
        // A folder that may not be listed has to do without.
        let _ = file::sweep(folder);
        let list = bytes_of(&folder.join(NAME))?.unwrap_or_default();
        let known = parse(&String::from_utf8_lossy(&list));
        let desk = Self { folder: folder.to_owned(), asked, known, _lock: lock };
        aside::clear_left(folder, &|name| desk.knows(name, &BTreeMap::new()));
        Ok(desk)
    }

    /// Returns a path as the person would write it.
    pub fn shown(&self, path: &Path) -> PathBuf {
        let (shown, real) = &self.asked;
        match path.strip_prefix(real) {
            Ok(rest) if rest.as_os_str().is_empty() => shown.clone(),
            Ok(rest) => shown.join(rest),
            Err(_) => path.to_owned(),
        }
    }

    /// Returns the digests under which we have written a name.
    pub fn knows(&self, name: &str, vouched: &BTreeMap<String, String>) -> BTreeSet<String> {
        let listed = self.known.get(&key(name)).into_iter().flatten();
        listed.chain(vouched.get(name)).cloned().collect()
    }

    /// Looks at what stands where files are to be written.
    ///
    /// # Errors
    /// Something there may not be replaced; the disk.
    pub fn look(
        &self,
        files: &[Wanted<'_>],
        vouched: &BTreeMap<String, String>,
        rules: &Rules<'_>,
    ) -> Result<Ground, Error> {
        let stood = files.iter().map(|file| bytes_of(&file.path)).collect::<Result<Vec<_>, Error>>()?;
        let (mut next, mut foreign) = (self.known.clone(), Vec::new());
        for (number, (file, was)) in files.iter().zip(&stood).enumerate() {
            let mut known = BTreeSet::from([digest(file.bytes)]);
            if let Some(was) = was.as_deref().filter(|was| *was != file.bytes) {
                if rules.once && !rules.force {
                    return Err(is_there(&self.shown(&file.path)));
                }
                let was_digest = digest(was);
                if self.knows(&file.name, vouched).contains(&was_digest) {
                    known.insert(was_digest);
                } else {
                    foreign.push(number);
                }
            }
            next.insert(key(&file.name), known);
        }
        if let (Some(first), false) = (foreign.first(), rules.force) {
            return Err(not_ours(&self.shown(&files[*first].path), foreign.len()));
        }
        Ok(Ground { stood, foreign, next })
    }

    /// Writes files by their names in the list, after a look at all of them; returns where former versions are kept.
    ///
    /// # Errors
    /// Those of [`Desk::look`]; nothing is written then.
    pub fn save(
        &self,
        files: &[Wanted<'_>],
        vouched: &BTreeMap<String, String>,
        rules: &Rules<'_>,
    ) -> Result<Vec<PathBuf>, Error> {
        let Ground { stood, foreign, next } = self.look(files, vouched, rules)?;
        let was = |number: usize| stood[number].as_deref().unwrap_or_default();
        let kept = foreign.iter().map(|number| keep_beside(&files[*number].path, was(*number)));
        let kept = kept.collect::<Result<Vec<_>, Error>>()?;
        // The list first: a file that it names and that is not there yet is nobody's loss.
        self.note(next)?;
        files.iter().zip(&stood).try_for_each(|(file, was)| write(&file.path, was.as_deref(), file.bytes))?;
        Ok(kept)
    }

    /// Writes the list, without names of files that are gone.
    ///
    /// # Errors
    /// The disk.
    pub fn note(&self, mut next: Known) -> Result<(), Error> {
        let is_new = |name: &String, known: &BTreeSet<String>| self.known.get(name) != Some(known);
        next.retain(|name, known| {
            is_new(name, known) || name.starts_with(NAMELESS) || below(&self.folder, name).is_file()
        });
        if next == self.known {
            return Ok(());
        }
        let mut text = format!("{FIRST_LINE}\n");
        for (name, digests) in &next {
            digests.iter().for_each(|digest| text.push_str(&format!("{digest}  {name}\n")));
        }
        let list = self.folder.join(NAME);
        write(&list, bytes_of(&list)?.as_deref(), text.as_bytes())
    }
}

/// What stands before the digest of a name that the list does not say.
const NAMELESS: &str = "/sha256:";

/// Returns what stands for a name in the list: its digest where a number of a person is in it, for the list is a file
/// like any other.
pub(crate) fn key(name: &str) -> String {
    match personal::hidden(name) == name {
        true => name.to_owned(),
        false => format!("{NAMELESS}{}", digest(name.as_bytes())),
    }
}

fn parse(list: &str) -> Known {
    let mut known = Known::new();
    let mut lines = list.lines();
    if lines.next() != Some(FIRST_LINE) {
        return known;
    }
    for (digest, name) in lines.filter_map(|line| line.split_once("  ")) {
        known.entry(name.to_owned()).or_default().insert(digest.to_owned());
    }
    known
}

/// Writes a file in the place of what stood there, with the folders above it.
fn write(path: &Path, was: Option<&[u8]>, bytes: &[u8]) -> Result<(), Error> {
    match was {
        Some(was) if was == bytes => Ok(()),
        Some(was) => file::replace(path, was, bytes),
        None => {
            let folder = folder_of(path);
            sys::create_folders(folder).map_err(Error::writing(folder))?;
            file::create(path, bytes)
        }
    }
}

fn is_there(path: &Path) -> Error {
    let shown = path.display();
    Error::Argument {
        reason: text!(
            "{shown} 已经有了，没有覆盖；要覆盖就加 --force",
            "{shown} is there already and was not replaced; add --force to replace it"
        ),
    }
}

fn not_ours(path: &Path, count: usize) -> Error {
    let shown = path.display();
    let (zh, en) = match count {
        1 => (String::new(), String::new()),
        _ => (format!("（另有 {} 个）", count - 1), format!(" (and {} more)", count - 1)),
    };
    Error::Argument {
        reason: text!(
            "{shown}{zh} 已经有了，不是 qingdan 写的，或者写好以后有人改过、填过，没有覆盖。换一个名字，或者加上 --force：原来的会留在旁边，名字里带“原件”",
            "{shown}{en} is there and was not written by qingdan, or was changed or filled in since; it was not replaced. Choose another name, or add --force: the former one stays beside it with 原件 in its name"
        ),
    }
}
