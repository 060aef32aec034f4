//! Files in the output folder that we did not make: found, and carried over to the next site.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

use qingdan_storage::sys;

use super::manifest::{Routes, has_below};
use crate::diagnostic::Error;

/// What lies in an output folder, apart from what stays as it is.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The topmost foreign things in order, folders with `/` at the end.
    pub foreign: Vec<String>,
    /// Foreign things at the address of a file of the next site.
    pub conflicts: Vec<String>,
    /// How many files we made that the next site does not have.
    pub removed: usize,
    /// Everything foreign, relative to the output folder, folders before what is in them.
    entries: Vec<(PathBuf, FileType)>,
}

/// Looks through `out`, of which we made `old`, before it becomes `new`. Links are not followed.
///
/// # Errors
/// [`Error::Read`] if a folder cannot be read.
pub(super) fn survey(out: &Path, old: &Routes, new: &Routes) -> Result<Survey, Error> {
    let mut walk = Walk { out, old, new, survey: Survey::default() };
    if out.is_dir() {
        walk.folder(&Inside { path: PathBuf::new(), name: None, foreign: false, blocked: false })?;
    }
    Ok(walk.survey)
}

impl Survey {
    /// Puts everything foreign from `out` into `site`: files as hard links, links and folders anew. What is gone by now
    /// was taken away by its owner.
    ///
    /// # Errors
    /// [`Error::Write`], naming the thing that could not be carried over.
    pub fn carry_over(&self, out: &Path, site: &Path) -> Result<Carried, Error> {
        let mut carried = Carried::new();
        for (path, kind) in &self.entries {
            let (from, to) = (out.join(path), site.join(path));
            match carry_over(&from, &to, *kind) {
                Err(cause)
                    if cause.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(&from).is_err() => {}
                done => done.map_err(Error::writing(&from))?,
            }
            carried.insert(path.clone(), (identity(&from), identity(&to)));
        }
        // Folders may be read-only, so they get their permissions when they are full.
        for (path, _) in self.entries.iter().rev().filter(|(_, kind)| kind.is_dir()) {
            let from = out.join(path);
            if from.is_dir() {
                copy_permissions(&from, &site.join(path)).map_err(Error::writing(&from))?;
            }
        }
        Ok(carried)
    }
}

/// What was carried over, by its path in the output folder: which file it was, and which one stands for it in the next
/// site; the same where links between files are possible.
pub(super) type Carried = BTreeMap<PathBuf, (Identity, Identity)>;

/// What tells one file from another whatever it is called. `None` if there is none, or the system does not say.
pub(super) type Identity = Option<(u64, u64)>;

/// Returns which file a path names; links are not followed.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

/// This system does not say.
#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> Identity {
    None
}

/// A folder that is being looked through.
struct Inside {
    path: PathBuf,
    /// With `/`; `None` for the output folder itself.
    name: Option<String>,
    /// Not made by us.
    foreign: bool,
    /// The next site has a file at its address.
    blocked: bool,
}

struct Walk<'a> {
    out: &'a Path,
    old: &'a Routes,
    new: &'a Routes,
    survey: Survey,
}

impl Walk<'_> {
    fn folder(&mut self, inside: &Inside) -> Result<(), Error> {
        let folder = self.out.join(&inside.path);
        let entries: io::Result<Vec<DirEntry>> = match fs::read_dir(&folder).and_then(Iterator::collect) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound && inside.foreign => Ok(Vec::new()),
            read => read,
        };
        let mut entries = entries.map_err(Error::reading(&folder))?;
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            match entry.file_type() {
                Ok(kind) => self.entry(inside, &entry, kind)?,
                // Its owner took it away just now.
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => return Err(Error::reading(&entry.path())(cause)),
            }
        }
        Ok(())
    }

    fn entry(&mut self, inside: &Inside, entry: &DirEntry, kind: FileType) -> Result<(), Error> {
        let path = inside.path.join(entry.file_name());
        let last = entry.file_name().to_string_lossy().into_owned();
        let name = inside.name.as_ref().map_or_else(|| last.clone(), |folder| format!("{folder}/{last}"));
        let ours = if kind.is_dir() { has_below(self.old, &name) } else { self.old.contains(&name) };
        let taken = self.new.contains(&name);
        if !ours {
            let blocked = inside.blocked || taken || (!kind.is_dir() && has_below(self.new, &name));
            self.note(inside, &name, kind, blocked);
            self.survey.entries.push((path.clone(), kind));
        } else if !kind.is_dir() && !taken {
            self.survey.removed += 1;
        }
        if kind.is_dir() {
            let blocked = inside.blocked || taken;
            self.folder(&Inside { path, name: Some(name), foreign: !ours, blocked })?;
        }
        Ok(())
    }

    /// Names something foreign, unless it is in a folder that was named already.
    fn note(&mut self, inside: &Inside, name: &str, kind: FileType, blocked: bool) {
        let shown = if kind.is_dir() { format!("{name}/") } else { name.to_owned() };
        // A foreign folder may have room for a page of ours, but a file of it may be in the way.
        if blocked && !(inside.foreign && inside.blocked) {
            self.survey.conflicts.push(shown.clone());
        }
        if !inside.foreign {
            self.survey.foreign.push(shown);
        }
    }
}

fn carry_over(from: &Path, to: &Path, kind: FileType) -> io::Result<()> {
    if kind.is_dir() {
        return sys::create_folders(to);
    }
    // The folder around a foreign file may be one that has no page any more.
    to.parent().map_or(Ok(()), sys::create_folders)?;
    if kind.is_symlink() { sys::copy_link(from, to) } else { link_or_copy(from, to) }
}

/// Makes `to` the same file as `from`; a copy with the same time where links between files are not
/// possible.
///
/// # Errors
/// What the system said.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    let Err(cause) = sys::hard_link(from, to) else { return Ok(()) };
    let is_file = fs::symlink_metadata(from)?.is_file();
    if !is_file || cause.kind() == io::ErrorKind::AlreadyExists {
        return Err(cause);
    }
    sys::copy_new(from, to)
}

/// Gives the folder `to` the permissions of `from`.
///
/// # Errors
/// What the system said.
pub(super) fn copy_permissions(from: &Path, to: &Path) -> io::Result<()> {
    sys::set_permissions(to, fs::metadata(from)?.permissions())
}
