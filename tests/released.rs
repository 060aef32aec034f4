//! What former releases wrote is read by this one: `released/VERSION/` holds a catalogue, its lock, a filing pack and data.
//!
//! `tests/released/add PROGRAM` keeps what a release writes. Nothing there is changed afterwards: where this test fails, the
//! program breaks what the chapter "Versions" of the handbook promises.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use program::qingdan;
use serde_json::Value;

/// The day on which the releases looked at their catalogues.
const TODAY: [&str; 2] = ["--today", "2027-06-11"];

/// Does something with each release, in a folder with a copy of what it wrote.
fn each_release(tried: impl Fn(&Path)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released");
    let entries = fs::read_dir(root).expect("the folder is there").filter_map(Result::ok);
    let releases: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    assert!(!releases.is_empty(), "there was a release");
    for release in releases {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        files::copy(&release, temp.path());
        tried(temp.path());
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_catalogue_of_a_former_release_has_no_findings_it_had_not_then() {
    each_release(|folder| {
        for catalogue in ["catalogue", "catalogue-zh"] {
            let known = read(&folder.join(format!("{catalogue}.findings")));
            let known: BTreeSet<&str> = known.lines().map(what).collect();
            let ran =
                qingdan(folder, &[&["check", catalogue, "--format", "short"], &TODAY[..]].concat(), &[]);
            let is_new = |line: &&str| line.contains("[QD") && !known.contains(what(line));
            let new: Vec<&str> = ran.stderr.lines().filter(is_new).collect();
            assert!(ran.code == 0 && new.is_empty(), "{}: {}", ran.code, new.join("\n"));
        }
    });
}

/// Returns where a finding is and of what kind; how it is put into words may change.
fn what(line: &str) -> &str {
    line.split_once(']').map_or(line, |(what, _)| what)
}

#[test]
fn what_was_filed_by_a_former_release_still_verifies() {
    each_release(|folder| {
        let verify =
            |catalogue: &str| qingdan(folder, &[&["verify", "pack", catalogue], &TODAY[..]].concat(), &[]);
        for catalogue in ["catalogue", "catalogue-zh"] {
            let ran = verify(catalogue);
            assert!(
                ran.code == 0 && ran.stdout.contains("holds what was filed"),
                "{}{}",
                ran.stdout,
                ran.stderr
            );
        }
        // The seal of a former release still tells of a change.
        let edition = folder.join("catalogue/shifan/bingshi/migrant-children/2027.yaml");
        let text = read(&edition);
        let changed = text.replace("  - adopts: kindergarten\n", "");
        assert!(changed != text, "the edition takes this service over");
        fs::write(&edition, changed).expect("there is room");
        assert_eq!(verify("catalogue").code, 1);
        let ran = qingdan(folder, &[&["check", "catalogue", "--format", "short"], &TODAY[..]].concat(), &[]);
        assert!(
            ran.code == 1 && ran.stderr.contains("shifan/bingshi/migrant-children/2027.yaml"),
            "{}",
            ran.stderr
        );
    });
}

#[test]
fn data_says_all_that_it_said_in_a_former_release() {
    each_release(|folder| {
        let ran =
            qingdan(folder, &[&["export", "data", "catalogue", "--out", "now"], &TODAY[..]].concat(), &[]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        for (name, then) in files::tree(&folder.join("api")) {
            let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("it is JSON");
            let now = fs::read(folder.join("now/api/v1").join(&name))
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            let mut lost = Vec::new();
            lacking(&json(&then), &json(&now), &name, &mut lost);
            assert!(lost.is_empty(), "{}", lost.join("\n"));
        }
    });
}

/// Notes what `now` does not say any more, or says otherwise; more may be said.
fn lacking(then: &Value, now: &Value, at: &str, lost: &mut Vec<String>) {
    match (then, now) {
        (Value::Object(then), Value::Object(now)) => {
            for (key, value) in then {
                lacking(value, now.get(key).unwrap_or(&Value::Null), &format!("{at}/{key}"), lost);
            }
        }
        (Value::Array(then), Value::Array(now)) if then.len() == now.len() => {
            for (at_item, (then, now)) in then.iter().zip(now).enumerate() {
                lacking(then, now, &format!("{at}/{at_item}"), lost);
            }
        }
        _ if then == now => {}
        _ => lost.push(format!("{at} was {then}, is {now}")),
    }
}
