//! Several files of a catalogue that change together: what they said before stands in one file until all are done.

use std::path::{Path, PathBuf};

use crate::diagnostic::Error;
use crate::digest::digest;
use crate::file;
use crate::read::bytes_of;
use crate::{sys, text};

/// The file, in the catalogue; there only while a command writes, or after a kill.
pub(crate) const NAME: &str = ".catalogue.qingdan-undo";
const FIRST_LINE: &str = "qingdan-undo 1";
/// Stands for the digest of a file that is to go.
const GONE: &str = "-";

/// A change of one file of a catalogue.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its path in the catalogue, with `/`.
    pub path: String,
    /// What it said when it was read. `None` if there was none.
    pub old: Option<Vec<u8>>,
    /// What it is to say. `None` if it goes.
    pub new: Option<Vec<u8>>,
    /// Whether people write it, so that what it said is kept.
    pub is_of_people: bool,
}

impl Change {
    /// Returns the change of a file that people write.
    pub fn of_people(path: &str, old: Option<Vec<u8>>, new: &[u8]) -> Self {
        Self { path: path.to_owned(), old, new: Some(new.to_vec()), is_of_people: true }
    }

    /// Returns the change of a file that only we write.
    pub fn own(path: &str, old: Option<Vec<u8>>, new: &[u8]) -> Self {
        Self { is_of_people: false, ..Self::of_people(path, old, new) }
    }

    /// Returns the change by which a file goes that said `old`; what it said is kept.
    pub fn gone(path: &str, old: Vec<u8>) -> Self {
        Self { path: path.to_owned(), old: Some(old), new: None, is_of_people: true }
    }
}

/// Makes changes; if one fails, those before it are taken back.
///
/// # Errors
/// That of the change that failed; the disk.
pub(crate) fn all_or_none(
    root: &Path,
    changes: &[&Change],
    make: impl Fn(&Change) -> Result<(), Error>,
) -> Result<(), Error> {
    file::create(&root.join(NAME), &record(changes))?;
    match changes.iter().try_for_each(|change| make(change)) {
        Ok(()) => remove(&root.join(NAME)),
        Err(error) => {
            // What cannot be taken back now is taken back by the next command.
            let _ = recover(root);
            Err(error)
        }
    }
}

/// Takes back what a killed command has done of several changes. A file that says something else by now stays.
///
/// # Errors
/// The disk.
pub(crate) fn recover(root: &Path) -> Result<(), Error> {
    let name = root.join(NAME);
    let Some(bytes) = bytes_of(&name)? else { return Ok(()) };
    let changes = parse(&bytes);
    let is_ours =
        bytes.starts_with(FIRST_LINE.as_bytes()) && changes.iter().all(|(path, ..)| is_within(root, path));
    if !is_ours {
        let shown = name.display();
        return Err(Error::Argument {
            reason: text!(
                "{shown} 不是 qingdan 写的，或者说到清单文件夹以外的文件，什么也没有写；看过以后把它移走",
                "{shown} was not written by qingdan, or names files outside the catalogue, so nothing was written; look at it, then move it away"
            ),
        });
    }
    for (path, new, old) in changes {
        let path = path.split('/').fold(root.to_owned(), |folder: PathBuf, part| folder.join(part));
        match (bytes_of(&path)?, old) {
            // It was to go, and is gone.
            (None, Some(old)) if new == GONE => file::create(&path, old)?,
            (Some(now), Some(old)) if digest(&now) == new => file::replace(&path, &now, old)?,
            (Some(now), None) if digest(&now) == new => remove(&path)?,
            _ => {}
        }
    }
    remove(&name)
}

/// Tells whether a path stays in the catalogue: plain names, and no link on the way.
fn is_within(root: &Path, path: &str) -> bool {
    let mut at = root.to_owned();
    path.split('/').all(|name| {
        at.push(name);
        let is_plain = !matches!(name, "" | "." | "..") && !name.contains(['\\', ':']);
        is_plain && std::fs::symlink_metadata(&at).map_or(true, |there| !there.file_type().is_symlink())
    })
}

/// Removes a file of the catalogue.
///
/// # Errors
/// The disk.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    sys::remove_file(path)
        .and_then(|()| sys::sync_folder(file::folder_of(path)))
        .map_err(Error::writing(path))
}

/// Returns the changes as a record: for each a line with the length of what it said, or `-`, the digest of what it is to
/// say, or `-`, and the path, then what it said.
fn record(changes: &[&Change]) -> Vec<u8> {
    let mut record = format!("{FIRST_LINE}\n").into_bytes();
    for Change { path, old, new, .. } in changes {
        let length = old.as_ref().map_or_else(|| "-".to_owned(), |old| old.len().to_string());
        let new = new.as_ref().map_or_else(|| GONE.to_owned(), |new| digest(new));
        record.extend(format!("{length} {new} {path}\n").into_bytes());
        record.extend(old.iter().flatten());
    }
    record
}

/// Reads a record; what is not understood is left out.
fn parse(record: &[u8]) -> Vec<(String, String, Option<&[u8]>)> {
    let mut changes = Vec::new();
    let Some(mut rest) = record.strip_prefix(format!("{FIRST_LINE}\n").as_bytes()) else { return changes };
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let Ok(line) = std::str::from_utf8(&rest[..end]) else { break };
        rest = &rest[end + 1..];
        let mut words = line.splitn(3, ' ');
        let (Some(length), Some(new), Some(path)) = (words.next(), words.next(), words.next()) else { break };
        let old = match length.parse::<usize>() {
            Ok(length) if length <= rest.len() => {
                let old;
                (old, rest) = rest.split_at(length);
                Some(old)
            }
            Ok(_) => break,
            Err(_) => None,
        };
        changes.push((path.to_owned(), new.to_owned(), old));
    }
    changes
}

