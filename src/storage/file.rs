//! One file: made, or put in the place of what was read, in one step.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{ffi::OsString, thread};

use crate::diagnostic::Error;
use crate::digest::digest;
use crate::lock::is_at;
use crate::place::beside;
use crate::read::read;
use crate::{sys, text};

/// How names of drafts end; they start with a dot.
const DRAFT: &str = ".qingdan-tmp";
/// Bytes of a name up to which a draft is called by it; file systems take 255.
const LONGEST_NAME: usize = 220;
/// Where files cannot be locked, a draft that was not written to for so long is nobody's.
const LONGEST_WRITE: Duration = Duration::from_secs(3600);
/// Times another program's draft of the same file is waited for, 20 ms each.
const PATIENCE: u32 = 250;

/// Makes a file with these bytes where there is none.
///
/// # Errors
/// There is something; the disk. Nothing is there then that was not there before.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    create_like(path, bytes, None)
}

/// Makes a file as [`create`] does, with the rights of `known`.
///
/// # Errors
/// Those of [`create`].
pub(crate) fn create_like(path: &Path, bytes: &[u8], known: Option<&fs::Metadata>) -> Result<(), Error> {
    let draft = Draft::of(path, bytes, known)?;
    match sys::rename_new(&draft.path, path) {
        Ok(()) => draft.landed(path),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
            let shown = path.display();
            Err(Error::Argument {
                reason: text!(
                    "{shown} 刚才有了，没有覆盖；请再运行一次",
                    "{shown} appeared meanwhile and was not replaced; run this again"
                ),
            })
        }
        Err(cause) => Err(Error::writing(path)(cause)),
    }
}

/// Puts `new` in the place of `old`, which was read at `path`. Its permissions stay.
///
/// # Errors
/// Something else stands there by now, which stays; the file is read-only; the disk.
pub(crate) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Error> {
    let known = fs::symlink_metadata(path).map_err(Error::reading(path))?;
    if known.permissions().readonly() {
        return Err(Error::writing(path)(ErrorKind::PermissionDenied.into()));
    }
    if read(path)? != old {
        return Err(changed(path));
    }
    let draft = Draft::of(path, new, Some(&known))?;
    match sys::exchange(&draft.path, path) {
        Ok(()) => draft.settle(path, old, new),
        Err(cause) if cause.kind() == ErrorKind::Unsupported => {
            if read(path)? != old {
                return Err(changed(path));
            }
            sys::rename(&draft.path, path).map_err(Error::writing(path))?;
            draft.landed(path)
        }
        Err(cause) => Err(Error::writing(path)(cause)),
    }
}

