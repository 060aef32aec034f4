//! A build to which everything happens that can happen to a disk, at every call that changes it.
#![cfg(all(unix, debug_assertions))]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use qingdan_storage::faults::{self, Fault};
use tempfile::TempDir;

use super::tests::{A, B, tree, write};
use super::{Sink, SiteFolder, Written};
use crate::diagnostic::Error;
use crate::route::Route;

const ENOSPC: i32 = 28;
const EIO: i32 = 5;
const EACCES: i32 = 13;

/// Makes a folder in memory where the system has one: thousands of flushes of a disk take minutes.
fn temporary() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("there is room for temporary files")
}

/// Makes a folder with site A, files of others around and in it, and one that comes while it is swapped.
fn prepared() -> TempDir {
    let temp = temporary();
    let out = temp.path().join("public");
    build(&out, A, false, || {}).expect("room for the site");
    write(&out.join("CNAME"), "example.org");
    write(&out.join("zh/a/photo.txt"), "photo");
    write(&temp.path().join("thesis.docx"), "mine");
    temp
}

fn build(out: &Path, files: &[(&str, &str)], two_steps: bool, late: impl FnOnce()) -> Result<Written, Error> {
    let mut site = SiteFolder::begin(out, &[], false)?;
    site.swap_in_two_steps = two_steps;
    for (name, text) in files {
        let route = Route::new(*name);
        // Each is remembered by what it says: a store that outlives its site must not be believed.
        if !site.keep(name, text)? {
            site.put(&route, text.as_bytes())?;
            site.made(name, text, &[&route]);
        }
    }
    site.commit_while(late)
}

fn pages(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Asserts that one whole site is in `out`, with all files of others; returns which.
fn whole(out: &Path, is_late: bool, told: &str) -> char {
    let mut files = tree(out);
    assert_eq!(files.remove("CNAME").as_deref(), Some("example.org"), "{told}");
    assert_eq!(files.remove("zh/a/photo.txt").as_deref(), Some("photo"), "{told}");
    let late = files.remove("uploads/late.txt");
    assert!(!is_late || late.as_deref() == Some("late"), "{told}: what came meanwhile is lost");
    files.remove(".qingdan-manifest").unwrap_or_else(|| panic!("{told}: a site has its manifest"));
    match files {
        files if files == pages(A) => 'A',
        files if files == pages(B) => 'B',
        files => panic!("{told}: a mixture: {files:?}"),
    }
}

/// Lets every call of a build meet `fault`; returns how many there were.
fn everywhere(fault: Fault, two_steps: bool) -> usize {
    let clean = prepared();
    let out = clean.path().join("public");
    let late = || write(&out.join("uploads/late.txt"), "late");
    let (result, calls) = faults::with(clean.path(), 0, Fault::None, || build(&out, B, two_steps, late));
    assert!(result.is_ok() && calls > 30, "{result:?}, {calls} calls");
    for at in 0..calls {
        let temp = prepared();
        let out = temp.path().join("public");
        let told = format!("{fault:?} at {at}, {two_steps}");
        let mut came = false;
        let (result, _) = faults::with(temp.path(), at, fault, || {
            build(&out, B, two_steps, || {
                write(&out.join("uploads/late.txt"), "late");
                came = true;
            })
        });
        // Between its two steps a killed swap leaves no site until the next run.
        if out.exists() || !two_steps {
            let found = whole(&out, false, &told);
            assert!(result.is_err() || found == 'B', "{told}: done, and the old site is there");
        }
        build(&out, B, two_steps, || {}).unwrap_or_else(|error| panic!("{told}: the next run: {error:?}"));
        assert_eq!(whole(&out, came, &told), 'B', "{told}");
        assert_eq!(fs::read_to_string(temp.path().join("thesis.docx")).expect("a file"), "mine");
        let left = fs::read_dir(temp.path()).expect("readable").map(|e| e.expect("an entry").file_name());
        let left: Vec<_> = left.filter(|name| name != ".public.qingdan-store").collect();
        assert_eq!(left.len(), 2, "{told}: litter: {left:?}");
    }
    calls
}

#[test]
fn at_every_call_a_killed_build_leaves_one_site_and_loses_nothing_of_others() {
    eprint_calls("killed", [false, true].map(|two_steps| everywhere(Fault::Kill, two_steps)));
}

#[test]
fn at_every_call_a_failing_disk_leaves_one_site_and_loses_nothing_of_others() {
    for code in [ENOSPC, EIO, EACCES] {
        eprint_calls("once", [false, true].map(|two_steps| everywhere(Fault::Once(code), two_steps)));
        eprint_calls("for good", [false, true].map(|two_steps| everywhere(Fault::Always(code), two_steps)));
    }
}

#[expect(
    clippy::print_stderr,
    reason = "says how many calls there were, for whoever runs it with --nocapture"
)]
fn eprint_calls(how: &str, [one, two]: [usize; 2]) {
    eprintln!("{how}: {one} calls; {two} in two steps");
}
