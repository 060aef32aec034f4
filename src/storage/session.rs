//! A catalogue while one command writes into it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::desk::Rules;
use crate::diagnostic::Error;
use crate::file;
use crate::kept::keep_in;
use crate::lock::Lock;
use crate::outputs;
use crate::place::{is_inside, real_path};
use crate::read::bytes_of;
use crate::undo::{self, Change};
use crate::{sys, text};

/// Held while a command writes into a catalogue.
const LOCK: &str = ".catalogue.qingdan-lock";
/// Where former versions are kept, in the catalogue; nothing there is read.
const KEPT: &str = ".qingdan/kept";
/// How long another command is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Refuses links, pipes and other things under the names of our own files: through a link we would write elsewhere, and
/// a pipe never answers.
fn refuse_what_is_not_ours(root: &Path) -> Result<(), Error> {
    for (name, is_folder) in [(".qingdan", true), (LOCK, false), (undo::NAME, false)] {
        let path = root.join(name);
        let is_wrong = match fs::symlink_metadata(&path) {
            Ok(there) => {
                if is_folder {
                    !there.is_dir()
                } else {
                    !there.is_file()
                }
            }
            Err(_) => false,
        };
        if is_wrong {
            let shown = path.display();
            return Err(Error::Argument {
                reason: text!(
                    "{shown} 不是 qingdan 写的（是链接、管道之类），什么也没有写；把它移走再试",
                    "{shown} is a link, a pipe or the like and not of qingdan, so nothing was written; move it away and try again"
                ),
            });
        }
    }
    Ok(())
}

/// A catalogue that one command may write into, until it is dropped. Taken before the catalogue is read, so that what
/// is written rests on what is there.
#[derive(Debug)]
pub struct Session {
    root: PathBuf,
    _lock: Lock,
}

impl Session {
    /// Takes the catalogue at `root`, waits for another command that writes into it, and clears what a killed one left.
    ///
    /// # Errors
    /// Another command is still writing after ten seconds; the folder cannot be written.
    pub fn open(root: &Path) -> Result<Self, Error> {
        refuse_what_is_not_ours(root)?;
        let lock = Lock::take(&root.join(LOCK), PATIENCE).map_err(Error::writing(root))?;
        let lock = lock.ok_or_else(|| {
            let shown = root.display();
            Error::Argument {
                reason: text!(
                    "另一个 qingdan 正在写 {shown}，请等它结束后再试",
                    "another qingdan is writing {shown}; try again when it has finished"
                ),
            }
        })?;
        sweep_all(root).map_err(Error::writing(root))?;
        undo::recover(root)?;
        Ok(Self { root: root.to_owned(), _lock: lock })
    }

    /// Returns where a file of the catalogue is, by its path with `/`.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(native(relative))
    }

    /// Makes all these changes or none: after a kill in the middle, the next command takes back what was done.
    ///
    /// What people wrote is kept first; see [`Session::KEPT`].
    ///
    /// # Errors
    /// A file says something else by now than it was read with; the disk.
    pub fn change(&self, changes: &[Change]) -> Result<(), Error> {
        let stood = changes.iter().map(|change| bytes_of(&self.path(&change.path)));
        let stood = stood.collect::<Result<Vec<_>, Error>>()?;
        for (change, now) in changes.iter().zip(&stood) {
            if now != &change.old && now != &change.new {
                return Err(file::changed(&self.path(&change.path)));
            }
        }
        let pending = |(change, now): &(&Change, &Option<Vec<u8>>)| **now != change.new;
        let todo: Vec<&Change> =
            changes.iter().zip(&stood).filter(pending).map(|(change, _)| change).collect();
        for change in todo.iter().filter(|change| change.is_of_people) {
            if let Some(old) = &change.old {
                keep_in(&self.root.join(native(KEPT)), &native(&change.path), old)?;
            }
        }
        match todo.as_slice() {
            [] => Ok(()),
            [one] => self.make(one),
            all => undo::all_or_none(&self.root, all, |change| self.make(change)),
        }
    }

    fn make(&self, change: &Change) -> Result<(), Error> {
        let path = self.path(&change.path);
        let new = match (&change.old, &change.new) {
            (Some(old), Some(new)) => return file::replace(&path, old, new),
            (Some(old), None) => {
                if bytes_of(&path)?.as_ref() != Some(old) {
                    return Err(file::changed(&path));
                }
                return undo::remove(&path);
            }
            (None, Some(new)) => new,
            (None, None) => return Ok(()),
        };
        let folder = file::folder_of(&path);
        sys::create_folders(folder).map_err(Error::writing(folder))?;
        file::create(&path, new)
    }

    /// Writes a file that only we write: a record, a schema.
    ///
    /// # Errors
    /// The file changes while it is written; the disk.
    pub fn write_own(&self, relative: &str, bytes: &[u8]) -> Result<(), Error> {
        self.change(&[Change::own(relative, bytes_of(&self.path(relative))?, bytes)])
    }

    /// Writes files that are ours into the folder `relative` of the catalogue, by their names; returns where what stood in their
    /// places is kept. What somebody has changed stays, unless `force` says otherwise.
    ///
    /// # Errors
    /// As [`crate::save`]; a link leads elsewhere.
    pub fn write_folder(
        &self,
        relative: &str,
        files: &[(String, Vec<u8>)],
        force: bool,
    ) -> Result<Vec<PathBuf>, Error> {
        let to = self.path(relative);
        let real = real_path(&to).filter(|real| is_inside(real, &self.root));
        let Some(real) = real else {
            let shown = to.display();
            return Err(Error::Argument {
                reason: text!(
                    "{shown} 是链接，指向清单文件夹以外，没有写；把它移走再试",
                    "{shown} is a link that leads out of the catalogue, and was not written; move it away and try again"
                ),
            });
        };
        outputs::into_folder(&real, &to, files, &Rules { force, ..Rules::default() })
    }

    /// The folder of former versions, as people look for it.
    pub const KEPT: &str = KEPT;
}