/// Removes the drafts in a folder that a killed run of ours has left.
///
/// # Errors
/// A folder that cannot be read; a draft that cannot be removed.
pub(crate) fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_draft(&entry.file_name().to_string_lossy()) && is_abandoned(&entry.path())? {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Tells whether a file of this name is one that is about to become another.
pub fn is_draft(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(DRAFT)
}

/// Reports that a file was saved by somebody after it was read.
pub(crate) fn changed(path: &Path) -> Error {
    let path = path.display();
    Error::Argument {
        reason: text!(
            "“{path}”刚才有人改过，没有写；请再运行一次",
            "`{path}` was changed meanwhile and was not written; run this again"
        ),
    }
}

/// A file that is whole and flushed, and not yet where it belongs; dropped before that, it is removed.
struct Draft {
    path: PathBuf,
    /// Locked, so that nobody takes the draft for one left by a kill.
    file: File,
    is_done: bool,
}

impl Draft {
    /// Writes `bytes` beside `target`, with the rights of `known`.
    fn of(target: &Path, bytes: &[u8], known: Option<&fs::Metadata>) -> Result<Self, Error> {
        let path = draft_path(target);
        let mut draft = Self::begin(&path).map_err(Error::writing(target))?.ok_or_else(|| busy(target))?;
        let mut write = || {
            sys::write_all(&mut draft.file, &path, bytes)?;
            if let Some(known) = known {
                sys::copy_rights(&draft.file, &path, known)?;
            }
            sys::sync(&draft.file, &path)
        };
        write().map_err(Error::writing(target))?;
        Ok(draft)
    }

    /// Makes an empty draft; takes the place of one that a kill has left. `None` if another program has it.
    fn begin(path: &Path) -> io::Result<Option<Self>> {
        for _ in 0..PATIENCE {
            match sys::create_new(path) {
                Ok(file) => {
                    // Without locks on this file system its time tells that it is in use.
                    let is_held = !matches!(file.try_lock(), Err(TryLockError::WouldBlock));
                    if is_held && is_at(&file, path) {
                        return Ok(Some(Self { path: path.to_owned(), file, is_done: false }));
                    }
                }
                Err(cause) if cause.kind() == ErrorKind::AlreadyExists => match is_abandoned(path)? {
                    true => remove(path)?,
                    false => thread::sleep(Duration::from_millis(20)),
                },
                Err(cause) => return Err(cause),
            }
        }
        Ok(None)
    }

    /// Notes that the draft became the target, and flushes the folder.
    fn landed(mut self, target: &Path) -> Result<(), Error> {
        self.is_done = true;
        sys::sync_folder(folder_of(target)).map_err(Error::writing(target))
    }

    /// After the exchange: what stood at the target has the name of the draft now. If it is not what was read, somebody
    /// has saved it in between, and it goes back.
    fn settle(mut self, target: &Path, old: &[u8], new: &[u8]) -> Result<(), Error> {
        // From here on the name of the draft is that of somebody's file, which no failure may remove.
        self.is_done = true;
        let was = fs::read(&self.path).map_err(Error::reading(&self.path))?;
        if was == old {
            // What cannot be removed now is removed by the next run.
            let _ = remove(&self.path).or_else(|_| remove(&self.path));
            return sys::sync_folder(folder_of(target)).map_err(Error::writing(target));
        }
        sys::exchange(&self.path, target).map_err(Error::writing(target))?;
        let ours = fs::read(&self.path).map_err(Error::reading(&self.path))?;
        if ours != new {
            // Saved once more, over ours: that is kept beside, the first save stays.
            set_aside(&self.path, target).map_err(Error::writing(target))?;
            return Err(changed(target));
        }
        let _ = sys::remove_file(&self.path);
        Err(changed(target))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_done && is_at(&self.file, &self.path) {
            let _ = remove(&self.path).or_else(|_| remove(&self.path));
        }
        // As with a lock: a program that is being started may hold a copy.
        let _ = self.file.unlock();
    }
}

/// Returns the folder that a path lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Gives a file the first name beside `target` that nothing has.
fn set_aside(path: &Path, target: &Path) -> io::Result<()> {
    let mut numbers = 1u32..;
    loop {
        let kept = beside(target, numbers.next().unwrap_or(u32::MAX));
        match sys::rename_new(path, &kept) {
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
            done => return done,
        }
    }
}

/// Returns the name under which a file is written before it has its own.
pub(crate) fn draft_path(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default();
    let mut draft = OsString::from(".");
    if name.len() > LONGEST_NAME {
        draft.push(&digest(name.as_encoded_bytes())[..16]);
    } else {
        draft.push(name);
    }
    draft.push(DRAFT);
    target.with_file_name(draft)
}

/// Tells whether a draft is one that no running program writes. What is no file is none of ours.
fn is_abandoned(path: &Path) -> io::Result<bool> {
    let gone = |cause: io::Error| if cause.kind() == ErrorKind::NotFound { Ok(false) } else { Err(cause) };
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => return Ok(false),
        Ok(_) => {}
        Err(cause) => return gone(cause),
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) => return gone(cause),
    };
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(_)) => {
            let written = file.metadata()?.modified()?;
            Ok(written.elapsed().is_ok_and(|since| since > LONGEST_WRITE))
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match sys::remove_file(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

fn busy(path: &Path) -> Error {
    let shown = path.display();
    Error::Argument {
        reason: text!(
            "另一个 qingdan 正在写 {shown}，请等它结束后再试",
            "another qingdan is writing {shown}; try again when it has finished"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("there is room for temporary files")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder can be read");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_made_once_and_replaced_only_if_it_is_as_read() {
        let folder = folder();
        let path = folder.path().join("2025.yaml");
        create(&path, b"1").expect("nothing is there");
        create(&path, b"2").expect_err("something is there");
        replace(&path, b"1", b"2").expect("it is as read");
        let said = replace(&path, b"1", b"3").expect_err("it was changed").message().en;
        assert!(said.contains("changed meanwhile"), "{said}");
        assert_eq!(fs::read(&path).expect("a file"), b"2");
        assert_eq!(names(folder.path()), ["2025.yaml"]);
    }

    #[test]
    fn a_save_between_the_last_look_and_the_swap_stays() {
        let folder = folder();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "read").expect("a file");
        let draft = Draft::of(&path, b"ours", None).expect("the disk works");
        fs::write(&path, "saved meanwhile").expect("a file");
        if sys::exchange(&draft.path, &path).is_err() {
            return;
        }
        draft.settle(&path, b"read", b"ours").expect_err("it was changed");
        assert_eq!(fs::read(&path).expect("a file"), b"saved meanwhile");
        assert_eq!(names(folder.path()), ["a.yaml"]);
    }

    #[test]
    fn drafts_left_by_a_kill_are_cleared_and_those_in_use_and_other_files_are_not() {
        let folder = folder();
        let path = folder.path().join("a");
        for name in [".a.qingdan-tmp", ".b.qingdan-tmp", ".c.tmp", "d.qingdan-tmp"] {
            fs::write(folder.path().join(name), "left").expect("a file");
        }
        create(&path, b"1").expect("the draft was left by a kill");
        let held = Draft::of(&folder.path().join("x"), b"", None).expect("the disk works");
        sweep(folder.path()).expect("the disk works");
        assert_eq!(names(folder.path()), [".c.tmp", ".x.qingdan-tmp", "a", "d.qingdan-tmp"]);
        drop(held);
        assert_eq!(names(folder.path()), [".c.tmp", "a", "d.qingdan-tmp"]);
    }

    #[test]
    fn the_longest_names_have_room() {
        let folder = folder();
        let path = folder.path().join("清".repeat(85));
        create(&path, b"1").expect("the name is as long as names can be");
        replace(&path, b"1", b"2").expect("it is as read");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_read_only_files_too() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let path = folder.path().join("a");
        let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
        create(&path, b"1").expect("nothing is there");
        mode(0o640);
        replace(&path, b"1", b"2").expect("it is as read");
        let known = fs::metadata(&path).expect("it is there");
        assert_eq!(known.permissions().mode() & 0o777, 0o640);
        mode(0o440);
        replace(&path, b"2", b"3").expect_err("it is read-only");
        assert_eq!(fs::read(&path).expect("a file"), b"2");
    }
}
