//! Expected files: compared, rewritten with `UPDATE_EXPECT=1`, and refused when nobody reads them.
#![allow(dead_code, reason = "not every test has files of other kinds")]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The expected files of one test, all below one folder.
pub struct Expected {
    folder: PathBuf,
    read: BTreeSet<String>,
    update: bool,
    complaints: String,
}

impl Expected {
    /// Starts to compare with the files in `folder`, which lies below `tests/`.
    pub fn folder(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
        let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1");
        Self { folder, read: BTreeSet::new(), update, complaints: String::new() }
    }

    /// Compares `found` with the file `name`.
    pub fn compare(&mut self, name: &str, found: &str) {
        self.read.insert(name.to_owned());
        let path = self.folder.join(name);
        // Git may have given the file the line ends of its system.
        let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if expected == found {
            return;
        }
        if self.update {
            let folder = path.parent().expect("a file lies in a folder");
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&path, found))
                .expect("the file can be written");
            return;
        }
        let same =
            expected.lines().zip(found.lines()).take_while(|(expected, found)| expected == found).count();
        let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
        let (path, at, wanted, got) = (path.display(), same + 1, line(&expected), line(found));
        let _ = write!(self.complaints, "\n{path}:{at}\n  expected: {wanted}\n  found:    {got}");
    }

    /// Notes that the file `name` is read in another way.
    pub fn note_read(&mut self, name: &str) {
        self.read.insert(name.to_owned());
    }

    /// Panics if anything differed, or a file in the folder was compared with nothing.
    pub fn finish(mut self) {
        for name in super::files::tree(&self.folder).into_keys().filter(|name| !self.read.contains(name)) {
            let path = self.folder.join(&name);
            if self.update {
                fs::remove_file(&path).expect("the file can be removed");
            } else {
                let _ = write!(self.complaints, "\n{}: no test reads this file", path.display());
            }
        }
        let hint = "if the change is meant, run with UPDATE_EXPECT=1 and look at the difference";
        assert!(self.complaints.is_empty(), "{}\n{hint}", self.complaints);
    }
}
