//! One build at a time for an output folder.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::PathBuf;

use super::address::Address;
use crate::diagnostic::Error;
use crate::text;

/// Times we start again because the last holder removed the file that we had just opened.
const MOST_TRIES: usize = 100;

/// Held while a build writes; the system gives it back when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _held: File,
}

impl Lock {
    /// Takes the lock of the output folder at `address`.
    ///
    /// # Errors
    /// [`Error::UnsafeOutput`] if another build holds it; [`Error::Write`] if the folder around it
    /// cannot be written.
    pub fn take(address: &Address) -> Result<Self, Error> {
        let path = address.neighbour("qingdan-lock");
        for _ in 0..MOST_TRIES {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(Error::writing(address.parent()))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                // Some network file systems have no locks; going on is better than never writing there.
                Err(TryLockError::Error(cause)) if cause.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(cause)) => return Err(Error::Write { path, cause }),
            }
            if is_at(&file, &path) {
                return Ok(Self { path, _held: file });
            }
        }
        Err(address.refuse(text!(
            "另一个 qingdan 正在写这个文件夹，请等它结束后再试",
            "another qingdan is writing this folder; try again when it has finished"
        )))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere a removed file cannot be told from its successor, so there it stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Tells whether `file` is still the file at `path`, and not one that its holder has removed.
#[cfg(unix)]
fn is_at(file: &File, path: &std::path::Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Lock files are never removed on this system.
#[cfg(not(unix))]
fn is_at(_: &File, _: &std::path::Path) -> bool {
    true
}
