//! Builds that are killed at random moments. The test program runs itself as the build.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs, thread};

use tempfile::TempDir;

use super::tests::tree;
use super::{Sink, SiteFolder};
use crate::route::Route;

/// Set for the child: the output folder.
const OUT: &str = "QINGDAN_TEST_KILLED_BUILD";
/// Set for the child: swap in two steps, as on systems that cannot exchange folders.
const TWO_STEPS: &str = "QINGDAN_TEST_TWO_STEPS";
const LOCK: &str = ".public.qingdan-lock";
const CHILD: &str = "output::kill_tests::child_builds_until_killed";

/// The files of site A or B: some the same in both, some changed, some only in one.
fn site(version: char) -> BTreeMap<String, String> {
    let pages = (0..300).map(|page| match page % 4 {
        0 => (format!("same/{}/{page}.html", page % 10), "same".to_owned()),
        1 => (format!("only-{version}/{page}.html"), format!("page {version}")),
        _ => (format!("p/{}/{page}.html", page % 10), format!("page {version} {page}").repeat(50)),
    });
    pages.collect()
}

fn build(out: &Path, version: char, two_steps: bool) {
    let mut folder = SiteFolder::begin(out, &[], true).expect("nobody else builds");
    folder.swap_in_two_steps = two_steps;
    for (route, text) in site(version) {
        folder.put(&Route::new(route), text.as_bytes()).expect("the disk works");
    }
    folder.commit().expect("the disk works");
}

/// Not a test of its own: builds A, B, A … until it is killed.
#[test]
fn child_builds_until_killed() {
    let Some(out) = env::var_os(OUT).map(PathBuf::from) else { return };
    loop {
        for version in ['A', 'B'] {
            build(&out, version, env::var_os(TWO_STEPS).is_some());
        }
    }
}

fn start(out: &Path, two_steps: bool) -> Child {
    let mut command = Command::new(env::current_exe().expect("the test program has a path"));
    command.args(["--exact", CHILD, "--nocapture"]).env(OUT, out).stdout(Stdio::null());
    if two_steps {
        command.env(TWO_STEPS, "1");
    }
    command.spawn().expect("the test program runs")
}

/// Waits until the child has taken the lock.
fn wait_for_build(folder: &Path) {
    let patience = Instant::now() + Duration::from_secs(20);
    while !folder.join(LOCK).exists() {
        assert!(Instant::now() < patience, "the build starts");
        thread::sleep(Duration::from_micros(200));
    }
}

/// Tells which site is in `out`; panics if it is a mixture.
fn version_in(out: &Path) -> char {
    let mut files = tree(out);
    files.remove(".qingdan-manifest").expect("a site has its manifest");
    assert_eq!(files.remove("CNAME").as_deref(), Some("example.org"), "foreign files are kept");
    let whole = ['A', 'B'].into_iter().find(|version| files == site(*version));
    whole.expect("the folder holds one whole site")
}

/// Kills `times` builds, each a random while after its start, and returns how often A and B were there,
/// and how often neither.
fn kill_builds(times: u32, two_steps: bool) -> [u32; 3] {
    let temp = TempDir::new().expect("a temporary folder");
    let out = temp.path().join("public");
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("CNAME"), "example.org").expect("a file");
    build(&out, 'A', two_steps);
    let start_of_build = Instant::now();
    build(&out, 'B', two_steps);
    // Long enough for two builds on this machine, so that the kills fall all over one.
    let longest = 2 * u64::try_from(start_of_build.elapsed().as_micros()).expect("a short build");
    let mut random = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970").as_nanos() as u64 | 1;
    let mut seen = [0; 3];
    for _ in 0..times {
        // What the last child left would look like the next one's.
        let _ = fs::remove_file(temp.path().join(LOCK));
        let mut child = start(&out, two_steps);
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        wait_for_build(temp.path());
        thread::sleep(Duration::from_micros((random >> 33) % longest));
        child.kill().expect("the build still runs");
        child.wait().expect("the build ends");
        if two_steps && !out.exists() {
            seen[2] += 1;
            drop(SiteFolder::begin(&out, &[], false).expect("the next build restores the last site"));
        }
        seen[usize::from(version_in(&out) == 'B')] += 1;
    }
    build(&out, 'B', two_steps);
    assert_eq!(version_in(&out), 'B');
    let left = fs::read_dir(temp.path()).expect("readable").count();
    assert_eq!(left, if cfg!(unix) { 1 } else { 2 }, "only the site is left (and a lock file on Windows)");
    seen
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn a_killed_build_leaves_one_whole_site() {
    let [a, b, _] = kill_builds(40, false);
    eprint_seen("exchanged", [a, b, 0]);
}

#[test]
fn a_build_killed_between_two_steps_is_restored() {
    eprint_seen("in two steps", kill_builds(40, true));
}

#[expect(clippy::print_stderr, reason = "says how the kills fell, for whoever runs it with --nocapture")]
fn eprint_seen(how: &str, [a, b, neither]: [u32; 3]) {
    eprintln!("{how}: A {a} times, B {b} times, restored {neither} times");
}
