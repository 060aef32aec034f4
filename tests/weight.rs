//! What a page costs, in bytes and in instructions, held to what `tests/bench/recorded.txt` says: figures that a busy machine does
//! not change. `cargo bench` makes the same catalogue, larger, and measures time.
//!
//! `UPDATE_EXPECT=1 cargo test --test weight -- --include-ignored
//! --test-threads 1` records them anew; say in the commit why they changed.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "bench/catalogue.rs"]
#[allow(dead_code, reason = "nothing is changed here")]
mod catalogue;
#[path = "support/program.rs"]
mod program;
#[path = "bench/size.rs"]
#[allow(dead_code, reason = "the size is fixed")]
mod size;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use size::Size;
use tempfile::TempDir;

/// More than this many times what is recorded fails.
const MOST: u64 = 2;
/// The figure of the whole build, beside those of kinds of page.
const INSTRUCTIONS: &str = "instructions-a-page";
const DAY: &str = "2026-11-30";

/// A small catalogue like that of the benchmark, and where its site goes.
struct Small {
    _temp: TempDir,
    catalogue: PathBuf,
    site: PathBuf,
}

impl Small {
    fn new() -> Self {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let root = temp.path().canonicalize().expect("the folder was just made");
        let (catalogue, site) = (root.join("catalogue"), root.join("site"));
        let size = Size { provinces: 1, prefectures: 2, services: 10, repetitions: 1, keep: false };
        catalogue::write(&manifest("content"), &catalogue, &size).expect("the catalogue can be written");
        Self { _temp: temp, catalogue, site }
    }

    fn arguments(&self) -> [&str; 6] {
        ["build", text_of(&self.catalogue), "--out", text_of(&self.site), "--today", DAY]
    }

    /// Returns the pages of the site by kind: how many, and their bytes.
    fn pages(&self) -> BTreeMap<String, (u64, u64)> {
        let list = fs::read_to_string(self.site.join("pages.json")).expect("the site was just built");
        let list: serde_json::Value = serde_json::from_str(&list).expect("the list is JSON");
        let mut kinds: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for page in list.as_array().expect("pages are listed") {
            let text = |key: &str| page[key].as_str().expect("each page has a path and a kind");
            let bytes = fs::metadata(self.site.join(text("path"))).expect("each page is there").len();
            let kind = kinds.entry(text("kind").to_owned()).or_default();
            *kind = (kind.0 + 1, kind.1 + bytes);
        }
        kinds
    }
}

fn text_of(path: &Path) -> &str {
    path.to_str().expect("paths of tests are text")
}

fn manifest(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Holds figures to the recorded ones, or records them.
fn hold(figures: &BTreeMap<String, u64>) {
    let path = manifest("tests/bench/recorded.txt");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let line = |line: &str| {
        let (name, figure) = line.split_once(": ")?;
        Some((name.to_owned(), figure.parse().ok()?))
    };
    let mut recorded: BTreeMap<String, u64> = text.lines().filter_map(line).collect();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        recorded.extend(figures.clone());
        let lines: Vec<String> =
            recorded.iter().map(|(name, figure)| format!("{name}: {figure}\n")).collect();
        fs::write(&path, lines.concat()).expect("the record can be written");
        return;
    }
    let too_much = figures.iter().filter_map(|(name, figure)| match recorded.get(name) {
        None => Some(format!("{name}: {figure}, nothing is recorded")),
        Some(known) if *figure > MOST * known => Some(format!("{name}: {figure}, recorded {known}")),
        Some(_) => None,
    });
    let too_much: Vec<String> = too_much.collect();
    assert!(too_much.is_empty(), "more than {MOST} times what is recorded:\n{}", too_much.join("\n"));
}

#[test]
fn pages_have_at_most_twice_the_recorded_bytes() {
    let small = Small::new();
    let ran = program::qingdan(&small.catalogue, &small.arguments(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let pages = small.pages();
    let mut figures: BTreeMap<String, u64> =
        pages.iter().map(|(kind, (count, bytes))| (format!("bytes-{kind}"), bytes / count)).collect();
    let count: u64 = pages.values().map(|(count, _)| count).sum();
    // Everything beside the pages, too: packs, words of the search, tables.
    let all = walk(&small.site);
    figures.insert("bytes-a-page-of-all-files".to_owned(), all / count);
    figures.insert("pages-a-list".to_owned(), count / 3);
    hold(&figures);
}

fn walk(folder: &Path) -> u64 {
    let entries =
        fs::read_dir(folder).expect("the site was just built").map(|entry| entry.expect("an entry"));
    let size = |entry: fs::DirEntry| match entry.path() {
        path if path.is_dir() => walk(&path),
        path => fs::metadata(path).expect("a file of the site").len(),
    };
    entries.map(size).sum()
}

#[test]
#[ignore = "takes a minute or two, and valgrind: tests/run runs it where that is installed"]
fn a_build_takes_at_most_twice_the_recorded_instructions_a_page() {
    let small = Small::new();
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_qingdan"))
        .args(small.arguments())
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("valgrind is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let counted = said.lines().find_map(|line| line.split_once(" refs:"));
    let (_, counted) = counted.expect("cachegrind counts instructions");
    let counted: u64 = counted.trim().replace(',', "").parse().expect("it says a number");
    let count: u64 = small.pages().values().map(|(count, _)| count).sum();
    hold(&BTreeMap::from([(INSTRUCTIONS.to_owned(), counted / count)]));
}