#[cfg(all(test, unix, debug_assertions))]
mod tests {
    use std::fs;

    use super::*;
    use crate::Session;
    use crate::faults::{self, Fault};

    fn files(root: &Path) -> Vec<(String, String)> {
        let names = ["a/2025.yaml", "editions.lock", "a/2027.yaml", "a/2023.yaml"];
        let read = |name: &str| fs::read_to_string(root.join(name)).unwrap_or_else(|_| "-".to_owned());
        names.map(|name| (name.to_owned(), read(name))).to_vec()
    }

    fn said(texts: [&str; 4]) -> Vec<(String, String)> {
        let names = ["a/2025.yaml", "editions.lock", "a/2027.yaml", "a/2023.yaml"];
        names.into_iter().zip(texts).map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
    }

    fn change(root: &Path) -> Result<(), Error> {
        Session::open(root)?.change(&[
            Change::of_people("a/2025.yaml", Some(b"old\n".to_vec()), b"new\n"),
            Change::own("editions.lock", Some(b"1\n\n2".to_vec()), b"1 2 3"),
            Change::of_people("a/2027.yaml", None, b"begun"),
            Change::gone("a/2023.yaml", b"past\n".to_vec()),
        ])
    }

    /// Makes a folder in memory where the system has one: thousands of flushes of a disk take minutes.
    fn temporary() -> tempfile::TempDir {
        let memory = std::path::Path::new("/dev/shm");
        let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        made.expect("there is room for temporary files")
    }

    fn prepared() -> tempfile::TempDir {
        let temp = temporary();
        fs::create_dir(temp.path().join("a")).expect("a folder");
        fs::write(temp.path().join("a/2025.yaml"), "old\n").expect("a file");
        fs::write(temp.path().join("a/2023.yaml"), "past\n").expect("a file");
        fs::write(temp.path().join("editions.lock"), "1\n\n2").expect("a file");
        temp
    }

    /// Lets every call meet `fault`; returns how many there were.
    fn everywhere(fault: Fault) -> usize {
        let clean = prepared();
        let (result, calls) = faults::with(clean.path(), 0, Fault::None, || change(clean.path()));
        result.expect("the disk works");
        for at in 0..calls {
            let temp = prepared();
            let root = temp.path();
            let (result, _) = faults::with(root, at, fault, || change(root));
            drop(Session::open(root).expect("the next command"));
            let now = files(root);
            let (old, new) =
                (said(["old\n", "1\n\n2", "-", "past\n"]), said(["new\n", "1 2 3", "begun", "-"]));
            assert!(now == old || now == new, "{fault:?} at {at}: {now:?}");
            assert!(result.is_err() || now == new, "{fault:?} at {at}: done and not there");
            let names = fs::read_dir(root).expect("readable").map(|e| e.expect("an entry").file_name());
            let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
            names.retain(|name| name != ".qingdan");
            assert_eq!(names.len(), 2, "{fault:?} at {at}: litter: {names:?}");
            if now == old {
                change(root).expect("the next run");
                assert_eq!(files(root), new);
            }
        }
        calls
    }

    #[test]
    fn several_changes_are_all_made_or_none_whatever_happens_to_the_disk() {
        let faults = [5, 13, 28].into_iter().flat_map(|code| [Fault::Once(code), Fault::Always(code)]);
        for fault in faults.chain([Fault::Kill]) {
            assert!(everywhere(fault) > 20, "{fault:?}");
        }
    }

    #[test]
    fn what_somebody_changed_after_a_kill_is_not_taken_back() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let root = temp.path();
        let changes = [Change::own("x", Some(b"1".to_vec()), b"2"), Change::own("y", None, b"3")];
        fs::write(root.join(NAME), record(&changes.iter().collect::<Vec<_>>())).expect("a file");
        fs::write(root.join("x"), "changed by hand").expect("a file");
        fs::write(root.join("y"), "3").expect("a file");
        recover(root).expect("the disk works");
        assert_eq!(fs::read_to_string(root.join("x")).expect("a file"), "changed by hand");
        assert!(!root.join("y").exists() && !root.join(NAME).exists());
    }

    #[test]
    fn a_record_that_is_not_ours_changes_nothing_and_stays() {
        let around = tempfile::tempdir().expect("there is room");
        let root = around.path().join("catalogue");
        fs::create_dir(&root).expect("there is room");
        let victim = around.path().join("victim");
        fs::write(&victim, "precious").expect("there is room");
        let outside = format!("{FIRST_LINE}\n- {} ../victim\n", digest(b"precious"));
        for record in ["garbage", outside.as_str()] {
            fs::write(root.join(NAME), record).expect("there is room");
            assert!(Session::open(&root).is_err(), "{record}");
            assert_eq!(fs::read_to_string(&victim).expect("it stays"), "precious");
            assert_eq!(fs::read_to_string(root.join(NAME)).expect("it stays"), record);
        }
        fs::remove_file(root.join(NAME)).expect("it is there");
        std::os::unix::fs::symlink(around.path(), root.join(".qingdan")).expect("a link can be made");
        assert!(Session::open(&root).is_err(), "a link leads out");
    }
}
