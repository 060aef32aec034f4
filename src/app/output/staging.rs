//! The folder beside the output folder in which the next site grows, and the swap of the two.

use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use qingdan_storage::sys;
use rayon::prelude::*;

use super::address::{Address, mounted};
use super::foreign::{Carried, identity};
use super::manifest::{self, Routes};
use super::rescue::{Rescue, make_writable};
use crate::diagnostic::Error;
use crate::text;

/// A file with this name tells that the folder is ours and may be removed.
pub(super) const MARKER: &str = ".qingdan-staging";
const MARKER_TEXT: &str = "qingdan puts the next site together here. It is removed after the build.\n";
/// The next site, and after the swap the one it replaced.
const SITE: &str = "site";
/// The last site, while it is moved aside on systems that cannot exchange two folders.
const LAST: &str = "last";
/// Says which folder the next site grew in, so that after a kill it is known from the one it replaced.
const NEXT: &str = "next";
/// What is written here before it lies beside the output folder.
const DRAFT: &str = "draft";

/// A staging folder; dropping it removes it with whatever it holds.
#[derive(Debug)]
pub(super) struct Staging {
    root: PathBuf,
    out: PathBuf,
    kept: PathBuf,
}

impl Staging {
    /// Makes the staging folder of `address`, after clearing what a killed build left.
    ///
    /// # Errors
    /// [`Error::UnsafeOutput`] if a folder of that name is there and is not ours; [`Error::Write`] if
    /// the disk fails.
    pub fn make(address: &Address) -> Result<Self, Error> {
        let root = address.neighbour("qingdan-new");
        let kept = address.neighbour("qingdan-kept");
        match is_ours(&root) {
            Ok(None) => {}
            Ok(Some(true)) => {
                if let Some(reason) = mounted(&root) {
                    return Err(address.refuse(reason));
                }
                clear(&root, &address.out, &kept).map_err(Error::writing(&root))?;
            }
            Ok(Some(false)) => return Err(not_ours(&root, address)),
            Err(cause) => return Err(Error::Read { path: root, cause }),
        }
        sys::create_folder(&root).map_err(Error::writing(&root))?;
        put(&root.join(MARKER), MARKER_TEXT).map_err(Error::writing(&root)).inspect_err(|_| {
            let _ = sys::remove_file(&root.join(MARKER)).and_then(|()| sys::remove_folder(&root));
        })?;
        // From here on the folder is marked, and dropping the value removes it.
        let staging = Self { root, out: address.out.clone(), kept };
        let begin = || {
            sys::create_folder(&staging.site())?;
            put(&staging.root.join(NEXT), &number(&staging.site()))
        };
        begin().map_err(Error::writing(&staging.root))?;
        Ok(staging)
    }

    /// Returns the folder for the next site.
    pub fn site(&self) -> PathBuf {
        self.root.join(SITE)
    }

    /// Returns where a file can be written that is then put beside the output folder.
    pub fn draft(&self) -> PathBuf {
        self.root.join(DRAFT)
    }

    /// Puts the next site in the place of the output folder.
    ///
    /// One step where the system can exchange two folders, or where there is no output folder yet.
    /// Elsewhere (`in_two_steps`, or the file system refuses) the last site is moved aside first; if we
    /// are killed then, the next build or [`Drop`] moves it back.
    ///
    /// # Errors
    /// What the system said; the output folder is then as before.
    pub fn swap(&self, in_two_steps: bool) -> io::Result<()> {
        let site = self.site();
        if matches!(fs::symlink_metadata(&self.out), Err(cause) if cause.kind() == ErrorKind::NotFound) {
            return sys::rename(&site, &self.out);
        }
        if !in_two_steps {
            match sys::exchange(&site, &self.out) {
                Err(cause) if cause.kind() == ErrorKind::Unsupported => {}
                done => return done,
            }
        }
        let last = self.root.join(LAST);
        sys::rename(&self.out, &last)?;
        sys::rename(&site, &self.out).inspect_err(|_| {
            // If this fails too, the last site stays aside and the next build restores it.
            let _ = sys::rename(&last, &self.out);
        })
    }

