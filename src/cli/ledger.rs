//! `editions.lock`, while one command writes it.

use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::replace::temporary;
use crate::catalogue::{EDITIONS_FILE, EditionsLock};
use crate::diagnostic::{Error, Findings};
use crate::span::FileId;
use crate::text;

/// `editions.lock` while one command writes it: whoever else wants to is told.
pub(super) struct Ledger {
    path: PathBuf,
    beside: PathBuf,
    next: File,
}

impl Ledger {
    /// Takes the file at `path` if nobody else has it and it still says what `known` says.
    ///
    /// # Errors
    /// The disk; somebody else has it.
    pub fn open(path: &Path, known: &EditionsLock) -> Result<Self, Error> {
        let beside = temporary(path);
        let next = File::options().create(true).truncate(false).write(true).open(&beside);
        let next = next.map_err(Error::writing(&beside))?;
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let now = EditionsLock::parse(FileId(0), &text, &mut Findings::new());
        // Some network file systems have no locks; what the file says is compared all the same.
        let is_held = matches!(next.try_lock(), Err(TryLockError::WouldBlock));
        if is_held || now.head() != known.head() {
            if !is_held {
                drop(next);
                std::fs::remove_file(&beside).map_err(Error::writing(&beside))?;
            }
            return Err(Error::Argument {
                reason: text!(
                    "另一个 qingdan 正在写 {EDITIONS_FILE}，请等它结束后再试",
                    "another qingdan is writing {EDITIONS_FILE}; try again when it has finished"
                ),
            });
        }
        Ok(Self { path: path.to_owned(), beside, next })
    }

    /// Writes it, in one step.
    ///
    /// # Errors
    /// The disk.
    pub fn write(mut self, lock: &EditionsLock) -> Result<(), Error> {
        let mut write = || {
            self.next.set_len(0)?;
            self.next.write_all(lock.to_text().as_bytes())?;
            self.next.sync_all()
        };
        write().map_err(Error::writing(&self.beside))?;
        std::fs::rename(&self.beside, &self.path).map_err(Error::writing(&self.path))
    }
}
