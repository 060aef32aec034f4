//! What the watched folders look like, so that a change is noticed where the system says nothing of it.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::watch::is_temporary;

/// How deep folders are looked into; a catalogue has five levels.
const DEEPEST: usize = 16;

/// The files below some folders, with their size and when they were changed.
///
/// No numbers of files (inodes): some network shares make them up anew each time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    files: BTreeMap<PathBuf, (u64, Option<SystemTime>)>,
}

impl Survey {
    /// Looks at everything in `paths`. What cannot be looked at is as if it were not there.
    pub fn of(paths: &[PathBuf]) -> Self {
        let mut survey = Self::default();
        for path in paths {
            if let Ok(about) = fs::metadata(path) {
                survey.take_in(path, &about, paths, 0);
            }
        }
        survey
    }

    fn take_in(&mut self, path: &Path, about: &Metadata, roots: &[PathBuf], depth: usize) {
        if !about.is_dir() {
            self.files.insert(path.to_owned(), (about.len(), about.modified().ok()));
            return;
        }
        // A folder counts by what is in it: files of editors change its own day.
        self.files.insert(path.to_owned(), (0, None));
        let entries = fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
        for entry in entries.filter(|_| depth < DEEPEST) {
            // Of a link itself: what it leads to is not read either.
            let (path, about) = (entry.path(), entry.metadata());
            if let (Ok(about), false) = (about, is_temporary(&path, roots)) {
                self.take_in(&path, &about, roots, depth + 1);
            }
        }
    }
}

/// What tells a folder from another that was put in its place, where the system has such a thing.
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let about = fs::metadata(path).ok()?;
        Some((about.dev(), about.ino()))
    }
    #[cfg(not(unix))]
    {
        let created = fs::metadata(path).ok()?.created().ok()?;
        let since = created.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some((since.as_secs(), u64::from(since.subsec_nanos())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_sees_saves_new_files_and_lost_ones_and_no_litter() {
        let folder = tempfile::tempdir().expect("a folder");
        let roots = [folder.path().to_owned()];
        let survey = || Survey::of(&roots);
        let mut before = survey();
        let mut differs = |expected: bool, what: &str| {
            let now = survey();
            assert_eq!(now != before, expected, "{what}");
            before = now;
        };
        fs::create_dir_all(folder.path().join("a/b")).expect("a folder");
        differs(true, "folders");
        fs::write(folder.path().join("a/b/c.yaml"), "1").expect("a file");
        differs(true, "a new file");
        differs(false, "nothing");
        fs::write(folder.path().join("a/b/c.yaml"), "12").expect("a file");
        differs(true, "a save");
        fs::write(folder.path().join("a/b/.c.yaml.swp"), "12").expect("a file");
        fs::write(folder.path().join("a/c.yaml~"), "12").expect("a file");
        differs(false, "files of editors");
        fs::remove_file(folder.path().join("a/b/c.yaml")).expect("it is there");
        differs(true, "a file less");
    }
}
