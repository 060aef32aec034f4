//! What lies beside a folder that is written as a whole: the next one while it grows, the last one until it is taken apart.
//!
//! Whatever is cut short, the next command that writes there clears it by one rule, which needs no record of how far we
//! had come: drafts go, and what we wrote as we wrote it, and what stands in the folder as well; anything else is
//! somebody's, and goes into the folder.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::digest::digest;
use crate::file::{self, folder_of};
use crate::place::beside;
use crate::tree::{below, is_same, names_in, remove_folders};
use crate::{mounts, sys};

/// How the name of the folder ends in which the next one grows.
const NEXT: &str = ".qingdan-pack";
/// How the name ends under which the last one lies for a moment, where two folders cannot be exchanged.
const LAST: &str = ".qingdan-pack-last";
/// Bytes of a name up to which these are called by it; file systems take 255.
const LONGEST_NAME: usize = 220;

/// Returns the digests under which we have written a name.
pub(crate) type KnownDigests<'k> = dyn Fn(&str) -> BTreeSet<String> + 'k;

/// Clears what killed commands left in a folder, of which we hold the lock; what cannot be cleared stays for the command
/// that writes the same folder. `known` are the digests under which we have written a name.
pub(crate) fn clear_left(folder: &Path, known: &KnownDigests<'_>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let names = entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned());
    let left: BTreeSet<String> = names.filter_map(|name| of_pack(&name).map(str::to_owned)).collect();
    for name in left {
        let _ = Aside::of(&folder.join(name)).clear(known);
    }
}

/// Returns the name of the folder that is written under one of these names.
fn of_pack(name: &str) -> Option<&str> {
    let name = name.strip_prefix('.')?;
    name.strip_suffix(NEXT).or_else(|| name.strip_suffix(LAST)).filter(|name| !name.is_empty())
}

/// A folder and those beside it that it is exchanged with.
pub(crate) struct Aside {
    name: String,
    /// Where it belongs.
    pub out: PathBuf,
    /// Where the next one grows.
    pub next: PathBuf,
    last: PathBuf,
}

impl Aside {
    /// Returns the names beside the folder `out`.
    pub fn of(out: &Path) -> Self {
        let name = out.file_name().unwrap_or_default();
        let neighbour = |ending: &str| {
            let mut neighbour = OsString::from(".");
            match name.len() > LONGEST_NAME {
                true => neighbour.push(&digest(name.as_encoded_bytes())[..16]),
                false => neighbour.push(name),
            }
            neighbour.push(ending);
            out.with_file_name(neighbour)
        };
        let (next, last) = (neighbour(NEXT), neighbour(LAST));
        Self { name: name.to_string_lossy().into_owned(), out: out.to_owned(), next, last }
    }

    /// Returns the name of a file in the list of the folder around.
    pub fn listed(&self, name: &str) -> String {
        format!("{}/{name}", self.name)
    }

    /// Puts the next folder in the place of the one that stands there, or of nothing.
    ///
    /// # Errors
    /// The disk; the folder is as before then.
    pub fn swap(&self) -> io::Result<()> {
        let exchange = || match sys::exchange(&self.next, &self.out) {
            Err(cause) if cause.kind() == ErrorKind::Unsupported => {
                sys::rename(&self.out, &self.last)?;
                sys::rename(&self.next, &self.out).inspect_err(|_| {
                    // If this fails too, the next command does it.
                    let _ = sys::rename(&self.last, &self.out);
                })
            }
            done => done,
        };
        match is_there(&self.out) {
            true => exchange()?,
            false => sys::rename_new(&self.next, &self.out)?,
        }
        sys::sync_folder(folder_of(&self.out))
    }

    /// Clears what lies beside: a folder that did not become the next one, or the one that was replaced.
    ///
    /// # Errors
    /// The disk; something there is none of ours.
    pub fn clear(&self, known: &KnownDigests<'_>) -> io::Result<()> {
        if is_there(&self.last) && !is_there(&self.out) {
            sys::rename(&self.last, &self.out)?;
        }
        for left in [&self.next, &self.last] {
            match fs::symlink_metadata(left) {
                Err(cause) if cause.kind() == ErrorKind::NotFound => {}
                Err(cause) => return Err(cause),
                Ok(found) if !found.is_dir() || !mounts::at_or_below(left).is_empty() => {
                    return Err(io::Error::new(
                        ErrorKind::AlreadyExists,
                        left.file_name().unwrap_or_default().to_string_lossy(),
                    ));
                }
                Ok(_) => clear(left, &self.out, &|name| known(&self.listed(name)))?,
            }
        }
        Ok(())
    }
}

/// Tells whether anything has this name.
pub(crate) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Takes a folder apart that is no more, or was never, at `out`. Drafts go, and what we wrote as we wrote it, and what
/// stands at `out` as well; anything else is somebody's, and goes there.
fn clear(left: &Path, out: &Path, known: &KnownDigests<'_>) -> io::Result<()> {
    for name in names_in(left)? {
        let (path, there) = (below(left, &name), below(out, &name));
        let is_file = fs::symlink_metadata(&path)?.is_file();
        let is_draft = is_file && file::is_draft(name.rsplit('/').next().unwrap_or_default());
        let is_ours = || is_file && fs::read(&path).is_ok_and(|bytes| known(&name).contains(&digest(&bytes)));
        if is_draft || is_ours() || is_same(&path, &there) {
            sys::remove_file(&path)?;
        } else {
            sys::create_folders(folder_of(&there))?;
            put_aside(&path, &there)?;
        }
    }
    remove_folders(left)
}

/// Gives what is somebody's the name `there`, or one beside it, unless it is kept there already.
fn put_aside(path: &Path, there: &Path) -> io::Result<()> {
    let names = std::iter::once(there.to_owned()).chain((1u32..).map(|number| beside(there, number)));
    for name in names {
        if is_same(path, &name) {
            return sys::remove_file(path);
        }
        match sys::rename_new(path, &name) {
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
            done => return done,
        }
    }
    Ok(())
}
