//! Folders as they lie on the disk: what is in them, whether two things are the same, and one thing under two names.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::{file, sys};

/// Returns the path of a name with `/` below a folder.
pub(crate) fn below(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}

/// Returns the names of all that lies below a folder and is none, with `/`, in their order.
///
/// # Errors
/// A name that is no text; the disk.
pub(crate) fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let (mut open, mut names) = (vec![(folder.to_owned(), String::new())], Vec::new());
    while let Some((folder, prefix)) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name =
                entry.file_name().into_string().map_err(|_| io::Error::from(ErrorKind::InvalidFilename))?;
            match entry.file_type()?.is_dir() {
                true => open.push((entry.path(), format!("{prefix}{name}/"))),
                false => names.push(format!("{prefix}{name}")),
            }
        }
    }
    names.sort();
    Ok(names)
}

/// Removes a folder in which there are folders only.
///
/// # Errors
/// There is something else in it; the disk.
pub(crate) fn remove_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_folders(&entry.path())?;
        }
    }
    sys::remove_folder(folder)
}

/// Returns a folder and all below it.
///
/// # Errors
/// The disk.
pub(crate) fn folders_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut open, mut all) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                open.push(entry.path());
            }
        }
        all.push(folder);
    }
    Ok(all)
}

/// Returns the folders below a folder in which there is nothing.
///
/// # Errors
/// The disk.
pub(crate) fn empty_folders_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if fs::symlink_metadata(folder).is_err() {
        return Ok(Vec::new());
    }
    let mut empty = Vec::new();
    for folder in folders_in(folder)? {
        if fs::read_dir(&folder)?.next().is_none() {
            empty.push(folder);
        }
    }
    Ok(empty)
}

/// Tells whether two names are those of one file, or of two that say the same.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::symlink_metadata(one), fs::symlink_metadata(other)) {
        (Ok(a), Ok(b)) if a.is_symlink() && b.is_symlink() => {
            matches!((fs::read_link(one), fs::read_link(other)), (Ok(one), Ok(other)) if one == other)
        }
        (Ok(a), Ok(b)) if a.is_file() && b.is_file() => {
            is_one(&a, &b)
                || a.len() == b.len()
                    && matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
        }
        _ => false,
    }
}

#[cfg(unix)]
fn is_one(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// This system does not say.
#[cfg(not(unix))]
fn is_one(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    false
}

/// Makes what lies at `from` lie at `to` as well; a copy is whole when it has its name.
///
/// # Errors
/// It is no file and no link; the disk.
pub(crate) fn carry(from: &Path, to: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(from)?;
    if found.is_symlink() {
        return sys::copy_link(from, to);
    }
    if !found.is_file() {
        return Err(io::Error::new(
            ErrorKind::InvalidInput,
            from.file_name().unwrap_or_default().to_string_lossy(),
        ));
    }
    match sys::hard_link(from, to) {
        Err(cause)
            if matches!(
                cause.kind(),
                ErrorKind::PermissionDenied | ErrorKind::Unsupported | ErrorKind::TooManyLinks
            ) =>
        {
            let draft = file::draft_path(to);
            sys::copy_new(from, &draft).and_then(|()| sys::rename_new(&draft, to))
        }
        done => done,
    }
}
