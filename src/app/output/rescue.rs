//! The last site is taken apart: what we made is removed, what others put there is in the new site or goes there.

use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use qingdan_storage::{mounts, sys};
use rayon::prelude::*;

use super::foreign::{Carried, identity};
use super::manifest::{self, Routes};

/// Times a folder is looked through again because something appeared in it meanwhile.
const MOST_LOOKS: usize = 5;

/// A site that was replaced, and the one that stands in its place.
pub(super) struct Rescue<'a> {
    /// The folder of the site that was replaced.
    pub last: &'a Path,
    /// What we made of it.
    pub ours: &'a Routes,
    /// What was carried over before the swap; empty after a kill, when nobody knows.
    pub carried: &'a Carried,
    /// The output folder.
    pub out: &'a Path,
    /// A folder for what has no room in the output folder any more; made when it is needed.
    pub kept: &'a Path,
    /// What came to the output folder, or was kept, after the swap.
    pub found: Mutex<Vec<String>>,
}

impl<'a> Rescue<'a> {
    /// Returns what is to be done about `last`.
    pub fn new(
        last: &'a Path,
        ours: &'a Routes,
        carried: &'a Carried,
        out: &'a Path,
        kept: &'a Path,
    ) -> Self {
        Self { last, ours, carried, out, kept, found: Mutex::default() }
    }

    /// Takes the site apart. A folder into which something keeps coming stays for the next run.
    ///
    /// # Errors
    /// What the system said; nothing of others is lost then, and the next run goes on.
    pub fn take_apart(&self) -> io::Result<Vec<String>> {
        self.folder(Path::new(""))?;
        // Last, since it tells after a kill what of the rest is ours.
        remove_if_there(&self.last.join(manifest::NAME))?;
        match sys::remove_folder(self.last) {
            Err(cause) if !matches!(cause.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::NotFound) => {
                Err(cause)
            }
            _ => Ok(std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner))),
        }
    }

    /// Empties a folder and removes it, unless it is the whole.
    fn folder(&self, inside: &Path) -> io::Result<()> {
        let folder = self.last.join(inside);
        if !mounts::on_one_disk(&folder, self.last) {
            return Ok(());
        }
        make_writable(&folder)?;
        for _ in 0..MOST_LOOKS {
            let entries: Vec<DirEntry> = match fs::read_dir(&folder).and_then(Iterator::collect) {
                Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(()),
                read => read?,
            };
            entries.par_iter().try_for_each(|entry| self.entry(&inside.join(entry.file_name()), entry))?;
            if inside.as_os_str().is_empty() {
                return Ok(());
            }
            match sys::remove_folder(&folder) {
                Err(cause) if cause.kind() == ErrorKind::DirectoryNotEmpty => {}
                Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(cause),
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    fn entry(&self, path: &Path, entry: &DirEntry) -> io::Result<()> {
        let name = path.to_string_lossy().replace('\\', "/");
        if name == manifest::NAME {
            return Ok(());
        }
        let (from, to) = (self.last.join(path), self.out.join(path));
        if entry.file_type()?.is_dir() {
            // A folder that appeared meanwhile moves as a whole.
            let is_new = !manifest::has_below(self.ours, &name) && !self.carried.contains_key(path);
            if is_new && fs::symlink_metadata(&to).is_err() {
                return self.bring(&from, &to, &format!("{name}/"));
            }
            return self.folder(path);
        }
        if self.ours.contains(&name) {
            return remove_if_there(&from);
        }
        let (old, new) = (identity(&from), identity(&to));
        match (self.carried.get(path), fs::symlink_metadata(&to).is_ok()) {
            _ if old.is_some() && old == new => remove_if_there(&from),
            // Its owner has removed it from the new site already.
            (Some((original, _)), false) if old.is_some() && *original == old => remove_if_there(&from),
            (_, false) => self.bring(&from, &to, &name),
            // What stands for it is a copy of ours, or what it was before its owner replaced it.
            (Some((_, made)), true) if made.is_some() && *made == new => {
                let is_news = !is_equal(&from, &to);
                sys::rename(&from, &to)?;
                if is_news {
                    self.note(name);
                }
                Ok(())
            }
            (_, true) if is_equal(&from, &to) => remove_if_there(&from),
            (_, true) => {
                let kept = free(self.kept.join(path));
                kept.parent().map_or(Ok(()), sys::create_folders)?;
                self.bring(&from, &kept, &kept.display().to_string())
            }
        }
    }

    /// Moves something to where nothing is.
    fn bring(&self, from: &Path, to: &Path, name: &str) -> io::Result<()> {
        to.parent().map_or(Ok(()), sys::create_folders)?;
        match sys::rename_new(from, to) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
            done => {
                done?;
                self.note(name.to_owned());
                Ok(())
            }
        }
    }

    fn note(&self, name: String) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }
}

/// Returns the first name like this one that nothing has.
fn free(path: PathBuf) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_os_string();
    let numbered = (2u32..).map(|number| {
        let mut name = name.clone();
        name.push(format!(".{number}"));
        path.with_file_name(name)
    });
    let mut names = std::iter::once(path.clone()).chain(numbered);
    names.find(|name| fs::symlink_metadata(name).is_err()).unwrap_or(path)
}

/// Tells whether two links lead to the same, or two files say the same.
fn is_equal(one: &Path, other: &Path) -> bool {
    match (fs::symlink_metadata(one), fs::symlink_metadata(other)) {
        (Ok(a), Ok(b)) if a.is_symlink() && b.is_symlink() => fs::read_link(one)
            .ok()
            .is_some_and(|target| fs::read_link(other).is_ok_and(|other| other == target)),
        (Ok(a), Ok(b)) if a.is_file() && b.is_file() && a.len() == b.len() => {
            fs::read(one).is_ok_and(|bytes| fs::read(other).is_ok_and(|other| other == bytes))
        }
        _ => false,
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match sys::remove_file(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

/// Gives us the right to remove what is in a folder.
#[cfg(unix)]
pub(super) fn make_writable(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = fs::symlink_metadata(folder) else { return Ok(()) };
    let mode = found.permissions().mode();
    if mode & 0o700 == 0o700 {
        return Ok(());
    }
    sys::set_permissions(folder, fs::Permissions::from_mode(mode | 0o700))
}

/// Folders cannot be read-only on this system.
#[cfg(not(unix))]
pub(super) fn make_writable(_: &Path) -> io::Result<()> {
    Ok(())
}
