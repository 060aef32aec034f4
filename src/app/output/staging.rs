//! The folder beside the output folder in which the next site grows, and the swap of the two.

use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::address::Address;
use crate::diagnostic::Error;
use crate::text;

/// A file with this name tells that the folder is ours and may be removed.
pub(super) const MARKER: &str = ".qingdan-staging";
const MARKER_TEXT: &str = "qingdan puts the next site together here. It is removed after the build.\n";
/// The next site, and after the swap the one it replaced.
const SITE: &str = "site";
/// The last site, while it is moved aside on systems that cannot exchange two folders.
const LAST: &str = "last";
/// Folders inside folders whose removal several threads share.
const SHARED_DEPTH: usize = 3;

/// A staging folder; dropping it removes it with whatever it holds.
#[derive(Debug)]
pub(super) struct Staging {
    root: PathBuf,
    out: PathBuf,
}

impl Staging {
    /// Makes the staging folder of `address`, after clearing what a killed build left.
    ///
    /// # Errors
    /// [`Error::UnsafeOutput`] if a folder of that name is there and is not ours; [`Error::Write`] if
    /// the disk fails.
    pub fn make(address: &Address) -> Result<Self, Error> {
        let root = address.neighbour("qingdan-new");
        match is_ours(&root) {
            Ok(None) => {}
            Ok(Some(true)) => clear(&root, &address.out).map_err(Error::writing(&root))?,
            Ok(Some(false)) => return Err(not_ours(&root, address)),
            Err(cause) => return Err(Error::Read { path: root, cause }),
        }
        fs::create_dir(&root).map_err(Error::writing(&root))?;
        let marker = root.join(MARKER);
        fs::write(&marker, MARKER_TEXT).map_err(Error::writing(&marker))?;
        // From here on the folder is marked, and dropping the value removes it.
        let staging = Self { root, out: address.out.clone() };
        fs::create_dir(staging.site()).map_err(Error::writing(&staging.root))?;
        Ok(staging)
    }

    /// Returns the folder for the next site.
    pub fn site(&self) -> PathBuf {
        self.root.join(SITE)
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
            return fs::rename(site, &self.out);
        }
        if !in_two_steps {
            match exchange(&site, &self.out) {
                Err(cause) if cause.kind() == ErrorKind::Unsupported => {}
                done => return done,
            }
        }
        let last = self.root.join(LAST);
        fs::rename(&self.out, &last)?;
        fs::rename(&site, &self.out).inspect_err(|_| {
            // If this fails too, the last site stays aside and the next build restores it.
            let _ = fs::rename(&last, &self.out);
        })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = clear(&self.root, &self.out);
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
/// marker last.
fn clear(root: &Path, out: &Path) -> io::Result<()> {
    let last = root.join(LAST);
    if last.is_dir() && fs::symlink_metadata(out).is_err() {
        fs::rename(&last, out)?;
    }
    for tree in [root.join(SITE), last] {
        remove_tree(&tree)?;
    }
    match fs::remove_file(root.join(MARKER)) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
        _ => fs::remove_dir(root),
    }
}

/// Removes a folder with all that is in it, also if parts of it are read-only.
fn remove_tree(tree: &Path) -> io::Result<()> {
    match remove_folder(tree, SHARED_DEPTH) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        Err(cause) if cause.kind() == ErrorKind::PermissionDenied => {
            open_folders(tree)?;
            fs::remove_dir_all(tree)
        }
        done => done,
    }
}

/// Removes a folder; the folders in it side by side, down to `depth`.
fn remove_folder(folder: &Path, depth: usize) -> io::Result<()> {
    if depth == 0 {
        return fs::remove_dir_all(folder);
    }
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<DirEntry>>>()?;
    entries.par_iter().try_for_each(|entry| {
        let path = entry.path();
        if entry.file_type()?.is_dir() { remove_folder(&path, depth - 1) } else { fs::remove_file(&path) }
    })?;
    fs::remove_dir(folder)
}

/// Gives us the right to remove what is in this folder and the folders in it.
#[cfg(unix)]
fn open_folders(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            open_folders(&entry.path())?;
        }
    }
    Ok(())
}

/// Folders cannot be read-only on this system.
#[cfg(not(unix))]
fn open_folders(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // The kernel or the file system does not know how.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Err(ErrorKind::Unsupported.into()),
        Err(cause) => Err(cause.into()),
    }
}

/// This system cannot exchange two folders.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}
