//! A folder whose files belong together: whole or not there.
//!
//! The next one grows beside it under a name of our own, `.NAME.qingdan-pack`, with what others put into the one that
//! stands there; then the two are exchanged in one step, and what was replaced is taken apart.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::aside::{Aside, is_there};
use crate::desk::{Desk, Ground, Rules, Wanted, key};
use crate::diagnostic::Error;
use crate::digest::digest;
use crate::file::{self, folder_of};
use crate::outputs::allowed;
use crate::place::{beside, is_shared_place};
use crate::read::bytes_of;
use crate::tree::{below, carry, empty_folders_in, folders_in, names_in};
use crate::{mounts, sys, text};

/// Writes the folder `to` with these files, by their names with `/`, in one step; returns where what stood in the place
/// of one is kept. Of the files that `vouched` names with their digests, those that are not among them any more go; what
/// others put there stays.
///
/// # Errors
/// As [`crate::save`]; a disk is mounted there, or the command runs in that folder. The folder is as before then.
pub fn save_whole(
    to: &Path,
    files: &[(String, Vec<u8>)],
    vouched: &BTreeMap<String, String>,
    rules: &Rules<'_>,
) -> Result<Vec<PathBuf>, Error> {
    let real = allowed(to, rules)?;
    may_be_exchanged(&real, to)?;
    sys::create_folders(folder_of(&real)).map_err(Error::writing(to))?;
    let desk = Desk::open(&real, to)?;
    let place = Aside::of(&real);
    let writing = |cause: io::Error| Error::writing(to)(cause);
    place.clear(&|name| desk.knows(name, &BTreeMap::new())).map_err(writing)?;
    let wanted: Vec<Wanted<'_>> = files
        .iter()
        .map(|(name, bytes)| Wanted { name: place.listed(name), path: below(&real, name), bytes })
        .collect();
    let vouched: BTreeMap<String, String> =
        vouched.iter().map(|(name, known)| (place.listed(name), known.clone())).collect();
    let ground = desk.look(&wanted, &vouched, rules)?;
    let next = Next { place: &place, desk: &desk, wanted: &wanted, ground: &ground };
    let Others { theirs, gone } = next.others(&vouched).map_err(Error::reading(to))?;
    let is_there = ground.stood.iter().zip(&wanted).all(|(was, file)| was.as_deref() == Some(file.bytes));
    if is_there && gone.is_empty() {
        return desk.note(ground.next).map(|()| Vec::new());
    }
    // The list first: a file that it names and that is not there yet is nobody's loss.
    let mut list = ground.next.clone();
    for (name, known) in gone {
        list.entry(key(&name)).or_default().insert(known);
    }
    desk.note(list.clone())?;
    let made = next.grow(&theirs).and_then(|kept| place.swap().map_err(writing).map(|()| kept));
    // What cannot be cleared now is cleared by the next command.
    let _ = place.clear(&|name| list.get(&key(name)).cloned().unwrap_or_default());
    made
}

/// Refuses a folder that cannot change places with another.
fn may_be_exchanged(real: &Path, to: &Path) -> Result<(), Error> {
    let shown = to.display();
    if !mounts::at_or_below(real).is_empty() {
        return Err(Error::Argument {
            reason: text!(
                "{shown} 是一块单独的磁盘，或者里面挂着别的磁盘，没有写；请写到磁盘里的一个新文件夹",
                "{shown} is a disk of its own or has one mounted in it, and was not written; name a new folder on that disk"
            ),
        });
    }
    if is_shared_place(real) {
        return Err(Error::Argument {
            reason: text!(
                "{shown} 是大家共用的或系统的文件夹，没有写；请写到它里面的一个新文件夹",
                "{shown} is a folder of the system or shared by everybody, and was not written; name a new folder in it"
            ),
        });
    }
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    if here.is_ok_and(|here| here.starts_with(real)) {
        return Err(Error::Argument {
            reason: text!(
                "{shown} 是命令行现在所在的文件夹，没有写；请写到它里面或旁边的一个新文件夹",
                "{shown} is the folder this command runs in, and was not written; name a new folder in it or beside it"
            ),
        });
    }
    Ok(())
}

