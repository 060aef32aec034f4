//! The same catalogue gives the same bytes, whatever else differs.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use files::Tree;
use tempfile::TempDir;

/// A temporary folder with a copy of the catalogue that comes with the program.
struct Bench {
    _temp: TempDir,
    root: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let bench = Self::empty();
        files::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &bench.root.join("content"));
        bench
    }

    fn empty() -> Self {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let root = temp.path().canonicalize().expect("the folder was just made");
        Self { _temp: temp, root }
    }

    /// Builds the site with drafts and returns all its files, the manifest among them.
    fn build(&self, environment: &[(&str, &str)]) -> Tree {
        let ran = program::qingdan(&self.root, &["build", "--drafts"], environment);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let site = files::tree(&self.root.join("public"));
        assert!(site.len() > 500, "the site has its pages");
        site
    }

    fn forget_site(&self) {
        fs::remove_dir_all(self.root.join("public")).expect("the site was just built");
    }
}

/// Compares path by path, so that a failure names the file and does not print the site.
fn assert_same(one: &Tree, other: &Tree) {
    let names = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    for (name, bytes) in one {
        assert!(*bytes == other[name], "{name} differs");
    }
}

#[test]
fn any_number_of_threads_and_any_locale_give_the_same_bytes() {
    let bench = Bench::new();
    let first = bench.build(&[]);
    for environment in [("RAYON_NUM_THREADS", "1"), ("RAYON_NUM_THREADS", "8"), ("LANG", "zh_CN.UTF-8")] {
        bench.forget_site();
        assert_same(&first, &bench.build(&[environment]));
    }
}

#[test]
fn a_build_over_the_last_site_gives_the_same_bytes_as_one_from_nothing() {
    let bench = Bench::new();
    let cold = bench.build(&[]);
    assert_same(&cold, &bench.build(&[]));

    let place = bench.root.join("content/fujian/place.yaml");
    let text = fs::read_to_string(&place).expect("the catalogue has Fujian");
    fs::write(&place, text.replace("福建", "示范")).expect("the copy can be written");
    let warm = bench.build(&[]);
    bench.forget_site();
    let changed = bench.build(&[]);
    assert_same(&changed, &warm);
    assert!(changed != cold, "the change can be seen");
}

#[test]
fn folder_and_order_of_files_do_not_matter() {
    let (one, other) = (Bench::new(), Bench::empty());
    let sources = files::tree(&one.root.join("content"));
    // Backwards, and those at odd places after the others: file systems list by time or by hash of the name.
    let backwards: Vec<_> = sources.iter().rev().collect();
    let (even, odd): (Vec<_>, Vec<_>) = backwards.into_iter().enumerate().partition(|(at, _)| at % 2 == 0);
    files::write(&other.root.join("content"), even.into_iter().chain(odd).map(|(_, file)| file));
    assert_same(&one.build(&[]), &other.build(&[]));
}
