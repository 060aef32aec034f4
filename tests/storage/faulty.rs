//! Every command, with a fault at every call that changes the disk. It runs in a process of its own, which says much.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

use qingdan::storage::faults::{self, Fault};

use crate::cases::{CASES, Case, is_trace, temporary, without_records};
use crate::files::{self, Tree};

/// Set for the child: the one case it is about.
const CASE: &str = "QINGDAN_TEST_FAULTY_CASE";
/// Set by whoever wants every call tried.
pub const ALL: &str = "QINGDAN_TEST_ALL";
const ENOSPC: i32 = 28;
const EIO: i32 = 5;
const EACCES: i32 = 13;
const FAULTS: &[Fault] =
    &[Fault::Kill, Fault::Once(ENOSPC), Fault::Once(EIO), Fault::Once(EACCES), Fault::Always(ENOSPC)];
/// Calls that are killed, and that fail in each way; the layer itself is tried call by call beside its code. All of them
/// with `QINGDAN_TEST_ALL=1`, which takes half an hour.
const KILLED: usize = 6;
const FAILING: usize = 1;

fn run(case: &Case, desk: &Path) -> u8 {
    let words =
        [vec!["qingdan".to_owned(), "--lang".to_owned(), "en".to_owned()], case.arguments(desk)].concat();
    let code = format!("{:?}", qingdan::cli::main(words));
    let is = |wanted: u8| code == format!("{:?}", ExitCode::from(wanted));
    (0..=2).find(|wanted| is(*wanted)).expect("there are three exit codes")
}

fn laid(tree: &Tree) -> tempfile::TempDir {
    let temp = temporary();
    files::write(temp.path(), tree);
    temp
}

/// Asserts that each file is as before or as after.
fn assert_old_or_new(now: &Tree, before: &Tree, after: &Tree, told: &str) {
    for name in now.keys().chain(before.keys()).filter(|name| !is_trace(name)) {
        let there = now.get(name);
        assert!(
            there == before.get(name) || there == after.get(name),
            "{told}: {name} is neither the old one nor the new one: {:?}",
            there.map(|bytes| String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned())
        );
    }
}

/// Asserts that the files of a filing pack are all those of before, or all those of after.
fn assert_whole(now: &Tree, before: &Tree, after: &Tree, told: &str) {
    let pack = |tree: &Tree| -> Tree {
        let files = tree.iter().filter(|(name, _)| name.starts_with("out/pack/") && !is_trace(name));
        files.map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
    };
    let now = pack(now);
    assert!(now == pack(before) || now == pack(after), "{told}: half a pack: {:?}", now.keys());
}

/// Lets calls of a command meet a fault; returns how many were tried.
fn try_case(case: &Case) -> usize {
    let before = case.desk();
    let clean = laid(&before);
    let (code, calls) = faults::with(clean.path(), 0, Fault::None, || run(case, clean.path()));
    assert!(code != 2 && calls > 2, "{}: code {code}, {calls} calls", case.name);
    let after = without_records(files::tree(clean.path()));
    assert!(after != without_records(before.clone()), "{}: nothing came of it", case.name);
    assert!(!after.keys().any(|name| is_trace(name)), "{}: {:?}", case.name, after.keys());
    let mut tried = 0;
    for fault in FAULTS {
        // What belongs together can be torn at any call.
        let count = match *fault {
            _ if env::var_os(ALL).is_some() => calls,
            Fault::Kill if case.name.starts_with("filing") => 2 * KILLED,
            Fault::Kill => KILLED,
            Fault::None | Fault::Once(_) | Fault::Always(_) => FAILING,
        };
        // Another call in each case and for each fault.
        let first = tried + case.name.len();
        for at in (0..count.min(calls)).map(|number| (number * calls / count + first) % calls) {
            let told = format!("{}: {fault:?} at {at} of {calls}", case.name);
            let temp = laid(&before);
            let desk = temp.path();
            let (first, _) = faults::with(desk, at, *fault, || run(case, desk));
            let now = without_records(files::tree(desk));
            // The folders of a site change places as a whole; what is in them is asked below.
            if case.name != "build" {
                assert_old_or_new(&now, &before, &after, &told);
            }
            assert_whole(&now, &before, &after, &told);
            let is_done = now.iter().filter(|(name, _)| !is_trace(name)).eq(&after);
            assert!(first == 2 || is_done, "{told}: code {first}, and it is not done");
            let second = run(case, desk);
            let left = without_records(files::tree(desk));
            assert!(second == code || is_done, "{told}: the next run: {second}");
            // What was done is done, though a correction, for one, may be written twice.
            assert!(left == after || is_done, "{told}: after the next run: {:?}", left.keys());
            assert!(!left.keys().any(|name| is_trace(name)), "{told}: litter: {:?}", left.keys());
            tried += 1;
        }
    }
    tried
}

/// Not a test of its own: tries the case that the parent names.
#[test]
fn child_tries_one_case() {
    let Ok(name) = env::var(CASE) else { return };
    let case = CASES.iter().find(|case| case.name == name).expect("there is such a case");
    let tried = try_case(case);
    std::fs::write(env::var_os("QINGDAN_TEST_COUNT").expect("the parent sets it"), tried.to_string())
        .expect("a file");
}

#[test]
fn every_command_leaves_the_old_files_or_the_new_ones_and_the_next_run_is_clean() {
    let temp = temporary();
    let try_apart = |case: &Case| {
        let count = temp.path().join(case.name);
        let mut child = Command::new(env::current_exe().expect("the test program has a path"));
        child.args(["--exact", "faulty::child_tries_one_case", "--nocapture"]);
        let ran = child.env(CASE, case.name).env("QINGDAN_TEST_COUNT", &count).output().expect("it runs");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        let end = said.char_indices().rev().nth(3000).map_or(0, |(at, _)| at);
        assert!(ran.status.success(), "{}: {}", case.name, &said[end..]);
        let tried: usize = std::fs::read_to_string(&count).expect("a file").parse().expect("a number");
        assert!(tried >= KILLED + FAILING, "{}: {tried}", case.name);
        (case.name, tried)
    };
    let half = CASES.len() / 2;
    let counts: Vec<(&str, usize)> = std::thread::scope(|threads| {
        let other = threads.spawn(|| CASES[..half].iter().map(try_apart).collect::<Vec<_>>());
        let own: Vec<_> = CASES[half..].iter().map(try_apart).collect();
        other.join().expect("no case failed").into_iter().chain(own).collect()
    });
    eprint_counts(&counts);
}

#[expect(clippy::print_stderr, reason = "says how much was tried, for whoever runs it with --nocapture")]
fn eprint_counts(counts: &[(&str, usize)]) {
    counts.iter().for_each(|(name, tried)| eprintln!("{name}: {tried}"));
    eprintln!("faults: {}", counts.iter().map(|(_, tried)| tried).sum::<usize>());
}