/// What stands in a folder besides the files that are wanted.
#[derive(Default)]
struct Others {
    /// What others put there, by name.
    theirs: Vec<String>,
    /// The files of ours that go, by their names in the list, each with its digest.
    gone: Vec<(String, String)>,
}

/// A folder that is going to be.
struct Next<'a> {
    place: &'a Aside,
    desk: &'a Desk,
    wanted: &'a [Wanted<'a>],
    ground: &'a Ground,
}

impl Next<'_> {
    /// Returns what others put into the folder that stands there, and the files of ours that go, each with its digest.
    fn others(&self, vouched: &BTreeMap<String, String>) -> io::Result<Others> {
        let Others { mut theirs, mut gone } = Others::default();
        if !is_there(&self.place.out) {
            return Ok(Others { theirs, gone });
        }
        for name in names_in(&self.place.out)? {
            let listed = self.place.listed(&name);
            if self.wanted.iter().any(|file| file.name == listed) {
                continue;
            }
            let path = below(&self.place.out, &name);
            let is_file = fs::symlink_metadata(&path)?.is_file();
            let known =
                if is_file && vouched.contains_key(&listed) { Some(digest(&fs::read(&path)?)) } else { None };
            match known.filter(|known| self.desk.knows(&listed, vouched).contains(known)) {
                Some(known) => gone.push((listed, known)),
                None => theirs.push(name),
            }
        }
        Ok(Others { theirs, gone })
    }

    /// Makes it beside; returns where what stood in the place of its files will be kept.
    fn grow(&self, theirs: &[String]) -> Result<Vec<PathBuf>, Error> {
        let next = &self.place.next;
        let failed = |cause: io::Error| Error::writing(&self.desk.shown(&self.place.out))(cause);
        sys::create_folder(next).map_err(failed)?;
        if let Ok(stood) = fs::symlink_metadata(&self.place.out) {
            sys::set_permissions(next, stood.permissions()).map_err(failed)?;
        }
        for file in self.wanted {
            let known = fs::symlink_metadata(&file.path).ok();
            let to = self.in_next(&file.path);
            sys::create_folders(folder_of(&to)).map_err(failed)?;
            file::create_like(&to, file.bytes, known.as_ref()).map_err(|error| self.told(error))?;
        }
        for name in theirs {
            let (from, to) = (below(&self.place.out, name), below(next, name));
            sys::create_folders(folder_of(&to)).and_then(|()| carry(&from, &to)).map_err(failed)?;
        }
        for folder in empty_folders_in(&self.place.out).map_err(failed)? {
            sys::create_folders(&self.in_next(&folder)).map_err(failed)?;
        }
        let kept =
            self.ground.foreign.iter().map(|number| self.keep(*number)).collect::<Result<Vec<_>, _>>()?;
        folders_in(next)
            .and_then(|all| all.iter().try_for_each(|folder| sys::sync_folder(folder)))
            .map_err(failed)?;
        Ok(kept)
    }

    /// Keeps beside a file what stood in its place; returns where it will be found.
    fn keep(&self, number: usize) -> Result<PathBuf, Error> {
        let path = &self.wanted[number].path;
        let bytes = self.ground.stood[number].as_deref().unwrap_or_default();
        for kept in (1u32..).map(|number| beside(path, number)) {
            let to = self.in_next(&kept);
            match bytes_of(&to)? {
                Some(known) if known == bytes => return Ok(kept),
                Some(_) => {}
                None => return file::create(&to, bytes).map(|()| kept).map_err(|error| self.told(error)),
            }
        }
        Ok(path.clone())
    }

    fn in_next(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.place.out).map_or_else(|_| path.to_owned(), |rest| self.place.next.join(rest))
    }

    /// Returns an error with the name that a person knows.
    fn told(&self, error: Error) -> Error {
        let known = |path: PathBuf| match path.strip_prefix(&self.place.next) {
            Ok(rest) => self.desk.shown(&self.place.out.join(rest)),
            Err(_) => path,
        };
        match error {
            Error::Write { path, cause } => Error::Write { path: known(path), cause },
            Error::Read { path, cause } => Error::Read { path: known(path), cause },
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO: Rules<'static> = Rules { catalogue: None, force: false, once: false };

    fn files(text: &str) -> [(String, Vec<u8>); 2] {
        ["a.txt", "b/c.txt"].map(|name| (name.to_owned(), text.as_bytes().to_vec()))
    }

    fn read(path: &Path) -> String {
        fs::read_to_string(path).expect("the file can be read")
    }

    /// Returns all names in a folder but those of our list.
    fn names(folder: &Path) -> Vec<String> {
        let mut names = names_in(folder).expect("the folder can be read");
        names.retain(|name| !name.ends_with(".qingdan-outputs"));
        names
    }

    #[test]
    fn a_folder_is_written_whole_or_not_at_all() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let folder = temp.path().join("pack");
        let none = BTreeMap::new();
        let save = |text: &str, vouched: &BTreeMap<String, String>, rules: &Rules<'_>| {
            save_whole(&folder, &files(text), vouched, rules)
        };
        save("1", &none, &NO).expect("nothing is there");
        save("1", &none, &NO).expect("nothing is to be done");
        fs::write(folder.join("b/c.txt"), "corrected by hand").expect("a file");
        save("2", &none, &NO).expect_err("one was changed");
        assert_eq!(read(&folder.join("a.txt")), "1");
        let vouched = BTreeMap::from([("b/c.txt".to_owned(), digest(b"corrected by hand"))]);
        save("2", &vouched, &NO).expect("somebody vouches for it");
        fs::write(folder.join("b/d.txt"), "theirs").expect("a file");
        fs::create_dir_all(folder.join("e/f")).expect("a folder");
        fs::write(folder.join("a.txt"), "filled in").expect("a file");
        let kept = save("3", &none, &Rules { force: true, ..NO }).expect("told to");
        assert_eq!(kept.iter().map(|path| read(path)).collect::<Vec<_>>(), ["filled in"]);
        assert_eq!(names(temp.path()), ["pack/a.txt", "pack/a.原件.txt", "pack/b/c.txt", "pack/b/d.txt"]);
        assert!(folder.join("e/f").is_dir(), "empty folders stay");
        let gone = BTreeMap::from([("b/c.txt".to_owned(), digest(b"3"))]);
        save_whole(&folder, &files("4")[..1], &gone, &NO).expect("one goes");
        assert_eq!(names(temp.path()), ["pack/a.txt", "pack/a.原件.txt", "pack/b/d.txt"]);
        assert_eq!(
            (read(&folder.join("a.txt")), read(&folder.join("b/d.txt"))),
            ("4".into(), "theirs".into())
        );
    }

    #[test]
    fn what_a_kill_left_is_cleared_and_what_somebody_put_there_is_not_lost() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let folder = temp.path().join("pack");
        save_whole(&folder, &files("1"), &BTreeMap::new(), &NO).expect("nothing is there");
        for name in [".pack.qingdan-pack", ".pack.qingdan-pack-last"] {
            let left = temp.path().join(name);
            fs::create_dir(&left).expect("a folder");
            for (name, text) in
                [("a.txt", "1"), (".x.qingdan-tmp", "half"), ("new.txt", "theirs"), ("b.txt", name)]
            {
                fs::write(left.join(name), text).expect("a file");
            }
        }
        crate::save(&temp.path().join("report.txt"), b"1", &NO).expect("any command clears it");
        let there =
            ["pack/a.txt", "pack/b.txt", "pack/b.原件.txt", "pack/b/c.txt", "pack/new.txt", "report.txt"];
        assert_eq!(names(temp.path()), there);
        fs::rename(&folder, temp.path().join(".pack.qingdan-pack-last")).expect("as in two steps");
        crate::save(&temp.path().join("report.txt"), b"2", &NO).expect("any command puts it back");
        assert_eq!(names(temp.path()), there);
    }

    #[test]
    fn folders_of_everybody_are_not_exchanged() {
        for folder in [std::env::temp_dir().as_path(), Path::new(".")] {
            save_whole(folder, &files("1"), &BTreeMap::new(), &Rules { force: true, ..NO })
                .expect_err("refused");
        }
    }
}
