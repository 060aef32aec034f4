//! One at a time: a lock that the system gives back when the process ends, however it ends.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::sys;

/// How long to wait between two tries.
const PAUSE: Duration = Duration::from_millis(20);
/// Times we start again at once because the last holder removed the file that we had just opened.
const MOST_TRIES: u32 = 100;

/// A lock that is held until it is dropped. Its file is removed then; what a kill leaves is locked by nobody.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    held: File,
}

impl Lock {
    /// Takes the lock whose file is `path`; waits for it up to `patience`. `None` if somebody else has it that long.
    ///
    /// # Errors
    /// The folder around it cannot be written.
    pub fn take(path: &Path, patience: Duration) -> io::Result<Option<Self>> {
        let (mut waited, mut tries) = (Duration::ZERO, 0);
        loop {
            let file = match sys::open_lock(path) {
                Ok(file) => file,
                // Elsewhere a file that is being removed cannot be opened for a moment.
                Err(cause)
                    if cfg!(windows) && cause.kind() == ErrorKind::PermissionDenied && tries < MOST_TRIES =>
                {
                    tries += 1;
                    thread::sleep(PAUSE);
                    continue;
                }
                Err(cause) => return Err(cause),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if waited < patience => {
                    thread::sleep(PAUSE);
                    waited += PAUSE;
                    continue;
                }
                Err(TryLockError::WouldBlock) => return Ok(None),
                // Some network file systems have no locks; going on is better than never writing there.
                Err(TryLockError::Error(cause)) if cause.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(cause)) => return Err(cause),
            }
            if is_at(&file, path) {
                return Ok(Some(Self { path: path.to_owned(), held: file }));
            }
            tries += 1;
            if tries > MOST_TRIES {
                return Ok(None);
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere a removed file cannot be told from its successor, so there it stays.
        if cfg!(unix) {
            let _ = sys::remove_file(&self.path).or_else(|_| sys::remove_file(&self.path));
        }
        // A program that is being started holds a copy of every open file for a moment; giving back is for all copies.
        let _ = self.held.unlock();
    }
}

/// Tells whether `file` is still the file at `path`, and not one that its holder has removed or renamed.
#[cfg(unix)]
pub(crate) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Locked files are never removed on this system.
#[cfg(not(unix))]
pub(crate) fn is_at(_: &File, path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_and_a_file_left_by_a_kill_holds_nobody_up() {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let path = folder.path().join(".a.qingdan-lock");
        fs::write(&path, "left by a kill").expect("the folder can be written");
        let first = Lock::take(&path, Duration::ZERO).expect("the disk works").expect("nobody has it");
        assert!(Lock::take(&path, Duration::from_millis(50)).expect("the disk works").is_none());
        drop(first);
        assert!(Lock::take(&path, Duration::ZERO).expect("the disk works").is_some());
        assert_eq!(path.exists(), !cfg!(unix));
    }

    #[cfg(unix)]
    #[test]
    fn a_copy_in_a_program_that_is_being_started_holds_nobody_up() {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let (path, other) = (folder.path().join(".a.qingdan-lock"), folder.path().join("other"));
        let first = Lock::take(&path, Duration::ZERO).expect("the disk works").expect("nobody has it");
        let _copy = first.held.try_clone().expect("there are descriptors");
        // As after a removal that failed: the file is still there.
        fs::hard_link(&path, &other).expect("the folder can be written");
        drop(first);
        fs::rename(&other, &path).expect("the folder can be written");
        assert!(Lock::take(&path, Duration::ZERO).expect("the disk works").is_some());
    }
}
