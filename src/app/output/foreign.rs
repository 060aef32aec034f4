//! Files in the output folder that we did not make: found, and carried over to the next site.

use std::fs::{self, DirEntry, File, FileTimes, FileType};
use std::io;
use std::path::{Path, PathBuf};

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
    /// Puts everything foreign from `out` into `site`: files as hard links, links and folders anew.
    ///
    /// # Errors
    /// [`Error::Write`], naming the thing that could not be carried over.
    pub fn carry_over(&self, out: &Path, site: &Path) -> Result<(), Error> {
        for (path, kind) in &self.entries {
            let (from, to) = (out.join(path), site.join(path));
            carry_over(&from, &to, *kind).map_err(Error::writing(&from))?;
        }
        // Folders may be read-only, so they get their permissions when they are full.
        for (path, _) in self.entries.iter().rev().filter(|(_, kind)| kind.is_dir()) {
            let from = out.join(path);
            copy_permissions(&from, &site.join(path)).map_err(Error::writing(&from))?;
        }
        Ok(())
    }
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
        let entries: io::Result<Vec<DirEntry>> = fs::read_dir(&folder).and_then(Iterator::collect);
        let mut entries = entries.map_err(Error::reading(&folder))?;
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            let kind = entry.file_type().map_err(Error::reading(&entry.path()))?;
            self.entry(inside, &entry, kind)?;
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
        return fs::create_dir_all(to);
    }
    // The folder around a foreign file may be one that has no page any more.
    to.parent().map_or(Ok(()), fs::create_dir_all)?;
    if kind.is_symlink() { copy_link(from, to, kind) } else { link_or_copy(from, to) }
}

/// Makes `to` the same file as `from`; a copy with the same time where links between files are not
/// possible.
///
/// # Errors
/// What the system said.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    let Err(cause) = fs::hard_link(from, to) else { return Ok(()) };
    let found = fs::symlink_metadata(from)?;
    if !found.is_file() || cause.kind() == io::ErrorKind::AlreadyExists {
        return Err(cause);
    }
    let mut copy = File::create_new(to)?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.set_times(FileTimes::new().set_modified(found.modified()?))?;
    copy.set_permissions(found.permissions())
}

/// Gives the folder `to` the permissions of `from`.
///
/// # Errors
/// What the system said.
pub(super) fn copy_permissions(from: &Path, to: &Path) -> io::Result<()> {
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path, _: FileType) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(windows)]
fn copy_link(from: &Path, to: &Path, kind: FileType) -> io::Result<()> {
    use std::os::windows::fs::{FileTypeExt, symlink_dir, symlink_file};
    let target = fs::read_link(from)?;
    if kind.is_symlink_dir() { symlink_dir(target, to) } else { symlink_file(target, to) }
}
