//! Mistakes that staff really make, and what must be said of them: the right line, in words a clerk
//! understands, once, and nothing else.
//!
//! The cases lie in `tests/slips/cases`, each a small change of the catalogue in `tests/slips/base` (with the
//! vocabulary of `content/`). A case that is known to fail is named in `tests/slips/known.txt` with the
//! reason, and must fail; `UPDATE_EXPECT=1` writes that file anew.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "slips/case.rs"]
mod case;
#[path = "slips/judge.rs"]
mod judge;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use case::{Case, Fix};
use rayon::prelude::*;

/// What lies in a file.
pub type Bytes = Vec<u8>;

/// The catalogue that every case changes, by path.
type Files = BTreeMap<String, Bytes>;

/// Returns the path of something in the repository.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn base() -> Files {
    let mut files = Files::new();
    collect(&here("tests/slips/base"), "", &mut files);
    collect(&here("content/vocabulary"), "vocabulary/", &mut files);
    files
}

/// Reads the files below `folder`, with the line ends the repository has.
fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let entry = entry.expect("the folder can be read");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            let text = fs::read_to_string(entry.path()).expect("the base is UTF-8");
            files.insert(path, text.replace("\r\n", "\n").into_bytes());
        }
    }
}

/// The cases known to fail, each with the reason.
fn known() -> BTreeMap<String, String> {
    let text = fs::read_to_string(here("tests/slips/known.txt")).unwrap_or_default();
    let entries = text.lines().filter(|line| !line.starts_with('#'));
    entries.filter_map(|line| line.split_once(" — ")).map(|(name, why)| (name.into(), why.into())).collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "the score is for whoever asks with --nocapture")]
fn every_slip_is_explained_once_and_nothing_else_is_said() {
    let base = base();
    let cases = case::all(&base);
    let results: Vec<(&Case, Vec<String>)> =
        cases.par_iter().map(|case| (case, judge::complaints(&base, case))).collect();
    println!("{}", table(&results));
    let failing: BTreeMap<String, String> = results
        .iter()
        .filter(|(_, complaints)| !complaints.is_empty())
        .map(|(case, complaints)| (format!("{}: {}", case.group, case.name), complaints.join("; ")))
        .collect();
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        let lines: String =
            failing.iter().map(|(name, why)| format!("{name} — {}\n", one_line(why))).collect();
        let head = "# Cases of tests/slips/cases that fail, and what is wrong with each.\n";
        fs::write(here("tests/slips/known.txt"), format!("{head}{lines}")).expect("the list can be written");
        return;
    }
    let known = known();
    let new: String = failing
        .iter()
        .filter(|(name, _)| !known.contains_key(*name))
        .map(|(name, why)| format!("\n{name}\n    {}", why.replace("; ", "\n    ")))
        .collect();
    let gone: Vec<&String> = known.keys().filter(|name| !failing.contains_key(*name)).collect();
    assert!(new.is_empty(), "{new}");
    assert!(gone.is_empty(), "no longer failing, to be taken off tests/slips/known.txt: {gone:#?}");
}

/// Returns the score: cases and those that are right, by group.
fn table(results: &[(&Case, Vec<String>)]) -> String {
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (case, complaints) in results {
        for group in [case.group.as_str(), "~ all"] {
            let (cases, right) = groups.entry(group).or_default();
            *cases += 1;
            *right += usize::from(complaints.is_empty());
        }
    }
    let mut table = String::new();
    for (group, (cases, right)) in groups {
        let _ = writeln!(table, "{group:<16}{right:>4} of {cases:>3}");
    }
    table
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

#[test]
fn names_of_cases_are_their_own() {
    let base = base();
    let mut names: Vec<String> =
        case::all(&base).into_iter().map(|case| format!("{}: {}", case.group, case.name)).collect();
    names.sort();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for name in known().keys() {
        assert!(names.contains(name), "known.txt names `{name}`, which is no case");
    }
}

#[test]
fn nothing_lies_in_the_folder_that_no_test_reads() {
    assert_eq!(judge::unread(), Vec::<String>::new());
}

#[test]
fn qingdan_fix_makes_the_repairs() {
    let base = base();
    let known = known();
    let cases = case::all(&base);
    let is_right = |case: &&Case| !known.contains_key(&format!("{}: {}", case.group, case.name));
    let asked = cases.par_iter().filter(|case| case.fix != Fix::Unasked).filter(is_right);
    let complaint = |case: &Case| {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let kept = base.iter().filter(|(path, _)| !case.gone.contains(path));
        for (path, bytes) in kept.chain(&case.files) {
            let path = temp.path().join("c").join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
            fs::write(path, bytes).expect("the file can be written");
        }
        let ran = program::qingdan(temp.path(), &["fix", "c", "--today", "2026-01-01"], &[]);
        let path = temp.path().join("c").join(&case.path);
        let text = String::from_utf8(fs::read(&path).expect("it is there")).unwrap_or_default();
        let is_as_asked = match case.fix {
            // A byte order mark stays.
            Fix::Exact => text.trim_start_matches('\u{feff}') == case.fixed,
            Fix::Clean | Fix::Unasked => ran.code == 0,
        };
        (!is_as_asked).then(|| format!("{}: {}\n{}", case.group, case.name, ran.stderr))
    };
    let complaints: Vec<String> = asked.filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{}: {}", complaints.len(), complaints.join("\n"));
}