    /// Takes the swap back.
    ///
    /// # Errors
    /// What the system said.
    pub fn swap_back(&self) -> io::Result<()> {
        let (site, last) = (self.site(), self.root.join(LAST));
        if !last.exists() {
            return sys::exchange(&site, &self.out);
        }
        sys::rename(&self.out, &site)?;
        sys::rename(&last, &self.out)
    }

    /// Returns the site that was replaced, after the swap. `None` if there was none.
    pub fn last(&self) -> Option<PathBuf> {
        [self.root.join(LAST), self.site()].into_iter().find(|folder| folder.is_dir())
    }

    /// Takes the site apart that was replaced, of which `old` was ours and `carried` was carried over; returns what
    /// came into it meanwhile, which is in the new one now.
    ///
    /// # Errors
    /// What the system said; the next build goes on with it.
    pub fn rescue(&self, old: &Routes, carried: &Carried) -> Result<Vec<String>, Error> {
        let Some(last) = self.last() else { return Ok(Vec::new()) };
        let rescue = Rescue::new(&last, old, carried, &self.out, &self.kept);
        rescue.take_apart().map_err(Error::writing(&self.out))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = clear(&self.root, &self.out, &self.kept);
    }
}

/// Tells whether the staging folder is there and ours. One without anything in it is: we were killed
/// between making it and marking it, or between unmarking and removing it.
fn is_ours(root: &Path) -> io::Result<Option<bool>> {
    match fs::symlink_metadata(root) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
        Ok(found) if !found.is_dir() => Ok(Some(false)),
        Ok(_) if root.join(MARKER).is_file() => Ok(Some(true)),
        Ok(_) => Ok(Some(fs::read_dir(root)?.next().is_none())),
    }
}

fn not_ours(root: &Path, address: &Address) -> Error {
    let root = root.display();
    address.refuse(text!(
        "需要用到的 {root} 已经存在，而且不是 qingdan 建的，请把它移走",
        "{root}, which is needed for it, exists and was not made by qingdan; move it away"
    ))
}

/// Moves the last site back if a swap in two steps was cut short, then removes the staging folder, the
/// marker last. A site that was replaced is taken apart with care for what others put into it.
fn clear(root: &Path, out: &Path, kept: &Path) -> io::Result<()> {
    let (site, last) = (root.join(SITE), root.join(LAST));
    if last.is_dir() && fs::symlink_metadata(out).is_err() {
        sys::rename(&last, out)?;
    }
    // Without a number nothing was exchanged yet.
    let next = fs::read_to_string(root.join(NEXT)).unwrap_or_default();
    let was_exchanged = next.ends_with('\n') && identity(&site).is_some() && next != number(&site);
    if !was_exchanged {
        remove_tree(&site)?;
    }
    for replaced in [site, last].iter().filter(|folder| folder.is_dir()) {
        let ours = manifest::read(replaced).map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
        Rescue::new(replaced, &ours, &Carried::new(), out, kept).take_apart()?;
    }
    for name in [NEXT, DRAFT, MARKER] {
        match sys::remove_file(&root.join(name)) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(cause),
            _ => {}
        }
    }
    sys::remove_folder(root)
}

/// Returns what tells a folder from others.
fn number(folder: &Path) -> String {
    identity(folder).map_or_else(String::new, |(disk, number)| format!("{disk} {number}\n"))
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    let mut file = sys::create_new(path)?;
    sys::write_all(&mut file, path, text.as_bytes())
}

/// Removes a folder of ours with all that is in it; the folders in it side by side.
fn remove_tree(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(()),
        // Carried over from a folder that was read-only.
        Err(cause) if cause.kind() == ErrorKind::PermissionDenied => {
            make_writable(folder)?;
            fs::read_dir(folder)?
        }
        read => read?,
    };
    let entries = entries.collect::<io::Result<Vec<DirEntry>>>()?;
    make_writable(folder)?;
    entries.par_iter().try_for_each(|entry| {
        let path = entry.path();
        if entry.file_type()?.is_dir() { remove_tree(&path) } else { sys::remove_file(&path) }
    })?;
    sys::remove_folder(folder)
}
