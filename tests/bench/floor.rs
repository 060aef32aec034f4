//! The floor: what the disk alone takes for the same site.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// Threads that write.
const THREADS: usize = 2;

/// Every file of a site, relative to its root, with its bytes.
#[derive(Default)]
pub(crate) struct Site(Vec<(PathBuf, Vec<u8>)>);

impl Site {
    /// Reads the site in `root`.
    pub(crate) fn read(root: &Path) -> Self {
        let mut files = Vec::new();
        collect(root, root, &mut files);
        files.sort();
        Self(files)
    }

    /// Returns how many files there are.
    pub(crate) fn files(&self) -> usize {
        self.0.len()
    }

    /// Returns how many of them are pages.
    pub(crate) fn pages(&self) -> usize {
        self.0.iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html")).count()
    }

    /// Returns their size together.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.iter().map(|(_, bytes)| bytes.len() as u64).sum()
    }

    /// Writes the files to the fresh folder `root`, plainly and with two threads; returns the time.
    pub(crate) fn write(&self, root: &Path) -> Duration {
        let started = Instant::now();
        let folders: BTreeSet<PathBuf> =
            self.0.iter().filter_map(|(path, _)| Some(root.join(path.parent()?))).collect();
        for folder in folders {
            fs::create_dir_all(folder).expect("the floor can be written");
        }
        thread::scope(|scope| {
            for share in self.0.chunks(self.0.len().div_ceil(THREADS).max(1)) {
                scope.spawn(move || write_share(root, share));
            }
        });
        started.elapsed()
    }
}

fn write_share(root: &Path, share: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in share {
        fs::write(root.join(path), bytes).expect("the floor can be written");
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("the site was just written") {
        let path = entry.expect("the site was just written").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("it was found below the root").to_owned();
            files.push((name, fs::read(&path).expect("the site was just written")));
        }
    }
}
