//! Two commands at once, every pair of those that write into a catalogue, and each with itself.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::cases::{CASES, Case, is_trace, temporary, without_records};
use crate::files::{self, Tree};

/// Those that are tried with each other unless all are asked for (`QINGDAN_TEST_ALL=1`, two minutes).
const USUAL: &[&str] = &["fix", "new", "issue", "query", "build"];

/// One desk on which each of these has something to do.
const NAMES: &[&str] =
    &["fix", "fmt", "translated", "new", "issue", "review", "query", "import", "schema", "build"];

fn desk() -> Tree {
    let mut desk = Tree::new();
    for name in NAMES {
        let case = case(name);
        // What the cases change is merged; the list is changed by several, at its head or at its end.
        for (file, bytes) in case.desk() {
            let is_changed = |known: &Vec<u8>| known.len() < bytes.len();
            if !desk.contains_key(&file) || desk.get(&file).is_some_and(is_changed) {
                desk.insert(file, bytes);
            }
        }
    }
    desk
}

fn case(name: &str) -> &'static Case {
    CASES.iter().find(|case| case.name == name).expect("there is such a case")
}

fn start(case: &Case, desk: &Path) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qingdan"));
    command.args(case.arguments(desk)).args(["--lang", "en"]).current_dir(desk);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("cargo built the program")
}

fn one_after_the_other(desk: &Tree, cases: [&Case; 2]) -> (Tree, [Option<i32>; 2]) {
    let temp = temporary();
    files::write(temp.path(), desk);
    let codes = cases.map(|case| start(case, temp.path()).wait_with_output().expect("it ends").status.code());
    (without_records(files::tree(temp.path())), codes)
}

#[test]
fn two_commands_at_once_do_what_they_do_one_after_the_other() {
    let desk = desk();
    let names = if std::env::var_os("QINGDAN_TEST_ALL").is_some() { NAMES } else { USUAL };
    let mut pairs = 0;
    for (at, one) in names.iter().enumerate() {
        for other in &names[at..] {
            let (one, other) = (case(one), case(other));
            let temp = temporary();
            files::write(temp.path(), &desk);
            let started = [start(one, temp.path()), start(other, temp.path())];
            let ended: Vec<Output> = started.map(|child| child.wait_with_output().expect("it ends")).into();
            let came = without_records(files::tree(temp.path()));
            let codes = [ended[0].status.code(), ended[1].status.code()];
            let said: Vec<_> = ended.iter().map(|ended| String::from_utf8_lossy(&ended.stderr)).collect();
            let told = format!("{} beside {}: {codes:?} {said:#?}", one.name, other.name);
            assert!(!came.keys().any(|name| is_trace(name)), "{told}: {:?}", came.keys());
            // A build does not wait for the catalogue: it shows what it has read, before or after or in between.
            if [one.name, other.name].contains(&"build") {
                assert!(codes.iter().all(Option::is_some), "{told}");
                continue;
            }
            let (forth, mut back) =
                (one_after_the_other(&desk, [one, other]), one_after_the_other(&desk, [other, one]));
            back.1.reverse();
            let is_either = [&forth, &back].into_iter().any(|(tree, ends)| *tree == came && *ends == codes);
            assert!(is_either, "{told}");
            pairs += 1;
        }
    }
    assert!(pairs >= 10, "{pairs}");
}