/// Tells whether a path in a catalogue is one that a command of ours has while it writes.
pub fn is_own_trace(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    file::is_draft(name) || [LOCK, undo::NAME].contains(&name)
}

/// Tells whether a killed command has left something in a catalogue, or another one writes into it.
pub fn is_left(root: &Path) -> bool {
    [LOCK, undo::NAME].iter().any(|name| root.join(name).exists())
}

/// Returns a path with `/` as one of this system.
fn native(relative: &str) -> PathBuf {
    relative.split('/').collect()
}

/// Clears the drafts that killed commands left anywhere in a catalogue; links are not followed, nor disks mounted there.
fn sweep_all(folder: &Path) -> io::Result<()> {
    file::sweep(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            // A folder that may not be read has no drafts of ours.
            match sweep_all(&entry.path()) {
                Err(cause) if cause.kind() != io::ErrorKind::PermissionDenied => return Err(cause),
                _ => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_versions_are_kept_and_drafts_of_killed_commands_cleared() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let deep = temp.path().join("a/b");
        fs::create_dir_all(&deep).expect("a folder");
        fs::write(deep.join(".2025.yaml.qingdan-tmp"), "half").expect("a file");
        fs::write(deep.join("2025.yaml"), "old").expect("a file");
        let session = Session::open(temp.path()).expect("nobody else writes");
        let change = |old: &[u8], new: &[u8]| Change::of_people("a/b/2025.yaml", Some(old.to_vec()), new);
        session.change(&[change(b"old", b"new")]).expect("it is as read");
        session.change(&[change(b"old", b"new")]).expect("it is there already");
        session.change(&[change(b"old", b"newer")]).expect_err("it was changed");
        let kept = temp.path().join(Session::KEPT).join("a/b/2025.1.yaml");
        assert_eq!(fs::read(kept).expect("kept"), b"old");
        session.write_own("translations.lock", b"1").expect("nothing is there");
        session.write_own("translations.lock", b"2").expect("it is ours");
        drop(session);
        let names = fs::read_dir(&deep).expect("readable").count();
        assert_eq!((names, temp.path().join(LOCK).exists()), (1, !cfg!(unix)));
    }
    #[test]
    fn a_folder_in_a_catalogue_is_written_like_any_other_but_through_no_link() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let root = temp.path().join("content");
        fs::create_dir(&root).expect("a folder");
        let session = Session::open(&root).expect("nobody else writes");
        let read = |path: &Path| fs::read_to_string(path).expect("the file can be read");
        let files = |text: &str| [("a.json".to_owned(), text.as_bytes().to_vec())];
        let write = |text: &str, force| session.write_folder(".qingdan/schema", &files(text), force);
        assert!(write("1", false).expect("nothing is there").is_empty());
        assert!(write("2", false).expect("it is as we wrote it").is_empty());
        fs::write(root.join(".qingdan/schema/a.json"), "changed by hand").expect("a file");
        write("3", false).expect_err("it was changed");
        let kept = write("3", true).expect("told to");
        assert!(kept.len() == 1 && kept[0].ends_with("a.原件.json") && read(&kept[0]) == "changed by hand");
        #[cfg(unix)]
        {
            fs::rename(root.join(".qingdan/schema"), temp.path().join("elsewhere")).expect("it can be moved");
            let link =
                std::os::unix::fs::symlink(temp.path().join("elsewhere"), root.join(".qingdan/schema"));
            link.expect("a link");
            write("4", true).expect_err("it leads out");
            assert_eq!(read(&temp.path().join("elsewhere/a.json")), "3");
        }
    }
}
